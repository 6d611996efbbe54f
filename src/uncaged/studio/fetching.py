"""Fetching a model from a hub: file after file, each gone on with where it was stopped, and looked at by its hash.

What is half fetched lies in the cache under a name of ours; a file gets the name that other programs know it by once
its bytes are right. `kill -9` at any moment loses nothing of it.
"""

import os
import re
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from filelock import FileLock

from uncaged.archive.files import disk_in_words
from uncaged.archive.telling import sized
from uncaged.core.errors import DiskFull, Failed, WeightsBroken
from uncaged.core.words import _
from uncaged.studio import hub, receiving
from uncaged.studio.elsewhere import Told, untold
from uncaged.studio.receiving import Heard

PART: Final = ".uncaged-part"
"""Behind the name of what is not all there yet."""

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

    Raises `DiskFull`, `NotAllowed`, `Failed` where the hub gives less than it should, `WeightsBroken` where it gives
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


def refuse_others(wanted: hub.Wanted) -> None:
    """Raises `WeightsBroken` where a small file in the cache is another than the hub says; of large ones, whoever reads
    them through for the shelf knows."""
    for name, meant in wanted.files.items():
        if not meant.sha256:
            hub.refuse_other(wanted.folder / name, meant)


def _fetch(wanted: hub.Wanted, name: str, heard: Heard) -> None:
    """One file: its bytes into the cache, and then its name beside the others."""
    blob, meant = _blob(wanted, name), wanted.files[name]
    blob.parent.mkdir(parents=True, exist_ok=True)
    part = blob.with_name(blob.name + PART)
    locks = wanted.cache / ".locks" / blob.parent.parent.name
    locks.mkdir(parents=True, exist_ok=True)
    with FileLock(locks / f"{part.name}.lock"):
        if not blob.is_file():
            try:
                _transfer(wanted, name, part, heard)
                if not hub.is_right(part, meant):
                    raise receiving.other(wanted.listed.repo, name)
            except WeightsBroken:
                part.unlink(missing_ok=True)
                raise
            part.replace(blob)
    hub.placed(wanted.cache, wanted.listed, name)


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
        raise Failed(
            _("The hub's library does not fetch %(file)s of %(repo)s: %(why)s")
            % {"file": name, "repo": repo, "why": " ".join(str(error).split())}
        ) from None
    except OSError as error:
        if error.errno is not None or not str(error).startswith("Consistency"):
            raise
        raise Failed(
            _("The hub gave another length of %(file)s of %(repo)s than it said.")
            % {"file": name, "repo": repo},
            _("Do the same again; what was fetched is kept."),
        ) from None


def _blob(wanted: hub.Wanted, name: str) -> Path:
    """Where the library keeps a file's bytes: by what the hub calls them."""
    meant = wanted.files[name]
    called = meant.sha256 or meant.blob
    if not re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", called):
        raise Failed(
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
