"""`uncaged take`: a work in another form, somewhere else."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from uncaged.cli.agreeing import may_replace
from uncaged.cli.numbers import NUMBER
from uncaged.cli.opening import studio
from uncaged.cli.terminal import Watcher
from uncaged.core.errors import AskedWrong
from uncaged.core.ids import is_id

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio


@click.command("take")
@click.argument("work", default="latest")
@click.option(
    "--as",
    "form",
    default=None,
    help="mp4, png, frames, prores, webm, gif, strip or svg; of a group: sheet. Default: the kept file.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="PLACE",
    help="Where to; default: here, by its id.",
)
@click.option(
    "--time",
    "at",
    type=NUMBER,
    metavar="S",
    help="svg, png: the second that is drawn; default: the middle.",
)
def take_command(work: str, form: str | None, output: Path | None, at: float | None) -> None:
    """Take WORK away.

    \b
    mp4     the kept film (H.264, plays everywhere)
    png     the kept picture; of a film, one frame of it
    frames  a folder of PNGs
    prores  ProRes 4444, for an editing program
    webm, gif, strip (eight frames on black)
    svg     the strokes in drawing order, for a pen plotter
    sheet   of a group: one frame of each of its films, in their order
    """
    from uncaged.studio.taking import take

    may_replace(output)
    watcher = Watcher()
    with studio(looking=True) as here:
        if form == "sheet" or is_id("group", work.strip()):
            _take_sheet(here, work.strip(), form, output)
            return
        try:
            taken = take(here, here.work(work), form, output, at, watcher)
        finally:
            watcher.clear()
        click.echo(f"{taken.path}\n{taken.how}")


def _take_sheet(here: "Studio", group: str, form: str | None, output: Path | None) -> None:
    from uncaged.studio.sheets import take_sheet

    if not is_id("group", group):
        raise AskedWrong("Only a group has a sheet.", "Of one film, take the strip: --as strip")
    if form != "sheet":
        raise AskedWrong(
            "A group is taken as a sheet; its films one by one.",
            f"uncaged take {group} --as sheet, and uncaged info {group} for their names",
        )
    path, shown, missing = take_sheet(here, group, output)
    click.echo(path)
    click.echo(
        f"{shown} films" + (f"; {missing} are not made, or cannot be read" if missing else "")
    )
