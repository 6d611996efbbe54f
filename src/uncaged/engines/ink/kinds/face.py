"""A small head, in profile or half turned to us: the one that people and dancers carry. Knows no body.

How it is built: hair behind, skull, features, hair over it, beard, hat, all in units of the head's radius; `Place`
carries them to where the neck ends and turns them to where somebody looks. What makes somebody of it is drawn by lot
once; what the face says is a `Mood`.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from uncaged.engines.ink.colour import Colour
from uncaged.engines.ink.curves import Point, bezier, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds.expression import Mood, lids, mood
from uncaged.engines.ink.kinds.eyes import pupil
from uncaged.engines.ink.kinds.person_hair import BEARDS, HAIRS, TAILS, Hair, hair
from uncaged.engines.ink.kinds.person_hat_rows import BROAD, COVERING
from uncaged.engines.ink.kinds.person_hats import draw_hat
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Array, Stream, clamp, cos, sin
from uncaged.engines.ink.paint import Paint

__all__ = ["FINE", "HAIRS", "Face", "Place", "draw_face", "face", "lids"]

FINE = 0.012
"""From this radius on (shares of the frame) ear, brow and lips can be seen and are drawn."""
LARGE = 0.07
"""From this radius on an eye has a white."""


@dataclass(frozen=True, slots=True)
class View:
    """One side of a head. skull: a closed outline in units of the radius; chin: how far each point goes with a turn."""

    turned: bool
    skull: Array
    chin: Array
    hair: Hair


@dataclass(frozen=True, slots=True)
class Face:
    """Somebody's head. profile, turned: its two views; half: which of them it shows by itself.

    hat: a row of `HATS`, or "". mouth: how the mouth lies. lag: when it blinks. beard: "" or a row of `BEARDS`.
    """

    profile: View
    turned: View
    half: bool
    hat: str
    beard: str
    mouth: float
    lag: float
    eye: float
    gap: float
    nose: float
    glasses: bool

    @property
    def style(self) -> str:
        """Of the hair."""
        return self.profile.hair.style


@dataclass(frozen=True, slots=True)
class Place:
    """Where a head is: its centre, its radius, how far it is tilted (radians), and where it looks.

    yaw: 1 to the right in profile, 0 at us, −1 to the left. back: it looks over its shoulder. blown: 0 … 2, how much
    its hair stays behind.
    """

    x: float
    y: float
    radius: float
    tilt: float = 0.0
    yaw: float = 0.5
    back: bool = False
    blown: float = 0.0

    def at(self, form: Array) -> Array:
        """Points in units of the radius → the figure's frame."""
        c, s = _turn(self.tilt, self.radius)
        x, y = (-form[:, 0] if self.back else form[:, 0]), form[:, 1]
        out = np.empty((len(form), 2))
        out[:, 0] = x * c - y * s + self.x
        out[:, 1] = x * s + y * c + self.y
        return out

    def dot(
        self, d: Drawing, x: float, y: float, radius: float, colour: Colour, alpha: int = 255
    ) -> None:
        """A dot in units of the radius."""
        c, s = _turn(self.tilt, self.radius)
        x = -x if self.back else x
        d.dot(self.x + x * c - y * s, self.y + x * s + y * c, radius * self.radius, colour, alpha)


@lru_cache(256)
def _turn(tilt: float, radius: float) -> tuple[float, float]:
    return cos(tilt) * radius, sin(tilt) * radius


def face(
    stream: Stream,
    style: str,
    hat: str = "",
    beard: str = "",
    half: float = 0.6,
    young: float = 0.0,
) -> Face:
    """Somebody's head, by lot. half: chance of being seen half turned. young: 1 rounds it to a child's."""
    turned = stream.sub("turned")
    return Face(
        View(False, *_profile(stream, young), hair(stream.sub("hair"), style, False)),
        View(True, *_skull(turned, young), hair(stream.sub("hair"), style, True)),
        stream.chance(half),
        hat,
        beard,
        stream.uniform(-0.03, 0.06) + 0.03 * young,
        stream.uniform(0, 1),
        0.115 + 0.03 * young + turned.uniform(-0.012, 0.02),
        0.38 + turned.uniform(-0.03, 0.04),
        0.4 - 0.14 * young + turned.uniform(-0.05, 0.08),
        turned.chance(0.12) and young == 0,
    )


def _profile(stream: Stream, young: float) -> tuple[Array, Array]:
    brow, nose = stream.uniform(-0.05, 0.06), stream.uniform(-0.1, 0.1) - 0.14 * young
    tip, lips = stream.uniform(-0.08, 0.08), stream.uniform(-0.05, 0.06)
    chin, deep = stream.uniform(-0.12, 0.1) - 0.06 * young, stream.uniform(-0.06, 0.1)
    outline = points(
        (-0.55, 0.9), (-0.85, 0.0), (-0.5, -0.85), (0.3, -1.0), (0.8, -0.5),
        (0.86 + brow * 0.5, -0.1), (1.13 + nose, 0.2 + tip), (0.9, 0.37 + tip * 0.5),
        (0.86 + lips, 0.65), (0.58 + chin, 1.0 + deep), (0.0, 0.95),
    )  # fmt: skip
    skull = smooth(outline, True, 3)
    return skull, np.zeros(len(skull))


