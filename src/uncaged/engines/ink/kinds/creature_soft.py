"""Inventions without bones: the floating bell, the animal that is a plant, the knot. They hover, creep and writhe."""

import numpy as np

from uncaged.engines.ink.curves import Tube, bezier, circle, leaf, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure
from uncaged.engines.ink.kinds.creature_parts import STRIDE, Make, body, make, speak, watch
from uncaged.engines.ink.kinds.shaping import blade, horn, turned
from uncaged.engines.ink.kinds.stepping import goes, tread
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import TAU, Array, Stream, cos, sin
from uncaged.engines.ink.paint import Paint

ALONG = np.linspace(0, 1, 8)


def bell(stream: Stream, paint: Paint) -> Figure:
    """A bell over the ground with dark under it, eyes in the dark, and threads that carry what it has collected."""
    kit = make(stream.sub("make"), paint)
    wide, tall = stream.uniform(0.22, 0.46), stream.uniform(0.26, 0.56)
    tiers = stream.pick((1, 1, 2, 3))
    hangs = stream.uniform(0.26, 0.44)
    tall = tall / (1, 1.25, 1.6)[tiers - 1]
    point = stream.uniform(0.1, 1.0)
    threads = stream.integer(3, 7)
    lengths = stream.array(threads, 0.16, 0.36)
    things = [stream.pick(("ring", "drop", "key", "eye", "leaf")) for _ in range(threads)]
    eyes = stream.integer(1, 3)
    knob = stream.chance(0.6)

    def figure(drawing: Drawing, moment: Moment) -> None:
        lift = 0.03 * moment.cycle(0.5)
        pulse = 0.05 * moment.cycle(1.0 if goes(moment) else 0.5, 0.2)
        low = points(0.02 * moment.cycle(0.5, 0.3), -hangs + lift)
        broad = wide * (1 - pulse)
        for k in range(threads):
            x = broad * 0.85 * (2 * k / max(1, threads - 1) - 1)
            _thread(
                drawing,
                paint,
                moment,
                kit,
                low + points(x, 0.0),
                float(lengths[k]),
                things[k],
                0.17 * k,
            )
        under = circle(float(low[0]), float(low[1]), broad, 0.1, 26)
        drawing.form(under, paint.dark, line=1.0, shade=0)
        for k in range(eyes):
            x = 0.16 * (k - (eyes - 1) / 2)
            watch(drawing, paint, moment, kit, float(low[0]) + x, float(low[1]) - 0.005, 0.06)
        for tier in range(tiers):
            _roof(drawing, paint, kit, low, broad * (1, 0.72, 0.46)[tier], tall, tier, point)
        if knob:
            x, y = (low + points(0.0, -tall * (1 + 0.42 * (tiers - 1)) - 0.04)).tolist()
            drawing.form(circle(x, y, 0.05, count=16), kit.mark, line=0.95, shade=0.5)

    return figure


def _roof(
    drawing: Drawing,
    paint: Paint,
    kit: Make,
    low: Array,
    broad: float,
    tall: float,
    tier: int,
    point: float,
) -> None:
    """One bell with its folds; the higher ones sit on the lower. point: 0 = round, 1 = like a hat."""
    at = low + points(0.0, -0.42 * tall * tier)
    shoulder = points(-0.6 * broad * (1.2 - 0.5 * point), -0.75 * tall)
    half = points((-broad, 0.0), (-0.95 * broad, -0.4 * tall))
    half = np.concatenate([half, shoulder[None], points((0.0, -tall))])
    roof = np.concatenate([half, (half * (-1.0, 1.0))[2::-1]])
    brim = bezier((broad, 0.0), (0.0, -0.17 if tier == 0 else 0.04), (-broad, 0.0), 12)
    body(drawing, paint, kit, np.concatenate([smooth(roof, False, 5), brim]) + at)
    for k in (-2, -1, 1, 2):
        fold = bezier(
            (0.1 * k * broad, -0.9 * tall),
            (0.4 * k * broad, -0.5 * tall),
            (0.42 * k * broad, -0.1),
            8,
        )
        drawing.stroke(fold + at, 0.7, paint.ink, wobble=0.4)


def _thread(
    drawing: Drawing,
    paint: Paint,
    moment: Moment,
    kit: Make,
    root: Array,
    length: float,
    what: str,
    lag: float,
) -> None:
    """A thread that swings late, with something on it."""
    x = 0.08 * ALONG * sin(TAU * (moment.turn(0.5) - 0.4 * ALONG - lag))
    line = root + np.stack([x, length * ALONG], 1)
    drawing.stroke(line, 1.0, paint.ink, wobble=0.2, taper=(0.02, 0.1))
    at = line[-1]
    px, py = at.tolist()
    match what:
        case "ring":
            ring = circle(px, py + 0.04, 0.04, count=14)
            drawing.stroke(np.concatenate([ring, ring[:2]]), 1.5, kit.mark, wobble=0.1)
        case "drop":
            drawing.form(
                horn(at + points(0.0, 0.09), at, 0.045, 0.15, -0.15), kit.mark, line=0.8, shade=0.4
            )
        case "key":
            drawing.form(circle(px, py + 0.025, 0.028, count=12), kit.mark, line=0.8, shade=0)
            drawing.stroke(
                np.stack([at + points(0, 0.05), at + points(0, 0.12), at + points(0.03, 0.12)]),
                1.4,
                kit.mark,
                wobble=0,
            )
        case "eye":
            drawing.form(circle(px, py + 0.035, 0.042, count=14), paint.white, line=0.85, shade=0)
            drawing.dot(px + 0.01, py + 0.04, 0.02, paint.dark)
        case _:
            green = blade(at, at + points(0.02, 0.13), 0.035)
            drawing.form(green, paint.leaf, line=0.8, shade=0.4)


