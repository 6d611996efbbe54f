"""Trainings: those of one's own, and asking for the next one by a form or as JSON. What happens stands in `studio`."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from uncaged.archive import learnt, models
from uncaged.archive.run import Run
from uncaged.core.errors import AskedWrong, UncagedError
from uncaged.queue.admission import bounds_of
from uncaged.studio import entering, learning, lessons
from uncaged.training.registry import TRAINERS, trainer
from uncaged.web import closing
from uncaged.web.asking import ids_for
from uncaged.web.here import Here
from uncaged.web.saying import ticked
from uncaged.web.views.base import Trouble
from uncaged.web.views.training import TrainingLine, TrainingsView
from uncaged.web.words import _

LISTED = 50
"""Trainings that the page lists."""

TYPED = ("from", "minutes", "name", "more", "accept")
"""Fields of the form; `more` has a name and a value of the recipe a line, `accept` takes what differs."""

MINUTE = 60.0


def show(
    here: Here, typed: Mapping[str, str] | None = None, trouble: Trouble | None = None
) -> TrainingsView:
    """The page. typed: what was said, where it could not be done; trouble: why not."""
    said = typed or {}
    policy = here.web.policies.look().policy
    with here.studio.archive.read() as conn:
        own = learnt.own(conn, here.studio.person, LISTED)
        shelf = {one.name: one.engine for one in models.shelf(conn)}
        most = bounds_of(conn, policy, here.studio.person).device_seconds
    ready, missing = _ready()
    begins = said.get("from", "")
    before = next((run for run in own if run.id == begins), None)
    return TrainingsView(
        trainings=tuple(_line(here, runs, shelf) for runs in _gathered(own)),
        trainers=ready,
        models=tuple(name for name, engine in shelf.items() if engine in ready),
        missing=missing,
        may="make" in here.visitor.scopes and here.visitor.person.kind not in ("guest", ""),
        most_minutes=None if most is None else most / MINUTE,
        stopped=None if before is None else before.id,
        typed={name: said[name] for name in TYPED if said.get(name)},
        once=said.get("once") or secrets.token_urlsafe(12),
        trouble=trouble,
    )


def _ready() -> tuple[tuple[str, ...], tuple[Trouble, ...]]:
    """Trainers that could begin here, and what the others miss."""
    found: list[str] = []
    missing: list[Trouble] = []
    for name in TRAINERS:
        try:
            trainer(name).ready()
        except UncagedError as error:
            missing.append(Trouble(message=error.message, hint=error.hint))
        else:
            found.append(name)
    return tuple(found), tuple(missing)


def _gathered(own: Sequence[Run]) -> list[list[Run]]:
    """Runs that learned in the same folder are one training; the newest first."""
    found: dict[str, list[Run]] = {}
    for run in own:
        assert run.task is not None
        found.setdefault(run.task.begun, []).append(run)
    return list(found.values())


def _line(here: Here, runs: Sequence[Run], shelf: Mapping[str, str]) -> TrainingLine:
    run = runs[0]
    assert run.task is not None
    lesson = lessons.lesson(lessons.folder(here.studio, run.task.begun), 2)
    return TrainingLine(
        run=run.id,
        runs=len(runs),
        name=run.task.name,
        what=run.task.what,
        state=run.state,
        asked=run.asked,
        step=lesson.step,
        kept=lesson.kept,
        here=run.state == "completed" and run.task.name in shelf,
    )


def ask(here: Here, said: Mapping[str, str]) -> Run:
    """Puts a training in line. Asked for twice with the same `once`, it is the same one. Raises `AskedWrong`,
    `NotFound`, `NotAllowed`, `TooMany`."""
    closing.check(here)
    begins = said.get("from", "").strip()
    what, on = (begins, "") if begins in TRAINERS else ("", begins)
    accept = ticked(said, "accept")
    wish = learning.Wish(what, _recipe(said), said.get("name", "").strip(), on, accept)
    once = said.get("once", "").strip()
    studio = here.studio
    run_id = ids_for(entering.secret_of(studio), studio.person, once)[0] if once else None
    return learning.ask(studio, wish, run_id)


def _recipe(said: Mapping[str, str]) -> dict[str, Any]:
    """What is to be otherwise than usual."""
    found: dict[str, Any] = {}
    for line in said.get("more", "").splitlines():
        if line.strip():
            name, value = learning.read_change(line)
            found[name] = value
    minutes = said.get("minutes", "").strip()
    if minutes:
        try:
            found["minutes"] = float(minutes.replace(",", "."))
        except ValueError:
            raise AskedWrong(
                _("%(minutes)s is no number of minutes.") % {"minutes": minutes[:40]},
                _("For example: 20"),
                "minutes",
            ) from None
    return found
