"""One's own works folded: of what was asked for together one stands for all, and nothing is lost between pages."""

from typing import Any

from uncaged.archive import finding, groups, works
from uncaged.archive.finding import Wanted


def later(world: Any) -> None:
    world.clock.sleep(1.0)


def make(world: Any, text: str) -> str:
    later(world)
    return world.make(text).id


def together(world: Any, count: int) -> list[str]:
    """Kept works of one group, in the order they were kept."""
    now = world.clock.now()
    with world.archive.write() as conn:
        group = groups.add(conn, world.me, "breed", now)
    made = [world.ask("a leaf", group_id=group.id, group_order=n) for n in range(count)]
    for run in made:
        later(world)
        world.claim(run.id)
        world.complete(run, attempt=1)
    return [str(run.work_id) for run in made]


def keep(world: Any, group: str, n: int) -> str:
    """Another work of this group, kept now."""
    run = world.ask("a leaf", group_id=group, group_order=n)
    later(world)
    world.claim(run.id)
    world.complete(run, attempt=1)
    return str(run.work_id)


def find(world: Any, **wanted: Any) -> finding.Found:
    with world.archive.read() as conn:
        return finding.find(conn, world.me, Wanted(**wanted))


def test_the_latest_of_a_group_stands_for_all(world: Any) -> None:
    alone = make(world, "a bird")
    many = together(world, 12)
    last = make(world, "a boat")
    folded = find(world, folded=True)
    assert [one.id for one in folded.works] == [last, many[-1], alone]
    assert {name: count for name, (_, count) in folded.together.items()} == {many[-1]: 12}
    assert len(find(world).works) == 14


def test_what_is_looked_for_is_not_folded(world: Any) -> None:
    together(world, 3)
    assert len(find(world, folded=True, words="leaf").works) == 3


def test_pages_of_folded_works_meet(world: Any) -> None:
    first = make(world, "a bird")
    many = [together(world, 4) for _ in range(3)]
    seen, before = [], None
    while True:
        page = find(world, folded=True, limit=2, before=before)
        seen += [one.id for one in page.works]
        before = page.further
        if before is None:
            break
    assert seen == [many[2][-1], many[1][-1], many[0][-1], first]


def test_a_group_that_lies_on_both_sides_of_a_page_stands_once(world: Any) -> None:
    now = world.clock.now()
    with world.archive.write() as conn:
        slow, quick = (groups.add(conn, world.me, "breed", now).id for _ in range(2))
    first, made = make(world, "a bird"), list[str]()
    for n in range(3):
        made += [keep(world, slow, n), keep(world, quick, n), make(world, f"a boat {n}")]
    seen, before = list[str](), None
    while True:
        page = find(world, folded=True, limit=2, before=before)
        seen += [one.id for one in page.works]
        before = page.further
        if before is None:
            break
    assert seen == [made[8], made[7], made[6], made[5], made[2], first]
    assert find(world, folded=True, limit=6).further is None, "no page is empty"
    with world.archive.write() as conn:
        works.throw_away(conn, world.me, made[7], world.clock.now())
    assert made[4] in [one.id for one in find(world, folded=True).works]


def test_what_was_asked_for_again_counts_once(world: Any) -> None:
    made = together(world, 2)
    with world.archive.read() as conn:
        group = next(iter(groups.of_runs(conn, [world.work(made[-1]).run_id]).values()))
    again = keep(world, group, 1)
    assert find(world, folded=True).together == {again: (group, 2)}
