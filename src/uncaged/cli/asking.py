"""Asking without waiting: `uncaged make --no-wait`, `--count`. What was asked for is promised, and stands in line."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from uncaged.archive.telling import counted
from uncaged.cli import address
from uncaged.cli.opening import called, print_json, print_rows, studio, typed
from uncaged.core.errors import AskedWrong
from uncaged.engines.registry import DEFAULT

if TYPE_CHECKING:
    from uncaged.archive.groups import Group
    from uncaged.archive.runs import Run
    from uncaged.archive.tables import Lane
    from uncaged.engines.asking import Request
    from uncaged.engines.sources import Source
    from uncaged.studio.studio import Studio


@dataclass(frozen=True, slots=True)
class Standing:
    """How it is to stand in line: how many of it, each after the one before, what all of them wait for, which lane."""

    count: int = 1
    one_after_another: bool = False
    after: tuple[str, ...] = ()
    lane: "Lane" = "interactive"

    @property
    def ordinary(self) -> bool:
        """Whether it is one film that waits for nothing but its turn."""
        return self.count == 1 and not self.after and self.lane == "interactive"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody typed. source: the work that it is made of; model: None for the default, or that of the source.
    mask: what is to be drawn again."""

    request: "Request"
    model: str | None
    images: tuple[Path, ...] = ()
    source: "Source | None" = None
    mask: Path | None = None


def of_source(here: "Studio", wanted: Wanted) -> tuple["Request", str]:
    """The request, and the model that performs it: of the work that it is made of, where there is one."""
    if wanted.source is None:
        return wanted.request, wanted.model or DEFAULT
    from uncaged.studio import remaking

    return remaking.asked_of(here, wanted.source, wanted.request, wanted.model)


def put_in_line(wanted: Wanted, standing: Standing, as_json: bool) -> None:
    """Promises the films, and says where they can be looked at; `uncaged wait` waits for them."""
    from uncaged.archive import runs
    from uncaged.cli.lining import meant
    from uncaged.studio import making, together
    from uncaged.studio.stewardship import NOBODY

    if standing.one_after_another and standing.count == 1:
        raise AskedWrong("One film comes after no other of its own.", "Say how many with --count.")
    with studio() as here:
        after = tuple(run for name in standing.after for run in meant(here, name))
        prepared = making.prepare(here, *of_source(here, wanted), wanted.images, wanted.mask)
        kind = "chain" if standing.one_after_another else "grid"
        terms = together.Terms(kind, standing.one_after_another, after, standing.lane)
        group: Group | None = None
        if standing.count == 1:
            alone = making.replace(prepared, after=after, lane=standing.lane)
            found: tuple[Run, ...] = (here.commit(lambda c: making.promise(c, here, alone)),)
        else:
            parts = together.with_seeds(prepared, standing.count)
            group = together.put_in_line(here, parts, terms)
            with here.archive.read() as conn:
                found = tuple(runs.get(conn, run) for run in group.runs)
        if as_json:
            print_json([_record(run) for run in found])
        elif group is None:
            click.echo(f"{found[0].work_id} waits in line as {found[0].id}")
        else:
            _tell(here, group, found, standing.one_after_another)
        if not as_json and not here.performed_now():
            click.echo(typed(NOBODY), err=True)


def _record(run: "Run") -> dict[str, str | None]:
    return {"id": run.work_id, "run": run.id, "state": run.state, "group": run.group_id}


def _tell(here: "Studio", group: "Group", found: "tuple[Run, ...]", chained: bool) -> None:
    """How many, where they can be looked at, and what to do with them."""
    first, last = found[0].score, found[-1].score
    seeds = f"seeds {first.seed} to {last.seed}" if first and last else ""
    how = "one after another" if chained else "together"
    things = "picture" if first and first.is_picture else "film"
    print_rows([("group", f"{group.id}: {counted(len(found), things)} in line {how}, {seeds}")])
    following = [] if here.performed_now() else [f"{called()} steward"]
    following += [f"{called()} {what}" for what in _after_asking(group.id)]
    rows = [("page", address.page(here.settings, f"/groups/{group.id}"))]
    rows += [("next" if n == 0 else "", what) for n, what in enumerate(following)]
    print_rows(rows, wrapped=False)


def _after_asking(group: str) -> tuple[str, ...]:
    return (f"info {group}", f"wait {group}", f"take {group} --as sheet")
