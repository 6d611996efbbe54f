"""`uncaged breed` and `uncaged vary`: works have children, small films as a group, or variations of their size."""

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from uncaged.cli import address
from uncaged.cli.numbers import NUMBER, WHOLE
from uncaged.cli.opening import called, json_option, print_json, print_rows, studio, typed
from uncaged.core.errors import AskedWrong
from uncaged.core.score import shown
from uncaged.engines.sorts import parse_size

if TYPE_CHECKING:
    from uncaged.archive.groups import Group
    from uncaged.studio.growing import Growing
    from uncaged.studio.studio import Studio

WORDS = {
    "breed": ("children", "rate"),
    "vary": ("variations", "rate"),
    "farther": ("from farther away", "factor"),
}
"""What children are called when they are asked for, and what the number is."""

F = TypeVar("F", bound=Callable[..., Any])


def _shared(command: F) -> F:
    """The options that both have."""
    for option in reversed(
        (
            click.option(
                "--rate",
                type=NUMBER,
                help="How far they go: 0 to 1 for relations, any number for strangers.",
            ),
            click.option("--children", type=WHOLE, default=12, show_default=True, help="How many."),
            click.option("--seed", type=WHOLE, help="The same seed gives the same children."),
            click.option("--size", help="Pixels, like 512x288."),
            click.option("--seconds", type=NUMBER, help="Length of each."),
            click.option("--fps", type=NUMBER, help="Frames a second."),
            json_option,
        )
    ):
        command = option(command)
    return command


@click.command("breed")
@click.argument("works", nargs=-1, required=True, metavar="WORK [WORK…]")
@click.option(
    "--cross",
    "crosses",
    multiple=True,
    metavar="TRAIT=WAY",
    help="Where a trait comes from: the number of a parent, either or between; again for more.",
)
@_shared
def breed_command(works: tuple[str, ...], crosses: tuple[str, ...], **given: Any) -> None:
    """Give WORKs children: small films to choose from, asked for together as a group.

    \b
    uncaged breed latest
    uncaged breed w_k3v9 w_7f3a --cross who=1 --cross drawn=2 --rate 0.2
    """
    _grow("breed", works, dict(_read_cross(text) for text in crosses), given)


@click.command("vary")
@click.argument("work")
@_shared
def vary_command(work: str, **given: Any) -> None:
    """Ask for variations of WORK, as long and as large as it is itself.

    \b
    uncaged vary latest --rate 0.1 --children 4
    """
    _grow("vary", (work,), {}, given)


@click.command("farther")
@click.argument("work")
@click.option("--factor", type=NUMBER, help="How many times as far: more than 1; 2 unless said.")
@click.option("--children", type=WHOLE, default=1, show_default=True, help="How many.")
@click.option("--seed", type=WHOLE, help="Of what is drawn around it, where that is drawn by lot.")
@json_option
def farther_command(work: str, factor: float | None, **given: Any) -> None:
    """Ask for WORK again from farther away: smaller, in a larger field that is drawn around it.

    \b
    uncaged farther latest --factor 1.5
    """
    from uncaged.studio.growing import FACTOR, FARTHER

    shape = {"size": None, "seconds": None, "fps": None}
    _grow(FARTHER, (work,), {}, {**given, **shape, "rate": FACTOR if factor is None else factor})


def _grow(kind: str, works: tuple[str, ...], cross: dict[str, str], given: dict[str, Any]) -> None:
    from uncaged.studio import growing
    from uncaged.studio.stewardship import NOBODY

    form = {name: given[name] for name in ("seconds", "fps") if given[name] is not None}
    if given["size"] is not None:
        form["size"] = parse_size(given["size"])
    rate = growing.vary.RATE if given["rate"] is None else given["rate"]
    seed = secrets.randbelow(1_000_000) if given["seed"] is None else given["seed"]
    how = growing.Growing(kind, rate, seed, given["children"], cross, form)
    with studio() as here:
        group = growing.grow(here, growing.parents_of(here, works), how)
        if given["as_json"]:
            print_json({"id": group.id, "kind": group.kind, "seed": seed, "runs": list(group.runs)})
        else:
            _tell(here, group, how)
            if not here.performed_now():
                click.echo(typed(NOBODY), err=True)


def _tell(here: "Studio", group: "Group", how: "Growing") -> None:
    what, rate = WORDS[how.kind]
    told = f"{group.id}: {len(group.runs)} {what} in line, {rate} {how.rate:g}, seed {how.seed}"
    print_rows([("group", told)])
    following = [] if here.performed_now() else [f"{called()} steward"]
    following += [
        f"{called()} {what} {group.id}{more}"
        for what, more in (("wait", ""), ("info", ""), ("take", " --as sheet"))
    ]
    rows = [("page", address.page(here.settings, f"/groups/{group.id}"))]
    rows += [("next" if n == 0 else "", what) for n, what in enumerate(following)]
    print_rows(rows, wrapped=False)


def _read_cross(text: str) -> tuple[str, str]:
    trait, equals, way = text.partition("=")
    if not equals or not trait.strip():
        raise AskedWrong(f"What crosses is a trait and a way, like who=1, not {shown(text)}.")
    return trait.strip(), way.strip()
