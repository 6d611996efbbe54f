"""The noise a film begins from, as genes of a position: how much of the noise of each seed there is, and how warm.

``noise.SEED`` is an amount, any real number; amounts are proportions and are brought back to one common size, so that a
way between two noises is noise too. ``temperature`` scales it. Knows no model.
"""

import math
import random
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

from uncaged.core import genome as genomes
from uncaged.core.genome import Genome
from uncaged.core.score import MAX_SEED

if TYPE_CHECKING:  # whoever only moves about among positions needs no numpy
    import numpy as np
    from numpy.typing import NDArray

Floats: TypeAlias = "NDArray[np.float32]"

NOISE: Final = re.compile(r"noise\.(0|[1-9][0-9]{0,15})")
"""The gene of a seed's noise."""

FARTHEST: Final = 1e30
"""So hot is noise at the most: its numbers, and what a network makes of them, must still be numbers."""


def drawn(seed: int | Sequence[int], shape: Sequence[int]) -> Floats:
    """The noise of a seed, or of several together: normal numbers from PCG64, the same on every device. More along the
    first axis leaves the first as they were."""
    import numpy as np

    return np.random.Generator(np.random.PCG64(seed)).standard_normal(tuple(shape), np.float32)


def begun(genome: Genome, seed: int) -> Genome:
    """The genome with noise: that of `seed` where it names none."""
    if any(NOISE.fullmatch(name) for name in genome.genes):
        return genome
    return genome.evolve({f"noise.{seed}": 1.0})


def renewed(genome: Genome) -> Genome:
    """The same place without its noise: it begins from that of whatever seed it is asked with."""
    kept = {name: value for name, value in genome.genes.items() if not NOISE.fullmatch(name)}
    return Genome(genome.model, kept, genome.seeds)


def mixed(genome: Genome, shape: Sequence[int], seed: int, warmth: float = 1.0) -> Floats:
    """The noise that a genome begins from; that of `seed` where it names none. warmth: the temperature where it does
    not say one."""
    return blended(genome, seed, lambda own: drawn(own, shape), warmth)


def blended(
    genome: Genome, seed: int, noise_of: Callable[[int], Floats], warmth: float = 1.0
) -> Floats:
    """`mixed` of the noises that each seed stands for: all of one shape, the same whenever they are asked for."""
    import numpy as np

    amounts = {
        int(found[1]): genome.genes[name]
        for name in sorted(genome.genes)
        if (found := NOISE.fullmatch(name)) and genome.genes[name] != 0
    } or {seed: 1.0}
    whole = math.hypot(*(_near(amount) for amount in amounts.values()))
    noise = np.zeros((), np.float32)
    for own, amount in amounts.items():
        noise = noise + noise_of(own) * np.float32(_near(amount) / whole)
    hot = genome.genes.get("temperature", warmth)
    return noise * np.float32(max(-FARTHEST, min(FARTHEST, hot)))


def varied(genome: Genome, amount: float, seed: int) -> Genome:
    """So much of another noise, by lot: √|1 − s²|·z + s·ε, any real s."""
    old = {name: number for name, number in genome.genes.items() if NOISE.fullmatch(name)}
    kept = math.sqrt(abs(1 - amount * amount)) if abs(amount) < 1e150 else abs(amount)
    genes = {name: finite(number * kept) for name, number in old.items()}
    fresh = f"noise.{random.Random(f'variation/{seed}').randrange(MAX_SEED)}"
    return genome.evolve(genes | {fresh: finite(amount + genes.get(fresh, 0.0))})


def between(one: Genome, other: Genome, at: float, neutral: Mapping[str, float]) -> Genome:
    """The point `at` of the way; the noise goes along the great circle, so that it stays as large. Ends are ends."""
    way = genomes.between(one, other, at, neutral)
    names = sorted(name for name in way.genes if NOISE.fullmatch(name))
    ends = [[end.genes.get(name, 0.0) for name in names] for end in (one, other)]
    sizes = [math.hypot(*end) for end in ends]
    if at in (0, 1) or min(sizes, default=0.0) == 0 or not math.isfinite(max(sizes)):
        return way
    a, b = ([number / size for number in end] for end, size in zip(ends, sizes, strict=True))
    angle = math.acos(max(-1.0, min(1.0, math.fsum(x * y for x, y in zip(a, b, strict=True)))))
    if math.sin(angle) < 1e-6:
        return way
    near, far = (math.sin(share * angle) / math.sin(angle) for share in (1 - at, at))
    point = [near * x + far * y for x, y in zip(a, b, strict=True)]
    return way.evolve(dict(zip(names, point, strict=True)))


def finite(value: float) -> float:
    """Beyond the largest number lies the largest number."""
    return max(-1.7e308, min(1.7e308, value))


def _near(amount: float) -> float:
    """Amounts are proportions: a square of theirs must be a number."""
    return max(-1e150, min(1e150, amount))
