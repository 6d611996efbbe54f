"""A film made elsewhere: asked for, waited for, fetched, and told frame by frame; several at a time.

An address that refuses is left alone for a while and the next is asked. Nothing is left there that nobody waits for.
"""

import time
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from uncaged.core.errors import AskedWrong, Impossible, RunFailed, UncagedError
from uncaged.core.order import Event, Frame, Noted, Order, Progress, Understood
from uncaged.core.words import _
from uncaged.engines.remote import film, wire
from uncaged.engines.remote.asking import Answer, Asker, Pace, Unreached
from uncaged.engines.remote.errand import STEPS, Aside, Telling, about
from uncaged.engines.remote.place import Place

TRIES: Final = 3
"""Times that a film is asked for, where one that was begun is lost; and that it is fetched."""

MADE: Final = 90
"""How far it is, of `STEPS`, once it is made there and only has to come."""

SYNC: Final = "/v1/videos/sync"
"""Where vLLM-Omni gives a film at once: the only way where it runs in several processes."""


class Lost(Exception):
    """It was begun there, and nobody there knows of it any more."""


class RemotePerformance:
    """What is known of the addresses while they are used. pace: see `Pace`."""

    def __init__(self, place: Place, pace: Pace | None = None) -> None:
        self.place, self.pace = place, pace or Pace()
        self._room = Counter(place.addresses)
        self._taken: Counter[str] = Counter()
        self._rests: dict[str, float] = {}

    def perform(self, order: Order) -> Iterator[Event]:
        return _Making(self, order).events()

    def strokes(self, order: Order, at: float) -> str:
        raise Impossible(_("A film that is made elsewhere has no strokes for a pen."))

    def free(self) -> list[str]:
        """The addresses that have room and are not left alone, least busy first."""
        now = time.monotonic()
        able = [
            one
            for one, most in self._room.items()
            if self._taken[one] < most and self._rests.get(one, 0.0) <= now
        ]
        return sorted(able, key=lambda one: self._taken[one] / self._room[one])

    @property
    def is_full(self) -> bool:
        """Whether all that is asked for there is ours."""
        return all(self._taken[one] >= most for one, most in self._room.items())

    def rest(self, address: str, seconds: float) -> None:
        """It is left alone for so long."""
        self._rests[address] = time.monotonic() + seconds

    def take(self, address: str) -> None:
        """One more film there."""
        self._taken[address] += 1

    def let_go(self, address: str) -> None:
        """One less."""
        self._taken[address] -= 1


