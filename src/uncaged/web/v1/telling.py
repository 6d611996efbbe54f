"""Tells webhooks what they wait to hear, until they have heard it or a day and more has passed.

What is to be told stands in the archive, so nothing is lost where this process ends. Knows no address and no signature;
`signing` does.
"""

import asyncio
import contextlib
import json
import sys
import traceback
from collections import Counter
from typing import Any

from uncaged.archive import hooks
from uncaged.archive.hooks import Delivery, Hook
from uncaged.core.errors import UncagedError
from uncaged.queue.fairness import SECOND
from uncaged.web.here import Web
from uncaged.web.outbound import IN_VAIN
from uncaged.web.v1.signing import Message, send

LOOK = 1.0
"""Seconds between two looks at what is due."""

PAUSES = (5, 30, 120, 600, 1800, 7200, 21_600, 43_200)
"""Seconds until it is tried again, after each time in vain; after the last it is given up."""

AT_ONCE, OF_ONE = 64, 4
"""Messages on their way at a time, in all and of one person; one to each webhook. So who hangs keeps nobody else
waiting."""

LONGEST_LOOK = 16 * AT_ONCE
"""Messages of one look: each of another webhook, of which one person has few."""


class Teller:
    """One for each web process."""

    def __init__(self, web: Web) -> None:
        self._web = web
        self._going: dict[str, tuple[Hook, asyncio.Task[None]]] = {}
        self._unwritten: dict[str, tuple[int | None, int | None]] = {}

    async def work(self) -> None:
        """Until it is cancelled."""
        if self._web.studio.settings.offline:
            return
        try:
            while True:
                try:
                    await self._look()
                except UncagedError:  # the archive is busy: a moment later
                    pass
                except Exception:  # whatever broke, the next look may go well
                    traceback.print_exc(file=sys.stderr)
                await asyncio.sleep(LOOK)
        finally:
            for _hook, task in self._going.values():
                task.cancel()

    async def _look(self) -> None:
        found = await self._web.run(self._due)
        busy = Counter(hook.person_id for hook, _task in self._going.values())
        for one in found:
            name, who = one.hook.id, one.hook.person_id
            if name in self._going or busy[who] >= OF_ONE or busy.total() >= AT_ONCE:
                continue
            busy[who] += 1
            task = asyncio.create_task(self._tell(one))
            self._going[name] = one.hook, task
            task.add_done_callback(lambda _, name=name: self._going.pop(name, None))

    def _due(self) -> tuple[Delivery, ...]:
        with self._web.studio.archive.read() as conn:
            return hooks.due(conn, self._web.studio.clock.now(), LONGEST_LOOK)

    async def _tell(self, one: Delivery) -> None:
        """Tells it, and writes that down; where that cannot be written, it is not told again until it can."""
        if one.id not in self._unwritten:
            status = await told(self._web, one)
            pause = None if heard(status) or one.tries >= len(PAUSES) else PAUSES[one.tries]
            again = None if pause is None else self._web.studio.clock.now() + pause * SECOND
            self._unwritten[one.id] = status, again
        outcome = self._unwritten[one.id]
        with contextlib.suppress(UncagedError):
            await asyncio.wrap_future(
                self._web.studio.submit(lambda conn: hooks.tried(conn, one.id, *outcome))
            )
            del self._unwritten[one.id]


def heard(status: int | None) -> bool:
    """Whether an answer says that the message was taken."""
    return status is not None and 200 <= status < 300


async def told(web: Web, one: Delivery) -> int | None:
    """Tries once; the status of the answer, None where there was none, or the address may not be told."""
    now = web.studio.clock.now()
    hook = one.hook
    keys = [hook.secret]
    if hook.old_secret is not None and hook.old_until is not None and now < hook.old_until:
        keys.append(hook.old_secret)
    message = Message(f"evt_{one.id}", now // SECOND, body_of(one))
    try:
        return await send(web.way, hook.url, message, keys)
    except (UncagedError, *IN_VAIN):
        return None


def body_of(one: Delivery) -> bytes:
    """The event as its receiver reads it."""
    event: dict[str, Any] = {
        "id": f"evt_{one.id}",
        "object": "event",
        "created_at": one.created // SECOND,
        "type": one.event,
        "data": {"id": one.work_id},
    }
    return json.dumps(event).encode()
