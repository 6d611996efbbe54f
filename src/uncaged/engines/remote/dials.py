"""The options of a model that performs elsewhere: what the far side says that it takes, as an `Options` class of ours.

Nothing is clamped: what is too much, the far side says. Sends nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Literal, TypeAlias, cast

from pydantic import Field, create_model

from uncaged.core.adapters import OPTION
from uncaged.core.numbers import is_number
from uncaged.engines.dials import Options

Sort: TypeAlias = Literal["number", "integer", "boolean", "string"]
Value: TypeAlias = float | int | bool | str

MOST: Final = 64
"""Options of one model, at most."""

LONGEST: Final = 300
"""Characters of a description, or of a text that is a value, at most."""

NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
KINDS: Final[Mapping[str, type]] = {"number": float, "integer": int, "boolean": bool, "string": str}


@dataclass(frozen=True, slots=True)
class Dial:
    """One option. usual: where nobody turns it; None where only the far side knows, and nothing is sent then.

    suggested: from where to where; empty where nobody says. choices: the only texts, where there are such. field: what
    it is called on the wire; empty for one of another studio, which has all of them together in one field.
    """

    name: str
    sort: Sort
    usual: Value | None = None
    description: str = ""
    suggested: tuple[float, ...] = ()
    unit: str = ""
    choices: tuple[str, ...] = ()
    field: str = ""


_STEPS: Final = Dial(
    "steps",
    "integer",
    description="Steps from noise to picture; more take longer. Empty: as it chooses there.",
    field="num_inference_steps",
)
_GUIDANCE: Final = Dial(
    "guidance",
    "number",
    description="How far it follows the words. Empty: as it chooses there.",
    field="guidance_scale",
)
_GUIDANCE_2: Final = Dial(
    "guidance_2",
    "number",
    description="The same of the second half, where the model has one. Empty: as it chooses there.",
    field="guidance_scale_2",
)
_TRUE: Final = Dial(
    "true_guidance",
    "number",
    description="The same where the model has learnt another sort. Empty: as it chooses there.",
    field="true_cfg_scale",
)
_BOUNDARY: Final = Dial(
    "boundary",
    "number",
    description="Where its second half begins, 0 … 1. Empty: as it chooses there.",
    field="boundary_ratio",
)

OF_DIALECT: Final[Mapping[str, tuple[Dial, ...]]] = {
    "vllm-omni": (_STEPS, _GUIDANCE, _GUIDANCE_2, _TRUE, _BOUNDARY),
    "sglang": (_STEPS, _GUIDANCE, _GUIDANCE_2, _TRUE),
}
"""What those engines document as fields of a request, whatever the model."""


def said(schemas: object) -> tuple[Dial, ...]:
    """The options that another studio says its model has, as a JSON Schema of each by its name; what makes no sense
    is left out, and so are adapters, which lie on its shelf."""
    if not isinstance(schemas, dict):
        return ()
    rows = cast("Mapping[str, object]", schemas)
    found = [_dial(name, row) for name, row in list(rows.items())[:MOST] if name != OPTION]
    return tuple(one for one in found if one is not None)


def _dial(name: str, row: object) -> Dial | None:
    if not NAME.fullmatch(name) or hasattr(Options, name) or name.startswith("model_"):
        return None
    if not isinstance(row, dict):
        return None
    known = cast("Mapping[str, Any]", row)
    sort = known.get("type")
    if sort not in KINDS:
        return None
    choices = known.get("enum", [])
    if not isinstance(choices, list) or not all(map(_is_text, cast("list[object]", choices))):
        return None
    usual = known.get("default")
    return checked(
        Dial(
            name,
            sort,
            usual,
            _plain(known.get("description")),
            () if usual is None else _suggested(known.get("suggested")),
            _plain(known.get("unit"))[:20],
            tuple(cast("list[str]", choices)[:MOST]),
        )
    )


def checked(dial: Dial) -> Dial | None:
    """The same, where its usual value is of its sort; None where it is not."""
    value = dial.usual
    if value is None:
        return dial
    wanted = (int, float) if dial.sort == "number" else KINDS[dial.sort]
    if not isinstance(value, wanted) or isinstance(value, bool) != (dial.sort == "boolean"):
        return None
    if dial.sort in ("number", "integer") and not is_number(value):
        return None
    if isinstance(value, str) and not _is_text(value):
        return None
    if dial.choices and value not in dial.choices:
        return None
    return dial


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST and (not value or value.isprintable())


def _plain(value: object) -> str:
    return value[:LONGEST] if isinstance(value, str) and value.isprintable() else ""


def _suggested(value: object) -> tuple[float, ...]:
    ends = cast("list[object]", value) if isinstance(value, list) else []
    if len(ends) != 2:
        return ()
    found = [end for end in ends if is_number(end)]
    return tuple(map(float, found)) if len(found) == 2 else ()


def read(row: Mapping[str, Any]) -> Dial:
    """One that was written down. Raises `ValueError`, `TypeError`, `KeyError`."""
    found = Dial(**{**row, "suggested": tuple(row["suggested"]), "choices": tuple(row["choices"])})
    texts = (found.description, found.unit, found.field, *found.choices)
    fits = NAME.fullmatch(found.name) and found.sort in KINDS and all(map(_is_text, texts))
    if not fits or hasattr(Options, found.name) or checked(found) is None:
        raise ValueError(f"{found.name!r:.60} is no option")
    return found


@lru_cache(64)
def options(dials: tuple[Dial, ...]) -> type[Options]:
    """A class of them."""
    fields: dict[str, Any] = {one.name: (_annotation(one), _field(one)) for one in dials}
    return create_model("Theirs", __base__=Options, **fields)


def _annotation(dial: Dial) -> Any:
    kind: Any = Literal[dial.choices] if dial.choices else KINDS[dial.sort]  # pyright: ignore - made of what is only known now
    return kind if dial.usual is not None else kind | None


def _field(dial: Dial) -> Any:
    extra = {"suggested": list(dial.suggested), "unit": dial.unit} if dial.suggested else {}
    return Field(default=dial.usual, description=dial.description, json_schema_extra=extra)


def apart(dials: tuple[Dial, ...], turned: Mapping[str, Any]) -> Mapping[str, Any]:
    """Those that have a field of their own on the wire, by its name; only what somebody turned."""
    return {
        one.field: turned[one.name]
        for one in dials
        if one.field and turned.get(one.name) is not None
    }


def together(dials: tuple[Dial, ...], turned: Mapping[str, Any]) -> Mapping[str, Any]:
    """Those that go together in one field."""
    return {one.name: turned[one.name] for one in dials if not one.field and one.name in turned}
