"""Models made elsewhere come on the shelf: what a folder offers, its files read once through, one transaction.

And are looked at again, whenever somebody asks whether they are still what they were.
Its files stay where they lie. Which folders a family knows, the family says.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from sqlalchemy import Connection

from uncaged.archive import log, models
from uncaged.core.canonical import canonical
from uncaged.core.errors import AskedWrong, UncagedError, WeightsBroken
from uncaged.core.folders import fit_together, is_within
from uncaged.core.naming import look_alike, looks_as
from uncaged.core.score import shown
from uncaged.core.words import _
from uncaged.engines.base import Engine, Offer
from uncaged.engines.published import refuse_pickle
from uncaged.engines.registry import families
from uncaged.engines.single_files import ENDINGS
from uncaged.studio import elsewhere, laying, licences, shelf

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

MOST_FILES: Final = 10_000
"""Files of one model, at most."""

HUB: Final = "models--"
"""How a model's folder begins in the cache of Hugging Face; its files lie in `snapshots/REVISION` within."""


Made: TypeAlias = Mapping[str, bytes]
"""Small files by their names."""

NOTHING: Final[Made] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Offered:
    """What lies in a folder that a family performs with. files: by the name that the family knows each under.

    bytes: of all of them together. called: what it is called, where not as its folder is. made: small ones that the
    family wrote, which are kept. meant: SHA-256 that a file has to have, where its publisher says so.
    """

    folder: Path
    family: str
    card: Mapping[str, Any]
    files: Mapping[str, Path]
    bytes: int
    called: str = ""
    made: Made = field(default_factory=lambda: NOTHING)
    meant: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def name(self) -> str:
        """What the model is called unless somebody says otherwise: as its folder is, with a number where that is
        what a family is called."""
        return self.called or name_beside(name_of(self.folder))


@dataclass(frozen=True, slots=True)
class Added:
    """known: the same files were on the shelf already, maybe under another name. moved: they lie elsewhere now. copy:
    these are others of the same bytes, and the first are used on, which are whole."""

    model: models.Shelved
    known: bool = False
    moved: bool = False
    copy: bool = False


def takes() -> Mapping[str, Engine]:
    """The families that know folders of models made elsewhere, by name."""
    return {
        name: family
        for name, family in families().items()
        if type(family).offer is not Engine.offer
    }


def family(name: str) -> Engine:
    """One of them. `AskedWrong` names them all."""
    found = takes().get(name)
    if found is None:
        raise AskedWrong(
            _("There is no family called %(name)s that models made elsewhere belong to.")
            % {"name": shown(name)},
            _known(),
            "family",
        )
    return found


def _known() -> str:
    names = ", ".join(takes())
    if not names:
        return _("There is no family here that models made elsewhere belong to.")
    return _("The families are: %(names)s.") % {"names": names}


def name_of(folder: Path) -> str:
    """What a model is called after its folder or its file; in the cache of Hugging Face, after what it is called there.

    >>> name_of(Path("hub/models--THUDM--CogVideoX-2b/snapshots/1137dac")), name_of(Path("my model (2).gguf"))
    ('CogVideoX-2b', 'my-model-2')
    """
    called = folder.stem if folder.suffix.lower() in ENDINGS else folder.name
    if folder.parent.name == "snapshots" and folder.parent.parent.name.startswith(HUB):
        called = folder.parent.parent.name.rsplit("--", 1)[1]
    return re.sub(r"[^\w.-]+", "-", called).strip("-._")[: shelf.LONGEST]


def name_beside(name: str) -> str:
    """The same, or with a number behind it where it looks like the name of a family.

    >>> name_beside("seedling"), name_beside("my-paper")
    ('seedling-1', 'my-paper')
    """
    looks = looks_as(name)
    taken = any(look_alike(looks, looks_as(known)) for known in families())
    return f"{name}-1" if taken else name


