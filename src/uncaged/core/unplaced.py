"""Sentences without where things lie on a disk: whoever asks for a film is told names, never folders.

Looks at no disk.
"""

import re
from collections.abc import Mapping
from typing import Final

_SIGNS: Final = r"\s/\\'\"<>|:;,()\[\]"
PLACE: Final = re.compile(
    r"""(?P<quote>['"])(?:/|[A-Za-z]:[\\/])(?:[^'"\n]*[\\/])?(?P<quoted>[^'"\n\\/]+)(?P=quote)"""
    rf"|(?<![\w:/.\\~-])(?:/|[A-Za-z]:[\\/])(?:[^{_SIGNS}]+[\\/])+(?P<plain>[^{_SIGNS}]*)"
)
"""A place on a disk: within quotes, or as one word of at least two names. An address of the web is none."""


def unplaced(text: str, known: Mapping[str, str] | None = None) -> str:
    """The text with what is known in the place of each known place, and of every other place its last name alone.

    >>> unplaced("/home/me/big one/vae/x.json is cut off.", {"/home/me/big one": "big"})
    'big/vae/x.json is cut off.'
    >>> unplaced("No such file: '/home/me/x.json', http://127.0.0.1:8011/v1/videos")
    "No such file: 'x.json', http://127.0.0.1:8011/v1/videos"
    """
    for place, name in sorted((known or {}).items(), key=lambda row: -len(row[0])):
        if len(place) > 1:
            text = re.sub(rf"{re.escape(place)}(?![\w-])", lambda _found, said=name: said, text)
    return PLACE.sub(_last, text)


def _last(found: "re.Match[str]") -> str:
    quote = found["quote"] or ""
    return f"{quote}{found['quoted'] or found['plain'] or ''}{quote}"
