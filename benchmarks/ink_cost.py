"""How well `Engine.cost` of `ink` goes with what a film takes: ms a frame, and ms for each million pixels it costs.

python benchmarks/ink_cost.py
"""

import time
from statistics import median
from typing import Any

from uncaged.engines.registry import engine

SENTENCES = (
    "a fox",
    "ten foxes",
    "forty foxes",
    "ten people",
    "forty people",
    "forty trees",
    "forty lanterns",
)
SIZES = (128, 512, 1024)


def main() -> None:
    """Each sentence at each size, one second at twelve frames; then how far costs and pixels lie apart from times."""
    ink = engine("ink")
    sum(1 for _ in ink.perform(ink.score("a bird", seconds=1.0)))  # so that everything is loaded
    by_cost, by_pixels = list[float](), list[float]()
    for text in SENTENCES:
        for side in SIZES:
            given: dict[str, Any] = {"seconds": 1.0, "fps": 12, "size": (side, side), "seed": 5}
            score = ink.score(text, **given)
            began = time.perf_counter()
            frames = sum(1 for _ in ink.perform(score))
            took = (time.perf_counter() - began) * 1000
            by_cost.append(took / ink.cost(score))
            by_pixels.append(took / score.pixels)
            print(
                f"{text:16} {side:5} px  {took / frames:7.1f} ms a frame  {by_cost[-1]:7.0f} ms for each of its cost"
            )
    for name, ratios in (("cost", by_cost), ("pixels", by_pixels)):
        off = sorted(max(one / median(ratios), median(ratios) / one) for one in ratios)
        print(
            f"by {name:6}: half of them within x{off[len(off) // 2]:.1f}, all within x{off[-1]:.1f}"
        )


if __name__ == "__main__":
    main()
