"""A course: what the recipe of a whole training says, and what of it each of its two legs does.

Knows no process and no folder.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final

from uncaged.core.errors import AskedWrong, nearest
from uncaged.training.checking import check_among, check_bounds, check_sort
from uncaged.training.seedling.plans import DRAWINGS
from uncaged.training.seedling.recipe import Recipe

if TYPE_CHECKING:
    from uncaged.training.seedling.store import Root

LEGS: Final = ("frames", "mixed")
MANY: Final = 10**12
"""Samples of a leg that ends by its minutes."""


@dataclass(frozen=True, slots=True)
class Course:
    """What a training's recipe says beside that of its legs.

    films: so many are drawn to learn from. drawings: see `plans.Stage`. processes: that learn together. frames_part: of
    the minutes are for single frames. frames_samples, films_samples: where they are not 0, the leg of single frames and
    that of films also end after so many samples. settles: the learning rate falls at the end of the last leg. judged:
    the model is judged at the end by so many films of seen pairs, and by fewer others; 0: it is not. legs: the recipe
    that both share.
    """

    legs: Recipe
    films: int = 4_000
    drawings: str = "one"
    processes: int = 2
    frames_part: float = 0.6
    frames_samples: int = 0
    films_samples: int = 0
    settles: bool = True
    judged: int = 48

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> "Course":
        """The course of plain values; `AskedWrong` for what it does not have."""
        own = {name: body[name] for name in OWN if name in body}
        for name, value in own.items():
            check_sort(name, value, type(USUAL[name]))
        if body.get("device", "cpu") != "cpu":  # one process fills it
            own.setdefault("processes", 1)
        rest = {name: value for name, value in body.items() if name not in own}
        for name in ("stage", "samples"):
            if name in rest:
                raise AskedWrong(
                    f"A training of seedling has no “{name}”.",
                    "Its legs have one each; say how many minutes.",
                    name,
                )
        known = sorted({*OWN, *(field.name for field in fields(Recipe))} - {"stage", "samples"})
        for name in rest:
            if name not in known:
                raise AskedWrong(
                    f"A training of seedling has no “{name[:60]}”.", nearest(name, known), name
                )
        legs = Recipe.from_json({"minutes": 20.0} | rest | {"samples": MANY})
        if legs.minutes <= 0:
            raise AskedWrong("A training of seedling takes some minutes.", "Say --minutes 20.")
        made = cls(legs, **own)
        check_bounds(made, BOUNDS)
        check_among("drawings", made.drawings, DRAWINGS)
        return made

    def to_json(self) -> dict[str, Any]:
        """Plain values, every default written out."""
        said = self.legs.to_json()
        own = {name: getattr(self, name) for name in OWN}
        return {name: said[name] for name in said if name not in ("stage", "samples")} | own

    def leg(self, stage: str) -> Recipe:
        """One leg's recipe; the learning rate falls at the end of the last."""
        part = self.frames_part if stage == "frames" else 1 - self.frames_part
        falls = self.settles and stage == "mixed"
        last = max(0.25, self.legs.decay_last) if falls else self.legs.decay_last
        kind: Any = stage
        minutes = self.legs.minutes * part
        samples = (self.frames_samples if stage == "frames" else self.films_samples) or MANY
        return replace(self.legs, stage=kind, minutes=minutes, samples=samples, decay_last=last)

    @property
    def stages(self) -> list[str]:
        """The legs that there are."""
        return [stage for stage in LEGS if self.leg(stage).minutes > 0]


USUAL: Final = {field.name: field.default for field in fields(Course) if field.name != "legs"}
OWN: Final = tuple(USUAL)
"""What a course says beside the recipe of its legs."""


BOUNDS: Final = (
    ("films", 8, 10**6),
    ("processes", 1, 64),
    ("frames_part", 0, 1),
    ("frames_samples", 0, MANY),
    ("films_samples", 0, MANY),
    ("judged", 0, 10_000),
)


def films_of(films: int, drawings: str = "one") -> "Root":
    """What the films are that it learns from. drawings: see `plans.Stage`."""
    from uncaged.engines.seedling.codec import Codec
    from uncaged.training.seedling.store import Root

    stage: Any = drawings
    return Root(0, films, "train", Codec.shipped().hash, stage)
