"""What keepers do with a report: take it on, look, decide, alone or with the second one. Each step is logged.

Who made the film, is named in it, or reported it never decides it, and an appeal is decided by somebody else where
there is somebody.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from sqlalchemy import Connection

from uncaged.archive import blocks, decisions, files, house, log, quarantine, reports, works
from uncaged.archive.decisions import Decision
from uncaged.archive.house_tables import Verdict
from uncaged.archive.people import Person
from uncaged.archive.quarantine import Facts
from uncaged.archive.reports import Line, Report
from uncaged.core.errors import AskedWrong, DoneBefore, NotAllowed, NotFound, nearest
from uncaged.core.words import _
from uncaged.studio import blocking
from uncaged.studio.reporting import HOUR, checked_words

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
LONGEST_SENTENCE, MANY = 400, 10_000
"""Characters of what stands beside a work; reports of one work that are looked through."""


@dataclass(frozen=True, slots=True)
class Bench:
    """Who may decide a report now. free: every keeper who has made neither film nor report. alone: an appeal that only
    whoever decided before can decide, since there is nobody else."""

    can: tuple[Person, ...]
    free: tuple[Person, ...]
    alone: bool = False

    def has(self, person_id: str) -> bool:
        """Whether this person may decide it."""
        return any(one.id == person_id for one in self.can)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a keeper wants to decide. rule: 1 is the first of the house, None for none. sentence: see `Verdict`."""

    verdict: str
    reasons: str
    rule: int | None = None
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """That a film should be deleted, said by one keeper, until the second one has agreed."""

    by: str
    reasons: str
    rule: int | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """decision: None where it waits for the second keeper."""

    report: Report
    decision: Decision | None


def bench(conn: Connection, report: Report) -> Bench:
    """Who may decide this report, as it stands now?"""
    involved = quarantine.makers(conn, report.work_id, report.created)
    if report.person_id is not None:
        involved |= quarantine.acting(conn, report.person_id, report.created)
    free = tuple(one for one in house.keepers(conn) if one.id not in involved)
    if report.appealed is None:
        return Bench(free, free)
    made = decisions.of_report(conn, report.n)
    before = {who for one in made for who in (one.decided_by, one.second_id)}
    others = tuple(one for one in free if one.id not in before)
    return Bench(others or free, free, alone=not others)


def wish_of(lines: Sequence[Line], may: Bench) -> Wish | None:
    """Whether a keeper wants the film deleted, and nothing has been decided or appealed since.

    Who keeps the house no more, or may not decide this, wishes nothing.
    """
    found: Wish | None = None
    for line in lines:
        if line.words.startswith("wants-delete\n") and line.author == "keeper":
            if any(one.id == line.person_id for one in may.free):
                said = json.loads(line.words.partition("\n")[2])
                found = Wish(line.person_id or "", said["reasons"], said["rule"])
        elif line.words.startswith(("decided ", "appeal ")) and line.author in ("keeper", "studio"):
            found = None
    return found


def holding(conn: Connection, work_id: str, but: int | None = None) -> str | None:
    """What keeps a work hidden, of all that was reported of it, as a line of a report says it; None for nothing.

    but: the number of a report that is being decided. It is held by a decision that stands, by a keeper who waits for
    the second one to delete it, and by whoever says that it shows them.
    """
    for one in reports.of_work(conn, work_id, MANY):
        if one.n == but:
            continue
        if one.open and one.why == "me":
            return f"stays {one.n}"
        if one.open and wish_of(reports.lines(conn, one.n), bench(conn, one)) is not None:
            return f"stays-open {one.n}"
        made = decisions.of_report(conn, one.n)
        if made and made[-1].verdict in ("hide", "delete"):
            return f"stays-hidden {one.n}"
    return None


def take_on(studio: "Studio", n: int, who: str) -> None:
    """This keeper will decide it. Raises `NotAllowed` where they may not, `DoneBefore` where it is over."""

    def step(conn: Connection) -> None:
        report = reports.get(conn, n)
        _check_open(report)
        _check_bench(bench(conn, report), who)
        if report.keeper_id != who:
            reports.take_on(conn, n, who, studio.clock.now())

    studio.commit(step)


