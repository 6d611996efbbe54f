"""What nobody kept goes in time, what lies in the trash goes in time, and nothing else ever does."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from uncaged.archive import expiring, people, runs, works
from uncaged.core.settings import Settings
from uncaged.queue import policy
from uncaged.queue.policy import Policy
from uncaged.studio import letting_go
from uncaged.studio.letting_go import DAY, let_go
from uncaged.studio.pool import Eyes, Pool
from uncaged.studio.stewardship import stewardship
from uncaged.studio.studio import Studio, open_studio


@pytest.fixture
def studio(world: Any) -> Any:
    """The world's studio: a second hold of its archive."""
    with open_studio(
        settings=Settings(home=Path(world.home), fsync=False), clock=world.clock
    ) as opened:
        yield opened


def guest(world: Any) -> str:
    with world.archive.write() as conn:
        return people.add(conn, "guest", world.clock.now()).id


def there(world: Any) -> set[str]:
    return {row[0] for row in world.rows("SELECT id FROM works WHERE deleted IS NULL")}


def test_what_no_guest_kept_goes_after_its_days_and_nothing_else(
    world: Any, studio: Studio
) -> None:
    who, me = guest(world), world.me
    theirs = {
        name: world.make(name, person_id=who)
        for name in ("left", "kept", "shown", "linked", "hidden")
    }
    mine = world.make("mine")
    waits = world.ask("waits", person_id=who)
    failed = world.ask("failed", person_id=who)
    world.claim(failed.id)
    with world.archive.write() as conn:
        runs.fail(conn, failed.id, 1, "No paper left.", world.clock.now())
        expiring.keep(conn, who, theirs["kept"].id, world.clock.now())
        works.show(conn, who, theirs["shown"].id, "everybody", world.clock.now())
        works.show(conn, who, theirs["linked"].id, "link", world.clock.now())
        works.show(conn, who, theirs["linked"].id, "nobody", world.clock.now())
        works.hide(conn, theirs["hidden"].id, world.clock.now(), None, 1)
    before, now = there(world), world.clock.now()
    assert let_go(studio, Policy(), now + 13 * DAY) == {"unclaimed": 0, "trash": 0}
    assert there(world) == before
    assert let_go(studio, Policy(), now + 15 * DAY) == {"unclaimed": 2, "trash": 0}
    assert before - there(world) == {theirs["left"].id, failed.work_id}
    assert {mine.id, waits.work_id} <= there(world)
    media = theirs["left"].media
    assert not studio.files.path(media).exists() and studio.files.path(mine.media).exists()
    last = world.rows("SELECT what, who, details FROM log ORDER BY n DESC LIMIT 1")
    assert last == [("deleted", None, '{"cause":"unclaimed"}')]
    assert let_go(studio, Policy(), now + 15 * DAY) == {"unclaimed": 0, "trash": 0}
    assert me != who


def test_what_lies_in_the_trash_goes_after_its_days(world: Any, studio: Studio) -> None:
    old, new, back = (world.make(name) for name in ("old", "new", "back"))
    now = world.clock.now()
    with world.archive.write() as conn:
        works.throw_away(conn, world.me, old.id, now)
        works.throw_away(conn, world.me, back.id, now)
        works.throw_away(conn, world.me, new.id, now + 20 * DAY)
        works.take_back(conn, world.me, back.id, now + DAY)
    assert let_go(studio, Policy(), now + 31 * DAY) == {"unclaimed": 0, "trash": 1}
    assert there(world) == {new.id, back.id}


def test_none_means_never(world: Any, studio: Studio) -> None:
    said = policy.read(b'[guests]\nkeep_days = "none"\n[trash]\ndays = "none"')
    thrown = world.make("thrown")
    world.make("left", person_id=guest(world))
    with world.archive.write() as conn:
        works.throw_away(conn, world.me, thrown.id, 1)
    assert let_go(studio, said, world.clock.now() + 9999 * DAY) == {"unclaimed": 0, "trash": 0}
    assert letting_go.until(said, "guest", thrown) is None


def test_many_go_in_small_batches(
    world: Any, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = guest(world)
    kept = world.make("kept", person_id=who)
    for n in range(7):
        world.make(f"film {n}", person_id=who)
    with world.archive.write() as conn:
        expiring.keep(conn, who, kept.id, 1)
    monkeypatch.setattr(letting_go, "BATCH", 2)
    gone = let_go(studio, Policy(), world.clock.now() + 15 * DAY)
    assert gone["unclaimed"] == 7 and there(world) == {kept.id}


def test_a_page_says_until_when(world: Any) -> None:
    work = world.work(world.make("a film").id)
    told = letting_go.until(Policy(), "guest", work)
    assert told == work.kept + 14 * DAY
    assert letting_go.until(Policy(), "member", work) is None
    assert letting_go.until(Policy(), "guest", replace(work, claimed=1)) is None
    assert letting_go.until(Policy(), "guest", replace(work, visibility="link")) is None
    assert letting_go.until(Policy(), "member", replace(work, trashed=5)) == 5 + 30 * DAY


def test_the_steward_lets_go_as_it_sweeps(world: Any, studio: Studio) -> None:
    left, kept = (world.make(name, person_id=guest(world)) for name in ("left", "kept"))
    with world.archive.write() as conn:
        expiring.keep(conn, kept.person_id, kept.id, world.clock.now())
    world.clock.sleep(15 * 24 * 3600)
    said: list[str] = []
    with stewardship(studio) as steward:
        assert steward is not None
        Pool(studio, steward, [], Eyes(trouble=said.append))._sweep()
    assert there(world) == {kept.id} and "1 works of guests" in said[0]
    assert world.rows("SELECT count(*) FROM works WHERE deleted IS NOT NULL") == [(1,)]
    assert left.id not in there(world)
