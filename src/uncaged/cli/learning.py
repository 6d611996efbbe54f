"""`uncaged train`: a model of one's own, from drawings; what it learns shows while it does."""

import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from uncaged.cli.numbers import Number
from uncaged.cli.opening import called, json_option, print_json, print_rows, studio
from uncaged.core.errors import RunCancelled, RunFailed

if TYPE_CHECKING:
    from uncaged.archive.runs import Run
    from uncaged.cli.lesson import Watcher
    from uncaged.studio.studio import Studio


@click.command("train")
@click.argument("what", required=False, default="")
@click.option("--minutes", type=Number(0), help="So many minutes of work; pauses do not count.")
@click.option("--size", help="How large a model: s or m.")
@click.option("--name", default="", help="What the model is to be called; else a number is found.")
@click.option(
    "--on", default="", metavar="NAME|RUN", help="Go on from a model, or from a run that ended."
)
@click.option(
    "--set",
    "changes",
    multiple=True,
    metavar="NAME=VALUE",
    help="Anything else of the recipe; again for more.",
)
@click.option(
    "--accept-changes",
    is_flag=True,
    help="With --on: go on though recipe, data or code are not those it was begun with.",
)
@click.option("--no-wait", is_flag=True, help="Put it in line and go; see `uncaged line`.")
@json_option
def train_command(
    what: str,
    minutes: float | None,
    size: str | None,
    name: str,
    on: str,
    changes: tuple[str, ...],
    accept_changes: bool,
    no_wait: bool,
    as_json: bool,
) -> None:
    """Train a model of your own: WHAT learns, in the line of what may take long, and is kept under its name.

    \b
    uncaged train seedling --minutes 20
    uncaged train --on my-model --minutes 60 --name my-second
    uncaged make "a red bird rises" --model my-second
    """
    from uncaged.studio import learning

    recipe: dict[str, Any] = dict(learning.read_change(text) for text in changes)
    recipe |= {} if minutes is None else {"minutes": minutes}
    recipe |= {} if size is None else {"size": size}
    wish = learning.Wish(what, recipe, name.strip(), on, accept_changes)
    with studio() as here:
        asked = learning.ask(here, wish)
        assert asked.task is not None
        if no_wait:
            _tell_line(here, asked, as_json)
            return
        with _watching(here, asked) as (watcher, stop):
            from uncaged.studio import attending

            ended = attending.see_through(here, asked.id, watcher, stop, watcher.say)
        _tell(here, ended, as_json)


def _tell_line(here: "Studio", run: "Run", as_json: bool) -> None:
    from uncaged.studio.stewardship import why_nobody_performs

    assert run.task is not None
    absent = why_nobody_performs(here)
    if as_json:
        print_json({"run": run.id, "name": run.task.name, "trouble": absent})
        return
    click.echo(f"{run.id} waits in line, for the model {run.task.name}")
    if absent:
        click.echo(absent)


@contextmanager
def _watching(here: "Studio", run: "Run") -> "Generator[tuple[Watcher, threading.Event]]":
    """Draws how it stands; Ctrl-C once ends it with a checkpoint, twice at once."""
    from uncaged.cli.lesson import Watcher
    from uncaged.cli.pressing import two_presses

    assert run.task is not None
    watcher = Watcher()
    watcher.say(f"{run.id}: {run.task.name}, about {run.estimated_seconds or 0:.0f} s of work.")
    with two_presses(watcher.say) as stop:
        try:
            yield watcher, stop
        finally:
            watcher.clear()


def _tell(here: "Studio", run: "Run", as_json: bool) -> None:
    """What became of it, and what to try next. Raises where it did not become a model."""
    from uncaged.cli.lesson import as_record, rows_of
    from uncaged.studio import attending

    stands = attending.stands(here, run)
    if as_json:
        print_json(as_record(here, stands))
    assert run.task is not None
    going_on = f"{called()} train --on {run.id}"
    if run.state == "cancelled":
        raise RunCancelled(
            f"The training was stopped at step {stands.lesson.step}.",
            f"Go on with: {going_on}",
        )
    if run.state == "failed":
        raise RunFailed(run.reason or "It failed, and nobody said why.", f"Go on with: {going_on}")
    if as_json:
        return
    name = run.task.name
    print_rows([("model", f"{name}, on the shelf"), *rows_of(stands)])
    following = (
        f'{called()} make "…" --model {name}',
        f"{called()} models info {name}",
        f"{called()} train --on {name}",
    )
    print_rows(
        [("next" if i == 0 else "", what) for i, what in enumerate(following)], wrapped=False
    )
