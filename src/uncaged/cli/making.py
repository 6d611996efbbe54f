"""`uncaged make`: a sentence becomes a film; what is going on shows while it does."""

import json
import threading
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from uncaged.cli.agreeing import may_replace
from uncaged.cli.asking import Standing, Wanted, of_source, put_in_line
from uncaged.cli.numbers import NUMBER, WHOLE, Whole
from uncaged.cli.opening import json_option, print_json, studio
from uncaged.cli.pressing import two_presses
from uncaged.cli.telling import as_record, tell, what_of
from uncaged.core.errors import AskedWrong, Failed, UncagedError
from uncaged.core.reading import read_file
from uncaged.core.score import shown
from uncaged.engines.asking import Request
from uncaged.engines.sorts import parse_size
from uncaged.engines.sources import named

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from uncaged.cli.terminal import Watcher
    from uncaged.performer.local import LocalPerformer
    from uncaged.studio.work import Work


@click.command("make")
@click.argument("prompt", required=False, default="")
@click.option(
    "--model",
    help="Who performs, ink where nobody is named; see `uncaged models list`.",
)
@click.option("--seconds", type=NUMBER, help="Length of the film.")
@click.option(
    "--picture", is_flag=True, help="A picture: one frame, kept as PNG. --seconds 0 is the same."
)
@click.option("--size", help="Pixels, like 512x288.")
@click.option("--fps", type=NUMBER, help="Frames a second.")
@click.option(
    "--seed", type=WHOLE, help="The same seed gives the same film; without one it is drawn by lot."
)
@click.option(
    "--image",
    "images",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="A picture: the film begins with it, or takes palette and composition from it, as the model "
    "can; a second one ends the film.",
)
@click.option(
    "--mask",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Transparent, or white, where --image, --begin or --remix is drawn again; the rest stays.",
)
@click.option("--begin", metavar="WORK", help="A picture that was made here, to begin with.")
@click.option("--remix", metavar="WORK", help="This work, with other words; see --option strength.")
@click.option(
    "--extend", metavar="WORK", help="This work, and --seconds more of it, in which PROMPT happens."
)
@click.option("--loop", is_flag=True, help="A film without a seam: its end is its beginning.")
@click.option(
    "--position", type=click.Path(path_type=Path), help="Stand at this point; it beats the words."
)
@click.option(
    "--negative", metavar="TEXT", help="What must not be seen, where a model can be told."
)
@click.option("--guidance", type=NUMBER, help="How far the model follows the words; any number.")
@click.option(
    "--temperature", type=NUMBER, help="How strong the noise is that the model begins from."
)
@click.option(
    "--label",
    "labels",
    multiple=True,
    metavar="NAME=VALUE",
    help="A label of seedling as a raw number, like bird=-1; again for more.",
)
@click.option(
    "--adapter",
    "adapters",
    multiple=True,
    metavar="NAME=WEIGHT",
    help="An adapter (LoRA) on top of the model, like my-style=0.8; any number, again for more.",
)
@click.option(
    "--option",
    "options",
    multiple=True,
    metavar="K=V",
    help="An option of the model; again for more.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the film here too.",
)
@click.option("--no-wait", is_flag=True, help="Put it in line and go; see `uncaged line`.")
@click.option(
    "--count",
    type=Whole(1, 1000),
    default=1,
    help="So many films together, one seed after the other; implies --no-wait.",
)
@click.option(
    "--one-after-another",
    is_flag=True,
    help="With --count: each waits until the one before it is made.",
)
@click.option(
    "--after",
    multiple=True,
    metavar="WORK",
    help="Not before this work, run or group of yours is made; again for more. Implies --no-wait.",
)
@click.option(
    "--lane",
    type=click.Choice(("interactive", "batch")),
    default="interactive",
    help="batch: in the line of what may take long, where it holds up no film. Implies --no-wait.",
)
@json_option
def make_command(
    prompt: str,
    model: str | None,
    remix: str | None,
    extend: str | None,
    output: Path | None,
    as_json: bool,
    no_wait: bool,
    count: int,
    one_after_another: bool,
    after: tuple[str, ...],
    lane: Any,
    position: Path | None,
    images: tuple[Path, ...],
    mask: Path | None,
    size: str | None,
    picture: bool,
    begin: str | None,
    options: tuple[str, ...],
    **given: Any,
) -> None:
    """Make a film from PROMPT and keep it.

    \b
    uncaged make "two yellow birds over a blue hill at dusk"
    uncaged make "a dancer in a room" --size 1024x576 --seconds 12 -o dancer.mp4
    uncaged make "a boat at night" --option line=2 --option shade=0
    uncaged make "a red fish" --model seedling --guidance 4 --label bird=0.5
    uncaged make "a red fox" --picture --count 4
    uncaged make "a blue boat at night" --remix latest
    uncaged make "it snows" --extend latest --seconds 2
    uncaged make "a red door" --picture --image house.png --mask door.png --model my-wan
    uncaged make "a heron" --model my-cogvideox --adapter my-style=0.8 --adapter other=-0.5
    """
    source = named(remix, extend)
    asked_for = Request(
        prompt,
        size=None if size is None else parse_size(size),
        position=None if position is None else _read_position(position),
        options=_dials(options, given),
        **given,
    )
    asked_for = _begun(_as_picture(asked_for) if picture else asked_for, begin, images)
    wanted = Wanted(asked_for, model, images, source, mask)
    standing = Standing(count, one_after_another, after, lane)
    if no_wait or one_after_another or not standing.ordinary:
        if output is not None:
            raise AskedWrong("What is not waited for cannot be written to a file.", "Leave out -o.")
        put_in_line(wanted, standing, as_json)
    else:
        _see_through(wanted, output, as_json)


