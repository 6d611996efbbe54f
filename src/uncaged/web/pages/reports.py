"""Reports as pages show them: the form, the keepers' desk, one report from each side. What happens stands in `studio`.

Knows no address of a route but those it links to.
"""

import secrets
from collections.abc import Mapping

from sqlalchemy import Connection
from starlette.requests import Request

from uncaged.archive import decisions, house, quarantine, reports
from uncaged.archive.reports import Report
from uncaged.core.errors import AskedWrong, NotFound, UncagedError, WhoIsThere
from uncaged.queue.policy import House
from uncaged.studio import deciding, entering, giving, reporting
from uncaged.studio.deciding import Outcome, Ruling
from uncaged.studio.reporting import Received, Told
from uncaged.web.coming import Coming
from uncaged.web.here import Here, Web
from uncaged.web.pages.cases import case_view, not_found
from uncaged.web.pages.decided import book_lines, name_of, numbers_view
from uncaged.web.qr import svg
from uncaged.web.views.base import Trouble
from uncaged.web.views.house import (
    BookView,
    CaseView,
    DeskView,
    ReportedView,
    ReportFormView,
    ReportLine,
    TermsView,
)
from uncaged.web.visitors import enter
from uncaged.web.words import _

COOKIE, KEPT = "uncaged_report", "uncaged_asks"
"""One holds the secret of a report, for its page alone; the other only says that this browser keeps cookies."""

LISTED, OVER, BOOK, LINES = 100, 20, 50, 200
"""Open reports and decided ones that the desk lists; decisions on a page of the book, and in a part of all of it."""

TYPED = ("about", "why", "words", "mail", "way")


def house_policy(here: Here) -> House:
    """What the policy that holds says of reports."""
    return here.web.policies.held.policy.house


def comer(web: Web, request: Request) -> Here:
    """Whoever asks: also somebody whom the house lets in nowhere else. Such are counted by their address."""
    try:
        return enter(web, request, "read")
    except WhoIsThere:
        coming: Coming = request.scope["coming"]
        most = web.policies.held.policy.door.requests_a_minute
        web.rates.count(f"door:{entering.network_of(coming.address)}", most)
        return Here(web, web.studio.as_person(""), entering.PASSING, coming, request.headers)


def terms(conn: Connection, here: Here) -> TermsView:
    """The numbers of the policy, and how many keep the house."""
    return TermsView(**house_policy(here).model_dump(), keepers=len(house.keepers(conn)))


def form(here: Here, typed: Mapping[str, str], trouble: Trouble | None = None) -> ReportFormView:
    """The form, with what was typed."""
    longest = numbers_view(here).longest
    with here.studio.archive.read() as conn:
        return ReportFormView(
            typed={name: typed[name] for name in TYPED if typed.get(name)},
            once=typed.get("once") or secrets.token_urlsafe(16),
            terms=terms(conn, here),
            longest=longest,
            again=bool(typed.get("again")),
            trouble=trouble,
        )


def typed_for(params: Mapping[str, str]) -> dict[str, str]:
    """What the form holds for whoever comes by a link of a page: the film, where the page names one."""
    about = reporting.work_in(params.get("about", "")[: reporting.LONGEST_ABOUT])
    return {
        "way": params.get("way", "")[:40],
        "about": about or "",
        "why": params.get("why", "")[:20],
        "again": params.get("again", "")[:1],
    }


def receive(here: Here, said: Mapping[str, str], once: str) -> tuple[Received, str]:
    """A report comes in: what was written down, and the secret of its link. Raises `AskedWrong`."""
    studio, person = here.studio, here.visitor.person
    human = (
        here.visitor.hand or person
    )  # whoever acts for collectives is counted as the one they are
    login = human.id if human.id and human.kind != "guest" else None
    address = reporting.mark_of(studio, here.coming.address, None)
    mark = reporting.mark_of(studio, here.coming.address, login)
    words = said.get("words", "") or said.get("text", "")
    sent = (said.get("about", ""), said.get("why", ""), words, said.get("mail", ""))
    secret = reporting.secret_for(studio, mark, once, sent)
    told = Told(
        *sent,
        mark,
        reporting.link_of(secret),
        login,
        person.id,
        said.get("way", ""),
        address if login else "",
    )
    return reporting.receive(studio, house_policy(here), told), secret


def reported(here: Here, received: Received, secret: str) -> ReportedView:
    """What a program is told."""
    with here.studio.archive.read() as conn:
        hidden = quarantine.facts(conn, received.report.work_id).hidden is not None
    if received.again:
        return ReportedView(number=None, link=None, again=True, hidden=hidden)
    n = received.report.n
    return ReportedView(number=n, link=link_to(here, n, secret), again=False, hidden=hidden)


def link_to(here: Here, n: int, secret: str) -> str:
    """The reporter's link, whole."""
    return f"{here.coming.scheme}://{here.coming.host}/reports/{n}?link={secret}"


def number_of(said: str) -> int:
    """A report's number, as an address has it. Raises `NotFound`."""
    if not said.isascii() or not said.isdigit() or len(said) > 15:
        raise not_found()
    return int(said)


