"""Checkpoints, recipes, what differs, counters and records: what a leg is made of beside its weights."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from uncaged.core.errors import AskedWrong, Failed, FileDamaged
from uncaged.training.seedling.agreeing import bare, code, compare, insist
from uncaged.training.seedling.checkpoint import latest, read, save
from uncaged.training.seedling.counting import Counters, energy
from uncaged.training.seedling.course import Course
from uncaged.training.seedling.gossip import Told
from uncaged.training.seedling.leg import _attend, main, recipe_of
from uncaged.training.seedling.progress import Progress, Reader, records
from uncaged.training.seedling.recipe import Recipe, differences


def kept(out: Path, step: int) -> Path:
    body = {"counters": {"step": step}, "slots": []}
    return save(out, body, {"net.a": torch.full((3,), float(step))}, {"first.a": torch.zeros(3)})


def test_the_last_two_checkpoints_stay(tmp_path: Path) -> None:
    for step in (9, 10, 11):
        kept(tmp_path, step)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["step-000000010", "step-000000011"]
    found = latest(tmp_path)
    assert found is not None
    assert found.tensors()["net.a"].tolist() == [11.0] * 3


def test_half_written_ones_are_swept_and_damaged_ones_passed_over(tmp_path: Path) -> None:
    kept(tmp_path, 1)
    last = kept(tmp_path, 2)
    bytes_ = (last / "weights.safetensors").read_bytes()
    (last / "weights.safetensors").write_bytes(bytes_[:-1] + b"?")
    (tmp_path / ".step-000000003").mkdir()
    found = latest(tmp_path, sweep=True)
    assert found is not None
    assert found.step == 1
    assert not (tmp_path / ".step-000000003").exists()
    with pytest.raises(FileDamaged, match="hash"):
        read(last).tensors()


def test_what_is_no_checkpoint_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(AskedWrong, match="no checkpoint"):
        read(tmp_path)
    path = kept(tmp_path, 1)
    body = json.loads((path / "leg.json").read_text())
    (path / "leg.json").write_text(json.dumps(body | {"format": 99}))
    with pytest.raises(AskedWrong, match="does not know"):
        read(path)
    with pytest.raises(FileDamaged, match="does not know"):
        latest(tmp_path)


@pytest.mark.parametrize("missing", ["files", "counters"])
def test_a_leg_json_without_what_it_needs_is_refused_in_words(tmp_path: Path, missing: str) -> None:
    path = kept(tmp_path, 1)
    body = json.loads((path / "leg.json").read_text())
    del body[missing]
    (path / "leg.json").write_text(json.dumps(body))
    for where in (path, tmp_path):
        with pytest.raises(FileDamaged, match="does not say"):
            read(where)


def test_where_no_checkpoint_can_be_read_nobody_begins_anew_without_a_word(tmp_path: Path) -> None:
    assert latest(tmp_path) is None
    (tmp_path / "step-by-step").mkdir()
    assert latest(tmp_path) is None, "it is no checkpoint's name"
    for step in (1, 2):
        (kept(tmp_path, step) / "leg.json").write_text('{"form')
    with pytest.raises(FileDamaged, match=r"None of the checkpoints .* \(2\).*step-000000002"):
        latest(tmp_path)


def test_a_new_checkpoint_is_never_removed_and_what_cannot_be_read_is_not_counted(
    tmp_path: Path,
) -> None:
    for name in ("step-by-step", "step-000000900", "step-000000901", "step-000000003"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "notes.txt").write_text("mine")
    for step in (4, 5, 6):
        assert kept(tmp_path, step).is_dir()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "step-000000003",
        "step-000000005",
        "step-000000006",
        "step-000000900",
        "step-000000901",
        "step-by-step",
    ]
    found = latest(tmp_path)
    assert found is not None and found.step == 6


def test_a_recipe_comes_back_and_says_what_differs() -> None:
    recipe = Recipe(emphasis=(("s1.motion=sways", 2.0),), seed=3)
    assert Recipe.from_json(json.loads(json.dumps(recipe.to_json()))) == recipe
    other = replace(recipe, seed=4, stage="mixed")
    assert differences(recipe, other) == [("stage", "frames", "mixed"), ("seed", "3", "4")]
    assert differences(recipe, recipe) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"samples": 0},
        {"decay_last": 1.5},
        {"stage": "films"},
        {"precision": "fp8"},
        {"lerning_rate": 1e-3},
        {"learning_rate": float("nan")},
    ],
)
def test_a_recipe_that_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(AskedWrong):
        Recipe.from_json(wrong)


def test_a_recipe_can_be_said_on_a_command_line(tmp_path: Path) -> None:
    recipe = recipe_of(None, ["stage=mixed", "samples=7", 'emphasis=[["s1.motion=sways", 2]]'])
    assert (recipe.stage, recipe.samples) == ("mixed", 7)
    assert recipe.emphasis == (("s1.motion=sways", 2.0),)
    with pytest.raises(AskedWrong, match="samples"):
        recipe_of(None, ["samples=many"])
    with pytest.raises(AskedWrong, match="sampels"):
        recipe_of(None, ["sampels=7"])


def test_a_leg_of_no_processes_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path), "--store=films", "--codec=codec.npz", "--world=0"]) == 2
    assert "one process at least" in capsys.readouterr().err


def test_comments_and_docstrings_are_no_other_code() -> None:
    one = 'def f(x):\n    """Says."""\n    return x  # so\n'
    assert bare(one) == bare('def f(x):\n    """Says more."""\n\n    return x\n')
    assert bare(one) != bare(one.replace("return x", "return -x"))
    assert bare('x = "a"') != bare('x = "b"')
    assert len(code()) == 64


def test_differences_are_a_table_and_another_network_is_final() -> None:
    insist([], "here", accepted=False)
    insist([("seed", "0", "1")], "here", accepted=True)
    with pytest.raises(AskedWrong, match=r"\| seed \| 0 \| 1 \|"):
        insist([("seed", "0", "1")], "here", accepted=False)
    with pytest.raises(AskedWrong, match="another network"):
        insist([("size", "s", "m")], "here", accepted=True)


@pytest.mark.parametrize("what", ["data", "code", "torch"])
def test_drawings_code_and_torch_are_compared(what: str) -> None:
    recipe = Recipe()
    now = {"recipe": recipe.to_json(), "slots": [["s1.kind", 16]], "data": "a", "code": "b"}
    now["torch"] = "2.13.0"
    assert compare(now, now, recipe) == []
    assert compare(now | {what: "other"}, now, recipe) == [(what, "other", now[what])]


def test_pauses_are_not_work_and_others_count() -> None:
    recipe = Recipe(samples=200, minutes=1)
    now = Counters().after(32, 0, 2.0).after(0, 8, 3600.0)
    assert (now.step, now.frames, now.clips, now.worked) == (2, 32, 8, 12.0)
    assert now.done(recipe) == pytest.approx(0.2)
    both = now.with_others(Told(64, 0, 3.0), 2.0)
    assert (both.leg_frames, both.frames, both.core) == (96, 96, 5.0)
    assert both.done(recipe) == pytest.approx(104 / 200)
    assert both.left(recipe) == pytest.approx(12.0 * 96 / 104)
    assert Counters.from_json(both.to_json()) == both
    leg = both.new_leg(new_stage=False)
    assert (leg.stage_step, leg.leg_frames, leg.frames, leg.worked) == (2, 0, 96, 0.0)


def test_energy_names_what_it_assumes() -> None:
    counted = Counters(core=3600.0, worked=7200.0)
    said = energy(counted, Recipe(watts=9.0))
    assert said["watt_hours"] == pytest.approx(9.0)
    assert said["energy_assumes"] == "9 W for a busy core; assumed, not measured"
    there = energy(counted, Recipe(device="cuda", watts=300.0))
    assert there["watt_hours"] == pytest.approx(600.0) and "cuda" in there["energy_assumes"]
    with pytest.raises(AskedWrong, match="Nobody knows"):
        Recipe(device="cuda")
    assert Course.of({"device": "cuda", "watts": 300}).processes == 1
    assert Course.of({"device": "cuda", "watts": 300, "processes": 3}).processes == 3


def test_records_are_lines_and_a_line_cut_short_is_left_out(tmp_path: Path) -> None:
    heard: list[Any] = []
    progress = Progress(tmp_path, heard.append)
    progress.tell("step", loss=0.1234567891)
    with (tmp_path / "progress.jsonl").open("a") as file:
        file.write('{"what": "st')
    assert records(tmp_path) == [{"what": "step", "loss": 0.123457}] == heard
    progress.tell("begun")
    assert [record["what"] for record in records(tmp_path)] == ["step", "begun"]


def test_records_are_read_once_each_and_never_by_halves(tmp_path: Path) -> None:
    progress = Progress(tmp_path)
    reader = Reader(tmp_path)
    assert reader.new() == []
    progress.tell("begun")
    assert [record["what"] for record in reader.new()] == ["begun"]
    late = Reader(tmp_path, new=True)
    with (tmp_path / "progress.jsonl").open("a") as file:
        file.write('{"what": "st')
    assert reader.new() == [] == late.new()
    with (tmp_path / "progress.jsonl").open("a") as file:
        file.write('ep", "said": "ü"}\n')
    assert reader.new() == [{"what": "step", "said": "ü"}] == late.new()
    assert reader.new() == []
    (tmp_path / "progress.jsonl").write_text('{"what": "ended"}\n')
    assert reader.new() == [{"what": "ended"}], "a shorter file is another"


SLEEPS, REFUSES, DIES = (
    "import time; time.sleep(60)",
    "raise SystemExit(2)",
    "import os; os.kill(os.getpid(), 9)",
)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.parametrize(
    ("first", "second", "ended"),
    [
        (SLEEPS, REFUSES, 2),  # the first had not begun, and is told to end
        (REFUSES, SLEEPS, 2),
        ("", SLEEPS, 0),
        (SLEEPS, DIES, "Process 2"),
        (DIES, SLEEPS, "Process 1"),
    ],
)
def test_who_ended_a_leg_is_told_apart(
    tmp_path: Path, first: str, second: str, ended: int | str
) -> None:
    workers = [subprocess.Popen([sys.executable, "-c", code]) for code in (first, second)]
    if isinstance(ended, int):
        assert _attend(workers, [], tmp_path) == ended
    else:
        with pytest.raises(Failed, match=ended):
            _attend(workers, [], tmp_path)
