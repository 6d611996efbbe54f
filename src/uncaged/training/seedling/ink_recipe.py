"""An inker's recipe: everything that decides what a leg of it learns, except codec and code. Frozen, and JSON-able."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from uncaged.core.errors import AskedWrong
from uncaged.engines.seedling.inking import SIDES
from uncaged.training.checking import Bounds, check_bounds, check_fields


@dataclass(frozen=True, slots=True)
class InkRecipe:
    """One leg."""

    size: str = "s"
    side: int = SIDES[0]
    """256: all but the step to 512 is learned. 512: that step alone, and the rest stays as it is."""
    samples: int = 40_000
    """Windows of this leg."""
    minutes: float = 0.0
    """The leg also ends after so many minutes of work (pauses are not counted); 0: only by samples."""
    windows_a_step: int = 4
    places: int = 8
    """Latents of a window's side; each is 4 pixels of the small film."""
    times: int = 3
    """Latents of a window's length; each is 2 frames of the small film."""
    noise: float = 0.45
    """The largest deviation of noise in the latents."""
    kept: int = 24
    """Films that windows are cut from at a time."""
    lasts: int = 3
    """Steps after which the oldest of them gives way to a new one."""
    learning_rate: float = 2e-3
    warm_steps: int = 50
    decay_last: float = 0.5
    """Share of the leg, at its end, in which the learning rate falls to 3 %."""
    clip_norm: float = 0.5
    weight_decay: float = 0.0
    ema_window: float = 0.05
    """The running mean of the weights looks back over this share of the stage's steps so far."""
    slopes: float = 0.5
    """Weight of errors that change from pixel to pixel: lines are such."""
    changes: float = 0.5
    """Weight of errors that change from frame to frame: flicker is such."""
    seed: int = 0
    precision: str = "auto"
    threads: int = 1
    save_every: float = 3.0
    """Minutes of work between checkpoints."""
    save_steps: int = 0
    """Steps between checkpoints, beside `save_every`; 0: by the minutes alone."""

    def __post_init__(self) -> None:
        check_bounds(self, BOUNDS)
        if self.side not in SIDES or self.precision not in ("auto", "bf16", "fp32"):
            raise AskedWrong(
                f"The recipe asks for {self.side} pixels in {self.precision}.",
                f"Sides are {' and '.join(map(str, SIDES))}; precisions auto, bf16 and fp32.",
            )

    def to_json(self) -> dict[str, Any]:
        """Plain values, by name."""
        return asdict(self)

    @staticmethod
    def from_json(body: Mapping[str, Any]) -> "InkRecipe":
        """The recipe of plain values; names that a recipe does not have are refused."""
        check_fields(InkRecipe, body)
        return InkRecipe(**body)


_MANY = 10**12
BOUNDS: Bounds = (
    ("samples", 1, _MANY),
    ("minutes", 0, _MANY),
    ("windows_a_step", 1, 4096),
    ("places", 1, 16),
    ("times", 1, 8),
    ("noise", 0, 10),
    ("kept", 1, 4096),
    ("lasts", 1, _MANY),
    ("learning_rate", 0, 1),
    ("warm_steps", 0, _MANY),
    ("decay_last", 0, 1),
    ("clip_norm", 1e-6, _MANY),
    ("weight_decay", 0, 1),
    ("ema_window", 0, 1),
    ("slopes", 0, 100),
    ("changes", 0, 100),
    ("seed", 0, 2**53 - 1),
    ("threads", 1, 1024),
    ("save_every", 0.01, _MANY),
    ("save_steps", 0, _MANY),
)