def look(studio: "Studio", n: int, who: str) -> Facts:
    """A keeper looks at the film, hidden or not: that is written down, once an hour. `NotFound` where it is gone."""
    with studio.archive.read() as conn:
        report = reports.get(conn, n)
        found = quarantine.facts(conn, report.work_id)
        lines = reports.lines(conn, n)
    if found.media is None:
        raise NotFound(_("The film of this report was deleted."))
    now = studio.clock.now()
    seen = (line.happened for line in lines if line.words == "looked" and line.person_id == who)
    if max(seen, default=-HOUR) <= now - HOUR:

        def step(conn: Connection) -> None:
            reports.say(conn, n, now, "keeper", "looked", who)
            log.append(conn, "looked", report.work_id, who, now, report=n)

        studio.commit(step)
    return found


def decide(studio: "Studio", n: int, who: str, ruling: Ruling) -> Outcome:
    """A keeper decides; pressed twice it is decided once. Raises `AskedWrong`, `NotAllowed`, `DoneBefore`."""
    verdict, reasons = _verdict(ruling.verdict), checked_words(ruling.reasons)
    sentence = _sentence(ruling.sentence) if verdict == "sentence" else None
    gone: list[str] = []
    pixels = _pixels(studio, n) if verdict == "delete" else []

    def step(conn: Connection) -> Outcome:
        gone.clear()
        report = reports.get(conn, n)
        made = decisions.of_report(conn, n)
        if not report.open and made and _same(made[-1], who, verdict, reasons):
            return Outcome(report, made[-1])
        _check_open(report)
        _check_rule(conn, ruling.rule)
        case = _Case(conn, studio.clock.now(), report, who, bench(conn, report))
        _check_bench(case.bench, who, case.wish if verdict == "delete" else None)
        if verdict == "delete" and not case.may_delete(reasons, ruling.rule):
            return Outcome(reports.get(conn, n), None)
        gone.extend(case.follow(verdict, sentence, pixels))
        decision = case.write(verdict, reasons, ruling.rule, sentence)
        return Outcome(reports.get(conn, n), decision)

    outcome = studio.commit(step)
    if gone:
        with studio.archive.write() as conn:
            files.forget(conn, studio.files, gone)
    return outcome


class _Case:
    """One decision on its way, within one write."""

    def __init__(self, conn: Connection, now: int, report: Report, who: str, may: Bench) -> None:
        self.conn, self.now, self.report, self.who, self.bench = conn, now, report, who, may
        self.work = quarantine.facts(conn, report.work_id)
        self.wish = wish_of(reports.lines(conn, report.n), may)

    def may_delete(self, reasons: str, rule: int | None) -> bool:
        """Whether it may be deleted now; where the second keeper is missing, it is hidden and waits for them."""
        if self.work.deleted is not None or len(self.bench.free) < 2:
            return True
        if self.wish is not None and self.wish.by != self.who:
            return True
        if self.wish != Wish(self.who, reasons, rule):
            said = json.dumps({"reasons": reasons, "rule": rule}, ensure_ascii=False)
            self._say("keeper", f"wants-delete\n{said}", self.who)
        works.hide(self.conn, self.work.id, self.now, self.who, self.report.n)
        return False

    def follow(
        self, verdict: Verdict, sentence: str | None, pixels: Sequence[str]
    ) -> tuple[str, ...]:
        """What was decided happens. Returns the SHA-256 of files that nobody needs any more. pixels: of pictures, which
        are kept out with the files themselves."""
        conn, work, n = self.conn, self.work.id, self.report.n
        if verdict in ("show", "sentence"):
            self._show(sentence)
        elif verdict == "hide":
            works.hide(conn, work, self.now, self.who, n)
        elif self.work.deleted is None:
            self._keep_out([*blocks.of_work(conn, work), *pixels])
            return works.delete(conn, self.work.person_id, work, self.now, by=self.who)
        else:  # its maker was faster: what was reported is kept out all the same
            self._keep_out(reports.hashes(conn, n))
        return ()

    def _keep_out(self, shas: Sequence[str]) -> None:
        n = self.report.n
        reason = f"A film with it was deleted by a decision of this house (report {n})."
        for sha in shas:
            blocks.add(self.conn, sha, reason, self.who, self.now, n)

    def _show(self, sentence: str | None) -> None:
        if self.work.deleted is not None and self.report.appealed is None:
            raise AskedWrong(
                _("The film was deleted meanwhile, and cannot be shown again."),
                _(
                    "Decide to keep it hidden or to delete it, so that the book says what you think of it."
                ),
            )
        blocks.remove_of_report(self.conn, self.report.n, self.who, self.now)
        if self.work.deleted is not None:
            return
        n = self.report.n
        quarantine.say_beside(self.conn, self.work.id, sentence, self.now, self.who, n)
        held = holding(self.conn, self.work.id, n)
        if held is not None and self.work.hidden is not None:
            self._say("studio", held)
            return
        if self.work.hidden is not None:
            works.give_again(self.conn, self.work.id, self.now, self.who, n)
            if any(line.words == "hid" for line in reports.lines(self.conn, n)):
                self._say("studio", "sorry")

    def write(
        self, verdict: Verdict, reasons: str, rule: int | None, sentence: str | None
    ) -> Decision:
        """Into the book, the report and the log."""
        conn, n = self.conn, self.report.n
        agreed = self.wish.by if self.wish is not None and verdict == "delete" else self.who
        decision = decisions.add(
            conn,
            n,
            verdict,
            reasons,
            agreed,
            self.now,
            rule=rule,
            sentence=sentence,
            second=self.who if agreed != self.who else None,
            appeal=self.report.appealed is not None,
        )
        self._say("keeper", f"decided {decision.n}", self.who)
        reports.decide(conn, n, self.who, self.now)
        if quarantine.facts(conn, self.work.id).deleted is not None:
            reports.forget(conn, self.work.id)
        facts = {"report": n, "decision": decision.n, "verdict": verdict}
        log.append(conn, "decided", self.work.id, self.who, self.now, **facts)
        return decision

    def _say(self, author: "reports.Author", words: str, who: str | None = None) -> None:
        reports.say(self.conn, self.report.n, self.now, author, words, who)


