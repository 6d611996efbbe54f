"""The times that models of rectified flow were published with, read from their schedulers, and bent where wanted."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from diffusers.schedulers.scheduling_flow_match_euler_discrete import (
    FlowMatchEulerDiscreteScheduler,
)

from uncaged.engines import published
from uncaged.engines.diffusion import opening
from uncaged.engines.sampling import bowed


def scheduler(folder: Path) -> Any:
    """The scheduler of a published model, as one of rectified flow. Raises `WeightsMissing`, `WeightsBroken`."""
    known = published.read_json(folder / "scheduler" / "scheduler_config.json")
    if "flow_shift" in known:  # what schedulers that can do other ways too call it
        known = known | {"shift": known["flow_shift"]}
    return opening.scheduler(FlowMatchEulerDiscreteScheduler, folder, known)


def flow(
    kept: Any, steps: int, bend: float, sigmas: Sequence[float] | None = None, **more: Any
) -> list[float]:
    """Steps + 1 times. sigmas: what the scheduler begins with, where a pipeline gives it some; more: what else it is
    told, such as its shift `mu`."""
    if steps == 1:
        return [1.0, 0.0]  # some of them cannot say so
    kept.set_timesteps(steps, sigmas=sigmas, **more)
    times = [float(time) for time in kept.sigmas]
    return bowed([1 - t for t in times] if kept.config.invert_sigmas else times, bend)


def by_size(
    kept: Any, steps: int, bend: float, tokens: int, sigmas: Sequence[float] | None = None
) -> list[float]:
    """The larger a film, in tokens, the more of the times lie near the noise, where its scheduler says so. sigmas: even
    ones where nobody gives others."""
    known = kept.config
    rise = (known.max_shift - known.base_shift) / (
        known.max_image_seq_len - known.base_image_seq_len
    )
    mu = known.base_shift + rise * (tokens - known.base_image_seq_len)
    told = {"mu": mu} if known.use_dynamic_shifting else {}
    even = np.linspace(1.0, 1 / steps, steps).tolist()
    return flow(kept, steps, bend, even if sigmas is None else sigmas, **told)


def gentle(steps: int) -> list[float]:
    """Half of the steps through the first fortieth of the way, and then ever longer ones: as Mochi was published, and
    LTX Video from 0.9.5 on. Without the 0 at the end."""
    half = steps // 2
    if not half:
        return [1.0]
    rest, slow = steps - half, 0.025
    lag = half - slow * steps
    square = lag / (half * rest**2)
    line = slow / half - 2 * lag / rest**2
    begin = [i * slow / half for i in range(half)]
    return [
        1.0 - x
        for x in (*begin, *(square * (i * i + half**2) + line * i for i in range(half, steps)))
    ]
