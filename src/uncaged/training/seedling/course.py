"""A course: what the recipe of a whole training says, and what of it each of its two legs does.

Knows no process and no folder.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final

from uncaged.core.errors import AskedWrong
from uncaged.training.seedling.plans import STAGES
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
        _check(own)
        rest = {name: value for name, value in body.items() if name not in own}
        for name in ("stage", "samples"):
            if name in rest:
                raise AskedWrong(
                    f"A training of seedling has no “{name}”.",
                    "Its legs have one each; say how many minutes.",
                    name,
                )
        try:
            legs = Recipe.from_json({"minutes": 20.0} | rest | {"samples": MANY})
        except TypeError as error:
            raise AskedWrong(f"The recipe cannot be read: {error}.") from None
        if legs.minutes <= 0:
            raise AskedWrong("A training of seedling takes some minutes.", "Say --minutes 20.")
        return cls(legs, **own)

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


OWN: Final = tuple(field.name for field in fields(Course) if field.name != "legs")
"""What a course says beside the recipe of its legs."""


def _check(own: Mapping[str, Any]) -> None:
    """Raises `AskedWrong` for what no course can say."""
    for name, least, most in (
        ("films", 8, 10**7),
        ("processes", 1, 64),
        ("frames_samples", 0, MANY),
        ("films_samples", 0, MANY),
        ("judged", 0, 10_000),
    ):
        value = own.get(name, least)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise AskedWrong(
                f"{name} is {value!r}.", f"It is a whole number, {least} to {most}.", name
            )
    part = own.get("frames_part", 0.6)
    if isinstance(part, bool) or not isinstance(part, int | float) or not 0 <= part <= 1:
        raise AskedWrong(f"frames_part is {part!r}.", "It lies between 0 and 1.", "frames_part")
    drawings, settles = own.get("drawings", "one"), own.get("settles", True)
    if drawings not in STAGES:
        raise AskedWrong(
            f"drawings is {drawings!r}.", f"There are: {', '.join(STAGES)}.", "drawings"
        )
    if not isinstance(settles, bool):
        raise AskedWrong(f"settles is {settles!r}.", "It is true or false.", "settles")


def films_of(films: int, drawings: str = "one") -> "Root":
    """What the films are that it learns from. drawings: see `plans.Stage`."""
    from uncaged.engines.seedling.codec import Codec
    from uncaged.training.seedling.store import Root

    stage: Any = drawings
    return Root(0, films, "train", Codec.shipped().hash, stage)
