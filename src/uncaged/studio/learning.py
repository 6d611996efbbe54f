"""A training as a run of the studio, top to bottom: how a wish becomes a model on the shelf. Stages as in `making`.

    ASKED   here     one short transaction    what it goes on from → recipe → name → run in line
    MADE    performer, no transaction         learn, checkpoint after checkpoint
    SEALED  steward, no transaction           each file of the model under its hash
    KEPT    steward, one short transaction    check the attempt → model, files, edges, log line → run completed

Its folder outlasts every attempt: whatever ends one, the next goes on from the last whole checkpoint.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Connection

from uncaged.archive import learnt, models, runs
from uncaged.archive.tables import FINISHED
from uncaged.core.errors import AskedWrong, FileDamaged, NotFound, RunFailed
from uncaged.core.ids import is_id, new_id
from uncaged.core.naming import look_alike, looks_as
from uncaged.core.score import shown
from uncaged.core.task import Task
from uncaged.core.words import _
from uncaged.queue import admission, following, own
from uncaged.studio import allowing, laying, lessons, performing, shelf
from uncaged.training.registry import trainer

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

MOST_FILES = 1000
"""Files of one model, at most."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for. what: a trainer; empty for that of `on`. recipe: what is to be otherwise than usual.

    name: of the model; empty for one that is found. on: a run of theirs or a model that it goes on from. accept:
    goes on though the recipe is not the one it was begun with.
    """

    what: str = ""
    recipe: Mapping[str, Any] = field(default_factory=dict[str, Any])
    name: str = ""
    on: str = ""
    accept: bool = False


@dataclass(frozen=True, slots=True)
class Learning:
    """One training on its way. Each stage returns a new record with a little more in it.

    run_id: drawn at once, since its folder has that name. before: the run that it goes on from. run: as it stands in
    the archive. hands: performer and watcher, in the steward only. model: what was sealed; data: the name of its file
    that says what it was trained on. kept: the model's id.
    """

    wish: Wish = field(default_factory=Wish)
    run_id: str = ""
    before: runs.Run | None = None
    task: Task | None = None
    seconds: float = 0.0
    run: runs.Run | None = None
    hands: performing.Hands | None = None
    performed: performing.Performed | None = None
    model: models.Shelved | None = None
    data: str | None = None
    kept: str | None = None


Stage = Callable[["Studio", Learning], Learning]


def read_change(text: str) -> tuple[str, Any]:
    """A name and a value of a recipe, as in "seed=2"; what is no JSON is a text. Raises `AskedWrong`."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise AskedWrong(
            _("A change is a name and a value, like seed=2, not %(text)s.") % {"text": shown(text)}
        )
    try:
        return name.strip(), json.loads(value)
    except (ValueError, RecursionError):
        return name.strip(), value.strip()


def find_before(studio: "Studio", learning: Learning) -> Learning:
    """The training that it goes on from: by its run, or by the name of its model."""
    on = learning.wish.on.strip()
    if not on:
        return learning
    with studio.archive.read() as conn:
        if is_id("run", on):
            found = own.own(conn, studio.person, on)
        else:
            model = models.on_shelf(conn, on)
            found = None if model is None else learnt.made(conn, model.id)
            if found is None:
                raise NotFound(
                    _("There is no training called %(name)s to go on from.") % {"name": shown(on)},
                    _("Name a run of yours, or a model that was trained here."),
                )
        if found.task is None:
            raise AskedWrong(
                _("%(run)s is no training.") % {"run": found.id},
                _("Name the run of a training, or its model."),
            )
        newest = learnt.newest_in(conn, found.task.begun) or found
    _check_over(studio, newest)
    if not lessons.folder(studio, found.task.begun).is_dir():
        raise AskedWrong(
            _("The folder of %(run)s is not there any more.") % {"run": newest.id},
            _("Without its checkpoints nothing can go on from it; begin anew."),
        )
    return replace(learning, before=newest)


def _check_over(studio: "Studio", run: runs.Run) -> None:
    if run.state not in FINISHED:
        if not studio.performed_now():
            raise AskedWrong(
                _("%(run)s is not over yet, and nobody performs now.") % {"run": run.id},
                _("`uncaged steward` goes on with it, from its last whole checkpoint."),
            )
        raise AskedWrong(
            _("%(run)s is not over yet; it goes on by itself.") % {"run": run.id},
            _("Look at it with `uncaged info %(run)s`, or cancel it first.") % {"run": run.id},
        )


