"""Where and how an actor is at a time, and which moment its figure is drawn at. Knows the stage, no pixels.

Position moves on every frame; figures are drawn a dozen times a second and held between.
"""

from functools import lru_cache

from uncaged.engines.ink.amounts import pace, soft
from uncaged.engines.ink.casting import ON_FOOT
from uncaged.engines.ink.gestures import GESTURES, Beat
from uncaged.engines.ink.holding import posture_of
from uncaged.engines.ink.moment import Act, Moment
from uncaged.engines.ink.numbers import TAU, Stream, clamp, cos, over, sin
from uncaged.engines.ink.plan import Plan, plan
from uncaged.engines.ink.space import STANDS
from uncaged.engines.ink.stage import Actor, Film, Pose, Stage
from uncaged.engines.ink.travel import Approach, Departure, Leg, Straight
from uncaged.engines.ink.walks import Walk

_AGES = frozenset({"draw", "unfold", "grow"})
"""Motions in which all bodies of a herd are of the same age."""

POSES = 2000
"""So many poses are kept: those of a few frames of the fullest stage."""

_SWAY = {"sway": 1.0, "dance": 1.2}


_kept: dict[tuple[int, int, float], tuple[Actor, Stage, Pose]] = {}
"""Poses by who, where and when: a held one is asked for in every frame that shows it."""


def pose(actor: Actor, stage: Stage, t: float) -> Pose:
    """Where and how an actor is at t, 0 … 1 over the film. Whoever sits on something moves with it.

    `scale_x` below 0: it is turned round and looks the other way than `actor.flip` says. `y + lift` is its ground.
    """
    key = (id(actor), id(stage), t)
    kept = _kept.get(key)
    if kept is not None and kept[0] is actor and kept[1] is stage:
        return kept[2]
    made = _pose(actor, stage, plan(stage), _clock(stage, t), 0)
    if len(_kept) >= POSES:
        _kept.clear()
    _kept[key] = (actor, stage, made)
    return made


def moment(actor: Actor, stage: Stage, t: float, at: Pose | None = None) -> Moment:
    """The moment its figure is drawn at for t; `at`: its pose there, where it is known already."""
    at = at or pose(actor, stage, t)
    t = _clock(stage, t)
    own = t if actor.subject.motion in _AGES else (t + actor.phase) % 1.0
    walk = plan(stage).goings.get(actor.key)
    speed = pace(stage.scene.dials.tempo)
    if walk is not None and walk.cycles:
        speed = walk.cycles / stage.film.seconds
    sway = _SWAY.get(actor.subject.motion, 0.55) * gust(stage)
    return Moment(
        own,
        stage.film.seconds,
        at.grow,
        sway,
        at.act,
        speed,
        at.stride,
        posture=posture_of(actor, plan(stage).actors.get(actor.rider)),
        gesture="hold" if actor.laden and actor.subject.gesture != "hug" else actor.subject.gesture,
        joy=actor.subject.joy,
        stir=actor.subject.stir,
        look=actor.look,
        way=_way(actor, walk, t),
    )


def _way(actor: Actor, walk: Walk | None, t: float) -> float | None:
    """How far a body has come forward, in its own heights; backwards in a mirror is forward again."""
    if walk is None or actor.size <= 0:
        return None
    leg = walk.route.at(t, actor.x, _facing(actor))
    ahead = leg.dx * _facing(actor) * (1 if leg.way > 0 else -1)
    return ahead / actor.size


def surroundings(stage: Stage, t: float) -> Moment:
    """The moment the setting's layers are drawn at for t."""
    sway = 0.5 * gust(stage)
    speed = pace(stage.scene.dials.tempo)
    return Moment(_clock(stage, t), stage.film.seconds, sway=sway, speed=speed)


def gust(stage: Stage) -> float:
    """How much more things sway in the wind: 1 in still air, 1.6 in a plain one."""
    return 1 + 0.6 * soft(abs(stage.scene.weather.wind), 2.0, 5.0)


def hold(film: Film, frame: int) -> float:
    """The t of the drawing that frame shows: `film.poses` drawings a second whatever the frames per second."""
    poses = _poses(film)
    return _held(film, frame, poses) / poses


