"""Models that lie on this machine already: in the cache of Hugging Face, and in folders that somebody names.

Only looked at, when somebody asks: nothing comes on the shelf by itself, and nothing is fetched.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from uncaged.archive import models
from uncaged.core.errors import AskedWrong, UncagedError
from uncaged.core.words import _
from uncaged.engines import regular
from uncaged.engines.single_files import ENDINGS, held
from uncaged.studio import adding, elsewhere, recognising

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

DEEPEST: Final = 5
"""Folders within folders, from the one that is named: `models/diffusers/CogVideoX-2b` of ComfyUI has two."""

MOST: Final = 20_000
"""Folders that are looked at, at most."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A folder, or a single file, that a family knows, or an adapter. bytes: of its files.

    known: what it is called on the shelf, where it stands there. why: why its family cannot perform with it, where that
    is so. adapter: it is one, on top of the model `on` where one on the shelf fits; of no family where none does.
    """

    folder: Path
    family: str
    name: str
    bytes: int = 0
    known: str = ""
    why: str = ""
    adapter: bool = False
    on: str = ""


def seek(studio: "Studio | None", cache: Path, folders: Sequence[Path]) -> Iterator[Sought]:
    """What families know in these folders, each searched through; in the cache where none is named.

    studio: whose shelf is looked at, where there is one. Raises `AskedWrong` where a folder is not there.
    """
    if studio is None:
        shelf: tuple[models.Shelved, ...] = ()
    else:
        with studio.archive.read() as conn:
            shelf = models.shelf(conn)
    for folder in folders:
        if not folder.expanduser().is_dir():
            raise AskedWrong(_("There is no folder %(folder)s.") % {"folder": folder})
    seen: set[Path] = set()
    for folder in _candidates(cache, folders):
        real = folder.resolve() if folder.is_dir() else folder.parent.resolve() / folder.name
        if real not in seen:
            seen.add(real)
            yield from list(_found(real, shelf)) or _adapter(real, studio, shelf)


def _candidates(cache: Path, folders: Sequence[Path]) -> Iterator[Path]:
    """Folders to look at; whatever a family knows is looked into no deeper."""
    if not folders:
        yield from snapshots(cache)
        return
    for folder in folders:
        top = folder.expanduser().absolute()
        inner = list(snapshots(top))  # somebody names the cache itself
        yield from inner or _below(top)


def snapshots(cache: Path) -> Iterator[Path]:
    """One revision of each model in a cache of Hugging Face, `models--ORG--NAME/snapshots/REVISION`: the one that
    `refs/main` names, else the newest."""
    for model in _folders(cache):
        if model.name.startswith(adding.HUB):
            found = list(_folders(model / "snapshots"))
            main = [one for one in found if one.name == _main(model)]
            newest = sorted(found, key=lambda one: (one.stat().st_mtime, one.name))
            yield from (main or newest)[-1:]


def _main(model: Path) -> str:
    """The revision that was fetched last under the name `main`."""
    try:
        return regular.read(model / "refs" / "main", 100).decode("utf-8", "replace").strip()
    except OSError:
        return ""


def _below(top: Path) -> Iterator[Path]:
    """The folder and those within it, the upper ones first; links are followed, as far as `DEEPEST`."""
    waiting, looked = [(top, 0)], 0
    while waiting and looked < MOST:
        folder, deep = waiting.pop(0)
        looked += 1
        yield folder
        known = any(True for _name, _offer in adding.offers(folder))
        if known:
            continue
        yield from _single_files(folder)
        if deep < DEEPEST:
            waiting += [(one, deep + 1) for one in _folders(folder)]


def _single_files(folder: Path) -> Iterator[Path]:
    """Files of weights in a folder that is no model as a whole; none that cannot be read at all."""
    found: list[Path] = []
    with suppress(OSError):
        found = sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS)
    for path in found:
        with suppress(UncagedError):
            if not path.name.startswith("."):
                held(path)
                yield path


def _folders(folder: Path) -> Iterator[Path]:
    """Those in it that can be seen and read, by name."""
    try:
        with os.scandir(folder) as entries:
            found = [one.name for one in entries if one.is_dir() and not one.name.startswith(".")]
    except OSError:
        return
    yield from (folder / name for name in sorted(found))


def _found(folder: Path, shelf: Sequence[models.Shelved]) -> Iterator[Sought]:
    for family, offer in adding.offers(folder):
        name = adding.name_beside(adding.name_of(folder))
        if isinstance(offer, UncagedError):
            yield Sought(folder, family, name, why=str(offer))
            continue
        try:
            wanted = adding.checked(folder, family, offer)
        except UncagedError as error:
            yield Sought(folder, family, name, why=str(error))
            continue
        yield Sought(folder, family, name, wanted.bytes, _known(wanted.files, shelf))


def _adapter(
    place: Path, studio: "Studio | None", shelf: Sequence[models.Shelved]
) -> Iterator[Sought]:
    """The adapter that this file or folder holds, by names and header; of a folder only where it is called as one."""
    one_file = place.is_file()
    if place.name in recognising.NAMES if one_file else not _holds_one(place):
        return  # a file of everybody's name is its folder's
    called = adding.name_beside(adding.name_of(place.with_suffix("") if one_file else place))
    try:
        found = recognising.found(place)
    except UncagedError as error:
        yield Sought(place, "", called, why=str(error), adapter=True)
        return
    if found is None:
        return
    length = sum(elsewhere.length(path) for path in found.files.values())
    said = Sought(place, "", called, length, _known(found.files, shelf), adapter=True)
    if said.known or studio is None:
        yield said
        return
    try:
        parent = recognising.fit_for(studio, found)[0]
    except UncagedError as error:
        yield replace(said, why=str(error))
    else:
        yield replace(said, family=parent.engine, on=parent.name)


def _holds_one(folder: Path) -> bool:
    return any((folder / name).is_file() for name in recognising.NAMES)


def _known(files: Mapping[str, Path], shelf: Sequence[models.Shelved]) -> str:
    """The model on the shelf whose files lie just there, by their paths; none of them is read."""
    paths = {name: str(path) for name, path in files.items()}
    for model in shelf:
        if {name: place.path for name, place in model.elsewhere.items()} == paths:
            return model.name
    return ""
