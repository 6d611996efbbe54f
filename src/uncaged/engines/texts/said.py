"""What was said to a model that takes a text as a whole: what must not be seen, what is told of it, what is kept.

Needs no torch.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Final, Generic, TypeVar

from uncaged.core.score import Score
from uncaged.core.words import _

Cond = TypeVar("Cond")

TEXTS: Final = 32
"""Texts whose conditions are kept, the last used first: a variation asks for the same ones."""

ROOM: Final = 200_000_000
"""Bytes that they take together, at most, but for those of two texts: what a film follows, and what it flees."""


def negative(score: Score) -> str:
    """What must not be seen, wherever it was said."""
    said = (score.negative or "", str(score.options.get("negative", "")))
    return ", ".join(text.strip() for text in said if text.strip())


def sentence(model: str, cut: int) -> str:
    """How a text was read. cut: parts of it for which there was no place."""
    whole = _("%(model)s takes the text as a whole and reads no single words.") % {"model": model}
    if not cut:
        return whole
    return f"{whole} " + _("The last %(count)s parts of it found no place and were left out.") % {
        "count": cut
    }


class Remembered(Generic[Cond]):
    """Texts as conditions; from memory where one was asked for before."""

    def __init__(self, told: Callable[[str], tuple[Cond, int]]) -> None:
        """told: a text as a condition, and how many of its parts were left out."""
        self._told = told
        self._texts: OrderedDict[str, tuple[Cond, int]] = OrderedDict()

    def __call__(self, text: str) -> tuple[Cond, int]:
        if text not in self._texts:
            self._texts[text] = self._told(text)
            while len(self._texts) > TEXTS or (len(self._texts) > 2 and self._bytes() > ROOM):
                self._texts.popitem(last=False)
        self._texts.move_to_end(text)
        return self._texts[text]

    def _bytes(self) -> int:
        return sum(_bytes(cond) for cond, _cut in self._texts.values())


def _bytes(cond: object) -> int:
    """What the tensors of a condition take."""
    parts = (
        [getattr(cond, one.name) for one in fields(cond)]
        if is_dataclass(cond) and not isinstance(cond, type)
        else [cond]
    )
    return sum(int(getattr(part, "nbytes", 0)) for part in parts)
