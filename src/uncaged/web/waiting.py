"""Everybody who waits for a work with a stream of events: one look into the archive serves them all.

While nobody waits it looks at nothing. Knows no address and no template; `events` writes what it tells.
"""

import asyncio
import contextlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from uncaged.archive import runs, watching
from uncaged.archive.tables import FINISHED, Lane
from uncaged.core.errors import ArchiveBroken, NotFound, TooMany, UncagedError
from uncaged.queue.place import Place
from uncaged.web.errors import Full
from uncaged.web.here import Here, Web
from uncaged.web.pages import works
from uncaged.web.pages.runs import LATEST, SOONEST, left, run_view
from uncaged.web.views.line import RunView, StandsView
from uncaged.web.views.works import WorkView
from uncaged.web.words import _

LOOK, PLACES = 0.2, 3.0
"""Seconds between two looks at what has ended and how far things are; between two looks at places in line."""

PING = 25.0
"""Seconds after which something is said to whoever heard nothing: proxies end what is silent."""

EACH, ALL = 64, 12_000
"""Streams that one person may have, the owner at the machine excepted; and everybody together."""


@dataclass(slots=True, eq=False)
class Waiter:
    """One stream. work: what is waited for, a training by its run. said: what it was told last; record: the
    work, once it has ended; over: nothing more will come.

    greeted: it has heard something. due: when its place is worth telling again, spoke: when it was last spoken to, both
    of the monotonic clock.
    """

    here: Here
    work: str
    run: str
    lane: Lane
    said: StandsView
    record: WorkView | RunView | None = None
    greeted: bool = False
    news: bool = False
    over: bool = False
    due: float = 0.0
    spoke: float = 0.0
    woken: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def unbounded(self) -> bool:
        """Whether it is the owner at the machine, whom nobody counts."""
        return self.here.visitor.person.kind == "owner" and self.here.visitor.key is None

    def end(self, record: WorkView | RunView | None) -> None:
        """The last that it hears."""
        self.record, self.over = record, True
        self.woken.set()


@dataclass(frozen=True, slots=True)
class _Seen:
    """One look. told: what the log speaks of since the last one. states: of runs that were asked about."""

    since: int
    told: frozenset[str]
    states: Mapping[str, str]
    going: Mapping[str, watching.Going]


