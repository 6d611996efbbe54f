"""One report, as each side sees it: what happened in it, in words, and what whoever looks may do now.

The maker never learns who reported; the reporter learns of the maker what everybody does.
"""

from sqlalchemy import Connection

from uncaged.archive import decisions, house, people, quarantine, reports
from uncaged.archive.quarantine import Facts
from uncaged.archive.reports import Line, Report
from uncaged.archive.work import Work
from uncaged.core.errors import NotFound
from uncaged.studio import deciding, reporting
from uncaged.web.here import Here
from uncaged.web.pages.decided import book_lines, name_of
from uncaged.web.views.house import CaseView, EventView, HouseNote
from uncaged.web.words import _

SHOWN = 10
"""Reports that a work's page tells its maker of, the newest first."""

_KEEPERS_ONLY = ("again", "wants-delete")
"""What the studio wrote down for keepers alone: others' words, and what is not decided yet."""


def not_found() -> NotFound:
    """The one answer for a report that is not here and one that is not theirs to see."""
    return NotFound(
        _("There is no such report here, or it is not yours to see."),
        _(
            "Whoever reported something has a link to it; whoever made the film reads it on its page."
        ),
    )


def case_view(conn: Connection, here: Here, n: int, secret: str) -> CaseView:
    """A report, for whoever looks. Raises `NotFound`."""
    try:
        report = reports.get(conn, n)
    except NotFound:
        raise not_found() from None
    side = reporting.side_of(here.studio, conn, report, here.studio.person, secret)
    if side is None and "manage" in here.visitor.scopes:
        side = "keeper"
    if side is None:
        raise not_found()
    return _seen(conn, here, report, side)


def _seen(conn: Connection, here: Here, report: Report, side: str) -> CaseView:
    work, lines = quarantine.facts(conn, report.work_id), reports.lines(conn, report.n)
    may, keeper = deciding.bench(conn, report), side == "keeper"
    me, policy = here.studio.person, here.web.policies.held.policy.house
    wish = deciding.wish_of(lines, may) if keeper else None
    decides = keeper and report.open and may.has(me)
    if wish is not None and wish.by != me:
        decides = keeper and any(one.id == me for one in may.free)
    since = report.created if report.appealed is None else report.appealed
    until = None
    if side in ("reporter", "maker"):
        until = reporting.appeals_until(conn, policy, report, side)
    typed = {} if wish is None or wish.by == me else _typed(wish)
    return CaseView(
        number=report.n,
        side=side,  # pyright: ignore[reportArgumentType] - one of the three, as case_view finds
        work=report.work_id,
        why=report.why,
        created=report.created,
        again=report.again if keeper else 0,
        open=report.open,
        appealed=report.appealed is not None,
        hidden=work.hidden,
        deleted=work.deleted,
        sentence=work.sentence,
        due=since + int(policy.decide_hours * reporting.HOUR) if report.open and may.can else None,
        keeper=None if report.keeper_id is None else name_of(conn, report.keeper_id),
        mail=report.mail if keeper else None,
        events=tuple(
            _event(conn, work, one, side) for one in lines if keeper or not _for_keepers(one)
        ),
        decisions=book_lines(conn, decisions.of_report(conn, report.n)),
        may_decide=decides,
        why_not=_why_not(may, me) if keeper and report.open and not decides else None,
        alone=may.alone,
        second=len(may.free) > 1 and work.deleted is None,
        wish=None if wish is None else name_of(conn, wish.by),
        took=report.keeper_id == me,
        may_answer=not keeper and report.open,
        appeal_until=until if until is not None and here.studio.clock.now() <= until else None,
        rules=house.rules(conn),
        film=f"/reports/{report.n}/film" if keeper and work.media is not None else None,
        picture=(work.mime or "").startswith("image/"),
        typed=typed,
    )


def _typed(wish: deciding.Wish) -> dict[str, str]:
    rule = "none" if wish.rule is None else str(wish.rule)
    return {"verdict": "delete", "reasons": wish.reasons, "rule": rule}


