"""In which language somebody reads: as they chose here, or as their browser wishes. Programs read English.

Knows no sentence.
"""

import re

from starlette.requests import Request
from starlette.responses import Response

from uncaged.core.words import ENGLISH, Language, language, languages, wished
from uncaged.web.answering import in_v1, wants_json

COOKIE = "uncaged_words"
"""What a browser says that chose a language here: its code, and nothing else."""

LARGEST = 4_000
"""Bytes of a form that chooses a language, at most."""

YEAR = 365 * 24 * 3600


def language_of(request: Request) -> Language:
    """What this request is answered in: records and errors of programs do not change with who asks."""
    if in_v1(request) or wants_json(request):
        return ENGLISH
    chosen = request.cookies.get(COOKIE, "")
    if chosen in languages():
        return language(chosen)
    return wished(request.headers.get("accept-language", ""))


def choose(answer: Response, code: str, encrypted: bool) -> None:
    """From now on this browser reads in that language; as it wishes by itself, where there is none such."""
    if code in languages():
        answer.set_cookie(
            COOKIE, code, YEAR, secure=encrypted, httponly=True, samesite="lax", path="/"
        )
    else:
        answer.delete_cookie(COOKIE, path="/")


def back(said: object) -> str:
    """Where somebody was who chose: an address of this studio, or the first page."""
    if not isinstance(said, str) or not _HERE.fullmatch(said):
        return "/"
    return said


_HERE = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,1000}")
"""A path of ours: what begins with two slashes, or holds a backslash, a browser may take for another host."""
