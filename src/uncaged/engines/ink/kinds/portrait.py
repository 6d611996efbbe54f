"""The features of a face that looks at us: eyes, brows, nose, mouth, tears, beard, glasses. Knows no hair, no skull.

How it is built: a feature is drawn round its place on the face and moves with the head's turn, nearer ones farther
(nose 1.35 ×, eyes 1 ×). `features` draws by lot what makes somebody of it, within what faces do; a `Mood` bends
mouth, brows and lids from there.
"""

from dataclasses import dataclass, replace

import numpy as np

from uncaged.engines.ink.curves import Point, bezier, circle, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds.expression import Mood
from uncaged.engines.ink.kinds.eyes import pupil
from uncaged.engines.ink.numbers import Array, Stream
from uncaged.engines.ink.paint import Paint

EYE_LINE = -0.56
"""Height of the eyes over the lower edge; everything on a face is measured from there."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a head looks. yaw: −1 … 1. shift: how far the features have moved. up: −1 … 1, how far the eyes look up.

    nod, lag: how far the head has sunk, and how far the hair swings after it.
    """

    yaw: float
    shift: float
    nod: float
    lag: float
    up: float = 0.0

    def at(self, *pairs: Point) -> Array:
        """Places on the face (from the middle of the eye line, y down) in the figure's frame."""
        return points(*pairs) + points(0.0, EYE_LINE + self.nod)


@dataclass(frozen=True, slots=True)
class Features:
    """What makes a face somebody's. Lengths in the figure's height.

    brow: half width of the forehead; cheek, jaw, chin: half widths going down; length: from the eye line to the chin.
    askew: how much higher one side is. smile: how far the corners of the mouth go up.
    """

    brow: float
    cheek: float
    jaw: float
    chin: float
    length: float
    askew: float
    eye: float
    opening: float
    gap: float
    slant: float
    hair_of_brow: float
    arch: float
    frown: float
    nose: float
    tip: float
    bump: float
    mouth: float
    upper: float
    lower: float
    smile: float
    lines: bool
    freckles: tuple[tuple[float, float], ...]
    glasses: bool

    @property
    def mouth_line(self) -> float:
        """Height of the mouth below the eye line."""
        return self.length * 0.64


def features(stream: Stream, age: str = "") -> Features:
    """A face by lot: broad or narrow, long or short, square or pointed. age: "", "child" or "elder"."""
    found = _grown(stream)
    if age == "child":
        return replace(
            found,
            cheek=found.cheek + 0.018,
            jaw=found.jaw + 0.028,
            chin=found.chin + 0.012,
            length=found.length - 0.042,
            eye=found.eye * 1.14,
            opening=found.opening * 1.35,
            gap=found.gap + 0.008,
            hair_of_brow=0.7,
            arch=0.03,
            nose=found.nose * 0.62,
            tip=found.tip * 0.55,
            bump=0.0,
            mouth=found.mouth * 0.72,
            upper=found.upper * 0.8,
            lower=found.lower * 0.7,
            lines=False,
            glasses=False,
        )
    return replace(found, lines=True) if age == "elder" else found


def _grown(stream: Stream) -> Features:
    u = stream.uniform
    broad, square = u(-1, 1), u(-1, 1)
    freckled = stream.chance(0.18)
    spots = stream.sub("freckles")
    return Features(
        brow=0.195 + 0.01 * broad + u(-0.006, 0.006),
        cheek=0.22 + 0.012 * broad,
        jaw=0.162 + 0.014 * broad + 0.018 * square,
        chin=0.064 + 0.024 * square,
        length=0.286 - 0.01 * broad + u(-0.018, 0.022),
        askew=u(-0.014, 0.014),
        eye=u(0.049, 0.062),
        opening=u(0.022, 0.034),
        gap=u(0.086, 0.098),
        slant=u(-0.008, 0.01),
        hair_of_brow=u(0.9, 2.3),
        arch=u(0.014, 0.034),
        frown=u(-0.014, 0.014),
        nose=u(0.095, 0.125),
        tip=u(0.024, 0.044),
        bump=u(-0.006, 0.014),
        mouth=u(0.052, 0.084),
        upper=u(0.008, 0.021),
        lower=u(0.02, 0.042),
        smile=u(-0.008, 0.014),
        lines=stream.chance(0.25),
        freckles=tuple((spots.uniform(-0.13, 0.13), spots.uniform(0.03, 0.1)) for _ in range(12))
        if freckled
        else (),
        glasses=stream.chance(0.15),
    )


