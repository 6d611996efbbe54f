"""Legs: killed and resumed to the bit, ended by a number that is none, refused where they were begun differently."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from uncaged.core.errors import AskedWrong, DiskFull, Failed
from uncaged.training.seedling import checkpoint, opening
from uncaged.training.seedling.checkpoint import compact, latest, read
from uncaged.training.seedling.opening import Files, begin
from uncaged.training.seedling.progress import records
from uncaged.training.seedling.recipe import Recipe
from uncaged.training.seedling.training import NotANumber, train

TINY = Recipe(
    size="tiny",
    stage="mixed",
    samples=160,
    frames_a_step=4,
    clips_a_step=2,
    frame_share=0.5,
    precision="fp32",
    save_steps=8,
    warm_steps=4,
)


def after(path: Path) -> dict[str, torch.Tensor]:
    kept = read(path)
    return kept.tensors() | kept.tensors("moments")


def test_a_leg_killed_in_the_middle_ends_as_if_it_had_not_been(
    files: Files, tmp_path: Path
) -> None:
    whole = after(train(TINY, files, tmp_path / "whole"))
    out = tmp_path / "killed"
    changes = [
        f"--set={name}={value}"
        for name, value in TINY.to_json().items()
        if value != Recipe().to_json()[name]
    ]
    command = [sys.executable, "-m", "uncaged.training.seedling.leg", str(out), "--world=1"]
    command += [f"--store={files.store}", f"--codec={files.codec}", *changes]
    leg = subprocess.Popen(command, start_new_session=True)
    ends = time.monotonic() + 60
    while not any(r["what"] == "kept" for r in records(out)) and time.monotonic() < ends:
        time.sleep(0.005)
    os.killpg(leg.pid, signal.SIGKILL)
    leg.wait()
    kept = latest(out)
    assert kept is not None
    assert 0 < kept.step < read(tmp_path / "whole").step
    resumed = after(train(TINY, files, out))
    assert records(out)[-1]["why"] == "done"
    assert whole.keys() == resumed.keys()
    different = [name for name in whole if not torch.equal(whole[name], resumed[name])]
    assert different == []


def test_being_told_to_stop_keeps_what_was_learned_and_says_how_far(
    files: Files, tmp_path: Path
) -> None:
    steps: list[int] = []

    def stop() -> bool:
        steps.append(1)
        return len(steps) > 5

    path = train(TINY, files, tmp_path, stop=stop)
    assert read(path).step == 5
    last = records(tmp_path)[-1]
    assert (last["what"], last["why"], last["step"]) == ("ended", "stopped", 5)
    assert 0 < last["done"] < 1
    assert last["left"] > 0
    assert last["core"] > 0
    assert "assumed" in last["energy_assumes"]
    held = next(r for r in records(tmp_path) if r["what"] == "held")
    assert {"held_frames", "held_clips"} <= held.keys()


def test_where_nothing_is_left_a_leg_ends_at_once_and_more_is_gone_on_with(
    files: Files, tmp_path: Path
) -> None:
    first = train(replace(TINY, samples=20), files, tmp_path)
    assert train(replace(TINY, samples=20), files, tmp_path) == first
    assert [r["why"] for r in records(tmp_path) if r["what"] == "ended"] == ["done", "done"]
    step = read(first).step
    more = train(replace(TINY, samples=40), files, tmp_path, accept_changes=True)
    assert read(more).step > step


def test_a_number_that_is_none_ends_the_leg_and_the_last_good_checkpoint_stays(
    files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = train(replace(TINY, samples=30), files, tmp_path)
    before = after(good)
    usual = opening.drawings

    def broken(files: Files) -> opening.Drawings:
        found = usual(files)
        return replace(found, latents=np.full_like(found.latents, np.nan))

    monkeypatch.setattr(opening, "drawings", broken)
    with pytest.raises(NotANumber, match="last good checkpoint"):
        train(TINY, files, tmp_path, accept_changes=True)
    kept = latest(tmp_path)
    assert kept is not None
    assert kept.path == good
    assert all(torch.equal(before[name], tensor) for name, tensor in after(good).items())
    assert records(tmp_path)[-1]["why"] == "not a number"


def test_what_differs_is_shown_and_must_be_accepted(files: Files, tmp_path: Path) -> None:
    train(replace(TINY, samples=20), files, tmp_path)
    other = replace(TINY, samples=24, learning_rate=5e-4)
    with pytest.raises(AskedWrong, match=r"\| learning_rate \| 0.001 \| 0.0005 \|"):
        train(other, files, tmp_path)
    kept = read(train(other, files, tmp_path, accept_changes=True))
    assert kept.body["history"][-1]["changed"] == [
        ["samples", "20", "24"],
        ["learning_rate", "0.001", "0.0005"],
    ]


def test_changed_code_is_a_difference_too(
    files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    train(replace(TINY, samples=10), files, tmp_path)
    monkeypatch.setattr(opening, "code", lambda: "another")
    with pytest.raises(AskedWrong, match=r"\| code \| .* \| another \|"):
        train(replace(TINY, samples=10), files, tmp_path)


@pytest.mark.parametrize("accepted", [False, True])
def test_another_network_is_refused_whatever_is_accepted(
    files: Files, tmp_path: Path, accepted: bool
) -> None:
    train(replace(TINY, samples=10), files, tmp_path / "one")
    small = replace(TINY, size="s")
    with pytest.raises(AskedWrong, match="another network"):
        train(small, files, tmp_path / "one", accept_changes=accepted)
    start = replace(files, start=tmp_path / "one")
    with pytest.raises(AskedWrong, match="another network"):
        train(small, start, tmp_path / "two", accept_changes=accepted)


def test_a_new_stage_begins_from_the_mean_and_remembers_where_it_came_from(
    files: Files, tmp_path: Path
) -> None:
    frames = replace(TINY, stage="frames", samples=40)
    first = train(frames, files, tmp_path / "frames")
    begun = begin(TINY, replace(files, start=first), tmp_path / "mixed", 0, accept_changes=False)
    assert torch.equal(begun.weights.master, begun.weights.mean)
    assert (begun.counters.frames, begun.counters.stage_step, begun.counters.leg_step) == (40, 0, 0)
    assert begun.body["history"][-1]["leg"]["recipe"]["stage"] == "frames"
    again = begin(frames, replace(files, start=first), tmp_path / "more", 0, accept_changes=False)
    assert not torch.equal(again.weights.master, again.weights.mean)
    assert again.counters.stage_step == 10
    kept = after(first)
    assert all(torch.equal(kept[name], value) for name, value in again.weights.moments().items())


def test_a_compact_checkpoint_can_be_gone_on_from(files: Files, tmp_path: Path) -> None:
    first = train(replace(TINY, samples=20), files, tmp_path / "one")
    small = compact(read(first), tmp_path / "small")
    tensors = read(small).tensors()
    assert all(name.startswith("mean.") for name in tensors)
    assert all(tensor.dtype == torch.bfloat16 for tensor in tensors.values())
    train(TINY, replace(files, start=small), tmp_path / "two", stop=lambda: True)
    kept = read(tmp_path / "two").tensors()
    for name, tensor in tensors.items():
        assert torch.equal(kept[name].bfloat16(), tensor)


def test_no_room_is_said_before_anything_is_begun(
    files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full:
        free = 1000

    monkeypatch.setattr(opening.shutil, "disk_usage", lambda path: Full)
    with pytest.raises(DiskFull, match="MiB"):
        train(TINY, files, tmp_path)


def test_no_room_in_the_middle_leaves_the_last_checkpoint(
    files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = train(replace(TINY, samples=20), files, tmp_path)

    def full(tensors: Any, path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(checkpoint, "save_file", full)
    with pytest.raises(DiskFull, match="last whole one stays"):
        train(TINY, files, tmp_path, accept_changes=True)
    monkeypatch.undo()
    kept = latest(tmp_path)
    assert kept is not None
    assert kept.path == good
    assert not list(tmp_path.glob(".step-*"))


def test_too_little_memory_is_a_sentence(
    files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hungry(*given: Any) -> None:
        raise RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried")

    monkeypatch.setattr("uncaged.training.seedling.training.loss", hungry)
    with pytest.raises(Failed, match="not enough memory"):
        train(TINY, files, tmp_path)


def test_two_processes_learn_beside_each_other(files: Files, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "uncaged.training.seedling.leg", str(tmp_path / "out")]
    command += [f"--store={files.store}", f"--codec={files.codec}", "--world=2"]
    changes = {"size": "tiny", "frames_a_step": 4, "samples": 480, "gossip_every": 2}
    changes["precision"] = "fp32"
    command += [f"--set={name}={value}" for name, value in changes.items()]
    done = subprocess.run(command, timeout=120, check=False)
    assert done.returncode == 0
    last = records(tmp_path / "out")[-1]
    assert last["why"] == "done"
    assert last["leg_frames"] >= 480
    assert last["step"] * 4 < last["leg_frames"], "the other's samples count as well"
    assert not (tmp_path / "out" / "pid").exists()


def test_several_need_a_place_to_gossip(files: Files, tmp_path: Path) -> None:
    with pytest.raises(AskedWrong, match="gossip"):
        train(TINY, files, tmp_path, 0, 2)
