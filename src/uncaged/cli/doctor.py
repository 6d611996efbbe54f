"""`uncaged doctor`: what is here, what works, what is missing."""

import click

from uncaged.cli.opening import json_option, print_json, print_rows, read_settings, typed

SIGNS = {"works": "■", "weak": "□", "broken": "×"}


@click.command("doctor")
@click.option(
    "--pages", is_flag=True, help="Only ask the pages whether all is well, for a watchman."
)
@json_option
def doctor_command(pages: bool, as_json: bool) -> None:
    """Look through the studio: ■ works, □ could be better, × is broken. Exit code 1 where something is broken."""
    if pages:
        _ask_pages(as_json)
        return
    from uncaged.studio.doctor import examine

    found = list(examine(read_settings())) if as_json else []
    if as_json:
        print_json(
            [{"name": f.name, "state": f.state, "what": f.what, "advice": f.advice} for f in found]
        )
    else:
        for finding in examine(read_settings()):
            found.append(finding)
            what = finding.what + (f"\n{finding.advice}" if finding.advice else "")
            print_rows([(f"{SIGNS[finding.state]} {finding.name}", typed(what))])
    if any(finding.state == "broken" for finding in found):
        raise click.exceptions.Exit(1)


def _ask_pages(as_json: bool) -> None:
    """What the open studio says of its own health; exit code 1 where it is not well, or not open."""
    from uncaged.cli.address import health

    well, said = health(read_settings())
    print_json({"well": well, "said": said}) if as_json else click.echo(said)
    if not well:
        raise click.exceptions.Exit(1)
