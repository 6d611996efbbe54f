"""Fetching a model from a hub: file after file, each gone on with where it was stopped, and looked at by its hash.

What is half fetched lies in the cache under a name of ours; a file gets the name that other programs know it by once
its bytes are right. `kill -9` at any moment loses nothing of it.
"""

import os
import re
import secrets
import shutil
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from filelock import FileLock

from uncaged.archive.files import disk_in_words
from uncaged.archive.telling import sized
from uncaged.core.errors import DiskFull, HubFailed, WeightsBroken
from uncaged.core.words import _
from uncaged.engines.pickled import LOOK, is_pickled
from uncaged.engines.published import LONGEST
from uncaged.studio import hub, receiving
from uncaged.studio.elsewhere import Told, untold
from uncaged.studio.receiving import Heard

PART: Final = ".uncaged-part"
"""Behind the name of what is not all there yet."""

AT_ONCE: Final = 32_000_000
"""Bytes of weights that are fetched at once; of longer ones somebody may look at the header first."""

SPARE: Final = 1_000_000_000
"""Bytes that stay free on the disk."""


def room(wanted: hub.Wanted) -> tuple[int, int]:
    """Bytes that are still to come, beside what is half fetched, and bytes that are free where they go."""
    halves = sum(_part_of(wanted, name) for name in wanted.left)
    return wanted.bytes_left - halves, shutil.disk_usage(_existing(wanted.cache)).free


def refuse_full(wanted: hub.Wanted) -> None:
    """`DiskFull` where it does not fit; nothing is begun."""
    comes, free = room(wanted)
    if comes and comes + SPARE > free:
        raise DiskFull(
            _(
                "%(repo)s needs %(comes)s more in %(folder)s, where %(free)s are free; %(spare)s of them stay free."
            )
            % {
                "repo": wanted.listed.repo,
                "comes": sized(comes),
                "folder": wanted.cache,
                "free": sized(free),
                "spare": sized(SPARE),
            },
            _("Make room, or name another place with UNCAGED_HUB_CACHE."),
        )


def fetched(wanted: hub.Wanted, told: Told = untold) -> Path:
    """Fetches what is left; the folder that then holds all of it. told: hears of each piece.

    Raises `DiskFull`, `NotAllowed`, `HubFailed` where the hub gives less than it should, `WeightsBroken` where it gives
    other bytes: none of these stay.
    """
    refuse_full(wanted)
    done = wanted.bytes - wanted.bytes_left
    with disk_in_words(wanted.cache, _("name another place with UNCAGED_HUB_CACHE")):
        for name in wanted.left:
            _fetch(wanted, name, lambda here, before=done: told(before + here, wanted.bytes))
            done += wanted.files[name].bytes
            told(done, wanted.bytes)
    return wanted.folder


def small(wanted: hub.Wanted, name: str) -> None:
    """Fetches one small file, however little room there is: what it says has to be known first. Raises as `fetched`."""
    with disk_in_words(wanted.cache, _("name another place with UNCAGED_HUB_CACHE")):
        _fetch(wanted, name, lambda _here: None)


def begun(wanted: hub.Wanted, name: str) -> Path | None:
    """What is here of a file of weights, once all of its header is: of a long one that is not here yet, no more is
    fetched. Its place may be a half. None for one that comes in a moment, and is looked at when it is here.

    Raises as `fetched` does.
    """
    meant = wanted.files[name].bytes
    if name not in wanted.left or meant <= AT_ONCE:
        return None

    def heard(_here: int) -> None:
        if _has_header(part):
            raise _Enough

    with disk_in_words(wanted.cache, _("name another place with UNCAGED_HUB_CACHE")):
        with _part(wanted, name) as part:
            if not _blob(wanted, name).is_file():
                with suppress(_Enough):
                    _transfer(wanted, name, part, heard)
        return next((one for one in (_blob(wanted, name), part) if one.is_file()), None)


class _Enough(Exception):
    """What is wanted for now is here."""


def _has_header(path: Path) -> bool:
    """Whether all of a header is there; of one that is longer than any, and of a pickle, how it begins is enough."""
    with path.open("rb") as opened:
        begin = opened.read(LOOK)
    long = int.from_bytes(begin[:8], "little")
    none = long > LONGEST or is_pickled(begin)
    return path.stat().st_size >= (LOOK if none else 8 + long)