def offers(folder: Path, parts: Sequence[Path] = ()) -> Iterator[tuple[str, Offer | UncagedError]]:
    """Which families know this folder, or this single file; the error of one that knows it and cannot perform with it.

    parts: where what a single file lacks is looked for first.
    """
    single = folder.is_file()
    for name, one in takes().items():
        try:
            offer = one.gather(folder, parts) if single else one.offer(folder)
        except UncagedError as error:
            yield name, error
        except Exception as error:  # a stranger's mistake must not keep the others from looking
            yield name, WeightsBroken(f"{name}: {type(error).__name__}: {error}")
        else:
            if offer is not None:
                yield name, offer


def offered(folder: Path, family_name: str = "", parts: Sequence[Path] = ()) -> Offered:
    """What the folder, or the single file, holds, by the one family that knows it, or by the one that is named.

    Reads no weights. parts: files and folders that hold what a single file lacks.

    Raises `AskedWrong` where none does or several do, `WeightsMissing`, `WeightsBroken` where one cannot perform it.
    """
    if family_name:
        family(family_name)
    folder = _place(folder)
    beside = [_place(part) for part in parts]
    if parts and folder.is_dir():
        raise AskedWrong(
            _("%(folder)s is a folder, which holds the whole model.") % {"folder": folder},
            _("--with says what a single file lacks."),
            "with",
        )
    if folder.is_file() and folder.suffix.lower() not in ENDINGS:
        refuse_pickle(folder)
        raise AskedWrong(
            _("%(folder)s is no file of weights that Uncaged opens.") % {"folder": folder},
            _("It opens %(endings)s, and folders.") % {"endings": ", ".join(ENDINGS)},
        )
    found_by = offers(folder, beside)
    said = {name: one for name, one in found_by if not family_name or name == family_name}
    found = {name: one for name, one in said.items() if isinstance(one, Offer)}
    for error in said.values():
        if isinstance(error, UncagedError) and not found:
            raise error
    refuse_unless_one(str(folder), found)
    return checked(folder, *next(iter(found.items())))


def refuse_unless_one(where: str, found: Collection[str]) -> None:
    """Raises `AskedWrong` where no family knows what lies there, or several do."""
    if len(found) > 1:
        raise AskedWrong(
            _("More than one family performs with what lies in %(folder)s: %(families)s.")
            % {"folder": where, "families": ", ".join(found)},
            _("Name one: --family %(family)s") % {"family": next(iter(found))},
            "family",
        )
    if not found:
        raise AskedWrong(
            _("Nothing in %(folder)s is a model that a family here knows.") % {"folder": where},
            _known(),
        )


def _place(folder: Path) -> Path:
    try:
        found = folder.expanduser().absolute()
        str(found).encode()
        if found.is_dir():  # a file may be a link whose own name says what it is
            found = found.resolve(strict=True)
        found.stat()
    except (OSError, RuntimeError, UnicodeEncodeError):
        raise AskedWrong(_("There is no folder %(folder)s.") % {"folder": folder}) from None
    return found


def checked(folder: Path, name: str, offer: Offer) -> Offered:
    """An offer that can be kept: names that stay within a folder, files that are there, a card that can be written.

    Raises `WeightsMissing`, `WeightsBroken` where it is none.
    """
    names = [*offer.files, *offer.made]
    strange = next((one for one in names if not is_within(one)), None)
    if strange is not None:
        raise WeightsBroken(
            _("A file of this model is called %(name)s, which leads out of its folder.")
            % {"name": shown(strange)}
        )
    if (
        not offer.files
        or len(names) > MOST_FILES
        or len(set(names)) < len(names)
        or not fit_together(names)
    ):
        raise WeightsBroken(
            _("The files that %(family)s wants of %(folder)s are none that a model has.")
            % {"family": name, "folder": folder}
        )
    try:
        canonical(dict(offer.card))
        for path in offer.files.values():
            str(path).encode()
    except (TypeError, ValueError) as error:
        raise WeightsBroken(
            _("What %(family)s says of %(folder)s cannot be kept: %(why)s.")
            % {"family": name, "folder": folder, "why": error}
        ) from None
    paths = {key: path.absolute() for key, path in sorted(offer.files.items())}
    length = sum(map(elsewhere.length, set(paths.values())))
    lying = licences.lying(folder, paths.values())
    card = {**offer.card, **licences.beside(folder, offer.card), **lying}
    return Offered(folder, name, card, paths, length, made=dict(offer.made))


