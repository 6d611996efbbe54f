"""`uncaged house` and `uncaged block`: what the house says of itself, and files that are not taken in here."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from uncaged.cli.opening import json_option, print_json, print_rows, studio, visible
from uncaged.core.clock import in_words

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from uncaged.archive.blocks import Block

SAYS = ("name", "rules", "about", "contact", "promise")


@click.group("house", invoke_without_command=True)
@json_option
@click.pass_context
def house_command(ctx: click.Context, as_json: bool) -> None:
    """What the house says: its rules, and whom to write to."""
    if ctx.invoked_subcommand is None:
        _show(as_json)


@house_command.command("show")
@json_option
def show_house(as_json: bool) -> None:
    """Everything it says now, and since when."""
    _show(as_json)


def _show(as_json: bool) -> None:
    from uncaged.archive import house

    with studio(looking=True) as here, here.archive.read() as conn:
        said = {name: house.current(conn, name) for name in house.NAMES}
        rules, keepers = house.rules(conn), house.keepers(conn)
    if as_json:
        told: dict[str, Any] = {
            name: None if one is None else {"text": one.text, "since": one.since}
            for name, one in said.items()
        }
        print_json(told | {"rules_in_force": rules, "keepers": [one.id for one in keepers]})
        return
    rows = [(name, f"{one.text}\nsince {in_words(one.since)}") for name, one in said.items() if one]
    if said["rules"] is None:
        listed = "\n".join(f"{n}. {rule}" for n, rule in enumerate(rules, 1))
        rows.append(
            ("rules", f"{listed}\nthose every house begins with; nobody has written others")
        )
    if said["contact"] is None:
        rows.append(("contact", 'nobody yet: uncaged house set contact "…"'))
    rows.append(("keepers", ", ".join(one.name or one.kind for one in keepers)))
    print_rows(rows)


@house_command.command("set")
@click.argument("what", type=click.Choice(SAYS))
@click.argument("text")
@json_option
def set_house(what: str, text: str, as_json: bool) -> None:
    """From now on the house says TEXT; rules come from a file, or from - for standard input.

    \b
    uncaged house set rules rules.txt
    uncaged house set contact "Moss, Ferry Street 3; moss@north-quay.example"
    """
    from uncaged.archive import house

    said = _read(text) if what == "rules" else text
    with studio() as here, here.archive.write() as conn:
        house.write(conn, what, said, here.person, here.clock.now())
    _show(as_json)


@house_command.command("give")
@click.argument("work")
@click.option("--reason", required=True, help="import, looked or mistake; the log keeps it.")
def give(work: str, reason: str) -> None:
    """Give back WORK, which is hidden though no report holds it: an import brings that it is, not why."""
    from uncaged.studio import giving

    with studio() as here:
        giving.give(here, work, here.person, reason)
    click.echo(f"given back: {work.strip().lower()}")


def _read(name: str) -> str:
    from uncaged.archive.house import LONGEST
    from uncaged.core.errors import AskedWrong
    from uncaged.core.reading import read_file

    if name == "-":
        return sys.stdin.read(LONGEST["rules"] * 4)
    data = read_file(Path(name), "The rules", LONGEST["rules"] * 4)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise AskedWrong(f"{name} is no text in UTF-8.") from None


@click.group("block")
def block_command() -> None:
    """Files that are neither shown, nor taken in, nor imported here."""


@block_command.command("list")
@json_option
def list_blocks(as_json: bool) -> None:
    """Every file on the list, the newest first."""
    from uncaged.archive import blocks

    with studio(looking=True) as here, here.archive.read() as conn:
        found = blocks.listed(conn)
    if as_json:
        print_json([_block(one) for one in found])
        return
    if not found:
        click.echo("No file is blocked here.")
    for one in found:
        click.echo(_block_line(one))


@block_command.command("add")
@click.argument("what")
@click.option("--reason", required=True, help="Why: whoever brings the file reads it.")
@json_option
def add_block(what: str, reason: str, as_json: bool) -> None:
    """Block WHAT: a file on this machine, a SHA-256, or the film of a work.

    Of a picture both its bytes and its pixels are blocked, with the mark that it may bear and without, so that saving
    it anew does not help.
    """
    from uncaged.archive import blocks
    from uncaged.studio import blocking

    with studio() as here:
        shas = blocking.hashes(here, what)
        now = here.clock.now()

        def step(conn: "Connection") -> list["Block"]:
            return [blocks.add(conn, sha, reason, here.person, now) for sha in shas]

        made = here.commit(step)
    if as_json:
        print_json([_block(one) for one in made])
        return
    for one in made:
        click.echo(_block_line(one))


@block_command.command("remove")
@click.argument("what")
@json_option
def remove_block(what: str, as_json: bool) -> None:
    """Take WHAT off the list: a file, a SHA-256, or the film of a work."""
    from uncaged.archive import blocks
    from uncaged.core.errors import NotFound
    from uncaged.studio import blocking

    with studio() as here:
        shas, now = blocking.hashes(here, what), here.clock.now()

        def step(conn: "Connection") -> list["Block"]:
            known = blocks.among(conn, shas)
            return [blocks.remove(conn, sha, here.person, now) for sha in known]

        gone = here.commit(step)
    if not gone:
        raise NotFound("This file is not on the block list.", "`uncaged block list` shows it.")
    if as_json:
        print_json([_block(one) for one in gone])
        return
    for one in gone:
        click.echo(f"taken off: {one.sha256}")


def _block(one: "Block") -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__slots__}


def _block_line(one: "Block") -> str:
    of = "" if one.report_n is None else f"  report {one.report_n}"
    return f"{one.sha256}  {in_words(one.made)}  {visible(one.reason)}{of}"