def plant(stream: Stream, paint: Paint) -> Figure:
    """Roots that have learned to creep, a stem that is a neck, for a head something between a flower and a mouth."""
    kit = make(stream.sub("make"), paint)
    roots = stream.integer(4, 6)
    heads = stream.pick((1, 1, 2, 3))
    what = stream.pick(("eye", "trap", "pod", "sun"))
    bulb = stream.uniform(0.12, 0.22)
    leaves = stream.integer(2, 4)
    lean = stream.uniform(-0.1, 0.12)

    def figure(drawing: Drawing, moment: Moment) -> None:
        heart = points(0.0, -0.2 + 0.01 * moment.cycle(1.0))
        for k in range(roots):
            _root(drawing, paint, moment, kit, heart, k, roots)
        for n in range(heads):
            side = n - (heads - 1) / 2
            sway = points(0.04 * moment.cycle(0.5, 0.2 * n), 0.015 * moment.cycle(1.0, 0.3 * n))
            top = heart + points(lean + 0.32 * side, -0.56 + 0.1 * abs(side) - 0.04 * n) + sway
            bow = (heart + top) / 2 + points(0.1 * side - lean + 0.04, 0.0)
            stem = Tube([heart, bow, top], [0.045, 0.03, 0.028], 18)
            drawing.form(stem.outline(), paint.leaf_dark, line=0.95, shade=0.5)
            if n == 0:
                _leaves(drawing, paint, moment, stem, leaves)
            _bloom(drawing, paint, moment, kit, what, top, 1.0 if heads == 1 else 0.7)
        ball = circle(float(heart[0]), float(heart[1]), bulb, 0.92 * bulb, 26)
        body(drawing, paint, kit, ball)
        for k in (-1, 0, 1):
            line = bezier(
                heart + points(0.02 * k, -0.9 * bulb),
                heart + points(0.9 * bulb * k, 0.0),
                heart + points(0.3 * bulb * k, 0.85 * bulb),
                8,
            )
            drawing.stroke(line, 0.7, paint.ink, wobble=0.3)

    return figure


def _root(
    drawing: Drawing, paint: Paint, moment: Moment, kit: Make, heart: Array, k: int, roots: int
) -> None:
    """A root that reaches over, takes hold and pulls."""
    rest = 0.8 * (k / max(1, roots - 1) - 0.5)
    dx, dy = tread(moment, k / roots, STRIDE, 0.1)
    end = points(rest + dx, dy)
    curl = points(0.06 if rest > 0 else -0.06, -0.03 - 0.02 * moment.cycle(0.5, 0.2 * k))
    knee = (heart + end) / 2 + points(0.3 * rest, -0.1)
    root = Tube([heart, knee, end, end + curl], [0.05, 0.036, 0.022, 0.008], 20)
    drawing.form(root.outline(), kit.limb if k % 2 else paint.shadow, line=0.9, shade=0.5)


def _leaves(drawing: Drawing, paint: Paint, moment: Moment, stem: Tube, count: int) -> None:
    """Leaves used as arms."""
    for k in range(count):
        side = 1 if k % 2 else -1
        root: Array = stem.at(0.3 + 0.14 * k, 0.0)
        beat = 0.06 * moment.cycle(1.0 if goes(moment) else 0.5, 0.25 * k)
        arm = leaf(root, root + points(0.3 * side, -0.1 - beat), 0.06, 0.2 * side, 12)
        drawing.form(arm.outline(), paint.leaf if k % 2 else paint.leaf_light, line=0.9, shade=0.6)
        drawing.stroke(arm.at(np.linspace(0, 0.9, 6), 0), 0.6, paint.ink, wobble=0.2)