def draw_features(d: Drawing, paint: Paint, face: Features, turn: Turn, says: Mood) -> None:
    """Everything that moves over a face."""
    for x, y in face.freckles:
        spot = turn.at((x + turn.shift, y))[0]
        d.dot(spot[0], spot[1], 0.0045, paint.lip, 150)
    for side in (-1, 1):
        cheek = turn.at((side * face.gap * 1.25 + turn.shift * 0.8, 0.1))[0]
        d.dot(cheek[0], cheek[1], 0.042, paint.lip, int(60 + 40 * max(0.0, says.smile)))
        _eye(d, paint, face, turn, says, side)
        _brow(d, paint, face, turn, says, side)
    _nose(d, face, turn)
    _mouth(d, paint, face, turn, says)
    if says.tear >= 0:
        _tears(d, paint, face, turn, says)
    if face.lines:
        _lines(d, face, turn)
    if face.glasses:
        _glasses(d, face, turn)


def _eye(d: Drawing, paint: Paint, face: Features, turn: Turn, says: Mood, side: int) -> None:
    """Almond, iris, pupil, glint, a heavy upper lid; one bow where a smile or sleep shuts it."""
    x = side * face.gap * (1 - side * turn.yaw * 0.15) + turn.shift
    y = -0.02 + face.askew * side
    w = face.eye * (1 - side * turn.yaw * 0.2)
    if says.glee or says.lid <= 0.2:
        bend = -0.03 if says.glee else 0.026
        bow = turn.at((x - w, y + 0.008), (x, y + 0.008 + 2 * bend), (x + w, y + 0.008))
        d.stroke(bezier(bow[0], bow[1], bow[2]), 1.4, key=f"lid{side}", wobble=0.3)
        return
    rise = face.opening * says.lid * (1 + 0.6 * says.wide)
    left, right = y + 0.006 + face.slant * side, y + 0.006 - face.slant * side
    upper = smooth(
        turn.at(
            (x - w, left), (x - w * 0.3, y - rise), (x + w * 0.45, y - rise * 0.9), (x + w, right)
        ),
        False,
        4,
    )
    lower = smooth(turn.at((x + w, right), (x, y + 0.024), (x - w, left)), False, 4)
    white = np.concatenate([upper, lower[1:-1]])
    d.form(white, paint.white, line=0, shade=0, key=f"eye{side}")
    if says.lid > 0.3:
        px, py = turn.at((x + turn.yaw * 0.016, y - 0.002 - 0.01 * turn.up))[0]
        d.clip(white)
        d.dot(px, py, 0.025, paint.eye)
        d.dot(px, py, 0.0125, pupil(paint))
        d.unclip()
        d.dot(px + 0.008, py - 0.009, 0.005, paint.white)
    d.stroke(upper, 1.4, key=f"lid{side}", wobble=0.3)
    if face.lines:
        bag = turn.at((x - w * 0.6, y + 0.036), (x, y + 0.046), (x + w * 0.6, y + 0.034))
        d.stroke(smooth(bag), 0.5, wobble=0.3, key=f"bag{side}")


