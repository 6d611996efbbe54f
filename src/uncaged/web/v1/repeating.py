"""Requests that are sent again: by a client that heard nothing, under an Idempotency-Key, or by somebody who wants two.

Two equal requests are two films, unless one says that it is the other: by its key, or by the count that clients send.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, cast

from sqlalchemy import Connection
from starlette.datastructures import UploadFile

from uncaged.archive import askings, runs, works
from uncaged.archive.askings import Asking
from uncaged.archive.run import Run
from uncaged.core.errors import AskedWrong, NotFound
from uncaged.studio import entering
from uncaged.web.asking import key_of
from uncaged.web.here import Here
from uncaged.web.v1.errors import WrongField
from uncaged.web.v1.fields import Given
from uncaged.web.v1.given import sha256_of
from uncaged.web.words import _

OVERTAKING = 1_000
"""Repetitions that are remembered here: each for as long as the first of it takes, seconds at most."""


def asking_of(here: Here, route: str, given: Mapping[str, Any]) -> Asking:
    """What this request is known by. Raises `WrongField` for a key that is none."""
    try:
        key = key_of(here.headers)
    except AskedWrong as error:
        raise WrongField(error.message, param="Idempotency-Key") from None
    secret, who = entering.secret_of(here.studio), here.studio.person
    said = _keyed(secret, ["said", who, route, _plain(given)])
    mark = None if key is None else _keyed(secret, ["key", who, key])
    again = here.headers.get("x-stainless-retry-count", "0") not in ("", "0")
    return Asking(mark, said, again, here.studio.clock.now())


def asking_as(
    here: Here, asking: Asking, route: str, given: Mapping[str, Any]
) -> Callable[[Here], Asking]:
    """What this request is known by, of a person: `asking` as it is, unless they were nobody yet when it came."""

    def of(who: Here) -> Asking:
        if who is here:
            return asking
        return replace(asking_of(who, route, given), came=asking.came)

    return of


def once(conn: Connection, here: Here, asking: Asking, promise: Callable[[], Run]) -> Run:
    """The run that this was asked for as before, or the one that `promise` puts in line now. Raises as `known` does."""
    now = here.studio.clock.now()
    before = known(conn, asking, now) or _overtaken(conn, here, asking)
    if before is not None:
        return before
    run = promise()
    assert run.work_id is not None
    askings.remember(conn, asking, run.work_id, now)
    if asking.again:
        repeated = here.web.repeated
        repeated[asking.said] = now, run.work_id
        if len(repeated) > OVERTAKING:
            del repeated[next(iter(repeated))]
    return run


def _overtaken(conn: Connection, here: Here, asking: Asking) -> Run | None:
    """What its own repetition became, which was faster: a client that lost patience with this one sent it."""
    when, work = here.web.repeated.get(asking.said, (0, ""))
    if asking.again or asking.mark is not None or not work or when < asking.came:
        return None
    with suppress(NotFound):
        return runs.get(conn, works.run_of(conn, work))
    return None


def known(conn: Connection, asking: Asking, now: int) -> Run | None:
    """The run that this was asked for as before. Raises `WrongField` where the key was used for something else."""
    found = askings.find(conn, asking, now)
    if found is None:
        return None
    if not found.same:
        raise WrongField(
            _("This Idempotency-Key was used for another request before."),
            _("Use each for one request only."),
            param="Idempotency-Key",
            code="idempotency_key_reused",
        )
    try:
        return runs.get(conn, works.run_of(conn, found.work_id))
    except NotFound:
        if asking.mark is None:
            return None
        raise WrongField(
            _("This was asked for before, and its video was deleted."),
            _("Ask with another Idempotency-Key."),
            param="Idempotency-Key",
            code="idempotency_key_reused",
        ) from None


async def before(here: Here, asking: Asking) -> Run | None:
    """The same, for whoever only looks: what was made before needs no pictures to be fetched or opened again."""
    if asking.mark is None and not asking.again:
        return None

    def look() -> Run | None:
        with here.studio.archive.read() as conn:
            return known(conn, asking, here.studio.clock.now())

    return await here.web.run(look)


def _keyed(secret: bytes, said: object) -> str:
    text = json.dumps(said, sort_keys=True, ensure_ascii=True).encode()
    return hmac.new(secret, text, hashlib.sha256).hexdigest()


def _plain(value: Any) -> Any:
    """The value with a hash for each file: each sending of a form is written in other bytes."""
    if isinstance(value, UploadFile):
        return {"sha256": sha256_of(Given(upload=value))}
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [_plain(one) for one in cast("list[Any]", value)]
    return value
