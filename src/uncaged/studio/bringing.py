"""A model comes from a hub while nobody watches: fetched and shelved by a process of its own, told of by a note.

All that it does, `hub`, `fetching` and `adding` do, as for `uncaged models add OWNER/NAME`. A note outlives its
process: what was stopped, or ended with the machine, goes on where it was.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from filelock import FileLock, Timeout

from uncaged.archive import models
from uncaged.archive.files import disk_in_words
from uncaged.core.canonical import sha256
from uncaged.core.errors import AskedWrong, NotFound, UncagedError
from uncaged.core.score import shown
from uncaged.core.words import _
from uncaged.engines import fitting
from uncaged.studio import adding, allowing, fetching, from_hub, hub, recognising, shelf
from uncaged.studio.supervising import LEASH, on_a_leash

if TYPE_CHECKING:
    from uncaged.core.settings import Settings
    from uncaged.studio.studio import Studio

USUAL: Final = 2
"""Bytes of a number, as most models are published."""

NOTED: Final = 0.5
"""Seconds between two notes of how far it is."""

GRACE: Final = 3.0
"""Seconds that a process has to end once it is told to stop."""

WAITS: Final = 20.0
"""Seconds that it waits for whoever looks whether it is there."""


@dataclass(frozen=True, slots=True)
class Note:
    """One model on its way. what: `owner/name@commit`. name: what it is to be called.

    state: ``going``, ``stopped``, ``failed`` or ``done``. doing: ``fetching`` or ``reading``. done, total: bytes of
    that. why, hint: of what failed. model: what it is called on the shelf, once it is there. begun: µs UTC. licences,
    asks: what its card will say of its licence, as `Licensed` has it.
    """

    id: str
    what: str
    family: str
    name: str
    begun: int
    state: str = "going"
    doing: str = "fetching"
    done: int = 0
    total: int = 0
    why: str = ""
    hint: str = ""
    model: str = ""
    licences: tuple[str, ...] = ()
    asks: str = ""


CHILDREN: dict[str, tuple["subprocess.Popen[bytes]", int]] = {}
"""Processes that this one has begun, by the paths of their notes, each with our end of its leash."""

_LOCK = threading.Lock()


def opens(wanted: hub.Wanted) -> int:
    """Bytes that it takes to be opened here, guessed by the length of its weights: nothing else is known before."""
    weights = sum(
        file.bytes for name, file in wanted.files.items() if name.endswith(".safetensors")
    )
    return fitting.opening(weights // USUAL, fitting.place())


def foretold(
    wanted: hub.Wanted, name: str = "", parents: Sequence[models.Shelved] = ()
) -> allowing.Wanted:
    """What the house's policy has to know of it before it is here. name: what it is to be called. parents: of an
    adapter, the models that it could be for; it inherits from the one, and is of their family."""
    card = {**hub.card(wanted.listed), **{key: said for key, said in wanted.said.items() if said}}
    called = name.strip() or adding.name_beside(adding.name_of(wanted.folder))
    families = {one.engine for one in parents}
    if len(parents) == 1:
        card |= recognising.inherited(parents[0])
    family = families.pop() if len(families) == 1 else wanted.family
    found = allowing.wanted(models.Shelved(called, family, card, {}))
    return replace(found, is_adapter=bool(wanted.adapter))


def pinned(wanted: hub.Wanted) -> str:
    """The very state of it that was looked at, as one writes it."""
    return f"{wanted.listed.repo}@{wanted.listed.commit}"


def looked_at(settings: "Settings", what: str, family: str = "") -> hub.Wanted:
    """What of `owner/name@revision` is needed, and what of that is here. Fetches small configurations only.

    Raises `AskedWrong` where that is no such name, and otherwise as `hub.listed` and `hub.chosen` do.
    """
    address = hub.address(what.strip())
    if address is None:
        raise AskedWrong(
            _("A model at a hub is called OWNER/NAME, not %(what)s.") % {"what": shown(what)},
            _("For example THUDM/CogVideoX-2b; OWNER/NAME@REVISION is one state of it."),
            "what",
        )
    found = hub.chosen(settings, hub.listed(settings, *address), family)
    if found.adapter:
        raise AskedWrong(
            _("%(repo)s is an adapter (LoRA), and this page fetches models alone.")
            % {"repo": found.listed.repo},
            _("On the command line: uncaged models add %(what)s") % {"what": pinned(found)},
            "what",
        )
    return found


def notes(settings: "Settings") -> tuple[Note, ...]:
    """Everything that was begun and not forgotten, the newest first, as it stands now."""
    folder = _folder(settings)
    found = [_read(settings, path) for path in sorted(folder.glob("*.json"))]
    return tuple(sorted((one for one in found if one), key=lambda one: one.begun, reverse=True))


def note(settings: "Settings", name: str) -> Note:
    """One of them. Raises `NotFound`."""
    path = _folder(settings) / f"{name}.json"
    found = _read(settings, path) if name.isalnum() and path.is_file() else None
    if found is None:
        raise NotFound(_("Nothing of that name is being fetched here."))
    return found


def begin(studio: "Studio", wanted: hub.Wanted, name: str = "") -> Note:
    """Begins to fetch what was looked at, or goes on with it. One model at a time.

    Raises `AskedWrong` where another comes already, or where it can have no such name, `DiskFull`.
    """
    settings = studio.settings
    fetching.refuse_full(wanted)
    name = name.strip() or adding.name_beside(adding.name_of(wanted.folder))
    with studio.archive.read() as conn:
        shelf.check_name(conn, name)
    what = pinned(wanted)
    key = sha256(f"{what} {wanted.family} {name}".encode())[:12]
    says = foretold(wanted, name).licensed
    begun = Note(key, what, wanted.family, name, studio.clock.now())
    return _start(settings, replace(begun, licences=says.names, asks=says.asks))


def resume(studio: "Studio", name: str) -> Note:
    """Goes on with what was stopped or failed. Raises as `begin` does, and where the studio is offline."""
    hub.refuse(studio.settings)
    held = note(studio.settings, name)
    if held.state not in ("stopped", "failed"):
        raise AskedWrong(_("%(what)s was not stopped.") % {"what": held.what})
    return _start(studio.settings, replace(held, state="going", why="", hint=""))


def stop(studio: "Studio", name: str) -> Note:
    """Stops it; what is fetched stays, and it goes on from there. Raises `NotFound`, `AskedWrong`."""
    settings = studio.settings
    held = note(settings, name)
    if held.state != "going":
        raise AskedWrong(_("%(what)s is not being fetched.") % {"what": held.what})
    path = _folder(settings) / f"{name}.json"
    path.with_suffix(".stop").touch()  # also where another process has begun it
    with _LOCK:
        own = CHILDREN.get(str(path))
    if own is not None:
        own[0].terminate()
        try:
            own[0].wait(GRACE)
        except subprocess.TimeoutExpired:
            own[0].kill()
            own[0].wait()
    stands = note(settings, name)
    if stands.state in ("going", "stopped"):
        stands = replace(stands, state="stopped")
        _write(path, stands)
    return stands


def forget(studio: "Studio", name: str) -> None:
    """Takes it off the list; what was fetched stays in the cache. Raises `NotFound`, `AskedWrong` while it goes."""
    held = note(studio.settings, name)
    if held.state == "going":
        raise AskedWrong(_("%(what)s is being fetched.") % {"what": held.what}, _("Stop it first."))
    path = _folder(studio.settings) / f"{name}.json"
    for one in (path, path.with_suffix(".stop"), path.with_suffix(".lock")):
        one.unlink(missing_ok=True)


def bring(studio: "Studio", held: Note, tell: Callable[[str, int, int], None]) -> "adding.Added":
    """Fetches and shelves it, in this process. tell: hears what is being done, and how many bytes of how many.

    Raises as `looked_at`, `fetching.fetched` and `adding.add` do.
    """
    wanted = looked_at(studio.settings, held.what, held.family)
    fetching.fetched(wanted, partial(tell, "fetching"))
    return adding.add(studio, from_hub.offer(studio, wanted), held.name, partial(tell, "reading"))


def _folder(settings: "Settings") -> Path:
    return settings.home / "fetching"


def _start(settings: "Settings", held: Note) -> Note:
    with _LOCK:
        for one in notes(settings):
            if one.state == "going":
                if one.id == held.id:
                    return one
                raise AskedWrong(
                    _("%(what)s is being fetched: one model comes at a time.") % {"what": one.what},
                    _("Wait for it, or stop it."),
                )
        folder = _folder(settings)
        path = folder / f"{held.id}.json"
        with disk_in_words(settings.home):
            folder.mkdir(parents=True, exist_ok=True)
            path.with_suffix(".stop").unlink(missing_ok=True)
            _write(path, held)
        _gone(str(path))
        end, ours = os.pipe()
        own = {
            "UNCAGED_HOME": str(settings.home),
            "UNCAGED_HUB_CACHE": str(settings.hub_cache),
            "UNCAGED_FSYNC": str(settings.fsync).lower(),
            LEASH: str(end),
        }
        try:
            child = subprocess.Popen(
                [sys.executable, "-P", "-m", "uncaged.studio.bringing", held.id],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=(end,),
                env=os.environ | own,
                start_new_session=True,
            )
        except OSError:
            os.close(ours)
            raise
        finally:
            os.close(end)
        CHILDREN[str(path)] = (child, ours)
    return held


def _read(settings: "Settings", path: Path) -> Note | None:
    """A note as it stands: what says that it goes and has no process any more was stopped."""
    try:
        held = _said(path)
    except (OSError, ValueError, TypeError):
        return None
    lives = _lives(path)
    return replace(held, state="stopped") if held.state == "going" and not lives else held


def _said(path: Path) -> Note:
    """Raises `OSError`, `ValueError`, `TypeError` where no note can be read there."""
    said: Any = json.loads(path.read_bytes())
    if not isinstance(said, dict):
        raise TypeError("a note is an object of JSON")
    facts = cast("dict[str, Any]", said)
    facts["licences"] = tuple(facts.get("licences", ()))
    return Note(**facts)


def _lives(path: Path) -> bool:
    own = CHILDREN.get(str(path))
    if own is not None and own[0].poll() is None:
        return True
    _gone(str(path))
    try:
        with FileLock(path.with_suffix(".lock"), timeout=0):
            return False
    except Timeout:
        return True


def _gone(key: str) -> None:
    """Lets go of a process that has ended, or is about to."""
    own = CHILDREN.pop(key, None)  # alone: whoever else looks now finds nothing to close
    if own is not None:
        os.close(own[1])
        own[0].wait()


def _write(path: Path, held: Note) -> None:
    new = path.with_suffix(".new")
    new.write_text(json.dumps(asdict(held), ensure_ascii=False), encoding="utf-8")
    new.replace(path)


class _Stopped(Exception):
    """Somebody wants it to stop."""


def _told(path: Path, held: list[Note]) -> Callable[[str, int, int], None]:
    """Notes how far it is, now and then, and sees whether it is to stop. held: the note as it stands, alone."""
    last = float("-inf")

    def tell(doing: str, done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < NOTED and doing == held[0].doing:
            return
        last = now
        if path.with_suffix(".stop").exists():
            raise _Stopped
        held[0] = replace(held[0], doing=doing, done=done, total=total)
        _write(path, held[0])

    return tell


def main(name: str) -> int:
    """The process: fetches what the note of this name says, and notes how it ended."""
    from uncaged.core.settings import read_settings
    from uncaged.studio.studio import open_studio

    on_a_leash()
    settings = read_settings()
    path = _folder(settings) / f"{name}.json"
    with FileLock(path.with_suffix(".lock"), timeout=WAITS):
        held = [_said(path)]
        try:
            with open_studio(settings=settings) as studio:
                added = bring(studio, held[0], _told(path, held))
        except _Stopped:
            _write(path, replace(held[0], state="stopped"))
        except UncagedError as error:
            _write(path, replace(held[0], state="failed", why=error.message, hint=error.hint))
        except Exception as error:
            said = f"{type(error).__name__}: {error}"
            _write(path, replace(held[0], state="failed", why=said))
            raise
        else:
            _write(path, replace(held[0], state="done", model=added.model.name))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