def _brow(d: Drawing, paint: Paint, face: Features, turn: Turn, says: Mood, side: int) -> None:
    """It rises in surprise; its inner end rises in sorrow and sinks in a frown."""
    x = side * face.gap * (1 - side * turn.yaw * 0.15) + turn.shift
    y = -0.02 + face.askew * side
    w = face.eye * (1 - side * turn.yaw * 0.2)
    inner, outer = x - side * w * 1.1, x + side * w * 1.15
    height = y - face.opening - 0.032 - 0.034 * says.brow
    brow = turn.at(
        (inner, height + face.frown + 0.006 - 0.036 * says.worry),
        (x, height - face.arch + face.askew * side - 0.006 * says.worry),
        (outer, height + 0.004 + 0.014 * says.worry),
    )
    d.stroke(smooth(brow), face.hair_of_brow, paint.hair, key=f"brow{side}", wobble=0.5)


def _nose(d: Drawing, face: Features, turn: Turn) -> None:
    """One line from the brow to the nostril, on the side the head turns to."""
    side = 1 if turn.yaw > -0.1 else -1
    x = turn.shift * 1.35
    line = turn.at(
        (turn.shift - 0.028 * side, -0.05),
        (x - (0.004 - face.bump) * side, face.nose * 0.36),
        (x + face.tip * side, face.nose),
        (x + 0.005 * side, face.nose + 0.017),
        (x - 0.026 * side, face.nose + 0.009),
    )
    d.stroke(smooth(line), 1.0, key="nose", wobble=0.4)


def _mouth(d: Drawing, paint: Paint, face: Features, turn: Turn, says: Mood) -> None:
    """A form and one line; open, a dark form between two lips."""
    x, w = turn.shift, face.mouth * (1 + 0.16 * max(0.0, says.smile))
    y = face.mouth_line + 0.012 * says.smile - 0.012 * says.open
    corner = y - face.smile - 0.034 * says.smile
    if says.open > 0.12:
        _open_mouth(d, paint, face, turn, says, (x, y, w, corner))
        return
    lips = turn.at(
        (x - w, corner),
        (x - w * 0.36, y - face.upper - 0.004),
        (x, y - face.upper + 0.003),
        (x + w * 0.36, y - face.upper - 0.004),
        (x + w, corner - 0.002),
        (x + w * 0.34, y + face.lower),
        (x - w * 0.34, y + face.lower),
    )
    d.form(smooth(lips, True, 3), paint.lip, line=0, shade=0.4, key="lips")
    line = turn.at((x - w * 1.08, corner), (x, y + 0.005), (x + w * 1.08, corner - 0.003))
    d.stroke(smooth(line), 0.9, key="mouth", wobble=0.3)
    under = turn.at((x - 0.022, y + face.lower + 0.016), (x + 0.022, y + face.lower + 0.015))
    d.stroke(under, 0.5, wobble=0.3, key="under")


def _open_mouth(
    d: Drawing,
    paint: Paint,
    face: Features,
    turn: Turn,
    says: Mood,
    at: tuple[float, float, float, float],
) -> None:
    x, y, w, corner = at
    w *= 1 - 0.3 * says.wide
    drop = 0.075 * says.open
    upper = [(x - w, corner), (x - w * 0.4, y - 0.004), (x, y), (x + w * 0.4, y - 0.004)]
    lower = [
        (x + w, corner),
        (x + w * 0.55, y + drop * 0.8),
        (x, y + drop),
        (x - w * 0.55, y + drop * 0.8),
    ]
    gape = turn.at(*upper, *lower)
    lip = turn.at(
        (x - w - 0.012, corner), (x - w * 0.36, y - face.upper - 0.008), (x, y - face.upper),
        (x + w * 0.36, y - face.upper - 0.008), (x + w + 0.012, corner),
        (x + w * 0.6, y + drop + 0.7 * face.lower), (x - w * 0.6, y + drop + 0.7 * face.lower),
    )  # fmt: skip
    d.form(smooth(lip, True, 3), paint.lip, line=0.7, shade=0.3, key="lips")
    d.form(smooth(gape, True, 3), paint.dark, line=0, shade=0, key="mouth")
    if says.smile > 0.3:
        teeth = turn.at(
            (x - w * 0.7, y - 0.004),
            (x + w * 0.7, y - 0.004),
            (x + w * 0.5, y + 0.016),
            (x - w * 0.5, y + 0.016),
        )
        d.flat(smooth(teeth, True, 2), paint.white)


