"""Films that others make: asked for, waited for, fetched, checked, and deleted there; an address at a time.

Whatever they answer, or do not, becomes a frame or a sentence. See `docs/remote.md` for what happens when.
"""

import time
from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path

from uncaged.core.errors import Impossible, RunFailed, UncagedError
from uncaged.core.order import Event, Frame, Marked, Noted, Order, Progress, Understood
from uncaged.core.words import _
from uncaged.engines.remote import film, remembered, wire
from uncaged.engines.remote.addresses import Addresses
from uncaged.engines.remote.asking import Asker, Pace, Unreached
from uncaged.engines.remote.errand import STEPS, Telling, about
from uncaged.engines.remote.job import MADE, TRIES, Job, Lost, is_still
from uncaged.engines.remote.place import Place
from uncaged.engines.remote.remembered import Asked, Memory


class RemotePerformance:
    """What is known of the addresses while they are used. pace: see `Pace`."""

    def __init__(self, place: Place, pace: Pace | None = None) -> None:
        self.place, self.pace = place, pace or Pace()
        self.addresses = Addresses(place.addresses)

    def perform(self, order: Order) -> Iterator[Event]:
        return _Making(self, order).events()

    def strokes(self, order: Order, at: float) -> str:
        raise Impossible(_("A film that is made elsewhere has no strokes for a pen."))


