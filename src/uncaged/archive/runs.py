"""Runs, from being asked for to being kept. This is the table of contents; each name's module tells its part.

`asking` puts a run in line, `turns` keeps who could be next, `running` is what happens in a steward's hands,
`keeping` makes a work of it, `learnt` a model, `run` is the record itself.
"""

from uncaged.archive.asking import Asked, AskedTask, ask, ask_task, files_named
from uncaged.archive.keeping import Kept, complete
from uncaged.archive.learnt import Learnt, in_hand, trained
from uncaged.archive.run import Run, find, get
from uncaged.archive.running import (
    cancel,
    claim,
    died,
    fail,
    give_back,
    progressed,
    raise_epoch,
    recover,
    stopped,
    stopping,
)

__all__ = [
    "Asked",
    "AskedTask",
    "Kept",
    "Learnt",
    "Run",
    "ask",
    "ask_task",
    "cancel",
    "claim",
    "complete",
    "died",
    "fail",
    "files_named",
    "find",
    "get",
    "give_back",
    "in_hand",
    "progressed",
    "raise_epoch",
    "recover",
    "stopped",
    "stopping",
    "trained",
]
