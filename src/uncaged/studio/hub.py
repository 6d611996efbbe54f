"""Models at a hub of models: what one is made of, which of its files a family needs, and how large they are.

Speaks with the hub through its own library, which knows the address and the token of whoever is logged in; nothing of
either is kept here. Fetches small configurations only; the rest, `fetching` does.
"""

import hashlib
import json
import re
from collections.abc import Collection, Generator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import Any, Final, cast

from uncaged.core.errors import (
    AskedWrong,
    HubFailed,
    NotAllowed,
    NotFound,
    UncagedError,
    WeightsBroken,
    WeightsMissing,
)
from uncaged.core.folders import fit_together, is_within
from uncaged.core.score import shown
from uncaged.core.settings import Settings
from uncaged.core.words import _
from uncaged.engines.extras import lacking
from uncaged.engines.foretelling import Foretells
from uncaged.studio import adding, licences, picking
from uncaged.studio.elsewhere import PIECE

ADDRESS: Final = re.compile(
    r"(?P<repo>(?!\.)[\w.-]{1,96}/(?!\.)[\w.-]{1,96})(@(?P<revision>[^\s@]{1,200}))?"
)
"""`owner/name`, with `@` and a revision behind it where it is not the newest."""

LONGEST: Final = 50_000_000
"""Bytes of a configuration, at most: an index of many shards has a few millions."""

MOST: Final = 2**63
"""Bytes of a file, at most: no disk knows more."""

SECONDS: Final = 20.0
"""How long a hub may be silent when it is asked what a model is made of."""


@dataclass(frozen=True, slots=True)
class Remote:
    """A file at a hub. bytes: −1 where the hub does not say how many; it is not fetched then. sha256: of them, where
    the hub says so; else `blob`, git's own hash of them."""

    bytes: int
    sha256: str
    blob: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A model at a hub. commit: which state of it. licence, licence_url: as its card there says, where it says so."""

    repo: str
    commit: str
    files: Mapping[str, Remote]
    licence: str = ""
    licence_url: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a model at a hub is needed, by the family that knows it, and the texts of its licence.

    cache: where it will lie, as the hub's library lays it out. left: names of the files that do not lie there yet.
    adapter: the file of its weights where it is one; no family is known then. said: what its card will say, as far as
    small files tell.
    """

    listed: Listed
    family: str
    files: Mapping[str, Remote]
    cache: Path
    left: tuple[str, ...]
    adapter: str = ""
    said: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def folder(self) -> Path:
        """Where the model lies once all of it was fetched."""
        return snapshot(self.cache, self.listed)

    @property
    def bytes(self) -> int:
        """Of all of it."""
        return sum(file.bytes for file in self.files.values())

    @property
    def bytes_left(self) -> int:
        """Still to be fetched, whole files counted."""
        return sum(self.files[name].bytes for name in self.left)


def address(text: str) -> tuple[str, str] | None:
    """What `owner/name@revision` names: the model, and the revision or nothing; None where it is no such name.

    >>> address("THUDM/CogVideoX-2b"), address("a/b@v1.0"), address("~/models/mine")
    (('THUDM/CogVideoX-2b', ''), ('a/b', 'v1.0'), None)
    """
    found = ADDRESS.fullmatch(text)
    return None if found is None else (found["repo"], found["revision"] or "")


def refuse(settings: Settings) -> None:
    """Raises where nothing can be fetched: as `refuse_offline` does, and where its library is told to be offline."""
    refuse_offline(settings)
    library("utils.logging").set_verbosity_error()  # what it has to say, we say
    if library("constants").is_offline_mode():
        raise AskedWrong(
            _("The hub's library is told to be offline (HF_HUB_OFFLINE)."),
            _("Unset that variable, or bring the model's folder here: uncaged models add FOLDER"),
        )


def refuse_offline(settings: Settings) -> None:
    """Raises where the studio is offline (`AskedWrong`), or the library is not installed (`WeightsMissing`).

    Imports nothing.
    """
    if settings.offline:
        raise AskedWrong(
            _("This studio is offline (UNCAGED_OFFLINE): it fetches no models."),
            _("Bring the model's folder here, then: uncaged models add FOLDER"),
        )
    lacks = lacking("models", "huggingface_hub")
    if lacks:
        raise WeightsMissing(
            _("Models are fetched with a library that is not installed: huggingface_hub."),
            _("Install it: %(command)s") % {"command": lacks},
        )


