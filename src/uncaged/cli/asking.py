"""Asking without waiting: `uncaged make --no-wait`, `--count`. What was asked for is promised, and stands in line."""

import secrets
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from uncaged.cli.opening import print_json, studio
from uncaged.core.errors import AskedWrong

if TYPE_CHECKING:
    from uncaged.archive.runs import Run
    from uncaged.engines.asking import Request


def put_in_line(
    request: "Request", model: str, images: tuple[Path, ...], count: int, as_json: bool
) -> None:
    """Promises the films, and says their ids; `uncaged wait` waits for them."""
    from uncaged.archive import runs
    from uncaged.studio import making, together

    if count > 1 and images:
        raise AskedWrong("Pictures go with one film at a time.", "Leave out --count.")
    with studio() as here:
        if count == 1:
            asked = making.ask(here, request, model, images)
            assert asked.run is not None
            found: tuple[Run, ...] = (asked.run,)
        else:
            first = secrets.randbelow(1_000_000) if request.seed is None else request.seed
            requests = [replace(request, seed=first + n) for n in range(count)]
            group = together.ask(here, requests, model)
            with here.archive.read() as conn:
                found = tuple(runs.get(conn, run) for run in group.runs)
        alone = not here.performed_now()
    if as_json:
        print_json([{"id": run.work_id, "run": run.id, "state": run.state} for run in found])
        return
    for run in found:
        click.echo(f"{run.work_id} waits in line as {run.id}")
    if alone:
        click.echo("Nobody performs now: `uncaged steward` does.", err=True)
