"""Where something lies: an affine transform with the module's own sine. Knows nothing of what lies there."""

from dataclasses import dataclass

import numpy as np

from uncaged.engines.ink.hand.paths import tame, tamed
from uncaged.engines.ink.numbers import Array, cos, sin


@dataclass(frozen=True, slots=True)
class Place:
    """An affine transform: x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    @property
    def unit(self) -> float:
        """How long one local unit is, in the mean of both directions."""
        return tamed(float(np.sqrt(abs(self.a * self.d - self.b * self.c))), 0)

    def of(self, points: Array) -> Array:
        """Points (n, 2), placed."""
        x, y = points[..., 0], points[..., 1]
        out = np.empty(points.shape)
        out[..., 0] = x * self.a + y * self.c + self.e
        out[..., 1] = x * self.b + y * self.d + self.f
        return tame(out)

    def towards(self, direction: tuple[float, float]) -> tuple[float, float]:
        """A direction, turned and mirrored with everything else, in the length it has."""
        x, y = direction
        u = self.unit or 1.0
        return (x * self.a + y * self.c) / u, (x * self.b + y * self.d) / u

    def over(self, inner: "Place") -> "Place":
        """The place of what lies at `inner` in something that lies here."""
        return Place(
            self.a * inner.a + self.c * inner.b,
            self.b * inner.a + self.d * inner.b,
            self.a * inner.c + self.c * inner.d,
            self.b * inner.c + self.d * inner.d,
            self.a * inner.e + self.c * inner.f + self.e,
            self.b * inner.e + self.d * inner.f + self.f,
        )


def turned(radians: float) -> tuple[float, float]:
    """Cosine and sine of exactly unit length, from the module's own sine."""
    radians = tamed(radians, -1e6, 1e6)
    c, s = cos(radians), sin(radians)
    length = float(np.sqrt(c * c + s * s))
    return c / length, s / length
