"""Many writes in one commit: answered only once they are there, and alone in their mistakes."""

import gettext
import threading
from typing import Any

import pytest
from sqlalchemy import Connection

from uncaged.archive import people
from uncaged.archive.committing import Writer
from uncaged.core import words
from uncaged.core.errors import AskedWrong, Failed, UncagedError
from uncaged.core.words import Language


@pytest.fixture
def writer(world: Any) -> Any:
    writer = Writer(world.archive)
    yield writer
    writer.close()


def names(world: Any) -> set[str]:
    return {name for (name,) in world.rows("SELECT name FROM people WHERE name IS NOT NULL")}


def come(name: str) -> Any:
    def step(conn: Connection) -> str:
        return people.add(conn, "member", 1, name).id

    return step


def test_what_is_answered_is_there(world: Any, writer: Writer) -> None:
    answer = writer.write(come("Ana"))
    assert world.rows("SELECT name FROM people WHERE id = ?", answer) == [("Ana",)]


def test_many_share_few_commits(world: Any, writer: Writer) -> None:
    hold, held = threading.Event(), threading.Event()

    def slow(conn: Connection) -> None:
        held.set()
        hold.wait(10)

    first = writer.submit(slow)
    held.wait(10)
    answers = [writer.submit(come(f"p{n}")) for n in range(100)]
    hold.set()
    ids = {answer.result(10) for answer in answers}
    assert first.result(10) is None and len(ids) == 100 and len(names(world)) == 100
    assert writer.commits == 2


def test_a_mistake_is_told_to_its_caller_alone(world: Any, writer: Writer) -> None:
    def wrong(conn: Connection) -> None:
        people.add(conn, "member", 1, "half")
        raise AskedWrong("No.")

    def doubled(conn: Connection) -> None:
        conn.exec_driver_sql("INSERT INTO people SELECT * FROM people LIMIT 1")

    answers = [writer.submit(step) for step in (come("one"), wrong, doubled, come("two"))]
    assert answers[0].result(10) and answers[3].result(10)
    for answer in answers[1:3]:
        with pytest.raises(Exception, match=r"No|UNIQUE"):
            answer.result(10)
    assert names(world) == {"one", "two"}


def test_trouble_with_the_disk_is_told_to_everybody_and_the_next_one_is_written(
    world: Any, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(conn: Connection) -> None:
        conn.exec_driver_sql("PRAGMA max_page_count = 1")
        conn.exec_driver_sql("CREATE TABLE more AS SELECT randomblob(10000000) AS much")

    hold, held = threading.Event(), threading.Event()
    writer.submit(lambda conn: (held.set(), hold.wait(10)))
    held.wait(10)
    answers = [writer.submit(step) for step in (come("one"), full, come("two"))]
    hold.set()
    for answer in answers:
        with pytest.raises(UncagedError, match="no room"):
            answer.result(10)
    assert names(world) == set()
    assert writer.alive and writer.write(come("later"))


def test_after_the_end_nobody_waits_for_ever(world: Any) -> None:
    writer = Writer(world.archive)
    last = writer.submit(come("last"))
    writer.close()
    assert last.result(1)
    with pytest.raises(Failed, match="stopping"):
        writer.write(come("late"))


class Shouted(gettext.NullTranslations):
    """A language in which everything is shouted."""

    def gettext(self, message: str) -> str:
        return message.upper()


def test_each_reads_in_their_own_language_why_their_step_was_not_done(
    world: Any, writer: Writer
) -> None:
    """Whoever's thread it is that writes."""

    def refused(_conn: Connection) -> None:
        raise AskedWrong(words._("Say it once."))

    with words.reading(Language("xx", Shouted())):
        loud = writer.submit(refused)
    plain = writer.submit(refused)
    assert str(loud.exception(10)) == "SAY IT ONCE." and str(plain.exception(10)) == "Say it once."