def _bloom(
    drawing: Drawing, paint: Paint, moment: Moment, kit: Make, what: str, at: Array, size: float
) -> None:
    """The head: an eye among petals, a trap with teeth, a pod that opens, a sun of tongues."""
    x, y = at.tolist()
    open_ = 0.5 + 0.5 * moment.cycle(0.5, 0.1)
    match what:
        case "trap":
            _trap(drawing, paint, kit, at, size, open_)
            watch(drawing, paint, moment, kit, x + 0.03, y - 0.1 * size, 0.05 * size)
        case "pod":
            for side in (-1, 0, 1):
                tip = at + points(0.12 * side * (0.5 + open_), -0.34) * size
                drawing.form(
                    blade(at + points(0, 0.03), tip, 0.11 * size, 0.14 * side),
                    kit.skin if side else paint.second,
                    fill=kit.fill if side == 0 else "plain",
                    colour2=paint.pattern,
                    line=1.0,
                    shade=0.8,
                )
            watch(drawing, paint, moment, kit, x, y - 0.14 * size, 0.06 * size)
        case "sun":
            for k in range(11):
                angle = TAU * k / 11 + 0.06 * moment.cycle(0.5, 0.09 * k)
                tongue = horn(
                    at, at + points(cos(angle), sin(angle)) * 0.26 * size, 0.05 * size, 0.12
                )
                drawing.form(tongue, kit.mark if k % 2 else kit.skin, line=0.85, shade=0.4)
            drawing.form(circle(x, y, 0.11 * size, count=22), paint.dark, line=0.9, shade=0.3)
            speak(drawing, paint, moment, kit, x, y + 0.02, 0.07 * size)
        case _:
            for k in range(7):
                angle = TAU * k / 7 + 0.04 * moment.cycle(0.5, 0.1 * k)
                petal = leaf(at, at + points(cos(angle), sin(angle)) * 0.25 * size, 0.075 * size)
                drawing.form(
                    petal.outline(),
                    kit.skin,
                    fill=kit.fill,
                    body=petal,
                    colour2=paint.pattern,
                    line=0.9,
                    shade=0.6,
                    light=(-sin(angle), cos(angle)),
                )
            watch(drawing, paint, moment, kit, x, y, 0.115 * size)


JAW = smooth(points((-0.02, 0.0), (0.06, 0.12), (0.22, 0.12), (0.32, 0.02), (0.16, -0.02)), True, 4)
TOOTH = points((0.0, 0.0), (0.03, -0.075), (0.06, 0.0))


def _trap(drawing: Drawing, paint: Paint, kit: Make, at: Array, size: float, open_: float) -> None:
    """Two jaws with teeth; open_: 0 … 1."""
    for jaw in (-1, 1):
        turn, way = jaw * (0.25 + 0.35 * open_), (size, jaw * size)
        drawing.form(turned(JAW * way, turn, at), kit.skin, line=1.0, shade=0.7)
        teeth = [turned((TOOTH + points(0.06 + 0.06 * j, 0.0)) * way, turn, at) for j in range(4)]
        drawing.multi(teeth, paint.white, line=0.7)


def knot(stream: Stream, paint: Paint) -> Figure:
    """One rope without an end, over and under itself. It writhes along; where its eyes are it has not decided."""
    kit = make(stream.sub("make"), paint)
    across, down = stream.pick(((2, 3), (3, 2), (3, 4), (1, 2), (3, 5)))
    turn = stream.uniform(0.2, 1.3)
    thick = stream.uniform(0.055, 0.095)
    eyes = stream.integer(2, 5)
    start = stream.uniform()
    segments = 12 * max(across, down)

    def figure(drawing: Drawing, moment: Moment) -> None:
        slide = moment.turn(0.25) if goes(moment) else 0.0
        squirm = 0.12 * moment.cycle(0.5) + 0.1 * (moment.cycle(1.0) if goes(moment) else 0.0)
        q = np.linspace(0, TAU, segments * 3 + 1)
        x = 0.36 * sin(across * q + turn + squirm)
        y = -0.46 + 0.38 * sin(down * q + 0.3 * moment.cycle(0.5, 0.25))
        deep = cos((across + down) * q + turn)
        line = np.stack([x + 0.05 * sin(5 * q + squirm), y], 1)
        order = sorted(range(segments), key=lambda k: float(deep[3 * k + 1]))
        for k in order:
            piece = line[3 * k : 3 * k + 4]
            reach = piece[-1] - piece[0]
            part = np.concatenate([piece[:1] - reach * 0.12, piece, piece[-1:] + reach * 0.12])
            tube = Tube(part, [thick, thick], 8, curved=False, cap_start=False, cap_end=False)
            tone = kit.skin if k % 2 else paint.second
            u = (k / segments + slide) % 1
            tone = kit.mark if u < 1.2 / segments else tone
            drawing.form(tube.outline(), tone, line=0.0, shade=0.5)
            for side in (-1, 1):
                drawing.stroke(
                    tube.at(np.linspace(0.08, 0.92, 5), side),
                    0.9,
                    paint.ink,
                    wobble=0.1,
                    taper=(0.02, 0.02),
                )
        for k in range(eyes):
            j = int((start + k / eyes) * 3 * segments) % (3 * segments)
            ex, ey = line[j].tolist()
            watch(drawing, paint, moment, kit, ex, ey, thick * 0.95)
        mouth = line[int(start * 3 * segments + 0.5 * segments) % (3 * segments)]
        speak(drawing, paint, moment, kit, float(mouth[0]), float(mouth[1]), thick)
        foot_ = circle(0.0, 0.0, 0.2, 0.02, 12)
        drawing.flat(foot_, paint.cast, 60)

    return figure
