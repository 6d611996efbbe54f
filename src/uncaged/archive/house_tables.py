"""Tables of the house: who belongs to whom, reports and decisions, what the house says, open doors."""

from typing import Literal, TypeAlias

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, Table, Text

from uncaged.archive.columns import column, key, maybe, metadata, one_of, where

Why: TypeAlias = Literal["me", "somebody", "mine", "hurts", "law", "rule", "else"]
Verdict: TypeAlias = Literal["show", "sentence", "hide", "delete"]
Author: TypeAlias = Literal["reporter", "maker", "keeper", "studio"]

memberships = Table(
    "memberships",
    metadata,
    column("collective_id", Text, "which", ForeignKey("people.id"), primary_key=True),
    column("person_id", Text, "who belongs to it", ForeignKey("people.id"), primary_key=True),
    column("since", BigInteger, "since when", primary_key=True),
    maybe("until", BigInteger, "when they left"),
    Index("ix_memberships_person_id", "person_id", "until"),
    comment="Who acts for a collective, now and before.",
)

authors = Table(
    "authors",
    metadata,
    column("work_id", Text, "of which work", ForeignKey("works.id"), primary_key=True),
    column("n", Integer, "the order in which they are named", primary_key=True),
    maybe("person_id", Text, "a person here", ForeignKey("people.id"), index=True),
    maybe("name", Text, "somebody who is not here"),
    column("role", Text, "what they did, in words"),
    column("added", BigInteger, "when its maker named them"),
    maybe("agreed", BigInteger, "when the person here agreed to be named"),
    comment="The credit roll of a work, beside its maker.",
)

tags = Table(
    "tags",
    metadata,
    column("work_id", Text, "of which work", ForeignKey("works.id"), primary_key=True),
    column("tag", Text, "a word of its person's", primary_key=True),
    Index("ix_tags_tag", "tag", "work_id"),
    comment="Words by which people find their works again; seen by nobody else.",
)

reports = Table(
    "reports",
    metadata,
    column("n", Integer, "its number", primary_key=True),
    column("hash", Text, "SHA-256 of the secret in the reporter's link", unique=True),
    column("work_id", Text, "about which work", ForeignKey("works.id"), index=True),
    column("why", Text, "me, somebody, mine, hurts, law, rule or else"),
    column("words", Text, "what they said; emptied when the work is deleted"),
    maybe("mail", Text, "where to answer; emptied once it is decided"),
    maybe("person_id", Text, "who reports, where they have a login", ForeignKey("people.id")),
    column("mark", Text, "a keyed hash of where it came from, to count a flood as one"),
    column("created", BigInteger, "when it came"),
    column("again", Integer, "how often the same was reported from there since"),
    maybe("keeper_id", Text, "who decides it", ForeignKey("people.id")),
    maybe("decided", BigInteger, "when it was last decided; empty while it is open"),
    maybe("appealed", BigInteger, "when somebody appealed; empty once that is decided"),
    one_of("why", Why),
    Index("ix_reports_open", "created", **where("decided IS NULL OR appealed IS NOT NULL")),
    Index("ix_reports_mark", "mark", "work_id", "created"),
    sqlite_autoincrement=True,
    comment="What somebody said against a work that was shown. Seen by keepers.",
)

report_words = Table(
    "report_words",
    metadata,
    column("report_n", Integer, "of which report", ForeignKey("reports.n"), primary_key=True),
    column("n", Integer, "the order", primary_key=True),
    column("happened", BigInteger, "when"),
    column("author", Text, "reporter, maker, keeper or studio"),
    maybe("person_id", Text, "who, where they are known", ForeignKey("people.id")),
    column("words", Text, "what was said, or done"),
    one_of("author", Author),
    comment="What has happened in a report, line by line.",
)

decisions = Table(
    "decisions",
    metadata,
    column("n", Integer, "its number in the book", primary_key=True),
    column("report_n", Integer, "of which report", ForeignKey("reports.n"), index=True),
    column("verdict", Text, "show, sentence, hide or delete"),
    column("reasons", Text, "for both sides, in the same words"),
    maybe("rule", Integer, "which rule of the house; empty for none"),
    maybe("sentence", Text, "what stands beside the work, where that was decided"),
    column("decided_by", Text, "which keeper", ForeignKey("people.id")),
    maybe("second_id", Text, "the second keeper, who agreed to delete", ForeignKey("people.id")),
    column("made", BigInteger, "when"),
    column("appeal", Integer, "1 where it decides an appeal"),
    one_of("verdict", Verdict),
    sqlite_autoincrement=True,
    comment="The decision book: what keepers decided, with reasons. Append-only.",
)

blocks = Table(
    "blocks",
    metadata,
    key("sha256", "the file that comes in no more"),
    column("reason", Text, "why, for whoever brings it"),
    maybe("report_n", Integer, "the report it comes from", ForeignKey("reports.n")),
    column("made_by", Text, "who put it on the list", ForeignKey("people.id")),
    column("made", BigInteger, "when"),
    comment="Files that are neither shown, nor taken in, nor imported.",
)

house_pages = Table(
    "house_pages",
    metadata,
    column("n", Integer, "the order in which they were written", primary_key=True),
    column("name", Text, "rules, about, contact, promise or name"),
    column("text", Text, "what it says"),
    column("since", BigInteger, "since when it holds; the newest of a name does"),
    column("who", Text, "who wrote it", ForeignKey("people.id")),
    Index("ix_house_pages_name", "name", "n"),
    sqlite_autoincrement=True,
    comment="What the house says of itself: its rules and whom to write to, dated, older versions kept.",
)

openings = Table(
    "openings",
    metadata,
    key("id", "e_…"),
    column("began", BigInteger, "when the door was opened"),
    column("until", BigInteger, "when nobody new may make anything; as it was last put"),
    maybe("closed", BigInteger, "when it was closed for new makings"),
    maybe("finished", BigInteger, "when the last film was made, and the static site lay there"),
    maybe("url", Text, "the address people come by"),
    column("who", Text, "who opened it", ForeignKey("people.id")),
    comment="Each time the studio was opened to whoever comes.",
)
