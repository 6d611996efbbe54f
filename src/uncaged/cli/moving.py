"""`uncaged export` and `uncaged import`: the whole studio as plain files, out and in again."""

from pathlib import Path

import click

from uncaged.cli.opening import studio
from uncaged.studio import moving


@click.command("export")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def export_command(folder: Path) -> None:
    """Write the whole studio to DIR: films, scores, lineage, log; with a manifest that names every file's hash."""
    with studio(looking=True) as here:
        said, whole = moving.export_to(here, folder)
        click.echo(said)
        if not whole:
            raise click.exceptions.Exit(1)


@click.command("import")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def import_command(folder: Path) -> None:
    """Bring in what `uncaged export` wrote to DIR. Nothing here is overwritten; what was deleted stays deleted."""
    with studio() as here:
        click.echo(moving.import_from(here, folder))
