"""Seedling as a training of the studio: its plan, and what of a leg's records is told."""

import contextlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from uncaged.core.errors import AskedWrong, DiskFull, RunFailed
from uncaged.core.order import Event, Learned, Progress
from uncaged.core.task import Task, is_plain
from uncaged.training.seedling import trainer as module
from uncaged.training.seedling.course import Course
from uncaged.training.seedling.recipe_book import course_seconds, judging_seconds
from uncaged.training.seedling.trainer import SeedlingTrainer

SEEDLING = SeedlingTrainer()
TINY = {"films": 8, "processes": 1, "frames_a_step": 2, "clips_a_step": 1, "save_every": 0.03}


def test_every_default_is_written_out_and_read_again() -> None:
    recipe = SEEDLING.recipe({"minutes": 10, "size": "m"}, None)
    assert is_plain(recipe) and recipe["minutes"] == 10 and recipe["films"] == 4000
    assert "stage" not in recipe and "samples" not in recipe
    assert SEEDLING.recipe({}, recipe) == recipe
    assert 600 < SEEDLING.seconds(recipe) < 800, "drawing and judging take time too"
    assert SEEDLING.seconds(recipe | {"films": 100_000}) > SEEDLING.seconds(recipe) + 300
    assert SEEDLING.differences(recipe, recipe) == []
    longer = SEEDLING.recipe({"minutes": 20, "films": 9}, recipe)
    assert {name for name, _then, _now in SEEDLING.differences(recipe, longer)} == {
        "minutes",
        "films",
    }


def test_another_size_is_refused_before_it_begins() -> None:
    small = SEEDLING.recipe({"size": "s"}, None)
    with pytest.raises(AskedWrong, match="of size s, and cannot become m"):
        SEEDLING.recipe({"size": "m"}, small)
    assert SEEDLING.recipe({"size": "s", "minutes": 3}, small)["minutes"] == 3


@pytest.mark.parametrize(
    "asked",
    [
        {"rate": 1},
        {"films": 3},
        {"films": 2.5},
        {"processes": True},
        {"frames_part": 2},
        {"drawings": "three"},
        {"settles": 1},
        {"judged": -1},
        {"judged": 0.5},
        {"frames_samples": -1},
        {"stage": "mixed"},
        {"samples": 5},
        {"minutes": 0},
        {"minutes": -1},
        {"learning_rate": 7},
        {"size": "xl"},
        {"size": []},
        {"seed": "x"},
        {"seed": -1},
        {"device": 5},
        {"device": "foo"},
        {"frames_a_step": 2.5},
        {"frames_a_step": True},
        {"key_place": 2.5},
        {"frame_mean": float("nan")},
        {"frame_mean": "x"},
        {"clip_mean": 1e9},
        {"films": 10**7},
        {"samples": 2**70},
        {"processes": 10_000},
        {"processes": 64, "threads": 1024},
        {"emphasis": [["s9.kind=cat", 0]]},
        {"emphasis": [["s1.kind=dragon", 1]]},
        {"emphasis": [["s1.kind=cat", -1]]},
        {"emphasis": [["s1.kind=cat", float("inf")]]},
        {"emphasis": [["a", "x"]]},
        {"emphasis": [["s1.kind=cat"]]},
        {"emphasis": 3},
        {"emphasis": {"s1.kind=cat": 2}},
    ],
    ids=str,
)
def test_what_a_plan_does_not_have_is_refused(asked: dict[str, Any]) -> None:
    with pytest.raises(AskedWrong) as refused:
        SEEDLING.recipe(asked, None)
    assert refused.value.message


def test_two_legs_share_the_minutes() -> None:
    plan = Course.of({"minutes": 10.0, "frames_part": 0.3})
    assert plan.stages == ["frames", "mixed"]
    assert plan.leg("frames").minutes == pytest.approx(3)
    assert plan.leg("mixed").minutes == pytest.approx(7)
    assert plan.leg("frames").decay_last == 0 and plan.leg("mixed").decay_last == 0.25
    assert Course.of({"minutes": 10.0, "frames_part": 1}).stages == ["frames"]


def test_what_the_end_needs_is_asked_for_at_the_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    SEEDLING.ready()
    for missing in module.LIBRARIES:
        monkeypatch.setattr(
            module, "find_spec", lambda name, missing=missing: name != missing or None
        )
        with pytest.raises(AskedWrong) as refused:
            SEEDLING.ready()
        assert missing in refused.value.message and "uncaged[training]" in refused.value.hint


def test_legs_may_end_by_samples_and_learn_from_other_drawings() -> None:
    plan = Course.of({"minutes": 10.0, "frames_samples": 50, "drawings": "many", "settles": False})
    assert (
        plan.leg("frames").samples == 50
        and plan.leg("mixed").samples == Course.of({}).leg("mixed").samples
    )
    assert plan.leg("mixed").decay_last == 0 and Course.of(plan.to_json()) == plan
    one, many = (
        module.store_of(Path("r"), Course.of({"drawings": name})) for name in ("one", "many")
    )
    assert one != many and one.parent == many.parent


def told(record: dict[str, Any]) -> list[Event]:
    return list(module._told(record, Course.of({"minutes": 10.0}).leg("frames"), (0.0, 0.6)))


