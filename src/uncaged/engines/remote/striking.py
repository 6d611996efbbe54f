"""A key struck out of what others say: whole or in parts, plain or encoded. Knows no address, sends nothing.

Whoever answers was given the key and can say it back, on purpose or in a debugging page; what they say stands in
errors, logs and the archive, which more people read than may know it.
"""

import base64
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, cast

STRUCK: Final = "[key]"
"""What stands where it stood."""

PART: Final = 8
"""Characters of a key, one after the other, that tell something of it."""

LONGEST: Final = 100_000
"""Characters of a text that are looked through; nobody is told more."""

PICTURE: Final = "b64_json"
"""What a picture is called in an answer: that is no text, and nobody is told it."""

CHARACTER: Final = re.compile(
    r"%([0-9a-f]{2})|\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|&#x([0-9a-f]{1,6});|&#([0-9]{1,7});|(.)",
    re.IGNORECASE | re.DOTALL,
)
"""A character, as it is or as addresses, JSON, programs and pages write it."""

URL_SAFE: Final = str.maketrans("-_", "+/")


def struck(text: str, key: str) -> str:
    """The text without the key, and without any `PART` characters of it in a row: plain, percent-encoded, escaped, in
    base64 or in hexadecimal numbers, in large letters or small."""
    if not key or not text:
        return text
    text = text[:LONGEST]
    plain, begins = _read(text)
    marked = bytearray(len(plain))
    for size, parts in _parts(key).items():
        for at in range(len(plain) - size + 1):
            if plain[at : at + size] in parts and (size >= PART or _is_word(plain, at, size)):
                marked[at : at + size] = b"\1" * size
    said: list[str] = []
    for at, mark in enumerate(marked):
        if not mark:
            said.append(text[begins[at] : begins[at + 1]])
        elif not at or not marked[at - 1]:
            said.append(STRUCK)
    return "".join(said)


def answer(body: bytes, key: str) -> bytes:
    """The same of an answer: of every text in it where it is JSON, else of the whole."""
    if not key or not body:
        return body
    try:
        value: object = json.loads(body)
    except (ValueError, RecursionError):
        return struck(body.decode("utf-8", "replace"), key).encode()
    try:
        return json.dumps(_within(value, key)).encode()
    except (ValueError, RecursionError):
        return b""


def headers(said: Mapping[str, str], key: str) -> dict[str, str]:
    """The same of what stands above an answer."""
    return {name: struck(text, key) for name, text in said.items()}


def _within(value: object, key: str) -> object:
    if isinstance(value, str):
        return struck(value, key)
    if isinstance(value, list):
        return [_within(one, key) for one in cast("list[object]", value)]
    if isinstance(value, dict):
        rows = cast("dict[str, object]", value)
        return {
            struck(name, key): one if name == PICTURE else _within(one, key)
            for name, one in rows.items()
        }
    return value


def _read(text: str) -> tuple[str, list[int]]:
    """Each character of a text, folded, and where it begins; the text's end behind the last."""
    found: list[str] = []
    begins: list[int] = []
    for one in CHARACTER.finditer(text):
        *hexes, decimal, plain = one.groups()
        number = next((int(digits, 16) for digits in hexes if digits), None)
        number = int(decimal) if decimal else number
        character = plain or (chr(number) if number is not None and number < 0x110000 else "?")
        found.append(_folded(character)[:1] or "?")
        begins.append(one.start())
    return "".join(found), [*begins, len(text)]


def _folded(text: str) -> str:
    return text.lower().translate(URL_SAFE)


def _is_word(plain: str, at: int, size: int) -> bool:
    """Whether it stands alone: a short key is part of many words."""
    around = plain[max(0, at - 1) : at] + plain[at + size : at + size + 1]
    return not any(one.isalnum() for one in around)


@lru_cache(maxsize=8)
def _parts(key: str) -> Mapping[int, frozenset[str]]:
    """What betrays a key, folded, by its length."""
    data = key.encode()
    forms = [key, data.hex()]
    for before in range(3):  # base64 reads three bytes at a time: it may begin in the midst of them
        coded = base64.b64encode(bytes(before) + data).decode().rstrip("=")
        forms.append(coded[-(-before * 8 // 6) : (before + len(data)) * 8 // 6])
    found: dict[int, set[str]] = {}
    for form in map(_folded, forms):
        size = min(PART, len(form))
        found.setdefault(size, set()).update(
            form[at : at + size] for at in range(len(form) - size + 1)
        )
    return {size: frozenset(parts) for size, parts in found.items()}
