"""Who is told next: nobody's many messages, and nobody's many webhooks, stand before somebody else's first."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert

from uncaged.archive import hooks, people, runs
from uncaged.archive.wire_tables import deliveries
from uncaged.core.ids import new_id
from uncaged.core.score import ModelRef, Score, Shot
from uncaged.core.settings import Settings
from uncaged.studio.studio import Studio, open_studio


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    with open_studio(settings=Settings(home=tmp_path / "home", fsync=False)) as opened:
        yield opened


def a_hook(conn: Connection, person: str) -> str:
    return hooks.add(conn, person, "x", "https://example.org/", hooks.EVENTS, 1).id


def owe(conn: Connection, person: str, hook: str, moments: range) -> None:
    score = Score((Shot("a bird", 1.0),), ModelRef("echo"), (64, 64), 12.0, 7)
    run = runs.ask(conn, runs.Asked(new_id("run"), new_id("work"), person, score), 1)
    for moment in moments:
        row = {"id": f"{hook[-8:]}{moment:08d}", "hook_id": hook, "work_id": run.work_id}
        more = {"event": "video.completed", "created": moment, "tries": 0, "due": moment}
        conn.execute(insert(deliveries).values(**row, **more))


def test_of_each_webhook_one_and_of_each_person_in_turn(studio: Studio) -> None:
    with studio.archive.write() as conn:
        flooder, quiet = (people.add(conn, "member", 1, name).id for name in ("ana", "bo"))
        many = [a_hook(conn, flooder) for _ in range(5)]
        one = a_hook(conn, quiet)
        for hook in many:
            owe(conn, flooder, hook, range(10, 210))
        owe(conn, quiet, one, range(500, 502))
    with studio.archive.read() as conn:
        found = hooks.due(conn, 1000, 4)
        assert [each.hook.id for each in hooks.due(conn, 499, 99)] != []
        assert one not in [each.hook.id for each in hooks.due(conn, 499, 99)]
    assert len({each.hook.id for each in found}) == len(found) == 4
    assert [each.hook.person_id for each in found][:2] == [flooder, quiet]
    assert {each.created for each in found} == {10, 500}


def test_what_was_told_is_due_no_more_and_the_next_is(studio: Studio) -> None:
    with studio.archive.write() as conn:
        person = people.add(conn, "member", 1, "ana").id
        hook = a_hook(conn, person)
        owe(conn, person, hook, range(10, 13))
        for moment, again in ((10, None), (11, 99)):
            (next_one,) = hooks.due(conn, 50, 9)
            assert (next_one.created, next_one.tries) == (moment, 0)
            hooks.tried(conn, next_one.id, None, again)
        assert [each.created for each in hooks.due(conn, 50, 9)] == [12]
        first = hooks.due(conn, 200, 9)
    assert [(each.created, each.tries) for each in first] == [(12, 0)]
