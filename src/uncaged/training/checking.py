"""What a recipe can be: names that its record has, values of their sort, numbers within their bounds. One for all
trainers."""

import json
import math
from argparse import ArgumentTypeError
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, Final, cast

from uncaged.core.errors import AskedWrong, nearest
from uncaged.core.score import shown

Bounds = tuple[tuple[str, float, float], ...]
"""Of each field its name, the least and the largest it may be."""

MOST: Final = 2**53
"""The largest whole number: beyond it, a page or a program would read another one."""

SORTS: Final = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}


def some(text: str) -> int:
    """How many, of a command line: 0 or more."""
    number = int(text)
    if number < 0:
        raise ArgumentTypeError(f"{number} is fewer than none")
    return number


def needed(text: str) -> int:
    """How many of what there has to be, of a command line: 1 or more."""
    if some(text) < 1:
        raise ArgumentTypeError("it takes one at least")
    return int(text)


def _read(path: Path) -> dict[str, Any]:
    try:
        body = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise AskedWrong(f"{path} cannot be read: {error.strerror}.") from None
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise AskedWrong(f"{path} is no recipe.", "A recipe is an object of JSON.")
    return cast("dict[str, Any]", body)


def check_fields(kind: type[Any], body: Mapping[str, Any]) -> None:
    """`AskedWrong` for a name that a recipe of this kind does not have, and for a value of another sort than its
    default: true or false, a whole number, a finite number, a text. Of what is none of these, its recipe takes care."""
    known = {field.name: field.default for field in fields(kind)}
    for name, value in body.items():
        if name not in known:
            raise AskedWrong(f"A recipe has no “{name[:60]}”.", nearest(name, sorted(known)), name)
        check_sort(name, value, type(known[name]))


def check_sort(name: str, value: object, wanted: type[Any]) -> None:
    """`AskedWrong` where a value is not of this sort; a whole number is a number too."""
    if wanted not in SORTS:
        return
    fits = isinstance(value, int | float if wanted is float else wanted)
    if wanted is not bool and isinstance(value, bool):
        fits = False
    if fits and isinstance(value, int | float):
        fits = abs(value) <= MOST if isinstance(value, int) else math.isfinite(value)
    if not fits:
        raise AskedWrong(f"The recipe's {name} is {shown(value)}.", f"It is {SORTS[wanted]}.", name)


def check_bounds(recipe: object, bounds: Bounds) -> None:
    """`AskedWrong` for the first field that does not lie between its bounds."""
    for name, low, high in bounds:
        value = getattr(recipe, name)
        if not low <= value <= high:
            raise AskedWrong(
                f"The recipe's {name} is {value}.", f"It lies between {low:g} and {high:g}.", name
            )


def check_among(name: str, value: object, allowed: Sequence[str]) -> None:
    """`AskedWrong` for a name that is none of these."""
    if value not in allowed:
        raise AskedWrong(
            f"The recipe's {name} is {shown(value)}.", nearest(str(value), allowed), name
        )


def from_line(kind: type[Any], path: Path | None, changes: Sequence[str]) -> dict[str, Any]:
    """A recipe's values from a JSON file, if any, with changes like NAME=VALUE, as a command line says them.

    Raises `AskedWrong` for a value that cannot be read as its field's sort.
    """
    body = dict[str, Any]() if path is None else _read(path)
    sorts = {field.name: type(field.default) for field in fields(kind)}
    for change in changes:
        name, _, value = change.partition("=")
        sort = sorts.get(name, str)
        try:
            body[name] = json.loads(value) if sort in (tuple, bool) else sort(value)
        except (ValueError, RecursionError) as error:
            wanted = SORTS.get(sort, "a list")
            raise AskedWrong(f"{name} is {shown(value)}.", f"It is {wanted}.", name) from error
    return body
