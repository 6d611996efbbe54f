"""The judge's figures on films whose answer is known."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from uncaged.engines.seedling.codec import Codec
from uncaged.engines.seedling.grammar import held_out
from uncaged.training.seedling.judging import ALIKE, Judged, captions, judge_frames, table
from uncaged.training.seedling.looking import sheet
from uncaged.training.seedling.measures import apart, flicker, psnr, share, vendi
from uncaged.training.seedling.probe import Probe


def test_flicker_is_told_apart_by_where_it_is() -> None:
    films = np.full((2, 16, 64, 64, 3), 240, np.uint8)
    assert flicker(films) == {"everywhere": 0.0, "paper": 0.0, "subject": 0.0}
    films[:, :, 16:32, 16:32] = 100
    films[:, ::2, 16:32, 16:32] = 110
    found = flicker(films)
    assert found["paper"] == 0.0
    assert found["subject"] == pytest.approx(10.0)
    assert found["everywhere"] == pytest.approx(10 / 16)


def test_what_is_asked_for_again_and_again_is_a_seen_pair() -> None:
    for said in ALIKE:
        assert not held_out(said["s1_kind"], said["s1_hue"]), said
        assert not held_out(said["s1_kind"], said["s1_motion"]), said


def test_unlike_films_count_and_like_ones_do_not() -> None:
    same = np.ones((8, 4), np.float32)
    far = 100 * np.eye(8, dtype=np.float32)
    assert vendi(same, 1.0) == pytest.approx(1.0)
    assert vendi(far, 1.0) == pytest.approx(8.0)
    two = np.repeat(far[:2], 4, 0)
    assert vendi(two, 1.0) == pytest.approx(2.0)
    assert apart(same) == 0.0
    assert apart(far) == pytest.approx(100 * 2**0.5)


def test_shares_have_errors_and_nearness_is_in_decibels() -> None:
    assert share(np.array([True] * 50 + [False] * 50)) == (50.0, 5.0)
    black = np.zeros((1, 2, 4, 4, 3), np.uint8)
    assert psnr(black + 255, black) == pytest.approx(0.0)
    assert psnr(black + 1, black) == pytest.approx(48.13, abs=0.01)


@pytest.mark.parametrize("which", ["seen", "held hue", "held motion"])
def test_captions_hold_out_what_they_say(which: str) -> None:
    for one in captions(12, which):
        kind = one.names["s1.kind"]
        pairs = held_out(kind, one.names["s1.hue"]), held_out(kind, one.names["s1.motion"])
        assert pairs == (which == "held hue", which == "held motion")


def test_the_table_says_everything() -> None:
    judged = Judged(right={"seen": {"kind": (90.0, 3.0, 96), "together": (80.0, 4.1, 96)}})
    judged.by["motion"] = {"sways": (30.0, 9.0, 12), "still": (99.0, 1.0, 8)}
    judged.unsaid["kind"] = {"fish": 3}
    text = table(judged)
    assert "| seen | 96 | 90 ± 3.0 | 80 ± 4.1 |" in text
    assert text.index("sways 30 (12)") < text.index("still 99 (8)"), "the weakest first"
    assert "When nothing is said, kind: fish 3." in text
    assert judged.to_json()["unsaid"] == {"kind": {"fish": 3}}


def test_a_single_film_is_judged_too(tmp_path: Path) -> None:
    """`--set judged=1` asks for it, at the very end of a training."""
    sheet(np.zeros((1, 8, 4, 4, 3), np.uint8), tmp_path / "sheet.png", across=2)
    with Image.open(tmp_path / "sheet.png") as picture:
        assert picture.size == (8 * 6, 6)
    grey = np.full((1, 64, 64, 3), 128, np.uint8)
    found = judge_frames(
        lambda labels, seeds: grey.repeat(len(seeds), 0), Probe().eval(), Codec.shipped(), 1
    )
    assert {row["kind"][2] for row in found.right.values()} == {1} and len(found.right) == 4
