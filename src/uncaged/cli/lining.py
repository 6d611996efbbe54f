"""`uncaged line`, `wait`, `cancel`, `pause`, `resume`, `prefer`: standing in line, and what one may do about it."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from uncaged.cli.opening import json_option, print_json, print_rows, studio, visible
from uncaged.core.errors import RunCancelled, RunFailed
from uncaged.core.ids import is_id

if TYPE_CHECKING:
    from uncaged.archive.runs import Run
    from uncaged.queue.place import Foreseen
    from uncaged.studio.standing import Standing
    from uncaged.studio.studio import Studio

RUNS = click.argument("runs", nargs=-1, required=True, metavar="RUN...")
"""A run, or the work that it makes: both ids are good."""


@click.command("line")
@click.option("--why", metavar="RUN", help="Why this run of yours stands where it does.")
@click.option(
    "--lane",
    type=click.Choice(("interactive", "batch", "live")),
    default="interactive",
    help="Films, long work, or installations.",
)
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000))
@json_option
def line_command(why: str | None, lane: Any, limit: int, as_json: bool) -> None:
    """Who stands in line, in the order in which their turns will come.

    \b
    uncaged line
    uncaged line --why latest
    """
    from uncaged.studio.standing import Foresight

    with studio(looking=True) as here:
        sight = Foresight(here)
        if why is not None:
            _tell_why(sight.of(_run(here, why)), as_json)
            return
        foreseen, policy = sight.line(lane)
        if as_json:
            print_json(as_record(foreseen, limit) | {"policy": policy.policy.hash})
            return
        _print_line(here, foreseen, limit)
        print_rows(
            [("policy", f"{policy.short_hash}{'  (see uncaged policy)' if policy.mistake else ''}")]
        )


def as_record(foreseen: "Foreseen", limit: int) -> dict[str, Any]:
    """The line for programs."""
    return {
        "lane": foreseen.lane,
        "waiting": foreseen.waiting,
        "performers": foreseen.performers,
        "places": [
            {
                "run": place.run,
                "place": place.place,
                "person": place.person,
                "class": place.kind,
                "starts_in": round(place.starts, 1),
                "takes": round(place.seconds, 1),
            }
            for place in foreseen.places[:limit]
        ],
    }


def _print_line(here: "Studio", foreseen: "Foreseen", limit: int) -> None:
    from uncaged.archive import runs

    if not foreseen.waiting:
        click.echo("Nobody waits in line.")
        return
    with here.archive.read() as conn:
        for place in foreseen.places[:limit]:
            run = runs.get(conn, place.run)
            mine = run.person_id == here.person
            text = "" if run.score is None or not mine else " ".join(run.score.text.split())
            starts = "now" if place.starts < 1 else f"in {duration(place.starts)}"
            shown = visible(text[:60]) if mine else f"({place.kind})"
            click.echo(f"{place.place:>4}  {run.id}  {starts:<10} {run.model:<6} {shown}")
    more = foreseen.waiting - min(limit, len(foreseen.places))
    if more:
        click.echo(f"      and {more:,} more")
    if not foreseen.performers:
        click.echo(
            "\nNobody performs now: `uncaged steward` performs what waits, `uncaged serve` opens the studio."
        )


def _tell_why(standing: "Standing", as_json: bool) -> None:
    run, reason = standing.run, standing.reason
    if as_json:
        print_json(
            {
                "run": run.id,
                "state": run.state,
                "reason": None if reason is None else asdict(reason),
            }
        )
        return
    if reason is None:
        click.echo(f"{run.id} {_ended(run)}")
        return
    where = (
        "cannot begin yet"
        if reason.place is None
        else f"{'about ' if reason.about else ''}{reason.place}"
    )
    rows = [("place", where)]
    if reason.starts is not None:
        rows.append(
            ("begins", "now" if reason.starts < 1 else f"in about {duration(reason.starts)}")
        )
    rows += [("because" if n == 0 else "", sentence) for n, sentence in enumerate(reason.sentences)]
    print_rows(rows)


@click.command("wait")
@RUNS
@click.option(
    "--timeout", type=click.FloatRange(0), help="Give up after so many seconds; the runs go on."
)
@json_option
def wait_command(runs: tuple[str, ...], timeout: float | None, as_json: bool) -> None:
    """Wait until every RUN has ended; print the films. Ends with 1 where one failed, 130 where one was cancelled."""
    from uncaged.studio import standing

    with studio(looking=True) as here:
        began = here.clock.monotonic()
        named = [_run(here, reference) for reference in runs]
        ended = [
            standing.wait(
                here,
                run,
                None if timeout is None else max(0.0, timeout - here.clock.monotonic() + began),
            )
            for run in named
        ]
        if as_json:
            print_json(
                [
                    {"run": run.id, "work": run.work_id, "state": run.state, "reason": run.reason}
                    for run in ended
                ]
            )
        else:
            for run in ended:
                click.echo(f"{run.work_id or run.id} {_ended(run)}")
    _end_as(ended)


def _end_as(ended: "Sequence[Run]") -> None:
    states = {run.state for run in ended}
    if "failed" in states:
        raise RunFailed("Not everything was made.")
    if "cancelled" in states:
        raise RunCancelled("Not everything was made.")
    if states - {"completed"}:
        raise RunFailed("Not everything has ended yet.", "The runs go on; wait again.")


@click.command("cancel")
@RUNS
def cancel_command(runs: tuple[str, ...]) -> None:
    """Cancel each RUN: what waits ends at once, what is being performed is stopped."""
    from uncaged.studio import standing

    _each(runs, standing.cancel)


@click.command("pause")
@RUNS
def pause_command(runs: tuple[str, ...]) -> None:
    """Let everybody pass each RUN until it is resumed; its place stays its own."""
    from uncaged.studio import standing

    _each(runs, standing.pause)


@click.command("resume")
@RUNS
def resume_command(runs: tuple[str, ...]) -> None:
    """Let each paused RUN wait its turn again."""
    from uncaged.studio import standing

    _each(runs, standing.resume)


@click.command("prefer")
@RUNS
def prefer_command(runs: tuple[str, ...]) -> None:
    """Put each RUN first among your own; nobody else's turn changes."""
    from uncaged.studio import standing

    _each(runs, standing.prefer)


@click.command("again")
@click.argument("run")
def again_command(run: str) -> None:
    """Ask again for RUN, which failed or was cancelled, and for what failed only because it came after it."""
    from uncaged.studio import together

    with studio() as here:
        for asked in together.again(here, _run(here, run)):
            click.echo(f"{asked.id} waits in line, for {asked.work_id}")


def _each(references: tuple[str, ...], change: "Callable[[Studio, str], Run]") -> None:
    with studio() as here:
        for reference in references:
            run = change(here, _run(here, reference))
            click.echo(f"{run.id} {_ended(run)}")


def _run(here: "Studio", reference: str) -> str:
    """The run that is meant, by its own id or by its work's."""
    from uncaged.studio.standing import mine

    if is_id("run", reference.strip()):
        return mine(here, reference.strip()).id
    return here.work(reference).row.run_id


def _ended(run: "Run") -> str:
    if run.state == "queued":
        return "is paused" if run.paused is not None else "waits in line"
    if run.state == "in_progress":
        return "is being stopped" if run.cancel_asked is not None else "is being performed"
    said = {"completed": "is made", "failed": "has failed", "cancelled": "was cancelled"}[run.state]
    return f"{said}{'' if run.reason is None or run.state == 'completed' else f': {run.reason}'}"


def duration(seconds: float) -> str:
    """A length of time as people say it.

    >>> duration(100)
    '2 min'
    """
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
