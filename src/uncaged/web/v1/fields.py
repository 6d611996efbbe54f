"""Fields of `/v1` requests, read one by one: a text where a form sent one, a number where JSON did; errors name them.

Knows no route and no archive.
"""

import base64
import binascii
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import unquote_to_bytes

from starlette.datastructures import UploadFile

from uncaged.core import numbers
from uncaged.core.errors import AskedWrong, nearest
from uncaged.core.score import MAX_SEED, shown
from uncaged.engines.sorts import parse_size
from uncaged.web.reading import read_value
from uncaged.web.v1.errors import WrongField
from uncaged.web.v1.wire import VALUES
from uncaged.web.words import _

LONGEST_PROMPT = 32_000
"""Characters, as the clients' own documentation has it."""

LARGEST_DATA_URL = 20_971_520
"""Characters."""

LONGEST_HEAD, ESCAPES = 300, 100_000
"""Characters of a data URL before its data, and escaped ones (%2B) in these, at most."""

_TRUE, _FALSE = frozenset({"true", "1", "on", "yes"}), frozenset({"false", "0", "off", "no", ""})


@dataclass(slots=True)
class Fields:
    """A body that is read field by field; what nobody read is told (`unread`). null is as good as absent."""

    given: Mapping[str, Any]
    read: set[str] = field(default_factory=set[str])

    def take(self, name: str) -> Any:
        """The value as it came, or None."""
        self.read.add(name)
        return self.given.get(name)

    @property
    def unread(self) -> tuple[str, ...]:
        """Fields that mean nothing here, in order."""
        return tuple(_bare(name) for name in self.given if name not in self.read)[:50]

    def text(self, name: str, most: int = LONGEST_PROMPT) -> str | None:
        """A text of at most `most` characters."""
        value = self.take(name)
        if value is None:
            return None
        if not isinstance(value, str):
            raise _wrong(name, value, _("a text"))
        if len(value) > most:
            raise WrongField(
                _("{} has {} characters; {} is the most.").format(
                    name, f"{len(value):,}", f"{most:,}"
                ),
                param=name,
            )
        return value

    def prompt(self) -> str:
        """The prompt, which every request has."""
        found = self.text("prompt")
        if found is None or not found.strip():
            raise WrongField(
                _("Say what should be seen: prompt is missing or empty."), param="prompt"
            )
        return found

    def number(self, name: str) -> float | None:
        """A finite number, or a text that is one."""
        value = self.take(name)
        if value is None or value == "":
            return None
        try:
            if isinstance(value, bool) or not isinstance(value, int | float | str):
                raise ValueError
            found = numbers.number(value) if isinstance(value, str) else float(value)
        except (ValueError, OverflowError):
            raise _wrong(name, value, _("a number")) from None
        if not math.isfinite(found):
            raise _wrong(name, value, _("a finite number"))
        return found

    def whole(self, name: str) -> int | None:
        """A whole number, or a text that is one."""
        value = self.take(name)
        if value is None or value == "":
            return None
        if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,16}", value.strip()):
            return int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise _wrong(name, value, _("a whole number"))
        if abs(value) > MAX_SEED:
            raise _wrong(name, shown(value), _("a whole number of at most 16 digits"))
        return value

    def truth(self, name: str) -> bool:
        """true or false."""
        value = self.take(name)
        if value is None or isinstance(value, bool):
            return bool(value)
        if isinstance(value, str) and value.lower() in _TRUE | _FALSE:
            return value.lower() in _TRUE
        raise _wrong(name, value, _("true or false"))

    def size(self, name: str = "size") -> tuple[int, int] | None:
        """``WxH`` in pixels; width and height apart count as well."""
        said = self.text(name, 40)
        if said and said != "auto":
            try:
                return parse_size(said)
            except AskedWrong as error:
                raise WrongField(error.message, param=name) from None
        wide, high = self.whole("width"), self.whole("height")
        if (wide is None) != (high is None):
            raise WrongField(_("width and height are given both, or neither."), param="width")
        return None if wide is None or high is None else (wide, high)

    def mapping(self, name: str) -> Mapping[str, Any] | None:
        """An object with named fields; also as JSON in a text."""
        value = self.take(name)
        if isinstance(value, str) and value.strip():
            value = _json(name, value)
        if value is None or value == "":
            return None
        if not isinstance(value, dict):
            raise _wrong(name, value, _("an object with named fields"))
        return cast("dict[str, Any]", value)


