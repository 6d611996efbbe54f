"""What `ink` costs: frames per CPU-second, memory, where the time goes; a cold `uncaged make` beside an import.

    python benchmarks/ink.py
    python benchmarks/ink.py --prototype DIR      the prototype it was rewritten from, in the same run, scene by scene
    python benchmarks/ink.py --torch PYTHON       a Python with torch and diffusers, to time their import beside

Machines differ and are busy: read ratios, not seconds. All times are CPU-seconds of the process and its children.
"""

import argparse
import cProfile
import os
import pstats
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

SCENES = (
    "two yellow birds over a blue hill at dusk",
    "a red fish under the sea",
    "a dancer in a room",
    "a person walking in a village in the rain",
    "three palms in the desert at noon",
    "a portrait of a woman with a green scarf",
    "a boat on the sea at night under the moon",
    "nine birds over the hills",
    "two people in a botanical garden",
    "an elephant and a bird, ink on paper",
)
FRAMES = 48
SIZES = (128, 256, 512, 1024)

Film = Callable[[str, int, float], Callable[[int], object]]
"""sentence, size, poses a second → a function that draws frame i; calling it is the set-up."""


def ours(text: str, size: int, poses: float) -> Callable[[int], object]:
    """The engine as it performs, without encoding."""
    from uncaged.core.order import Order
    from uncaged.engines.ink import engine as ink
    from uncaged.engines.registry import engine

    score = engine("ink").score(text, size=(size, size), seconds=2, options={"poses": poses})
    return ink.moving_of(score, ink.reading_of(Order("", 0, score)).scene).frame


def prototype(folder: Path) -> Film:
    """The trial program in `folder`, unchanged."""
    sys.path.insert(0, str(folder))
    import film  # pyright: ignore[reportMissingImports]

    def made(text: str, size: int, poses: float) -> Callable[[int], object]:
        return film.Film(text, 1, size=size, twos=poses <= 12).frame

    return made


def per_cpu_second(film: Film, text: str, size: int, poses: float) -> float:
    """Frames per CPU-second of one scene, set-up left out."""
    draw = film(text, size, poses)
    began = time.process_time()
    for i in range(FRAMES):
        draw(i)
    return FRAMES / (time.process_time() - began)


def speeds(films: dict[str, Film], sizes: tuple[int, ...]) -> None:
    """A table: mean and slowest scene, on twos and on ones, each program beside the other scene by scene."""
    print("frames per CPU-second, mean (slowest) of 10 scenes")
    print(
        f"{'size':>6}  {'poses':>5}  "
        + "  ".join(f"{name:>16}" for name in films)
        + "   ratio of means"
    )
    for poses in (12.0, 24.0):
        for size in sizes:
            rates: dict[str, list[float]] = defaultdict(list)
            for text in SCENES:
                for name, film in films.items():
                    rates[name].append(per_cpu_second(film, text, size, poses))
            cells = [f"{statistics.mean(r):>8.0f} ({min(r):>5.0f})" for r in rates.values()]
            means = [statistics.mean(r) for r in rates.values()]
            ratio = f"{means[0] / means[1]:.2f}" if len(means) > 1 else ""
            print(
                f"{size:>6}  {'twos' if poses == 12 else 'ones':>5}  "
                + "  ".join(f"{c:>16}" for c in cells)
                + f"   {ratio}"
            )


def first_frame(sizes: tuple[int, ...]) -> None:
    """From the sentence to the first frame: words, composition, still layers. The slowest scene counts."""
    print("\nmilliseconds of CPU from the sentence to the first frame, mean (slowest)")
    for size in sizes:
        spent: list[float] = []
        for text in SCENES:
            began = time.process_time()
            ours(text, size, 12.0)(0)
            spent.append(1000 * (time.process_time() - began))
        print(f"{size:>6}  {statistics.mean(spent):6.0f} ({max(spent):.0f})")


PLOTS = (
    ("two birds over a hill", {}),
    ("a hundred hedgehogs in the forest, pen and ink", {}),
    ("a hundred foxes, a hundred people, a hundred birds", dict.fromkeys(("repetition", "fragments", "memory"), 1e6)),
)  # fmt: skip


def plots() -> None:
    """A frame as SVG for a plotter: plain, full, and everything far out."""
    from uncaged.core.order import Order
    from uncaged.engines.ink.engine import InkPerformance
    from uncaged.engines.registry import engine

    ink = InkPerformance()
    print("\nCPU-seconds of a frame as SVG, and its size")
    for text, dials in PLOTS:
        score = engine("ink").score(text, size=(512, 512), seconds=2, seed=1, options=dials)
        began = time.process_time()
        drawn = ink.strokes(Order("", 0, score), 0.8)
        spent = time.process_time() - began
        print(f"{spent:6.1f}  {len(drawn) // 1000:>5} kB  {text}{' (far out)' if dials else ''}")


