"""`uncaged line`, `wait`, `cancel`, `pause`, `resume`, `prefer`: standing in line, and what one may do about it."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from uncaged.archive.telling import duration
from uncaged.cli.numbers import Number, Whole
from uncaged.cli.opening import json_option, print_json, print_rows, studio, typed, visible
from uncaged.core.errors import NotFound, RunCancelled, RunFailed
from uncaged.core.ids import is_id

if TYPE_CHECKING:
    from uncaged.archive.runs import Run
    from uncaged.queue.place import Foreseen, Place
    from uncaged.studio.standing import Foresight, Standing
    from uncaged.studio.studio import Studio

RUNS = click.argument("runs", nargs=-1, required=True, metavar="RUN...")
"""A run, the work that it makes, or a whole group: their ids are all good."""


@click.command("line")
@click.option(
    "--why",
    metavar="RUN",
    help="Why this run of yours, or the first of a group that waits, stands where it does.",
)
@click.option(
    "--lane",
    type=click.Choice(("interactive", "batch", "live")),
    default="interactive",
    help="Films, long work, or installations.",
)
@click.option("--limit", default=20, show_default=True, type=Whole(1, 1000))
@json_option
def line_command(why: str | None, lane: Any, limit: int, as_json: bool) -> None:
    """Who stands in line, in the order in which their turns will come.

    \b
    uncaged line
    uncaged line --why latest
    """
    from uncaged.studio.standing import Foresight
    from uncaged.studio.stewardship import why_nobody_performs

    with studio(looking=True) as here:
        sight = Foresight(here)
        if why is not None:
            if is_id("group", why.strip()):
                _tell_why_group(here, sight, why.strip(), as_json)
            else:
                _tell_why(sight.of(_run(here, why)), as_json)
            return
        foreseen, policy = sight.line(lane)
        if as_json:
            trouble = why_nobody_performs(here) if foreseen.waiting else ""
            more = {"policy": policy.policy.hash, "trouble": trouble}
            print_json(as_record(foreseen, limit) | more)
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
    from uncaged.archive import performers, runs, watching
    from uncaged.studio.stewardship import why_nobody_performs

    with here.archive.read() as conn:
        going = [one.run_id for one in performers.all_of_them(conn) if one.lane == foreseen.lane]
        for run_id in filter(None, going):
            click.echo(_row(here, "now", "performed", runs.get(conn, run_id)))
        _print_places(here, foreseen, [(p, runs.get(conn, p.run)) for p in foreseen.places[:limit]])
        aside = watching.held_back(conn, here.person, foreseen.lane, limit)
        for held in aside:
            why = "is paused" if held.paused else f"waits for {_few(held.first)}"
            click.echo(_row(here, "–", why, runs.get(conn, held.id)))
    if not foreseen.waiting:
        click.echo("Nobody waits in line.")
        return
    more = foreseen.waiting - min(limit, len(foreseen.places)) - len(aside)
    if more:
        click.echo(f"      and {more:,} more, who wait for others, for a performer, or are paused")
    if absent := why_nobody_performs(here):
        click.echo(f"\n{absent}")


def _print_places(
    here: "Studio", foreseen: "Foreseen", rows: "Sequence[tuple[Place, Run]]"
) -> None:
    """A row for each run; one for those of a group of one's own that follow one another."""

    def together(row: "tuple[Place, Run]") -> str:
        own = row[1].person_id == here.person and row[1].group_id is not None
        return row[1].group_id or "" if own else row[1].id

    for _, some in groupby(rows, together):
        found = list(some)
        place, run = found[0]
        starts = "" if not foreseen.performers else _soon(place.starts)
        if len(found) == 1:
            click.echo(_row(here, f"{place.place}", starts, run))
            continue
        where = f"{place.place}–{found[-1][0].place}"
        shown = f"{len(found)} films: {_words(run, 50)}"
        models = _few(list(dict.fromkeys(one.model for _place, one in found)))
        click.echo(f"{where:>4}  {run.group_id}  {starts:<10} {models:<6} {shown}")


def _soon(starts: float) -> str:
    return f"in {duration(starts)}" if starts >= 1 else "next"


def _few(names: "Sequence[str]") -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _row(here: "Studio", place: str, starts: str, run: "Run") -> str:
    """One run of the line; others' words are their own."""
    shown = _words(run, 60) if run.person_id == here.person else "(somebody else's)"
    return f"{place:>4}  {run.id}  {starts:<10} {run.model:<6} {shown}"


def _words(run: "Run", most: int) -> str:
    """What it was asked for with, in so many characters that a terminal can show."""
    from uncaged.studio.learning import words_of

    text = " ".join(words_of(run).split())
    return visible(text if len(text) <= most else f"{text[: most - 1]}…")


def _told(run: "Run") -> str:
    """A run of one's own, its work, its words, and how it stands now."""
    of = ", ".join(filter(None, (run.work_id, _words(run, 40))))
    return f"{run.id} ({of}) {_ended(run)}" if of else f"{run.id} {_ended(run)}"


