"""A line held in memory: the same choice as the archive's, for foreseeing what comes and for trying a policy out.

Knows no database and no clock; `fairness` decides. A turn costs the logarithm of how many people wait.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import TypeAlias

from uncaged.queue.fairness import (
    COLD,
    Choice,
    Head,
    Terms,
    Use,
    Warm,
    choose,
    pass_by,
    rank,
    spent,
    stayed,
)

Sort: TypeAlias = str
"""Which performers could do it: the model, and what else a run needs, as one text."""

NO_LOADING: Mapping[str, float] = {}
"""A device on which no model is known to take any time to load."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A run in line. kind: its person's class. needs: see `Asked`. seconds: what it will take, stood: see `Head`."""

    run: str
    person: str
    kind: str
    model: str
    seconds: float
    stood: int
    own_priority: int = 0
    needs: str = "{}"

    @property
    def sort(self) -> Sort:
        """Which performers could do it."""
        return f"{self.model}\n{self.needs}"


@dataclass(frozen=True, slots=True)
class Rules:
    """What a policy says about the line. weights, most_running: of a class. person_weights: of single people."""

    half_life: float
    terms: Terms
    weights: Mapping[str, float]
    most_running: Mapping[str, int | None]
    person_weights: Mapping[str, float]

    def rank_of(self, person: str, use: Use) -> float:
        """A person's rank, by their own weight."""
        return rank(use, self.person_weights.get(person, 1.0), self.half_life)

    def rank_of_class(self, kind: str, use: Use) -> float:
        """A class's rank, by its weight."""
        return rank(use, self.weights.get(kind, 1.0), self.half_life)


