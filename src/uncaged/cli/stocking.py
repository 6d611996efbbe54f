"""`uncaged stock`: draws the drawings of the first page beforehand."""

import click

from uncaged.cli.numbers import Whole
from uncaged.cli.opening import studio
from uncaged.cli.stewarding import stopping
from uncaged.core.settings import read_settings


@click.command("stock")
@click.option("--stay", is_flag=True, help="Go on for ever: tomorrow has other drawings.")
@click.option("--only", type=Whole(1, 10_000), help="So many drawings at the most.")
def stock_command(stay: bool, only: int | None) -> None:
    """Draw the twelve of the day and their children beforehand, while nobody waits in line.

    They lie in the studio's folder, in prepared/, and can be deleted at any time: `uncaged serve` has them drawn again.
    """
    from uncaged.studio.supervising import on_a_leash

    on_a_leash()
    most = int(read_settings().stock_megabytes * 1_000_000)
    with stopping() as stop:
        if not stay:
            from uncaged.studio import stocking

            with studio() as here:
                drawn = stocking.work(here, stop, most, only)
            click.echo(f"{drawn} drawn.")
        elif not most:
            stop.wait()
        elif not stop.wait(1.0):  # whoever opens the studio looks first
            from uncaged.studio.redrawing import keep_drawing

            keep_drawing(stop)
