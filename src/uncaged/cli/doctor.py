"""`uncaged doctor`: what is here, what works, what is missing."""

import click

from uncaged.cli.opening import json_option, print_json, print_rows, read_settings

SIGNS = {"works": "■", "weak": "□", "broken": "×"}


@click.command("doctor")
@json_option
def doctor_command(as_json: bool) -> None:
    """Look through the studio: ■ works, □ could be better, × is broken. Exit code 1 where something is broken."""
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
            print_rows([(f"{SIGNS[finding.state]} {finding.name}", what)])
    if any(finding.state == "broken" for finding in found):
        raise click.exceptions.Exit(1)
