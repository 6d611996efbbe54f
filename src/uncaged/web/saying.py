"""What a small form says, or a small JSON object: fields by name, all of them text. Knows no field."""

import re
from collections.abc import Collection, Mapping
from typing import Any, cast

from starlette.datastructures import FormData
from starlette.requests import Request

from uncaged.core import numbers
from uncaged.core.errors import AskedWrong
from uncaged.core.score import shown
from uncaged.web.errors import TooLarge
from uncaged.web.reading import FORMS, kind_of, read_form, read_value
from uncaged.web.words import _

FIELDS, LARGEST, VALUES = 24, 20_000, 200
"""Fields, bytes of one, and values of an object, at most."""


async def said(
    request: Request, largest: int = LARGEST, fields: int = FIELDS, several: Collection[str] = ()
) -> Mapping[str, str]:
    """The fields of a form or an object; what is sent twice counts once, the last. Raises `AskedWrong`.

    several: fields of which each may be ticked many times: what is ticked, with commas.
    """
    if kind_of(request) not in FORMS:
        return _object(await request.body(), largest)
    form = await read_form(request, files=0, fields=fields, largest=largest)
    try:
        found = {name: value for name, value in form.items() if isinstance(value, str)}
        found |= {name: _all(form, name) for name in several}
    finally:
        await request.close()
    for name, value in found.items():
        _check(name, value, largest)
    return found


def _all(form: FormData, name: str) -> str:
    listed = cast("list[object]", form.getlist(name))
    return ", ".join(one for one in listed if isinstance(one, str))


def ticked(fields: Mapping[str, str], name: str) -> bool:
    """Whether a box was ticked; of an object, whether it is true."""
    return fields.get(name, "") not in ("", "no")


def number(typed: Mapping[str, str], name: str) -> float | None:
    """A number that somebody typed, with a point or a comma; None where they left it open. Raises `AskedWrong`."""
    text = typed.get(name, "").strip().replace(",", ".")
    if not text:
        return None
    try:
        return numbers.number(text)
    except ValueError:
        raise AskedWrong(_("{} must be a number, not {}.").format(name, shown(text))) from None


def whole(typed: Mapping[str, str], name: str) -> int | None:
    """The same of a whole number, of which none is below 0."""
    text = typed.get(name, "").strip()
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,16}", text):
        raise AskedWrong(_("The {} must be a whole number, not {}.").format(name, shown(text)))
    return int(text)


def _object(body: bytes, largest: int) -> Mapping[str, str]:
    value: Any = read_value(body, VALUES) if body.strip() else {}
    if not isinstance(value, dict):
        raise AskedWrong(_("Send an object with the fields of the form."))
    found: dict[str, str] = {}
    for name, one in cast("dict[str, Any]", value).items():
        if one is not None:
            found[name] = _text(name, one)
            _check(name, found[name], largest)
    return found


def _text(name: str, value: object) -> str:
    """A value as a form would say it: a list of words with commas, what is true as yes."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        listed = cast("list[object]", value)
        if all(isinstance(one, str) for one in listed):
            return ", ".join(cast("list[str]", value))
    if isinstance(value, str | int | float):
        return str(value)
    raise AskedWrong(_("{} is to be a text.").format(name[:60]))


def _check(name: str, value: str, largest: int) -> None:
    if len(value.encode(errors="replace")) > largest:
        raise TooLarge(_("The field {} is longer than it can be.").format(name[:60]))
    if "\0" in value:
        raise AskedWrong(_("The field {} holds a character that is none.").format(name[:60]))