def _tell_why_group(here: "Studio", sight: "Foresight", group: str, as_json: bool) -> None:
    """The why of a group's first film that waits; where none does, how the group stands."""
    from uncaged.archive import groups
    from uncaged.cli.grouping import so_far

    with here.archive.read() as conn:
        groups.own(conn, here.person, group)
        parts = groups.newest(conn, group)
    waiting = [run for run in parts if run.state == "queued"]
    if not as_json:
        click.echo(f"{group} {so_far(parts)}")
    if waiting and not as_json:
        print_rows([("the first", f"{waiting[0].id} ({_words(waiting[0], 40)})")])
    if waiting or as_json:
        _tell_why(sight.of((waiting or list(parts))[0].id), as_json)


def _tell_why(standing: "Standing", as_json: bool) -> None:
    run, reason = standing.run, standing.reason
    if as_json:
        print_json(
            {
                "run": run.id,
                "state": run.state,
                "lane": run.lane,
                "needs": dict(run.needs),
                "after": list(run.after),
                "group": run.group_id,
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
    rows = [("place", where if run.lane == "interactive" else f"{where}, in the lane {run.lane}")]
    if reason.starts is not None:
        rows.append(
            ("begins", "now" if reason.starts < 1 else f"in about {duration(reason.starts)}")
        )
    rows += [("because" if n == 0 else "", sentence) for n, sentence in enumerate(reason.sentences)]
    print_rows(rows)


@click.command("wait")
@RUNS
@click.option("--timeout", type=Number(0), help="Give up after so many seconds; the runs go on.")
@json_option
def wait_command(runs: tuple[str, ...], timeout: float | None, as_json: bool) -> None:
    """Wait until every RUN has ended; print the films. Ends with 1 where one failed, 130 where one was cancelled."""
    from uncaged.studio import standing

    with studio(looking=True) as here:
        began = here.clock.monotonic()
        named = [run for reference in runs for run in meant(here, reference)]
        _say_who_performs(here, named)
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


def _say_who_performs(here: "Studio", named: "Sequence[str]") -> None:
    """Whoever waits for what nobody performs learns it at once; a steward may still come."""
    from uncaged.archive.tables import FINISHED
    from uncaged.studio.standing import look
    from uncaged.studio.stewardship import NOBODY

    if not here.performed_now() and any(look(here, run).state not in FINISHED for run in named):
        click.echo(typed(NOBODY), err=True)


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
    """Cancel each RUN: what waits ends at once, what is being performed is stopped. Of a group, what is left of it."""
    from uncaged.studio import standing, together

    with studio() as here:
        for reference in runs:
            if is_id("group", reference.strip()):
                gone = together.cancel_in(here, reference.strip())
                click.echo(f"{reference.strip()}: {len(gone)} of its films cancelled")
                continue
            click.echo(_told(standing.cancel(here, _run(here, reference))))


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
    """Ask again for RUN, which failed or was cancelled, and for what failed only because it came after it.

    RUN may be a group: then for all of it that was not made.
    """
    from uncaged.studio import together

    with studio() as here:
        whole = is_id("group", run.strip())
        found = (
            together.again_in(here, run.strip()) if whole else together.again(here, _run(here, run))
        )
        for asked in found:
            click.echo(f"{asked.id} waits in line, for {asked.work_id or _words(asked, 40)}")


def _each(references: tuple[str, ...], change: "Callable[[Studio, str], Run]") -> None:
    with studio() as here:
        for reference in references:
            for name in meant(here, reference, waiting=True):
                click.echo(_told(change(here, name)))


def meant(here: "Studio", reference: str, waiting: bool = False) -> list[str]:
    """The runs that are meant: of a group the newest of each part, in their order. waiting: only those in line."""
    from uncaged.archive import groups

    wanted = reference.strip()
    if not is_id("group", wanted):
        return [_run(here, reference)]
    with here.archive.read() as conn:
        groups.own(conn, here.person, wanted)
        found = groups.newest(conn, wanted)
    return [run.id for run in found if run.state == "queued" or not waiting]


def _run(here: "Studio", reference: str) -> str:
    """The run that is meant: its own id, its work's, or ``latest``, the one that was asked for last."""
    from uncaged.queue.own import last_asked
    from uncaged.studio.standing import mine

    wanted = reference.strip()
    if is_id("run", wanted):
        return mine(here, wanted).id
    if wanted.lower() == "latest":
        with here.archive.read() as conn:
            return last_asked(conn, here.person).id
    if wanted.startswith("r_"):
        raise NotFound(
            f"There is no run {visible(wanted[:20])!r} here.", "`uncaged line` names them whole."
        )
    return here.work(wanted).row.run_id


def _ended(run: "Run") -> str:
    if run.state == "queued":
        return "is paused" if run.paused is not None else "waits in line"
    if run.state == "in_progress":
        return "is being stopped" if run.cancel_asked is not None else "is being performed"
    said = {"completed": "is made", "failed": "has failed", "cancelled": "was cancelled"}[run.state]
    told = run.state == "completed" or run.reason in (None, "It was cancelled.")
    return said if told else f"{said}: {run.reason}"