def listed(settings: Settings, repo: str, revision: str = "") -> Listed:
    """Asks the hub what a model is made of. Raises as `refuse` does; `NotFound`, `NotAllowed`, `HubFailed`."""
    refuse(settings)
    with in_words(repo, revision), _read_in_words():
        said = (
            library("hf_api")
            .HfApi()
            .model_info(repo, revision=revision or None, files_metadata=True, timeout=SECONDS)
        )
        files = {
            one.rfilename: _remote(one) for one in said.siblings or () if is_within(one.rfilename)
        }
        if not re.fullmatch(r"[0-9a-f]{40}", said.sha or ""):
            raise HubFailed(
                _("The hub did not say which state of %(repo)s it has.") % {"repo": repo}
            )
        card: Any = said.card_data or {}
        names = [card.get("license_name"), card.get("license")]
        licence = next((name for name in names if isinstance(name, str) and name), "")
        link = card.get("license_link")
        url = link if isinstance(link, str) and link.startswith("https://") else ""
        called = said.id if ADDRESS.fullmatch(said.id) and "@" not in said.id else repo
    return Listed(called, said.sha, files, licence, url)


def _remote(one: Any) -> Remote:
    """A row of what the hub lists. Raises `TypeError`, `AttributeError` where it is none."""
    lfs = one.lfs
    plain = isinstance(one.size, int) and 0 <= one.size < MOST
    sha = "" if lfs is None else str(lfs.sha256)
    return Remote(one.size if plain else -1, sha, str(one.blob_id or ""))


@contextmanager
def _read_in_words() -> Generator[None]:
    """An answer that no hub gives: another page, or JSON of another shape."""
    try:
        yield
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        if isinstance(error, library("errors").HFValidationError):
            raise
        raise _no_hub() from None


def chosen(settings: Settings, found: Listed, family: str = "", file: str = "") -> Wanted:
    """Which of its files are needed, by the one family that knows it, or the one that is named; where none does, those
    of an adapter. file: the one of an adapter's weights, where there are several.

    Small configurations are fetched for that. Raises `AskedWrong` where none does or several do, otherwise as
    `Engine.wants`, `picking.picked` and `listed` do.
    """
    if family:
        adding.family(family)
    cache = settings.hub_cache

    def read(name: str) -> Mapping[str, Any]:
        return _read(cache, found, name)

    said: dict[str, frozenset[str]] = {}
    for name, engine in () if file else adding.takes().items():
        if family in ("", name):
            wants = engine.wants(found.files.keys(), read)
            if wants is not None:
                said[name] = frozenset(wants)
    lengths = {name: one.bytes for name, one in found.files.items()}
    adapter = None if said else picking.picked(found.repo, lengths, file)
    if adapter is None:
        adding.refuse_unless_one(found.repo, said)
    name, files = ("", adapter) if adapter else next(iter(said.items()))
    more = licences.along(lengths, files)
    needed = {one: found.files[one] for one in sorted({*files, *more})}
    if not fit_together(needed):
        raise _no_hub()  # no folder holds such files
    _refuse_unsaid(found, needed)
    here = snapshot(cache, found)
    left = tuple(one for one in needed if not (here / one).is_file())
    wanted = Wanted(found, name, needed, cache, left, picking.weights(adapter) if adapter else "")
    engine = adding.family(name) if name else None
    if not isinstance(engine, Foretells):
        return wanted
    with suppress(WeightsMissing, WeightsBroken):  # whoever puts it on the shelf is told
        return replace(wanted, said=engine.foretold(needed.keys(), read))
    return wanted


def _refuse_unsaid(found: Listed, names: Collection[str]) -> None:
    """Raises `HubFailed` where the hub does not say how large one of these is: nobody knows whether it fits."""
    unsaid = next((name for name in names if found.files[name].bytes < 0), None)
    if unsaid is not None:
        raise HubFailed(
            _("The hub does not say how large %(file)s of %(repo)s is.")
            % {"file": unsaid, "repo": found.repo},
            _("Look at HF_ENDPOINT: a hub of models says it."),
        )


def card(found: Listed) -> dict[str, str]:
    """What is to be remembered of where a model came from, for its card."""
    said = {
        "hub": f"{found.repo}@{found.commit}",
        "hub_licence": found.licence,
        "terms_url": found.licence_url,
    }
    return {key: text for key, text in said.items() if text}