def _skull(stream: Stream, young: float) -> tuple[Array, Array]:
    jaw = 0.6 + stream.uniform(-0.1, 0.1) + 0.1 * young
    deep = 1.1 + stream.uniform(-0.08, 0.1) - 0.1 * young
    cheek = 0.9 + stream.uniform(-0.04, 0.04) + 0.06 * young
    side = [
        (0.72, -0.78), (0.95, -0.12), (cheek, 0.38), (jaw, 0.84), (0.2, deep),
    ]  # fmt: skip
    outline = points((0.0, -1.05), *side, *((-x, y) for x, y in reversed(side)))
    skull = smooth(outline, True, 3)
    return skull, np.clip((skull[:, 1] + 0.2) / 1.3, 0.0, 1.0) * 0.3


def draw_face(d: Drawing, paint: Paint, who: Face, place: Place, m: Moment, view: str = "") -> None:
    """Draws the head: hair behind, skull, features, hair over it, beard, hat. view: "profile", "front" or by itself."""
    half = who.half if not view else view == "front"
    seen = who.turned if half else who.profile
    says = mood(m, who.lag)
    fine = d.scale * place.radius > FINE
    covers = who.hat in COVERING
    if not covers:
        _hair_behind(d, paint, seen, place, m)
    else:
        draw_hat(d, paint, who.hat, place, half, True)
    skull = seen.skull
    if half:
        skull = skull + np.stack([seen.chin * place.yaw, np.zeros(len(skull))], 1)
        if fine and not covers:
            ear = place.at(circle(-0.93, 0.14, 0.17, 0.26, count=12))
            d.form(ear, paint.skin, line=0.5, shade=0.2, key="ear")
    d.form(place.at(skull), paint.skin, line=0.8, shade=0.2, key="face")
    features = _turned_features if half else _profile_features
    features(d, paint, who, place, says, fine)
    if who.beard:
        outline = BEARDS[who.beard][half] + points(0.3 * place.yaw, 0.0) * half
        d.form(place.at(outline), paint.hair, line=0.6, shade=0.5, key="beard")
        _mouth(d, paint, who, place, says, half)
    if not covers:
        d.form(place.at(seen.hair.over), paint.hair, line=0.7, shade=0.5, key="hair")
        if fine and not half and who.style not in ("long", "bob", "fringe", "braids"):
            ear = place.at(circle(-0.08, 0.14, 0.17, 0.26, count=12, turn=-0.2))
            d.form(ear, paint.skin, line=0.5, shade=0.2, key="ear")
    if who.hat and not (who.hat in BROAD and m.posture == "sleep"):
        draw_hat(d, paint, who.hat, place, half, False)


def _hair_behind(d: Drawing, paint: Paint, seen: View, place: Place, m: Moment) -> None:
    tail = TAILS.get(seen.hair.style)
    if tail is not None:
        sway = (0.25 + 0.35 * min(abs(m.sway), 2.0)) * (0.5 + 0.5 * place.blown)
        swing = sway * m.cycle(1.0, 0.2)
        hanging = tail(seen.hair, seen.turned, swing, place.blown)
        for k, form in enumerate(hanging):
            d.form(place.at(form), paint.hair, line=0.7, shade=0.5, key=f"tail{k}")
    if seen.hair.behind is not None:
        d.form(place.at(seen.hair.behind), paint.hair, line=0.7, shade=0.5, key="back")


# ------------------------------------------------------------------------------------------------------------ features


def _profile_features(
    d: Drawing, paint: Paint, who: Face, place: Place, says: Mood, fine: bool
) -> None:
    place.dot(d, 0.34, 0.34, 0.2, paint.lip, 90)
    _eye(d, paint, who, place, says, (0.56, -0.08), 0.9)
    if not who.beard:
        _mouth(d, paint, who, place, says, False)
    if fine:
        lift = -0.14 * says.brow
        brow = bezier(
            (0.34, -0.36 + lift + 0.1 * says.worry),
            (0.56, -0.52 + lift),
            (0.8, -0.36 + lift - 0.2 * says.worry),
        )
        d.stroke(place.at(brow), 0.75, paint.hair, wobble=0.2, key="brow")
    _tear(d, paint, place, says, 0.62)


