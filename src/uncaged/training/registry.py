"""Which trainers there are, by name, and what each of them is asked. Imports none before it is named.

A trainer turns a task into events. Knows no archive: what becomes of a model, the studio says.
"""

from collections.abc import Generator, Mapping
from importlib import import_module
from typing import Any, Protocol

from uncaged.core.errors import NotFound, nearest
from uncaged.core.order import Event
from uncaged.core.task import Task
from uncaged.core.words import _

TRAINERS: Mapping[str, tuple[str, str]] = {
    "seedling": ("uncaged.training.seedling.trainer", "SeedlingTrainer"),
    "echo": ("uncaged.training.echo", "EchoTrainer"),
}
"""Each trainer: its module, and its class there."""

Facts = Mapping[str, Any]


class Trainer(Protocol):
    """How a model of one family is trained. Cheap to make; a name is a person's word for it."""

    name: str

    def ready(self) -> None:
        """Raises `AskedWrong`, with what to do, where it could not begin here: a library or the data are missing."""
        ...

    def recipe(self, asked: Mapping[str, Any], start: Mapping[str, Any] | None) -> dict[str, Any]:
        """The recipe with every default written out. start: that of the training that it goes on from, if any.

        Raises `AskedWrong` for what a recipe does not have.
        """
        ...

    def seconds(self, recipe: Mapping[str, Any]) -> float:
        """How long it takes at most, or about, on this machine."""
        ...

    def differences(
        self, old: Mapping[str, Any], new: Mapping[str, Any]
    ) -> list[tuple[str, str, str]]:
        """What differs between two recipes so that it matters for going on: (name, then, now) each."""
        ...

    def learn(self, task: Task) -> Generator[Event]:
        """Progress, Learned and Preview now and then; at last Trained and Done.

        Whatever lies in the task's folder is gone on from. Closing it ends the training with a checkpoint. Says
        something at least every few seconds, for the whole process has to be told to stop. Raises `UncagedError`.
        """
        ...


def trainer(name: str) -> Trainer:
    """The trainer of this name; `NotFound` offers the nearest ones."""
    if name not in TRAINERS:
        raise NotFound(
            _("Nothing called %(name)s can be trained here.") % {"name": name},
            nearest(name, list(TRAINERS)),
        )
    module, made = TRAINERS[name]
    found: Trainer = getattr(import_module(module), made)()
    return found
