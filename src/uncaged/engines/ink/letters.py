"""Stroke letters: what a pen does for each character. Latin, Greek, Cyrillic, kana; the rest is made up, always alike.

Read from `letters.toml` (the Hershey fonts, see tools/make_letters.py). Knows no lines of text, no ink and no canvas.
"""

import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from math import sqrt

import numpy as np

from uncaged.engines.ink.curves import circle, points, smooth
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, sin

CAPITAL, SMALL = 21.0, 14.0
"""How high capitals and small letters are, in the units of `Letter`."""
HANDS = ("upright", "running")
"""Alphabets: single letters for every script, and joined letters for plain Latin."""

_GAP = 3.0
"""Between a letter and the mark over it."""
_VOICED = frozenset("\u3099\u309a")
_CORNER = 0.55
"""Cosine of the turn from which on a stroke has a corner and no bend."""
_SILENT = frozenset({"Cf", "Mn", "Me", "Cs"})
"""Categories of characters that are not written when no alphabet has them: joiners, selectors, unknown marks."""


@dataclass(frozen=True, slots=True)
class Letter:
    """advance: how far the pen goes on. strokes: (n, 2) each, x from the left edge, y down from the baseline."""

    advance: float
    strokes: tuple[Array, ...]


@cache
def _rows() -> Mapping[str, Mapping[str, str]]:
    """The file: every hand's letters by character, and the combining marks, as they stand there."""
    return tomllib.loads((files("uncaged.engines.ink") / "letters.toml").read_text("utf-8"))


@cache
def _stored(table: str, character: str) -> Letter | None:
    """A letter or a mark of the file."""
    row = _rows()[table].get(character)
    if row is None:
        return None
    parts = row.split(" / ")
    advance = 0.0 if table == "marks" else float(parts.pop(0))
    return Letter(advance, tuple(_bent(_numbers(part)) for part in parts))


def _numbers(text: str) -> Array:
    return np.array([pair.split(",") for pair in text.split()], dtype=np.float64)


def _bent(p: Array) -> Array:
    """A stroke of few points as a curve that keeps its corners."""
    d = p[1:] - p[:-1]
    d = d / (np.sqrt(d[:, 0] * d[:, 0] + d[:, 1] * d[:, 1]) + 1e-9)[:, None]
    turn = d[1:, 0] * d[:-1, 0] + d[1:, 1] * d[:-1, 1]
    cuts = [0, *(np.flatnonzero(turn < _CORNER) + 1).tolist(), len(p) - 1]
    pieces = [smooth(p[a : b + 1], per=3)[:-1] if b - a > 1 else p[a:b] for a, b in pairwise(cuts)]
    return np.concatenate([*pieces, p[-1:]])


def plain_latin(text: str) -> bool:
    """Whether the running hand can write it: its letters (accents aside) and what stands between them."""
    letters = (c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c)[0] == "L")
    return all(c in _rows()["running"] for c in letters)


def spelled(text: str, hand: str = "upright") -> list[Letter | None]:
    """The letters of a text, in their order; None for the spaces, where a line may end."""
    out: list[Letter | None] = []
    for cluster in _clusters(unicodedata.normalize("NFC", text)):
        if cluster.isspace() or unicodedata.category(cluster[0]) in ("Cc", "Zl", "Zp"):
            out.append(None)
        else:
            out += letters(cluster, hand)
    return out


def _clusters(text: str) -> list[str]:
    """Characters together with the marks that belong to them."""
    out: list[str] = []
    for c in text:
        if out and unicodedata.combining(c) and not out[-1].isspace():
            out[-1] += c
        else:
            out.append(c)
    return out