def variant(film: Film, frame: int) -> int:
    """Which of the pen's four tremors a frame shows, 0 … 3: a new one on every third drawing, without a seam."""
    poses = _poses(film)
    held = _held(film, frame, poses)
    if not film.loop:
        return held // 3 % 4
    rounds = 4 * max(1, (poses + 6) // 12)
    return held * rounds // poses % 4


def _poses(film: Film) -> int:
    wanted = min(max(film.poses, 0.0), 1000.0) * film.seconds
    return max(1, min(int(wanted + 0.5), film.frames))


def _held(film: Film, frame: int, poses: int) -> int:
    return frame % max(1, film.frames) * poses // max(1, film.frames)


def _clock(stage: Stage, t: float) -> float:
    """A negative tempo is a film that runs backwards."""
    return 1 - t if stage.scene.dials.tempo < 0 else t


def _pose(actor: Actor, stage: Stage, found: Plan, t: float, depth: int) -> Pose:
    own = _own(actor, stage, found, t)
    holder = found.actors.get(actor.rider) if actor.rider and depth < 16 else None
    if holder is None:
        return _placed(actor, own)
    return _carried(actor, own, holder, _pose(holder, stage, found, t, depth + 1))


def _placed(actor: Actor, own: Pose) -> Pose:
    """At its place in the frame; a size below zero stands on its head."""
    x, y, scale_y = actor.x + own.x, actor.y + own.y, own.scale_y
    if actor.subject.size < 0:
        y -= 0.0 if actor.domain in ("air", "sky") else actor.size * scale_y
        scale_y = -scale_y
    return Pose(
        x,
        y,
        own.turn,
        own.scale_x,
        scale_y,
        own.act,
        own.grow,
        own.reveal,
        own.lift,
        own.stride,
        own.pivot,
    )


def _carried(actor: Actor, own: Pose, holder: Actor, under: Pose) -> Pose:
    """Moved, turned, squeezed and mirrored with what carries it."""
    x = (actor.x - holder.x) * under.scale_x
    y = (actor.y - holder.y) * abs(under.scale_y) + under.pivot
    c, s = cos(under.turn), sin(under.turn)
    placed = _placed(actor, own)
    return Pose(
        placed.x - actor.x + under.x + x * c - y * s,
        placed.y - actor.y + under.y + x * s + y * c - under.pivot,
        placed.turn + under.turn,
        placed.scale_x if under.scale_x > 0 else -placed.scale_x,
        placed.scale_y,
        placed.act,
        placed.grow,
        placed.reveal,
        placed.lift + under.lift,
        placed.stride,
        placed.pivot,
    )


def _own(actor: Actor, stage: Stage, found: Plan, t: float) -> Pose:
    """Its own motion, as distances from its place."""
    motion = actor.subject.motion
    gesture = GESTURES.get(motion)
    if gesture is not None:
        return gesture(actor, Beat(stage, t))
    walk = found.goings.get(actor.key)
    if walk is None:  # it rides: what carries it goes
        return Pose(0.0, 0.0)
    if motion in ON_FOOT or (motion in ("enter", "leave") and actor.kind.gait > 0):
        return _walking(actor, stage, walk, t)
    if motion == "roll":
        return _rolling(actor, walk, t)
    if "flutters" in actor.kind.traits:
        return _fluttering(actor, stage, t)
    return _gliding(actor, stage, walk, t)


def _facing(actor: Actor) -> int:
    if actor.subject.motion.startswith("drift"):
        return -1 if actor.subject.motion == "drift-left" else 1
    return -1 if actor.flip else 1


def _walking(actor: Actor, stage: Stage, walk: Walk, t: float) -> Pose:
    """On foot; what has no legs hops along, rocking."""
    leg = walk.route.at(t, actor.x, _facing(actor))
    if actor.kind.gait > 0:
        act = _act(actor, stage, walk) if leg.speed > 0 else "still"
        up = _spring(actor, walk, t) * leg.speed if act == "hop" else 0.0
        return Pose(leg.dx, -up, scale_x=leg.way, act=act, lift=up, stride=leg.speed * walk.full)
    q = TAU * (t * walk.cycles + actor.phase)
    hop = 0.06 * actor.size * abs(sin(q)) * leg.speed
    return Pose(leg.dx, -hop, 0.06 * sin(q) * leg.speed, scale_x=leg.way, lift=hop)


def _act(actor: Actor, stage: Stage, walk: Walk) -> Act:
    """What the legs do; who is in a hurry runs."""
    match actor.subject.motion:
        case "run" | "hop" | "crawl" as motion:
            return motion
        case "enter" | "leave" if walk.cycles > 1.5 * stage.film.seconds:
            return "run"
        case _:
            return "walk"


def _spring(actor: Actor, walk: Walk, t: float) -> float:
    """How high a hopping body is: off the ground for the later two thirds of each hop."""
    q = over((t + actor.phase) % 1.0 * walk.cycles % 1.0, 0.3, 1.0)
    return 0.28 * actor.size * 4 * q * (1 - q)


def _rolling(actor: Actor, walk: Walk, t: float) -> Pose:
    """Turned by as much as it gets on, about its middle."""
    leg = walk.route.at(t, actor.x, _facing(actor))
    radius = max(0.02, 0.5 * actor.size)
    pivot = 0.0 if actor.domain in ("air", "sky") else radius
    return Pose(leg.dx, 0.0, leg.dx / radius, scale_x=leg.way, act="spin", pivot=pivot)


@lru_cache(256)
def _waves(seed: int) -> tuple[float, float, float]:
    """What makes one flight differ from another: two phases, and how high the waves are."""
    stream = Stream(f"{seed}/path")
    return stream.uniform(), stream.uniform(), stream.uniform(0.75, 1.25)


def _fluttering(actor: Actor, stage: Stage, t: float) -> Pose:
    """A butterfly: small eights on a slow wide one."""
    beat = Beat(stage, t)
    d, p = _facing(actor), actor.phase
    one, _, k = _waves(actor.subject.seed)
    if actor.subject.count >= 1.5:  # several go nearly together, and not through each other
        p = 0.15 * p
    quick, slow = t * beat.rate(0.5), t * beat.rate(0.11)
    far = min(0.16, 0.02 * beat.seconds) * k
    x = 0.1 * sin(TAU * (quick + p)) + 0.03 * sin(TAU * (2 * quick + 0.3))
    x += far * sin(TAU * (slow + p))
    y = 0.06 * sin(TAU * (2 * quick + p)) + 0.02 * sin(TAU * (3 * quick))
    y += 0.5 * far * sin(TAU * (2 * slow + one))
    return Pose(d * x, y, 0.18 * cos(TAU * (quick + p)))


def _gliding(actor: Actor, stage: Stage, walk: Walk, t: float) -> Pose:
    """Through air or water: along its way, up and down on waves of its own, the body turned with the path."""
    if actor.subject.motion.startswith("drift") or isinstance(walk.route, Approach | Departure):
        return _drifting(actor, stage, walk, t)
    if actor.domain == "water":
        return _sailing(actor, stage, walk, t)
    beat = Beat(stage, t)
    lag = 0.25 * (actor.phase - 0.5) / max(1.0, stage.film.seconds)
    leg, y = _on_the_wave(actor, beat, walk, t - lag)
    ahead, below = _on_the_wave(actor, beat, walk, t - lag + 0.1 / beat.seconds)
    run = abs(ahead.dx - leg.dx)
    run = run if run < 0.4 else 0.02  # it went round the frame in between
    slope = soft(0.9 * (below - y) / (run + 0.008), 0.12, 0.34)
    turn = _facing(actor) * (1 if leg.way > 0 else -1) * slope
    lift = 0.0
    if actor.domain in (
        "ground",
        "land",
        "base",
    ):  # what stands by nature flies as high as there is room
        lift = clamp(actor.y - actor.size - 0.1, 0.06, 0.2 * stage.film.down)
    act: Act = "glide" if actor.subject.motion == "glide" else "still"
    if actor.subject.motion in ("fly", "swim") and actor.domain in STANDS:
        act = "fly" if actor.subject.motion == "fly" else "swim"
    return Pose(leg.dx, y - lift, turn, scale_x=leg.way, act=act, lift=max(0.0, lift - y))


def _on_the_wave(actor: Actor, beat: Beat, walk: Walk, t: float) -> tuple[Leg, float]:
    """Where it is along its way, and how high above or below its place."""
    leg = walk.route.at(t, actor.x, _facing(actor))
    one, two, k = _waves(actor.subject.seed)
    fish = actor.subject.motion == "swim"
    long, short = beat.rate(0.2), beat.rate(0.45)
    calm = 0.5 if actor.subject.relation == "over" and actor.subject.to else 1.0
    high = (0.03 if fish else 0.06) * k * (0.8 + 0.4 * actor.phase) * calm
    y = high * sin(TAU * (t * long + one))
    y += 0.35 * high * sin(TAU * (t * short + two + 0.15 * actor.phase))
    if not fish and isinstance(walk.route, Straight):
        y += (0.03 - 0.06 * t) * calm  # over the film it climbs a little
    return leg, y


def _sailing(actor: Actor, stage: Stage, walk: Walk, t: float) -> Pose:
    leg = walk.route.at(t, actor.x, _facing(actor))
    slow = t * Beat(stage, t).rate(0.5) + actor.phase
    return Pose(leg.dx, 0.008 * sin(TAU * (slow + 0.2)), 0.035 * sin(TAU * slow), scale_x=leg.way)


def _drifting(actor: Actor, stage: Stage, walk: Walk, t: float) -> Pose:
    leg = walk.route.at(t, actor.x, _facing(actor))
    slow = t * Beat(stage, t).rate(0.5) + actor.phase
    y = 0.012 * sin(TAU * slow) - 0.02 * sin(TAU * t)
    return Pose(leg.dx, y, scale_x=leg.way, lift=max(0.0, -y))
