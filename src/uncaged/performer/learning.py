"""From a task to a trained model: the trainer's events are told as they come, at the lowest priority.

Knows no archive and no torch: the trainer that the task names imports what it needs.
"""

import contextlib
import errno
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from uncaged.core.errors import DiskFull, RunFailed
from uncaged.core.machine import give_way
from uncaged.core.order import Done, Event, Trained
from uncaged.core.task import Task
from uncaged.training.registry import trainer

KEPT = "The last whole checkpoint stays: go on from it with less, or once there is more."


def learn(task: Task, tell: Callable[[Event], None]) -> Mapping[str, Any]:
    """Performs a training to its end, and returns its recipe. This process is slow for ever after.

    Whatever `tell` raises ends the trainer in good order: its generator is closed. Raises `RunFailed` where it ends
    without a model, `DiskFull`.
    """
    _give_way()
    recipe: Mapping[str, Any] | None = None
    trained = False
    try:
        with contextlib.closing(trainer(task.what).learn(task)) as events:
            for event in events:
                if isinstance(event, Done):
                    recipe = event.recipe
                else:
                    trained = trained or isinstance(event, Trained)
                    tell(event)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(
                "There is no room left on the disk; the last whole checkpoint stays.",
                "Make room, then go on with it.",
            ) from None
        raise
    if not trained or recipe is None:
        raise RunFailed(f"{task.what} ended without a model.", KEPT)
    return recipe


def _give_way() -> None:
    """The lowest priority; where memory runs out, the kernel ends a training before anything else of the studio."""
    give_way()
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500")
