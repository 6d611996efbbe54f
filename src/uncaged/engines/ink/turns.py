"""Lots by turns: what neighbouring seeds draw is never the same, and over many seeds everything comes equally often.

A sheet shows one sentence with seeds one after the other. Lots drawn at random repeat themselves side by side; these
step round by irrational shares, so that a seed and the next one, and the one below it on a sheet, are apart. Knows
names and numbers, no scenes.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Final, TypeVar

T = TypeVar("T")

_ROUND: Final = 1 << 32

_STEPS: Final[Mapping[str, float]] = {
    "palette": 0.4301597090,
    "air": 0.3535533906,
    "horizon": 0.4142135624,
    "disc": 0.7320508076,
    "scheme": 0.5497004779,
    "side": 0.4142135624,
}
"""By what share of the whole a lot steps from one seed to the next. 0.43 is at least a third of a round from itself
after one step and after eight, as a sheet of eight columns asks; 0.35 is apart where that one comes near itself."""

_OTHERS: Final = 0.5698402910


class Turns:
    """The lots of one text and seed. text: anything that names it; another text begins elsewhere."""

    __slots__ = ("_seed", "_text")

    def __init__(self, text: str, seed: int) -> None:
        self._text, self._seed = text, seed

    def share(self, name: str) -> float:
        """A number, 0 … 1, evenly spread over seeds that follow each other."""
        digest = hashlib.sha256(f"{name}/{self._text}".encode("utf-8", "surrogatepass")).digest()
        first = int.from_bytes(digest[:4], "big")
        step = int(_STEPS.get(name, _OTHERS) * _ROUND)
        return (first + self._seed * step) % _ROUND / _ROUND

    def between(self, name: str, low: float, high: float) -> float:
        """A number from `low` to `high`."""
        return low + (high - low) * self.share(name)

    def pick(self, name: str, choices: Sequence[T]) -> T:
        """One of the choices; among three or more, another one than for the seeds beside."""
        return choices[int(self.share(name) * len(choices))]

    def chance(self, name: str, probability: float) -> bool:
        """True with this probability."""
        return self.share(name) < probability
