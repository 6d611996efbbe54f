"""Small bodies: a few named words, from a form or from JSON alike. Knows no field by name."""

from typing import Any, cast

from starlette.requests import Request

from uncaged.core.errors import AskedWrong
from uncaged.web.reading import FORMS, kind_of, read_form, read_value
from uncaged.web.words import _

FIELDS, LARGEST, VALUES = 20, 4_000, 200
"""Fields of a form, bytes of one of them, values of JSON, at most."""


async def read_fields(request: Request) -> dict[str, str]:
    """What was sent, as text by name; of JSON, lists and truth values as a form would say them. Empty for no body.

    Raises `AskedWrong` for what is neither, or too much.
    """
    kind = kind_of(request)
    if kind in FORMS:
        try:
            form = await read_form(request, files=0, fields=FIELDS, largest=LARGEST)
        finally:
            await request.close()
        return {name: _short(name, value) for name, value in form.items() if isinstance(value, str)}
    data = await request.body()
    if not data.strip():
        return {}
    value = read_value(data, VALUES)
    if not isinstance(value, dict):
        raise AskedWrong(_("Send an object of named fields."))
    return {
        name: _short(name, _said(name, one)) for name, one in cast("dict[str, Any]", value).items()
    }


def _said(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and all(isinstance(one, str) for one in cast("list[Any]", value)):
        return ", ".join(cast("list[str]", value))
    if isinstance(value, str | int | float):
        return str(value)
    raise AskedWrong(_("{} is neither a word nor a list of words.").format(_named(name)))


def _short(name: str, value: str) -> str:
    if len(value) > LARGEST:
        raise AskedWrong(_("{} is longer than {} characters.").format(_named(name), f"{LARGEST:,}"))
    return value


def _named(name: str) -> str:
    return name[:40]
