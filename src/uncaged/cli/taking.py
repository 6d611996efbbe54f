"""`uncaged take`: a work in another form, somewhere else."""

from pathlib import Path

import click

from uncaged.cli.opening import studio
from uncaged.cli.terminal import Watcher


@click.command("take")
@click.argument("work", default="latest")
@click.option(
    "--as",
    "form",
    default="mp4",
    show_default=True,
    help="mp4, frames, prores, webm, gif, strip or svg.",
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
    type=float,
    metavar="S",
    help="svg: the second that is drawn; default: the middle.",
)
def take_command(work: str, form: str, output: Path | None, at: float | None) -> None:
    """Take WORK away.

    \b
    mp4     the kept film (H.264, plays everywhere)
    frames  a folder of PNGs
    prores  ProRes 4444, for an editing program
    webm, gif, strip (eight frames on black)
    svg     the strokes in drawing order, for a pen plotter
    """
    from uncaged.studio.taking import take

    watcher = Watcher()
    with studio(looking=True) as here:
        try:
            taken = take(here, here.work(work), form, output, at, watcher)
        finally:
            watcher.clear()
        click.echo(f"{taken.path}\n{taken.how}")
