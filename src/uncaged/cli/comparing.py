"""`uncaged compare`: the same words by several models, side by side."""

from typing import TYPE_CHECKING, Any

import click

from uncaged.archive.telling import counted
from uncaged.cli import address
from uncaged.cli.numbers import NUMBER, WHOLE
from uncaged.cli.opening import called, json_option, print_json, print_rows, studio, typed
from uncaged.core.errors import AskedWrong
from uncaged.core.ids import is_id
from uncaged.engines.asking import Request
from uncaged.engines.fitting import gigabytes
from uncaged.engines.sorts import parse_size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from uncaged.archive.groups import Group
    from uncaged.archive.runs import Run
    from uncaged.studio.comparing import Beside
    from uncaged.studio.studio import Studio


SHARES = 1000
"""Steps of a film, for how far all of them are."""


@click.command("compare")
@click.argument("prompt", metavar="PROMPT|GROUP")
@click.option("--models", metavar="A,B[,C…]", default="", help="Which models, with commas.")
@click.option("--each", type=WHOLE, default=1, show_default=True, help="Films of each model.")
@click.option("--size", help="Pixels, like 512x288; who cannot make it makes the nearest.")
@click.option("--seconds", type=NUMBER, help="Length of each.")
@click.option("--fps", type=NUMBER, help="Frames a second.")
@click.option("--seed", type=WHOLE, help="The same for all of them.")
@click.option("--negative", help="What must not be seen.")
@click.option("--no-wait", is_flag=True, help="Put them in line and go.")
@json_option
def compare_command(
    prompt: str,
    models: str,
    each: int,
    size: str | None,
    no_wait: bool,
    as_json: bool,
    **given: Any,
) -> None:
    """Ask several models for a film of the same words, and set side by side what each makes of them and takes for it.

    \b
    uncaged compare "a heron wades" --models ink,seedling
    uncaged compare "a heron wades" --models ink,seedling --each 3 --seed 7
    uncaged compare g_k3v9w27f3a2h
    """
    from uncaged.studio import comparing
    from uncaged.studio.stewardship import NOBODY

    if is_id("group", prompt):
        if models:
            raise AskedWrong(f"{prompt} has its models already.", "Leave out --models.")
        with studio(looking=True) as here:
            _show(here, prompt, as_json)
        return
    request = Request(prompt, size=None if size is None else parse_size(size), **given)
    with studio() as here:
        group, notes = comparing.ask(here, request, models, each)
        for note in notes:
            click.echo(note, err=True)
        there = here.performed_now()
        if there and not no_wait:
            _see_through(here, group)
        elif not there:
            click.echo(typed(NOBODY), err=True)
        _show(here, group.id, as_json)


def _see_through(here: "Studio", group: "Group") -> None:
    """Names the group at once, and shows how far it is until all of it has ended; Ctrl-C leaves it to go on."""
    from uncaged.archive import groups
    from uncaged.archive.tables import FINISHED
    from uncaged.cli.grouping import so_far
    from uncaged.cli.terminal import Watcher
    from uncaged.core.order import Progress
    from uncaged.studio.standing import LOOK

    watcher = Watcher()
    watcher.say(f"group {group.id}: {counted(len(group.runs), 'film')} in line")
    try:
        while True:
            with here.archive.read() as conn:
                runs = groups.newest(conn, group.id)
            if all(run.state in FINISHED for run in runs):
                return
            done = sum(_share(run) for run in runs)
            now = ", ".join(run.model for run in runs if run.state == "in_progress")
            doing = f"{so_far(runs)}{f': {now}' if now else ''}"
            watcher(Progress(round(SHARES * done), SHARES * len(runs), doing))
            here.clock.sleep(LOOK)
    except KeyboardInterrupt:
        watcher.say(f"Nothing is cancelled. How far it is: {called()} compare {group.id}")
        raise
    finally:
        watcher.clear()


def _share(run: "Run") -> float:
    """How much of a film is made, 0 … 1."""
    from uncaged.archive.tables import FINISHED

    if run.state in FINISHED:
        return 1.0
    done, total = run.progress
    return min(1.0, done / total) if total else 0.0


def _show(here: "Studio", group_id: str, as_json: bool) -> None:
    from uncaged.archive import groups
    from uncaged.cli.grouping import so_far
    from uncaged.studio.comparing import beside

    with here.archive.read() as conn:
        group = groups.own(conn, here.person, group_id)
        runs = groups.newest(conn, group_id)
    found = beside(here, runs)
    if as_json:
        print_json({"id": group.id, "kind": group.kind, "models": [_record(one) for one in found]})
        return
    print_rows([("group", f"{group.id}: {so_far(runs)}")])
    click.echo(table(found))
    following = [f"wait {group.id}"] if any(one.waits for one in found) else []
    following += [f"take {group.id} --as sheet"] if any(one.seconds for one in found) else []
    rows = [("page", address.page(here.settings, f"/groups/{group.id}"))]
    rows += [("next" if n == 0 else "", f"{called()} {what}") for n, what in enumerate(following)]
    print_rows(rows, wrapped=False)


def table(found: "Sequence[Beside]") -> str:
    """A line for each model: what its films are, what they took, between which times, how different
    they are, and the memory to open it.

    >>> table(())
    ''
    """
    wide = max((len(one.model) for one in found), default=0)
    slowest = max((one.mean or 0.0 for one in found), default=0.0)
    return "\n".join(f"{one.model:<{wide}}  {_said(one, slowest)}".rstrip() for one in found)


def _said(one: "Beside", slowest: float) -> str:
    length = f"{one.film:g} s" if one.film else "picture"
    film = f"{length}, {one.size[0]}x{one.size[1]}"
    ended = f"{one.ended} of {one.asked} came to nothing" if one.ended else ""
    ended += f": {one.why}" if one.ended and one.why else ""
    if one.mean is None:
        return f"{film:<16}  {ended or 'not made yet':>14}"
    took = f"{one.mean:.1f} s"
    ends = one.between
    between = f"  {ends[0]:.1f} to {ends[1]:.1f} s" if ends else ""
    between += f"  spread {one.spread:.1f}" if one.spread is not None else ""
    marks = "■" * max(1, round(20 * one.mean / slowest)) if slowest else ""
    memory = f"  opens in about {gigabytes(one.memory)}" if one.memory is not None else ""
    return f"{film:<16}  {took:>14}  {marks:<20}{between}{memory}{f'  {ended}' if ended else ''}"


def _record(one: "Beside") -> dict[str, Any]:
    return {
        "model": one.model,
        "asked": one.asked,
        "made": len(one.seconds),
        "seconds": list(one.seconds),
        "mean": one.mean,
        "film": one.film,
        "size": list(one.size),
        "memory": one.memory,
        "spread": one.spread,
        "ended": one.ended,
        "why": one.why,
    }