def shares(size: int = 512) -> None:
    """Where the time goes, by room of the engine."""
    profile = cProfile.Profile()
    profile.enable()
    for text in SCENES:
        draw = ours(text, size, 12.0)
        for i in range(FRAMES):
            draw(i)
    profile.disable()
    rooms: dict[str, float] = defaultdict(float)
    for (file, _, _), (_, _, own, _, callers) in pstats.Stats(profile).stats.items():  # pyright: ignore
        room = room_of(file)
        if room:
            rooms[room] += own
            continue
        whole = sum(caller[2] for caller in callers.values()) or 1.0
        for (from_file, _, _), caller in callers.items():  # what a library did, it did for somebody
            rooms[room_of(from_file) or "libraries"] += own * caller[2] / whole
    total = sum(rooms.values())
    print(
        f"\nwhere the time goes at {size} px (profiled, so small functions weigh more than they do)"
    )
    for room, spent in sorted(rooms.items(), key=lambda item: -item[1]):
        print(f"{room:>12}  {spent / total:5.0%}")


def room_of(file: str) -> str:
    """The room of the engine that a source file belongs to; "" outside of it."""
    _, found, rest = file.replace("\\", "/").partition("/engines/ink/")
    return rest.split("/")[0].removesuffix(".py") if found else ""


def memory(sizes: tuple[int, ...]) -> None:
    """Peak memory of a process that performs one film of 2 s, per size."""
    print("\npeak memory of a process that draws one film of 2 s")
    code = (
        "import sys, resource; sys.path.insert(0, 'benchmarks'); from ink import ours\n"
        "draw = ours('nine birds over the hills', int(sys.argv[1]), 12.0)\n"
        "[draw(i) for i in range(48)]\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    for size in sizes:
        done = subprocess.run(
            [sys.executable, "-c", code, str(size)], capture_output=True, text=True, check=True
        )
        print(f"{size:>6}  {int(done.stdout):>5} MB")


def cpu_of(command: list[str], environment: dict[str, str] | None = None) -> tuple[float, float]:
    """CPU-seconds and wall-seconds of a command and everything it starts: the least of three."""
    found: list[tuple[float, float]] = []
    for _ in range(3):
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        subprocess.run(command, env=environment, capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        found.append((cpu, time.monotonic() - began))
    return min(found)


def cold(torch: str | None) -> None:
    """A cold `uncaged make` beside importing torch, diffusers and one pipeline class."""
    print("\ncold commands: CPU-seconds (wall-seconds), the least of three")
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"UNCAGED_HOME": home}
        uncaged = [sys.executable, "-m", "uncaged"]
        small = cpu_of(
            [*uncaged, "make", SCENES[0], "--size", "256x256", "--seconds", "2", "--seed", "1"],
            environment,
        )
        print(f"  uncaged make, 256x256, 2 s                  {small[0]:6.2f} ({small[1]:.2f})")
        default = cpu_of([*uncaged, "make", SCENES[0], "--seed", "1"], environment)
        print(f"  uncaged make, default (512x512, 6 s)        {default[0]:6.2f} ({default[1]:.2f})")
        helped = cpu_of([*uncaged, "--help"], environment)
        print(f"  uncaged --help                              {helped[0]:6.2f} ({helped[1]:.2f})")
    if torch is None:
        print(
            "  left out: the import of torch and diffusers (name a Python that has them with --torch)"
        )
        return
    peer = cpu_of([torch, "-c", "import torch; from diffusers import CogVideoXPipeline"])
    print(f"  import torch, diffusers, one pipeline class {peer[0]:6.2f} ({peer[1]:.2f})")
    print(f"  make, 256x256, 2 s, as a share of that import: {small[0] / peer[0]:.2f}")


def main() -> None:
    """Everything, or with --quick the two smaller sizes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--prototype", type=Path)
    parser.add_argument("--torch")
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    sizes = SIZES[:2] if given.quick else SIZES
    films: dict[str, Film] = {"ink": ours}
    if given.prototype:
        films["prototype"] = prototype(given.prototype)
    speeds(films, sizes)
    first_frame(sizes)
    plots()
    shares()
    memory(sizes)
    cold(given.torch)


if __name__ == "__main__":
    main()
