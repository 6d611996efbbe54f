"""Motions that stay in their place, and those that go up and down: what a body does at a moment, per motion.

A gesture is a pose whose x and y are distances from the actor's own place. Knows no camera and no pixels. All rates
are whole numbers per film; in a film without a seam what changes comes back.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from uncaged.engines.ink.amounts import pace
from uncaged.engines.ink.numbers import PI, TAU, ease, ease_in, ease_out, lerp, over, settle, sin
from uncaged.engines.ink.space import STANDS
from uncaged.engines.ink.stage import Actor, Pose, Stage

_FALL = 4.5
"""A single fall through the air fills so many seconds; what lands may rest twice as long."""


@dataclass(frozen=True, slots=True)
class Beat:
    """A moment as gestures see it. t: 0 … 1 over the film."""

    stage: Stage
    t: float

    @property
    def seconds(self) -> float:
        """The film's length at its tempo."""
        return max(self.stage.film.seconds * pace(self.stage.scene.dials.tempo), 0.01)

    @property
    def height(self) -> float:
        """The frame's height."""
        return self.stage.film.down

    def rate(self, hertz: float) -> int:
        """How often something happens in the film that happens `hertz` times a second: whole, at least once."""
        return max(1, int(hertz * self.seconds + 0.5))

    @property
    def once(self) -> float:
        """What happens once: `t`, or there and back where no seam is wanted."""
        return there(self.stage.film.loop, self.t)


Gesture: TypeAlias = Callable[[Actor, Beat], Pose]


def there(loop: bool, t: float) -> float:
    """`t` as it is, or with `loop` to 1 in the middle and back to 0 at the end."""
    if not loop:
        return t
    return min(1.0, 1.08 * (1 - abs(2 * t - 1)))


def _still(_a: Actor, _b: Beat) -> Pose:
    return Pose(0.0, 0.0)


def _dance(a: Actor, b: Beat) -> Pose:
    """A dancer wanders while the limbs dance; anything else rocks, stretches and hops."""
    if "dancing" in a.kind.traits:
        reach = min(0.06, 0.09 * a.size) * (-1 if a.flip else 1)  # a pair comes and goes as one
        return Pose(reach * sin(TAU * b.t * b.rate(0.33)), 0.0, act="dance")
    q = TAU * (b.t * b.rate(1.0) + a.phase)
    sy = 1 + 0.06 * sin(2 * q)
    hop = 0.05 * abs(sin(q)) * a.size
    return Pose(0.05 * sin(q), -hop, 0.13 * sin(q), 1 / sy, sy, act="walk", lift=hop, stride=0.5)


def _rise(a: Actor, b: Beat) -> Pose:
    """Up, slower towards its place; what hangs in the sky comes from below the horizon."""
    low = 0.22 * b.height
    if a.domain == "sky":
        low = max(0.32 * b.height, b.stage.ground.horizon - a.y + 0.2 * a.size)
    q = over(b.once, 0.05, 0.95)
    dy = lerp(low, -0.06, ease(q) if b.stage.film.loop else ease_out(q))
    return Pose(0.0, dy, lift=max(0.0, -dy))


def _sink(a: Actor, b: Beat) -> Pose:
    e = ease(b.once)
    low = 0.2 * b.height
    if a.domain == "sky":
        low = max(0.34 * b.height, b.stage.ground.horizon - a.y + 0.2 * a.size)
    dy = lerp(-0.1, low, e)
    return Pose(0.0, dy, 0.0 if a.domain == "sky" else 0.1 * e, lift=max(0.0, -dy))


def _fall(a: Actor, b: Beat) -> Pose:
    """Down, swinging, once; in a long film, and where no seam is wanted, again and again."""
    loop = b.stage.film.loop
    if a.domain in STANDS:
        return _dropping(a, b) if loop or b.seconds > 2 * _FALL else _landing(a, b)
    if loop or b.seconds > _FALL:
        return _falling(a, b)
    dy = lerp(-0.35, 0.25, b.t * (b.t * 0.6 + 0.4)) * b.height
    q = TAU * b.t * 1.5
    return Pose(0.1 * sin(q), dy, 0.5 * sin(q + TAU * 0.2))


def _landing(a: Actor, b: Beat) -> Pose:
    """Falls to its place, is squeezed and comes to rest."""
    t, high, hit = b.t, a.y + 0.1, min(0.6, 1.6 / b.seconds)
    q = over(t, 0.0, hit)
    again = over(t, hit, 1.35 * hit)
    up = high * (1 - ease_in(q)) if q < 1 else 0.07 * high * 4 * again * (1 - again)
    sy = 1 - 0.2 * sin(PI * over(t, 0.97 * hit, 1.12 * hit))
    return Pose(0.0, -up, 0.25 * (1 - q) * sin(TAU * t), 1 / sy, sy, lift=up)


def _dropping(a: Actor, b: Beat) -> Pose:
    """Rests, is lifted slowly out of the frame, and drops again."""
    u = (b.t * b.rate(0.14) + a.phase) % 1.0
    high = a.y + 0.1
    if u < 0.4:
        squeezed = 0.2 * sin(PI * over(u, 0.0, 0.05)) + 0.06 * sin(PI * over(u, 0.05, 0.1))
        return Pose(0.0, 0.0, 0.0, 1 / (1 - squeezed), 1 - squeezed)
    up = ease(over(u, 0.4, 0.78)) * (1 - ease_in(over(u, 0.78, 1.0)))
    return Pose(0.0, -up * high, 0.1 * sin(TAU * u) * up, lift=up * high)


