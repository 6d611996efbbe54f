"""What a training said of itself, read back whatever ended it."""

import json
from pathlib import Path

from uncaged.studio import lessons


def said(place: Path, *steps: int, **more: float) -> None:
    for step in steps:
        lessons.note(place, {"step": step, "loss": 1 / step, **more}, 5)


def test_what_was_said_beyond_a_checkpoint_is_left_out(tmp_path: Path) -> None:
    said(tmp_path, 1, 2, 3, 4)
    said(tmp_path, 3, 4, 5)  # an attempt that went on from step 2
    assert [record["step"] for record in lessons.told(tmp_path)] == [1, 2, 3, 4, 5]


def test_what_is_said_of_one_step_belongs_together(tmp_path: Path) -> None:
    lessons.note(tmp_path, {"step": 3, "held_frames": 0.5}, 5)
    lessons.note(tmp_path, {"step": 3, "kept": 3}, 6)
    assert lessons.told(tmp_path) == ({"at": 6, "step": 3, "held_frames": 0.5, "kept": 3},)


def test_a_line_that_a_kill_cut_short_is_passed_over(tmp_path: Path) -> None:
    said(tmp_path, 1, 2)
    with (tmp_path / lessons.NAME).open("a") as out:
        out.write('{"step": 3, "lo')
    assert [record["step"] for record in lessons.told(tmp_path)] == [1, 2]
    with (tmp_path / lessons.NAME).open("ab") as out:
        out.write(b"\n[1]\n\xff\xfe\n")
    said(tmp_path, 3)
    assert len(lessons.told(tmp_path)) == 3


def test_what_is_no_fact_is_not_noted(tmp_path: Path) -> None:
    lessons.note(tmp_path, {"step": 1, "loss": float("nan")}, 5)
    lessons.note(tmp_path, {"step": 1, "words": "a" * 10_000}, 5)
    assert lessons.told(tmp_path) == ()
    lessons.note(tmp_path / "nowhere", {"step": 1}, 5)  # worth no training


def test_a_lesson_has_the_last_figure_of_each_name(tmp_path: Path) -> None:
    said(tmp_path, 1, 2)
    lessons.note(tmp_path, {"step": 3, "held_loss": 0.5, "kept": 3}, 5)
    lesson = lessons.lesson(tmp_path)
    assert (lesson.step, lesson.kept) == (3, 3)
    assert lesson.figures == {"loss": 0.5, "held_loss": 0.5}
    assert lesson.curves == {"loss": ((1, 1.0), (2, 0.5))}  # of one point there is no curve


def test_a_curve_is_no_longer_than_it_can_be_drawn(tmp_path: Path) -> None:
    records = [{"step": n, "loss": float(n)} for n in range(1, 1001)]
    curve = lessons.curve(records, "loss", 100)
    assert len(curve) == 100 and curve[0] == (10, 5.5) and curve[-1][0] == 1000


def test_nothing_yet_is_an_empty_lesson(tmp_path: Path) -> None:
    lesson = lessons.lesson(tmp_path / "nowhere")
    assert lesson.figures == {} and lesson.curves == {} and lesson.step == 0
    assert lessons.preview(tmp_path) is None


def test_blocks_draw_values() -> None:
    assert lessons.blocks([]) == ""
    assert lessons.blocks([5.0, 5.0]) == "▄▄"
    assert lessons.blocks([0, 7]) == "▁█"
    assert len(lessons.blocks(list(range(1000)), 48)) <= 48


def test_records_are_json_lines(tmp_path: Path) -> None:
    said(tmp_path, 1)
    assert json.loads((tmp_path / lessons.NAME).read_text()) == {"at": 5, "step": 1, "loss": 1.0}