def _see_through(wanted: Wanted, output: Path | None, as_json: bool) -> None:
    """Makes it, shows how far it is, keeps it, and writes it to a file where one is named."""
    may_replace(output)
    with _warm_performer() as performer:
        from uncaged.studio import making, taking  # while the performer gets ready
        from uncaged.studio.seeing import see_through

        form = None if output is None else taking.form_of(output, wanted.request.seconds == 0)
        with studio() as here:
            request, model = of_source(here, wanted)
            taking.check_form(here, model, form or "")
            if output is not None:
                taking.outside(here, output)
            asked = making.ask(here, request, model, wanted.images, mask=wanted.mask)
            with _watching(asked.notes) as (watcher, stop):
                work = see_through(here, asked, watcher, stop, performer)
            with _kept_already(work):
                place = work.path if output is None else taking.take(here, work, form, output).path
                if as_json:
                    print_json(as_record(work) | {"path": str(place)})
                else:
                    tell(work, place)


def _as_picture(request: Request) -> Request:
    if request.seconds:
        raise AskedWrong("A picture has no length.", "Leave out --seconds, or --picture.")
    return replace(request, seconds=0.0)


def _begun(request: Request, work: str | None, images: tuple[Path, ...]) -> Request:
    if work is None:
        return request
    from uncaged.studio.beginning import begun_with

    if images:
        raise AskedWrong("A film begins with one picture.", "Leave out --image, or --begin.")
    with studio(looking=True) as here:
        return begun_with(here, request, work)


@contextmanager
def _kept_already(work: "Work") -> "Generator[None]":
    """What goes wrong from here on takes nothing from the studio, and the person is told so."""
    told = f"The {what_of(work)} is kept as {work.id}, but "
    try:
        yield
    except BrokenPipeError:
        raise
    except UncagedError as error:
        raise type(error)(f"{told}not written elsewhere. {error.message}", error.hint) from None
    except OSError as error:
        raise Failed(f"{told}it cannot be told where: {error.strerror}.") from None


@contextmanager
def _warm_performer() -> "Generator[LocalPerformer]":
    """A performer that starts now: it imports its libraries while this process imports its own."""
    from uncaged.core.machine import threads_allowed
    from uncaged.performer.local import LocalPerformer

    performer = LocalPerformer(threads_allowed())
    try:
        yield performer
    finally:
        performer.end()


@contextmanager
def _watching(notes: tuple[str, ...]) -> "Generator[tuple[Watcher, threading.Event]]":
    """Shows what goes on, and takes it away at the end; Ctrl-C once cancels, twice ends."""
    from uncaged.cli.terminal import Watcher

    watcher = Watcher()
    for note in notes:
        watcher.say(note)
    with two_presses(watcher.say) as stop:
        try:
            yield watcher, stop
        finally:
            watcher.clear()


def _read_position(path: Path) -> dict[str, Any]:
    hint = "`uncaged position WORK -o FILE` writes one."
    data = read_file(path, "The position", 16_000_000)
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise AskedWrong(f"The position {path} cannot be read: it is no text.", hint) from None
    except (ValueError, RecursionError):
        raise AskedWrong(f"{path} is no position.", hint) from None
    if not isinstance(value, dict):
        raise AskedWrong(f"{path} is no position.", hint)
    return cast("dict[str, Any]", value)  # it is checked where it is used


def _dials(options: tuple[str, ...], given: dict[str, Any]) -> dict[str, Any]:
    """The model's options; those with a flag of their own beside the others, taken out of `given`. `AskedWrong` for one
    that is said twice."""
    said = [_read_option(text) for text in options]
    for name in ("guidance", "temperature", "labels", "adapters"):
        value = given.pop(name)
        if isinstance(value, tuple) and value:
            several = cast("tuple[str, ...]", value)
            _check_once(text.partition("=")[0].strip() for text in several)
            said.append((name, " ".join(several)))
        elif value not in (None, ()):
            said.append((name, cast("Any", value)))
    _check_once(name for name, _value in said)
    return dict(said)


def _check_once(names: "Iterable[str]") -> None:
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise AskedWrong(f"{shown(twice[0])} is said twice.", "Say each once.")


def _read_option(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise AskedWrong(f"An option is a name and a value, like line=2, not {shown(text)}.")
    try:
        return name.strip(), json.loads(value)
    except (ValueError, RecursionError):
        return name.strip(), value.strip()
