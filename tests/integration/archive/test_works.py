"""Finding, showing and deleting works; who may see what."""

import os
from typing import Any

import pytest

from uncaged.archive import files, lineage, log, people, runs, works
from uncaged.archive.tables import Visibility
from uncaged.archive.work import Work
from uncaged.core.errors import Ambiguous, AskedWrong, FileDamaged, NotFound
from uncaged.core.ids import new_id

STEPS: list[tuple[Visibility, bool, bool]] = [
    ("nobody", True, False),
    ("link", False, False),
    ("link", True, True),
    ("everybody", False, True),
    ("nobody", False, False),
]
"""Whom a work is shown to, whether a guest comes by its link, and whether the guest then sees it."""


def find(world: Any, reference: str, person: str | None = None) -> Work:
    with world.archive.read() as conn:
        return works.find(conn, person or world.me, reference)


def delete(world: Any, work_id: str) -> tuple[str, ...]:
    with world.archive.write() as conn:
        gone = works.delete(conn, world.me, work_id, world.clock.now())
    with world.archive.write() as conn:
        files.forget(conn, world.store, gone)
    return gone


@pytest.fixture
def guest(world: Any) -> str:
    with world.archive.write() as conn:
        return people.add(conn, "guest", 1).id


def test_a_work_by_its_id_or_the_beginning_of_it(world: Any) -> None:
    work = world.make()
    for reference in (work.id, work.id[:6], work.id[2:5], f"  {work.id.upper()} ", "latest"):
        assert find(world, reference).id == work.id


def test_latest_is_the_one_kept_last(world: Any) -> None:
    with pytest.raises(NotFound, match="no work here yet") as caught:
        find(world, "latest")
    assert "uncaged make" in caught.value.hint
    slow = world.ask("slow")
    world.claim(slow.id)
    quick = world.make("quick")
    assert find(world, "latest").id == quick.id
    world.complete(slow, content=b"slow film")
    assert find(world, "latest").id == slow.work_id
    world.ask("still in line")
    assert find(world, "latest").id == slow.work_id
    delete(world, slow.work_id)
    assert find(world, "latest").id == quick.id


@pytest.mark.parametrize(
    "reference", ["", "w_", "x", "ab", "w_1", "../..", "'; --", "%", "w_%", "w" * 500, "🦊"]
)
def test_what_is_no_reference(world: Any, reference: str) -> None:
    world.make()
    with pytest.raises(NotFound, match="There is no work") as caught:
        find(world, reference)
    assert "uncaged works" in caught.value.hint


def test_a_beginning_that_fits_several(world: Any) -> None:
    made: dict[str, str] = {}
    while (work := world.ask().work_id)[:3] not in made:
        made[work[:3]] = work
    with pytest.raises(Ambiguous, match="a letter or two more") as caught:
        find(world, work[:3])
    assert work in caught.value.message and made[work[:3]] in caught.value.message
    assert find(world, work).id == work


def test_a_failed_work_keeps_its_id(world: Any) -> None:
    run = world.ask()
    world.claim(run.id)
    with world.archive.write() as conn:
        runs.fail(conn, run.id, 1, "No paper left.", 5)
    work = find(world, run.work_id)
    assert (work.state, work.kept) == ("failed", None)


def test_visibility(world: Any, guest: str) -> None:
    work = world.make()
    with world.archive.write() as conn:
        for to, by_link, seen in STEPS:
            works.show(conn, world.me, work.id, to, 5)
            assert works.get(conn, world.me, work.id).visibility == to
            listed = [w.id for w in works.list_works(conn, guest)]
            assert listed == ([work.id] if seen and not by_link else [])
            if seen:
                assert works.get(conn, guest, work.id, by_link=by_link).id == work.id
            else:
                with pytest.raises(NotFound):
                    works.get(conn, guest, work.id, by_link=by_link)
        told = [line.details for line in log.entries(conn, about=work.id) if line.what == "visible"]
    assert told[-2:] == [{"to": "everybody"}, {"to": "nobody"}]


