"""Light that falls on things: who shines, where bodies near by have their shadow side, how warm the other one is.

Found once per stage, from where everybody is at rest. Knows no pixels; the hand draws what stands in the manners.
"""

from dataclasses import dataclass, replace
from math import sqrt

import numpy as np

from uncaged.engines.ink.colour import Colour, mix
from uncaged.engines.ink.curves import circle
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.hand.lines import LIGHT
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Stream, clamp, sin
from uncaged.engines.ink.schemes import PLACES
from uncaged.engines.ink.settings import settings
from uncaged.engines.ink.space import STANDS
from uncaged.engines.ink.stage import Actor, Stage

GLOWING = frozenset({"fire", "light"})
"""Materials that shine by day and by night."""

MOST = 12
"""Lights of a scene that are felt; the largest."""

_ON_LAND = STANDS - {"water"}
_RINGS = ((1.0, 12), (0.72, 15), (0.48, 19), (0.28, 25))
"""Radii of a pool of light, as shares of its reach, and their alphas."""

_GLITTER = 16


@dataclass(frozen=True, slots=True)
class Light:
    """Where it shines from, in shorter sides. reach: how far; 0 = everywhere alike. colour: of its light."""

    key: str
    x: float
    y: float
    reach: float
    colour: Colour


def shines(stage: Stage, actor: Actor) -> bool:
    """Whether a body is a light: sun and moon, what burns, and at night lamps and windows."""
    if actor.hole:
        return False
    if "everywhere" in actor.kind.traits or actor.subject.material in GLOWING:
        return True
    return actor.kind.lights and stage.palette.night


def lit(stage: Stage) -> Stage:
    """The stage with everybody's manner turned to the lights it has; the stage itself where there is none."""
    found = lights(stage)
    if not found:
        return stage
    placed = tuple(
        replace(p, what=_lit(stage, p.what, found)) if isinstance(p.what, Actor) else p
        for p in stage.placed
    )
    return replace(stage, placed=placed)


def lights(stage: Stage) -> tuple[Light, ...]:
    """Every light of the stage, the largest first."""
    shining = sorted((a for a in stage.actors if shines(stage, a)), key=lambda a: -a.size)
    return tuple(_light(stage, actor) for actor in shining[:MOST])


def _light(stage: Stage, actor: Actor) -> Light:
    p, paint = stage.palette, actor.paint
    everywhere = "everywhere" in actor.kind.traits
    if "nightly" in actor.kind.traits:
        colour = mix(p.light, p.c, 0.15)
    else:
        colour = mix(paint.glow, p.light, 0.15)
    return Light(actor.key, actor.x, _middle(actor), 0.0 if everywhere else reach(actor), colour)


def _middle(actor: Actor) -> float:
    return actor.y - (0.62 * actor.size if actor.domain in _ON_LAND else 0.0)


def reach(actor: Actor) -> float:
    """How far a body's light goes, in shorter sides."""
    return clamp(1.3 * actor.size, 0.16, 0.62)


def _lit(stage: Stage, actor: Actor, found: tuple[Light, ...]) -> Actor:
    """A body under the light it feels most."""
    best, most, away = None, 0.0, LIGHT
    for light in found:
        dx, dy = actor.x - light.x, _middle(actor) - light.y
        far = sqrt(dx * dx + dy * dy)
        if light.key == actor.key or far < 1e-6:
            continue
        strength = 0.5 if light.reach == 0 else clamp(1.35 - far / light.reach)
        if strength > most:
            best, most, away = light, strength, (dx / far, dy / far)
    if best is None or shines(stage, actor):
        return actor
    k = clamp(1.5 * most)
    towards = (LIGHT[0] + (away[0] - LIGHT[0]) * k, LIGHT[1] + (away[1] - LIGHT[1]) * k)
    warm = 0.35 + 0.45 * most if stage.palette.night or best.reach > 0 else 0.0
    glow = (best.colour, round(warm, 3)) if warm > 0 else None
    return replace(actor, manner=replace(actor.manner, light=towards, glow=glow))


# ---- what a light throws ---------------------------------------------------------------------


def pool(d: Drawing, stage: Stage, actor: Actor, m: Moment) -> None:
    """A soft pool of light round a body that shines, on the ground below it, and on the water behind it."""
    if not shines(stage, actor) or "everywhere" in actor.kind.traits:
        return
    size = max(actor.size, 0.02)
    far = reach(actor) / size
    colour = mix(actor.paint.glow, stage.palette.light, 0.2)
    stands = actor.domain in _ON_LAND
    y = -0.62 if stands else 0.0
    flicker = 1 + 0.03 * m.cycle(1.3, actor.phase)
    for share, alpha in _RINGS:
        d.flat(circle(0.0, y, far * share * flicker, count=40), colour, alpha)
    if stands:
        for share, alpha in ((0.9, 22), (0.55, 30)):
            d.flat(circle(0.0, 0.02, far * share, 0.2 * far * share, 36), colour, alpha)
    if wet(stage):
        _glitter(d, stage, actor, m, colour)


def wet(stage: Stage) -> bool:
    """Whether there is water that mirrors what shines or floats."""
    scene = stage.scene
    place = settings().get(PLACES.get(scene.scheme, scene.setting))
    return place is not None and place.floats


def _glitter(d: Drawing, stage: Stage, actor: Actor, m: Moment, colour: Colour) -> None:
    """Short strokes of light on the water below, that come and go."""
    size = max(actor.size, 0.02)
    horizon = stage.ground.horizon
    top = (max(horizon + 0.02, actor.y + 0.03 * size) - actor.y) / size
    deep = max((stage.film.down - horizon) * 0.8, 0.05) / size
    stream = Stream(f"{actor.subject.seed}/glitter")
    for k in range(_GLITTER):
        q = (k + stream.uniform()) / _GLITTER
        wide = (0.05 + 0.12 * q) * (0.5 + 0.5 * stream.uniform()) * min(1.0, 0.2 / size + 0.4)
        x, lag = stream.uniform(-0.5, 0.5) * 0.16 * (0.5 + q), stream.uniform()
        seen = 0.55 + 0.45 * m.cycle(0.8, lag)
        if seen < 0.25:
            continue
        line = np.linspace(-1, 1, 5)
        wave = 0.006 * sin(TAU * (line * 0.5 + lag))
        p = np.stack([x + line * wide * seen, top + deep * q * q + wave], 1)
        d.stroke(
            p, 1.0 + q, colour, key=f"glitter{k}", alpha=int(210 * (1 - 0.5 * q)), taper=(0.4, 0.4)
        )
