"""`uncaged models which`: which models can do what somebody wants, as the page /models answers it."""

from typing import TYPE_CHECKING, Any

import click

from uncaged.archive.telling import duration
from uncaged.cli.numbers import NUMBER
from uncaged.cli.opening import called, json_option, print_json, print_rows, studio
from uncaged.core.errors import HomeMissing, HomeUnusable
from uncaged.engines.fitting import gigabytes
from uncaged.engines.registry import engines
from uncaged.engines.sorts import parse_size

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from uncaged.studio.allowing import Wanted
    from uncaged.studio.wishing import Answer, Wish


@click.command("which")
@click.option("--seconds", type=NUMBER, help="Length of the film.")
@click.option("--size", help="Pixels, like 512x288.")
@click.option("--minutes", type=NUMBER, help="It may take so many at most.")
@click.option("--picture", is_flag=True, help="A picture, and no film.")
@click.option(
    "--with",
    "ways",
    metavar="WAY[,WAY…]",
    multiple=True,
    help="picture: begins with one. on: goes on with a film. anew: draws one anew. part: only a part, by a mask. "
    "sound, loop. without: leaves out what you name. play: has a space to play in.",
)
@click.option("--licence", metavar="WORDS", help="Only those that come under it, or say so.")
@json_option
def which_command(
    seconds: float | None,
    size: str | None,
    minutes: float | None,
    picture: bool,
    ways: tuple[str, ...],
    licence: str | None,
    as_json: bool,
) -> None:
    """Which models can make what you want here, the quickest first, and why others cannot.

    \b
    uncaged models which --seconds 6 --size 512x512 --minutes 10
    uncaged models which --seconds 4 --with picture,loop
    """
    from uncaged.studio.wishing import wish

    wanted = wish(
        seconds,
        None if size is None else parse_size(size),
        minutes,
        " ".join(ways).replace(",", " ").split(),
        still=picture,
    )
    found = _answers(wanted, licence or "")
    if as_json:
        print_json([_record(one) for one in found])
        return
    if not found:
        click.echo(f"Nothing here comes under {licence}.")
    elif not any(one.can for one in found):
        click.echo("No model here can.")
    print_rows([(one.name, _row(one)) for one in found])


def _answers(wish: "Wish", licence: str) -> "Sequence[Answer]":
    """Of the built-in models alone where there is no studio yet, or none that can be looked into. licence: of those
    alone that come under it."""
    from uncaged.queue import estimate
    from uncaged.studio import allowing, shelf, wishing

    def under(models: "Iterable[Wanted]") -> set[str]:
        return {one.name for one in models if not licence or one.licensed.says(licence)}

    try:
        with studio(looking=True) as here, here.archive.read() as conn:
            names = under(allowing.known(here))
            players = {name: one for name, one in shelf.players(here).items() if name in names}
            pasts = {name: estimate.past(conn, name) for name in players}
            return wishing.answers(
                players.values(), wish, pasts.__getitem__, lambda name: shelf.refuse(here, name)
            )
    except (HomeMissing, HomeUnusable):
        names = under(map(allowing.wanted, engines().values()))
        players = {name: one for name, one in engines().items() if name in names}
        return wishing.answers(
            players.values(), wish, lambda _name: estimate.Past(), lambda _name: None
        )


def _row(one: "Answer") -> str:
    found = one.fit
    takes = None if found is None or found.takes is None else f"about {duration(found.takes)}"
    if takes and found is not None and found.rough:
        takes += ", reckoned from much smaller films"
    if not one.can:
        return f"cannot: {one.why}" + (f" {takes[0].upper()}{takes[1:]}." if takes else "")
    said = [takes or "how long it takes nobody knows before one was made here"]
    if found is not None and found.memory is not None:
        said.append(f"about {gigabytes(found.memory.needs)} of memory")
    first = f"\nfirst say yes to its licence: {called()} models accept {one.name}"
    return "; ".join(said) + (first if one.waits else "")


def _record(one: "Answer") -> dict[str, Any]:
    """For programs: seconds, bytes, pixels; null where nobody knows."""
    found = one.fit
    return {
        "name": one.name,
        "can": one.can,
        "why_not": one.why or None,
        "waits": one.waits,
        "takes": None if found is None else found.takes,
        "rough": found is not None and found.rough,
        "needs": None if found is None or found.memory is None else found.memory.needs,
        "film": None if found is None else {"seconds": found.film, "size": list(found.size)},
    }


COMMANDS: tuple[click.Command, ...] = (which_command,)