def _tears(d: Drawing, paint: Paint, face: Features, turn: Turn, says: Mood) -> None:
    """One drop after the other down each cheek."""
    for side, late in ((-1, 0.0), (1, 0.5)):
        q = (says.tear + late) % 1
        x = side * face.gap * 1.06 + turn.shift * 0.9
        y = 0.02 + 0.17 * q * q
        drop = turn.at(
            (x, y - 0.022), (x + 0.011, y + 0.004), (x, y + 0.016), (x - 0.011, y + 0.004)
        )
        d.form(smooth(drop, True, 2), paint.white, line=0.5, shade=0, key=f"tear{side}")


def _lines(d: Drawing, face: Features, turn: Turn) -> None:
    """From the nostrils past the mouth: a face that has lived."""
    x, y = turn.shift, face.mouth_line
    for side in (-1, 1):
        fold = turn.at(
            (x * 1.2 + side * 0.05, face.nose - 0.005),
            (x + side * (face.mouth + 0.018), y - 0.03),
            (x + side * (face.mouth + 0.02), y + 0.014),
        )
        d.stroke(smooth(fold), 0.6, wobble=0.4, key=f"fold{side}")


def _glasses(d: Drawing, face: Features, turn: Turn) -> None:
    rims: list[Array] = []
    for side in (-1, 1):
        x = side * face.gap * (1 - side * turn.yaw * 0.15) + turn.shift * 1.1
        width = 0.078 * (1 - side * turn.yaw * 0.15)
        rim = circle(x, EYE_LINE + turn.nod - 0.012, width, 0.066, count=24)
        rims.append(rim)
        d.stroke(
            np.concatenate([rim, rim[:2]]), 1.1, taper=(0.05, 0.05), wobble=0.4, key=f"rim{side}"
        )
    left, right = rims[0][0], rims[1][12]
    d.stroke(
        points(left, (left + right) / 2 - points(0, 0.012), right), 1.0, wobble=0.2, key="bridge"
    )


def draw_beard(d: Drawing, paint: Paint, face: Features, turn: Turn) -> None:
    """A beard round the jaw that leaves the mouth free, under a moustache. Drawn before the features."""
    x, y, w = turn.shift, face.mouth_line, face.mouth
    drop = face.length + 0.045
    outline = turn.at(
        (-face.cheek * 1.0, 0.05),
        (-face.jaw - 0.018, 0.17),
        (-face.chin - 0.03 + x * 0.5, drop - 0.01),
        (x * 0.5, drop + 0.012),
        (face.chin + 0.03 + x * 0.5, drop - 0.01),
        (face.jaw + 0.018, 0.17),
        (face.cheek * 1.0, 0.05),
        (face.jaw * 0.86 + x * 0.4, y - 0.05),
        (x + w + 0.03, y - 0.035),
        (x, y - face.upper - 0.024),
        (x - w - 0.03, y - 0.035),
        (-face.jaw * 0.86 + x * 0.4, y - 0.05),
    )
    d.form(smooth(outline, True, 4), paint.hair, shade=0.6, line=0.8, key="beard")
    for k in (-0.7, -0.35, 0.0, 0.35, 0.7):
        strand = turn.at(
            (x + k * 0.12, y + face.lower + 0.03),
            (x * 0.6 + k * 0.13, drop - 0.012 - 0.03 * abs(k)),
        )
        d.stroke(strand, 0.6, paint.hair_light, wobble=1)
