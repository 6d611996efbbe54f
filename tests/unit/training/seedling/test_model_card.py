"""The model card says what the records and the judging say, and nothing else."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from uncaged.core.errors import AskedWrong
from uncaged.engines.shelved import card_of
from uncaged.training.seedling import model_card
from uncaged.training.seedling.counting import Counters
from uncaged.training.seedling.recipe import Recipe
from uncaged.training.seedling.store import Root
from uncaged.training.seedling.weak import UNJUDGED, weak

ROOT = Root(0, 4000, "train", "c0" * 32)
DOCUMENT = Path(__file__).parents[4] / "docs/seedling-measured.md"


def entry(stage: str, **counted: Any) -> dict[str, Any]:
    recipe = Recipe.from_json({"stage": stage, "watts": 9.0}).to_json()
    counters = Counters(**counted).to_json()
    kept = {"recipe": recipe, "counters": counters, "data": ROOT.hash, "code": "ab" * 32}
    return kept | {"precision": "bf16", "torch": "2.13.0"}


FRAMES = entry("frames", step=10, frames=320, leg_frames=320, worked=720.0, core=1200.0)
MIXED: dict[str, Any] = {
    **entry("mixed", step=14, frames=400, clips=16, leg_frames=80, leg_clips=16, worked=360.0,
            core=2000.0),
    "history": [{"leg": FRAMES}, {"changed": [["seed", "0", "1"]], "at_step": 12}],
}  # fmt: skip

JUDGED: dict[str, Any] = {
    "manner": {"steps": 12, "guidance": 2.0},
    "right": {
        "seen": {"kind": [90.0, 1.5, 400], "hue": [99.0, 0.5, 400], "motion": [91.0, 1.4, 400]},
        "seen, drawings": {"kind": [99.0, 0.5, 400], "hue": [100.0, 0.0, 400], "motion": [98.0, 0.7, 400]},
        "held hue": {"kind": [71.0, 2.3, 400], "hue": [97.0, 0.9, 400], "motion": [88.0, 1.6, 400]},
    },
    "by": {
        "kind": {"fish": [100.0, 0.0, 24], "snake": [41.2, 9.0, 26], "person": [68.0, 9.0, 25]},
        "motion": {"still": [99.0, 1.0, 30], "sways": [33.0, 8.0, 33]},
    },
    "flicker": {"films": {"everywhere": 2.1}, "drawings": {"everywhere": 0.3}},
    "diversity": {
        "red fish": {"films": 10.0, "drawings": 20.0, "films vendi": 3.0, "drawings vendi": 9.0, "of": 24.0}
    },
    "reconstruction": {"codec": 33.0},
    "unsaid": {"kind": {"sun": 30, "fish": 18}},
}  # fmt: skip


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    """The two legs as they lie on the disk, the second before the first, and a stranger's between them."""
    stranger = entry("frames", step=10, frames=321, leg_frames=321, worked=1.0, core=5.0)
    for name, body, held in (
        ("b", MIXED, {"clip_loss": 0.41, "frame_loss": 0.33, "held_clips": 0.44}),
        ("x", stranger, {"frame_loss": 9.0}),
        ("a", FRAMES, {"frame_loss": 0.52, "held_frames": 0.55}),
    ):
        kept = tmp_path / name / "step-000000001"
        kept.mkdir(parents=True)
        (kept / "leg.json").write_text(json.dumps(body))
        lines = [{"what": "step", "step": 1, "frame_loss": 0.9}, {"what": "held", **held}]
        text = "\n".join(json.dumps(line) for line in lines)
        (tmp_path / name / "progress.jsonl").write_text(f"{text}\n")
    (tmp_path / "a" / "machine.txt").write_text("A processor\n")
    return [tmp_path / name for name in "bxa"]


def card(folders: list[Path], judged: dict[str, Any] | None) -> dict[str, Any]:
    found = model_card.legs(MIXED, folders)
    return model_card.card("mine", MIXED, found, [ROOT], judged=judged, parameters=8_500_000)


def test_each_leg_is_told_apart(folders: list[Path]) -> None:
    first, second = model_card.legs(MIXED, folders)
    assert (first.stage, first.frames, first.clips) == ("frames", 320, 0)
    assert (second.stage, second.frames, second.clips) == ("mixed", 80, 16)
    assert (first.core_seconds, second.core_seconds) == (1200.0, 800.0)
    assert (first.hours, second.hours) == (0.2, 0.1)
    assert (first.watt_hours, second.watt_hours) == (3.0, 2.0)
    assert dict(first.losses) == {"frame_loss": 0.52, "held_frames": 0.55}
    assert second.losses["held_clips"] == 0.44 and second.losses["frame_loss"] == 0.33
    assert (first.machine, second.machine) == ("A processor", "")


def test_a_leg_that_is_not_at_hand_tells_no_losses() -> None:
    first, second = model_card.legs(MIXED)
    assert not first.losses and not second.losses and second.core_seconds == 800.0


