"""`uncaged models add, find`: models made elsewhere come on the shelf, and are used where they lie."""

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from uncaged.archive.telling import sized
from uncaged.cli import hubbing
from uncaged.cli.agreeing import consented
from uncaged.cli.opening import called, json_option, print_json, print_rows, studio
from uncaged.cli.shelving import FOLDER, asks, reading
from uncaged.core.errors import HomeMissing, HomeUnusable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from uncaged.studio.adding import Added, Offered
    from uncaged.studio.seeking import Sought
    from uncaged.studio.studio import Studio


@click.command("add")
@click.argument("what", metavar="FOLDER|FILE|OWNER/NAME")
@click.option(
    "--with",
    "parts",
    multiple=True,
    type=FOLDER,
    metavar="PATH",
    help="A file or folder that holds what FILE lacks; may be given several times.",
)
@click.option("--name", default="", help="What it is called here; else as its folder is.")
@click.option("--family", default="", help="Which family it belongs to, where several know it.")
@click.option("--on", default="", help="Of an adapter: the model that it was made for.")
@click.option("--file", default="", help="Of several adapters at a hub: which file.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def add_command(
    what: str,
    parts: tuple[Path, ...],
    name: str,
    family: str,
    on: str,
    file: str,
    yes: bool,
    as_json: bool,
) -> None:
    """Put a model made elsewhere on the shelf. It stays in FOLDER and is used there: nothing is copied.

    An adapter (LoRA) too, a folder or a file: the model that it is for stands on the shelf before.

    FILE is a network alone, in safetensors or GGUF. Its text encoder, its coder of films (VAE) and its tokenizer are
    found in ComfyUI's folders beside it, or where --with says.

    Where there is no such folder, OWNER/NAME is a model at a hub, OWNER/NAME@REVISION one state of it: what is needed
    of it is fetched first, into the cache that its library shares with other programs. Stopped, it goes on there.
    An adapter at a hub too; where there are several, --file says which.

    Its files are read once through, which takes minutes for many GB. The same files are the same model: where they
    have moved, this says where they lie now.

    \b
    uncaged models add ~/models/CogVideoX-2b
    uncaged models add . --name mine --yes
    uncaged models add my-style.safetensors
    uncaged models add THUDM/CogVideoX-2b
    uncaged models add somebody/styles --file ink.safetensors
    uncaged models add ~/ComfyUI/models/diffusion_models/wan2.1_t2v_1.3B_fp16.safetensors
    uncaged models add mochi_fp8.safetensors --with ~/models/mochi-1-preview
    """
    from uncaged.studio import adding

    with studio() as here:
        hubbing.refuse_parts(what, parts)
        said = hubbing.Said("" if parts else what, name, family, file, on)
        fetched = hubbing.brought(here, said, yes=yes, as_json=as_json)
        if fetched is not None and not fetched.here:
            click.echo("Nothing was fetched.")
            return
        wanted = _wanted(here, Path(what), parts, said, fetched)
        name = name.strip() or wanted.name
        if not as_json:
            print_rows(_offer(wanted, name), wrapped=True)
        question = f"Put it on the shelf as {name}? Its files stay where they are."
        if fetched is None and not yes and not consented(question):
            click.echo("It is not on the shelf.")
            return
        with reading() as told:
            added = adding.add(here, wanted, name, told)
        _tell_added(here, added, as_json)


def _wanted(
    here: "Studio",
    place: Path,
    parts: tuple[Path, ...],
    said: hubbing.Said,
    fetched: hubbing.Brought | None,
) -> "Offered":
    """What is to stand on the shelf: what came from a hub, or lies at this place."""
    from uncaged.studio import adding, from_hub, recognising

    if fetched is not None:
        return from_hub.offer(here, fetched.wanted, said.on, said.family)
    adapter = None if parts else recognising.found(place)
    if adapter is not None:
        return recognising.offered(here, adapter, said.on, said.family)
    return adding.offered(place, said.family, parts)


