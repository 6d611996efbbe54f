"""Bodies as they are read, for pages and `/v1` alike: forms and JSON, neither too large nor too deep.

Knows no field by name and no person. What cannot be read is `AskedWrong`.
"""

import json
import re
from collections.abc import Callable
from typing import Any, TypeVar, cast

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

from uncaged.core.errors import AskedWrong
from uncaged.web.errors import NotThere, TooLarge, on_a_full_disk
from uncaged.web.words import _

T = TypeVar("T")

URLENCODED = "application/x-www-form-urlencoded"
FORMS = ("multipart/form-data", URLENCODED)

SHORT, LARGEST_URLENCODED = 100_000, 1_000_000
"""Bytes of a body that is worth no thread; of one whose every letter may be written as three."""

DEEP, DIGITS = 64, 400
"""How deep values in JSON lie in one another, and digits of a whole number, at most."""

_CHARSET = re.compile(r"charset\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)
_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*+\\?(?:"|\Z)', re.DOTALL)


def kind_of(request: Request) -> str:
    """What a body says it is, in small letters. Raises `NotThere` (415) for one that is packed."""
    if request.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        raise NotThere(_("This body is packed."), _("Send it as it is."), status=415)
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def aside(length: int, read: Callable[[], T]) -> T:
    """What `read` makes of so many bytes: in a thread, where others would wait for it."""
    return read() if length <= SHORT else await run_in_threadpool(read)


async def read_form(request: Request, *, files: int, fields: int, largest: int) -> FormData:
    """A form, of either kind; an empty one where the body is none. Whoever reads it closes the request.

    files, fields: how many it may have. largest: bytes of a field. Raises `AskedWrong`, `DiskFull`; 415 for a charset
    but UTF-8.
    """
    _in_utf8(request)
    if kind_of(request) == URLENCODED:
        data = await request.body()
        if len(data) > LARGEST_URLENCODED:
            raise TooLarge(
                _("A form of this kind holds {} MB at most.").format(
                    LARGEST_URLENCODED // 1_000_000
                ),
                _("Send it as multipart/form-data or as JSON."),
            )
        if data.count(b"&") >= fields:
            raise AskedWrong(_("This form has more than {} fields.").format(fields))
    try:
        with on_a_full_disk():
            return await request.form(max_files=files, max_fields=fields, max_part_size=largest)
    except HTTPException as error:  # how the framework says that it cannot be read
        raise AskedWrong(_("This form cannot be read: {}").format(error.detail)) from None


def _in_utf8(request: Request) -> None:
    said = _CHARSET.search(request.headers.get("content-type", ""))
    if said is not None and said[1].lower() not in ("utf-8", "utf8", "us-ascii"):
        raise NotThere(_("This form is not in UTF-8."), _("Send it in UTF-8."), status=415)


def read_value(data: bytes, most: int) -> Any:
    """A JSON value, of a body or of one field, of at most `most` values, not too deep. Raises `AskedWrong`."""
    if _values(data) > most and _values_outside_texts(data, most) > most:
        raise AskedWrong(_("The JSON holds more than {} values.").format(f"{most:,}"))
    value = read_json(data)
    if _depth(value) > DEEP:
        raise AskedWrong(_("The JSON is nested more than {} deep.").format(DEEP))
    return value


def _values(data: bytes) -> int:
    """How many values there are, roughly: each takes fifty times its byte in memory."""
    return sum(map(data.count, b"[{,"))


def _values_outside_texts(data: bytes, most: int) -> int:
    """The same without the commas of texts; where there are too many texts to look at, as many as these."""
    texts = data.count(b'"') // 4
    return texts if texts > most else _values(_TEXT.sub(b"", data))


def read_json(data: bytes) -> Any:
    """A JSON value, without numbers or letters that are none."""

    def refuse(name: str) -> None:
        raise AskedWrong(_("{} is no number that JSON knows.").format(name))

    try:
        value = json.loads(data.decode("utf-8-sig"), parse_constant=refuse, parse_int=_integer)
        if b"\\u" in data:
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise AskedWrong(_("The JSON holds half a character (a lone surrogate).")) from None
    except UnicodeDecodeError:
        raise AskedWrong(_("The JSON is no text in UTF-8.")) from None
    except (ValueError, RecursionError) as error:
        raise AskedWrong(_("This cannot be read as JSON: {}.").format(str(error)[:200])) from None
    return value


def _integer(digits: str) -> int:
    """A whole number of a length that somebody may mean: to read a long one takes the square of its digits."""
    if len(digits) > DIGITS:
        raise AskedWrong(_("A number has more than {} digits.").format(DIGITS))
    return int(digits)


def _depth(value: Any) -> int:
    """Lists and objects within one another, step by step: to go down by calls is what depth would break."""
    deep, level = 0, [value]
    while level := [one for one in level if isinstance(one, dict | list)]:
        deep += 1
        level = [
            below
            for one in cast("list[dict[str, Any] | list[Any]]", level)
            for below in (one.values() if isinstance(one, dict) else one)
        ]
    return deep
