"""How much memory a model takes, and whether this machine has it: one rule for all open models. Needs no torch.

The rule: weights, in the numbers that this machine computes with (float32, or bfloat16 on a graphics card), and the
largest of what is in hand at once, drawing or decoding; see `Work`. About, and rather too much than too little.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from uncaged.core import machine
from uncaged.core.errors import Impossible, TooLittleMemory
from uncaged.core.words import _
from uncaged.engines import single_files

DRAWN: Final = 26
"""Arrays as large as the tokens that a layer holds at once: in, out, q, k, v, its inner layer of four to six, each
before and after. Above what layers of CogVideoX, LTX Video and Wan 1.3B were seen to take on a processor."""

DECODED: Final = 9
"""The same of the last layers of a coder: in, out, its norm, what they are unfolded to, and its first half. Above what
the coders of CogVideoX, LTX Video and Wan, of their published sizes, were seen to take on a processor."""

EACH: Final = {"float32": 4, "bfloat16": 2, "int8": 1.5}
"""Bytes of a weight, by the names that options have for its numbers. int8: most take one, and some stay whole."""

ONE_FILE: Final = 2.2
"""The same of int8 while a single file is opened: all of it lies there in shorter numbers before any are narrowed."""

HALF: Final = 2
"""Bytes of the shorter numbers that are computed with."""

LIBRARIES: Final = 1_500_000_000
"""Bytes that torch and the others take by themselves, and the studio beside them."""

KEPT: Final = 4_000_000_000
"""Bytes that a model takes on a graphics card whose weights lie in memory: small networks, and the layers in hand."""

GRAIN: Final = 64
"""Sides that are offered come in these, which every family draws."""

SHARES: Final = (0.75, 0.5, 0.375, 0.25, 0.125)
"""Which parts of a side, or of a length, are tried."""


OVERLAPPING: Final = 4
"""Arrays as large as the film while it is put together from tiles: they overlap, and are blended row by row."""

TILES: Final = "in tiles: lossy at their seams"
"""What the recipe says of a work that was decoded so."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is in hand while a film is drawn and decoded, as numbers.

    tokens, width: of the network. pixels, channels: of the frames that are decoded at once, and of the coder's last
    layer for each. film: pixels of all frames. tile: pixels that are decoded at once in tiles; 0: there are none. kept:
    arrays of tokens that the network keeps from layer to layer beside the usual ones.
    """

    tokens: float
    width: int
    pixels: float
    channels: float
    film: float
    tile: float = 0.0
    kept: int = 0

    def bytes(self, each: int, tiled: bool = False) -> float:
        """each: bytes of a number. tiled: where it is decoded in tiles."""
        drawing = self.tokens * self.width * (DRAWN + self.kept)
        pixels = min(self.pixels, self.tile) if tiled else self.pixels
        decoding = pixels * self.channels * DECODED
        film = self.film * 3 * (OVERLAPPING if tiled else 1)
        return (max(drawing, decoding) + film) * each

    def least(self, each: int) -> float:
        """The same, whichever way takes less."""
        whole = self.bytes(each)
        return min(whole, self.bytes(each, tiled=True)) if self.tile else whole


@dataclass(frozen=True, slots=True)
class Place:
    """Where models compute here. bytes: of memory; each: of a number there. card: whether that is a graphics card's.
    weight: bytes of a weight, where these are other numbers."""

    bytes: int | None
    each: int
    card: bool
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Film:
    """What is asked for. size: (width, height). fixed: whether the model draws no other size. held: frames before it
    that are looked back at."""

    size: tuple[int, int]
    frames: int
    fixed: bool = False
    held: int = 0


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a film of a model is reckoned by. numbers: of the weights that are open at once. work: what is in hand for
    any film of it. precision: with which numbers it was said to compute, a key of `EACH`; empty: nobody said. narrow:
    bytes of a weight of int8, see `narrow`."""

    numbers: int
    film: Film
    work: Callable[[Film], Work]
    precision: str = ""
    narrow: float = EACH["int8"]

    @property
    def where(self) -> Place:
        """Where it computes, and with which numbers: with shorter ones too where whole ones do not even open."""
        found = place()
        if self.precision == "int8":
            return replace(found, weight=self.narrow)
        if self.precision:
            return replace(found, each=int(EACH[self.precision]))
        shorter = replace(found, each=min(found.each, HALF))
        has = found.bytes
        return found if has is None or self.base(found) <= has else shorter

    def needs(self, where: Place, film: Film | None = None) -> int:
        """Bytes that it takes in all, decoded whichever way takes less. film: another one than its own."""
        return int(self.base(where) + self.work(film or self.film).least(where.each))

    def base(self, where: Place) -> int:
        """Bytes of it that the weights take while it is drawn: little where they are lent piece after piece."""
        return KEPT if is_lent(self.numbers, where) else opening(self.numbers, where)

    def instead(self, where: Place) -> tuple[str, ...]:
        """What of it would fit, in words: a smaller size, fewer frames; nothing where no film does."""
        has = where.bytes
        if has is None:
            return ()
        found = _instead(self.film, lambda film: self.needs(where, film) <= has)
        half = replace(where, each=HALF)
        if where.each > HALF and not where.weight and self.needs(half) <= has:
            found.append(_("half as long numbers (precision bfloat16)"))
        return tuple(found)


