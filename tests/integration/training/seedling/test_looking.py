"""A look at a checkpoint while it learns, and the probes that come along: what they read of drawings they never saw."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from uncaged.core.errors import FileDamaged
from uncaged.engines.seedling.codec import Codec
from uncaged.engines.seedling.engine import Seedling
from uncaged.training.seedling import chores, judge, kinds, probe, wording
from uncaged.training.seedling.judging import captions, couples, real, vectors
from uncaged.training.seedling.opening import Files
from uncaged.training.seedling.recipe import Recipe
from uncaged.training.seedling.training import train

TWO_STEPS = Recipe(
    size="tiny", samples=4, frames_a_step=2, clips_a_step=2, frame_share=0, precision="fp32"
)


@pytest.mark.learning
@pytest.mark.parametrize(
    ("stage", "named"),
    [("frames", {"kind", "hue"}), ("mixed", {"kind", "hue", "size", "motion", "place"})],
)
def test_a_look_is_a_sheet_and_what_the_probe_names(
    files: Files, tmp_path: Path, stage: str, named: set[str]
) -> None:
    train(replace(TWO_STEPS, stage=stage), files, tmp_path / "leg")
    sheet, found = tmp_path / "sheet.png", tmp_path / "look.json"
    ask = {"leg": str(tmp_path / "leg"), "out": str(sheet), "found": str(found), "steps": 1}
    chores._look(ask)
    with Image.open(sheet) as picture:
        assert picture.size == (8 * 66, 4 * 66)
    said = json.loads(found.read_bytes())
    assert set(said) == named | {"step", "looked_at"} and said["step"] == 2
    assert all(0 <= said[name] <= 100 for name in named)


@pytest.mark.learning
def test_the_probe_that_comes_along_reads_drawings_they_never_saw() -> None:
    codec = Codec.shipped()
    plans = captions(64, "seen", 2**44)
    right = probe.named(probe.shipped(), real(plans, codec)).read == probe.targets(vectors(plans))
    assert right.mean(0).min() > 0.9


@pytest.mark.learning
def test_the_weights_that_come_along_draw_what_is_said() -> None:
    """As they are performed: a sentence is read, half numbers are reckoned with by onnxruntime, and it is inked."""
    plans, seedling = captions(12, "seen", 2**45), Seedling()
    films: list[np.ndarray] = []
    for one in plans:
        told = [caption.text for caption in wording.captions(one) if caption.style == "told"]
        frames = np.stack(list(seedling.perform(told[0], seed=one.seed, fps=8)))
        films.append(frames.reshape(16, 64, 4, 64, 4, 3).mean((2, 4)).round().astype(np.uint8))
    right = probe.named(probe.shipped(), np.stack(films)).read == probe.targets(vectors(plans))
    kind, hue, _size, motion, _place = right.mean(0)
    assert min(kind, hue, motion) > 0.65, "it is 0.95, 1 and 0.98 of four hundred"


@pytest.mark.learning
def test_films_of_two_are_judged_by_both_kinds(files: Files, tmp_path: Path) -> None:
    train(replace(TWO_STEPS, stage="mixed"), files, tmp_path / "leg")
    few = ["--seen=2", "--held=2", "--still=2", "--alike=2", "--two=4", "--draw-steps=1"]
    eye = tmp_path / "kinds.safetensors"
    kinds.save(kinds.Kinds.of(probe.shipped()), eye, {})
    words = [str(tmp_path / "leg"), "--codec", str(files.codec), "--out", str(tmp_path / "judged")]
    words += ["--kinds", str(eye)]
    assert judge.main([*words, *few]) == 0
    body = json.loads((tmp_path / "judged/judged.json").read_bytes())
    assert body["two"]["films"][2] == body["two"]["drawings"][2] == 4
    assert "Two subjects" in (tmp_path / "judged/judged.md").read_text("utf-8")
    assert (tmp_path / "judged/two.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.learning
def test_a_probe_of_two_learns_and_is_read_again(
    files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "kinds.safetensors"
    words = ["--codec", str(files.codec), "--teach-two", str(files.store), "--kinds", str(path)]
    assert judge.main([*words, "--steps", "1", "--fresh", "2"]) == 0
    assert "both kinds" in capsys.readouterr().out
    read = kinds.two(kinds.load(path), np.zeros((3, 16, 64, 64, 3), np.uint8))
    assert read.shape == (3, kinds.COUNT) and (read.sum(1) == 2).all()
    for teach in (["--teach-two", str(files.store)], ["--teach", str(files.store), "nowhere"]):
        assert judge.main(["--codec", str(files.codec), *teach]) == 2
    assert "Name one with" in capsys.readouterr().err


@pytest.mark.parametrize("load", [probe.load, kinds.load], ids=["probe", "kinds"])
@pytest.mark.parametrize("body", [b"", b"nothing of the kind"], ids=["empty", "words"])
def test_what_is_no_probe_is_refused(tmp_path: Path, load: object, body: bytes) -> None:
    path = tmp_path / "probe.safetensors"
    path.write_bytes(body)
    assert callable(load)
    with pytest.raises(FileDamaged):
        load(path)
    with pytest.raises(FileDamaged):
        load(tmp_path / "none")


def test_fewer_than_no_films_are_refused(files: Files, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        judge.main(["nowhere", "--codec", str(files.codec), "--seen", "-1"])
    assert "fewer than none" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        judge.main(["nowhere", "--codec", str(files.codec), "--still", "0"])
    assert "one at least" in capsys.readouterr().err


def test_the_probe_of_two_reads_fresh_drawings() -> None:
    plans = couples(64)
    eye = kinds.shipped()
    right = kinds.two(eye, real(plans, Codec.shipped())) == kinds.present(vectors(plans))
    assert right.all(1).mean() > 0.75
