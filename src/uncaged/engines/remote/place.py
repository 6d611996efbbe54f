"""Where a model performs that is not here: addresses, what it is called there, and how those who answer there speak.

A file of its model, `remote.json`, holds it. No key stands in it. Sends nothing.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, cast, get_args
from urllib.parse import urlsplit

from uncaged.core.canonical import canonical
from uncaged.core.errors import AskedWrong, WeightsBroken, WeightsMissing
from uncaged.core.score import shown
from uncaged.core.words import _
from uncaged.engines.remote import dials
from uncaged.engines.remote.dials import Dial

FILE: Final = "remote.json"
LARGEST: Final = 100_000
"""Bytes of it, at most."""

Speaks: TypeAlias = Literal["uncaged", "openai", "vllm-omni", "sglang"]
"""Another studio, the plain contract, or one of two engines, each with a dialect of its own."""
DIALECTS: Final[tuple[Speaks, ...]] = get_args(Speaks)

MOST_ADDRESSES: Final = 64
LONGEST: Final = 500
"""Characters of an address, or of a model's name, at most."""

NEAR: Final = (".local", ".localhost", ".internal", ".lan", ".home.arpa")
"""How names of one's own network end."""


@dataclass(frozen=True, slots=True)
class Place:
    """addresses: each one film at a time; one that is named twice takes two. model: its name there.

    pictures: how many it takes, 0 or 1. negative: whether it leaves out what one names. sizes: the only ones, where it
    has such; sides, seconds: what it takes otherwise. options: its own. stills: whether it makes pictures
    (`/v1/images`). sound: whether its films have one.
    """

    addresses: tuple[str, ...]
    model: str
    speaks: Speaks = "openai"
    pictures: int = 1
    negative: bool = False
    sizes: tuple[tuple[int, int], ...] = ()
    sides: tuple[int, int] = (64, 2048)
    seconds: tuple[float, float] = (0.5, 120.0)
    options: tuple[Dial, ...] = ()
    stills: bool = False
    sound: bool = False

    def written(self) -> bytes:
        """As its file has it. One without sound says nothing of it: what is on a shelf keeps its hash."""
        said = asdict(self)
        return canonical(said if self.sound else {k: v for k, v in said.items() if k != "sound"})

    @property
    def hosts(self) -> str:
        """Where it is, for people: each address once."""
        return ", ".join(dict.fromkeys(self.addresses))

    @property
    def leaves(self) -> tuple[str, ...]:
        """What of a score is sent there, in words."""
        said = [_("the words"), _("size and length"), _("frames a second"), _("the seed")]
        if self.speaks == "openai":
            said = [_("the words"), _("size and length"), _("the seed")]
        said += [_("what you want left out")] if self.negative else []
        said += [_("the options you turn")] if self.options else []
        return tuple(said + ([_("the picture you begin with")] if self.pictures else []))

    @property
    def binds(self) -> str:
        """What whoever makes with it has to know, and says yes to once."""
        return _(
            "%(what)s leave this studio for %(where)s. Whoever keeps that machine can read and keep them. "
            "No name, no mail address and no other work goes along."
        ) % {"what": _first_large(", ".join(self.leaves)), "where": self.hosts}


def _first_large(text: str) -> str:
    return text[:1].upper() + text[1:]


def read(folder: Path) -> Place:
    """What lies in a model's folder. Raises `WeightsMissing`, `WeightsBroken`."""
    try:
        data = (folder / FILE).read_bytes()[: LARGEST + 1]
    except OSError:
        raise WeightsMissing(_("Where it performs is not written here.")) from None
    try:
        if len(data) > LARGEST:
            raise ValueError("it is too long")
        return _place(json.loads(data))
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError, AskedWrong) as error:
        raise WeightsBroken(
            _("Where it performs cannot be read: %(why)s.") % {"why": str(error).rstrip(".")}
        ) from None


def _place(value: object) -> Place:
    if not isinstance(value, dict):
        raise ValueError("it is no object")
    given = cast("Mapping[str, Any]", value)
    if set(given) - {field.name for field in fields(Place)}:
        raise ValueError("it says more than is known")
    found = Place(
        tuple(map(address, given["addresses"])),
        _text(given["model"]),
        given["speaks"],
        int(given["pictures"]),
        bool(given["negative"]),
        tuple((int(wide), int(high)) for wide, high in given["sizes"]),
        _pair(given["sides"], int),
        _pair(given["seconds"], float),
        tuple(map(dials.read, given.get("options", []))),
        bool(given.get("stills", False)),
        bool(given.get("sound", False)),
    )
    return checked(found)


def _pair(value: object, sort: type[Any]) -> tuple[Any, Any]:
    low, high = cast("list[Any]", value)
    return sort(low), sort(high)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("a name is no text")
    return value


def checked(place: Place) -> Place:
    """The same, where everything in it makes sense. Raises `AskedWrong`."""
    if not 1 <= len(place.addresses) <= MOST_ADDRESSES:
        raise AskedWrong(
            _("A model performs at 1 to %(most)s addresses.") % {"most": MOST_ADDRESSES}, about="at"
        )
    if not place.model or len(place.model) > LONGEST or not place.model.isprintable():
        raise AskedWrong(
            _("%(name)s is no name of a model.") % {"name": shown(place.model)}, about="model"
        )
    if place.speaks not in DIALECTS:
        raise AskedWrong(
            _("Nobody here speaks %(name)s.") % {"name": shown(place.speaks)},
            _("There are: %(names)s.") % {"names": ", ".join(DIALECTS)},
            "speaks",
        )
    sides = [side for size in (*place.sizes, place.sides) for side in size]
    low, high = place.seconds
    if any(not 2 <= side <= 8192 for side in sides) or not 0 < low <= high < 1e6:
        raise AskedWrong(_("Sizes and lengths are those of films: 1280x720, 2 to 10 seconds."))
    return place


def address(url: object) -> str:
    """An address as it is kept: without `/v1` and without a `/` at its end. Raises `AskedWrong`.

    >>> address("https://studio.example:8484/v1/")
    'https://studio.example:8484'
    """
    text = url.strip() if isinstance(url, str) else ""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    plain = text.isascii() and text.isprintable() and " " not in text and len(text) <= LONGEST
    if not plain or parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise AskedWrong(
            _("%(url)s is no address like https://studio.example:8484.") % {"url": shown(url)},
            about="at",
        )
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise AskedWrong(
            _("An address has no password and no question in it."),
            _("A key is given apart: --key-from"),
            "at",
        )
    if parts.scheme == "http" and not _is_near(parts.hostname):
        raise AskedWrong(
            _("%(url)s begins with http: anybody on the way reads what is sent.") % {"url": text},
            _("Outside one's own network an address begins with https."),
            "at",
        )
    return f"{parts.scheme}://{parts.netloc}{parts.path}".rstrip("/").removesuffix("/v1")


def _is_near(host: str) -> bool:
    """Whether it is this machine, or one of its own network."""
    try:
        found = ip_address(host.partition("%")[0])
    except ValueError:
        return "." not in host or host.endswith(NEAR)
    return found.is_loopback or found.is_private or found.is_link_local
