"""What a leg counts: steps, samples, work. Frozen; counting makes a new one."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from uncaged.training.seedling.recipe import Recipe

LONGEST_STEP = 10.0
"""Seconds of work that one step counts at most: what is longer was a pause."""

HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Told:
    """What a process says of itself since it started. core: seconds of processor time."""

    frames: int = 0
    clips: int = 0
    core: float = 0.0


@dataclass(frozen=True, slots=True)
class Counters:
    """step: of this network in all. stage_step: since the stage began, leg_step: since the leg began.

    frames, clips: samples of all processes, over all legs; leg_frames, leg_clips: of this leg. worked: seconds of this
    leg without pauses. core: seconds of processor time of all processes, over all legs.
    """

    step: int = 0
    stage_step: int = 0
    leg_step: int = 0
    frames: int = 0
    clips: int = 0
    leg_frames: int = 0
    leg_clips: int = 0
    worked: float = 0.0
    core: float = 0.0

    def after(self, frames: int, clips: int, seconds: float) -> "Counters":
        """After one step of this process."""
        return replace(
            self,
            step=self.step + 1,
            stage_step=self.stage_step + 1,
            leg_step=self.leg_step + 1,
            frames=self.frames + frames,
            clips=self.clips + clips,
            leg_frames=self.leg_frames + frames,
            leg_clips=self.leg_clips + clips,
            worked=self.worked + min(seconds, LONGEST_STEP),
        )

    def with_others(self, told: Told, core: float) -> "Counters":
        """With what the other processes told, and this one's own processor time since it started."""
        return replace(
            self,
            frames=self.frames + told.frames,
            clips=self.clips + told.clips,
            leg_frames=self.leg_frames + told.frames,
            leg_clips=self.leg_clips + told.clips,
            core=self.core + told.core + core,
        )

    def done(self, recipe: Recipe) -> float:
        """How much of the leg is done, 0..1: by its samples or by its minutes, whichever is further."""
        share = (self.leg_frames + self.leg_clips) / recipe.samples
        if recipe.minutes:
            share = max(share, self.worked / (60 * recipe.minutes))
        return min(1.0, share)

    def left(self, recipe: Recipe) -> float:
        """Seconds of work to the leg's end, as fast as so far; 0 before the first step."""
        done = self.done(recipe)
        return self.worked * (1 - done) / done if done else 0.0

    def new_leg(self, *, new_stage: bool) -> "Counters":
        """Where another leg begins."""
        return replace(
            self,
            leg_step=0,
            leg_frames=0,
            leg_clips=0,
            worked=0.0,
            stage_step=0 if new_stage else self.stage_step,
        )

    def to_json(self) -> dict[str, Any]:
        """Plain values, by name."""
        return asdict(self)

    @staticmethod
    def from_json(body: Mapping[str, Any]) -> "Counters":
        """The counters of plain values."""
        return Counters(**body)


def energy(counted: Counters, recipe: Recipe) -> dict[str, Any]:
    """Watt-hours of what was counted, with the assumption named: of a processor's busy cores, over all legs; of another
    device the whole time that this leg worked, since nobody sees how busy that was."""
    own = recipe.device == "cpu"
    busy = counted.core if own else counted.worked
    what = "a busy core" if own else f"the {recipe.device} while a leg works"
    return {
        "watt_hours": busy * recipe.watts / HOUR,
        "energy_assumes": f"{recipe.watts:g} W for {what}; assumed, not measured",
    }