def _offer(wanted: "Offered", name: str) -> list[tuple[str, str]]:
    """What is to be known of it before it is added."""
    from uncaged.engines.shelved import card_of

    card = card_of(wanted.card, elsewhere=True)
    on_top = wanted.card.get("parent")
    return [
        ("adapter", f"{name}, on top of {on_top}")
        if on_top
        else ("model", f"{name}, of the family {wanted.family}"),
        ("", card.summary),
        _place(wanted),
        ("files", f"{len(wanted.files)}, {sized(wanted.bytes)} together"),
        *_memory(wanted.card),
        ("origin", card.origin),
        ("trained on", card.training_data),
        ("licence", card.licence),
        ("works", card.works),
        *asks(wanted.card),
    ]


def _place(wanted: "Offered") -> tuple[str, str]:
    """Where it lies: the file, where it is one alone."""
    if len(wanted.files) == 1:
        return "file", str(next(iter(wanted.files.values())))
    return "folder", str(wanted.folder)


def _memory(card: "Mapping[str, Any]") -> list[tuple[str, str]]:
    """What it takes to be opened here, by how many numbers its weights are."""
    from uncaged.engines import fitting

    numbers = card.get("parameters")
    if not isinstance(numbers, int):
        return []
    where = fitting.place()
    said = f"about {fitting.gigabytes(fitting.opening(numbers, where))} to be opened"
    return [("memory", said + hubbing.beside(where))]


def _tell_added(here: "Studio", added: "Added", as_json: bool) -> None:
    from uncaged.studio import terms
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
                "moved": added.moved,
                "copy": added.copy,
                "adapts": model.card.get("parent") if model.is_adapter else None,
            }
        )
        return
    if added.known:
        click.echo(f"These are the files of {model.name}, which is on the shelf already.")
        if added.moved:
            click.echo("From now on they are used where they lie here.")
        if added.copy:
            click.echo("It keeps its name, and is used where it lies, which is whole:")
            click.echo("".join(f"  {place}\n" for place in folders(model)), nl=False)
            click.echo("To use this copy instead, delete that one, then do the same again.")
    else:
        click.echo(
            f"{model.name} is on the shelf. Its files stay where they are, and are used there."
        )
    played = f"--model {model.name}"
    if model.is_adapter:
        played = f"--model {model.card['parent']} --adapter {model.name}=1"
    following = [f'{called()} make "…" {played}', f"{called()} models info {model.name}"]
    with here.archive.read() as conn:
        if terms.waits(conn, here.person, model) is not None:
            following.insert(0, f"{called()} models accept {model.name}")
    rows = [("next" if i == 0 else "", command) for i, command in enumerate(following)]
    print_rows(rows, wrapped=False)


@click.command("find")
@click.argument("folders", nargs=-1, type=FOLDER, metavar="[FOLDER]…")
@json_option
def find_command(folders: tuple[Path, ...], as_json: bool) -> None:
    """Look for models and adapters (LoRA) that are on this machine: in the cache of Hugging Face, or in FOLDERs.

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
    what = "adapter" if one.adapter else one.family
    if one.why:
        print_rows([(what, f"{one.folder}\nnot performed: {one.why}")])
        return
    on = f", on top of {one.on}" if one.on else ""
    print_rows([(what, f"{one.name}, {sized(one.bytes)}{on}"), ("", str(one.folder))])
    if one.known:
        print_rows([("", f"on the shelf as {one.known}")])
    else:
        print_rows([("", _adding(one))], wrapped=False)


def _adding(one: "Sought") -> str:
    """The command that adds it, as a shell takes it; nothing where its family cannot perform it or it is there."""
    if one.why or one.known:
        return ""
    name = "" if one.name else " --name NAME"
    how = f" --on {one.on}" if one.on else f" --family {one.family}" if one.family else ""
    return f"{called()} models add {quote(str(one.folder))}{how}{name}"


def _sought_record(one: "Sought") -> dict[str, Any]:
    return {
        "family": one.family,
        "folder": str(one.folder),
        "name": one.name,
        "bytes": one.bytes,
        "known": one.known or None,
        "why_not": one.why or None,
        "adapter": one.adapter,
        "on": one.on or None,
        "add": _adding(one) or None,
    }


COMMANDS: tuple[click.Command, ...] = (add_command, find_command)
