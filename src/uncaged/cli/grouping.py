"""What a group is, printed: its works in their order, how far it is, what to do next. `uncaged info GROUP` shows it."""

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from uncaged.cli import address
from uncaged.cli.opening import called, print_json, print_rows, visible
from uncaged.core.clock import in_words

if TYPE_CHECKING:
    from uncaged.archive.runs import Run
    from uncaged.studio.studio import Studio

STATES = {
    "completed": "made",
    "in_progress": "being performed",
    "queued": "in line",
    "failed": "failed",
    "cancelled": "cancelled",
}
"""How many are …, in words."""


def print_group(here: "Studio", group_id: str, as_json: bool) -> None:
    """Everything there is to say of a group of one's own. Raises `NotFound`."""
    from uncaged.archive import groups

    with here.archive.read() as conn:
        group = groups.own(conn, here.person, group_id)
        parts = groups.newest(conn, group_id)
    if as_json:
        print_json(
            {
                "id": group.id,
                "kind": group.kind,
                "asked": group.asked,
                "parts": [_record(run) for run in parts],
            }
        )
        return
    print_rows(
        [
            ("group", f"{group.id}: {group.kind}, asked {in_words(group.asked)}"),
            ("how far", so_far(parts)),
        ]
    )
    print_rows([("page", address.page(here.settings, f"/groups/{group.id}"))], wrapped=False)
    for n, run in enumerate(parts, 1):
        click.echo(f"{n:>4}  {run.work_id or run.id}  {_line(run)}".rstrip())
    if any(run.state in ("failed", "cancelled") for run in parts):
        print_rows([("next", f"{called()} again {group.id}")], wrapped=False)


def so_far(parts: "tuple[Run, ...]") -> str:
    """How far they are, in a line.

    >>> so_far(())
    '0 of 0 made'
    """
    states = Counter(run.state for run in parts)
    said = [f"{states['completed']} of {len(parts)} made"]
    return ", ".join(
        said
        + [f"{states[s]} {word}" for s, word in STATES.items() if states[s] and s != "completed"]
    )


def _record(run: "Run") -> dict[str, Any]:
    return {
        "run": run.id,
        "work": run.work_id,
        "state": run.state,
        "after": list(run.after),
        "reason": run.reason,
        "text": None if run.score is None else run.score.text,
        "seed": None if run.score is None else run.score.seed,
    }


def _line(run: "Run") -> str:
    seed = "" if run.score is None else f"seed {run.score.seed}"
    text = "" if run.score is None else " ".join(run.score.text.split())
    state = STATES[run.state]
    if run.state == "queued" and run.blocked:
        state = "waits for another"
    if run.state == "failed" and run.reason:
        state = f"failed: {run.reason}"
    return f"{seed:<12} {visible(text[:40]):<41} {visible(state)}"
