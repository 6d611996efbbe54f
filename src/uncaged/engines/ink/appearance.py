"""What an actor looks like and where it is in a frame; and the camera's place. Knows no canvas.

The picture on the screen and the plotter ask the same questions here.
"""

from dataclasses import dataclass, replace

import numpy as np

from uncaged.engines.ink.alter import altered
from uncaged.engines.ink.alter.density import scattered
from uncaged.engines.ink.alter.emptiness import amount, thinned
from uncaged.engines.ink.alter.looks import seen_as
from uncaged.engines.ink.alter.multiples import grown, repeated, shattered, smeared
from uncaged.engines.ink.amounts import soft
from uncaged.engines.ink.camera import camera
from uncaged.engines.ink.curves import circle
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.flocks import drawn_in
from uncaged.engines.ink.gestures import there
from uncaged.engines.ink.grounds import dark
from uncaged.engines.ink.hand.paths import FAR, tamed
from uncaged.engines.ink.hand.place import Place, turned
from uncaged.engines.ink.lights import pool, shines
from uncaged.engines.ink.marks import like
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.motion import hold, moment, pose, surroundings, variant
from uncaged.engines.ink.numbers import TAU, Array, ease, over, sin
from uncaged.engines.ink.settings import Layer
from uncaged.engines.ink.sight import Look, Sight
from uncaged.engines.ink.stage import Actor, Pose, Stage

REFLECTED, REFLECTION = 0.62, 78
"""Height of a reflection, as a share, and its alpha."""

ECHOES, ECHO_SECONDS, ECHO_ALPHA = 6, 1 / 6, 118
"""How many earlier drawings stay, how far apart, and how strong the latest of them is."""

TRACES = 600
"""Of all bodies together, at most, but one of each: a hundred have their six, more have fewer."""

WIPED_BY, WIPE, DRAWN = 0.42, 0.16, (0.12, 0.6)
"""In a picture that draws itself: when the last layer begins to appear, how long one takes, and when those are drawn
who only stand in it; shares of the film."""


_GLOWS = 0.1
"""Layers up to this depth are the light that dark sheets stand before."""


def time(stage: Stage, frame: int) -> float:
    """0 … 1 over the film."""
    return frame / max(stage.film.frames, 1)


@dataclass(frozen=True, slots=True)
class Showing:
    """What is drawn for an actor: whose drawing, at the pose held in which frame, which way it looks, at which moment.

    Two showings that are equal, but for `reveal`, are the same drawing.
    """

    body: Actor
    frame: int
    flip: bool
    m: Moment
    reveal: float | None

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for equal drawings of one stage."""
        return (self.body.key, self.flip, self.m)


def showing(stage: Stage, actor: Actor, frame: int) -> Showing:
    """What is drawn for an actor in a frame. A body of a herd shows its block, at a moment of its own.

    In a picture that draws itself, those who do not draw themselves are drawn, too, and sooner.
    """
    film = stage.film
    t = hold(film, frame)
    held = pose(actor, stage, t)
    flip = actor.flip != (held.scale_x < 0)
    reveal = held.reveal
    if reveal is None and stage.drawing:
        reveal = over(there(film.loop, t), *DRAWN)
    if actor.block is None:
        return Showing(actor, frame, flip, moment(actor, stage, t, held), reveal)
    frame = (frame + actor.late) % max(film.frames, 1)
    near = replace(held, stride=round(held.stride * 4) / 4, grow=round(held.grow * 16) / 16)
    m = moment(actor.block, stage, hold(film, frame), near)
    return Showing(actor.block, frame, flip, replace(m, look=(0.0, 0.0)), reveal)


def actor_drawing(
    stage: Stage, actor: Actor, frame: int, look: Look = "own"
) -> tuple[Drawing, float | None]:
    """An actor's drawing at the pose held in this frame, and how much of it is there (None = all)."""
    shown = showing(stage, actor, frame)
    return shown_drawing(stage, shown, look), shown.reveal


def shown_drawing(stage: Stage, shown: Showing, look: Look = "own") -> Drawing:
    """The drawing of a showing, with all that dials, material and light make of it."""
    body, m = shown.body, shown.m
    tremor = variant(stage.film, shown.frame)
    drawing = Drawing(body.key, body.manner, tamed(body.size), shown.flip, tremor)
    body.figure(drawing, m)
    drawing = altered(drawing, stage, body, m)
    if shines(stage, body):
        drawing = _shining(drawing, stage, body, m)
    if body.manner.mode == "joined" and body.key.endswith(".0"):
        drawing = _threaded(drawing, stage, body)
    return drawing if look == "own" else looking(stage, shown, drawing, look)


def looking(stage: Stage, shown: Showing, drawing: Drawing, look: Look) -> Drawing:
    """The drawing of a showing in the colours of a copy."""
    colour = shown.body.paint.colour
    return seen_as(drawing, look, stage.palette, stage.ground.behind, colour)


