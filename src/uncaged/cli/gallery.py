"""`uncaged gallery`: what is shown to everybody, as files."""

import sys
from pathlib import Path

import click

from uncaged.cli.opening import json_option, print_json, studio


@click.group("gallery")
def gallery_command() -> None:
    """What is shown to everybody."""


@gallery_command.command("export")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--language",
    metavar="CODE",
    help="The language of the site's own words, such as fr; default: UNCAGED_LANGUAGE, or en.",
)
@json_option
def export_site(folder: Path, language: str | None, as_json: bool) -> None:
    """Write the shown films to DIR as a static site: pages, people, feeds; an earlier site there is replaced.

    Any web host serves it as it is, and so does no host at all: open index.html.
    """
    from uncaged.web.site.export import write

    shows = sys.stderr.isatty() and not as_json

    def told(done: int, all_of_them: int) -> None:
        if shows:
            click.echo(f"\r{done} of {all_of_them} films", nl=done == all_of_them, err=True)

    with studio(looking=True) as here:
        done = write(here, folder, told, language)
    if as_json:
        left = list(done.left_out)
        facts = {"films": done.films, "people": done.people, "bytes": done.bytes}
        print_json({"folder": str(done.folder), **facts, "left_out": left})
        return
    click.echo(
        f"{done.films} {'film' if done.films == 1 else 'films'} by "
        f"{done.people} {'person' if done.people == 1 else 'people'}, {done.bytes / 1e6:.1f} MB: {done.folder}"
    )
    for work in done.left_out:
        click.echo(
            f"{work} is left out: its film is missing or damaged (`uncaged doctor`).", err=True
        )