def refuse_others(wanted: hub.Wanted) -> None:
    """Raises `WeightsBroken` where a small file in the cache is another than the hub says; of large ones, whoever reads
    them through for the shelf knows."""
    for name, meant in wanted.files.items():
        if not meant.sha256:
            hub.refuse_other(wanted.folder / name, meant)


def _fetch(wanted: hub.Wanted, name: str, heard: Heard) -> None:
    """One file: its bytes into the cache, and then its name beside the others."""
    blob, meant = _blob(wanted, name), wanted.files[name]
    with _part(wanted, name) as part:
        if not blob.is_file():
            try:
                _transfer(wanted, name, part, heard)
                if not hub.is_right(part, meant):
                    raise receiving.other(wanted.listed.repo, name)
            except WeightsBroken:
                part.unlink(missing_ok=True)
                raise
            part.replace(blob)
    _named(wanted.folder / name, blob)


def _named(place: Path, blob: Path) -> None:
    """Gives bytes their name beside the others, as the hub's library lays them out: a link, or a copy where there are
    none. Nothing that a hub answers says where that is."""
    if place.is_file():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.with_name(f".{secrets.token_hex(6)}")
    try:
        try:
            fresh.symlink_to(os.path.relpath(blob, place.parent))
        except (OSError, NotImplementedError):
            shutil.copyfile(blob, fresh)
        fresh.replace(place)
    finally:
        fresh.unlink(missing_ok=True)


@contextmanager
def _part(wanted: hub.Wanted, name: str) -> Generator[Path]:
    """Where a file lies until it is whole; nobody else writes to it meanwhile."""
    blob = _blob(wanted, name)
    blob.parent.mkdir(parents=True, exist_ok=True)
    part = blob.with_name(blob.name + PART)
    locks = wanted.cache / ".locks" / blob.parent.parent.name
    locks.mkdir(parents=True, exist_ok=True)
    with FileLock(locks / f"{part.name}.lock"):
        yield part


def _transfer(wanted: hub.Wanted, name: str, part: Path, heard: Heard) -> None:
    loading, ways = hub.library("file_download"), hub.library("utils")
    repo, commit, meant = wanted.listed.repo, wanted.listed.commit, wanted.files[name].bytes
    endpoint = hub.library("constants").ENDPOINT
    url = loading.hf_hub_url(repo, name, revision=commit, endpoint=endpoint)
    with part.open("ab", buffering=0) as opened:
        here = opened.tell()
        if here > meant:
            opened.truncate(0)
            here = 0
        heard(here)
        with hub.in_words(repo, commit), _half_in_words(repo, name):
            loading.http_get(
                url,
                opened,
                resume_size=here,
                headers=ways.build_hf_headers(),
                expected_size=meant,
                displayed_filename=name,
                tqdm_class=receiving.bar(repo, name, meant, heard),
            )
        os.fsync(opened.fileno())


@contextmanager
def _half_in_words(repo: str, name: str) -> Generator[None]:
    """The library's word for a file that ended too early, as ours; a full disk stays what it is."""
    try:
        yield
    except (
        ValueError
    ) as error:  # so it says that a file is longer than it fetches without another library
        raise HubFailed(
            _("The hub's library does not fetch %(file)s of %(repo)s: %(why)s")
            % {"file": name, "repo": repo, "why": " ".join(str(error).split())}
        ) from None
    except OSError as error:
        if error.errno is not None or not str(error).startswith("Consistency"):
            raise
        raise HubFailed(
            _("The hub gave another length of %(file)s of %(repo)s than it said.")
            % {"file": name, "repo": repo},
            _("Do the same again; what was fetched is kept."),
        ) from None


def _blob(wanted: hub.Wanted, name: str) -> Path:
    """Where the library keeps a file's bytes: by what the hub calls them."""
    meant = wanted.files[name]
    called = meant.sha256 or meant.blob
    if not re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", called):
        raise HubFailed(
            _("The hub does not say which bytes %(file)s of %(repo)s has.")
            % {"file": name, "repo": wanted.listed.repo}
        )
    return wanted.folder.parent.parent / "blobs" / called


def _part_of(wanted: hub.Wanted, name: str) -> int:
    """Bytes of it that are here already."""
    blob = _blob(wanted, name)
    for path in (blob, blob.with_name(blob.name + PART)):
        if path.is_file():
            return min(path.stat().st_size, wanted.files[name].bytes)
    return 0


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next((one for one in (folder, *folder.parents) if one.is_dir()), Path("/"))
