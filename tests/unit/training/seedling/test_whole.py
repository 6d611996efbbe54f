"""The recipe book, and what is said before and while it is performed."""

from pathlib import Path

import pytest

from uncaged.core.errors import AskedWrong
from uncaged.core.order import Learned, Progress
from uncaged.training.seedling import recipe_book, whole
from uncaged.training.seedling.course import Course
from uncaged.training.seedling.recipe_book import BOOKS, FULL, SMALL, book, how_long, seconds
from uncaged.training.seedling.whole import Whole, announced, stages


def test_every_book_can_be_read_and_falls_to_rest_at_its_end() -> None:
    for one in BOOKS.values():
        courses = [Course.of(chapter.course) for chapter in one.chapters]
        assert all(course.stages for course in courses)
        last = courses[-1]
        assert last.leg(last.stages[-1]).decay_last > 0, one.name
        assert len({chapter.name for chapter in one.chapters}) == len(one.chapters)


def test_the_full_one_ends_by_samples_and_the_small_one_by_minutes() -> None:
    first = Course.of(FULL.chapters[0].course)
    assert first.leg("frames").samples == 820_000 and first.leg("mixed").decay_last == 0
    assert first.leg("frames").minutes > 60 * 24
    assert 10 <= sum(seconds(SMALL).values()) / 60 <= 25


def test_a_slower_machine_and_one_process_take_longer() -> None:
    usual = sum(seconds(FULL).values())
    assert sum(seconds(FULL, slower=2.0).values()) == pytest.approx(2 * usual)
    assert usual < sum(seconds(FULL, processes=1).values()) < 2 * usual + 1
    assert how_long(7300) == "2.0 hours" and how_long(600) == "10 minutes"


def test_an_unknown_size_is_answered_with_the_nearest() -> None:
    with pytest.raises(AskedWrong) as refused:
        book("smal")
    assert "small" in refused.value.hint


def test_each_chapter_begins_where_the_one_before_ended(tmp_path: Path) -> None:
    one = Whole(FULL, tmp_path, 3, accepted=True)
    tasks = [one.task(number) for number in range(len(FULL.chapters))]
    assert tasks[0].source == "" and [t.source for t in tasks[1:]] == [t.folder for t in tasks[:-1]]
    assert all(task.recipe["processes"] == 3 and task.accepted for task in tasks)
    names = [chapter.name for chapter in FULL.chapters]
    assert [stage.name for stage in stages(one)] == [*names, "probe", "judging", "model"]


def test_hours_are_said_first_and_again_as_they_were_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Whole(FULL, tmp_path, 2)
    assert how_long(sum(seconds(FULL).values())) in announced(one)[1]
    said: list[str] = []
    ticks = iter((0.0, 30.0, 61.0, 90.0))
    told = whole._Told(one, said.append, lambda: next(ticks))
    told.hear(Progress(0, 1000, "learning frames"))
    told.hear(Progress(1, 1000, "learning frames"))
    told.hear(Learned({"now": "learning from single pictures"}))
    rate = 2 / recipe_book.SECONDS["frame"] / 4
    for _ in range(4):
        told.hear(Learned({"samples": 1000, "samples_a_second": rate, "frame_loss": 0.5}))
    assert said.count("  learning frames …") == 1 and all(line.strip() for line in said)
    (measured,) = [line for line in said if "in all" in line]
    assert how_long(4 * sum(seconds(FULL).values())) in measured


def test_what_is_finished_is_left_alone(tmp_path: Path) -> None:
    one = Whole(FULL, tmp_path, 2)
    one.folder(one.last).mkdir(parents=True)
    (one.folder(one.last) / "judged.json").write_text("{}")
    for name in (whole.PROBE, whole.KINDS):
        (tmp_path / name).write_bytes(b"")
    assert list(whole._probe(one)) == [] == list(whole._judged(one))


def test_the_small_one_is_judged_by_the_probe_that_comes_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Whole(SMALL, tmp_path, 2)
    assert list(whole._probe(one)) == [] and "probe" not in seconds(SMALL)
    asked: list[list[str]] = []
    monkeypatch.setattr(whole, "aside", lambda words, log, still: asked.append(words) or iter(()))
    assert list(whole._judged(one)) == []
    assert "--probe" not in asked[0] and "--seen=96" in asked[0] and "--two=0" in asked[0]


def test_the_command_says_no_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert whole.main(["--size", "smal"]) == 2
    assert "small" in capsys.readouterr().err
    assert whole.main(["--size", "full", "--processes", "0"]) == 2
    assert "one process at least" in capsys.readouterr().err
    assert whole.main(["--size", "full", "--hours"]) == 0
    assert "hours" in capsys.readouterr().out
