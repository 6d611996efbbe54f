"""A tree in nine forms: round, cloud, fruit, bare, birch, cypress, conifer, willow, christmas.

How it is built: a skeleton that forks is drawn by lot once (`tree_branching`); its branches and the flare of its foot
are one union; clumps of leaves sit on its tips (`tree_crown`). Birch and cypress do not fork (`tree_slender`), nor do
conifer and willow (`tree_conifer`). Wind
turns each level more and later than the one below; each level grows when the one below is done, leaves last.
"""

from uncaged.engines.ink.curves import bezier, points, smooth
from uncaged.engines.ink.display import Drawing
from uncaged.engines.ink.kinds import Figure, Kind, register
from uncaged.engines.ink.kinds.tree_branching import branches, stand
from uncaged.engines.ink.kinds.tree_conifer import conifer, willow
from uncaged.engines.ink.kinds.tree_crown import crown, draw_crown, twigs
from uncaged.engines.ink.kinds.tree_slender import birch, cypress
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Stream, ease_out, over
from uncaged.engines.ink.paint import Paint

FORMS = (
    "round",
    "cloud",
    "fruit",
    "bare",
    "birch",
    "cypress",
    "conifer",
    "willow",
    "christmas",
)
LOTS = ("round", "round", "cloud", "fruit", "bare", "birch", "cypress")
"""What the seed chooses from: a round one is the usual tree."""

_FOOT = points(
    (-0.09, 0.015), (-0.045, -0.03), (-0.035, -0.12), (0.035, -0.12), (0.05, -0.03), (0.1, 0.015)
)


def build(stream: Stream, paint: Paint, form: str) -> Figure:
    """A tree of the form, or of one its seed chooses."""
    form = form if form in FORMS else stream.sub("form").pick(LOTS)
    lean = stream.uniform(-0.06, 0.06)
    if form == "cypress":
        return cypress(stream.sub(form), paint, lean)
    if form == "birch":
        return birch(stream.sub(form), paint, lean)
    if form in ("conifer", "christmas"):
        return conifer(stream.sub(form), paint, 0.5 * lean, form == "christmas")
    if form == "willow":
        return willow(stream.sub(form), paint, lean)
    return _forking(stream.sub("fork"), paint, form, lean)


def _forking(stream: Stream, paint: Paint, form: str, lean: float) -> Figure:
    """A tree that forks, with a crown or (bare) with twigs."""
    bare = form == "bare"
    skeleton = branches(stream, lean, 3 if bare else 2, 0 if form == "cloud" else 2)
    leaves = 15 if paint.fill == "plain" else 5
    tufts = (
        [] if bare else crown(stream.sub("crown"), skeleton, form, leaves, 2 * (form == "fruit"))
    )
    tips = [i for i, branch in enumerate(skeleton) if branch.tip]
    turns = stream.array(3 * len(tips), -0.2, 0.2).reshape(-1, 3) + points(-0.5, 0.0, 0.55)

    def figure(drawing: Drawing, moment: Moment) -> None:
        limbs = stand(skeleton, moment)
        wood = [limb.outline for limb in limbs if limb.outline is not None]
        if not wood:
            return
        thick = ease_out(over(moment.grow, 0, 0.24))
        foot = smooth(_FOOT * thick, False, 4)
        drawing.union([foot, *wood], paint.trunk, line=0.9, shade=0.35, key="wood")
        if thick >= 1:
            bark = bezier((-0.02, -0.02), (-0.01, -0.1), (lean * 0.5 - 0.012, -0.24))
            drawing.stroke(bark, 0.6, paint.ink, key="bark")
        if bare:
            twigs(drawing, moment, paint, [limbs[i] for i in tips], turns)
        else:
            draw_crown(drawing, moment, paint, skeleton, limbs, tufts)

    return figure


register(
    Kind(
        name="tree",
        build=build,
        at=(0.60, 0.58),
        height=0.70,
        home="meadow",
        width=0.75,
        top=(0.0, -0.72),
        shadow=0.34,
        motion="sway",
        forms=FORMS,
        plant=True,
        faces=False,
        quiet=("striped", "dotted"),
        metres=8.0,
        grip=(0.0, -0.3),
        traits=("perch",),
    )
)
