"""`uncaged verify`: what a film or picture is, as far as this studio can tell."""

from pathlib import Path

import click

from uncaged.cli.opening import json_option, print_json, print_rows, studio, visible


@click.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
def verify_command(file: Path, as_json: bool) -> None:
    """What FILE is: whether this very file is a work of this studio, and what it says of itself.

    It is looked at, and neither kept nor sent anywhere.
    """
    from uncaged.studio.verifying import verify

    with studio(looking=True) as opened:
        found = verify(opened, file)
    facts, work = found.facts, found.work
    if as_json:
        print_json(
            {
                "sha256": found.sha256,
                "bytes": found.bytes,
                "mime": found.mime,
                "facts": None
                if facts is None
                else {name: getattr(facts, name) for name in facts.__slots__},
                "work": None if work is None else work.id,
            }
        )
        return
    says = found.mime or "nothing that is known here"
    if facts is not None:
        says += f", {facts.width} x {facts.height}"
        says += "" if facts.seconds is None else f", {facts.seconds:.2f} s"
    rows = [
        ("file", visible(file.name)),
        ("sha256", found.sha256),
        ("it says", says),
        ("here", "not known" if work is None else f"this very file is {work.id}"),
    ]
    if work is not None and work.score is not None:
        rows.append(("words", visible(work.score.text)))
    print_rows(rows)