def _shining(drawing: Drawing, stage: Stage, actor: Actor, m: Moment) -> Drawing:
    """A body before the pool of its own light."""
    out = like(drawing)
    pool(out, stage, actor, m)
    out.marks += drawing.marks
    return out


def _threaded(drawing: Drawing, stage: Stage, actor: Actor) -> Drawing:
    """The one line that comes in from beyond the frame, becomes the figure, and goes out of it."""
    out = like(drawing)
    _comes(out, actor, stage, -1)
    out.marks += drawing.marks
    _comes(out, actor, stage, 1)
    return out


def _comes(d: Drawing, actor: Actor, stage: Stage, side: int) -> None:
    """The one line comes in from beyond the frame (side −1), and after the figure goes out of it (1)."""
    size = max(actor.size, 0.02)
    way = side * (-1 if d.flip else 1)
    left = actor.x if way * (-1 if d.flip else 1) < 0 else stage.film.across - actor.x
    far = min(left / size + 0.3, 12.0)
    q = np.linspace(0, 1, 14)
    x = way * (0.24 + (far - 0.24) * q)
    high = 0.05 if actor.domain in ("ground", "land") else 0.22
    y = 0.02 + high * sin(q * (4.0 + 3.0 * actor.phase) + 1.3 * side) * q * (1.2 - q)
    line = np.stack([x, y], 1)
    d.stroke(line[::-1] if side < 0 else line, 1.0, key=f"way{side}", wobble=0.5)


def layer_drawing(stage: Stage, layer: Layer, frame: int) -> Drawing:
    """A layer of the setting at the pose held in this frame; a still one does not depend on it."""
    live = layer.kind == "live"
    t = hold(stage.film, frame) if live else 0.0
    manner = stage.ground.manner
    if manner.hand.fills == "dark" and layer.depth > _GLOWS:
        manner = replace(manner, sheet=dark(stage.palette, layer.depth))
    drawing = Drawing(layer.name, manner, variant=variant(stage.film, frame) if live else 0)
    layer.draw(drawing, surroundings(stage, t))
    dials = stage.scene.dials
    if dials.density != 1 and layer.kind != "sky":
        drawing = scattered(drawing, dials.density)
    empty = amount(stage.scene)
    return thinned(drawing, empty) if empty > 0 and layer.kind != "sky" else drawing


def sights(stage: Stage, actor: Actor, frame: int) -> list[Sight]:
    """Everything that is seen of an actor in a frame, back to front: reflection, traces, copies, at last itself."""
    own = _sight(stage, actor, frame, 255)
    mirror = _mirror(stage, actor, time(stage, frame))
    out = [replace(own, place=mirror.over(own.place), alpha=REFLECTION)] if mirror else []
    traces = [_sight(stage, actor, other, alpha) for other, alpha in _echoes(stage, actor, frame)]
    if traces and actor.subject.motion == "still":
        traces = smeared(traces, stage.scene.echo, actor.key, actor.size * stage.film.side)
    out += traces
    dials = stage.scene.dials
    if not dials.repetition and not dials.fragments:
        return [*out, own]
    return out + _multiplied(stage, actor, own)


def _multiplied(stage: Stage, actor: Actor, own: Sight) -> list[Sight]:
    """The body with its copies, each of them in shards, where the dials say so."""
    dials, film = stage.scene.dials, stage.film
    side = film.side
    high = max(tamed((actor.block or actor).size, 0, 1e3) * side, 1.0)
    wide = high * max(actor.kind.width, 0.25) * tamed(abs(own.at.scale_x), 0, 1e3)
    found = repeated(own, dials.repetition, wide, side)
    if not dials.fragments:
        return found
    t = time(stage, own.frame)
    centred = actor.domain in ("air", "sky", "float", "water")
    middle = 0.0 if centred else -0.5 * high
    dial, many = dials.fragments * grown(t, film.loop), len(stage.actors)
    return [
        shard
        for one in found
        for shard in shattered(one, dial, actor.key, t, max(high, wide), middle, many)
    ]


def _sight(stage: Stage, actor: Actor, frame: int, alpha: int) -> Sight:
    """Turned about its pivot, stretched on its anchor.

    One that looks the other way is drawn so, not mirrored: the light does not turn round with it.
    """
    shown = drawn_in(stage.film, frame, actor.slow) if actor.slow else frame
    t, held = time(stage, frame), hold(stage.film, shown)
    at = pose(actor, stage, t)
    drawn = at if held == t else pose(actor, stage, held)
    side = stage.film.side
    cs, sn = turned(at.turn)
    sx, sy = tamed(at.scale_x, -1e3, 1e3, 1.0), tamed(at.scale_y, -1e3, 1e3, 1.0)
    sx = -sx if drawn.scale_x < 0 else sx
    pivot = tamed(at.pivot, -1e3, 1e3)
    x, y = at.x - sn * pivot, at.y - pivot + cs * pivot
    if actor.block is not None:
        k = tamed(actor.size / actor.block.size, 0, 1e3, 1.0)
        sx, sy = sx * k, sy * k
    place = Place(cs * sx, sn * sx, -sn * sy, cs * sy, _on_grid(x * side), _on_grid(y * side))
    return Sight(shown, at, place, alpha)


