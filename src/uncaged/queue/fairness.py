"""Whose turn is it? Two-level weighted fair share on decayed device-seconds. Arithmetic only: no clock, no database.

The class with the least decayed use per weight goes first, in it the person with the least, of that person the run
they wish for most, then the oldest. Two bounded exceptions: somebody's first film that has waited too long, and
staying with a model that is loaded. The rule, its name in the field and its measured effects: ``docs/policy.md``.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

NOTHING = -1e300
"""The rank of whoever has used nothing: below every other, and a number that any database keeps."""

SECOND = 1_000_000
"""Microseconds, in which the line's clock counts."""


@dataclass(frozen=True, slots=True)
class Use:
    """What somebody has used of the devices: `seconds` as they counted at `at` (µs of the line's clock)."""

    seconds: float = 0.0
    at: int = 0

    def left(self, now: int, half_life: float) -> float:
        """What of it still counts at `now` (µs): half of it is forgotten every `half_life` seconds."""
        past = max(0.0, (now - self.at) / SECOND)
        return self.seconds * 2.0 ** (-past / half_life)

    def plus(self, seconds: float, now: int, half_life: float) -> "Use":
        """With so many device-seconds more, or fewer where some are given back; never below nothing."""
        return Use(max(0.0, self.left(now, half_life) + seconds), max(now, self.at))

    def corrected(self, seconds: float, then: int, now: int, half_life: float) -> "Use":
        """With so many more or fewer than were charged at `then`, as if they had been right from the start."""
        return self.plus(Use(seconds, then).left(now, half_life), now, half_life)


def rank(use: Use, weight: float, half_life: float) -> float:
    """Where this use per weight stands among all others, at any moment: forgetting changes no order.

    log2(seconds / weight) + at / half_life, so that it can be kept beside the use and sorted by; lower goes first.
    """
    if use.seconds <= 0.0:
        return NOTHING
    return math.log2(use.seconds) - math.log2(weight) + use.at / SECOND / half_life


@dataclass(frozen=True, slots=True)
class Head:
    """A run that some person would have next, of one model and needs. `kind`: the person's class.

    rank: the person's, see `rank`. stood: since when it stands in line (µs of the line's clock). own_priority:
    higher first, among the same person's. first: nothing of this person was ever begun here.
    """

    run: str
    person: str
    kind: str
    model: str
    rank: float
    stood: int
    own_priority: int = 0
    first: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """The exceptions, as the policy has them.

    first_wait: seconds after which somebody's first film goes before everything else, oldest first;
    guarantee_share: 0 … 1, the largest part of all starts that may happen so. stay_runs, stay_seconds: how long a
    performer may stay with the model it has loaded although another run's turn has come.
    """

    first_wait: float
    guarantee_share: float
    stay_runs: int
    stay_seconds: float


@dataclass(frozen=True, slots=True)
class Warm:
    """What a performer has loaded; how many runs and device-seconds it has stayed with it beyond its turn, short ones
    that passed among them."""

    models: frozenset[str] = frozenset()
    runs: int = 0
    seconds: float = 0.0


COLD = Warm()
"""A performer that has loaded nothing."""

Because: TypeAlias = Literal["share", "first", "warm", "short"]
"""It is their turn; their first film waited too long; the model is loaded; it passes beside what is in progress."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Whose turn it is, and by which rule. passed: the run whose turn it would have been by share alone."""

    head: Head
    because: Because
    passed: Head | None = None


def choose(
    heads: Iterable[Head],
    classes: Mapping[str, float],
    terms: Terms,
    now: int,
    credit: float,
    warm: Warm,
    loading: Mapping[str, float],
) -> Choice | None:
    """Which of these goes next? None where nobody waits.

    classes: each class's rank (`NOTHING` where missing). credit: see `spent`. loading: seconds that a model takes
    to load, where it is known to take any. It is enough to hand in, of each class, the head of least rank and all
    heads of the same person, the same again among the models that are warm, and the oldest first film.
    """
    standing = list(heads)
    if not standing:
        return None
    fair = _by_share(standing, classes)
    overdue = [h for h in standing if h.first and now - h.stood >= terms.first_wait * SECOND]
    if overdue and credit + terms.guarantee_share >= 1.0 - 1e-9:
        oldest = min(overdue, key=lambda h: (h.stood, h.run))
        return Choice(oldest, "first", None if oldest.person == fair.person else fair)
    stays = warm.runs < terms.stay_runs and warm.seconds < terms.stay_seconds
    if stays and fair.model not in warm.models and loading.get(fair.model, 0.0) > 0.0:
        loaded = [h for h in standing if h.model in warm.models]
        if loaded:
            return Choice(_by_share(loaded, classes), "warm", fair)
    return Choice(fair, "share")


def pass_by(
    turn: Choice,
    short: Sequence[Head],
    classes: Mapping[str, float],
    terms: Terms,
    warm: Warm,
) -> Choice | None:
    """Who begins beside runs that are in progress? turn: whose turn it would be on a performer that is free.

    short: runs that want the same model, and so little that they would be over long before those. Whoever's turn it is
    begins if theirs is one; else short ones pass, as long as a performer may stay with its model beyond its turn.
    """
    if any(head.run == turn.head.run for head in short):
        return turn
    stays = warm.runs < terms.stay_runs and warm.seconds < terms.stay_seconds
    return Choice(_by_share(list(short), classes), "short", turn.head) if short and stays else None


def _by_share(heads: list[Head], classes: Mapping[str, float]) -> Head:
    first: dict[str, Head] = {}
    for head in heads:
        best = first.get(head.kind)
        if best is None or _turn(head) < _turn(best):
            first[head.kind] = head
    turn = min(first.values(), key=lambda h: (classes.get(h.kind, NOTHING), h.stood, h.run))
    own = [head for head in heads if head.person == turn.person]
    return min(own, key=lambda h: (-h.own_priority, h.stood, h.run))


def _turn(head: Head) -> tuple[float, int, str]:
    return (head.rank, head.stood, head.run)


def spent(credit: float, terms: Terms, because: Because) -> float:
    """What is left of the guarantee after a start: each one earns its share of it, a start by it costs a whole one.

    Never more than one is saved up, so that a quiet year does not pay for a rush.
    """
    earned = credit + terms.guarantee_share
    return earned - 1.0 if because == "first" else min(1.0, earned)


def stayed(warm: Warm, choice: Choice, seconds: float) -> Warm:
    """What a performer has loaded after this choice (one model at a time), and how long it has overstayed."""
    if choice.because in ("warm", "short"):
        return Warm(warm.models, warm.runs + 1, warm.seconds + seconds)
    if choice.head.model in warm.models:
        return Warm(warm.models)
    return Warm(frozenset((choice.head.model,)))