def test_nobody_deletes_or_shows_what_is_not_theirs(world: Any, guest: str) -> None:
    work = world.make()
    with world.archive.write() as conn:
        works.show(conn, world.me, work.id, "everybody", 5)
        for step in (works.delete, lambda c, p, w, n: works.show(c, p, w, "nobody", n)):
            with pytest.raises(NotFound) as caught:
                step(conn, guest, work.id, 6)
            assert str(caught.value) == str(works._not_found(work.id))  # pyright: ignore
    with world.archive.read() as conn, pytest.raises(NotFound) as unknown:
        works.get(conn, guest, new_id("work"))
    assert "There is no work" in str(unknown.value)


def test_deleting_leaves_a_tombstone_and_no_word(world: Any) -> None:
    prompt = "nobody shall ever read this again"
    picture = world.picture(b"a secret picture")
    work = world.make(prompt, pictures=(picture,))
    child = world.make("a child", parents=(work.id,))
    score_hash = world.run(work.run_id).score_hash
    assert set(delete(world, work.id)) == {work.media, picture}
    assert not world.store.path(work.media).exists() and not world.store.path(picture).exists()
    with pytest.raises(NotFound):
        find(world, work.id)
    run = world.run(work.run_id)
    assert run.state == "completed" and run.model == "echo"
    assert {run.score, run.score_hash, run.recipe, run.understood, run.reason} == {None}
    # The lineage holds, and the child still names what it came from.
    with world.archive.read() as conn:
        assert [e.target for e in lineage.edges_of(conn, child.id, "from")] == [work.id]
        assert [e.what for e in log.entries(conn, about=work.id)] == ["kept", "deleted"]
    assert child.score.parents == (work.id,)
    # And nothing of it is left on the disk.
    world.archive.checkpoint()
    world.archive.close()
    on_disk = b"".join(path.read_bytes() for path in world.home.rglob("*") if path.is_file())
    for left in (prompt, score_hash, picture, work.media):
        assert left.encode() not in on_disk


def test_what_another_work_refers_to_stays(world: Any) -> None:
    picture = world.picture(b"a picture")
    one = world.make("one", pictures=(picture,), content=b"the same film")
    two = world.make("two", pictures=(picture,), content=b"the same film")
    world.make("three", pictures=(two.media,))
    assert one.media == two.media
    assert delete(world, one.id) == ()
    assert delete(world, two.id) == (picture,)
    assert world.store.verify(two.media)


def test_deleting_what_is_still_in_line_or_in_progress(world: Any) -> None:
    queued, going = world.ask(), world.ask()
    world.claim(going.id)
    for run in (queued, going):
        delete(world, run.work_id)
        assert world.run(run.id).state == "cancelled"
    assert not world.complete(going)
    assert world.rows("SELECT count(*) FROM works WHERE kept IS NOT NULL") == [(0,)]


def test_a_file_kept_again_while_it_is_forgotten_is_missed_by_nobody(world: Any) -> None:
    """Somebody deletes a work while somebody else's run ends with the very same film."""
    work = world.make(content=b"the same film")
    run = world.ask()
    world.claim(run.id)
    with world.archive.write() as conn:
        gone = works.delete(conn, world.me, work.id, 5)
    assert world.complete(run, content=b"the same film")
    with world.archive.write() as conn:
        files.forget(conn, world.store, gone)
    assert world.store.verify(world.work(run.work_id).media)


def test_a_file_that_goes_between_keeping_and_noting_is_kept_again(world: Any) -> None:
    """Somebody deletes the last work with the same bytes, after ours are kept and before their row is there."""
    work = world.make(content=b"the same film")
    sha = world.store.keep(b"the same film")
    delete(world, work.id)
    with world.archive.write() as conn:
        with pytest.raises(FileDamaged, match="missing"):
            files.note(conn, world.store, sha, "video/mp4", 5)
        with pytest.raises(FileDamaged, match="missing"):
            files.note(conn, world.store, sha, "video/mp4", 5, b"another")
        assert files.note(conn, world.store, sha, "video/mp4", 5, b"the same film").bytes == 13
    assert world.store.verify(sha)