def _mirror(stage: Stage, actor: Actor, t: float) -> Place | None:
    """What floats on water is mirrored at its waterline, shorter, moved by a slow wave."""
    if stage.scene.setting != "water" or actor.domain != "water":
        return None
    side = stage.film.side
    level = (actor.y + 0.06 * actor.size) * side
    shift = 0.006 * sin(TAU * t) * side
    return Place(d=-REFLECTED, e=_on_grid(shift), f=_on_grid(level * (1 + REFLECTED)))


def echoes(stage: Stage) -> int:
    """How many earlier drawings stay: more, once the dial goes beyond its plain amount."""
    amount = abs(tamed(stage.scene.echo, -1e3, 1e3))
    wanted = ECHOES if amount <= 1 else int(ECHOES + soft(5 * (amount - 1), 4.0, 10.0))
    return max(1, min(wanted, TRACES // max(len(stage.actors), 1)))


def _echoes(stage: Stage, actor: Actor, frame: int) -> list[tuple[int, int]]:
    """Frames whose drawings shine through, farthest first, with their alpha, like erased charcoal.

    A negative amount shows what is to come instead of what was.
    """
    amount = tamed(stage.scene.echo, -1e3, 1e3)
    if not amount:
        return []
    film, count = stage.film, echoes(stage)
    step = max(1, round(tamed(ECHO_SECONDS * film.fps, 0, 1e6))) * (1 if amount > 0 else -1)
    out: list[tuple[int, int]] = []
    for n in range(count, 0, -1):
        other = frame - n * step
        other = other % max(film.frames, 1) if film.loop else other
        alpha = int(min(255, ECHO_ALPHA * (1 - n / (1.25 * count)) * abs(amount)))
        if 0 <= other < film.frames and alpha > 0:
            out.append((other, alpha))
    return out


@dataclass(frozen=True, slots=True)
class Shadow:
    """The soft shadow under somebody: an ellipse in pixels, and its alpha."""

    points: Array
    alpha: int


def shadow(stage: Stage, actor: Actor, at: Pose) -> Shadow | None:
    """Under what stands on the ground, unless it sits on something else or draws itself."""
    wide = actor.kind.shadow
    stands = actor.domain in ("ground", "land") and wide > 0
    if not stands or actor.hole or actor.rider or stage.drawing or stage.scene.setting == "sky":
        return None
    air = tamed(at.lift, 0, 1)
    side = stage.film.side
    grown = max(0.25, min(1.0, at.grow * 1.3))
    w = tamed(actor.size * wide * abs(at.scale_x) * grown * (1 - air) * side, -FAR, FAR)
    aside, long = _thrown(actor)
    x, y = tamed(at.x * side + w * aside), tamed((at.y + at.lift + 0.006) * side)
    return Shadow(circle(x, y, w * long, w * 0.13, 22), int(88 * (1 - min(0.7, air * 2.2))))


def _thrown(actor: Actor) -> tuple[float, float]:
    """How far a shadow lies aside, and how long it is, as shares of its breadth: away from what shines."""
    if actor.manner.light is None:
        return 0.22, 1.0
    x, y = actor.manner.light
    aside = tamed(x / max(abs(y), 0.35), -1.6, 1.6)
    return 0.62 * aside, 1 + 0.45 * abs(aside)


def wiped(stage: Stage, layer: Layer, frame: int) -> tuple[float, int]:
    """How much of a layer is there, 0 … 1, and its number: a picture that draws itself brushes them in, one by one."""
    if not stage.drawing:
        return 1.0, 0
    layers = [p.what for p in stage.placed if isinstance(p.what, Layer)]
    order = next(k for k, other in enumerate(layers) if other is layer)
    begins = WIPED_BY * order / len(layers)
    t = there(stage.film.loop, time(stage, frame))
    return ease(over(t, begins, begins + WIPE)), order + 1


def camera_place(stage: Stage, depth: float, frame: int) -> Place:
    """How a layer of this depth lies in the frame: near layers move and grow more than far ones."""
    x, y, zoom = camera(stage.scene, time(stage, frame), stage.film.loop)
    k = tamed(zoom_at(zoom, depth), 0.02, 50, 1.0)
    film = stage.film
    cx, cy = film.width / 2, film.height / 2
    dx, dy = tamed(x * depth * film.side), tamed(y * depth * film.side)
    return Place(k, 0.0, 0.0, k, _on_grid(cx - k * (cx + dx)), _on_grid(cy - k * (cy + dy)))


def zoom_at(zoom: float, depth: float) -> float:
    """How much the camera's zoom enlarges what lies at this depth."""
    return 1 + (zoom - 1) * (0.25 + 0.75 * depth)


def _on_grid(x: float) -> float:
    return round(tamed(x) * 64) / 64
