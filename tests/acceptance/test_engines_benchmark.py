"""`benchmarks/engines.py`, once and small: both sides make a film from the same folder, and every figure is printed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from uncaged.engines.diffusion.ltx import twin
from uncaged.engines.pyramid.options import SUFFIX, PyramidOptions
from uncaged.engines.pyramid.shapes import MiniFlux
from uncaged.engines.pyramid.twin import TINY, whole
from uncaged.engines.pyramid.weights import Published
from uncaged.engines.pyramid.words import Words

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def run(script: str, *said: object) -> str:
    done = subprocess.run(
        [sys.executable, str(BENCHMARKS / script), *map(str, said)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_measures_both_sides_the_compiled_pipeline_and_a_limit() -> None:
    said = run(
        *("engines.py", "--quick", "--models", "ltx,pyramid-flow-sd3"),
        *("--compiled-peer", "--compiler", "eager"),
    )
    stock, limit = said.split("pyramid-flow-sd3: ")
    assert "ltx: " in stock and "25 frames of 256x256" in stock
    assert stock.count("  stock ") == stock.count("  compiled ") == 5
    assert stock.count("ratio") == 10 and "times faster" in stock
    assert "TFLOP/s, measured" in limit and limit.count("  limit ") == 3
    film = next(line for line in limit.splitlines() if "a film, warm" in line)
    assert float(film.rpartition("ratio ")[2]) > 1, "quicker than this machine multiplies"
    assert "times faster" not in limit, "there is no process of anybody else"


def test_the_stock_pipeline_goes_through_what_compiles_it(tmp_path: Path) -> None:
    twin(tmp_path)
    with pytest.raises(AssertionError, match="no_such_compiler"):
        run("engines_peer.py", tmp_path, "a bird", 9, 64, 64, 2, 1, 1, "no_such_compiler")


def test_the_limit_counts_what_a_film_asks(tmp_path: Path) -> None:
    """Against a count by hand: two for each number of a weight and each token that it meets, four for each pair of
    tokens of which one looks at the other and each number of a token."""
    whole(tmp_path)
    said = json.loads(
        run("engines_limit.py", tmp_path, "a bird", 9, 128, 64, 2, 1, "float32").splitlines()[-1]
    )
    words = Words(Published.of(tmp_path), torch.float32, "cpu")
    texts = [
        len(words.told(one)[0].tokens) for one in (PyramidOptions().negative, f"a bird{SUFFIX}")
    ]
    small = [2, 8, 32]  # tokens of a frame in each of the three sizes
    asked = [[one] for one in small] + [[one, one] for one in small]
    assert said["flop"] == 2 * sum(_by_hand(texts, frames) for frames in asked)
    assert said["all"] == pytest.approx((said["flop"] + said["coder"]) / said["rate"])
    assert said["step"] == pytest.approx(said["all"] / 12)


def _by_hand(texts: list[int], frames: list[int]) -> int:
    """FLOPs of one question of a tiny miniFLUX. texts: tokens of each. frames: tokens of each, the last is drawn."""
    net = TINY["miniflux"]
    assert isinstance(net, MiniFlux)
    wide, count, text, film, drawn = net.width, len(texts), max(texts), sum(frames), frames[-1]
    both = text + film
    once = (
        256 * wide + net.pooled_projection_dim * wide + 2 * wide * wide
    )  # the time and the text as a whole
    once += wide * wide * (net.num_layers * 12 + net.num_single_layers * 3 + 2)
    each = text * net.joint_attention_dim * wide + (film + drawn) * net.in_channels * wide
    each += net.num_layers * both * 12 * wide * wide
    each += (net.num_single_layers - 1) * both * 12 * wide * wide
    each += (
        both * 2 * wide * wide + drawn * 10 * wide * wide
    )  # the last block answers for what is drawn alone
    looks = 0
    for own in texts:
        sees = [own + sum(frames[: number + 1]) for number in range(len(frames))]
        asks = [own + frames[0], *frames[1:]]
        pairs = sum(one * other for one, other in zip(asks, sees, strict=True))
        looks += (net.num_layers + net.num_single_layers - 1) * pairs + drawn * sees[-1]
    return 2 * count * (once + each) + 4 * looks * wide
