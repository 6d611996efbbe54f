"""What the web holds while it runs, and what each page is handed. Opens nothing and answers nothing.

What hardly ever changes is read anew at most once a second; while it cannot be read, what was read last holds.
"""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from anyio import CapacityLimiter, to_thread
from sqlalchemy import Connection
from starlette.datastructures import Headers
from starlette.responses import Response

from uncaged.archive import decisions, mast, openings
from uncaged.archive.decisions import Numbers
from uncaged.archive.mast import Mast
from uncaged.archive.openings import Doors
from uncaged.core.errors import UncagedError
from uncaged.queue import estimate, following
from uncaged.queue.estimate import Past
from uncaged.queue.following import Followed
from uncaged.queue.policy import Policy
from uncaged.studio import entering
from uncaged.studio.entering import Visitor
from uncaged.studio.reporting import COUNTED, DAY
from uncaged.studio.standing import FRESH, Foresight
from uncaged.studio.studio import Studio
from uncaged.web.coming import Coming
from uncaged.web.counting import Counts
from uncaged.web.errors import Full
from uncaged.web.outbound import Way
from uncaged.web.rates import Rates
from uncaged.web.words import _

T = TypeVar("T")

WAITING, HASHING = 2_000, 100
"""Requests that may wait for a look into the archive, and for the hash of a password: a few seconds' worth."""

READERS, WRITERS, PIECES, LOOKERS, HASHERS = 2, 64, 16, 1, 2
"""Requests that look into the archive at a time; that wait for a common commit; pieces of films that are read; films
that are looked through for their pictures; passwords that are hashed, each in 46 MB. Whoever comes then waits without a
thread. Readers are few: six spend as much of the processor on waiting for one another as on looking."""


class Recent(Generic[T]):
    """Something that the archive says, at most `FRESH` seconds old. first: what it is before anybody has looked."""

    def __init__(self, studio: Studio, read: Callable[[Connection], T], first: T) -> None:
        self._studio, self._ask = studio, read
        self._lock = threading.Lock()
        self._held, self._read = first, float("-inf")

    @property
    def held(self) -> T:
        """As it was when somebody last looked."""
        return self._held

    @property
    def due(self) -> bool:
        """Whether it is time to look again."""
        return self._studio.clock.monotonic() - self._read >= FRESH

    def forget(self) -> None:
        """It was changed here: whoever asks next looks."""
        self._read = float("-inf")

    def look(self) -> T:
        """As it is now; where the archive cannot be read, as it was."""
        with self._lock:
            if self.due:
                try:
                    with self._studio.archive.read() as conn:
                        self._held = self._ask(conn)
                except UncagedError:
                    return self._held
                finally:  # not before: whoever comes meanwhile would take what nobody has read yet
                    self._read = self._studio.clock.monotonic()
            return self._held