def add(
    studio: "Studio", wanted: Offered, name: str = "", told: elsewhere.Told = elsewhere.untold
) -> Added:
    """Puts it on the shelf under this name, or its folder's. Its files are read once through, and stay where they are.

    told: hears of each piece. Stopped in the middle, nothing is left. Raises `AskedWrong` where it can have no such
    name, `WeightsMissing`, `WeightsBroken`.
    """
    name = name or wanted.name
    home = studio.settings.home.resolve()
    for own in ("models", "files", "scratch"):
        if wanted.folder.is_relative_to(home / own):
            raise AskedWrong(
                _("%(folder)s is the studio's own.") % {"folder": wanted.folder},
                _("Name the folder where the model was put."),
            )
    with studio.archive.read() as conn:
        if not _may_be_here(conn, wanted):
            shelf.check_name(conn, name)
    shas, noted = elsewhere.hashed(wanted.files, told)
    for file, sha in shas.items():
        if wanted.meant.get(file, sha) != sha:
            raise WeightsBroken(
                _("%(path)s is not what its publisher says it is.")
                % {"path": wanted.files[file].resolve()},
                _("Delete it, then fetch the model again."),
            )
    kept = {file: studio.files.keep(content) for file, content in wanted.made.items()}
    model = models.Shelved(name, wanted.family, wanted.card, {**shas, **kept}, elsewhere=noted)
    added = keep(studio, model)
    with suppress(UncagedError):  # whoever asks it for a film is told
        laying.laid_out(studio, added.model)
    return added


def keep(studio: "Studio", model: models.Shelved) -> Added:
    """On the shelf, in one transaction; the one that is there where it has the same files. Raises `AskedWrong`."""
    with studio.archive.write() as conn:
        return _keep(conn, studio, model)


def said_of(wanted: Offered, more: Mapping[str, str], meant: Mapping[str, str]) -> Offered:
    """The same with what its publisher says beside: facts of a card, of which those the family says itself stay, and
    SHA-256 of files."""
    said = {key: text for key, text in wanted.card.items() if text}
    return replace(wanted, card={**more, **said}, meant=meant)


def _may_be_here(conn: Connection, wanted: Offered) -> bool:
    """Whether a model on the shelf has files of the same names: its bytes say whether it is the same."""
    return any(set(one.files) == {*wanted.files, *wanted.made} for one in models.shelf(conn))


def _keep(conn: Connection, studio: "Studio", model: models.Shelved) -> Added:
    now = studio.clock.now()
    same = models.of_hash(conn, model.hash)
    if same is not None:
        here = {name: place for name, place in model.elsewhere.items() if name in same.elsewhere}
        others = here != dict(same.elsewhere)
        moved = others and not elsewhere.is_whole(same)
        if moved:
            models.lie(conn, same.id, here)
            log.append(conn, "moved", same.id, studio.person, now)
        return Added(models.on_shelf(conn, same.name) or same, True, moved, others and not moved)
    shelf.check_name(conn, model.name)
    model_id = models.shelve(conn, studio.files, model, now)
    length = sum(place.bytes for place in model.elsewhere.values())
    log.append(conn, "shelved", model_id, studio.person, now, files=len(model.files), bytes=length)
    return Added(models.on_shelf(conn, model.name) or model)


def check(
    studio: "Studio", model: models.Shelved, told: elsewhere.Told = elsewhere.untold
) -> tuple[elsewhere.Looked, ...]:
    """Reads every file of a model, kept or elsewhere. Where its bytes are the same, how it lies there is noted anew."""
    found = elsewhere.look(model, studio.files, told)
    anew = {one.name: one.place for one in found if one.place is not None}
    if anew:
        with studio.archive.write() as conn:
            models.lie(conn, model.id, anew)
    return found