def test_the_card_adds_up_and_is_the_same_twice(folders: list[Path]) -> None:
    said = card(folders, JUDGED)
    assert (said["frames"], said["clips"], said["watt_hours"]) == (400, 16, 5.0)
    assert said["core_hours"] == pytest.approx(0.556, abs=1e-3)
    assert said["licence"] == "CC0-1.0" and "assumed" in said["energy_assumes"]
    (data,) = said["data"]
    assert data["root"] == ROOT.hash and data["count"] == 4000 and data["codec"] == ROOT.codec
    assert model_card.written(said) == model_card.written(card(folders, JUDGED))
    assert json.loads(model_card.written(said)) == said


def test_drawings_that_are_not_at_hand_are_named_by_their_root() -> None:
    said = model_card.card("mine", MIXED, model_card.legs(MIXED), [])
    assert said["data"] == [{"root": ROOT.hash}]
    assert ROOT.hash in model_card.markdown(said)
    assert "others by their data root" in model_card.texts(said)["training_data"]
    knows = MIXED | {"films": asdict(ROOT)}
    said = model_card.card("mine", knows, model_card.legs(knows), [])
    assert said["data"][0]["count"] == 4000 and "others" not in str(model_card.texts(said))


def test_the_document_has_all_of_it(folders: list[Path]) -> None:
    text = model_card.markdown(card(folders, JUDGED))
    for part in ("8,500,000", "CC0-1.0", ROOT.hash, "4,000 films", "A processor", "not recorded",
                 "0.550", "9 W", "| seen | 400 | 90 ± 1.5", "snake 41", "red fish"):  # fmt: skip
        assert part in text, part
    assert "It was not judged." in model_card.markdown(card(folders, None))


def test_the_shelf_shows_the_first_weakness(folders: list[Path]) -> None:
    texts = model_card.texts(card(folders, JUDGED))
    shown = card_of(texts)
    assert "snake 41 %" in shown.summary and "400 frames and 16 clips" in shown.origin
    assert "on A processor" in shown.origin and "4,000 films" in shown.training_data
    assert UNJUDGED in model_card.texts(card(folders, None))["summary"]


def test_what_is_weak_is_said_the_worst_first() -> None:
    sentences = weak(JUDGED)
    kinds, motions, unseen, still, alike, nothing = sentences
    assert "snake 41 % of 26, person 68 % of 25." in kinds and "fish" not in kinds
    assert "sways 33 % of 33." in motions
    assert "hue was never seen" in unseen and "71 %, not in 90 %" in unseen
    assert (
        "by 2.10 of 255 levels a frame, 7 times" in still
        and "red fish" in alike
        and "3.0 different ones of 24" in alike
    )
    assert "sun in 62 %" in nothing


def test_a_probe_that_cannot_read_drawings_is_said_first() -> None:
    right = JUDGED["right"] | {"seen, drawings": {"kind": [40.0, 5.0, 96], "hue": [99.0, 1.0, 96]}}
    assert "names right kind 40 %." in weak(JUDGED | {"right": right})[0]


def test_what_was_not_measured_is_not_called_good() -> None:
    assert weak(None) == [UNJUDGED] == weak({"right": {}})
    frames = {"right": {"seen": {"kind": [95.0, 1.0, 300], "hue": [99.0, 1.0, 300]}}}
    assert any("how things move" in sentence for sentence in weak(frames))


def test_more_weak_ones_than_are_named_are_counted() -> None:
    many = {f"kind{i}": [float(i), 1.0, 9] for i in range(9)}
    (sentence,) = weak({"right": {"seen": {"motion": [99.0, 1.0, 9]}}, "by": {"kind": many}})
    assert "kind4 4 % of 9; 4 more are below 80 %" in sentence and "kind5" not in sentence


def test_where_all_is_well_that_is_said() -> None:
    (sentence,) = weak({"right": JUDGED["right"] | {"held hue": JUDGED["right"]["seen"]}})
    assert "fewer than 80 %" in sentence


def test_no_model_is_no_figure(tmp_path: Path, folders: list[Path]) -> None:
    assert model_card.document(tmp_path) == model_card.NOTHING
    (tmp_path / "card.json").write_bytes(model_card.written(card(folders, JUDGED)))
    assert model_card.main([str(tmp_path), str(tmp_path / "page.md")]) == 0
    assert "snake 41" in (tmp_path / "page.md").read_text()
    for broken in (b"{", b"[]", b"{}"):
        (tmp_path / "card.json").write_bytes(broken)
        with pytest.raises(AskedWrong):
            model_card.document(tmp_path)


def test_the_page_of_figures_is_that_of_the_weights_that_come_along() -> None:
    from uncaged.engines.seedling.engine import WEIGHTS

    assert DOCUMENT.read_text("utf-8") == model_card.document(WEIGHTS)
    assert (WEIGHTS / model_card.TEXT).read_text("utf-8") == model_card.document(WEIGHTS)