def snapshot(cache: Path, found: Listed) -> Path:
    """Where the hub's library lays out this state of a model."""
    return cache / f"{adding.HUB}{found.repo.replace('/', '--')}" / "snapshots" / found.commit


def _read(cache: Path, found: Listed, name: str) -> Mapping[str, Any]:
    _refuse_unsaid(found, [name])
    if found.files[name].bytes > LONGEST:
        raise WeightsBroken(_("%(path)s cannot be understood.") % {"path": shown(name)})
    path = snapshot(cache, found) / name
    if not path.is_file():
        from uncaged.studio import fetching  # which knows this module

        fetching.small(Wanted(found, "", {name: found.files[name]}, cache, (name,)), name)
    refuse_other(path, found.files[name])
    try:
        value = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise WeightsBroken(_("%(path)s cannot be understood.") % {"path": shown(name)})
    return cast("dict[str, Any]", value)


def is_right(path: Path, meant: Remote) -> bool:
    """Whether these are the bytes that the hub named: by their SHA-256, small ones by git's hash of them."""
    digest = hashlib.sha256()
    if not meant.sha256:
        if not meant.blob:
            return False
        digest = hashlib.sha1(f"blob {meant.bytes}\0".encode(), usedforsecurity=False)
    with path.open("rb") as opened:
        while piece := opened.read(PIECE):
            digest.update(piece)
    return digest.hexdigest() == (meant.sha256 or meant.blob)


def refuse_other(path: Path, meant: Remote) -> None:
    """Raises `WeightsBroken` where a file of the cache has other bytes than the hub says."""
    if not is_right(path, meant):
        raise WeightsBroken(
            _("%(path)s is not what its publisher says it is.") % {"path": path.resolve()},
            _("Delete it, then fetch the model again."),
        )


def library(module: str) -> Any:
    """A module of the hub's own library, which takes a second to import."""
    return import_module(f"huggingface_hub.{module}")


@contextmanager
def in_words(repo: str, revision: str = "") -> Generator[None]:
    """What a hub, or the way to it, says no with, as an error that says what to do."""
    errors, ways = library("errors"), import_module("httpx2")
    try:
        yield
    except UncagedError:
        raise
    except errors.GatedRepoError:
        raise NotAllowed(
            _("%(repo)s is given only to those who have accepted its terms at the hub.")
            % {"repo": repo},
            _("Accept them on its page there, type `hf auth login`, then do the same again."),
        ) from None
    except errors.RevisionNotFoundError:
        raise NotFound(
            _("%(repo)s has no revision %(revision)s.") % {"repo": repo, "revision": revision},
            _("Name another one, or none for the newest."),
        ) from None
    except (errors.RepositoryNotFoundError, errors.HFValidationError):
        raise _unknown(repo) from None
    except errors.RemoteEntryNotFoundError:
        raise WeightsMissing(
            _("A file of %(repo)s is not at the hub any more.") % {"repo": repo},
            _("Do the same again: it may have another state now."),
        ) from None
    except errors.HfHubHTTPError as error:
        status = getattr(error.response, "status_code", 0)
        of_file = "/resolve/" in str(getattr(error.response, "url", ""))
        raise _unknown(repo) if status == 404 and not of_file else _answered(repo, status) from None
    except (ways.HTTPError, ConnectionError, TimeoutError, errors.LocalEntryNotFoundError):
        raise _unreached() from None
    except errors.FileMetadataError:
        raise _no_hub() from None


def _no_hub() -> HubFailed:
    return HubFailed(
        _("What answered is no hub of models."), _("Look at HF_ENDPOINT and the proxy.")
    )


def _unknown(repo: str) -> NotFound:
    return NotFound(
        _("The hub shows no model called %(repo)s.") % {"repo": shown(repo)},
        _("Look at how it is written. Where it is private, type `hf auth login` first."),
    )


def _answered(repo: str, status: int) -> UncagedError:
    if status in (401, 403):
        return NotAllowed(
            _("The hub does not give %(repo)s to you (%(status)s).")
            % {"repo": repo, "status": status},
            _("Type `hf auth login`, and accept its terms on its page there if it has some."),
        )
    return HubFailed(
        _("The hub does not answer as it should (%(status)s).") % {"status": status},
        _("Do the same again later; what was fetched is kept."),
    )


def _unreached() -> HubFailed:
    return HubFailed(
        _("The hub cannot be reached, or fell silent."),
        _("Do the same again later; what was fetched is kept."),
    )
