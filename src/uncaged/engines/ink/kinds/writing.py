"""Writing: a word or a few lines in somebody's hand. Its form is what it says, in any script. Knows no language.

How it is built: the letters' strokes are set in lines, broken so that they are as large as they can be in a block about
one high, then each letter is bent a little. The pen writes one after the other where the moment grows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

import numpy as np

from uncaged.engines.ink.colour import Colour
from uncaged.engines.ink.curves import points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.letters import CAPITAL, Letter, plain_latin, spelled
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, clamp, cos, sin
from uncaged.engines.ink.paint import Paint

MOST = 200
"""Letters that are written, at most."""
WIDE, HIGH = 1.7, 0.96
"""The block's largest width and height."""
LEAD, SPACE, BELOW = 34.0, 14.0, 8.0
"""From line to line, between words, and the least room under the last line, in the letters' own units."""
LONGEST = 14
"""A longer word may be broken anywhere, as lines without spaces are."""
UNKNOWN = 0xF0000
"""Where nobody said what is written, it is letters from here on, which nobody can read."""


@dataclass(frozen=True, slots=True)
class Word:
    """letters: those that stay on one line. gap: the space after them, 0 within what has no spaces."""

    letters: Sequence[Letter]
    gap: float = SPACE

    @property
    def length(self) -> float:
        """How far the pen goes on, without the gap."""
        return fsum(letter.advance for letter in self.letters)

    @property
    def depth(self) -> float:
        """How far it hangs under its line: the running hand's loops hang deeper than printed ones."""
        strokes = [stroke for letter in self.letters for stroke in letter.strokes]
        return max((float(stroke[:, 1].max()) for stroke in strokes), default=0.0)


@dataclass(frozen=True, slots=True)
class Set:
    """One letter where it stands: its strokes in the figure's frame. order: when it is written, 0 … 1."""

    strokes: tuple[Array, ...]
    order: float
    begins: bool


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """What `form` says, at most `MOST` letters of it."""
    text = form[:MOST] if form.strip() else _unread(stream.sub("unread"))
    lot = stream.sub("hand")
    runs = plain_latin(text) and text != text.upper() and lot.chance(0.5)
    hand = "running" if runs else "upright"
    slant = lot.uniform(0.0, 0.2) if hand == "upright" else 0.0
    lines, unit = _broken(_words(spelled(text, hand)))
    placed, foot, half = _set(lines, unit, slant, stream.sub("letters"))
    flourish = _flourish(stream.sub("flourish"), foot, half)
    ink = _ink(paint)

    def figure(d: Drawing, m: Moment) -> None:
        width = clamp(0.105 * CAPITAL * unit * d.scale / max(d.manner.line, 1e-6), 0.55, 3.2)
        lively = 3.0 if m.act in ("dance", "walk", "hop", "run") else 1.0
        for k, letter in enumerate(placed):
            come = clamp((m.grow - 0.92 * letter.order) * len(placed) + 1e-9)
            stir = points(0.0, 0.005 * lively * m.cycle(0.5 * lively, 0.37 * k))
            for j, stroke in enumerate(letter.strokes):
                part = _share(stroke, clamp(come * len(letter.strokes) - j))
                colour = paint.colour if letter.begins else ink
                d.stroke(part + stir, width, colour, key=f"{k}.{j}", taper=(0.04, 0.06), wobble=0.5)
        tail = _share(flourish, clamp((m.grow - 0.93) / 0.07))
        d.stroke(tail, 1.5, paint.colour, key="flourish", taper=(0.2, 0.5))

    return figure


def _unread(stream: Stream) -> str:
    """Two or three words in letters that do not exist."""
    lengths = [stream.integer(3, 6) for _ in range(stream.integer(2, 3))]
    return " ".join(
        "".join(chr(UNKNOWN + stream.integer(0, 40)) for _ in range(length)) for length in lengths
    )


def _ink(paint: Paint) -> Colour:
    """The pen's ink, or chalk where the picture is dark."""
    return paint.white if paint.night else paint.ink


def _words(letters: Sequence[Letter | None]) -> list[Word]:
    """Letters between spaces; what is too long to stay whole becomes words of one letter each."""
    found: list[list[Letter]] = [[]]
    for letter in letters:
        if letter is None:
            found.append([])
        else:
            found[-1].append(letter)
    out: list[Word] = []
    for word in found:
        if len(word) > LONGEST:
            out += [Word([letter], 0.0) for letter in word[:-1]]
            word = word[-1:]
        if word:
            out.append(Word(word))
    return out or [Word([Letter(SPACE, (points((0, -10), (10, -10)),))])]


