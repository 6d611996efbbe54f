"""Bodies as clients of `/v1` send them: multipart with names in brackets, urlencoded, JSON. All become one mapping.

Knows no field by name and no person. What cannot be read is `AskedWrong`.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, cast

from starlette.requests import Request

from uncaged.core.errors import AskedWrong
from uncaged.core.score import shown
from uncaged.web.errors import NotThere
from uncaged.web.reading import FORMS, aside, kind_of, read_form, read_value
from uncaged.web.words import _

FIELDS, FILES = 400, 16
"""Fields and files of one form, at most."""

LARGEST_FIELD = 22_000_000
"""Bytes of one text field: a data URL of 20 MB arrives as one."""

DEEP = 8
"""Brackets of one name, at most: a[b][c] has two."""

VALUES = 200_000
"""Values in JSON, at most."""

_NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
_BRACKET = re.compile(r"\[([^\[\]]*)\]")


async def read_body(request: Request) -> Mapping[str, Any]:
    """The fields of a request, nested as they were meant: strings, `UploadFile`s, mappings and lists of them.

    An absent body is no field. A form's texts stay texts: whoever knows a field knows whether it is a number.
    """
    kind = kind_of(request)
    if kind in FORMS:
        form = await read_form(request, files=FILES, fields=FIELDS, largest=LARGEST_FIELD)
        return nested(form.multi_items())
    data = await request.body()
    if not data.strip():
        return {}
    if kind not in ("application/json", ""):
        raise NotThere(
            _("This cannot be read: it is neither a form nor JSON."),
            _("Send Content-Type: application/json or multipart/form-data."),
            status=415,
        )
    value = await aside(len(data), lambda: read_value(data, VALUES))
    if not isinstance(value, dict):
        raise AskedWrong(_("The body must be a JSON object with named fields."))
    return cast("dict[str, Any]", value)


def nested(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Fields with names like ``a[b]``, ``a[]`` and ``a[][b]`` as mappings and lists.

    A list of objects is rebuilt key by key: the n-th ``a[][b]`` belongs to the n-th ``a[][c]``, whatever their order on
    the wire. Where their numbers differ it could be read in two ways, which is `AskedWrong`.

    >>> nested([("v[id]", "w_1"), ("l[][a]", "x"), ("l[][a]", "y"), ("l[][b]", "1"), ("l[][b]", "2")])
    {'v': {'id': 'w_1'}, 'l': [{'a': 'x', 'b': '1'}, {'a': 'y', 'b': '2'}]}
    """
    tree: dict[str, Any] = {}
    for name, value in pairs:
        first, steps = _steps(name)
        _put(tree, name, [first, *steps], value)
    return {name: _straight(name, value) for name, value in tree.items()}


def _steps(name: str) -> tuple[str, list[str]]:
    found = _NAME.fullmatch(name)
    if found is None:
        raise AskedWrong(_("A field cannot be called {}.").format(shown(name)))
    steps = _BRACKET.findall(found[2])
    if len(steps) > DEEP:
        raise AskedWrong(_("The field {} is nested too deeply.").format(shown(name)))
    return found[1], steps


class _Leaves(list[Any]):
    """Everything that was given under one name, in order."""


def _put(tree: dict[str, Any], name: str, steps: list[str], value: Any) -> None:
    for step in steps[:-1]:
        below = tree.setdefault(step, {})
        if not isinstance(below, dict):
            raise _both(name)
        tree = cast("dict[str, Any]", below)
    leaves = tree.setdefault(steps[-1], _Leaves())
    if not isinstance(leaves, _Leaves):
        raise _both(name)
    leaves.append(value)


def _both(name: str) -> AskedWrong:
    return AskedWrong(
        _("The field {} is given both as one value and as several.").format(shown(name))
    )


def _straight(name: str, value: Any) -> Any:
    """One value where one was given, a list where the name says so."""
    if isinstance(value, _Leaves):
        return value[-1]
    inner = cast("dict[str, Any]", value)
    if "" not in inner:
        return {key: _straight(f"{name}[{key}]", below) for key, below in inner.items()}
    if len(inner) > 1:
        raise _both(name)
    listed = inner[""]
    return list(listed) if isinstance(listed, _Leaves) else _objects(name, listed)


def _objects(name: str, listed: dict[str, Any]) -> list[dict[str, Any]]:
    columns: dict[str, list[Any]] = {}
    for key, values in listed.items():
        if not isinstance(values, _Leaves):
            raise AskedWrong(
                _("The field {} is nested too deeply for a list in a form.").format(shown(name)),
                _("Send it as JSON in one field."),
            )
        columns[key] = values
    lengths = {len(values) for values in columns.values()}
    if len(lengths) > 1:
        raise AskedWrong(
            _(
                "The list {} has more of one key than of another, so what belongs together is unclear."
            ).format(shown(name)),
            _('Send it as JSON in one field, like {}=[{{"…": "…"}}].').format(name),
        )
    return [
        {key: values[n] for key, values in columns.items()}
        for n in range(lengths.pop() if lengths else 0)
    ]
