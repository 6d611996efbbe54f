"""One's own works: found by their words or a tag, in the trash, on their way, come to nothing."""

from collections.abc import Mapping
from typing import get_args

from sqlalchemy import Connection

from uncaged.archive import finding, runs, tagging, understanding
from uncaged.archive.finding import Found, Wanted, Where
from uncaged.archive.paging import Spot
from uncaged.archive.tables import FINISHED
from uncaged.archive.work import Work
from uncaged.core.errors import AskedWrong
from uncaged.studio import letting_go
from uncaged.web.here import Here
from uncaged.web.pages.works import film_view
from uncaged.web.views.sharing import OwnLine, OwnWorksView
from uncaged.web.words import _

PAGE, LONGEST = 24, 400
"""Works of a page, and characters of what is looked for."""


def show(here: Here, asked: Mapping[str, str]) -> OwnWorksView:
    """A page of this visitor's own works. asked: q, tag, state or trash, each, before. Raises `AskedWrong`."""
    wanted = _wanted(asked)
    policy, person = here.web.policies.held.policy, here.studio.person
    with here.studio.archive.read() as conn:
        found = finding.find(conn, person, wanted)
        counts = finding.counts(conn, person)
        return OwnWorksView(
            where=wanted.where,
            each=not wanted.folded,
            q=wanted.words,
            tag=wanted.tag,
            works=_lines(conn, here, found),
            tags=dict(tagging.used(conn, person)),
            making=counts["making"],
            failed=counts["failed"],
            trash=counts["trash"],
            hidden=counts["hidden"],
            trash_days=policy.trash.days,
            keep_days=policy.guests.keep_days if here.visitor.person.kind == "guest" else None,
            before=None if wanted.before is None else str(wanted.before),
            further=None if found.further is None else str(found.further),
        )


def _wanted(asked: Mapping[str, str]) -> Wanted:
    words, tag, before = (asked.get(name, "").strip() for name in ("q", "tag", "before"))
    if len(words) > LONGEST:
        raise AskedWrong(_("Look for {} characters at most.").format(LONGEST))
    return Wanted(
        where="trash" if asked.get("trash") == "1" else _where(asked.get("state", "kept")),
        words=words,
        tag=tagging.checked(tag) if tag else None,
        before=Spot.read(before) if before else None,
        limit=PAGE,
        folded=asked.get("each") != "1",
    )


def _where(said: str) -> Where:
    ways: tuple[Where, ...] = get_args(Where)
    for way in ways:
        if way == said:
            return way
    raise AskedWrong(_("Works are {}.").format(", ".join(ways)))


def _lines(conn: Connection, here: Here, found: Found) -> tuple[OwnLine, ...]:
    kind, policy = here.visitor.person.kind, here.web.policies.held.policy
    said = understanding.sentences(conn, [row.run_id for row in found.works])
    return tuple(
        OwnLine(
            id=row.id,
            run=row.run_id,
            state=row.state,
            text="" if row.score is None else row.score.text,
            model=row.model,
            seconds=row.seconds or (0.0 if row.score is None else row.score.seconds),
            visibility=row.visibility,
            tags=found.tags.get(row.id, ()),
            asked=row.asked,
            kept=row.kept,
            trashed=row.trashed,
            hidden=row.hidden,
            until=letting_go.until(policy, kind, row),
            reason=_reason(conn, row),
            understood=said.get(row.run_id, ""),
            film=film_view(row),
            group=found.together.get(row.id, (None, 1))[0],
            together=found.together.get(row.id, (None, 1))[1],
        )
        for row in found.works
    )


def _reason(conn: Connection, row: Work) -> str | None:
    """Why it came to nothing."""
    if row.kept is not None or row.state not in FINISHED:
        return None
    return runs.get(conn, row.run_id).reason
