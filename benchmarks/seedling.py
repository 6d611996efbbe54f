"""What Seedling costs: seconds per film, cold and warm, beside a tiny diffusers pipeline of equal size in the same run;
frames and clips trained per core-second; and which share of the machine's matrix rate, measured here too, that is.

python benchmarks/seedling.py [--weights FOLDER] [--films N] [--quick]

The peer needs diffusers, which nothing here depends on: python -m pip install diffusers transformers
Without the weights that come along, those of a random network of the real size are exported and said to be such: they
cost the same and draw nothing.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import numpy as np
import torch
from torch.utils.flop_counter import FlopCounterMode

from seedling_peer import Peer
from uncaged.core.machine import processor, threads_allowed
from uncaged.core.order import Frame, Order
from uncaged.engines.seedling.codec import Codec
from uncaged.engines.seedling.engine import WEIGHTS, Seedling
from uncaged.engines.seedling.grammar import SLOTS, WIDTH
from uncaged.engines.seedling.inking import Inker
from uncaged.engines.seedling.usual import STEPS
from uncaged.engines.seedling.weights import INDEX, Index
from uncaged.training.seedling.export import example, export
from uncaged.training.seedling.feeding import Feed
from uncaged.training.seedling.network import FRAMES, UNet, built
from uncaged.training.seedling.objective import loss
from uncaged.training.seedling.opening import DTYPES, faster
from uncaged.training.seedling.recipe import Recipe
from uncaged.training.seedling.saying import SlotSize
from uncaged.training.seedling.weights import Weights, mean_share

SENTENCE = "a red fish rises"
CONDITIONS = 2
"""Questions in each of a film's steps."""

COLD = """
import sys
from pathlib import Path
from uncaged.engines.seedling.engine import Seedling
frames = list(Seedling(Path(sys.argv[1])).perform(sys.argv[2], seed=3))
assert len(frames) == 48
"""

PEER_COLD = f"""
import sys
sys.path.append(sys.argv[1])
import torch
torch.set_num_threads(int(sys.argv[3]))
from seedling_peer import Peer
Peer(int(sys.argv[2]), {STEPS}).film()
"""


def main() -> None:
    """All of it, one line each."""
    parser = argparse.ArgumentParser(description="What Seedling costs.")
    parser.add_argument("--weights", type=Path, help="a model's folder (the one that comes along)")
    parser.add_argument("--films", type=int, default=5, help="warm films (5)")
    parser.add_argument("--steps", type=int, default=8, help="steps of learning (8)")
    parser.add_argument("--quick", action="store_true", help="one of each: whether it works")
    asked = parser.parse_args()
    films, steps = (1, 1) if asked.quick else (asked.films, asked.steps)
    threads = threads_allowed()
    print(
        f"{processor()}, {threads} threads; torch {torch.__version__}, onnxruntime {version('onnxruntime')}"
    )
    net = network()
    count = sum(one.numel() for one in net.parameters())
    rates = matrix_rates(0.2 if asked.quick else 1.0)
    with tempfile.TemporaryDirectory() as folder:
        weights = asked.weights or (WEIGHTS if (WEIGHTS / INDEX).is_file() else None)
        if weights is None:
            weights = Path(folder)
            export(weights, net, Codec.shipped(), {})
            print(
                f"weights: of a random network of the real size ({count:,} numbers); it draws nothing"
            )
        else:
            print(f"weights: {weights}")
        performing(net, weights, films, threads, rates["fp32"])
    peer(count, films, threads)
    learning(steps, rates)


def network() -> UNet:
    """A network of the size that comes along, of random weights."""
    torch.manual_seed(0)
    return built("s", [SlotSize(slot.name, len(slot.values)) for slot in SLOTS])


def matrix_rates(seconds: float) -> dict[str, float]:
    """Multiplications and additions a second of one thread, the faster of a matrix product and a convolution."""
    torch.set_num_threads(1)
    found: dict[str, float] = {}
    for name, dtype in DTYPES.items():
        a = torch.randn(1024, 1024).to(dtype)
        x = torch.randn(16, 64, 16, 16).to(dtype=dtype, memory_format=torch.channels_last)
        w = torch.randn(64, 64, 3, 3).to(dtype=dtype, memory_format=torch.channels_last)
        product = often(lambda a=a: a @ a, seconds)
        conv = often(lambda x=x, w=w: torch.nn.functional.conv2d(x, w, padding=1), seconds)
        rates = (2 * 1024**3 / product, 2 * 16 * 256 * 64 * 64 * 9 / conv)
        found[name] = max(rates)
        print(
            f"matrix rate, one thread, {name}: product {rates[0] / 1e9:.0f} Gflop/s, "
            f"3×3 convolution {rates[1] / 1e9:.0f} Gflop/s"
        )
    return found


def often(do: Callable[[], object], seconds: float) -> float:
    """The shortest that something takes, in seconds, of as often as fits."""
    do()
    best, ends = float("inf"), time.perf_counter() + seconds
    while time.perf_counter() < ends:
        began = time.perf_counter()
        do()
        best = min(best, time.perf_counter() - began)
    return best