def test_records_are_told_by_name() -> None:
    (said,) = told({"what": "step", "step": 7, "frame_loss": 0.5, "frames": 64, "left": 30.0})
    assert isinstance(said, Learned)
    assert said.facts["samples"] == 64 and said.facts["frame_loss"] == 0.5
    assert said.facts["seconds_left"] == pytest.approx(30 + 240)
    (kept,) = told({"what": "kept", "step": 8, "path": "step-8"})
    assert isinstance(kept, Learned) and kept.facts == {"step": 8, "kept": 8}
    assert told({"what": "begun", "step": 0}) == [] == told({"what": "ended", "step": 9})


def kept(leg: Path) -> None:
    (leg / "step-000000001").mkdir(parents=True)
    (leg / "step-000000001" / "leg.json").write_text("{}")


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """The legs that are begun, and what each begins from: folders' names."""
    found: list[tuple[str, str]] = []

    def leg(task: Task, recipe: Any, world: int, out: Path, files: Any, part: Any) -> Any:
        found.append(
            (out.name, "" if files[2] is None else f"{files[2].parent.name}/{files[2].name}")
        )
        return iter(())

    monkeypatch.setattr(module, "_leg", leg)
    monkeypatch.setattr(module, "aside", lambda words, log, still: iter(()))
    return found


def test_whether_a_leg_is_over_it_says_itself(tmp_path: Path, begun: list[tuple[str, str]]) -> None:
    """The recipe may ask for more than it did when a leg ended; only what a later one has begun from is left alone."""
    task = Task(
        "seedling", SEEDLING.recipe(TINY | {"minutes": 5}, None), "t", folder=str(tmp_path / "r")
    )
    list(SEEDLING.lessons(task))
    assert begun == [("frames", ""), ("mixed", "r/frames")]
    begun.clear()
    kept(tmp_path / "r/frames")
    (tmp_path / "r/frames/progress.jsonl").write_text('{"what": "ended", "why": "done"}\n')
    list(SEEDLING.lessons(task))
    assert begun == [("frames", ""), ("mixed", "r/frames")]
    begun.clear()
    kept(tmp_path / "r/mixed")
    list(SEEDLING.lessons(task))
    assert begun == [("mixed", "r/frames")]


def test_a_training_that_is_to_begin_from_nothing_kept_is_refused(
    tmp_path: Path, begun: list[tuple[str, str]]
) -> None:
    recipe = SEEDLING.recipe(TINY | {"minutes": 5}, None)
    task = Task("seedling", recipe, "t", folder=str(tmp_path / "r"), source=str(tmp_path / "old"))
    with pytest.raises(AskedWrong, match="has kept no checkpoint"):
        list(SEEDLING.lessons(task))
    assert begun == [] and list(tmp_path.iterdir()) == []
    kept(tmp_path / "old/frames")
    list(SEEDLING.lessons(task))
    assert begun[0] == ("frames", "old/frames")
    (tmp_path / "old/frames/step-000000001/leg.json").unlink()
    kept(tmp_path / "r/frames")
    list(SEEDLING.lessons(task))  # it goes on from its own: the other is needed no more


@pytest.mark.parametrize(
    ("code", "said", "error"),
    [
        (2, "There is no size.", AskedWrong),
        (1, "It broke.", RunFailed),
        (-9, "", RunFailed),
        (1, "OSError: No space left on device", DiskFull),
    ],
)
def test_what_a_process_said_last_is_told(
    tmp_path: Path, code: int, said: str, error: type[Exception]
) -> None:
    log = tmp_path / "log"
    log.write_text(said)
    module._check(0, log)
    with pytest.raises(error):
        module._check(code, log)


@pytest.mark.learning
def test_told_to_stop_it_keeps_a_checkpoint_and_goes_on(tmp_path: Path) -> None:
    """Two processes of torch, a few steps: the studio's own way, but for the studio."""
    recipe = SEEDLING.recipe(TINY | {"minutes": 5, "frames_part": 1}, None)
    task = Task("seedling", recipe, "tiny", folder=str(tmp_path / "r"))

    def until_kept(events: Any) -> int:
        with contextlib.closing(events):
            for event in events:
                if isinstance(event, Learned) and "kept" in event.facts:
                    return int(event.facts["kept"])
                assert isinstance(event, Progress | Learned)
        raise AssertionError("nothing was kept")

    first = until_kept(SEEDLING.learn(task))
    second = until_kept(SEEDLING.learn(task))
    assert 0 < first < second
    bodies = [json.loads(p.read_text()) for p in (tmp_path / "r/frames").glob("step-*/leg.json")]
    assert max(body["counters"]["step"] for body in bodies) >= second


def test_asking_for_a_training_needs_none_of_its_libraries() -> None:
    code = "import sys, uncaged.training.seedling.trainer as t; print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_time_of_judging_is_part_of_the_whole() -> None:
    course = Course.of({"judged": 30})
    assert judging_seconds(course) < course_seconds(course)
    assert judging_seconds(Course.of({"judged": 0})) == 0


def test_a_name_that_no_training_has_is_offered_the_nearest_one() -> None:
    for name, near in (("judge", "judged"), ("film", "films"), ("proceses", "processes")):
        with pytest.raises(AskedWrong, match=f"no “{name}”") as caught:
            Course.of({name: 3})
        assert near in caught.value.hint
