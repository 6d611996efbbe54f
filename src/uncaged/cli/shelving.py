"""`uncaged models add, check, twin, find`: models made elsewhere, used where they lie."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from uncaged.archive.telling import counted, sized
from uncaged.cli.agreeing import agreed
from uncaged.cli.numbers import Whole
from uncaged.cli.opening import called, json_option, print_json, print_rows, studio
from uncaged.core.errors import HomeMissing, HomeUnusable

if TYPE_CHECKING:
    from uncaged.archive.models import Shelved
    from uncaged.studio.adding import Added, Offered
    from uncaged.studio.elsewhere import Looked, Told
    from uncaged.studio.seeking import Sought
    from uncaged.studio.studio import Studio

FOLDER = click.Path(path_type=Path)
SIGNS = {"intact": "■ intact", "changed": "× changed", "missing": "× missing"}


@click.command("add")
@click.argument("folder", type=FOLDER)
@click.option("--name", default="", help="What it is called here; else as its folder is.")
@click.option("--family", default="", help="Which family it belongs to, where several know it.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def add_command(folder: Path, name: str, family: str, yes: bool, as_json: bool) -> None:
    """Put a model made elsewhere on the shelf. It stays in FOLDER and is used there: nothing is copied.

    Its files are read once through, which takes minutes for many GB. The same files are the same model: where they
    have moved, this says where they lie now.

    \b
    uncaged models add ~/models/CogVideoX-2b
    uncaged models add . --name mine --yes
    """
    from uncaged.studio import adding

    with studio() as here:
        wanted = adding.offered(folder, family)
        name = name.strip() or wanted.name
        if not as_json:
            print_rows(_offer(wanted, name), wrapped=True)
        if not yes and not agreed(f"Put it on the shelf as {name}? Its files stay where they are."):
            click.echo("It is not on the shelf.")
            return
        with _reading() as told:
            added = adding.add(here, wanted, name, told)
        _tell_added(here, added, as_json)


def _offer(wanted: "Offered", name: str) -> list[tuple[str, str]]:
    """What is to be known of it before it is added."""
    from uncaged.engines.shelved import card_of

    card = card_of(wanted.card, elsewhere=True)
    return [
        ("model", f"{name}, of the family {wanted.family}"),
        ("", card.summary),
        ("folder", str(wanted.folder)),
        ("files", f"{len(wanted.files)}, {sized(wanted.bytes)} together"),
        ("origin", card.origin),
        ("trained on", card.training_data),
        ("licence", card.licence),
        ("works", card.works),
    ]


def _tell_added(here: "Studio", added: "Added", as_json: bool) -> None:
    from uncaged.studio.held import folders

    model = added.model
    if as_json:
        print_json(
            {
                "name": model.name,
                "id": model.id,
                "engine": model.engine,
                "hash": model.hash,
                "folders": list(folders(model)),
                "known": added.known,
                "placed": added.placed,
            }
        )
        return
    if added.known:
        click.echo(f"These are the files of {model.name}, which is on the shelf already.")
        if added.placed:
            click.echo("From now on they are used where they lie here.")
    else:
        click.echo(
            f"{model.name} is on the shelf. Its files stay where they are, and are used there."
        )
    print_rows(
        [
            ("next", f'{called()} make "…" --model {model.name}'),
            ("", f"{called()} models info {model.name}"),
        ],
        wrapped=False,
    )


@contextmanager
def _reading() -> "Generator[Told]":
    """A bar on a terminal, and plain lines elsewhere, of what is read; it is gone afterwards."""
    from uncaged.cli.terminal import Watcher
    from uncaged.core.order import Progress

    watcher = Watcher()

    def told(done: int, total: int) -> None:
        watcher(Progress(done, total, f"reading, {sized(done)} of {sized(total)}"))

    try:
        yield told
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
            with _reading() as told:
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
    whole = f"{counted(len(looked), 'file')}, each as it was"
    less = f"{len(wrong)} of {counted(len(looked), 'file')} changed or missing"
    print_rows([(model.name, less if wrong else whole)])
    for file in looked:
        path = f" ({file.path})" if file.path and file.state != "intact" else ""
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


@click.command("twin")
@click.argument("family")
@click.argument("folder", type=FOLDER)
@click.option("--seed", type=Whole(0, 2**32 - 1), default=0, help="Other random weights.")
@json_option
def twin_command(family: str, folder: Path, seed: int, as_json: bool) -> None:
    """Write a tiny model of FAMILY with random weights to FOLDER: everything runs with it, and nothing is shown.

    \b
    uncaged models twin cogvideox small
    uncaged models add small --yes
    """
    from uncaged.studio import twins

    place = twins.write(family, folder, seed)
    found = [path for path in place.rglob("*") if path.is_file()]
    length = sum(path.stat().st_size for path in found)
    if as_json:
        print_json({"family": family, "folder": str(place), "files": len(found), "bytes": length})
        return
    click.echo(f"A small twin of {family}: {counted(len(found), 'file')}, {sized(length)}.")
    print_rows([("next", f"{called()} models add {folder}")], wrapped=False)


@click.command("find")
@click.argument("folders", nargs=-1, type=FOLDER, metavar="[FOLDER]…")
@json_option
def find_command(folders: tuple[Path, ...], as_json: bool) -> None:
    """Look for models that are on this machine already: in the cache of Hugging Face, or in FOLDERs.

    It looks only, reads small files only, and fetches nothing: what you want on the shelf, you add.

    \b
    uncaged models find
    uncaged models find ~/ComfyUI/models
    """
    from uncaged.core.settings import read_settings
    from uncaged.studio.seeking import seek

    cache = read_settings().hub_cache
    try:
        with studio(looking=True) as here:
            found = list(seek(here, cache, folders))
    except (HomeMissing, HomeUnusable):
        found = list(seek(None, cache, folders))
    if as_json:
        print_json([_sought_record(one) for one in found])
        return
    for one in found:
        _tell_sought(one)
    if not found:
        where = ", ".join(map(str, folders or (cache,)))
        click.echo(f"Nothing that a family here knows lies in {where}.")
        _tell_takes()


def _tell_takes() -> None:
    from uncaged.studio.adding import takes

    if takes():
        click.echo(f"The families are: {', '.join(takes())}.")
    else:
        click.echo("There is no family here that models made elsewhere belong to.")


def _tell_sought(one: "Sought") -> None:
    if one.why:
        print_rows([(one.family, f"{one.folder}\nnot performed: {one.why}")])
        return
    print_rows([(one.family, f"{one.name}, {sized(one.bytes)}"), ("", str(one.folder))])
    if one.known:
        print_rows([("", f"on the shelf as {one.known}")])
    else:
        print_rows([("", _adding(one))], wrapped=False)


def _adding(one: "Sought") -> str:
    """The command that adds it, as a shell takes it; nothing where its family cannot perform it or it is there."""
    if one.why or one.known:
        return ""
    name = "" if one.name else " --name NAME"
    return f"{called()} models add {quote(str(one.folder))} --family {one.family}{name}"


def _sought_record(one: "Sought") -> dict[str, Any]:
    return {
        "family": one.family,
        "folder": str(one.folder),
        "name": one.name,
        "bytes": one.bytes,
        "known": one.known or None,
        "why_not": one.why or None,
        "add": _adding(one) or None,
    }


COMMANDS: tuple[click.Command, ...] = (add_command, check_command, twin_command, find_command)
