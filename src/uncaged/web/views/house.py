"""Records of the house: reports and what became of them, the decision book, rules, who keeps it, what they see."""

from typing import Literal

from pydantic import Field

from uncaged.archive.house_tables import Verdict, Why
from uncaged.web.views.base import Trouble, View


class NumbersView(View):
    """Reports of the last 90 days, as numbers alone."""

    reports: int
    open: int
    show: int = Field(description="Kept as they were.")
    sentence: int = Field(description="Kept with a sentence beside them.")
    hide: int
    delete: int
    appeals: int
    granted: int = Field(description="Appeals after which it was decided otherwise.")
    again: int = Field(description="Reports that came again from one address, and counted as one.")
    looked: int = Field(description="How often keepers looked at a film that was reported.")
    longest: float | None = Field(description="Hours that a first decision took at most.")


class TermsView(View):
    """What the policy of the house says about reports."""

    decide_hours: float
    appeal_days: float
    reports_an_hour: int
    hides_a_day: int
    keepers: int


class ReportFormView(View):
    """The form by which anybody reports something."""

    typed: dict[str, str]
    once: str = Field(description="A word of this form: sent twice, it is one report.")
    terms: TermsView
    longest: float | None
    again: bool = Field(default=False, description="The same came from this address before.")
    trouble: Trouble | None = None


class ReportedView(View):
    """The answer to a program that reported something."""

    number: int | None = Field(description="Null where it was reported from here before.")
    link: str | None
    again: bool
    hidden: bool


class ReportLine(View):
    """A report in the keepers' list."""

    number: int
    work: str
    why: Why
    created: int
    hidden: bool
    deleted: bool
    appealed: bool
    verdict: Verdict | None = Field(description="What was decided last.")
    decides: str | None = Field(description="The keeper who took it on, or decided it.")
    mine: bool = Field(description="Whether whoever looks may decide it.")
    left: float | None = Field(description="Seconds left to decide; below zero it is late.")


class DeskView(View):
    """What the keepers see: what has to be decided, the oldest first, and what was decided last."""

    open: tuple[ReportLine, ...]
    decided: tuple[ReportLine, ...]
    after: int | None = Field(description="There are more, after this number.")
    numbers: NumbersView
    unexplained: tuple[str, ...] = Field(
        default=(), description="Works that are hidden though nobody reported them here."
    )
    typed: dict[str, str] = Field(default_factory=dict)
    trouble: Trouble | None = None


class EventView(View):
    """A line of what happened in a report."""

    at: int
    author: Literal["reporter", "maker", "keeper", "studio"]
    who: str | None
    what: str = Field(description="What was done, in words; empty where something was said.")
    said: str


class DecisionView(View):
    """A line of the decision book."""

    number: int
    report: int
    work: str
    made: int
    verdict: Verdict
    reasons: str
    rule: int | None
    sentence: str | None
    by: str
    second: str | None
    appeal: bool


class CaseView(View):
    """A report, as one of the two sides or a keeper sees it."""

    number: int
    side: Literal["keeper", "reporter", "maker"]
    work: str
    why: Why
    created: int
    again: int
    open: bool
    appealed: bool
    hidden: int | None
    deleted: int | None
    sentence: str | None
    due: int | None = Field(
        description="Until when it is to be decided; null where it is, or where nobody may."
    )
    keeper: str | None = Field(description="Who took it on.")
    mail: str | None = Field(description="Where to answer; for keepers, until it is decided.")
    events: tuple[EventView, ...]
    decisions: tuple[DecisionView, ...]
    may_decide: bool
    why_not: str | None = Field(description="Why whoever looks may not decide it.")
    alone: bool = Field(description="An appeal, and nobody else is there to decide it.")
    second: bool = Field(description="Whether to delete it needs another keeper.")
    wish: str | None = Field(description="Who wants to delete it, and waits for the second keeper.")
    took: bool
    may_answer: bool
    appeal_until: int | None
    rules: tuple[str, ...]
    film: str | None = Field(description="Where a keeper may look at it.")
    picture: bool = Field(default=False, description="Whether that is a picture.")
    link: str | None = Field(
        default=None, description="The link by which this side comes back, where it has one."
    )
    qr: str = Field(default="", exclude=True)
    typed: dict[str, str] = Field(default_factory=dict)
    trouble: Trouble | None = None


class HouseNote(View):
    """What the house says of a work, on its page."""

    sentence: str | None
    hidden: int | None
    reports: tuple[CaseView, ...] = Field(description="For its maker: what was said against it.")
    report: str | None = Field(description="Where whoever sees it reports it; null for its maker.")


class PageView(View):
    """Something that the house said: since when, and by its number."""

    number: int
    since: int
    now: bool


class SeenView(View):
    """Something that is kept here, where, how long, and who sees it."""

    what: str
    where: str
    until: str
    who: str


class HouseView(View):
    """The house: who keeps it, by which rules, what they see, what they decided."""

    name: str | None
    about: str | None
    contact: str | None
    promise: str | None
    rules: tuple[str, ...]
    since: int | None = Field(description="Null where the owner has not written any.")
    current: bool = Field(description="Whether these are the rules that hold now.")
    older: tuple[PageView, ...] = Field(description="Rules by date, the newest first.")
    before: int | None = Field(
        default=None, description="There are older ones, before this number."
    )
    keepers: tuple[str, ...]
    seen: tuple[SeenView, ...]
    numbers: NumbersView
    book: tuple[DecisionView, ...]
    own: bool = Field(description="Whether whoever looks may write here.")
    typed: dict[str, str] = Field(default_factory=dict)
    trouble: Trouble | None = None


class BookView(View):
    """The decision book, newest first, a page of it."""

    decisions: tuple[DecisionView, ...]
    before: int | None = Field(description="There are more, before this number.")


class BlockView(View):
    """A file that is neither shown, nor taken in, nor imported."""

    sha256: str
    reason: str
    report: int | None
    by: str
    made: int


class BlocksView(View):
    """The block list."""

    blocks: tuple[BlockView, ...]
    typed: dict[str, str] = Field(default_factory=dict)
    trouble: Trouble | None = None