def write_task(studio: "Studio", learning: Learning) -> Learning:
    """Writes every default out; shows what differs from a training that is gone on with, and refuses it so."""
    wish, before = learning.wish, None if learning.before is None else learning.before.task
    what = wish.what or ("" if before is None else before.what)
    if not what:
        raise AskedWrong(_("What is to be trained?"), _("For example: uncaged train seedling"))
    if before is not None and before.what != what:
        raise AskedWrong(
            _("That is a training of %(other)s, not of %(what)s.")
            % {"other": before.what, "what": what},
            _("Leave the name of the trainer out, or begin anew."),
        )
    teacher = trainer(what)
    teacher.ready()
    recipe = teacher.recipe(wish.recipe, None if before is None else before.recipe)
    task = Task(what, recipe, name=wish.name, begun=learning.run_id)
    if before is not None and learning.before is not None:
        if learning.before.state == "completed":
            task = replace(task, start=before.begun)
        else:  # the same folder, the same leg: what it was begun with, it goes on with
            rows = teacher.differences(before.recipe, recipe)
            if rows and not wish.accept:
                raise AskedWrong(
                    _("%(run)s was begun differently:\n%(table)s\n")
                    % {"run": learning.before.id, "table": table(rows)},
                    _("Go on as it was begun, or accept the changes with --accept-changes."),
                )
            name = wish.name or before.name
            accepted = wish.accept or before.accepted
            begun = before.begun
            task = replace(task, name=name, begun=begun, start=before.start, accepted=accepted)
    return replace(learning, task=task, seconds=teacher.seconds(recipe))


def table(rows: Sequence[tuple[str, str, str]]) -> str:
    """What differs, in columns that stand below each other."""
    head = (_("what"), _("then"), _("now"))
    wide = [max(len(row[i]) for row in (head, *rows)) for i in range(3)]
    lines = ("  ".join(f"{cell:<{wide[i]}}" for i, cell in enumerate(row)) for row in (head, *rows))
    return "\n".join(f"  {line.rstrip()}" for line in lines)


def put_in_line(studio: "Studio", learning: Learning) -> Learning:
    """One short transaction: from here on the training is the studio's promise."""

    def step(conn: Connection) -> runs.Run:
        before = runs.find(conn, learning.run_id)
        if before is not None:  # asked for before, under the same name
            return before
        task = _named(conn, learning)
        now, seconds = studio.clock.now(), learning.seconds
        policy = following.look(conn, studio.policy).policy
        allowing.refuse_task(conn, allowing.house(conn, studio, policy), task)
        admission.check_training(conn, policy, studio.person, seconds, now)
        asked = runs.AskedTask(learning.run_id, studio.person, task, seconds)
        return runs.ask_task(conn, asked, now)

    return replace(learning, run=studio.commit(step))


def _named(conn: Connection, learning: Learning) -> Task:
    """The task with a name that nobody else has, on the shelf or on the way to it."""
    assert learning.task is not None
    task, going = learning.task, [run.task for run in runs.in_hand(conn) if run.task is not None]
    if any(one.begun == task.begun for one in going):
        raise AskedWrong(_("Somebody goes on with it already."), _("See uncaged line --lane batch"))
    taken = {one.name for one in going}
    if task.name:
        if any(look_alike(looks_as(task.name), looks_as(name)) for name in taken):
            raise AskedWrong(
                _("A training of that name is in line already: %(name)s.") % {"name": task.name},
                _("Choose another name with --name."),
                "name",
            )
        shelf.check_name(conn, task.name)
        return task
    shelved = {one.name for one in models.shelf(conn)}
    number = 1
    while (name := f"{task.what}-{number}") in taken | shelved:
        number += 1
    shelf.check_name(conn, name)
    return replace(task, name=name)


def perform(studio: "Studio", learning: Learning) -> Learning:
    """Hands out the order and listens until the model lies finished in its folder."""
    assert learning.run is not None and learning.hands is not None
    return replace(learning, performed=performing.learn(studio, learning.run, learning.hands))


