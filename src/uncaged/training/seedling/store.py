"""Drawn films on disk: latents and labels, memory-mapped, under a root that says what they are. No pixels are kept.

A folder of that name is a whole store, or it is none: it is written beside its place and moved there at last.
"""

import contextlib
import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, TypeAlias

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from uncaged.core.canonical import canonical, sha256
from uncaged.core.errors import AskedWrong, DiskFull, FileDamaged
from uncaged.engines.seedling.codec import Codec
from uncaged.engines.seedling.grammar import WIDTH
from uncaged.training.seedling.coding import WORKERS, Labels, Latents, Split, chunks, coded
from uncaged.training.seedling.placing import beside, unfinished
from uncaged.training.seedling.plans import VERSION, Stage

RECORD: Final = "store.json"
LATENTS: Final = "latents.npy"
LABELS: Final = "labels.npy"

SHAPE: Final = (8, 16, 16)
"""Of a film's latents, but for the numbers of a patch."""

SPARE: Final = 256 << 20
"""Bytes of the disk that are left free."""

ALIKE: Final = 0.02
"""How far a film that is drawn again may be from the one that is kept, in the mean of its latents: another processor
rounds otherwise."""

Told: TypeAlias = Callable[[int], None]
"""How many films are there."""


@dataclass(frozen=True, slots=True)
class Root:
    """What the films of a store are, so that they can be drawn again.

    first, count: their seeds, one after the other. split: see `Split`. codec: its hash. stage: see `Stage`.
    version: of the films.
    """

    first: int
    count: int
    split: Split
    codec: str
    stage: Stage = "one"
    version: int = VERSION

    @property
    def hash(self) -> str:
        """SHA-256 of all of it, in hexadecimal: the data root."""
        return sha256(canonical(asdict(self)))

    @property
    def seeds(self) -> range:
        """The seeds of its films."""
        return range(self.first, self.first + self.count)


@dataclass(frozen=True, slots=True, eq=False)
class Store:
    """Films to train on. latents: (n, 8, 16, 16, k) float16, on disk. labels: (n, WIDTH) float32, in memory."""

    root: Root
    latents: Latents
    labels: Labels


