"""A task: what a training is to do, as a score is what a film is to be. Frozen once it was asked for.

Knows no trainer: what a recipe may say, `training.registry` asks the one that is named.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self, cast

from uncaged.core.errors import AskedWrong
from uncaged.core.ids import is_id
from uncaged.core.score import shown
from uncaged.core.words import _

KIND = "training"
"""The one kind of task there is, and the kind of the run that performs it."""

LONGEST = 64_000
"""Characters of a task as JSON, at most."""

_TEXTS = ("what", "name", "begun", "start", "folder", "source")


@dataclass(frozen=True, slots=True)
class Task:
    """what: the trainer's name. recipe: everything that decides what is learned, every default written out.

    name: what the model is to be called. begun: the run whose folder it learns in: its own, or that of the run it goes
    on with. start: the run from whose last checkpoint it begins, if any. accepted: somebody has seen that recipe, data
    or code are not those it was begun with, and goes on. folder, source: paths of these two folders; only an order has
    them, since a home may move.
    """

    what: str
    recipe: Mapping[str, Any]
    name: str = ""
    begun: str = ""
    start: str = ""
    accepted: bool = False
    folder: str = ""
    source: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain values; what is empty is absent."""
        said = {name: getattr(self, name) for name in _TEXTS if getattr(self, name)}
        more = {"accepted": True} if self.accepted else {}
        return {"kind": KIND, "recipe": dict(self.recipe)} | said | more

    @classmethod
    def from_json(cls, value: object) -> Self:
        """Reads what `to_json` wrote; `AskedWrong` says what is not right."""
        if not isinstance(value, Mapping):
            raise AskedWrong(_("A task is an object with named fields, not %s.") % shown(value))
        data = cast("Mapping[str, Any]", value)
        if data.get("kind") != KIND:
            raise AskedWrong(
                _("There is no task of the kind %s here.") % shown(data.get("kind")),
                _("A newer version of Uncaged may know it."),
            )
        strange = sorted(set(data) - {"kind", "recipe", "accepted", *_TEXTS})
        if strange:
            raise AskedWrong(_("A task has no field %s.") % shown(strange[0]))
        texts: dict[str, Any] = {name: data[name] for name in _TEXTS if name in data}
        recipe = data.get("recipe")
        if not all(isinstance(text, str) for text in texts.values()) or not texts.get("what"):
            raise AskedWrong(_("A task says in words which trainer is meant."))
        if not isinstance(recipe, Mapping) or not is_plain(cast("Mapping[str, Any]", recipe)):
            raise AskedWrong(_("The recipe of a task is an object of finite numbers and texts."))
        for name in ("begun", "start"):
            if texts.get(name) and not is_id("run", texts[name]):
                raise AskedWrong(_("A task names a training by its run, not %s.") % texts[name])
        plain = dict(cast("Mapping[str, Any]", recipe))
        return cls(recipe=plain, accepted=data.get("accepted") is True, **texts)


def is_plain(value: object, depth: int = 8) -> bool:
    """Whether a value can be kept as JSON: finite, and nested no deeper than `depth`."""
    match value:
        case None | bool() | int() | str():
            return True
        case float():
            return math.isfinite(value)
        case list() | tuple():
            return depth > 0 and all(
                is_plain(one, depth - 1) for one in cast("list[object]", value)
            )
        case Mapping():
            named = cast("Mapping[object, object]", value)
            return depth > 0 and all(
                isinstance(name, str) and is_plain(one, depth - 1) for name, one in named.items()
            )
        case _:
            return False