def _turned_features(
    d: Drawing, paint: Paint, who: Face, place: Place, says: Mood, fine: bool
) -> None:
    """Two eyes, a nose to the side it looks to, a mouth; they move over the skull with the turn."""
    s = 0.42 * place.yaw
    for side in (-1, 1):
        near = 1 - 0.16 * side * place.yaw
        x = s + side * who.gap * near
        place.dot(d, x * 1.12, 0.42, 0.19, paint.lip, 80)
        _eye(d, paint, who, place, says, (x, -0.02), near)
        if fine:
            lift = -0.14 * says.brow
            inner, outer = x - side * 0.17 * near, x + side * 0.2 * near
            brow = bezier(
                (inner, -0.3 + lift - 0.16 * says.worry),
                (x, -0.4 + lift),
                (outer, -0.3 + lift + 0.1 * says.worry),
            )
            d.stroke(place.at(brow), 0.75, paint.hair, wobble=0.2, key=f"brow{side}")
    nose = points((s * 1.15, 0.08), (s * 1.5 + 0.06, who.nose - 0.04), (s * 1.3 - 0.04, who.nose))
    if fine:
        d.stroke(place.at(smooth(nose, per=3)), 0.6, wobble=0.1, key="nose")
    if not who.beard:
        _mouth(d, paint, who, place, says, True)
    if who.glasses and fine:
        _glasses(d, who, place, s)
    _tear(d, paint, place, says, s - who.gap)


def _eye(
    d: Drawing, paint: Paint, who: Face, place: Place, says: Mood, at: Point, near: float
) -> None:
    """A dark dot, with a white round it in a large head or a startled one; a line where it is shut."""
    x, y = at
    r = who.eye * (1 + 0.3 * says.wide)
    if says.glee or says.lid <= 0.42:
        bow = -0.14 if says.glee else 0.1
        arc = bezier((x - 0.19 * near, y + 0.04), (x, y + 0.04 + bow), (x + 0.19 * near, y + 0.04))
        d.stroke(place.at(arc), 0.7, wobble=0, key=f"eye{x > 0.2}")
        return
    if says.wide > 0.35 or d.scale * place.radius > LARGE:
        w, high = 1.75 * r * near, (1.25 + 0.5 * says.wide) * r * says.lid
        d.flat(place.at(circle(x, y, w, high, count=14)), paint.white)
        ahead = 0.5 * r * (place.yaw - 0.2)
        place.dot(d, x + ahead, y - 0.1 * r, r * (1.05 - 0.25 * says.wide) * says.lid, pupil(paint))
        lid = bezier((x - w, y), (x, y - 2.05 * high), (x + w, y))
        d.stroke(place.at(lid), 0.8, wobble=0, key=f"lid{x > 0.2}")
        return
    place.dot(d, x, y, r, pupil(paint))
    if says.lid < 0.8:
        lid = points((x - 0.18 * near, y - 0.08), (x + 0.18 * near, y - 0.06))
        d.stroke(place.at(lid), 0.6, wobble=0, key=f"lid{x > 0.2}")


def _mouth(d: Drawing, paint: Paint, who: Face, place: Place, says: Mood, half: bool) -> None:
    """One line that bends with the mood, or an open form."""
    up = 0.13 * says.smile + who.mouth * (1 - clamp(abs(says.smile)))
    if half:
        x, y, w = 0.36 * place.yaw, 0.66, 0.24 + 0.06 * max(0.0, says.smile)
        left, right = (x - w, y - up), (x + w * 0.9, y - up)
        middle = (x, y + 0.8 * up)
    else:
        left, right = (0.5, 0.57 - up), (0.86, 0.56 - 0.35 * up)
        middle = (0.68, 0.6 + 0.7 * up)
    if says.open > 0.12:
        drop = 0.34 * says.open
        lower = (middle[0], middle[1] + 2 * drop)
        form = np.concatenate([bezier(left, middle, right, 6), bezier(right, lower, left, 6)[1:-1]])
        d.form(place.at(form), paint.lip, line=0.6, shade=0, key="mouth")
        return
    d.stroke(place.at(bezier(left, middle, right, 7)), 0.65, wobble=0, key="mouth")


def _tear(d: Drawing, paint: Paint, place: Place, says: Mood, x: float) -> None:
    if says.tear >= 0:
        q = says.tear
        drop = points(
            (x, 0.1 + 0.75 * q),
            (x + 0.1, 0.3 + 0.75 * q),
            (x, 0.42 + 0.75 * q),
            (x - 0.1, 0.3 + 0.75 * q),
        )
        d.flat(place.at(drop), paint.white, 235)


def _glasses(d: Drawing, who: Face, place: Place, s: float) -> None:
    for side in (-1, 1):
        near = 1 - 0.16 * side * place.yaw
        rim = circle(s + side * who.gap * near, 0.0, 0.31 * near, 0.3, count=14)
        d.stroke(
            place.at(np.concatenate([rim, rim[:2]])), 0.6, taper=(0.05, 0.05), wobble=0.1,
            key=f"rim{side}",
        )  # fmt: skip
