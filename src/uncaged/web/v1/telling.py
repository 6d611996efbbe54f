"""Tells webhooks what they wait to hear, until they have heard it or a day and more has passed.

What is to be told stands in the archive, so nothing is lost where this process ends. Knows no address and no signature;
`outbound` does.
"""

import asyncio
import contextlib
import json
from typing import Any

import httpx2

from uncaged.archive import hooks
from uncaged.archive.hooks import Delivery
from uncaged.core.errors import UncagedError
from uncaged.queue.fairness import SECOND
from uncaged.web.here import Web
from uncaged.web.v1.outbound import Message, send

LOOK = 1.0
"""Seconds between two looks at what is due."""

PAUSES = (5, 30, 120, 600, 1800, 7200, 21_600, 43_200)
"""Seconds until it is tried again, after each time in vain; after the last it is given up."""

AT_ONCE = 32
"""Messages on their way at a time; one to each webhook, so that one who hangs keeps nobody else waiting for long."""


class Teller:
    """One for each web process."""

    def __init__(self, web: Web) -> None:
        self._web = web
        self._going: dict[str, asyncio.Task[None]] = {}

    async def work(self) -> None:
        """Until it is cancelled."""
        if self._web.studio.settings.offline:
            return
        try:
            while True:
                with contextlib.suppress(UncagedError):  # the archive is busy: a moment later
                    await self._look()
                await asyncio.sleep(LOOK)
        finally:
            for task in self._going.values():
                task.cancel()

    async def _look(self) -> None:
        for one in await self._web.run(self._due):
            if one.hook.id not in self._going and len(self._going) < AT_ONCE:
                task = asyncio.create_task(self._tell(one))
                self._going[one.hook.id] = task
                task.add_done_callback(lambda _, name=one.hook.id: self._going.pop(name, None))

    def _due(self) -> tuple[Delivery, ...]:
        with self._web.studio.archive.read() as conn:
            return hooks.due(conn, self._web.studio.clock.now(), 4 * AT_ONCE)

    async def _tell(self, one: Delivery) -> None:
        status = await told(self._web, one)
        well = status is not None and 200 <= status < 300
        pause = None if well or one.tries >= len(PAUSES) else PAUSES[one.tries]
        again = None if pause is None else self._web.studio.clock.now() + pause * SECOND
        with contextlib.suppress(UncagedError):  # it is told once more then, under the same id
            await asyncio.wrap_future(
                self._web.studio.submit(lambda conn: hooks.tried(conn, one.id, status, again))
            )


async def told(web: Web, one: Delivery) -> int | None:
    """Tries once; the status of the answer, None where there was none, or the address may not be told."""
    now = web.studio.clock.now()
    hook = one.hook
    keys = [hook.secret]
    if hook.old_secret is not None and hook.old_until is not None and now < hook.old_until:
        keys.append(hook.old_secret)
    message = Message(f"evt_{one.id}", now // SECOND, body_of(one))
    try:
        return await send(hook.url, message, keys, web.studio.settings.private_hooks)
    except (UncagedError, OSError, TimeoutError, ValueError, httpx2.HTTPError, httpx2.InvalidURL):
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
