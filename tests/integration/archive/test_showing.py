"""What everybody may see, one's own works again, tags: in order, page by page, and no dearer where there are many."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection

from uncaged.archive import awaiting, finding, groups, people, showing, tagging, works
from uncaged.archive.finding import Wanted
from uncaged.archive.paging import Spot
from uncaged.core.errors import AskedWrong, NotFound

FEW, MANY = 300, 12_000


def show(world: Any, work: Any, to: str = "everybody") -> None:
    with world.archive.write() as conn:
        works.show(conn, work.person_id, work.id, to, world.clock.now())


def gallery(world: Any, *args: Any, **more: Any) -> showing.Gallery:
    with world.archive.read() as conn:
        return showing.gallery(conn, *args, **more)


def names(found: showing.Gallery) -> list[str]:
    return [film.work.id for film in found.films]


def someone(world: Any, name: str | None = "ana", kind: Any = "member") -> str:
    with world.archive.write() as conn:
        return people.add(conn, kind, world.clock.now(), name).id


def test_the_newest_shown_comes_first_and_pages_follow_each_other(world: Any) -> None:
    made = [world.make(f"film {n}") for n in range(5)]
    for work in (made[3], made[0], made[4], made[1]):
        show(world, work)
    show(world, made[2], "link")
    first = gallery(world, 2)
    assert names(first) == [made[1].id, made[4].id]
    with world.archive.write() as conn:  # what the page before ended with goes meanwhile
        works.delete(conn, world.me, made[4].id, world.clock.now())
    second = gallery(world, 2, first.further)
    assert names(second) == [made[0].id, made[3].id] and second.further is None
    assert first.films[0].understood == "a bird"
    with world.archive.read() as conn:
        assert showing.count(conn) == 3


def test_what_is_hidden_or_thrown_away_is_shown_to_nobody(world: Any) -> None:
    kept, hidden, gone = (world.make(text) for text in ("kept", "hidden", "gone"))
    for work in (kept, hidden, gone):
        show(world, work)
    with world.archive.write() as conn:
        works.hide(conn, hidden.id, 5, None, 1)
        works.throw_away(conn, world.me, gone.id, 6)
    assert names(gallery(world, 9)) == [kept.id]
    with world.archive.read() as conn:
        assert showing.count(conn) == showing.count(conn, world.me) == 1


def test_by_one_person_or_with_one_model(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ana = someone(world)
    hers, mine = world.make("hers", person_id=ana), world.make("mine")
    show(world, hers)
    show(world, mine)
    assert names(gallery(world, 9, by=ana)) == [hers.id]
    assert names(gallery(world, 9, model="echo")) == [mine.id, hers.id]
    assert gallery(world, 9, model="ink").films == ()
    monkeypatch.setattr(showing, "LOOKED_THROUGH", 1)  # a page that ends before it finds any
    looked = gallery(world, 9, model="ink")
    assert looked.films == () and looked.further is not None
    assert gallery(world, 9, looked.further, model="ink").further is not None


def test_somebody_has_a_face_once_they_show_something(world: Any) -> None:
    ana = someone(world)
    work = world.make("hers", person_id=ana)
    with world.archive.read() as conn:
        assert showing.face(conn, ana, ana).shown == 0
        for nobody in (ana, "p_aaaaaaaaaaaa", "p_'--", ""):
            with pytest.raises(NotFound, match="Nobody here shows"):
                showing.face(conn, nobody, world.me)
    show(world, work)
    with world.archive.read() as conn:
        found = showing.face(conn, ana, world.me)
    assert (found.name, found.kind, found.shown) == ("ana", "member", 1)


def test_showing_twice_is_once_and_keeps_it(world: Any) -> None:
    work = world.make("a film")
    show(world, work)
    first = world.work(work.id)
    show(world, work)
    assert world.work(work.id) == first and first.claimed is not None
    assert len(world.rows("SELECT 1 FROM log WHERE what = 'visible'")) == 1


def find(world: Any, **wanted: Any) -> list[str]:
    with world.archive.read() as conn:
        return [work.id for work in finding.find(conn, world.me, Wanted(**wanted)).works]


def test_words_are_found_whatever_their_case_and_alphabet(world: Any) -> None:
    bird = world.make('Ein BLAUER "Vogel"\nÜber dem Meer')
    boat = world.make("a boat \u202eover\u202c the sea")
    world.make("hers: blauer vogel", person_id=someone(world))
    assert find(world, words="vogel blauer") == [bird.id]
    assert find(world, words="über") == find(world, words='"VOGEL"') == [bird.id]
    assert find(world, words="seconds") == find(world, words="echo") == []
    assert find(world, words="SEA %") == [] and find(world, words="Sea") == [boat.id]
    assert find(world) == [boat.id, bird.id]
    with world.archive.write() as conn:
        works.delete(conn, world.me, bird.id, world.clock.now())
    assert find(world, words="vogel") == []


def test_works_are_found_by_state_and_in_the_trash(world: Any) -> None:
    kept, thrown, waits = world.make("kept"), world.make("thrown"), world.ask("waits")
    failed = world.ask("failed")
    world.claim(failed.id)
    with world.archive.write() as conn:
        from uncaged.archive import runs

        runs.fail(conn, failed.id, 1, "No paper left.", world.clock.now())
        works.throw_away(conn, world.me, thrown.id, world.clock.now())
    assert find(world) == [kept.id]
    assert find(world, where="trash") == [thrown.id]
    assert find(world, where="making") == [waits.work_id]
    assert find(world, where="failed") == [failed.work_id]
    with world.archive.read() as conn:
        counts = finding.counts(conn, world.me)
    assert counts == {"making": 1, "failed": 1, "trash": 1, "hidden": 0}


def test_tags_are_put_on_and_taken_off_once(world: Any) -> None:
    work = world.make("a film")
    with world.archive.write() as conn:
        assert tagging.change(conn, world.me, work.id, ["Harbour ", "#night"], []) == (
            "harbour",
            "night",
        )
        assert tagging.change(conn, world.me, work.id, ["harbour"], ["night", "no"]) == ("harbour",)
        other = people.add(conn, "member", 1).id
        with pytest.raises(NotFound):
            tagging.change(conn, other, work.id, ["theirs"], [])
        for wrong in ("", " ", "a" * 41, "a,b", "a\x00b", "a\u202eb", "#"):
            with pytest.raises(AskedWrong):
                tagging.change(conn, world.me, work.id, [wrong], [])
        with pytest.raises(AskedWrong, match="at most"):
            tagging.change(conn, world.me, work.id, [f"t{n}" for n in range(31)], [])
    assert find(world, tag="harbour") == [work.id] and find(world, tag="night") == []
    with world.archive.read() as conn:
        assert tagging.used(conn, world.me) == {"harbour": 1}
    with world.archive.write() as conn:
        works.delete(conn, world.me, work.id, world.clock.now())
    assert world.rows("SELECT * FROM tags") == []


def test_a_place_in_a_list_is_read_or_refused() -> None:
    assert Spot.read(str(Spot(12, "w_aaaaaaaaaaaa"))) == Spot(12, "w_aaaaaaaaaaaa")
    for wrong in (
        "",
        "12",
        "w_aaaaaaaaaaaa",
        "-1.w_aaaaaaaaaaaa",
        "1.w_'",
        "9" * 19 + ".w_aaaaaaaaaaaa",
    ):
        with pytest.raises(AskedWrong):
            Spot.read(wrong)


LOOKS: dict[str, Callable[[Connection, Any], Any]] = {
    "the gallery": lambda conn, world: showing.gallery(conn, 24),
    "its middle": lambda conn, world: showing.gallery(conn, 24, Spot(150, "w_aaaaaaaaaaaa")),
    "one person's": lambda conn, world: showing.gallery(conn, 24, by=world.me),
    "a face": lambda conn, world: showing.face(conn, world.me, "") and None,
    "one's own": lambda conn, world: finding.find(conn, world.me, Wanted()),
}


def grow(world: Any, count: int) -> None:
    """So many works that are shown, by copies of one."""
    one = world.make("a film")
    run = world.rows("SELECT score FROM runs WHERE id = ?", one.run_id)[0]
    letters = str.maketrans("0189", "abcd")
    ids = [f"{n:012d}".translate(letters) for n in range(count)]
    with world.archive.write() as conn:
        conn.exec_driver_sql(
            "INSERT INTO runs (id, person_id, after, lane, needs, kind, model, score, own_priority, state, attempt,"
            " deaths, epoch, progress_done, progress_total, asked, ended, stood)"
            " VALUES (?, ?, '[]', 'interactive', '{}', 'making', 'echo', ?, 0, 'completed', 1, 0, 1, 1, 1, ?, ?, ?)",
            [(f"r_{name}", world.me, run[0], n, n, n) for n, name in enumerate(ids)],
        )
        conn.exec_driver_sql(
            "INSERT INTO works (id, person_id, run_id, media, width, height, fps, frames, seconds, visibility, kept,"
            " shown) VALUES (?, ?, ?, ?, 64, 64, 12, 24, 2, 'everybody', ?, ?)",
            [(f"w_{name}", world.me, f"r_{name}", one.media, n, n) for n, name in enumerate(ids)],
        )


def steps(world: Any, look: Callable[[Connection, Any], Any]) -> int:
    with world.archive.read() as conn:
        look(conn, world)
        driver, taken = conn.connection.dbapi_connection, 0

        def count() -> int:
            nonlocal taken
            taken += 1
            return 0

        driver.set_progress_handler(count, 1)
        look(conn, world)
        driver.set_progress_handler(None, 1)
    return taken


def test_no_page_is_dearer_where_there_are_many(make_world: Any) -> None:
    few, many = make_world("few"), make_world("many")
    grow(few, FEW)
    grow(many, MANY)
    short = {name: steps(few, look) for name, look in LOOKS.items() if name != "a face"}
    long = {name: steps(many, look) for name, look in LOOKS.items()}
    assert {n: (short[n], long[n]) for n in short if long[n] > 1.5 * short[n] + 50} == {}
    counted = steps(many, lambda conn, _world: showing.count(conn))
    assert counted < 12 * showing.COUNTED, counted  # as far as it counts, and no further
    with many.archive.read() as conn:
        assert showing.count(conn) == showing.COUNTED + 1


def test_a_folded_page_looks_its_groups_up_alone(make_world: Any) -> None:
    taken: list[int] = []
    for count in (FEW, MANY):
        world = make_world(str(count))
        grow(world, count)
        with world.archive.write() as conn:
            group = groups.add(conn, world.me, "breed", 1).id
            score = conn.exec_driver_sql("SELECT score, media FROM runs, works LIMIT 1").one()
            conn.exec_driver_sql(
                "INSERT INTO runs (id, person_id, group_id, after, lane, needs, kind, model, score, own_priority,"
                " state, attempt, deaths, epoch, progress_done, progress_total, asked, ended, stood)"
                " VALUES ('r_zzzzzzzzzzzz', ?, ?, '[]', 'interactive', '{}', 'making', 'echo', ?, 0, 'completed', 1,"
                " 0, 1, 1, 1, 99, 99, 99)",
                (world.me, group, score[0]),
            )
            conn.exec_driver_sql(
                "INSERT INTO works (id, person_id, run_id, media, width, height, fps, frames, seconds, visibility,"
                " kept) VALUES ('w_zzzzzzzzzzzz', ?, 'r_zzzzzzzzzzzz', ?, 64, 64, 12, 24, 2, 'nobody', 99)",
                (world.me, score[1]),
            )
        wanted = Wanted(folded=True, before=Spot(100, "w_aaaaaaaaaaaa"))
        taken.append(steps(world, lambda conn, here, w=wanted: finding.find(conn, here.me, w)))
    assert taken[1] < 1.5 * taken[0] + 50, taken


def test_what_waits_is_no_dearer_where_much_was_reported(make_world: Any) -> None:
    taken: list[int] = []
    for count in (5, 500):
        world = make_world(f"{count} reports")
        work = world.make("a film").id
        row = (
            "INSERT INTO reports (hash, work_id, why, words, mark, created, again, decided) VALUES"
        )
        with world.archive.write() as conn:
            for n in range(count):
                conn.exec_driver_sql(
                    f"{row} (?, ?, 'hurts', '', '', ?, 0, ?)", (str(n), work, n, n)
                )
                conn.exec_driver_sql(
                    "INSERT INTO decisions (report_n, verdict, reasons, decided_by, made, appeal)"
                    " VALUES (?, 'hide', 'x', ?, ?, 0)",
                    (n + 1, world.me, n),
                )

        def look(conn: Connection, here: Any) -> object:
            return awaiting.of(conn, here.me, 10, decides=True, appeal_days=14)

        taken.append(steps(world, look))
    assert taken[1] < 1.5 * taken[0] + 50, taken
