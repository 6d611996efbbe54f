"""One film at one address: asked for, waited for, fetched, and deleted there. Which address, `performing` knows."""

from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any, Final

from uncaged.core.errors import RunFailed
from uncaged.core.order import Event
from uncaged.engines.remote import film, wire
from uncaged.engines.remote.asking import Answer, Asker, Form, Pace, Unreached
from uncaged.engines.remote.errand import Aside, Telling, about
from uncaged.engines.remote.place import Speaks
from uncaged.engines.remote.remembered import delete

TRIES: Final = 3
"""Times that a film is asked for, where one that was begun is lost; and that it is fetched."""

MADE: Final = 90
"""How far it is, of `STEPS`, once it is made there and only has to come."""

SYNC: Final = "/v1/videos/sync"
"""Where vLLM-Omni gives a film at once: the only way where it runs in several processes."""

GONE: Final = (404, 410)


def is_still(form: Form) -> bool:
    """Whether a picture is asked for."""
    return form.path in (wire.STILLS, wire.EDITED)


class Lost(Exception):
    """It was begun there, and nobody there knows of it any more."""


@dataclass(slots=True)
class Job:
    """at: who is asked. film: where it is to lie here. until: when nobody waits for it any longer (monotonic).

    known: as it was heard of last; None before it is taken, and where it came at once.
    """

    at: Asker
    speaks: Speaks
    tell: Telling
    film: Path
    until: float
    known: wire.Job | None = None
    _posting: Aside[Answer] | None = None

    @property
    def pace(self) -> Pace:
        """How long what may take."""
        return self.at.pace

    def posted(self, form: Form, key: str) -> Generator[Event, None, Answer]:
        """Asks for it; again under the same key where the answer was lost.

        Raises `Unreached`, `RunFailed` where nobody can know whether it is made.
        """
        headers, more = {"Idempotency-Key": key}, dict[str, Any]()
        self.tell.reached(0, f"asking {self.at.address}")
        if is_still(form):  # the picture is the answer itself
            more = {"within": self.pace.film, "most": wire.LARGEST_STILL}
        for number in range(TRIES):
            try:
                self._posting = Aside(
                    lambda: self.at.ask("POST", form.path, form, headers=headers, **more)
                )
                answer = yield from self.tell.follow(self._posting)
                self._posting = None
                return answer
            except Unreached as error:
                self._posting = None
                if not error.sent:
                    raise
                self.refuse_to_guess(str(error))
                if number == TRIES - 1:
                    raise
            yield from self.tell.pause(about(self.pace.poll * 2**number))
        raise AssertionError  # the last try returns or raises

    def refuse_to_guess(self, why: str) -> None:
        """Raises `RunFailed` where it was asked for without an answer, and those who are asked know no keys."""
        if self.speaks != "uncaged":
            raise RunFailed(
                f"{self.at.address} gave no answer to what was asked ({why}), and may make it all the same.",
                "Ask again.",
            )

    def comes_at_once(self, answer: Answer) -> bool:
        """Whether it can only be asked for as the answer itself."""
        return answer.status == 409 and self.speaks == "vllm-omni"

    def accepted(self, answer: Answer, form: Form) -> Generator[Event, None, bool]:
        """Whether it is made now; False where there is no room. Raises where it never will be."""
        found, still = wire.job(answer), wire.still(answer) if is_still(form) else None
        if answer.is_good and still is not None:
            self.film.write_bytes(still[0])
            self.known = wire.Job(still[1], "completed") if still[1] else None
            return True
        if answer.is_good and found is not None and not is_still(form):
            self.known = found
            return True
        if self.comes_at_once(answer) and not is_still(form):
            yield from self._at_once(form)
            return True
        if answer.status in (408, 409, 425, 429) or answer.status >= 500:
            return False
        raise wire.refusal(self.at.address, answer)

    def _at_once(self, form: Form) -> Generator[Event, None, None]:
        """The film is the answer itself; nothing is said on the way."""
        self.tell.reached(0, f"made at {self.at.address}")
        try:
            answer, mime = yield from self.tell.aside(
                lambda: self.at.fetch("POST", SYNC, self.film, form)
            )
        except Unreached as error:
            raise RunFailed(f"{self.at.address} broke off: {error}.", "Ask again.") from None
        if answer.status != 200:
            raise wire.refusal(self.at.address, answer)
        film.refuse_others(self.film, mime, self.at.address)

    def waited(self) -> Generator[Event, None, None]:
        """Until it is made there. Raises `Lost`, `RunFailed`."""
        at, heard, interval = self.at, monotonic(), self.pace.poll
        assert self.known is not None
        path = f"/v1/videos/{self.known.id}"
        while self.known.state not in ("completed", "failed"):
            doing = f"{'made' if self.known.state == 'in_progress' else 'in line'} at {at.address}"
            self.tell.reached(self.known.progress * MADE // 100, doing)
            after = self.known.after
            yield from self.tell.pause(about(interval if after is None else min(after, 30.0)))
            interval = min(interval * 1.3, self.pace.longest)
            try:
                answer = yield from self.tell.aside(lambda: at.ask("GET", path))
                found = self._looked(answer)
                why = f"it answers {wire.complaint(answer)}, which is no word about a film"
            except Unreached as error:
                found, why = None, str(error)
            now = monotonic()
            if found is not None:
                self.known, heard = found, now
            elif now - heard > self.pace.silent:
                raise Lost(f"{at.address} has gone silent: {why}.")
            if now > self.until:
                raise RunFailed(f"{at.address} was waited for long enough.", "Ask again.")
        if self.known.state == "failed":
            why = self.known.why or "it does not say why"
            raise RunFailed(f"{at.address} could not make it: {why}.")

    def _looked(self, answer: Answer) -> wire.Job | None:
        """What it says of the film; as it was where it wants to be left alone; None where it says nothing of use."""
        assert self.known is not None
        found = wire.job(answer)
        failed = found is not None and found.state == "failed"  # vLLM-Omni refuses to show it
        if found is not None and found.id == self.known.id and (answer.is_good or failed):
            return found
        if answer.status in GONE:
            raise Lost(f"{self.at.address} has lost the film ({wire.complaint(answer)}).")
        if answer.status in (401, 403):
            raise wire.refusal(self.at.address, answer)
        if answer.status == 429:
            return wire.Job(self.known.id, self.known.state, self.known.progress, "", answer.rest)
        return None

    def fetched(self) -> Generator[Event, None, None]:
        """The film comes. Raises `Lost` where it is there no more, `RunFailed`."""
        at = self.at
        assert self.known is not None
        path, why = f"/v1/videos/{self.known.id}/content", ""
        self.tell.reached(MADE, f"fetching it from {at.address}")
        for number in range(TRIES):
            try:
                answer, mime = yield from self.tell.aside(lambda: at.fetch("GET", path, self.film))
            except Unreached as error:
                why = str(error)
            else:
                if answer.status == 200:
                    film.refuse_others(self.film, mime, at.address)
                    return
                if answer.status in GONE:
                    raise Lost(f"{at.address} has not kept the film ({wire.complaint(answer)}).")
                if answer.status != 429 and answer.status < 500:
                    raise wire.refusal(at.address, answer)
                why = wire.complaint(answer)
            yield from self.tell.pause(about(self.pace.poll * 2**number))
        raise RunFailed(f"The film of {at.address} did not come: {why}.", "Ask again.")

    def heard(self) -> bool:
        """Whether it is known what became of it; an answer that is on its way is waited for, not for long."""
        posting, self._posting = self._posting, None
        if posting is None:
            return True
        if not posting.wait(self.pace.leave / 2):
            return False
        with suppress(Exception):  # nobody waits for the reason any more
            self.known = wire.job(posting.result())
        return True

    def deleted(self) -> bool:
        """What is made there, or was, is deleted there: nobody waits for it, or it is here. Whether nothing is left."""
        return self.known is None or delete(self.at, self.known.id)

    def close(self) -> None:
        """No more questions."""
        self.at.close()
