"""`uncaged models accept, check, twin`: what stands on the shelf, and whether it is still what it was."""

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from uncaged.archive.telling import counted, sized
from uncaged.cli.agreeing import consented
from uncaged.cli.numbers import Whole
from uncaged.cli.opening import called, json_option, print_json, print_rows, studio, visible
from uncaged.core.order import Progress

if TYPE_CHECKING:
    from uncaged.archive.models import Shelved
    from uncaged.cli.terminal import Watcher
    from uncaged.studio.elsewhere import Looked, Told

FOLDER = click.Path(path_type=Path)
SIGNS = {"changed": "× changed", "missing": "× missing"}


UNKNOWN = "No address of it is known here, and its text does not lie beside the weights: look where these came from."


def asks(card: Mapping[str, Any], afar: bool = False) -> list[tuple[str, str]]:
    """What a card says of its licence beside the name, and where that can be read.

    afar: its model performs elsewhere, and what it asks is no licence.
    """
    rows = [("asks", "binds"), ("read it at", "terms_url")]
    said = [(name, str(card[field])) for name, field in rows if card.get(field)]
    if file := card.get("licence_files") or card.get("terms_file"):
        said.append(("its text", f"{file}, beside the weights"))
    elif card.get("terms_text"):
        said.append(("its text", "stands on its page"))
    elif card.get("binds") and not card.get("terms_url") and not afar:
        said.append(("read it at", UNKNOWN))
    rows = [("numbers", "shrunk"), ("from", "hub"), ("its card there", "hub_licence")]
    return said + [(name, str(card[field])) for name, field in rows if card.get(field)]


def whence(card: Mapping[str, Any]) -> dict[str, str]:
    """For programs: from which hub it came, and which texts of its licence lie beside its files; empty: none."""
    return {name: str(card.get(name, "")) for name in ("hub", "licence_files")}


@contextmanager
def reading(doing: str = "reading") -> "Generator[Told]":
    """A bar on a terminal, and plain lines elsewhere, of what is read or fetched; it is gone afterwards."""
    with _watching() as watcher:
        yield lambda done, total: watcher(
            Progress(done, total, f"{doing}, {sized(done)} of {sized(total)}")
        )


@contextmanager
def _saying() -> "Generator[Callable[[str], None]]":
    """The same of work that nobody can count: what is going on, in words."""
    with _watching() as watcher:
        yield lambda doing: watcher(Progress(0, 0, doing))


@contextmanager
def _watching() -> "Generator[Watcher]":
    from uncaged.cli.terminal import Watcher

    watcher = Watcher()
    try:
        yield watcher
    finally:
        watcher.clear()


@click.command("check")
@click.argument("model", required=False, default="")
@json_option
def check_command(model: str, as_json: bool) -> None:
    """Read every file of MODEL, or of all models of your own: is each still what it was? Exit code 1 where one is not.

    Where only the time of a file has changed, the model performs again afterwards.
    """
    from uncaged.archive import models
    from uncaged.studio import adding

    with studio() as here:
        with here.archive.read() as conn:
            wanted = (models.own(conn, model),) if model else models.shelf(conn)
        found: list[tuple[Shelved, tuple[Looked, ...]]] = []
        for one in wanted:
            with reading() as told:
                looked = adding.check(here, one, told)
            found.append((one, looked))
            if not as_json:
                _tell_looked(one, looked)
    if as_json:
        print_json([_looked_record(one, looked) for one, looked in found])
    elif not found:
        click.echo("There is no model of your own yet.")
    if any(file.state != "intact" for _, looked in found for file in looked):
        raise click.exceptions.Exit(1)


def _tell_looked(model: "Shelved", looked: "tuple[Looked, ...]") -> None:
    wrong = [file for file in looked if file.state != "intact"]
    whole = f"■ intact: {counted(len(looked), 'file')}, each as it was"
    less = f"{len(wrong)} of {counted(len(looked), 'file')} changed or missing"
    print_rows([(model.name, less if wrong else whole)])
    for file in wrong:
        path = f" ({file.path})" if file.path else ""
        print_rows([(SIGNS[file.state], file.name + path)], wrapped=False)
    if any(file.state == "missing" for file in wrong):
        click.echo(f"Where they lie now: {called()} models add FOLDER")
    if any(file.state == "changed" for file in wrong):
        click.echo(
            "Other bytes are another model: put back what was there, or remove this one and add that."
        )


def _looked_record(model: "Shelved", looked: "tuple[Looked, ...]") -> dict[str, Any]:
    files = [
        {
            "name": file.name,
            "state": file.state,
            "sha256": file.sha256,
            "path": file.path,
            "renewed": file.place is not None,
        }
        for file in looked
    ]
    whole = all(file.state == "intact" for file in looked)
    return {"name": model.name, "hash": model.hash, "intact": whole, "files": files}


@click.command("accept")
@click.argument("model")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def accept_command(model: str, yes: bool, as_json: bool) -> None:
    """Accept the licence of MODEL, where it binds whoever makes with it. Each person does so once."""
    from uncaged.archive import models
    from uncaged.studio import terms
    from uncaged.studio.outgoing import REMOTE

    with studio() as here:
        with here.archive.read() as conn:
            own = models.own(conn, model)
            wanted = terms.waits(conn, here.person, own)
        if wanted is not None:
            if not as_json:
                print_rows([("licence", wanted.name), *asks(own.card, own.engine == REMOTE)])
                click.echo(f"\n{visible(wanted.text)}\n" if wanted.text else "", nl=False)
            if not yes and not consented(f"Do you accept {wanted.name}?"):
                click.echo("It is not accepted.")
                raise click.exceptions.Exit(1)
            terms.accept(here, own.name)
        if as_json:
            known = terms.of(own)
            licence = None if known is None else {"name": known.name, "hash": known.hash}
            print_json({"name": own.name, "terms": licence, "new": wanted is not None})
        elif wanted is None:
            click.echo(f"Nothing of {own.name} has to be accepted, or you have done so already.")
        else:
            click.echo(f"Accepted. {own.name} performs for you from now on.")


@click.command("twin")
@click.argument("family")
@click.argument("folder", type=FOLDER)
@click.option("--seed", type=Whole(0, 2**32 - 1), default=0, help="Other random weights.")
@click.option("--kind", default="", help="Which model of the family, such as picture or 1.5.")
@json_option
def twin_command(family: str, folder: Path, seed: int, kind: str, as_json: bool) -> None:
    """Write a tiny model of FAMILY with random weights to FOLDER: everything runs with it, and nothing is shown.

    \b
    uncaged models twin cogvideox small
    uncaged models twin cogvideox later --kind 1.5
    uncaged models add small --yes
    """
    from uncaged.studio import twins

    with _saying() as told:
        place = twins.write(family, folder, seed, kind, told)
    found = [path for path in place.rglob("*") if path.is_file()]
    length = sum(path.stat().st_size for path in found)
    if as_json:
        print_json({"family": family, "folder": str(place), "files": len(found), "bytes": length})
        return
    click.echo(f"A small twin of {family}: {counted(len(found), 'file')}, {sized(length)}.")
    print_rows([("next", f"{called()} models add {folder}")], wrapped=False)


COMMANDS: tuple[click.Command, ...] = (accept_command, check_command, twin_command)
