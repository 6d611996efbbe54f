"""What an actor looks like and where it is in a frame; and the camera's place. Knows no canvas.

The picture on the screen and the plotter ask the same questions here.
"""

from dataclasses import dataclass, replace

from uncaged.engines.ink.camera import camera
from uncaged.engines.ink.curves import circle
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.gestures import there
from uncaged.engines.ink.hand.paths import FAR, tamed
from uncaged.engines.ink.hand.place import Place, turned
from uncaged.engines.ink.motion import hold, moment, pose, surroundings, variant
from uncaged.engines.ink.numbers import TAU, Array, ease, over, sin
from uncaged.engines.ink.settings import Layer
from uncaged.engines.ink.stage import Actor, Pose, Stage

REFLECTED, REFLECTION = 0.62, 78
"""Height of a reflection, as a share, and its alpha."""

ECHOES, ECHO_SECONDS, ECHO_ALPHA = 6, 1 / 6, 118
"""How many earlier drawings stay, how far apart, and how strong the latest of them is."""

WIPED_BY, WIPE, DRAWN = 0.42, 0.16, (0.12, 0.6)
"""In a picture that draws itself: when the last layer begins to appear, how long one takes, and when those are drawn
who only stand in it; shares of the film."""


def time(stage: Stage, frame: int) -> float:
    """0 … 1 over the film."""
    return frame / max(stage.film.frames, 1)


def actor_drawing(stage: Stage, actor: Actor, frame: int) -> tuple[Drawing, float | None]:
    """An actor's drawing at the pose held in this frame, and how much of it is there (None = all).

    In a picture that draws itself, those who do not draw themselves are drawn, too, and sooner.
    """
    film = stage.film
    t = hold(film, frame)
    held = pose(actor, stage, t)
    flip = actor.flip != (held.scale_x < 0)
    drawing = Drawing(actor.key, actor.manner, tamed(actor.size), flip, variant(film, frame))
    actor.figure(drawing, moment(actor, stage, t, held))
    if held.reveal is None and stage.drawing:
        return drawing, over(there(film.loop, t), *DRAWN)
    return drawing, held.reveal


def layer_drawing(stage: Stage, layer: Layer, frame: int) -> Drawing:
    """A layer of the setting at the pose held in this frame; a still one does not depend on it."""
    live = layer.kind == "live"
    t = hold(stage.film, frame) if live else 0.0
    drawing = Drawing(
        layer.name, stage.ground.manner, variant=variant(stage.film, frame) if live else 0
    )
    layer.draw(drawing, surroundings(stage, t))
    return drawing


@dataclass(frozen=True, slots=True)
class Sight:
    """One appearance of an actor: the drawing of which frame, its pose, its place, and how strong (alpha 1 … 255)."""

    frame: int
    at: Pose
    place: Place
    alpha: int = 255


def sights(stage: Stage, actor: Actor, frame: int) -> list[Sight]:
    """Everything that is seen of an actor in a frame, back to front: reflection, echoes, at last itself."""
    own = _sight(stage, actor, frame, 255)
    mirror = _mirror(stage, actor, time(stage, frame))
    out = [replace(own, place=mirror.over(own.place), alpha=REFLECTION)] if mirror else []
    out += [_sight(stage, actor, other, alpha) for other, alpha in _echoes(stage, actor, frame)]
    return [*out, own]


def _sight(stage: Stage, actor: Actor, frame: int, alpha: int) -> Sight:
    """Turned about its pivot, stretched on its anchor.

    One that looks the other way is drawn so, not mirrored: the light does not turn round with it.
    """
    t, held = time(stage, frame), hold(stage.film, frame)
    at = pose(actor, stage, t)
    drawn = at if held == t else pose(actor, stage, held)
    side = stage.film.side
    cs, sn = turned(at.turn)
    sx, sy = tamed(at.scale_x, -1e3, 1e3, 1.0), tamed(at.scale_y, -1e3, 1e3, 1.0)
    sx = -sx if drawn.scale_x < 0 else sx
    pivot = tamed(at.pivot, -1e3, 1e3)
    x, y = at.x - sn * pivot, at.y - pivot + cs * pivot
    place = Place(cs * sx, sn * sx, -sn * sy, cs * sy, _on_grid(x * side), _on_grid(y * side))
    return Sight(frame, at, place, alpha)


def _mirror(stage: Stage, actor: Actor, t: float) -> Place | None:
    """What floats on water is mirrored at its waterline, shorter, moved by a slow wave."""
    if stage.scene.setting != "water" or actor.domain != "water":
        return None
    side = stage.film.side
    level = (actor.y + 0.06 * actor.size) * side
    shift = 0.006 * sin(TAU * t) * side
    return Place(d=-REFLECTED, e=_on_grid(shift), f=_on_grid(level * (1 + REFLECTED)))


def _echoes(stage: Stage, actor: Actor, frame: int) -> list[tuple[int, int]]:
    """Frames whose drawings shine through, farthest first, with their alpha, like erased charcoal.

    A negative amount shows what is to come instead of what was.
    """
    amount = tamed(stage.scene.echo, -1e3, 1e3)
    if not amount or actor.subject.motion == "still":
        return []
    film = stage.film
    step = max(1, round(tamed(ECHO_SECONDS * film.fps, 0, 1e6))) * (1 if amount > 0 else -1)
    out: list[tuple[int, int]] = []
    for n in range(ECHOES, 0, -1):
        other = frame - n * step
        other = other % max(film.frames, 1) if film.loop else other
        alpha = int(min(255, ECHO_ALPHA * (1 - n / 7.5) * abs(amount)))
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
    if not stands or actor.rider or stage.drawing or stage.scene.setting == "sky":
        return None
    air = tamed(at.lift, 0, 1)
    side = stage.film.side
    grown = max(0.25, min(1.0, at.grow * 1.3))
    w = tamed(actor.size * wide * abs(at.scale_x) * grown * (1 - air) * side, -FAR, FAR)
    x, y = tamed(at.x * side + w * 0.22), tamed((at.y + at.lift + 0.006) * side)
    return Shadow(circle(x, y, w, w * 0.13, 22), int(88 * (1 - min(0.7, air * 2.2))))


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