def _why_not(may: deciding.Bench, me: str) -> str:
    if any(one.id == me for one in may.free):
        return _("You decided it before: somebody else decides the appeal.")
    if may.can:
        return _("You made the film or the report: somebody else decides it.")
    return _(
        "You made the film or the report, and there is no other keeper: the owner names one, and they decide."
    )


def _for_keepers(line: Line) -> bool:
    word = line.words.partition("\n")[0]
    return line.author in ("studio", "keeper") and word in _KEEPERS_ONLY


def _event(conn: Connection, work: Facts, line: Line, side: str) -> EventView:
    """A line of what happened, in words."""
    word, _end, more = line.words.partition("\n")
    ours = line.author in ("studio", "keeper")
    return EventView(
        at=line.happened,
        author=line.author,
        who=_who(conn, work, line, side),
        what=_done(word) if ours else "",
        said=(more if word == "again" else "") if ours else line.words,
    )


def _who(conn: Connection, work: Facts, line: Line, side: str) -> str:
    if line.author == "studio":
        return _("the studio")
    if line.author == "keeper":
        return _("a keeper") if line.person_id is None else name_of(conn, line.person_id)
    if line.author == side:
        return _("you")
    if line.author == "maker":
        name = people.get(conn, work.person_id).name
        return _("the maker") if name is None else _("the maker, {}").format(name)
    if side == "keeper" and line.person_id is not None:
        return _("somebody with a login, {}").format(
            people.get(conn, line.person_id).name or line.person_id
        )
    return _("somebody, by link")


def _done(word: str) -> str:
    """What the studio or a keeper did, in words."""
    doing, _space, number = word.partition(" ")
    known = {
        "hid": _("hid the film: no page, file, feed or copy of it is given out; it is not deleted"),
        "told": _("told its maker, with the reason and this text, without the sender"),
        "decided-before": _(
            "did not hide the film again: a keeper has decided before that it is shown"
        ),
        "too-many": _(
            "did not hide the film at once: as many were hidden from that address today as may be"
        ),
        "again": _("the same address reported it once more, and wrote:"),
        "sorry": _(
            "gave the film back, with an apology to its maker: it was hidden before anybody had decided"
        ),
        "stays": _("left the film hidden: report {} says that it shows them, and is open").format(
            number
        ),
        "stays-hidden": _("left the film hidden: that was decided by report {}").format(number),
        "stays-open": _(
            "left the film hidden: report {} about it is open, and it stays so until that is decided"
        ).format(number),
        "took": _("took it on"),
        "looked": _("looked at the film"),
        "wants-delete": _("wants to delete the film; the second keeper has to agree"),
        "decided": _("decided; it is number {} of the decision book").format(number),
    }
    if doing == "appeal":
        return (
            _("took an appeal by whoever reported it")
            if number == "reporter"
            else _("took an appeal by the maker")
        )
    return known.get(doing, word)


def note(conn: Connection, here: Here, work: Work, own: bool) -> HouseNote | None:
    """What the house says of a work on its page: to everybody a sentence, to its maker what was reported, and why."""
    cases: tuple[CaseView, ...] = ()
    if own:
        found = reports.of_work(conn, work.id)
        cases = tuple(_told(conn, here, work, one) for one in found[:SHOWN])
    hidden = work.hidden if own else None
    way = None if own or work.kept is None else _way(here, work)
    if work.sentence is None and not cases and way is None:
        return None
    return HouseNote(sentence=work.sentence, hidden=hidden, reports=cases, report=way)


def _told(conn: Connection, here: Here, work: Work, report: Report) -> CaseView:
    """For its maker; with a link, where they came by the work's link and nobody here knows them by another way."""
    view = _seen(conn, here, report, "maker")
    if here.visitor.person.id == work.person_id:
        return view
    secret = reporting.makers_secret(here.studio, report.n, work.links)
    return view.model_copy(update={"link": f"/reports/{report.n}?link={secret}"})


def _way(here: Here, work: Work) -> str:
    """Where whoever sees this film reports it."""
    address = f"/reports/new?about={work.id}"
    if work.visibility != "link":
        return address
    return f"{address}&way={reporting.way_to(here.studio, work.id, work.links)}"
