"""What a stream of examples costs: pictures per CPU-second in the plain style against the engine's own, same scenes.

    python benchmarks/ink_data.py
    python benchmarks/ink_data.py --side 128 --frames 8

Scene for scene in one run, one after the other, with words, composition, boxes and captions in it. Machines differ and
are busy: read the ratio.
"""

import argparse
import time
from collections.abc import Callable
from itertools import islice

from uncaged.engines.ink.data import Example, example, examples

WARM = 6
"""Examples that are drawn before the clock runs."""


def spent(work: Callable[[], object]) -> float:
    """CPU-seconds of this process for a piece of work."""
    began = time.process_time()
    work()
    return time.process_time() - began


def main() -> None:
    """A table of two lines and a ratio."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--side", type=int, default=64)
    parser.add_argument("--frames", type=int, default=1)
    parser.add_argument("--count", type=int, default=200)
    given = parser.parse_args()

    def drawn(number: int, plain: bool) -> Example:
        return example(1, number, side=given.side, frames=given.frames, plain=plain)

    for plain in (True, False):
        list(islice(examples(1, side=given.side, plain=plain), WARM))
    took = {True: 0.0, False: 0.0}
    for number in range(given.count):
        for plain in (True, False):
            took[plain] += spent(lambda n=number, p=plain: drawn(n, p))
    pictures = given.count * given.frames
    print(f"{pictures} pictures of {given.side} px, {given.frames} of each scene")
    for plain, name in ((True, "plain style"), (False, "the engine's own")):
        print(f"  {name:<18} {pictures / took[plain]:7.1f} pictures per CPU-second")
    print(f"  plain against own  {took[False] / took[True]:7.2f} times as many")


if __name__ == "__main__":
    main()