def test_sweeping_leaves_what_has_a_row(world: Any) -> None:
    work = world.make()
    left = world.store.keep(b"a film without a row")
    assert files.sweep(world.archive, world.store, 3600) == ()
    assert files.sweep(world.archive, world.store, -60) == ()  # it has only just been swept
    assert files.sweep(world.archive, world.store, -60, at_most_every=0) == (left,)
    assert world.store.verify(work.media)


def test_a_sweep_without_leftovers_keeps_no_writer_waiting(world: Any) -> None:
    work = world.make()
    with world.archive.write():  # a sweep that wrote would wait for this, and be refused
        assert files.sweep(world.archive, world.store, -60) == ()
    assert world.store.verify(work.media)


def test_a_file_noted_while_the_sweep_looks_stays(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    late, young = world.store.keep(b"noted late"), world.store.keep(b"kept again")
    for sha in (late, young):
        os.utime(world.store.path(sha), (1, 1))
    look = files._known  # pyright: ignore

    def then_note(conn: Any) -> set[str]:
        known = look(conn)
        world.picture(b"noted late")
        os.utime(world.store.path(late), (1, 1))
        world.store.keep(b"kept again")
        return known

    monkeypatch.setattr(files, "_known", then_note)
    assert files.sweep(world.archive, world.store, 3600) == ()
    assert world.store.verify(late) and world.store.verify(young)


def test_what_is_thrown_away_is_seen_by_its_person_alone_and_can_be_taken_back(
    world: Any, guest: str
) -> None:
    work = world.make()
    with world.archive.write() as conn:
        works.show(conn, world.me, work.id, "everybody", 5)
        works.throw_away(conn, world.me, work.id, 6)
        assert works.get(conn, world.me, work.id).trashed == 6
        assert works.list_works(conn, world.me) == ()
        with pytest.raises(NotFound):
            works.get(conn, guest, work.id)
        with pytest.raises(AskedWrong, match="trash"):
            works.show(conn, world.me, work.id, "everybody", 7)
        works.take_back(conn, world.me, work.id, 8)
        back = works.get(conn, world.me, work.id)
        assert (back.trashed, back.visibility, back.shown) == (None, "nobody", None)
        with pytest.raises(NotFound):
            works.throw_away(conn, guest, work.id, 9)


def test_what_the_house_hides_is_given_to_nobody(world: Any, guest: str) -> None:
    work = world.make()
    with world.archive.write() as conn:
        works.show(conn, world.me, work.id, "everybody", 5)
        works.hide(conn, work.id, 6, None, 31)
        with pytest.raises(NotFound):
            works.get(conn, guest, work.id, by_link=True)
        mine = works.get(conn, world.me, work.id)
        assert (mine.hidden, mine.media, mine.mime, mine.position) == (6, None, None, None)
        assert works.of_media(conn, guest, work.media) is None
        with pytest.raises(AskedWrong, match="hidden"):
            works.show(conn, world.me, work.id, "link", 7)
        assert works.hidden_media(conn, work.id) == work.media
        works.give_again(conn, work.id, 8, world.me, 31)
        again = works.get(conn, guest, work.id)
        assert (again.media, again.shown) == (work.media, 5)
        told = [line.what for line in log.entries(conn, about=work.id)][-2:]
        assert told == ["hidden", "given-again"]


def test_a_hidden_work_can_be_deleted_whole(world: Any) -> None:
    work = world.make()
    with world.archive.write() as conn:
        works.hide(conn, work.id, 6, None, 31)
    assert delete(world, work.id) == (work.media,)
