"""Of what sort each thing is that a program gives, and sizes that are typed. See `engines.asking`."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from uncaged.core import numbers
from uncaged.core.errors import AskedWrong
from uncaged.core.score import shown
from uncaged.core.words import _


def check_sorts(given: Mapping[str, object]) -> None:
    """`AskedWrong` where a program gives something of another sort than a request has. What is None is left open."""
    for name, value in given.items():
        sort, words = _SORTS.get(name, (object, ""))
        if value is None and name != "text":
            continue
        fits = isinstance(value, sort)
        if fits and sort is Sequence:
            fits = not isinstance(value, str | bytes)
            fits = fits and (name != "size" or len(cast("Sequence[object]", value)) == 2)
        if not fits:
            raise AskedWrong(
                _("%(name)s must be %(sort)s, not %(value)s.")
                % {"name": name, "sort": words, "value": shown(value)},
                about=name,
            )


_SORTS: Mapping[str, tuple[Any, str]] = {
    "text": (str, "a text"),
    "size": (Sequence, "two numbers of pixels"),
    "options": (Mapping, "an object of names and values"),
    "position": (Mapping, "a position"),
    "pictures": (Sequence, "a list of pictures"),
    "lexicons": (Sequence, "a list of word files"),
    "parents": (Sequence, "a list of works"),
    "earlier": (Sequence, "a list of shots"),
    "negative": (str, "a text"),
    "origin": (str, "a text"),
}
"""What a program may give, by name."""


def parse_size(text: str) -> tuple[int, int]:
    """``512x288`` (also ``512×288``, or ``512`` for a square) as width and height."""
    parts = text.lower().replace("×", "x").split("x")
    try:
        sides = [numbers.whole(part) for part in parts]
    except ValueError:
        sides = []
    if len(sides) not in (1, 2):
        raise AskedWrong(
            _("A size is two numbers of pixels, like 512x288, not %(text)s.")
            % {"text": shown(text)}
        )
    return (sides[0], sides[-1])