@dataclass(frozen=True, slots=True)
class Given:
    """A file that came with a request, by one of three ways: sent along, as a data URL, or as an address elsewhere; or
    the id of one that is here. Exactly one is not empty."""

    upload: UploadFile | None = None
    data: bytes | None = None
    url: str | None = None
    id: str | None = None


def reference(fields: Fields, name: str, ids: Sequence[str]) -> Given | None:
    """What a field like ``input_reference`` or ``video`` gives. ids: keys under which an id may stand."""
    value = fields.take(name)
    if value is None or value == "":
        return None
    if isinstance(value, Given):  # somebody has read it before, and fetched it
        return value
    if isinstance(value, UploadFile):
        return Given(upload=value)
    if isinstance(value, str):
        if value.startswith(("http:", "https:", "data:")):
            return _by_url(name, value)
        if value.lstrip().startswith("{"):
            value = _json(name, value)
        else:
            return Given(id=value)
    if not isinstance(value, dict):
        raise _wrong(name, cast("object", value), _("a file, or an object that names one"))
    said = {key: one for key, one in cast("dict[str, Any]", value).items() if one is not None}
    known = [key for key in ("image_url", *ids) if key in said]
    if len(known) != 1 or len(said) != 1:
        wanted = " or ".join(("image_url", *ids)) if "file_id" in ids else " or ".join(ids)
        raise WrongField(
            _("{} names exactly one of {}.").format(name, wanted),
            nearest(next(iter(said), ""), ["image_url", *ids]) if said and not known else "",
            param=name,
        )
    found = said[known[0]]
    if isinstance(found, dict) and known[0] == "image_url":  # as chat clients send it
        found = cast("dict[str, Any]", found).get("url")
    if not isinstance(found, str) or not found:
        raise _wrong(f"{name}.{known[0]}", cast("object", found), _("a text"))
    return _by_url(name, found) if known[0] == "image_url" else Given(id=found)


def _bare(name: str) -> str:
    """A field's name as a program compares it, as long as it is one."""
    return name if name.isidentifier() and len(name) <= 60 else shown(name)


def _by_url(name: str, url: str) -> Given:
    if len(url) > LARGEST_DATA_URL:
        raise WrongField(
            _("image_url has {} characters; {} is the most.").format(
                f"{len(url):,}", f"{LARGEST_DATA_URL:,}"
            ),
            param=name,
        )
    if url.startswith(("http:", "https:")):
        return Given(url=url)
    head, comma, rest = url.partition(",")
    if not comma or len(head) > LONGEST_HEAD or not head.lower().startswith("data:"):
        raise WrongField(_("image_url is neither an address nor a data URL."), param=name)
    if rest.count("%") > ESCAPES:  # each takes a step of its own
        raise WrongField(_("The data URL in {} is not in base64.").format(name), param=name)
    try:
        if ";base64" in head.lower():
            return Given(data=base64.b64decode(unquote_to_bytes(rest), validate=True))
    except (binascii.Error, ValueError):
        raise WrongField(_("The data URL in {} is no base64.").format(name), param=name) from None
    return Given(data=unquote_to_bytes(rest))


def _json(name: str, text: str) -> Any:
    try:
        return read_value(text.encode(errors="replace"), VALUES)
    except AskedWrong as error:
        raise WrongField(f"{name}: {error.message}", param=name) from None


def _wrong(name: str, value: object, wanted: str) -> WrongField:
    said = _("a file") if isinstance(value, UploadFile) else shown(value)
    return WrongField(_("{} must be {}, not {}.").format(name, wanted, said), param=name)
