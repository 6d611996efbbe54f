"""What a score costs before anybody reads it: frames, pixels, and bodies as far as its numbers tell.

Knows numerals and genes, and no lexicon: to load one takes longer than asking may. A proportion, not a promise.
"""

from collections.abc import Mapping
from math import fsum, isfinite
from typing import Final

from uncaged.core.score import Score
from uncaged.engines.ink import amounts
from uncaged.engines.ink.words.numerals import COUNTING, LONGEST, numeral_at
from uncaged.engines.ink.words.spelling import Token, tokens

FRAME: Final = 0.3
BODY: Final = 0.1
"""Millions of pixels that an empty picture is worth, and each body in it. See `benchmarks/ink_cost.py`."""

ORDINARY: Final = 512 * 512 / 1e6
"""Millions of pixels of an ordinary picture with one body, which costs just these."""

READ: Final = 2000
"""Characters of a shot that are looked through for numbers."""

_NUMBERS: Final = frozenset(
    name.partition(" ")[0]
    for language in COUNTING.values()
    for names in (language.units, language.teens, language.tens, language.hundred)
    for name in names
) | frozenset(name for one in COUNTING.values() for name in one.hundreds or {})
_GLUED: Final = ("und", "hundert")
"""With what a number in one word is joined."""


def cost(score: Score) -> float:
    """In millions of pixels of an ordinary film."""
    width, height = score.size
    crowd = min(bodies(score), amounts.MOST)
    again = 1.0 + min(max(float(score.options.get("repetition", 0.0)), 0.0), 2.0)
    picture = width * height / 1e6 + FRAME + BODY * crowd * again
    return score.frame_count * picture * ORDINARY / (ORDINARY + FRAME + BODY)


def bodies(score: Score) -> float:
    """How many are drawn in a picture, in the mean of its shots; one where nothing tells."""
    if score.position is not None:
        return max(1.0, _of_genes(score.position))
    lengths = [shot.seconds or 1.0 for shot in score.shots]  # a picture has none, and is one shot
    counted = fsum(
        length * counted_in(shot.text) for length, shot in zip(lengths, score.shots, strict=True)
    )
    return max(1.0, counted / fsum(lengths))


def counted_in(text: str) -> int:
    """The numbers of a text added up, each as far as one thing is drawn so often.

    >>> counted_in("forty lanterns and zweiundzwanzig Füchse, 3 cats")
    65
    """
    words, place, found = tokens(text[:READ]), 0, 0
    while place < len(words) and found < amounts.MOST:
        used, many = _number_at(words, place)
        found += amounts.bodies(many)
        place += max(1, used)
    return found


def _number_at(words: list[Token], place: int) -> tuple[int, int]:
    word = words[place].word
    if word.isascii() and word.isdigit():
        return 1, int(word[:LONGEST])
    if word not in _NUMBERS and not any(joint in word for joint in _GLUED):
        return 0, 0
    return max(numeral_at(words, place, language) for language in COUNTING)


def _of_genes(position: object) -> float:
    """The counts that a position names; a scene after a cut counts as if it were in the same picture."""
    genes: object = position.get("genes") if isinstance(position, Mapping) else None
    if not isinstance(genes, Mapping):
        return 0.0
    counts = [
        float(value)
        for name, value in genes.items()
        if str(name).endswith(".count") and isinstance(value, int | float)
    ]
    return fsum(amounts.bodies(count) for count in counts if isfinite(count))
