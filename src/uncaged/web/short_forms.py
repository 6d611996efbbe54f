"""A short form, or the same as JSON: texts by name. For pages on which people say something to one another.

Knows no field by name and no person.
"""

from collections.abc import Mapping
from typing import Any, cast

from starlette.requests import Request

from uncaged.core.errors import AskedWrong
from uncaged.web.reading import FORMS, kind_of, read_form, read_value
from uncaged.web.words import _

FIELDS, LARGEST = 20, 64_000
"""Fields, and bytes of one of them, at most."""


async def read_said(request: Request) -> Mapping[str, str]:
    """What was said, by name; a number or a truth in JSON as the form would have it. Raises `AskedWrong`."""
    kind = kind_of(request)
    if kind in FORMS:
        try:
            form = await read_form(request, files=0, fields=FIELDS, largest=LARGEST)
            return {name: value for name, value in form.items() if isinstance(value, str)}
        finally:
            await request.close()
    data = await request.body()
    if not data:
        return {}
    if len(data) > LARGEST:
        raise AskedWrong(_("That is more than anybody has to say here."), _("Say it more shortly."))
    value: Any = read_value(data, FIELDS)
    if not isinstance(value, dict):
        raise AskedWrong(_("Ask with an object of named fields, like {}.").format('{"words": "…"}'))
    return {name: _plain(name, one) for name, one in cast("dict[str, Any]", value).items()}


def _plain(name: str, value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "on" if value else ""
        case str() | int() | float():
            return str(value)
        case _:
            raise AskedWrong(_("{} must be a text.").format(name[:40]))