def place() -> Place:
    """The graphics card where there is one, else the processor; see `engines.devices.place`."""
    card = machine.card_memory() if uses_cards() else None
    return Place(machine.memory(), 4, False) if card is None else Place(card, 2, True)


def uses_cards() -> bool:
    """Whether the torch that is installed was built for graphics cards; so may one be that is not there yet."""
    try:
        return not version("torch").endswith("+cpu")
    except PackageNotFoundError:
        return True


def opening(numbers: int, where: Place) -> int:
    """Bytes that so many numbers of weights take, opened."""
    return int(numbers * (where.weight or where.each)) + (0 if where.card else LIBRARIES)


def is_lent(numbers: int, where: Place) -> bool:
    """Whether a graphics card has no room for so many numbers of weights, and the machine's memory has: then they lie
    there, see `engines.lending`."""
    memory = machine.memory()
    if not where.card or where.bytes is None or memory is None or where.weight:
        return False
    return opening(numbers, where) > where.bytes and numbers * where.each + LIBRARIES <= memory


def numbers(folder: Path) -> int:
    """How many numbers the weights of a folder are, by their headers."""
    total = 0
    for path in _weights(folder):
        found = path.stat()
        total += _numbers(path, found.st_size, found.st_mtime_ns)
    return total


def narrow(folder: Path) -> float:
    """Bytes of a weight of int8, while the model of a folder is opened."""
    single = any(path.stem == single_files.NAME for path in _weights(folder))
    return ONE_FILE if single else EACH["int8"]


def _weights(folder: Path) -> Iterator[Path]:
    """Each file of weights once, by however many names it lies there."""
    seen: set[tuple[int, int]] = set()
    for path in sorted(folder.rglob("*")):
        if path.suffix in single_files.ENDINGS and path.is_file():
            found = path.stat()
            if (found.st_dev, found.st_ino) not in seen:
                seen.add((found.st_dev, found.st_ino))
                yield path


@lru_cache(maxsize=256)
def _numbers(path: Path, _size: int, _changed: int) -> int:
    return single_files.held(path).numbers


def refuse_film(model: str, weighed: Weighed) -> None:
    """Raises `Impossible` where a film needs more memory than this machine has, and says what fits instead."""
    where = weighed.where
    has, needs = where.bytes, weighed.needs(where)
    if has is None or needs <= has:
        return
    base = weighed.base(where)
    smaller = _("Choose a smaller model: `uncaged models list` says how large each is.")
    if base > has:
        raise Impossible(
            _("%(model)s needs about %(needs)s of memory to be opened; this machine has %(has)s.")
            % {"model": model, "needs": gigabytes(base), "has": gigabytes(has)},
            smaller,
            "model",
        )
    fits = weighed.instead(where)
    raise Impossible(
        _("This film needs about %(needs)s of memory with %(model)s; this machine has %(has)s.")
        % {"needs": gigabytes(needs), "model": model, "has": gigabytes(has)},
        _("What would fit: %(what)s.") % {"what": _(", or ").join(fits)} if fits else smaller,
        "size",
    )


def in_tiles(weighed: Weighed) -> bool:
    """Whether a film has to be decoded in tiles here: whole it finds no room, and so it does."""
    where, work = weighed.where, weighed.work(weighed.film)
    if where.bytes is None or not work.tile:
        return False
    left = where.bytes - weighed.base(where)
    return work.bytes(where.each) > left >= work.bytes(where.each, tiled=True)


def lent_said() -> str:
    """What somebody is told whose model lies in memory."""
    return _(
        "The graphics card has no room for the whole model: its layers come from memory one by one, which takes longer."
    )


def tiles_said() -> str:
    """What somebody is told whose film is decoded so."""
    return _(
        "There is too little memory here to decode it whole: it is decoded in tiles, and their seams may show."
    )


def _instead(film: Film, fits: Callable[[Film], bool]) -> list[str]:
    """A smaller size, and fewer frames, that fit."""
    found: list[str] = []
    for by in () if film.fixed else SHARES:
        wide, high = (round(side * by / GRAIN) * GRAIN for side in film.size)
        if min(wide, high) >= GRAIN and fits(replace(film, size=(wide, high))):
            found.append(_("%(width)sx%(height)s pixels") % {"width": wide, "height": high})
            break
    for by in SHARES:
        frames = max(1, int(film.frames * by))
        if frames < film.frames and fits(replace(film, frames=frames)):
            found.append(_("%(frames)s frames") % {"frames": frames})
            break
    return found


def refuse_opening(model: str, count: int, left: int | None, each: float) -> None:
    """Raises `TooLittleMemory` where so many numbers of weights need more than is left just now. each: bytes of one."""
    needs = count * each
    if left is not None and needs > left:
        raise TooLittleMemory(
            _("%(model)s needs about %(needs)s of memory to be opened; %(left)s are free just now.")
            % {"model": model, "needs": gigabytes(needs), "left": gigabytes(left)},
            _("End other programs, or wait until other films are done; then do the same again."),
        )


def gigabytes(count: float) -> str:
    """Bytes, as people say how much memory there is.

    >>> gigabytes(24 * 2**30), gigabytes(50_000_000)
    ('25.8 GB', '0.1 GB')
    """
    return f"{max(count / 1e9, 0.1):.1f} GB"