@dataclass(frozen=True, slots=True)
class Web:
    """One web process. hosts: names of the Host header that are ours. local: nobody but this machine can reach it.
    policies: the one that holds. owner: whoever sits at this machine.
    mast: what stands at the head of every page. numbers: of the house's reports. pasts: how long runs took, by model.

    pictureless: kept films of which no picture could be made.
    common: pages that are the same for everybody who is nobody in particular: when they were drawn, and whether models
    may learn from them.
    repeated: requests that were sent again and committed first: when, and which work each became.
    openings: the open door, if it is open. read_only: this web was started for an opening: once it is over, nobody
    makes anything. way: the way out.
    elsewhere: how many answers from there are waited for now, by whom they are for.
    """

    studio: Studio
    hosts: frozenset[str]
    local: bool
    foresight: Foresight
    policies: Recent[Followed]
    owner: Recent[Visitor]
    mast: Recent[Mast]
    openings: Recent[Doors]
    numbers: Recent[Numbers]
    read_only: bool = False
    pasts: dict[str, Recent[Past]] = field(default_factory=dict[str, Recent[Past]])
    rates: Rates = field(default_factory=Rates)
    counts: Counts = field(default_factory=Counts)
    common: dict[tuple[str, bool, bool], tuple[float, Response, bool]] = field(
        default_factory=dict[tuple[str, bool, bool], tuple[float, Response, bool]]
    )
    readers: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(READERS))
    writers: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(WRITERS))
    pieces: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(PIECES))
    lookers: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(LOOKERS))
    hashers: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(HASHERS))
    hubs: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(1))
    health: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(1))
    pictureless: set[str] = field(default_factory=set[str])
    repeated: dict[str, tuple[int, str]] = field(default_factory=dict[str, tuple[int, str]])
    way: Way = field(default_factory=Way)
    elsewhere: Counter[str] = field(default_factory=Counter[str])

    async def run(self, step: Callable[[], T]) -> T:
        """Something that looks into the archive, in a thread. Raises `Full` where too many wait for that already: who
        comes again soon is served sooner than everybody would be then."""
        _check(self.readers)
        return await to_thread.run_sync(step, limiter=self.readers)

    async def write(self, step: Callable[[], T]) -> T:
        """Something that waits for a commit, or for a picture to be opened, in a thread. Raises as `run` does.

        Pages that are held for everybody are drawn anew afterwards: what was hidden is seen by nobody any more.
        """
        _check(self.writers)
        try:
            return await to_thread.run_sync(step, limiter=self.writers)
        finally:
            self.common.clear()

    async def hash(self, step: Callable[[], T]) -> T:
        """Something that hashes a password, in a thread, a few at a time. Raises as `run` does."""
        _check(self.hashers, HASHING)
        return await to_thread.run_sync(step, limiter=self.hashers)

    def knows_past(self, model: str) -> bool:
        """Whether `past` has what it needs."""
        held = self.pasts.get(model)
        return held is not None and not held.due

    def past(self, model: str) -> Past:
        """How long the last runs of a model took."""
        held = self.pasts.get(model)
        if held is None:
            held = Recent(self.studio, lambda conn: estimate.past(conn, model), Past())
            self.pasts[model] = held
        return held.look()

    async def policy(self) -> Policy:
        """The policy that holds."""
        if self.policies.due:
            await self.run(self.policies.look)
        return self.policies.held.policy


def _check(limiter: CapacityLimiter, most: int | None = None) -> None:
    if limiter.statistics().tasks_waiting >= (WAITING if most is None else most):
        raise Full(
            _("More people want something of this studio just now than it can answer."),
            _("Nothing is lost: come again in a moment."),
        )


@dataclass(frozen=True, slots=True)
class Here:
    """What a page is handed: the studio in the visitor's hands, who they are, and how they came."""

    web: Web
    studio: Studio
    visitor: Visitor
    coming: Coming
    headers: Headers

    @property
    def foresight(self) -> Foresight:
        """The line as it will go, one for all who look."""
        return self.web.foresight


def open_web(studio: Studio, hosts: frozenset[str], local: bool, read_only: bool = False) -> Web:
    """Everything that a web process holds."""

    def policy(conn: Connection) -> Followed:
        return following.look(conn, studio.policy)

    def doors(conn: Connection) -> Doors:
        return openings.doors(conn, studio.clock.now())

    def numbers(conn: Connection) -> Numbers:
        return decisions.numbers(conn, studio.clock.now() - COUNTED * DAY)

    return Web(
        studio,
        hosts,
        local,
        Foresight(studio),
        Recent(studio, policy, Followed(Policy())),
        Recent(studio, entering.the_owner, entering.owner(studio)),
        Recent(studio, mast.read, Mast()),
        Recent(studio, doors, Doors()),
        Recent(studio, numbers, Numbers(0, 0, 0, 0, 0, 0, 0, 0, 0, None, 0)),
        read_only,
        way=Way(studio.settings.private_hooks),
    )
