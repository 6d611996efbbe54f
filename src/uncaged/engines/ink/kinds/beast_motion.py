"""A four-legged animal at a moment: breath and steps, a head that nods late, a tail that swings later still.

Knows no drawing; what a posture asks for is in `beast_pose`, how feet take turns in `beast_gaits`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, points
from uncaged.engines.ink.kinds import beast_pose as pose
from uncaged.engines.ink.kinds import quadruped as legs
from uncaged.engines.ink.kinds.beast import ORIGIN, Beast, Posed, Trunk, turned
from uncaged.engines.ink.kinds.beast_gaits import Carriage, Gait, carriage, foot, gaits
from uncaged.engines.ink.kinds.beast_pose import Hold, rows
from uncaged.engines.ink.kinds.quadruped import Limb, walks
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, clamp

FAR = points(0.05, 0.0)
"""The far legs stand a little ahead of the near ones."""

IN_THE_AIR = frozenset({"fly", "glide"})
STREAMS = {"run": 0.55, "hop": 0.4, "fly": 0.7, "glide": 0.7, "swim": 0.5}
"""Acts in which the tail streams behind, and how far."""


_HELD = ("stand", *pose.POSTURES)


@dataclass(frozen=True, slots=True)
class Living:
    """An animal at a moment, with all that stands or folds under it. near, far: hind leg first."""

    at: Posed
    near: tuple[Limb, Limb]
    far: tuple[Limb, Limb]


def alive(beast: Beast) -> Callable[[Moment], Living]:
    """An animal that can be asked how it is at a moment. Postures and gaits are found once."""
    steps = gaits(beast.gait, beast.heavy, beast.supple)
    known: dict[tuple[str, str], Hold] = {}

    def at(moment: Moment) -> Living:
        going = walks(moment) or moment.act in IN_THE_AIR
        gesture = "none" if going and moment.gesture in pose.PAW_UP else moment.gesture
        key = ("stand" if going else moment.posture, gesture)
        if key not in known:
            known[key] = pose.hold(beast, *key)
        if beast.curls and key[0] == "sleep":
            return _curled(beast, moment)
        return _living(beast, known[key], steps, moment)

    return at


class Holds(Mapping[str, tuple[float, float]]):
    """Where an animal holds what it holds, for each posture; found when it is asked for.

    known: those of its postures that another figure draws.
    """

    def __init__(
        self, beast: Beast, known: Mapping[str, tuple[float, float]] | None = None
    ) -> None:
        self._beast = beast
        self._found: dict[str, tuple[float, float]] = dict(known or {})

    def __getitem__(self, posture: str) -> tuple[float, float]:
        if posture not in _HELD:
            raise KeyError(posture)
        if posture not in self._found:
            at = alive(self._beast)(Moment(0.0, posture=posture, gesture="hold")).at
            hand = self._beast.hand(at)
            self._found[posture] = (round(float(hand[0]), 3), round(float(hand[1]), 3))
        return self._found[posture]

    def __iter__(self) -> Iterator[str]:
        return iter(_HELD)

    def __len__(self) -> int:
        return len(_HELD)


def _living(beast: Beast, held: Hold, steps: Mapping[str, Gait], moment: Moment) -> Living:
    gait = steps.get(moment.act, beast.gait)
    moved = carriage(gait, moment) if moment.act in steps else _resting(held, moment)
    trunk = _trunk(beast, held, gait if walks(moment) else None, moved)
    at = _posed(beast, held, trunk, moved, moment)
    walker = _Walker(beast, held, gait, moment, trunk)
    near = walker.hind(gait.hind, ORIGIN), walker.fore(gait.fore, ORIGIN, held.near_fore)
    far = walker.hind(gait.far_hind, FAR), walker.fore(gait.far_fore, FAR, held.fore)
    return Living(replace(at, legs=near), near, far)


def _resting(held: Hold, moment: Moment) -> Carriage:
    """What stands breathes; what flies rises and falls, slowly bending its back."""
    if moment.act in IN_THE_AIR:
        return Carriage(0.02 * moment.cycle(0.5), 0.06 * moment.cycle(0.5, 0.2), -0.5)
    return Carriage((0.003 if held.rests else 0.006) * moment.cycle(0.5))


def _trunk(beast: Beast, held: Hold, gait: Gait | None, moved: Carriage) -> Trunk:
    hips = rows(beast.hips)
    lower = gait.low * -float(hips[0][1]) * 0.62 if gait else 0.0
    shift = points(held.shift[0], held.shift[1] + moved.drop + lower)
    middle, half = float(hips[:, 0].mean()), float(hips[1][0] - hips[0][0]) * 0.65
    trunk = Trunk(hips[0], held.pitch + moved.pitch, shift, moved.flex, middle, half)
    body = rows(beast.body)
    under = float((trunk.apply(body[:, :2])[:, 1] + body[:, 2]).max()) + 0.005
    return replace(trunk, shift=shift - points(0.0, under)) if under > 0 else trunk


def _posed(beast: Beast, held: Hold, trunk: Trunk, moved: Carriage, moment: Moment) -> Posed:
    asleep = (moment.posture == "sleep" and held.rests) or moment.stir < -0.8
    quiet = 0.25 if moment.gesture == "hold" else 1.0
    nod = _nod(held, moment) * quiet
    stoops = held.neck < -0.3
    mood = 0.0 if stoops or asleep else _mood(moment)
    sneaks = -0.45 if moment.act == "crawl" else 0.0
    neck = pose.neck_points(
        beast, trunk, held.neck + 0.5 * nod + 0.6 * mood + sneaks + 0.5 * moved.pitch
    )
    tilt = held.head + nod + mood - (0.2 * sneaks if sneaks else 0.0)
    tilt -= 0.0 if stoops else 0.45 * clamp(moment.look[1], -1.0, 1.0)
    head = Tube(pose.head_points(beast, neck, tilt), rows(beast.head)[:, 2], 16)
    body = rows(beast.body)
    breath = 1 + (0.025 * moment.cycle(0.5, 0.1) if held.rests else 0.0)
    return Posed(
        moment,
        body=Tube(trunk.apply(body[:, :2]), body[:, 2] * breath, 24),
        neck=Tube(neck, rows(beast.neck)[:, 2], 10),
        head=head,
        tail=_tail(beast, held, trunk, moment),
        trunk=trunk,
        skull=head.at(0.14, 0.75),
        tilt=tilt,
        ears=_ears(held, moment),
        asleep=asleep,
        lies=held.rests and held.fore == "fold",
    )


def _nod(held: Hold, moment: Moment) -> float:
    """How far the head goes up and down: with the steps, with the breath, with chewing. Radians."""
    if walks(moment):
        return 0.05 * moment.cycle(1.0, 0.1)
    if moment.gesture in ("eat", "work") and held.head < -0.2:
        return 0.05 * moment.cycle(2.0) + 0.03 * moment.cycle(0.5)
    return 0.03 * moment.cycle(0.5)


def _mood(moment: Moment) -> float:
    """Joy and wakefulness lift a head, sorrow and sleep let it hang. Radians."""
    return 0.16 * clamp(moment.joy, -1.6, 1.0) + 0.14 * clamp(moment.stir, -1.6, 1.0)


def _ears(held: Hold, moment: Moment) -> float:
    """How far ears are laid back: by speed, by fear and sorrow, in sleep. Radians."""
    back = 0.45 if moment.act in ("run", "hop") else 0.25 if moment.act == "crawl" else 0.0
    if (held.rests and moment.posture == "sleep") or moment.gesture == "hide":
        back += 0.4
    return back - 0.45 * clamp(moment.joy, -1.5, 0.0) - 0.15 * clamp(moment.stir, -1.5, 1.0)


def _tail(beast: Beast, held: Hold, trunk: Trunk, moment: Moment) -> Tube:
    """It swings most at its tip, late; it streams behind a runner, lies where the animal lies, droops with sorrow."""
    spine = rows(beast.tail)
    root, radii = trunk.apply(spine[0, :2]), spine[:, 2]
    rel = spine[:, :2] - spine[0, :2]
    out = np.linspace(0, 1, len(spine))[:, None]
    joy = clamp(moment.joy, -1.5, 1.5)
    swing = 0.06 * (moment.cycle(beast.wag, 0.15) + 0.4 * moment.cycle(1.0, 0.3)) * (1 + 0.7 * joy)
    length = _length(rel)
    if held.rests:
        path = (
            _draped(root, float(length[-1]), radii)
            + points(0.3, -0.5) * abs(swing) * out * out * out
        )
        if joy > 0.2:
            path += points(0.0, -0.25 * joy) * length[-1] * out * out
    else:
        angle = 0.6 * trunk.pitch - 0.3 * joy
        path = root + turned(rel, ORIGIN, angle)
        stream = STREAMS.get(moment.act, 0.0)
        if stream:
            straight = root + length[:, None] * points(-0.97, 0.12)
            path = path + (straight - path) * (stream * np.sqrt(out))
        path = path + points(1.0, 0.3) * swing * out * out
    path[:, 1] = np.minimum(path[:, 1], -0.8 * radii)
    return Tube(path, radii, 18)


def _length(p: Array) -> Array:
    """Length along a row of points, at each of them."""
    d = p[1:] - p[:-1]
    steps = np.sqrt(d[:, 0] * d[:, 0] + d[:, 1] * d[:, 1])
    out = np.zeros(len(p))
    np.cumsum(steps, out=out[1:])
    return out


def _draped(root: Array, length: float, radii: Array) -> Array:
    """A tail that hangs to the ground and lies there."""
    thick = float(radii.max())
    down = min(-float(root[1]) - thick, 0.8 * length)
    back = max(length - 0.7 * down, 0.3 * length)
    low = float(root[1]) + down
    end = root[0] - back, low - 0.02
    return bezier(root, (root[0] - 0.3 * back, low + 0.3 * thick), end, len(radii))


# ------------------------------------------------------------------------------------------------------------- legs


@dataclass(frozen=True, slots=True)
class _Walker:
    """What its legs need to know."""

    beast: Beast
    held: Hold
    gait: Gait
    moment: Moment
    trunk: Trunk

    def hind(self, late: float, side: Array) -> Limb:
        """A hind leg; side: how far it stands from the near one."""
        base, leg = rows(self.beast.hips)[0], self.beast.hind
        hip = self.trunk.apply(base) + side
        if self.held.hind == "fold":
            return legs.folded_hind(leg, hip)
        dx, dy = self._step(late, points(-0.3, -0.2))
        ground = points(base[0] + side[0] + leg.rest + dx, dy)
        return legs.hind_leg(leg, hip, ground, dx)

    def fore(self, late: float, side: Array, stance: pose.Stance) -> Limb:
        """A fore leg; stance: what it does."""
        base, leg = rows(self.beast.hips)[1], self.beast.fore
        hip = self.trunk.apply(base) + side
        if stance == "fold":
            return legs.folded_fore(leg, hip)
        if stance == "raise":
            return legs.raised_leg(leg, hip, self.held.up + 0.12 * self.moment.cycle(1.5))
        dx, dy = self._step(late, points(0.32, -0.28))
        stand = float(hip[0]) if self.held.rests else float(base[0] + side[0])
        ground = points(stand + leg.rest + dx, dy)
        return legs.fore_leg(leg.longer(-float(hip[1])), hip, ground, dx)

    def _step(self, late: float, spread: Array) -> tuple[float, float]:
        """spread: where a foot is that hangs in the air."""
        if self.moment.act in IN_THE_AIR:
            return float(spread[0]) + 0.03 * self.moment.cycle(1.0, late), float(spread[1])
        return foot(self.gait, self.moment, late) if walks(self.moment) else (0.0, 0.0)


# ------------------------------------------------------------------------------------------------------------ asleep


def _curled(beast: Beast, moment: Moment) -> Living:
    """Nose to tail: the back a mound, the chin on a paw, the tail laid round before it all."""
    body, head = rows(beast.body), rows(beast.head)
    w = float(body[-1, 0] - body[0, 0])
    thick = float(body[:, 2].max())
    breath = 1 + 0.03 * moment.cycle(0.5)
    back = points((-0.34, 0.0), (-0.24, -0.12), (0.05, -0.2), (0.32, -0.08), (0.36, 0.0)) * w
    back[:, 1] -= points(0.95, 1.25, 1.2, 1.05, 0.9) * thick
    tilt = pose.tilt_towards(beast, pose.LEVEL)
    chin = float(head[:, 2].max())
    start = points(-0.27 * w, -1.15 * chin)
    spine = turned(head[:, :2], head[0, :2], tilt) + (start - head[0, :2])
    skull = Tube(spine, head[:, 2], 16)
    end = points(0.36 * w + 0.6 * thick, -0.8 * thick)
    at = Posed(
        moment,
        body=Tube(back, body[::-1, 2] * breath, 24),
        neck=Tube(np.stack([back[0], start]), points(thick * 0.9, chin), 8),
        head=skull,
        tail=_laid_round(beast, end),
        trunk=Trunk(ORIGIN, 0.0, ORIGIN),
        skull=skull.at(0.14, 0.75),
        tilt=tilt,
        ears=_ears(Hold(), moment) + 0.05 * moment.cycle(0.5),
        asleep=True,
        curled=True,
    )
    paw = legs.folded_fore(beast.fore, points(-0.3 * w, -thick))
    haunch = legs.folded_hind(beast.hind, points(0.22 * w, -1.1 * thick))
    return Living(at, (haunch, paw), (haunch, paw))


def _laid_round(beast: Beast, root: Array) -> Tube:
    """The tail of a curled animal: along the ground, before its paws, up to its nose."""
    spine = rows(beast.tail)
    length = float(_length(spine[:, :2])[-1])
    thick = float(spine[:, 2].max())
    if length < 0.25:  # too short to go round
        path = root + np.linspace(0, 1, len(spine))[:, None] * points(0.6 * length, -0.5 * length)
        return Tube(path, spine[:, 2], 18)
    middle = (float(root[0]) - 0.15 * length, -0.6 * thick)
    path = bezier(root, middle, (float(root[0]) - 0.95 * length, -0.95 * thick), len(spine))
    return Tube(path, spine[:, 2], 18)
