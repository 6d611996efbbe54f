"""Where the judge is told a model's folder, it judges as the studio performs: the shipped weights by onnxruntime."""

import json
from pathlib import Path

import numpy as np
import pytest

from uncaged.engines.seedling.codec import Codec
from uncaged.engines.seedling.engine import WEIGHTS
from uncaged.training.seedling import judge
from uncaged.training.seedling.drawing import Manner
from uncaged.training.seedling.judging import captions, seeds, vectors
from uncaged.training.seedling.performed import Performed

FEW = ["--seen", "2", "--held", "1", "--still", "1", "--alike", "1", "--draw-steps", "2"]


@pytest.fixture(scope="module")
def codec(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("codec") / "codec.npz"
    Codec.shipped().save(path)
    return path


@pytest.mark.learning
def test_a_film_is_the_same_with_two_threads_and_another_with_another_seed() -> None:
    plans, codec, manner = captions(2, "seen", 2**45), Codec.shipped(), Manner(steps=2)
    said, sown = vectors(plans), seeds(plans)
    alone = Performed(WEIGHTS).films(codec, manner, said, sown)
    assert alone.shape == (2, 16, 64, 64, 3) and alone.dtype == np.uint8
    np.testing.assert_array_equal(alone, Performed(WEIGHTS, 2).films(codec, manner, said, sown))
    other = Performed(WEIGHTS).films(codec, manner, said[:1], [sown[0] + 1])
    assert np.abs(other[0].astype(int) - alone[0]).mean() > 1


@pytest.mark.learning
def test_the_judge_takes_a_model(
    codec: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [str(WEIGHTS), "--codec", str(codec), *FEW, "--out", str(tmp_path)]
    assert judge.main(words) == 0
    found = json.loads((tmp_path / "judged.json").read_bytes())
    assert list(found["right"]["seen"]) == ["kind", "hue", "size", "motion", "place", "together"]
    assert found["right"]["seen"]["kind"][2] == 2 and found["checkpoint"] == str(WEIGHTS)
    assert (tmp_path / "sheet.png").is_file() and "| seen | 2 |" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["--frames", "2", "--out", "x"], []], ids=["frames", "no out"])
def test_nothing_is_written_into_a_model(
    codec: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(path.name for path in WEIGHTS.iterdir())
    assert judge.main([str(WEIGHTS), "--codec", str(codec), *words]) == 2
    assert "--out" in capsys.readouterr().err
    assert sorted(path.name for path in WEIGHTS.iterdir()) == before


def test_it_takes_a_thread_at_least(codec: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        judge.main([str(WEIGHTS), "--codec", str(codec), "--threads", "0"])
    assert "at least" in capsys.readouterr().err
