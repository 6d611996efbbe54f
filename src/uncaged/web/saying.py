"""What a small form says, or a small JSON object: fields by name, all of them text. Knows no field."""

from collections.abc import Mapping
from typing import Any, cast

from starlette.requests import Request

from uncaged.core.errors import AskedWrong
from uncaged.web.errors import TooLarge
from uncaged.web.reading import kind_of, read_form, read_value
from uncaged.web.words import _

FIELDS, LARGEST = 24, 20_000
"""Fields, and bytes of one, at most."""


async def said(request: Request, largest: int = LARGEST) -> Mapping[str, str]:
    """The fields of a form or an object; what is sent twice counts once, the last. Raises `AskedWrong`."""
    if kind_of(request) == "application/json":
        return _object(await request.body(), largest)
    form = await read_form(request, files=0, fields=FIELDS, largest=largest)
    try:
        found = {name: value for name, value in form.items() if isinstance(value, str)}
    finally:
        await request.close()
    for name, value in found.items():
        _check(name, value, largest)
    return found


def _object(body: bytes, largest: int) -> Mapping[str, str]:
    value: Any = read_value(body, FIELDS * 2) if body else {}
    if not isinstance(value, dict):
        raise AskedWrong(_("Send an object with the fields of the form."))
    found: dict[str, str] = {}
    for name, one in cast("dict[str, Any]", value).items():
        if one is None:
            continue
        text = str(one) if isinstance(one, str | int | float) else ""
        if not text and one not in ("", 0):
            raise AskedWrong(_("{} is to be a text.").format(name[:60]))
        _check(name, text, largest)
        found[name] = text
    return found


def _check(name: str, value: str, largest: int) -> None:
    if len(value.encode(errors="replace")) > largest:
        raise TooLarge(_("The field {} is longer than it can be.").format(name[:60]))
    if "\0" in value:
        raise AskedWrong(_("The field {} holds a character that is none.").format(name[:60]))