class Waiting:
    """Who waits. All of it belongs to the event loop; only `_look` runs in a thread."""

    def __init__(self, web: Web) -> None:
        self._web = web
        self._by_id: dict[str, set[Waiter]] = {}
        self._each: dict[str, int] = {}
        self._all: set[Waiter] = set()
        self._fresh: set[Waiter] = set()
        self._going: Mapping[str, watching.Going] = {}
        self._since: int | None = None
        self._looked = float("-inf")
        self._places: Mapping[str, Place] = {}
        self._ended = False
        self._task: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        return len(self._all)

    def join(self, waiter: Waiter) -> None:
        """One more. Raises `TooMany` of one person, `Full` of all, or where the web ends."""
        person = waiter.here.visitor.person.id
        if self._ended or len(self._all) >= ALL:
            raise Full(
                _("As many wait here with an open line as this studio can serve."),
                _("Nothing is lost: look at the work's page now and then."),
            )
        if not waiter.unbounded and self._each.get(person, 0) >= EACH:
            raise TooMany(
                _("You wait here with {} open lines already.").format(EACH),
                _("Close one, or look at the work's page now and then."),
                retry_after=LATEST,
            )
        self._each[person] = self._each.get(person, 0) + 1
        waiter.spoke = self._web.studio.clock.monotonic()
        self._all.add(waiter)
        self._fresh.add(waiter)
        for name in (waiter.run, waiter.work):
            self._by_id.setdefault(name, set()).add(waiter)
        if self._task is None:
            self._task = asyncio.create_task(self._watch())

    def leave(self, waiter: Waiter) -> None:
        """One fewer, whyever; nothing of it is kept."""
        if waiter not in self._all:
            return
        self._all.discard(waiter)
        self._fresh.discard(waiter)
        person = waiter.here.visitor.person.id
        self._each[person] -= 1
        if not self._each[person]:
            del self._each[person]
        for name in {waiter.run, waiter.work}:  # a training has but one name
            same = self._by_id[name]
            same.discard(waiter)
            if not same:
                del self._by_id[name]

    def end(self) -> None:
        """The web ends: so do all streams, at once. Browsers come again by themselves."""
        self._ended = True
        for waiter in self._all:
            waiter.end(None)

    async def _watch(self) -> None:
        """Looks for them all, until nobody waits."""
        try:
            while self._all and not self._ended:
                with contextlib.suppress(UncagedError):  # it cannot be read now: soon it can again
                    await self._look_once()
                await asyncio.sleep(LOOK)
        finally:
            self._task, self._since, self._going, self._places = None, None, {}, {}
            self._looked = float("-inf")
            if (
                self._all and not self._ended
            ):  # a mistake of ours: nobody waits for what never comes
                for waiter in self._all:
                    waiter.end(None)

    async def _look_once(self) -> None:
        """What has happened since the last look, told to whom it concerns."""
        fresh, since = set(self._fresh), self._since
        asked = {one.run for one in fresh} | {run for run in self._going if run in self._by_id}
        seen = await self._web.run(lambda: self._look(since, sorted(asked)))
        over = seen.told | {run for run, state in seen.states.items() if state in FINISHED}
        waiters = [one for name in over for one in self._by_id.get(name, ())]
        if waiters:
            for waiter, record in (await self._web.run(lambda: self._records(waiters))).items():
                waiter.end(record)
        # only now: whoever could not be told is looked for once more, from the same line of the log on
        self._fresh -= fresh
        self._since, self._going = seen.since, seen.going
        self._tell_pace(seen)
        await self._tell_places()
        now = self._web.studio.clock.monotonic()
        for waiter in self._all:
            if not waiter.greeted and waiter not in self._fresh:
                self._speak(waiter, now)  # the first thing that is said, whatever it is
            elif now - waiter.spoke >= PING:
                waiter.spoke = now
                waiter.woken.set()

    def _look(self, since: int | None, asked: Sequence[str]) -> _Seen:
        with self._web.studio.archive.read() as conn:
            if since is None:
                since, told = watching.newest(conn), frozenset[str]()
            else:
                since, told = watching.told_of(conn, since)
            going = {one.id: one for one in watching.going_anywhere(conn)}
            return _Seen(since, told, watching.states(conn, asked), going)

    def _records(self, waiters: Iterable[Waiter]) -> Mapping[Waiter, WorkView | RunView | None]:
        """Of those that have ended: the record, as each may see it; None of what is gone, or cannot be read.

        The page says what is wrong with a row; nobody else waits longer for it.
        """
        found: dict[Waiter, WorkView | RunView | None] = {}
        with self._web.studio.archive.read() as conn:
            for waiter in waiters:
                try:
                    view = _shown(conn, waiter)
                except (NotFound, ArchiveBroken):
                    found[waiter] = None
                    continue
                if view.state in FINISHED:
                    found[waiter] = view
        return found

    def _tell_pace(self, seen: _Seen) -> None:
        """Whose run began, came further, or went back to the line."""
        now = self._web.studio.clock.now()
        for run, one in seen.going.items():
            done, total = one.progress
            pace = {"done": done, "total": total, "left": left(one, now)}
            pace |= {"state": "in_progress", "place": None, "starts": None}
            for waiter in self._by_id.get(run, ()):
                self._tell(waiter, pace)
        for run, state in seen.states.items():
            if state == "queued":
                for waiter in self._by_id.get(run, ()):
                    self._tell(waiter, {"state": state, "done": 0, "total": 0, "left": None})

    async def _tell_places(self) -> None:
        """Where they stand; the further back, the more seldom."""
        now = self._web.studio.clock.monotonic()
        due = [one for one in self._all if one.said.state == "queued" and now >= one.due]
        if not due:
            return
        if now - self._looked >= PLACES:
            self._looked = now
            lanes: set[Lane] = {one.lane for one in due}
            self._places = await self._web.run(lambda: self._foresee(lanes))
        for waiter in due:
            place = self._places.get(waiter.run)
            starts = None if place is None else place.starts
            if place is not None:
                waiter.due = now + max(SOONEST, min(LATEST, place.starts / 4))
            else:
                waiter.due = now + PLACES
            number = None if place is None else place.place
            self._tell(waiter, {"place": number, "starts": starts})

    def _foresee(self, lanes: Iterable[Lane]) -> Mapping[str, Place]:
        lines = [self._web.foresight.line(lane)[0] for lane in lanes]
        return {place.run: place for line in lines for place in line.places}

    def _tell(self, waiter: Waiter, change: Mapping[str, object]) -> None:
        """Tells it, if that is news: seconds that pass by are none."""
        was = waiter.said
        if waiter.over or all(
            getattr(was, name) == value for name, value in change.items() if name in _NEWS
        ):
            return
        waiter.said = was.model_copy(update=dict(change))
        self._speak(waiter, self._web.studio.clock.monotonic())

    @staticmethod
    def _speak(waiter: Waiter, now: float) -> None:
        waiter.news, waiter.greeted, waiter.spoke = True, True, now
        waiter.woken.set()


def _shown(conn: Connection, waiter: Waiter) -> WorkView | RunView:
    """The work that is waited for; a training is waited for by its run."""
    if waiter.work == waiter.run:
        return run_view(runs.get(conn, waiter.run), waiter.here.studio.clock.now())
    return works.shown(conn, waiter.here, waiter.work)


_NEWS = frozenset({"state", "done", "total", "place"})