def opens(here: Here, n: int, secret: str) -> bool:
    """Whether this is a secret that opens this report for one of its sides."""
    try:
        with here.studio.archive.read() as conn:
            report = reports.get(conn, n)
            return reporting.side_of(here.studio, conn, report, "", secret) is not None
    except NotFound:
        return False


def desk(
    here: Here,
    after: int,
    typed: Mapping[str, str] | None = None,
    trouble: Trouble | None = None,
) -> DeskView:
    """What has to be decided, and what was decided last."""
    numbers = numbers_view(here)
    with here.studio.archive.read() as conn:
        now = here.studio.clock.now()
        waits = reports.waiting(conn, LISTED + 1, after)
        over = reports.decided_last(conn, OVER)
        return DeskView(
            open=tuple(_line(conn, here, one, now) for one in waits[:LISTED]),
            decided=tuple(_line(conn, here, one, now) for one in over),
            after=waits[LISTED - 1].n if len(waits) > LISTED else None,
            numbers=numbers,
            unexplained=quarantine.unexplained(conn, OVER),
            typed=dict(typed or {}),
            trouble=trouble,
        )


def give(here: Here, said: Mapping[str, str]) -> None:
    """A keeper gives back what is hidden and held by no report."""
    giving.give(here.studio, said.get("work", ""), here.studio.person, said.get("reason", ""))


def _line(conn: Connection, here: Here, report: Report, now: int) -> ReportLine:
    work = quarantine.facts(conn, report.work_id)
    made = decisions.of_report(conn, report.n)
    hours = house_policy(here).decide_hours * reporting.HOUR
    since = report.created if report.appealed is None else report.appealed
    return ReportLine(
        number=report.n,
        work=report.work_id,
        why=report.why,
        created=report.created,
        hidden=work.hidden is not None,
        deleted=work.deleted is not None,
        appealed=report.appealed is not None,
        verdict=made[-1].verdict if made else None,
        decides=None if report.keeper_id is None else name_of(conn, report.keeper_id),
        mine=report.open and deciding.bench(conn, report).has(here.studio.person),
        left=(since + hours - now) / 1e6 if report.open else None,
    )


def case(
    here: Here,
    n: int,
    secret: str,
    typed: Mapping[str, str] | None = None,
    trouble: Trouble | None = None,
) -> CaseView:
    """A report, for a keeper, for whoever reported, for the maker; `NotFound` for everybody else."""
    with here.studio.archive.read() as conn:
        view = case_view(conn, here, n, secret)
        mine = bool(secret) and reports.opens(conn, n, reporting.link_of(secret))
    if mine:
        link = link_to(here, n, secret)
        view = view.model_copy(
            update={"link": link, "qr": svg(link, _("Your link as a code for phones"))}
        )
    return view.model_copy(update={"typed": dict(typed or view.typed), "trouble": trouble})


def ruling(said: Mapping[str, str]) -> Ruling:
    """What a keeper's form or JSON says. Raises `AskedWrong`."""
    rule = said.get("rule", "").strip()
    if rule and rule != "none" and not (rule.isascii() and rule.isdigit() and len(rule) < 5):
        raise AskedWrong(_("A rule is named by its number, or none."))
    return Ruling(
        said.get("verdict", "") or said.get("decision", ""),
        said.get("reasons", "") or said.get("reason", ""),
        int(rule) if rule.isdigit() else None,
        said.get("sentence", ""),
    )


def decide(here: Here, n: int, said: Mapping[str, str]) -> Outcome:
    """A keeper decides."""
    try:
        return deciding.decide(here.studio, n, here.studio.person, ruling(said))
    except NotFound:
        raise not_found() from None


def say(here: Here, n: int, secret: str, doing: str, words: str) -> None:
    """One of the sides answers or appeals."""
    studio, person = here.studio, here.visitor.person
    try:
        with studio.archive.read() as conn:
            side = reporting.side_of(studio, conn, reports.get(conn, n), person.id, secret)
    except NotFound:
        raise not_found() from None
    if side is None:
        raise not_found()
    who = person.id or None
    if side == "reporter" and person.kind == "guest":
        who = None  # by their link alone: nobody writes down who that is
    if doing == "appeal":
        reporting.appeal(studio, house_policy(here), n, side, who, words)
    else:
        reporting.answer(studio, n, side, who, words)


def book(here: Here, before: int | None) -> BookView:
    """A page of the decision book."""
    with here.studio.archive.read() as conn:
        found = decisions.book(conn, BOOK + 1, before)
        lines = book_lines(conn, found[:BOOK])
    return BookView(decisions=lines, before=lines[-1].number if len(found) > BOOK else None)


def book_part(here: Here, after: int) -> tuple[str, int | None]:
    """The book as JSON, a line for each decision, the oldest first: what follows `after`, and where to go on.

    The number is None where nothing follows. Nothing in the book is changed, so its parts fit each other.
    """
    with here.studio.archive.read() as conn:
        found = decisions.book_on(conn, LINES, after)
        lines = book_lines(conn, found)
    text = "".join(f"{line.model_dump_json()}\n" for line in lines)
    return text, found[-1].n if len(found) == LINES else None


def trouble_of(error: UncagedError) -> Trouble:
    """What went wrong, for a form that comes back."""
    return Trouble(message=error.message, hint=error.hint)