def performing(net: UNet, weights: Path, films: int, threads: int, rate: float) -> None:
    """Films by onnxruntime: in a process of their own, and in one that has drawn before."""
    cold = [timed(lambda: process(COLD, str(weights), SENTENCE)) for _ in range(min(films, 3))]
    seedling = Seedling(weights)
    opened = seedling.open({})

    def film(side: int) -> None:
        score = seedling.score(SENTENCE, seed=3, size=(side, side))
        order = Order("r_" + "a" * 12, 0, score, {}, quiet=True)
        assert sum(isinstance(event, Frame) for event in opened.perform(order)) == 48

    film(256)
    warm = median(timed(lambda: film(256)) for _ in range(films))
    film(512)
    large = median(timed(lambda: film(512)) for _ in range(min(films, 3)))
    inker = Inker(Index.of(weights), 256, threads)
    small = np.zeros((16, 64, 64, 3), np.float32)
    inker.ink(small)
    inking = median(timed(lambda: inker.ink(small)) for _ in range(films))
    drawing = max(1e-9, warm - inking)
    flops = STEPS * CONDITIONS * (flops_of(net, 1) + flops_of(net, FRAMES))
    print(f"film of 48 frames, 256×256, cold: {median(cold):.2f} s (a new process, from Python)")
    print(
        f"film of 48 frames, 256×256, warm: {warm:.2f} s, of it {inking:.2f} s inking; 512×512: {large:.2f} s"
    )
    print(f"  drawing it: {flops / 1e9:.0f} Gflop in {drawing:.2f} s, {100 * flops / drawing / threads / rate:.0f} % "
          f"of the fp32 matrix rate of {threads} threads")  # fmt: skip
    if weights == WEIGHTS:
        command = [
            sys.executable,
            "-m",
            "uncaged",
            "make",
            SENTENCE,
            "--model",
            "seedling",
            "--seed",
            "3",
        ]
        with tempfile.TemporaryDirectory() as home:
            own = os.environ | {"UNCAGED_HOME": home}
            print(f"  uncaged make, cold, an empty home: {timed(lambda: run(command, own)):.2f} s")


def flops_of(net: UNet, frames: int) -> int:
    """Multiplications and additions of one question."""
    given = example(frames)
    with torch.no_grad(), FlopCounterMode(display=False) as counter:
        net(
            given["x"].flatten(0, 1),
            given["t"].flatten(),
            given["labels"],
            given["tau"].flatten(),
            frames,
        )
    return counter.get_total_flops()


def peer(count: int, films: int, threads: int) -> None:
    """The same latents by parts of diffusers, with as many numbers."""
    if find_spec("diffusers") is None:
        print("peer: diffusers is not installed here, so nothing stands beside it.")
        print("  python -m pip install diffusers transformers")
        return
    torch.set_num_threads(threads)
    one = Peer(count, STEPS)
    one.film()
    warm = median(timed(one.film) for _ in range(films))
    cold = median(
        timed(lambda: process(PEER_COLD, str(Path(__file__).parent), str(count), str(threads)))
        for _ in range(min(films, 3))
    )
    print(f"peer: diffusers {version('diffusers')}: UNet3DConditionModel of {one.count:,} numbers,")
    print(f"  DDIM, {STEPS} steps with guidance, the same latents, AutoencoderTiny; random weights")
    print(
        f"  film of {FRAMES} frames, 64×64, cold: {cold:.2f} s; warm: {warm:.2f} s (nothing inks it)"
    )


def learning(steps: int, rates: dict[str, float]) -> None:
    """Steps of the trainer's own parts on latents by lot, one thread."""
    torch.set_num_threads(1)
    name = faster("cpu")
    recipe = Recipe(size="s")
    dice = np.random.default_rng(0)
    latents = dice.standard_normal((64, FRAMES, 16, 16, 32)).astype(np.float16)
    labels = np.zeros((64, WIDTH), np.float32)
    for slot in SLOTS[:5]:
        labels[np.arange(64), slot.offset + dice.integers(0, len(slot.values), 64)] = 1
    feed, pixels = Feed(latents, labels, recipe), torch.ones(32)
    weights = Weights(network(), dtype=DTYPES[name], device="cpu", decay=recipe.weight_decay)

    def step(number: int, clips: bool) -> None:
        batch = feed.batch((0, 0, number), clips=clips)
        loss(weights.net, batch, recipe, pixels).whole.backward()
        weights.gather(recipe.clip_norm)
        weights.step(1e-4, films=clips)
        weights.follow(mean_share(recipe.ema_window, number))

    for what, clips, size in (
        ("frames", False, recipe.frames_a_step),
        ("clips", True, recipe.clips_a_step),
    ):
        step(0, clips)
        with FlopCounterMode(display=False) as counter:
            step(1, clips)
        began = time.process_time()
        for number in range(steps):
            step(number + 2, clips)
        each = (time.process_time() - began) / steps
        share = counter.get_total_flops() / each / rates[name]
        print(f"learning, {name}, one thread: {size / each:.1f} {what} per core-second, "
              f"{100 * share:.0f} % of the {name} matrix rate")  # fmt: skip


def timed(do: Callable[[], Any]) -> float:
    """Seconds that something takes."""
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def process(code: str, *words: str) -> None:
    """Python of its own; raises where it fails."""
    run([sys.executable, "-c", code, *words], dict(os.environ))


def run(command: list[str], environment: dict[str, str]) -> None:
    """A command to its end; raises where it fails."""
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)


if __name__ == "__main__":
    main()