class _Making:
    """One film."""

    def __init__(self, all_: RemotePerformance, order: Order) -> None:
        self._all, self._order, self._pace = all_, order, all_.pace
        self._score = order.score
        self._tell = Telling()
        self._form = wire.asked(all_.place, self._score, order.files)
        self._film = Path(order.scratch or ".") / "theirs"
        self._until = time.monotonic() + all_.pace.last
        self._at: Asker | None = None
        self._posting: Aside[Answer] | None = None
        self._job: wire.Job | None = None

    def events(self) -> Iterator[Event]:
        """All of it. Raises `RunFailed`, `AskedWrong`."""
        where = f"{self._all.place.model} performs elsewhere: at {self._all.place.hosts}."
        yield Understood({}, where)
        try:
            yield from self._made()
            assert self._at is not None
            who = self._at.address
            yield Noted(self._facts(who))
            yield from self._shown(who, where)
        finally:
            self._leave()
            self._film.unlink(missing_ok=True)
        yield Progress(STEPS, STEPS, "fetched")

    def _facts(self, who: str) -> dict[str, str]:
        known = {"at": who, "their_model": self._all.place.model, "sent": wire.names(self._form)}
        return known | ({} if self._job is None else {"their_id": self._job.id})

    def _made(self) -> Generator[Event, None, None]:
        """Until the film lies here. One that is lost there is asked for anew."""
        why = ""
        for number in range(TRIES):
            try:
                yield from self._begun(f"{self._order.run}-{self._order.attempt}-{number}")
                if self._job is not None:
                    yield from self._waited()
                    yield from self._fetched()
                return
            except Lost as lost:
                why = str(lost)
                self._leave()
        raise RunFailed(why, "Ask again, or choose another model.")

    def _begun(self, key: str) -> Generator[Event, None, None]:
        """Until one of the addresses has taken it. Each is asked in its turn."""
        began = time.monotonic()
        refused: dict[str, UncagedError] = {}
        why, busy = "", False
        while True:
            for address in self._all.free():
                if address in refused:
                    continue
                self._take(address)
                try:
                    answer = yield from self._posted(key)
                    if (yield from self._accepted(answer)):
                        return
                    why, busy = f"{address} is busy ({wire.complaint(answer)})", True
                    self._all.rest(address, answer.rest or about(self._pace.longest))
                except UncagedError as error:
                    refused[address] = error
                except Unreached as error:
                    why, busy = f"{address} does not answer: {error}", False
                    self._all.rest(address, about(self._pace.poll * 5))
                self._release()
            if len(refused) == len(set(self._all.place.addresses)):
                raise next(iter(refused.values()))
            waited = time.monotonic() - began
            if not self._all.is_full and waited > (self._pace.busy if busy else self._pace.silent):
                raise RunFailed(f"{why}.", "Ask again later, or choose another model.")
            self._tell.reached(0, "waiting for room elsewhere")
            yield from self._tell.pause(about(self._pace.poll))

    def _posted(self, key: str) -> Generator[Event, None, Answer]:
        """Asked at the address in hand; again under the same key where the answer was lost.

        Raises `Unreached`, `RunFailed` where nobody can know whether it makes it.
        """
        at = self._now_at()
        headers = {"Idempotency-Key": key}
        self._tell.reached(0, f"asking {at.address}")
        for number in range(TRIES):
            try:
                self._posting = Aside(
                    lambda: at.ask("POST", "/v1/videos", self._form, headers=headers)
                )
                answer = yield from self._tell.follow(self._posting)
                self._posting = None
                return answer
            except Unreached as error:
                self._posting = None
                if not error.sent:
                    raise
                if self._all.place.speaks != "uncaged":
                    raise RunFailed(
                        f"{at.address} gave no answer to what was asked ({error}), and may make it all the same.",
                        "Ask again.",
                    ) from None
                if number == TRIES - 1:
                    raise
            yield from self._tell.pause(about(self._pace.poll * 2**number))
        raise AssertionError  # the last try returns or raises

    def _accepted(self, answer: Answer) -> Generator[Event, None, bool]:
        """Whether it makes it now; False where it has no room. Raises where it never will."""
        at = self._now_at()
        found = wire.job(answer)
        if answer.is_good and found is not None:
            self._job = found
            return True
        if answer.status == 409 and self._all.place.speaks == "vllm-omni":
            yield from self._at_once()
            return True
        if answer.status in (408, 409, 425, 429) or answer.status >= 500:
            return False
        raise refusal(at.address, answer)

    def _at_once(self) -> Generator[Event, None, None]:
        """The film is the answer itself; nothing is said on the way."""
        at = self._now_at()
        self._tell.reached(0, f"made at {at.address}")
        try:
            answer, mime = yield from self._tell.aside(
                lambda: at.fetch("POST", SYNC, self._film, self._form)
            )
        except Unreached as error:
            raise RunFailed(f"{at.address} broke off: {error}.", "Ask again.") from None
        if answer.status != 200:
            raise refusal(at.address, answer)
        film.refuse_others(self._film, mime, at.address)

    def _waited(self) -> Generator[Event, None, None]:
        """Until it is made there. Raises `Lost`, `RunFailed`."""
        at, heard, interval = self._now_at(), time.monotonic(), self._pace.poll
        assert self._job is not None
        path = f"/v1/videos/{self._job.id}"
        while self._job.state not in ("completed", "failed"):
            doing = f"{'made' if self._job.state == 'in_progress' else 'in line'} at {at.address}"
            self._tell.reached(self._job.progress * MADE // 100, doing)
            after = self._job.after
            yield from self._tell.pause(about(interval if after is None else min(after, 30.0)))
            interval = min(interval * 1.3, self._pace.longest)
            try:
                answer = yield from self._tell.aside(lambda: at.ask("GET", path))
                found = self._looked(at.address, answer)
                why = f"it answers {wire.complaint(answer)}, which is no word about a film"
            except Unreached as error:
                found, why = None, str(error)
            now = time.monotonic()
            if found is not None:
                self._job, heard = found, now
            elif now - heard > self._pace.silent:
                raise Lost(f"{at.address} has gone silent: {why}.")
            if now > self._until:
                raise RunFailed(f"{at.address} was waited for long enough.", "Ask again.")
        if self._job.state == "failed":
            why = self._job.why or "it does not say why"
            raise RunFailed(f"{at.address} could not make it: {why}.")

    def _looked(self, address: str, answer: Answer) -> wire.Job | None:
        """What it says of the film; as it was where it wants to be left alone; None where it says nothing of use."""
        assert self._job is not None
        found = wire.job(answer)
        failed = found is not None and found.state == "failed"  # vLLM-Omni refuses to show it
        if found is not None and found.id == self._job.id and (answer.is_good or failed):
            return found
        if answer.status in (404, 410):
            raise Lost(f"{address} has lost the film ({wire.complaint(answer)}).")
        if answer.status in (401, 403):
            raise refusal(address, answer)
        if answer.status == 429:
            self._job = wire.Job(self._job.id, self._job.state, self._job.progress, "", answer.rest)
            return self._job
        return None

    def _fetched(self) -> Generator[Event, None, None]:
        """The film comes. Raises `Lost` where it is there no more, `RunFailed`."""
        at = self._now_at()
        assert self._job is not None
        path, why = f"/v1/videos/{self._job.id}/content", ""
        self._tell.reached(MADE, f"fetching it from {at.address}")
        for number in range(TRIES):
            try:
                answer, mime = yield from self._tell.aside(
                    lambda: at.fetch("GET", path, self._film)
                )
            except Unreached as error:
                why = str(error)
            else:
                if answer.status == 200:
                    film.refuse_others(self._film, mime, at.address)
                    return
                if answer.status in (404, 410):
                    raise Lost(f"{at.address} has not kept the film ({wire.complaint(answer)}).")
                if answer.status != 429 and answer.status < 500:
                    raise refusal(at.address, answer)
                why = wire.complaint(answer)
            yield from self._tell.pause(about(self._pace.poll * 2**number))
        raise RunFailed(f"The film of {at.address} did not come: {why}.", "Ask again.")

    def _shown(self, who: str, where: str) -> Generator[Event, None, None]:
        """Its frames; and in what it is not what was asked for."""
        theirs = film.facts(self._film, self._score, who)
        given, wanted = 0, self._score.frame_count
        for pixels in film.frames(self._film, theirs, self._score, who):
            yield Frame(pixels)
            given += 1
            self._tell.reached(MADE + (STEPS - MADE) * given // wanted, "fetched")
            yield self._tell.now
        yield Understood({}, f"{where} {film.said(theirs, given, self._score)}".rstrip())

    def _take(self, address: str) -> None:
        self._all.take(address)
        self._at = Asker(address, self._order.key, self._pace)

    def _now_at(self) -> Asker:
        assert self._at is not None
        return self._at

    def _release(self) -> None:
        if self._at is not None:
            self._all.let_go(self._at.address)
            self._at.close()
            self._at = None

    def _leave(self) -> None:
        """What it made there, or still makes, is deleted there: nobody waits for it, or it is here."""
        if self._at is None:
            return
        at, leave = self._at, self._pace.leave
        if self._posting is not None and self._posting.wait(leave / 2):
            with suppress(Exception):  # it was asked for, and nobody has heard what became of it
                self._job = wire.job(self._posting.result())
        if self._job is not None:
            with suppress(Unreached):
                at.ask("DELETE", f"/v1/videos/{self._job.id}", within=leave)
        self._job = self._posting = None
        self._release()


def refusal(address: str, answer: Answer) -> UncagedError:
    """Why it never will, in words."""
    said = wire.complaint(answer)
    if answer.status == 401:
        return RunFailed(
            f"{address} does not take the studio's key ({said}).",
            "Whoever keeps this studio gives another: uncaged models add-remote … --key-from",
        )
    if answer.status == 403:
        return RunFailed(f"{address} does not allow it ({said}).")
    if answer.status == 404:
        return RunFailed(f"{address} has no such model, or makes no films ({said}).")
    if answer.status in (400, 413, 422):
        return AskedWrong(
            _("%(where)s cannot make this (%(why)s).") % {"where": address, "why": said},
            _("Change what it asks about."),
        )
    if 300 <= answer.status < 400:
        return RunFailed(f"{address} sends us to another place ({said}), where nobody here goes.")
    if answer.is_good:
        return RunFailed(f"{address} gives an answer that is no word about a film ({said}).")
    return RunFailed(f"{address} refuses ({said}).")
