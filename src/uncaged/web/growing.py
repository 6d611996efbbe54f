"""What somebody asks for when they press a drawing, by form or by JSON: names, a rate, a seed; nothing checked yet.

Knows no archive. Whatever cannot be read is `AskedWrong`, never a fault of ours.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.datastructures import FormData
from starlette.requests import Request

from uncaged.core import numbers
from uncaged.core.canonical import sha256
from uncaged.core.errors import AskedWrong, NotFound, nearest
from uncaged.core.ids import is_id
from uncaged.core.score import MAX_SEED, shown
from uncaged.instruments.vary import RATE
from uncaged.studio.growing import FACTOR, FARTHER, TWELVE
from uncaged.studio.stock import read_reference
from uncaged.web.asking import key_of
from uncaged.web.errors import NotThere
from uncaged.web.reading import FORMS, aside, kind_of, read_form, read_value
from uncaged.web.words import _

FIELDS, LARGEST_FIELD, VALUES = 100, 4_000, 1_000
"""Fields of a form, bytes of one of them, values in JSON, at most."""

SORTS = ("breed", "vary", "films", FARTHER)


class GrowAsking(BaseModel):
    """What a program asks for. What it leaves out is as the form has it."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    parents: list[str] = Field(
        min_length=1, max_length=100, description="Ids of works, or drawings of a set: SET/N/M."
    )
    kind: str = Field(
        default="breed",
        description="breed: small children; vary: variations; films: of themselves; farther: from farther away.",
    )
    factor: float = Field(default=FACTOR, description="How many times as far: more than 1.")
    rate: float = Field(default=RATE, description="How far children go; any real number.")
    seed: int | None = Field(
        default=None, ge=0, le=MAX_SEED, description="Same seed, same children."
    )
    children: int | None = Field(default=None, description="12; of one from farther away 1.")
    cross: dict[str, str] = Field(
        default={}, description="Trait: the number of a parent, either or between."
    )


USUAL: Mapping[str, int] = {FARTHER: 1}
"""Children where nobody says how many, if they are not twelve."""


@dataclass(frozen=True, slots=True)
class Grow:
    """names: of the parents. kind: one of `SORTS`. factor: how many times as far. seed: None where it is drawn. once:
    asked for twice under it, it is one group. way: where the generations began."""

    names: tuple[str, ...]
    kind: str = "breed"
    rate: float = RATE
    seed: int | None = None
    children: int = TWELVE
    cross: Mapping[str, str] = field(default_factory=dict[str, str])
    once: str | None = None
    way: str = ""
    factor: float = FACTOR


async def read_grow(request: Request) -> Grow:
    """What this request asks for. Raises `AskedWrong`, `NotFound` for a name that nothing has."""
    key = key_of(request.headers)
    once = None if key is None else f"key:{key}"
    kind = kind_of(request)
    if kind == "application/json":
        data = await request.body()
        return checked(await aside(len(data), lambda: _from_json(data, once)))
    if kind not in FORMS:
        raise NotThere(
            _("This cannot be read: it is neither a form nor JSON."),
            _("Send Content-Type: application/json."),
            status=415,
        )
    form = await read_form(request, files=0, fields=FIELDS, largest=LARGEST_FIELD)
    return checked(_from_form(form, once))


def checked(grow: Grow) -> Grow:
    """The same, if its names could be those of anything: nothing else reaches a path or a statement."""
    for name in grow.names:
        if not is_id("work", name) and read_reference(name) is None:
            raise NotFound(
                _("There is no such work here, or it is not yours to see."),
                _("Is the address right? What was deleted is gone for everybody."),
            )
    if grow.kind not in SORTS:
        raise AskedWrong(
            _("Nothing is called {} here.").format(shown(grow.kind)), nearest(grow.kind, SORTS)
        )
    return grow


def _from_json(data: bytes, once: str | None) -> Grow:
    value = read_value(data, VALUES)
    if not isinstance(value, dict):
        raise AskedWrong(
            _("Ask with an object of named fields, like {}.").format('{"parents": ["w_…"]}')
        )
    try:
        asked = GrowAsking.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "?"
        if first["type"] == "extra_forbidden":
            offer = nearest(name, list(GrowAsking.model_fields))
            raise AskedWrong(_("Nothing is called {} here.").format(shown(name)), offer) from None
        said = _("{} cannot be {}: {}.").format(name, shown(first["input"]), first["msg"])
        raise AskedWrong(said) from None
    return Grow(
        tuple(dict.fromkeys(asked.parents)),
        asked.kind,
        asked.rate,
        asked.seed,
        USUAL.get(asked.kind, TWELVE) if asked.children is None else asked.children,
        asked.cross,
        once,
        factor=asked.factor,
    )


def _from_form(form: FormData, once: str | None) -> Grow:
    typed = {name: value for name, value in form.items() if isinstance(value, str)}
    ticked = _all(form, "parent")
    alone = _all(form, "film")
    names = alone or _all(form, "press") or (_all(form, "before") if typed.get("again") else ticked)
    if not names:
        raise AskedWrong(
            _("Nothing is ticked."), _("Press a drawing, or tick those that are meant.")
        )
    if once is None and typed.get("once"):
        said = json.dumps(sorted((n, v) for n, v in form.multi_items() if isinstance(v, str)))
        once = f"grow:{sha256(said.encode(errors='replace'))}"
    seed = _whole(typed, "seed")
    if typed.get("again") and seed is not None:
        seed = (seed + 1) % (MAX_SEED + 1)
    children = _whole(typed, "children")
    kind = "films" if alone or typed.get("films") else typed.get("kind", "breed")
    several = len(names) > 1
    return Grow(
        names,
        kind,
        _rate(typed, "rate", RATE),
        seed,
        USUAL.get(kind, TWELVE) if children is None else children,
        {n[6:]: v for n, v in typed.items() if n.startswith("cross.") and v and several},
        once,
        typed.get("way", ""),
        _rate(typed, "factor", FACTOR),
    )


def _all(form: FormData, name: str) -> tuple[str, ...]:
    found = cast("list[Any]", form.getlist(name))
    return tuple(dict.fromkeys(one for one in found if isinstance(one, str) and one))


def _rate(typed: Mapping[str, str], name: str, usual: float) -> float:
    text = typed.get(name, "").strip().replace(",", ".").replace("−", "-")
    if not text:
        return usual
    try:
        return numbers.number(text)
    except ValueError:
        raise AskedWrong(_("{} must be a number, not {}.").format(name, shown(text))) from None


def _whole(typed: Mapping[str, str], name: str) -> int | None:
    text = typed.get(name, "").strip()
    if not text:
        return None
    if not re.fullmatch(r"-?[0-9]{1,16}", text):
        raise AskedWrong(_("The {} must be a whole number, not {}.").format(name, shown(text)))
    return int(text)