def drawn_store(
    folder: Path, root: Root, codec: Codec, *, processes: int = WORKERS, told: Told | None = None
) -> Store:
    """The store in a folder; where there is none yet, its films are drawn first. told: hears how many are there.

    Who draws the same store at the same time is waited for. Raises `AskedWrong` where the folder has other films,
    `DiskFull` where there is no room for them, `FileDamaged` where they cannot be read; nothing half-written stays.
    Where a folder does not say any more what its films are, they are drawn again.
    """
    if root.codec != codec.hash:
        raise AskedWrong(
            f"The films are to be coded by {root.codec[:12]}, and not by {codec.hash[:12]}."
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    _sweep(folder.parent)
    with _lock(folder):
        if not folder.exists() or _unreadable(folder):
            _draw(folder, root, codec, processes, told)
    return opened(folder, root, codec)


def opened(folder: Path, root: Root, codec: Codec) -> Store:
    """The store in a folder, which must be of this root; its first film is drawn again, and must be what is kept.

    Raises `AskedWrong` where there is no store or one of other films, `FileDamaged` where it cannot be read.
    """
    found = root_of(folder)
    if found != root:
        raise AskedWrong(
            f"The films in {folder} are of the data root {found.hash[:12]}, and {root.hash[:12]} is wanted "
            f"({_difference(found, root)}).",
            "Name another folder, or delete this one: its films can be drawn again.",
        )
    shape = (root.count, *SHAPE, codec.kept)
    latents = _mapped(folder / LATENTS, shape, "<f2")
    labels = np.array(_mapped(folder / LABELS, (root.count, WIDTH), "<f4"))
    again, names = coded(root.seeds[:1], codec, split=root.split, stage=root.stage, processes=1)
    apart = float(np.abs(again.astype(np.float32) - latents[:1]).mean())
    if apart > ALIKE or not np.array_equal(names[0], labels[0]):
        raise AskedWrong(
            f"The films in {folder} were drawn by another ink than the one that is here.",
            "Delete the folder, and they are drawn again.",
        )
    return Store(root, latents, labels)


def root_of(folder: Path) -> Root:
    """What a folder says its films are; raises `AskedWrong` where it is no store."""
    try:
        read = json.loads((folder / RECORD).read_bytes())
        return Root(**read["root"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AskedWrong(
            f"{folder} is no folder of drawn films.",
            "Name one that is, or one that does not exist yet.",
        ) from error


def _draw(folder: Path, root: Root, codec: Codec, processes: int, told: Told | None) -> None:
    """Under the folder's lock."""
    size = root.count * (int(np.prod(SHAPE)) * codec.kept * 2 + WIDTH * 4)
    free = shutil.disk_usage(folder.parent).free
    if free < size + SPARE:
        raise DiskFull(
            f"{root.count:,} films take {size / 1e6:,.0f} MB, {SPARE / 1e6:,.0f} MB are left free beside them, "
            f"and there are {free / 1e6:,.0f} MB in {folder.parent}.",
            "Make room, or draw fewer.",
        )
    try:
        with beside(folder) as part:
            part.mkdir()
            _write(part, root, codec, processes, told)
    except OSError as error:
        raise DiskFull(f"The films could not be written to {folder.parent}: {error}.") from error


def _lock(folder: Path) -> FileLock:
    return FileLock(folder.with_name(f".{folder.name}.lock"))


def _sweep(place: Path) -> None:
    """Removes what kills have left half-drawn in a folder of stores, also of such that nobody wants any more."""
    for part in place.glob(unfinished(Path("*")).name):
        folder = part.with_name(part.name.removeprefix(".").removesuffix(".unfinished"))
        with contextlib.suppress(Timeout), _lock(folder).acquire(timeout=0):
            shutil.rmtree(part, ignore_errors=True)


def _unreadable(folder: Path) -> bool:
    """Whether it was a store, and its record is lost or no JSON. A folder with other files in it is somebody's."""
    names = {path.name for path in folder.iterdir()} if folder.is_dir() else set[str]()
    if LATENTS not in names or not names <= {RECORD, LATENTS, LABELS}:
        return False
    try:
        json.loads((folder / RECORD).read_bytes())
    except (FileNotFoundError, ValueError):
        return True
    return False


def _write(part: Path, root: Root, codec: Codec, processes: int, told: Told | None) -> None:
    with (part / LATENTS).open("wb") as latents, (part / LABELS).open("wb") as labels:
        _header(latents, (root.count, *SHAPE, codec.kept), "<f2")
        _header(labels, (root.count, WIDTH), "<f4")
        done = 0
        for films, names in chunks(
            root.seeds, codec, split=root.split, stage=root.stage, processes=processes
        ):
            latents.write(np.ascontiguousarray(films, "<f2").data)
            labels.write(np.ascontiguousarray(names, "<f4").data)
            done += len(films)
            if told is not None:
                told(done)
    (part / RECORD).write_text(json.dumps({"root": asdict(root)}, indent=1), encoding="utf-8")


def _header(file: BinaryIO, shape: tuple[int, ...], kind: str) -> None:
    header = {"descr": kind, "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(file, header)


def _mapped(path: Path, shape: tuple[int, ...], kind: str) -> NDArray[Any]:
    try:
        found = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise FileDamaged(
            f"{path} cannot be read.", "Delete its folder: its films can be drawn again."
        ) from error
    if found.shape != shape or found.dtype != np.dtype(kind):
        raise FileDamaged(
            f"{path} holds {found.dtype} {found.shape} instead of {kind} {shape}.",
            "Delete its folder: its films can be drawn again.",
        )
    return found


def _difference(one: Root, other: Root) -> str:
    """What two roots differ in, in words."""
    here, there = asdict(one), asdict(other)
    return ", ".join(
        f"{key} {here[key]}, not {there[key]}" for key in here if here[key] != there[key]
    )
