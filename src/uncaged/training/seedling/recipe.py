"""A leg's recipe: everything that decides what is learned, except the drawings themselves. Frozen, and JSON-able.

Schedules count samples (a single frame, or a clip), so that a busy machine learns the same; `minutes` only bounds.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, Literal, cast, get_args

from uncaged.core.errors import AskedWrong
from uncaged.core.score import shown
from uncaged.engines.seedling.grammar import slot_of
from uncaged.training.checking import Bounds, check_among, check_bounds, check_fields, check_sort

Stage = Literal["frames", "mixed"]
Precision = Literal["auto", "bf16", "fp32"]
SIZES: Final = ("s", "m", "tiny")
"""Sizes of the network; the last is for tests."""

DEVICES: Final = ("cpu", "cuda", "mps", "xpu")
"""What it can learn on; a number may follow: cuda:1."""


CORE: Final = 8.0
"""Watts of a busy core, about."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """One leg. Shares and probabilities are 0..1; `mean` and `spread` are of the flow time's logit."""

    size: str = "s"
    stage: Stage = "frames"
    """frames: single frames only. mixed: clips with a key frame, and single frames in `frame_share` of the steps."""
    samples: int = 100_000
    """Single frames and clips of this leg, of all processes together."""
    minutes: float = 0.0
    """The leg also ends after so many minutes of work (pauses are not counted); 0: only by samples."""
    frames_a_step: int = 32
    clips_a_step: int = 8
    frame_share: float = 0.55
    learning_rate: float = 1e-3
    warm_steps: int = 50
    decay_last: float = 0.0
    """Share of the leg, at its end, in which the learning rate falls to 3 %."""
    clip_norm: float = 1.0
    weight_decay: float = 0.01
    ema_window: float = 0.12
    """The running mean of the weights looks back over this share of the stage's steps so far."""
    frame_mean: float = 1.2
    frame_spread: float = 1.2
    """What is drawn is decided at much noise: from one checkpoint of 66,000 frames, after 16,000 more with 0.3 and 1.0
    the probe named 16 % of kinds right, with 1.2 and 1.2 26 % (± 2.5)."""
    clip_mean: float = 1.2
    clip_spread: float = 1.2
    least_time: float = 0.2
    """Errors are divided by the flow time, but never by less than this."""
    key_place: int = 4
    """Which latent frame of a clip is nearly clean in training (−1: none), with a flow time of 0..`key_time`."""
    key_time: float = 0.3
    difference: float = 0.35
    """Weight of the loss on errors that change from frame to frame."""
    drop_slot: float = 0.05
    drop_all: float = 0.1
    emphasis: tuple[tuple[str, float], ...] = ()
    """Clips that say this are drawn so many times as often: ("s1.motion=sways", 2.0). Weights multiply."""
    gossip_every: int = 8
    seed: int = 0
    device: str = "cpu"
    precision: Precision = "auto"
    threads: int = 1
    save_every: float = 5.0
    """Minutes of work between checkpoints."""
    save_steps: int = 0
    """Steps between checkpoints, beside `save_every`; 0: by the minutes alone."""
    watts: float = CORE
    """Assumed, not measured: what one busy core draws; of another device it has to be said."""

    def __post_init__(self) -> None:
        check_bounds(self, BOUNDS)
        check_among("stage", self.stage, get_args(Stage))
        check_among("precision", self.precision, get_args(Precision))
        check_among("size", self.size, SIZES)
        check_among("device", self.device.partition(":")[0], DEVICES)
        if self.device != "cpu" and self.watts == CORE:
            raise AskedWrong(
                f"Nobody knows what a {self.device} draws while it learns.",
                "Say it in watts, as for example watts=300: its energy is reckoned by that.",
                "watts",
            )

    def to_json(self) -> dict[str, Any]:
        """Plain values, by name."""
        return asdict(self) | {"emphasis": [list(pair) for pair in self.emphasis]}

    @staticmethod
    def from_json(body: Mapping[str, Any]) -> "Recipe":
        """The recipe of plain values; names that a recipe does not have are refused."""
        check_fields(Recipe, body)
        return Recipe(**{**body, "emphasis": _emphasis(body.get("emphasis", ()))})


def _emphasis(said: object) -> tuple[tuple[str, float], ...]:
    """What is said of how often clips are drawn; `AskedWrong` for a value that the grammar does not have."""
    found: list[tuple[str, float]] = []
    for pair in cast("list[object]", said) if isinstance(said, list | tuple) else [said]:
        match pair:
            case [str() as what, int() | float() as weight] if not isinstance(weight, bool):
                slot, _, value = what.partition("=")
                slot_of(slot).at(value)
                check_sort("emphasis", weight, float)
                if weight < 0:
                    raise AskedWrong(f"{what} has the weight {weight}.", "Weights are 0 or more.")
                found.append((what, float(weight)))
            case _:
                raise AskedWrong(
                    f"The recipe's emphasis is {shown(said)}.",
                    'It is a list of pairs like ["s1.motion=sways", 2].',
                    "emphasis",
                )
    return tuple(found)


_MANY = 10**12
BOUNDS: Bounds = (
    ("samples", 1, _MANY),
    ("minutes", 0, _MANY),
    ("frames_a_step", 1, 65_536),
    ("clips_a_step", 1, 65_536),
    ("frame_share", 0, 1),
    ("learning_rate", 0, 1),
    ("warm_steps", 0, _MANY),
    ("decay_last", 0, 1),
    ("clip_norm", 1e-6, _MANY),
    ("weight_decay", 0, 1),
    ("ema_window", 0, 1),
    ("frame_mean", -20, 20),
    ("frame_spread", 0, 10),
    ("clip_mean", -20, 20),
    ("clip_spread", 0, 10),
    ("least_time", 0.01, 1),
    ("key_place", -1, 7),
    ("key_time", 0, 1),
    ("difference", 0, 100),
    ("drop_slot", 0, 1),
    ("drop_all", 0, 1),
    ("gossip_every", 1, _MANY),
    ("seed", 0, 2**53 - 1),
    ("threads", 1, 1024),
    ("save_every", 0.01, _MANY),
    ("save_steps", 0, _MANY),
    ("watts", 0, 10_000),
)


def differences(old: Any, new: Any) -> list[tuple[str, str, str]]:
    """What differs between two recipes of one kind: (name, old, new) each, in the recipe's order."""
    return [
        (field.name, str(getattr(old, field.name)), str(getattr(new, field.name)))
        for field in fields(old)
        if getattr(old, field.name) != getattr(new, field.name)
    ]