class Turns:
    """Who waits, what everybody has used, who is being performed. `begun`: people of whom something was begun."""

    def __init__(
        self,
        rules: Rules,
        uses: Mapping[str, Use] | None = None,
        begun: Iterable[str] = (),
        credit: float = 0.0,
    ) -> None:
        self.rules = rules
        self.uses: dict[str, Use] = dict(uses or {})
        self.credit = credit
        self._begun = set(begun)
        self._running: dict[str, int] = {}
        self._kinds: dict[str, str] = {}
        self._own: dict[str, dict[Sort, list[tuple[int, int, str, Waiting]]]] = {}
        self._heaps: dict[tuple[str, Sort], list[tuple[float, int, str, str]]] = {}
        self._firsts: dict[Sort, list[tuple[int, str, str]]] = {}

    def add(self, waiting: Waiting) -> None:
        """Somebody puts a run in line."""
        self._kinds[waiting.person] = waiting.kind
        own = self._own.setdefault(waiting.person, {}).setdefault(waiting.sort, [])
        before = own[0][2] if own else ""
        heappush(own, (-waiting.own_priority, waiting.stood, waiting.run, waiting))
        if own[0][2] != before:
            self._offer(waiting.person, waiting.sort)

    def start(
        self,
        now: int,
        warm: Warm = COLD,
        loading: Mapping[str, float] = NO_LOADING,
        sorts: Iterable[Sort] | None = None,
    ) -> tuple[Waiting, Choice, Warm] | None:
        """Whose turn is it on a performer that can do these sorts (None: all)? It is charged and out of the line.

        warm: what the performer has loaded. loading: seconds that a model takes to load on its device.
        """
        able = list(self._firsts) if sorts is None else list(sorts)
        heads = self._heads(able, warm, now)
        ranks = self._ranks(heads)
        choice = choose(heads, ranks, self.rules.terms, now, self.credit, warm, loading)
        return None if choice is None else self._begin(choice, now, warm, loading)

    def pass_by(
        self, now: int, warm: Warm, model: str, seconds: float
    ) -> tuple[Waiting, Choice, Warm] | None:
        """Who begins beside runs of this model that are in progress, taking so many seconds at most? As `start`."""
        heads = self._heads(list(self._firsts), COLD, now)
        terms = self.rules.terms
        turn = choose(heads, self._ranks(heads), terms, now, self.credit, COLD, NO_LOADING)
        if turn is None:
            return None
        short = [self._head(run) for run in self._short(model, seconds)]
        choice = pass_by(turn, short, self._ranks(short), terms, warm)
        return None if choice is None else self._begin(choice, now, warm, NO_LOADING)

    def _short(self, model: str, seconds: float) -> Iterator[Waiting]:
        """Of everybody who may begin one the run of this model and length that they wish for most."""
        for person, sorts in self._own.items():
            runs = [
                entry
                for own in sorts.values()
                for entry in own
                if entry[3].model == model and entry[3].seconds <= seconds
            ]
            if runs and self._may(person):
                yield min(runs)[3]

    def _ranks(self, heads: Iterable[Head]) -> dict[str, float]:
        return {
            head.kind: self.rules.rank_of_class(head.kind, self.use(head.kind)) for head in heads
        }

    def _begin(
        self, choice: Choice, now: int, warm: Warm, loading: Mapping[str, float]
    ) -> tuple[Waiting, Choice, Warm]:
        """It is charged and out of the line."""
        run = self._take(choice.head)
        cold = run.model not in warm.models
        seconds = run.seconds + (loading.get(run.model, 0.0) if cold else 0.0)
        self.credit = spent(self.credit, self.rules.terms, choice.because)
        self._running[run.person] = self._running.get(run.person, 0) + 1
        self._begun.add(run.person)
        for who in (run.person, run.kind):
            self.uses[who] = self.use(who).plus(seconds, now, self.rules.half_life)
        self._offer_all(run.person)
        return run, choice, stayed(warm, choice, run.seconds)

    def finish(self, person: str) -> None:
        """One of this person's runs is over."""
        self._running[person] = max(0, self._running.get(person, 0) - 1)
        self._offer_all(person)

    def busy(self, person: str, kind: str, runs: int = 1) -> None:
        """So many runs of this person, of this class, are being performed already."""
        self._kinds.setdefault(person, kind)
        self._running[person] = self._running.get(person, 0) + runs

    def use(self, who: str) -> Use:
        """What a person or a class has used."""
        return self.uses.get(who, Use())

    def _heads(self, sorts: list[Sort], warm: Warm, now: int) -> list[Head]:
        found: dict[str, Head] = {}
        people = [self._best((kind, sort)) for kind, sort in self._heaps if sort in sorts]
        for person in {p for p in people if p is not None}:
            for sort in sorts:
                self._note(found, person, sort)
        for sort in sorts:
            oldest = self._oldest_first(sort)
            if oldest is not None:
                self._note(found, oldest, sort)
        return list(found.values())

    def _note(self, found: dict[str, Head], person: str, sort: Sort) -> None:
        own = self._own.get(person, {}).get(sort)
        if not own or not self._may(person):
            return
        found[own[0][2]] = self._head(own[0][3])

    def _head(self, run: Waiting) -> Head:
        return Head(
            run.run,
            run.person,
            run.kind,
            run.model,
            self.rules.rank_of(run.person, self.use(run.person)),
            run.stood,
            run.own_priority,
            run.person not in self._begun,
        )

    def _may(self, person: str) -> bool:
        most = self.rules.most_running.get(self._kinds[person])
        return most is None or self._running.get(person, 0) < most

    def _best(self, at: tuple[str, Sort]) -> str | None:
        """The person of least rank who has such a run; what is no longer true is thrown away on the way."""
        heap = self._heaps[at]
        while heap:
            level, _, run, person = heap[0]
            own = self._own.get(person, {}).get(at[1])
            true = own and own[0][2] == run
            if true and level == self.rules.rank_of(person, self.use(person)) and self._may(person):
                return person
            heappop(heap)
        return None

    def _oldest_first(self, sort: Sort) -> str | None:
        heap = self._firsts.get(sort, [])
        while heap:
            _, run, person = heap[0]
            own = self._own.get(person, {}).get(sort)
            if own and own[0][2] == run and person not in self._begun and self._may(person):
                return person
            heappop(heap)
        return None

    def _take(self, head: Head) -> Waiting:
        for own in self._own[head.person].values():
            if own and own[0][2] == head.run:
                return heappop(own)[3]
        for own in self._own[head.person].values():  # a short one passed its person's own
            for entry in own:
                if entry[2] == head.run:
                    own.remove(entry)
                    heapify(own)
                    return entry[3]
        raise KeyError(head.run)

    def _offer_all(self, person: str) -> None:
        for sort in self._own.get(person, {}):
            self._offer(person, sort)

    def _offer(self, person: str, sort: Sort) -> None:
        own = self._own[person][sort]
        if not own:
            return
        run = own[0][3]
        heap = self._heaps.setdefault((run.kind, sort), [])
        heappush(heap, (self.rules.rank_of(person, self.use(person)), run.stood, run.run, person))
        heappush(self._firsts.setdefault(sort, []), (run.stood, run.run, person))
