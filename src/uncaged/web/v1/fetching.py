"""Pictures that lie elsewhere: fetched for whoever may ask for a film, before anything is asked for.

Nothing of their bytes is believed or looked at here: the limited child that opens every picture does that. No address
is written down anywhere.
"""

import asyncio
import tempfile
from collections.abc import AsyncGenerator, Generator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import replace
from typing import Any, cast
from urllib.parse import urljoin

from starlette.datastructures import UploadFile

from uncaged.core.errors import AskedWrong, TooMany
from uncaged.queue import admission
from uncaged.studio.entering import network_of
from uncaged.web.errors import on_a_full_disk
from uncaged.web.here import Here, Web
from uncaged.web.outbound import IN_VAIN, Answered, request
from uncaged.web.promising import may_bring
from uncaged.web.v1.errors import WrongField
from uncaged.web.v1.fields import Fields, Given, reference
from uncaged.web.words import _

WAIT = 20.0
"""Seconds for all pictures of a request together, however they come."""

HOPS = 3
"""Redirects that are followed, each through the same guard."""

AT_ONCE, OF_ONE = 8, 2
"""Requests on whose answer somebody waits here, at a time: for everybody, and for one person."""

MOVED = (301, 302, 303, 307, 308)
PICTURES = 16
"""Pictures of one request, at most."""

IN_MEMORY = 1 << 20


@asynccontextmanager
async def brought(
    here: Here, fields: Fields, name: str | None, several: bool = False
) -> AsyncGenerator[None]:
    """While the block lasts, what `name` gives by address lies here as if it had been sent along.

    several: it may be a list. Raises `WrongField`, `TooMany`.
    """
    value = None if name is None else fields.given.get(name)
    is_list = isinstance(value, list)
    if name is None or not value or isinstance(value, UploadFile) or (is_list and not several):
        yield  # whoever reads it says what is wrong with it
        return
    listed = cast("list[Any]", value) if is_list else [value]
    if len(listed) > PICTURES:
        raise WrongField(_("{} has more than {} pictures.").format(name, PICTURES), param=name)
    given = await here.web.write(lambda: [_read(name, one) for one in listed])
    async with AsyncExitStack() as opened:
        if any(one is not None and one.url is not None for one in given):
            await here.web.run(lambda: _may(here, name))
            with one_more(here):
                given = await _fetched(here.web, name, given, opened)
        kept = [one or "" for one in given]
        fields.given = {**fields.given, name: kept if is_list else kept[0]}
        yield


def _read(name: str, value: object) -> Given | None:
    return reference(Fields({name: value}), name, ("file_id",))


def _may(here: Here, name: str) -> None:
    """Whether anything may be fetched for this person now."""
    may_bring(here)
    studio = here.studio
    if studio.settings.offline:
        raise WrongField(
            _("This studio is offline: it fetches no pictures from elsewhere."),
            _send_it(),
            param=name,
            code="unsupported",
        )
    with studio.archive.read() as conn:
        bounds = admission.bounds_of(conn, here.web.policies.held.policy, studio.person)
        admission.check_count(conn, bounds, studio.person, 1, 0.0, studio.clock.now())


@contextmanager
def one_more(here: Here) -> Generator[None]:
    """Something is asked elsewhere for this person, while the block lasts. Raises `TooMany`."""
    held, who = here.web.elsewhere, here.studio.person or network_of(here.coming.address)
    if held[who] >= OF_ONE or held.total() >= AT_ONCE:
        raise TooMany(
            _(
                "This studio asks elsewhere as often at a time as it does for one person, or for all."
            ),
            _("Wait a little; a picture may also be sent along."),
            retry_after=5.0,
        )
    held[who] += 1
    try:
        yield
    finally:
        held[who] -= 1
        if not held[who]:
            del held[who]


async def _fetched(
    web: Web, name: str, given: list[Given | None], opened: AsyncExitStack
) -> list[Given | None]:
    found: list[Given | None] = []
    try:
        async with asyncio.timeout(WAIT):
            for one in given:
                if one is not None and one.url is not None:
                    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the stack closes it
                    part = UploadFile(cast("Any", file))
                    opened.push_async_callback(part.close)
                    await _fetch(web, name, one.url, part)
                    found.append(replace(one, url=None, upload=part))
                else:
                    found.append(one)
    except TimeoutError:
        raise _vain(name) from None
    return found


async def _fetch(web: Web, name: str, url: str, into: UploadFile) -> None:
    """One picture, wherever its address leads to within a few steps."""
    for _step in range(HOPS + 1):
        try:
            async with request(web.way, "GET", url, _WANTS) as answered:
                there = answered.answer.headers.get("location")
                if answered.answer.status_code not in MOVED or there is None:
                    await _take(web, name, answered, into)
                    return
                url = urljoin(url, there)
        except WrongField:
            raise
        except AskedWrong as error:
            raise WrongField(error.message, error.hint or _send_it(), param=name) from None
        except IN_VAIN:
            raise _vain(name) from None
    raise WrongField(
        _("The address in {} leads on to another more than {} times.").format(name, HOPS),
        _send_it(),
        param=name,
    )


async def _take(web: Web, name: str, answered: Answered, into: UploadFile) -> None:
    """The bytes as they come, no more of them than a picture may have. Raises `WrongField` and one of `IN_VAIN`."""
    answer = answered.answer
    if answer.status_code != 200:
        if not answered.public:  # what stands in this network says nothing of itself
            raise _vain(name)
        raise WrongField(
            _("The address in {} answered {}, and no picture.").format(name, answer.status_code),
            _send_it(),
            param=name,
        )
    megabytes, had = web.studio.settings.picture_megabytes, 0
    async for piece in answer.aiter_raw():
        had += len(piece)
        if had > megabytes * 1e6:
            raise WrongField(
                _("The picture in {} has more than {:g} MB.").format(name, megabytes),
                _("Give a smaller one."),
                param=name,
            )
        with on_a_full_disk():
            await into.write(piece)


_WANTS = {"Accept": "image/*", "Accept-Encoding": "identity"}


def _send_it() -> str:
    return _("Send the picture itself, as a file or as a data URL.")


def _vain(name: str) -> WrongField:
    """Alike for a name that is none, a closed door, silence and whatever stands in this network."""
    return WrongField(
        _("No picture came from the address in {}.").format(name), _send_it(), param=name
    )