class _Making:
    """One film."""

    def __init__(self, all_: RemotePerformance, order: Order) -> None:
        self._place, self._addresses, self._pace = all_.place, all_.addresses, all_.pace
        self._order, self._score = order, order.score
        self._tell = Telling()
        self._form = wire.asked(all_.place, self._score, order.files)
        self._film = Path(order.scratch or ".") / "theirs"
        self._until = time.monotonic() + all_.pace.last
        self._memory = Memory.of(order.errand, all_.place.addresses)
        self._asked: Asked | None = None
        self._job: Job | None = None

    def events(self) -> Iterator[Event]:
        """All of it. Raises `RunFailed`, `AskedWrong`."""
        where = f"{self._place.model} performs elsewhere: at {self._place.hosts}."
        yield Understood({}, where)
        try:
            yield from self._made()
            yield Noted(self._facts())
            yield from self._shown(where)
        finally:
            self._leave(stays=self._memory.path is not None)
            self._film.unlink(missing_ok=True)
        yield Progress(STEPS, STEPS, "fetched")

    @property
    def _now(self) -> Job:
        assert self._job is not None
        return self._job

    def _facts(self) -> dict[str, str]:
        found = {
            "at": self._now.at.address,
            "their_model": self._place.model,
            "sent": wire.names(self._form),
        }
        known = self._now.known
        return found | ({} if known is None else {"their_id": known.id})

    def _made(self) -> Generator[Event, None, None]:
        """Until the film lies here. One that is lost there is asked for anew."""
        why, last = "", self._memory.last
        for _number in range(TRIES):
            try:
                if last is None or not self._taken_up(last):
                    yield from self._begun()
                if self._now.known is not None and not is_still(self._form):
                    yield from self._now.waited()
                    yield from self._now.fetched()
                return
            except Lost as lost:
                why, last = str(lost), None
                self._leave()
        raise RunFailed(why, "Ask again, or choose another model.")

    def _taken_up(self, last: Asked) -> bool:
        """Whether a film is known that an earlier attempt has asked for. Raises `RunFailed` where nobody can know."""
        if is_still(self._form):
            return False  # asked for again under the same key, it is the same picture
        self._take(last)
        if last.job:
            self._now.known = wire.Job(last.job, "queued")
            return True
        try:
            self._now.refuse_to_guess("the performer ended meanwhile")
        finally:
            self._release()
        return False  # it is asked for again, under the same key

    def _begun(self) -> Generator[Event, None, None]:
        """Until one of the addresses has taken it. Each is asked in its turn."""
        began = time.monotonic()
        refused: dict[str, UncagedError] = {}
        why, busy = "", False
        while True:
            for address in self._in_turn():
                if address in refused:
                    continue
                try:
                    trouble = yield from self._offered(address)
                    if not trouble:
                        return
                    why, busy = trouble, True
                except UncagedError as error:
                    refused[address] = error
                except Unreached as error:
                    why, busy = f"{address} does not answer: {error}", False
                    self._addresses.rest(address, about(self._pace.poll * 5))
                self._release()
            if len(refused) == len(self._addresses.names):
                raise next(iter(refused.values()))
            waited = time.monotonic() - began
            most = self._pace.busy if busy else self._pace.silent
            if not self._addresses.is_full and waited > most:
                raise RunFailed(f"{why}.", "Ask again later, or choose another model.")
            self._tell.reached(0, "waiting for room elsewhere")
            yield from self._tell.pause(about(self._pace.poll))

    def _in_turn(self) -> list[str]:
        """Those that have room; first where it may be under way already."""
        open_ = {one.address for one in self._memory.asked if not one.job}
        return sorted(self._addresses.free(), key=lambda one: one not in open_)

    def _offered(self, address: str) -> Generator[Event, None, str]:
        """Asks there; empty where it is made there now, else why there is no room. Raises `Unreached`, and where it
        never will be."""
        known = is_still(self._form)
        open_ = (one for one in self._memory.asked if one.address == address)
        asked = next((one for one in open_ if known or not one.job), None)
        asked = remembered.new(address) if asked is None else asked
        self._take(asked)
        self._memory.note(asked)
        job = self._now
        try:
            answer = yield from job.posted(self._form, asked.key)
            if job.comes_at_once(answer):  # and is asked for anew where that is broken off
                self._memory.forget(asked)
            taken = yield from job.accepted(answer, self._form)
        except Unreached as error:
            if not error.sent:
                self._memory.forget(asked)
            raise
        except UncagedError:
            self._memory.forget(asked)
            raise
        if taken and job.known is not None:
            self._asked = replace(asked, job=job.known.id)
            self._memory.note(self._asked)
            return ""
        if taken or not is_still(self._form):  # a picture may be in line there, under this key
            self._memory.forget(asked)
        if taken:
            return ""
        self._addresses.rest(address, answer.rest or about(self._pace.longest))
        return f"{address} is busy ({wire.complaint(answer)})"

    def _shown(self, where: str) -> Generator[Event, None, None]:
        """Its mark, its sound and its frames; and in what it is not what was asked for."""
        who = self._now.at.address
        if self._score.is_picture:
            pixels, theirs, mark = yield from self._tell.aside(
                lambda: film.picture(self._film, self._score, who)
            )
            yield Marked(mark)
            yield Frame(pixels)
            yield Understood({}, f"{where} {film.said(theirs, 1, self._score)}".rstrip())
            return
        given, wanted = 0, self._score.frame_count
        with film.opened(self._film, self._score, who) as coming:
            measures = yield from self._tell.aside(coming.measures)
            theirs = film.checked(measures, self._score, who)
            yield Marked(coming.mark)
            while (part := (yield from self._tell.aside(coming.sound))) is not None:
                yield part
            while (pixels := (yield from self._tell.aside(coming.frame))) is not None:
                yield Frame(pixels)
                given += 1
                self._tell.reached(MADE + (STEPS - MADE) * given // wanted, "fetched")
                yield self._tell.now
        film.whole(theirs, coming.seen, given, self._score, who)
        said = film.said(theirs, given, self._score, coming.sound_breaks_off)
        yield Understood({}, f"{where} {said}".rstrip())

    def _take(self, asked: Asked) -> None:
        self._addresses.take(asked.address)
        self._asked = asked
        at = Asker(asked.address, self._order.key, self._pace, self._order.mark)
        self._job = Job(at, self._place.speaks, self._tell, self._film, self._until)

    def _release(self) -> None:
        if self._job is not None:
            self._addresses.let_go(self._job.at.address)
            self._job.close()
            self._job = None

    def _leave(self, stays: bool = False) -> None:
        """What was made there, or still is, is deleted there. stays: it is not; what is written down says where it is,
        and the steward knows whether somebody takes it up or nobody waits for it."""
        if self._job is not None and self._asked is not None:
            heard, asked = self._job.heard(), self._asked
            if self._job.known is not None:
                self._memory.note(replace(asked, job=self._job.known.id))
            if not stays and heard and self._job.deleted():
                self._memory.forget(asked)
        self._release()