def _broken(words: Sequence[Word]) -> tuple[list[list[Word]], float]:
    """Words in lines, and how large a letter's unit is: of all breaks tried, the one with the largest letters."""
    whole, longest = _span(words), max(word.length for word in words)
    best, largest = [list(words)], 0.0
    for count in range(1, 15):
        lines = _wrapped(words, max(whole / count * 1.06, longest))
        broad = max(_span(line) for line in lines)
        below = max(BELOW, *(word.depth for word in lines[-1]))
        unit = min(WIDE / broad, HIGH / (LEAD * (len(lines) - 1) + CAPITAL + below))
        if unit > largest:
            best, largest = lines, unit
    return best, largest


def _wrapped(words: Sequence[Word], width: float) -> list[list[Word]]:
    lines: list[list[Word]] = [[]]
    filled = 0.0
    for word in words:
        if lines[-1] and filled + word.length > width:
            lines.append([])
            filled = 0.0
        lines[-1].append(word)
        filled += word.length + word.gap
    return lines


def _span(line: Sequence[Word]) -> float:
    """How broad a line is."""
    return max(fsum(word.length + word.gap for word in line) - line[-1].gap, 1.0)


def _set(
    lines: Sequence[Sequence[Word]], unit: float, slant: float, stream: Stream
) -> tuple[list[Set], float, float]:
    """Every letter in its place, in the order it is written; the foot of the block, and half its width."""
    half = max(_span(line) for line in lines) * unit / 2
    total = sum(len(word.letters) for line in lines for word in line)
    high = (LEAD * (len(lines) - 1) + CAPITAL) * unit
    top = -0.5 - high / 2
    out: list[Set] = []
    for row, line in enumerate(lines):
        x = -half if len(lines) > 1 else -_span(line) * unit / 2
        base = top + (CAPITAL + LEAD * row) * unit
        tilt = stream.uniform(-0.02, 0.012)
        for word in line:
            for letter in word.letters:
                at = points(x, base + tilt * (x + half))
                strokes = _bent(letter, at, unit, slant, stream.sub(len(out)))
                out.append(Set(strokes, len(out) / total, not out))
                x += letter.advance * unit
            x += word.gap * unit
    return out, -0.5 + high / 2, half


def _bent(
    letter: Letter, at: Array, unit: float, slant: float, stream: Stream
) -> tuple[Array, ...]:
    """A letter as a hand makes it: never twice the same."""
    turn, size = stream.uniform(-0.035, 0.035), unit * stream.uniform(0.95, 1.05)
    shift = points(0.0, stream.uniform(-0.8, 0.8) * unit)
    c, s = cos(turn) * size, sin(turn) * size
    out: list[Array] = []
    for stroke in letter.strokes:
        x, y = stroke[:, 0] - slant * stroke[:, 1], stroke[:, 1]
        out.append(np.stack([x * c - y * s, x * s + y * c], 1) + at + shift)
    return tuple(out)


def _share(stroke: Array, share: float) -> Array:
    """The beginning of a stroke; at least a point of it, so that there are the same marks at every moment."""
    if share >= 1:
        return stroke
    last = (len(stroke) - 1) * share
    whole = int(last)
    end = stroke[whole] + (stroke[min(whole + 1, len(stroke) - 1)] - stroke[whole]) * (last - whole)
    return np.concatenate([stroke[: whole + 1], end[None]])


def _flourish(stream: Stream, foot: float, half: float) -> Array:
    """What the pen does when all is said: a line under it that rises and comes back."""
    y, bend = foot + 0.09, stream.uniform(0.015, 0.04)
    end = half * stream.uniform(0.6, 1.0)
    line = [
        (-half * 0.8, y),
        (-half * 0.2, y + bend),
        (end, y - bend),
        (end * 1.05, y - 2.4 * bend),
    ]
    return smooth([*line, (end * 0.7, y - bend), (end * 0.3, y + bend * 0.6)])


register(
    Kind(
        "writing",
        build,
        at=(-0.11, 0.02),
        height=0.52,
        domain="float",
        home="paper",
        width=1.7,
        top=(0.0, -0.9),
        plant=True,
        faces=False,
        metres=0.5,
        grip=(0.0, -0.5),
        quiet=("striped", "dotted", "hatched"),
    )
)
