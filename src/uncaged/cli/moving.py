"""`uncaged export` and `uncaged import`: the whole studio as plain files, out and in again."""

from pathlib import Path

import click

from uncaged.cli.opening import studio
from uncaged.studio import moving


@click.command("export")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--person", help="Only what belongs to this person (an id or a name), as one zip file."
)
def export_command(folder: Path, person: str | None) -> None:
    """Write the whole studio to DIR: films, scores, lineage, log; with a manifest that names every file's hash.

    \b
    uncaged export backup
    uncaged export --person bea bea.zip
    """
    with studio(looking=True) as here:
        if person is None:
            said, whole = moving.export_to(here, folder)
        else:
            said, whole = moving.export_person(here, person, folder)
        click.echo(said)
        if not whole:
            raise click.exceptions.Exit(1)


@click.command("import")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def import_command(folder: Path) -> None:
    """Bring in what `uncaged export` wrote to DIR. Nothing here is overwritten; what was deleted stays deleted.

    Into an empty home it all comes in as it stood. Beside what is here, works of people who are here already come in
    unseen, and no credit names them before they agree.
    """
    with studio() as here:
        click.echo(moving.import_from(here, folder))