def _pixels(studio: "Studio", n: int) -> list[str]:
    """SHA-256 of the pixels of what was reported; decoding takes a while, and waits for nothing."""
    with studio.archive.read() as conn:
        work = reports.get(conn, n).work_id
    return blocking.of_work(studio, work)


def _same(decision: Decision, who: str, verdict: Verdict, reasons: str) -> bool:
    mine = who in (decision.decided_by, decision.second_id)
    return mine and (decision.verdict, decision.reasons) == (verdict, reasons)


def _check_open(report: Report) -> None:
    if not report.open:
        raise DoneBefore(
            _("This report is decided already."),
            _(
                "Its page says what, by whom and why. Either side may appeal; then it is decided anew."
            ),
        )


def _check_bench(may: Bench, who: str, wish: Wish | None = None) -> None:
    """wish: of another keeper, to which every keeper who is free may agree."""
    if may.has(who) or (wish is not None and any(one.id == who for one in may.free)):
        return
    if any(one.id == who for one in may.free):
        raise NotAllowed(_("You decided this before."), _("An appeal is decided by somebody else."))
    raise NotAllowed(
        _("Who made the film, is named in it, or reported it does not decide it."),
        _("Another keeper does.")
        if may.can
        else _(
            "There is no other keeper yet: the owner names one, "
            "`uncaged person change NAME --class keeper`."
        ),
    )


def _check_rule(conn: Connection, rule: int | None) -> None:
    known = len(house.rules(conn))
    if rule is not None and not 1 <= rule <= known:
        raise AskedWrong(
            _("There is no rule %(rule)s; this house has %(known)s.")
            % {"rule": rule, "known": known},
            _("Or say: none."),
        )


def _verdict(said: str) -> Verdict:
    if said not in VERDICTS:
        raise AskedWrong(
            _("A report is decided by one of %(verdicts)s, not %(said)s.")
            % {"verdicts": ", ".join(VERDICTS), "said": repr(said[:40])},
            nearest(said, VERDICTS) if said else _("Choose one."),
        )
    return said


def _sentence(said: str) -> str:
    plain = " ".join(said.split())
    if not plain or len(plain) > LONGEST_SENTENCE:
        raise AskedWrong(
            _("Say what is to stand beside the film, in 1 to %(most)s characters.")
            % {"most": LONGEST_SENTENCE}
        )
    return checked_words(plain)
