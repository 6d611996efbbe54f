"""A report, from the form to what both sides are told of it; what keepers decide stands in `deciding`.

Knows no page and no cookie: the web says who comes, and from where.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args
from urllib.parse import urlsplit

from sqlalchemy import Connection

from uncaged.archive import blocks, decisions, log, quarantine, reports, works
from uncaged.archive.house_tables import Why
from uncaged.archive.reports import LONGEST, Report
from uncaged.core.errors import AskedWrong, DoneBefore, NotFound, TooMany
from uncaged.core.ids import is_id
from uncaged.core.words import _
from uncaged.queue.policy import House
from uncaged.studio.entering import network_of, secret_of

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

Side: TypeAlias = Literal["reporter", "maker"]

HOUR, DAY = 3600 * 1_000_000, 24 * 3600 * 1_000_000
"""Microseconds."""

COUNTED = 90
"""Days whose reports are counted on pages."""

LONGEST_MAIL, LONGEST_ABOUT = 254, 2_000
AGAIN, ANSWERS = 5, 20
"""Times that what is said again from one address is kept beside the count; answers of one side."""

WHYS: tuple[Why, ...] = get_args(Why)

_MAIL = re.compile(r"[^\s@<>\"',;:\x00-\x1f]{1,64}@[^\s@<>\"',;:\x00-\x1f]{1,180}")
_WORK = re.compile(r"(?:^|/works/|\s)(w_[a-z2-7]{12})(?=$|[/?#\s.])")


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody reports, and how they came. mark, link: see `mark_of`, `link_of`. person: their login, if any.

    may_see: the person whose eyes they see with. way: what the film's page gave them; see `way_to`. address: where
    `mark` is that of their login, the mark of their address; both are counted.
    """

    about: str
    why: str
    words: str
    mail: str
    mark: str
    link: str
    person: str | None = None
    may_see: str = ""
    way: str = ""
    address: str = ""

    @property
    def marks(self) -> tuple[str, ...]:
        """Everywhere this comes from."""
        return tuple(one for one in (self.mark, self.address) if one)


@dataclass(frozen=True, slots=True)
class Received:
    """again: it was reported from there before, and counts as one; then nobody gets its link anew."""

    report: Report
    again: bool = False


def mark_of(studio: "Studio", address: str, login: str | None) -> str:
    """A keyed hash of where a report comes from: a login, else an address (of IPv6 the first half)."""
    came = f"login:{login}" if login else f"address:{network_of(address)}"
    return _keyed(studio, f"report:{came}")


def secret_for(studio: "Studio", mark: str, once: str, said: Sequence[str]) -> str:
    """The secret of the link of what was sent with this word from there: sent twice it is one report, with one link.

    said: all of the report. Programs behind one address may choose the same short word; what says something else is
    another report, and nobody is given somebody else's link.
    """
    return _keyed(studio, f"report-link:{json.dumps([mark, once, *said])}")[:43]


def way_to(studio: "Studio", work_id: str, times: int | None) -> str:
    """What the page of a film that is shown by link alone gives to whoever sees it, so that they can report it.

    times: as in `makers_secret`.
    """
    return _keyed(studio, f"report-way:{work_id}:{times or 0}")[:24]