def seal(studio: "Studio", learning: Learning) -> Learning:
    """Keeps each file of the model under its hash. Raises `FileDamaged` where one is not what the trainer wrote."""
    assert learning.run is not None and learning.run.task is not None
    assert learning.performed is not None and learning.performed.trained is not None
    trained = learning.performed.trained
    manifest = Manifest.of(trained.manifest)
    sealed: dict[str, str] = {}
    for name, sha in manifest.files.items():
        path = Path(trained.folder) / name
        if not path.is_file():
            raise FileDamaged(f"The trained model has no {shown(name)}.", _AGAIN)
        sealed[name] = studio.files.keep(path)
        if sealed[name] != sha:
            raise FileDamaged(f"{name} of the trained model is not what was written.", _AGAIN)
    task = learning.run.task
    model = models.Shelved(task.name, manifest.engine, manifest.card, sealed)
    return replace(learning, model=model, data=manifest.data)


_AGAIN = "Its checkpoints are there: go on with it, and the model is written anew."


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a trainer says of a finished model. engine: whose engine performs it. files: name → SHA-256. card: texts.

    data: the name of the file that says what it was trained on.
    """

    engine: str
    files: Mapping[str, str]
    card: Mapping[str, Any]
    data: str | None

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "Manifest":
        """Reads what a trainer told; `RunFailed` where it is none."""
        try:
            named = cast("Mapping[str, Mapping[str, Any]]", said["files"])
            found = {str(name): str(row["sha256"]) for name, row in named.items()}
            card, data = dict(cast("Mapping[str, Any]", said["card"])), said.get("data")
            engine = str(said["engine"])
            json.dumps(card, allow_nan=False)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise RunFailed(
                f"The trainer's account of its model cannot be read ({error})."
            ) from None
        plain = all(Path(name).name == name and not name.startswith(".") for name in found)
        if (
            not plain
            or not 0 < len(found) <= MOST_FILES
            or (data is not None and data not in found)
        ):
            raise RunFailed("The trainer's account of its model names files that no model has.")
        return cls(engine, found, card, data)


def keep(studio: "Studio", learning: Learning) -> Learning:
    """One short transaction: the model is on the shelf, unless a newer attempt has done it or somebody cancelled."""
    assert learning.run is not None and learning.run.task is not None
    assert learning.model is not None and learning.performed is not None
    run, task, done = learning.run, learning.run.task, learning.performed
    with studio.archive.write() as conn:
        start = learnt.begun_from(conn, task)
        found = runs.Learnt(learning.model, done.recipe, done.seconds, learning.data, start)
        now = studio.clock.now()
        kept = runs.trained(conn, studio.files, run.id, run.attempt, found, now)
    if kept is not None:
        laying.laid_out(studio, learning.model)
    return replace(learning, kept=kept)


ASKED: tuple[Stage, ...] = (find_before, write_task, put_in_line)
MADE: tuple[Stage, ...] = (perform,)
SEALED: tuple[Stage, ...] = (seal,)
KEPT: tuple[Stage, ...] = (keep,)


def ask(studio: "Studio", wish: Wish, run_id: str | None = None) -> runs.Run:
    """Everything that happens before a training is promised.

    run_id: of the run; where there is one of this id, it is the answer. Raises `AskedWrong`, `NotFound`, `TooMany`,
    `NotAllowed`; nothing was begun then.
    """
    if run_id is not None:
        with studio.archive.read() as conn:
            before = runs.find(conn, run_id)
        if before is not None:
            return before
    asked = _through(studio, Learning(wish, run_id or new_id("run")), ASKED)
    assert asked.run is not None
    return asked.run


def learn(studio: "Studio", run: runs.Run, hands: performing.Hands) -> Learning:
    """Everything that happens after it: the steward calls this with a training it has claimed."""
    return _through(studio, Learning(run=run, hands=hands), MADE + SEALED + KEPT)


def _through(studio: "Studio", learning: Learning, stages: tuple[Stage, ...]) -> Learning:
    for stage in stages:
        learning = stage(studio, learning)
    return learning


def in_words(task: Task) -> str:
    """A training in a few words, wherever a film would have its sentence."""
    return _("training %(name)s with %(what)s") % {"name": task.name, "what": task.what}


def words_of(run: runs.Run) -> str:
    """What a run was asked for with: the text of a film, a training in words; empty where that was deleted."""
    if run.task is not None:
        return in_words(run.task)
    return "" if run.score is None else run.score.text