def _falling(a: Actor, b: Beat) -> Pose:
    """Through the frame and in again above."""
    edge = 0.6 * a.size + 0.05
    lap = b.height + 2 * edge
    times = b.rate(0.24)
    begin = a.y + edge
    fallen = (begin + (b.t * times + a.phase) * lap) % lap
    q = TAU * (b.t * times + a.phase)
    return Pose(0.08 * sin(q), fallen - begin, 0.4 * sin(q + TAU * 0.2), lift=1.0)


def _grow(a: Actor, b: Beat) -> Pose:
    """Plants by their age, all else by size, a little past it and back."""
    if a.kind.plant:
        return Pose(0.0, 0.0, grow=over(b.once, 0.0, 0.9))
    grown = over(b.once, 0.0, 0.9)
    k = max(0.05, settle(grown, 0.08))
    return Pose(0.0, 0.0, 0.0, k, k, grow=ease(grown))


def _unfold(a: Actor, b: Beat) -> Pose:
    grow = over(b.once, 0.0, 0.88)
    if a.kind.plant:
        return Pose(0.0, 0.0, grow=grow)
    across = max(0.04, settle(over(b.once, 0.0, 0.8), 0.12))
    up = 0.3 + 0.7 * ease_out(over(b.once, 0.0, 0.6))
    return Pose(0.0, 0.0, 0.0, across, up, grow=grow)


def _shrink(_a: Actor, b: Beat) -> Pose:
    k = 1 - 0.72 * ease(over(b.once, 0.05, 0.95)) + 0.06 * sin(PI * over(b.once, 0.0, 0.2))
    return Pose(0.0, 0.0, 0.0, k, k)


def _sway(a: Actor, b: Beat) -> Pose:
    """Plants sway by themselves; the rest leans to and fro."""
    if a.kind.plant:
        return Pose(0.0, 0.0)
    return Pose(0.0, 0.0, 0.12 * sin(TAU * (b.t * b.rate(0.5) + a.phase)))


def _spin(a: Actor, b: Beat) -> Pose:
    """What is round turns by itself; the rest turns about its middle, a single turn slower at both ends."""
    if a.kind.motion == "spin" or "rayed" in a.kind.traits:
        return Pose(0.0, 0.0, act="spin")
    times = b.rate(0.35)
    turn = lerp(b.t, ease(b.t), 0.4) if times == 1 else b.t * times
    stands = a.domain not in ("air", "sky")
    way = -TAU if a.flip else TAU
    return Pose(0.0, 0.0, way * turn, act="spin", pivot=0.5 * a.size if stands else 0.0)


def _bounce(a: Actor, b: Beat) -> Pose:
    """Squash, parabola, stretch where it is fast; the volume stays. Half the frame high, as far as there is room."""
    q = (b.t * b.rate(0.8) + a.phase) % 1
    air = over(q, 0.16, 0.94)
    room = a.y - 1.06 * a.size if a.domain in STANDS else a.y - 0.6 * a.size
    high = max(0.12 * b.height, min(0.5 * b.height, room))
    soft = (
        min(1.0, 0.35 / max(a.size, 0.05)) if a.kind.faces else 1.0
    )  # who has bones is not squeezed flat
    up = high * 4 * air * (1 - air)
    if q < 0.16:
        sy = 1 - 0.28 * soft * sin(PI * q / 0.16)
    elif q > 0.94:
        sy = 1 - 0.14 * soft * sin(PI * (q - 0.94) / 0.06)
    else:
        sy = 1 + 0.16 * soft * abs(1 - 2 * air) * min(1.0, 8 * air * (1 - air))
    return Pose(0.0, -up, 0.0, 1 / sy, sy, lift=up)


def _pulse(a: Actor, b: Beat) -> Pose:
    k = sin(TAU * (b.t * b.rate(1.0) + a.phase))
    k = 1 + 0.10 * k * (1 if k > 0 else 0.5)
    return Pose(0.0, 0.0, 0.0, k, k)


def _melt(_a: Actor, b: Beat) -> Pose:
    q = ease(over(b.once, 0.1, 1.0))
    return Pose(0.0, 0.0, 0.06 * sin(TAU * b.t) * q, 1 + 0.45 * q, 1 - 0.62 * q)


def _draw(_a: Actor, b: Beat) -> Pose:
    return Pose(0.0, 0.0, reveal=over(b.once, 0.12, 0.95))


def _burn(a: Actor, b: Beat) -> Pose:
    """Flickers; what is no fire itself trembles in its heat."""
    if a.kind.lights:
        return Pose(0.0, 0.0)
    k = 0.03 * sin(TAU * (b.t * b.rate(3.0) + a.phase)) + 0.02 * sin(TAU * b.t * b.rate(5.0))
    return Pose(0.0, 0.0, 0.5 * k, 1 - k, 1 + k)


GESTURES: Mapping[str, Gesture] = {
    "still": _still,
    "dance": _dance,
    "rise": _rise,
    "sink": _sink,
    "fall": _fall,
    "grow": _grow,
    "unfold": _unfold,
    "shrink": _shrink,
    "sway": _sway,
    "spin": _spin,
    "bounce": _bounce,
    "pulse": _pulse,
    "melt": _melt,
    "draw": _draw,
    "flow": _still,
    "burn": _burn,
}
"""What a body does in its place, by motion; those that go somewhere are in `motion`."""