def link_of(secret: str) -> str:
    """What the archive keeps of a secret."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def _keyed(studio: "Studio", said: str) -> str:
    return hmac.new(secret_of(studio), said.encode(errors="replace"), hashlib.sha256).hexdigest()


def work_in(about: str) -> str | None:
    """The work that somebody means: its id, as it stands on a film's edge, or an address that names it.

    >>> work_in("https://a.b/works/w_abcdefghijkl/film#t=2"), work_in("my film")
    ('w_abcdefghijkl', None)
    """
    said = about.strip()[:LONGEST_ABOUT]
    try:
        path = urlsplit(said).path if "/" in said else said
    except ValueError:
        return None
    found = _WORK.search(path.strip().rstrip(".,"))
    return found[1] if found is not None and is_id("work", found[1]) else None


def not_there() -> NotFound:
    """The one answer for a work that is not here, not public, or hidden already."""
    return NotFound(
        _("There is no such film here that you could see."),
        _(
            "Take its address, or the name on its edge: w_ and twelve letters. What is hidden or "
            "deleted needs no report."
        ),
    )


def receive(studio: "Studio", policy: House, told: Told) -> Received:
    """Somebody reports something: written down, hidden at once where it shows them, and its maker is told.

    Raises `AskedWrong`, `NotFound`, `TooMany`: nothing was written then.
    """
    words, mail, why = checked_words(told.words, empty=True), _checked_mail(told.mail), told.why
    if why not in WHYS:
        raise AskedWrong(
            _("Say what is wrong: choose one of the seven."),
            _("One of %(reasons)s.") % {"reasons": ", ".join(WHYS)},
        )
    work_id = work_in(told.about)
    if work_id is None:
        raise not_there()
    now = studio.clock.now()

    def step(conn: Connection) -> Received:
        sent = reports.by_link(conn, told.link)
        if sent is not None:
            return Received(sent)
        before = reports.from_there(conn, told.mark, work_id, now - DAY)
        if before is not None:
            return Received(_again(conn, policy, before, told, why, words, now), again=True)
        _check_visible(conn, told, work_id, _by_link(studio, conn, told, work_id))
        came = max(reports.came_from(conn, mark, now - HOUR) for mark in told.marks)
        if came >= policy.reports_an_hour:
            raise TooMany(
                _(
                    "%(count)s reports came from your address within an hour; this house takes so many."
                )
                % {"count": f"{policy.reports_an_hour:,}"},
                _("Wait a little, or write to the house. What you have reported stays."),
                retry_after=600.0,
            )
        report = reports.add(
            conn,
            work_id,
            why,
            words,
            now,
            link=told.link,
            mark=told.mark,
            mail=mail,
            person_id=told.person,
        )
        reports.keep_hashes(conn, report.n, now, blocks.of_work(conn, work_id))
        if told.address:
            reports.keep_address(conn, report.n, now, told.address)
        if why == "me":
            _hide(conn, policy, report, told.marks, now)
        reports.say(conn, report.n, now, "studio", "told")
        return Received(report)

    return studio.commit(step)


def _by_link(studio: "Studio", conn: Connection, told: Told, work_id: str) -> bool:
    """Whether they came by the link that the work has now."""
    work = quarantine.find(conn, work_id)
    right = way_to(studio, work_id, None if work is None else work.links)
    return hmac.compare_digest(told.way.encode(errors="replace"), right.encode())


def _check_visible(conn: Connection, told: Told, work_id: str, by_link: bool) -> None:
    try:
        work = works.get(conn, told.may_see, work_id, by_link)
    except NotFound:
        raise not_there() from None
    if work.person_id in (told.may_see, told.person):
        raise AskedWrong(
            _("This film is yours."), _("Show it to nobody, or delete it: its page has both.")
        )
    if work.kept is None:
        raise not_there()


def _again(
    conn: Connection, policy: House, before: Report, told: Told, why: Why, words: str, now: int
) -> Report:
    """The same address about the same work within a day: one report, which knows how often."""
    if words and words != before.words and before.again < AGAIN:
        reports.say(conn, before.n, now, "studio", f"again\n{words}")
    work = quarantine.facts(conn, before.work_id)
    if why == "me" and before.open and work.hidden is None and work.deleted is None:
        if told.address:
            reports.keep_address(conn, before.n, now, told.address)
        _hide(conn, policy, before, told.marks, now)
    return reports.once_more(conn, before)


def _hide(conn: Connection, policy: House, report: Report, marks: Sequence[str], now: int) -> None:
    """Hides what shows somebody who says so, but for a flood, and where a keeper has decided just that before."""
    last = decisions.last_of_work(conn, report.work_id, "me")
    if last is not None and last.verdict in ("show", "sentence"):
        reports.say(conn, report.n, now, "studio", "decided-before")
        return
    if max(reports.hid_from(conn, mark, now - DAY) for mark in marks) >= policy.hides_a_day:
        reports.say(conn, report.n, now, "studio", "too-many")
        return
    works.hide(conn, report.work_id, now, None, report.n)
    reports.say(conn, report.n, now, "studio", "hid")


def makers_secret(studio: "Studio", n: int, times: int | None) -> str:
    """What opens a report for whoever has its film in the maker's hands without being known here as the maker.

    times: how often the film's links were changed; whoever had an older one is shut out here too.
    """
    return _keyed(studio, f"report-maker:{n}:{times or 0}")[:43]


def side_of(
    studio: "Studio", conn: Connection, report: Report, person: str, secret: str = ""
) -> Side | None:
    """Which side of a report this is: by its link or login who reported, or whose film it is; None for neither.

    Whom the credits name is no side: they decide nothing of it, but neither do they answer for its maker.
    """
    if secret:
        if reports.opens(conn, report.n, link_of(secret)):
            return "reporter"
        times = quarantine.facts(conn, report.work_id).links
        right = makers_secret(studio, report.n, times)
        if hmac.compare_digest(secret.encode(errors="replace"), right.encode()):
            return "maker"
    if person and person == report.person_id:
        return "reporter"
    return "maker" if person and person in quarantine.owners(conn, report.work_id) else None


def answer(studio: "Studio", n: int, side: Side, who: str | None, words: str) -> None:
    """One side says more, while it is open. Said twice it is said once. Raises `AskedWrong`, `DoneBefore`."""
    said = checked_words(words)

    def step(conn: Connection) -> None:
        report = reports.get(conn, n)
        if not report.open:
            raise DoneBefore(
                _("This report is decided."),
                _("Whoever does not agree appeals; the page says until when."),
            )
        mine = [line for line in reports.lines(conn, n) if line.author == side]
        if mine and mine[-1].words == said:
            return
        if len(mine) >= ANSWERS:
            raise TooMany(
                _("You have said %(most)s things here; the keepers have them all.")
                % {"most": ANSWERS}
            )
        reports.say(conn, n, studio.clock.now(), side, said, who)

    studio.commit(step)


def appeals_until(conn: Connection, policy: House, report: Report, side: Side) -> int | None:
    """Until when this side may appeal, in µs UTC; None where it may not: it is open, or they did so before."""
    if report.open or any(
        line.author == "studio" and line.words == f"appeal {side}"
        for line in reports.lines(conn, report.n)
    ):
        return None
    made = decisions.of_report(conn, report.n)
    return made[-1].made + int(policy.appeal_days * DAY) if made else None


def appeal(
    studio: "Studio", policy: House, n: int, side: Side, who: str | None, words: str
) -> None:
    """One side does not agree: somebody else decides anew. Once for each side, within the days of the policy."""
    said, now = checked_words(words), studio.clock.now()

    def step(conn: Connection) -> None:
        report = reports.get(conn, n)
        lines = reports.lines(conn, n)
        mine = [line.words for line in lines if line.author == side]
        until = appeals_until(conn, policy, report, side)
        if report.open and mine and mine[-1] == said:
            return  # pressed twice
        if report.open:
            raise DoneBefore(_("This report is open."), _("Say what you have to say as an answer."))
        if until is None:
            raise DoneBefore(_("You have appealed before; each side may do so once."))
        if now > until:
            raise DoneBefore(
                _("The %(days)s days for an appeal are over.")
                % {"days": f"{policy.appeal_days:g}"},
                _("Write to the house: its page says where."),
            )
        reports.say(conn, n, now, "studio", f"appeal {side}")
        reports.say(conn, n, now, side, said, who)
        reports.appeal(conn, n, now)
        log.append(conn, "appealed", report.work_id, None, now, report=n, by=side)

    studio.commit(step)


def checked_words(words: str, empty: bool = False) -> str:
    """What somebody says, as it is kept. Raises `AskedWrong`."""
    said = words.replace("\r\n", "\n").replace("\x00", "").strip()
    if not said and not empty:
        raise AskedWrong(_("Say something: these words are what the others will read."))
    if len(said) > LONGEST:
        raise AskedWrong(
            _("That are %(count)s characters; %(most)s is the most.")
            % {"count": f"{len(said):,}", "most": f"{LONGEST:,}"},
            _("Say it more shortly."),
        )
    return said.encode(errors="replace").decode()


def _checked_mail(mail: str) -> str | None:
    said = mail.strip()
    if not said:
        return None
    if len(said) > LONGEST_MAIL or _MAIL.fullmatch(said) is None:
        raise AskedWrong(
            _("This is no mail address."), _("Leave it out: your link shows everything.")
        )
    return said