@lru_cache(2048)
def letters(cluster: str, hand: str = "upright") -> Sequence[Letter]:
    """One character and its marks as letters: from the hand's alphabet, taken apart, or made up. Often one, seldom
    none (a joiner), sometimes several (a ligature)."""
    known = _known(cluster, hand)
    if known is not None:
        return (known,)
    apart = unicodedata.normalize("NFD", cluster)
    base = _known(apart[0], hand)
    if base is not None:
        return (_marked(apart[0], base, apart[1:]),)
    mark = _stored("marks", cluster[0])
    if mark is not None:  # one that stands alone
        return (Letter(SMALL, tuple(s + points(SMALL / 2, -SMALL) for s in mark.strokes)),)
    wide = unicodedata.normalize("NFKC", cluster)
    if wide != cluster and len(wide) <= 8:
        found = tuple(letter for part in _clusters(wide) for letter in letters(part, hand))
        return tuple(letter for letter in found if letter.strokes)
    if unicodedata.category(cluster[0]) in _SILENT:
        return ()
    return (invented(ord(cluster[0])),)


def _known(character: str, hand: str) -> Letter | None:
    """A letter of this hand, else of the upright one."""
    own = _stored(hand, character) if hand in HANDS else None
    return own or _stored("upright", character)


def _marked(character: str, base: Letter, marks: str) -> Letter:
    """A letter with its marks stacked over or hung under it; i and j lose their dots."""
    known = [(m, found) for m in marks if (found := _stored("marks", m)) is not None]
    strokes = list(base.strokes)
    if character in "ij" and any(_rises(m, mark) for m, mark in known):
        strokes = [s for s in strokes if s[:, 1].max() > -SMALL - 1]
    everything = np.concatenate(strokes) if strokes else points((0, -SMALL))
    middle = (everything[:, 0].min() + everything[:, 0].max()) / 2
    top, foot = everything[:, 1].min() - _GAP + 1, max(float(everything[:, 1].max()), 0.0)
    for character, mark in known:
        if character in _VOICED:  # beside a kana's shoulder
            at = points(base.advance - 16, -CAPITAL)
        elif _rises(character, mark):
            at, top = points(middle, top), top - 6
        else:
            at = points(middle, foot)
        strokes += [s + at for s in mark.strokes]
    return Letter(base.advance, tuple(strokes))


def _rises(character: str, mark: Letter) -> bool:
    """Whether a mark stands over its letter."""
    return character not in _VOICED and float(mark.strokes[0][0, 1]) < 0


def invented(code: int) -> Letter:
    """A letter nobody knows, for a character no alphabet has: two to four strokes from its number alone."""
    stream = Stream(f"letter/{code}")
    strokes: list[Array] = [_stem(stream.sub("stem"))]
    for k in range(stream.integer(1, 3)):
        strokes.append(_limb(stream.sub(k), strokes[0]))
    return Letter(20.0, tuple(strokes))


def _stem(stream: Stream) -> Array:
    """What a letter hangs on: an upright, a slope, an arc, a roof."""
    x = stream.uniform(5, 13)
    shapes = (
        points((x, -21), (x, 0)),
        points((4, 0), (16, -21)),
        smooth([(15, -20), (5, -18), (3, -9), (6, -1), (15, -2)]),
        smooth([(3, -20), (14, -19), (16, -10), (12, -1), (5, 2)]),
        points((3, -18), (17, -18)),
        points((4, -21), (4, -1), (16, -1)),
    )
    return stream.pick(shapes)


def _limb(stream: Stream, stem: Array) -> Array:
    """What hangs on it: a bar, a ring, a hook, a dash, a wave."""
    at = stem[int(stream.uniform(0.1, 0.9) * (len(stem) - 1))]
    y = float(at[1]) if len(stem) > 3 else -stream.uniform(2, 18)
    x, reach = float(at[0]), stream.uniform(5, 9) * stream.pick((-1, 1))
    match stream.integer(0, 4):
        case 0:
            return points((x - 6, y), (x + 7, y))
        case 1:
            ring = circle(x + reach * 0.7, y, 3.5, 3.2, 10)
            return np.concatenate([ring, ring[:1]])
        case 2:
            return smooth([(x, y), (x + reach, y + 1), (x + reach * 1.1, y + 6), (x + 1, y + 8)])
        case 3:
            turn = TAU * stream.uniform()
            return points((x, y), (x + 8 * cos(turn), y + 8 * sin(turn) / sqrt(2)))
        case _:
            return smooth([(x - 5, y), (x - 2, y - 3), (x + 2, y + 2), (x + 6, y - 2)])
