"""What somebody asks for, from a form or from JSON: plain values, nothing of them checked against a model yet.

Knows no person and no archive. Whatever cannot be read is `AskedWrong`, never a fault of ours.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.datastructures import FormData, Headers, UploadFile
from starlette.requests import Request

from uncaged.archive.tables import Lane
from uncaged.core.canonical import sha256
from uncaged.core.errors import AskedWrong, nearest
from uncaged.core.ids import ALPHABET, LENGTH, PREFIXES
from uncaged.core.score import shown
from uncaged.engines import asking
from uncaged.engines.base import Engine
from uncaged.engines.dials import sort_of
from uncaged.engines.registry import DEFAULT, engines
from uncaged.engines.sorts import parse_size
from uncaged.engines.sources import Source, named
from uncaged.studio.shelf import player
from uncaged.web.answering import web_of
from uncaged.web.errors import NotThere
from uncaged.web.reading import FORMS, aside, kind_of, read_form, read_value
from uncaged.web.saying import number, whole
from uncaged.web.words import _

LONGEST_KEY = 255
FIELDS = 200
LARGEST_FIELD = 600_000
"""Characters of an Idempotency-Key; fields of a form; bytes of one of them: a text of many letters has as many."""

VALUES = 10_000
"""Values in JSON, at most: a position of many genes has hundreds."""

PICTURES: Mapping[str, int] = {"picture": 1, "four": 4}
"""What a form can ask for beside a film, and how many pictures that is."""

_PRINTED = re.compile(r"[\x21-\x7e]+")


MOST_AFTER = 100
"""Runs that one film waits for, at most."""


class Asking(BaseModel):
    """What a program asks for. What it leaves out is the model's default."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    prompt: str = Field(default="", description="What should be seen.")
    model: str = Field(default=DEFAULT, description="The model's name.")
    seconds: float | None = Field(default=None, description="Of the film; 0 is a picture.")
    size: str | Annotated[list[int], Field(min_length=2, max_length=2)] | None = Field(
        default=None, description="Width and height: [512, 288], or 512x288."
    )
    fps: float | None = None
    seed: int | None = None
    loop: bool = False
    negative: str | None = Field(default=None, description="What must not be seen, in words.")
    options: dict[str, Any] = Field(default={}, description="The model's own options.")
    position: dict[str, Any] | None = Field(
        default=None, description="A point in the model's space; it beats the words."
    )
    begin: str | None = Field(default=None, description="A picture made here to begin with.")
    remix: str | None = Field(
        default=None, description="A work that is made, to be made with other words."
    )
    extend: str | None = Field(
        default=None, description="A work that is made, to go on by so many seconds."
    )
    count: int = Field(
        default=1, description="So many films together, one seed after the other: a group."
    )
    one_after_another: bool = Field(
        default=False, description="Each of them waits until the one before it is made."
    )
    after: list[str] = Field(
        default=[],
        max_length=MOST_AFTER,
        description="Runs or works of one's own that have to be made before.",
    )
    lane: Literal["interactive", "batch"] = Field(
        default="interactive", description="The line of films, or that of what may take long."
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """request, model: what is wanted, of which source where of any; without a model, of that of the source. once:
    asked for twice under it, it is one film. typed: a form's fields.

    begin: a work whose picture it begins with. mask: what of that, or of the source, is to be drawn again.
    count, one_after_another, after, lane: how many of it, and how they stand in line; see `Asking`.
    """

    request: asking.Request
    model: str | None
    once: str | None = None
    pictures: tuple[UploadFile, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict[str, str])
    count: int = 1
    one_after_another: bool = False
    after: tuple[str, ...] = ()
    lane: Lane = "interactive"
    begin: str | None = None
    source: Source | None = None
    mask: UploadFile | None = None


def group_id_for(secret: bytes, person_id: str, once: str) -> str:
    """The id of the group that this person asks for under this name, as in `ids_for`."""
    return f"{PREFIXES['group']}_{_letters(secret, ['group', person_id, once])[:LENGTH]}"


def ids_for(secret: bytes, person_id: str, once: str) -> tuple[str, str]:
    """The ids of the run and the work that this person asks for under this name. secret: the studio's.

    Ids are names for ever, so nothing needs to be remembered for the second asking to be the first.
    """
    letters = _letters(secret, ["once", person_id, once])
    run, work = letters[:LENGTH], letters[LENGTH : 2 * LENGTH]
    return f"{PREFIXES['run']}_{run}", f"{PREFIXES['work']}_{work}"


def _letters(secret: bytes, said: list[str]) -> str:
    """32 letters that nobody else can foretell."""
    name = hmac.new(secret, json.dumps(said).encode(), hashlib.sha256).digest()
    return "".join(ALPHABET[byte % 32] for byte in name)


async def read_wanted(request: Request) -> Wanted:
    """What this request asks for. Raises `AskedWrong`."""
    key = _key(request)
    kind = kind_of(request)
    if kind == "application/json":
        data = await request.body()
        return await aside(len(data), lambda: _from_json(data, key))
    if kind not in FORMS:
        raise NotThere(
            _("This cannot be read: it is neither a form nor JSON."),
            _("Send Content-Type: application/json."),
            status=415,
        )
    form = await read_form(request, files=3, fields=FIELDS, largest=LARGEST_FIELD)
    wanted = form.get("model", DEFAULT)
    name, web = str(wanted).strip(), web_of(request)
    known = engines().get(name) or await web.run(lambda: player(web.studio, name))
    return await _from_form(form, key, known)


def _key(request: Request) -> str | None:
    key = key_of(request.headers)
    return None if key is None else f"key:{key}"


def key_of(headers: Headers) -> str | None:
    """The Idempotency-Key of a request, as it was sent. Raises `AskedWrong` where it is none."""
    key = headers.get("idempotency-key")
    if key is not None and (len(key) > LONGEST_KEY or not _PRINTED.fullmatch(key)):
        raise AskedWrong(
            _("An Idempotency-Key is a word of at most {} plain characters.").format(LONGEST_KEY)
        )
    return key


def _from_json(data: bytes, key: str | None) -> Wanted:
    value = read_value(data, VALUES)
    if not isinstance(value, dict):
        raise AskedWrong(
            _("Ask with an object of named fields, like {}.").format('{"prompt": "…"}')
        )
    try:
        asked = Asking.model_validate(value)
    except ValidationError as error:
        raise _wrong(error) from None
    size = parse_size(asked.size) if isinstance(asked.size, str) else asked.size
    wanted = asking.Request(
        asked.prompt,
        asked.seconds,
        None if size is None else (size[0], size[1]),
        asked.fps,
        asked.seed,
        asked.options,
        asked.loop,
        asked.position,
        negative=asked.negative or None,
    )
    source = named(asked.remix, asked.extend)
    chosen = "model" in asked.model_fields_set or source is None
    return Wanted(
        wanted,
        asked.model if chosen else None,
        key,
        count=asked.count,
        one_after_another=asked.one_after_another,
        after=tuple(asked.after),
        lane=asked.lane,
        begin=asked.begin or None,
        source=source,
    )


def _wrong(error: ValidationError) -> AskedWrong:
    first = error.errors()[0]
    name = str(first["loc"][0]) if first["loc"] else "?"
    if first["type"] == "extra_forbidden":
        return AskedWrong(
            _("Nothing is called {} here.").format(shown(name)),
            nearest(name, list(Asking.model_fields)),
        )
    return AskedWrong(_("{} cannot be {}: {}.").format(name, shown(first["input"]), first["msg"]))


async def _from_form(form: FormData, key: str | None, known: Engine) -> Wanted:
    typed = {name: value for name, value in form.items() if isinstance(value, str)}
    turned = _turned(typed, known)
    pictures, mask = _pictures(form), _sent(form, "mask")
    text = typed.get("prompt", "").replace("\r\n", "\n")
    said = typed.get("position", "").strip()
    position = await aside(len(said), lambda: _position(said))
    picture_only = typed.get("what", "film") in PICTURES
    wanted = asking.Request(
        text if text.strip() or said else typed.get("if_empty", ""),
        0.0 if picture_only else number(turned, "seconds"),
        parse_size(turned["size"]) if turned.get("size", "").strip() else None,
        None if picture_only else number(turned, "fps"),
        whole(typed, "seed"),
        _options(typed, known),
        typed.get("loop", "") in ("on", "true", "1"),
        position,
        negative=typed.get("negative", "").replace("\r\n", "\n").strip() or None,
    )
    if key is None and typed.get("once"):
        key = await _form_key(typed, pictures if mask is None else (*pictures, mask))
    count = whole(typed, "count")
    if count in (None, 1) and picture_only:
        count = PICTURES[typed["what"]]
    after = typed.get("after", "").replace(",", " ").split()
    if len(after) > MOST_AFTER:
        raise AskedWrong(_("A film waits for {} others at most.").format(MOST_AFTER))
    return Wanted(
        wanted,
        known.name,
        key,
        pictures,
        typed,
        1 if count is None else count,
        typed.get("one_after_another", "") in ("on", "true", "1"),
        tuple(after),
        "batch" if typed.get("lane") == "batch" else "interactive",
        typed.get("begin", "").strip() or None,
        named(typed.get("remix", "").strip(), typed.get("extend", "").strip()),
        mask,
    )


def _turned(typed: Mapping[str, str], known: Engine) -> Mapping[str, str]:
    """What was typed, without what a form shows that was drawn for another model (`dials_of`) and nobody turned: then
    length, size and rate are what the chosen model takes for usual."""
    shown = engines().get(typed.get("dials_of", ""))
    if shown is None or shown.name == known.name:
        return typed
    usual = {name: _plainly(shown.defaults[name]) for name in ("seconds", "size", "fps")}
    return {name: value for name, value in typed.items() if value.strip() != usual.get(name)}


def _plainly(value: Any) -> str:
    """A default as the form shows it."""
    if isinstance(value, tuple):
        return "x".join(f"{side}" for side in cast("tuple[int, ...]", value))
    return f"{value:g}"


def _pictures(form: FormData) -> tuple[UploadFile, ...]:
    """The picture that the film begins with, and the one it ends with. Raises `AskedWrong` for the last alone."""
    first, last = _sent(form, "picture"), _sent(form, "last_picture")
    if first is None and last is not None:
        raise AskedWrong(
            _("A picture to end with goes with one to begin with."), _("Give both."), "pictures"
        )
    return tuple(one for one in (first, last) if one is not None)


def _sent(form: FormData, name: str) -> UploadFile | None:
    """A file of this name that came along."""
    one = form.get(name)
    return one if isinstance(one, UploadFile) and one.filename else None


async def _form_key(typed: Mapping[str, str], pictures: Sequence[UploadFile]) -> str:
    """The form's token and all it says: pressed twice it is one film; gone back to and changed, another."""
    digest = hashlib.sha256()
    for picture in pictures:
        while chunk := await picture.read(1 << 20):
            digest.update(chunk)
        await picture.seek(0)
    said = json.dumps([sorted(typed.items()), digest.hexdigest()]).encode()
    return f"form:{sha256(said)}"


def _options(typed: Mapping[str, str], player: Engine) -> dict[str, Any]:
    """The fields ``model.option`` of the chosen model, as numbers or truth values where the option is one."""
    known = player.options.model_fields
    options: dict[str, Any] = {}
    for name, value in typed.items():
        of, _dot, option = name.partition(".")
        if of != player.name or not value.strip():
            continue
        wanted: object = sort_of(known[option].annotation) if option in known else None
        if wanted is float:
            options[option] = number(typed, name)
        elif wanted is int:
            options[option] = whole(typed, name)
        else:
            options[option] = value == "on" if wanted is bool else value
    return options


def _position(text: str) -> dict[str, Any] | None:
    if not text:
        return None
    value = read_value(text.encode(errors="replace"), VALUES)
    if not isinstance(value, dict):
        raise AskedWrong(_("A position is a JSON object, as a work's page gives it."))
    return cast("dict[str, Any]", value)
