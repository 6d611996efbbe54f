"""People in every form, posture, gesture and gait, and the kinds that are parts of them: they hold together."""

from typing import Any

import numpy as np
import pytest
from built import colours, draw, part
from hypothesis import given, settings
from hypothesis import strategies as st

from uncaged.engines.ink.colour import HUES, PALETTES
from uncaged.engines.ink.curves import Tube
from uncaged.engines.ink.display import Drawing, Form, Group, Mark
from uncaged.engines.ink.kinds import kinds
from uncaged.engines.ink.kinds.expression import mood
from uncaged.engines.ink.kinds.face import FINE
from uncaged.engines.ink.kinds.mitten import HANDS, mitten
from uncaged.engines.ink.kinds.person_attire import ATTIRE
from uncaged.engines.ink.kinds.person_cuts import CUTS
from uncaged.engines.ink.kinds.person_gaits import (
    CRAWLING,
    CRAWLS,
    GAIT,
    HOPPING,
    RUNNING,
    RUNS,
    crawl,
    crawling_hand,
)
from uncaged.engines.ink.kinds.person_gestures import GESTURES as DEEDS
from uncaged.engines.ink.kinds.person_hair import BEARDS, HAIRS
from uncaged.engines.ink.kinds.person_hat_rows import HATS
from uncaged.engines.ink.kinds.person_postures import SEAT
from uncaged.engines.ink.kinds.person_reaches import HOLDS
from uncaged.engines.ink.kinds.person_roles import DYES, ROLES
from uncaged.engines.ink.kinds.person_stature import STATURES
from uncaged.engines.ink.kinds.person_strange import STRANGE
from uncaged.engines.ink.kinds.person_things import THINGS
from uncaged.engines.ink.kinds.person_trims import LINES
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.paint import paint
from uncaged.engines.ink.scene import GESTURES, POSTURES

NEW = "eye foot hand heart mouth puppet skull statue".split()
ACTS = ("still", "walk", "run", "hop", "crawl", "swim", "fly", "glide", "dance", "spin")
SITTING = ("stand", "sit", "perch", "lie", "sleep", "kneel")


def marks(drawing: Drawing) -> list[Mark]:
    """All marks, those of groups too."""
    out: list[Mark] = []
    for mark in drawing.marks:
        out += marks(mark.drawing) if isinstance(mark, Group) else [mark]
    return out


def numbers(drawing: Drawing) -> np.ndarray:
    """Every coordinate of a drawing, in one row."""
    out: list[np.ndarray] = []
    for mark in marks(drawing):
        for name in ("points", "polygons", "body", "x", "y", "radius"):
            value = getattr(mark, name, None)
            if isinstance(value, Tube):
                out.append(value.p.ravel())
            elif isinstance(value, list):
                out += [np.ravel(p) for p in value]
            elif value is not None:
                out.append(np.ravel(np.asarray(value, dtype=float)))
    return np.concatenate(out)


def lowest(drawing: Drawing) -> float:
    """The largest y of its forms."""
    return max(float(m.points[:, 1].max()) for m in marks(drawing) if isinstance(m, Form))


@pytest.mark.parametrize("name", ["person", "dancer", "head", *NEW])
@settings(max_examples=12, deadline=None)
@given(
    moment=st.builds(
        Moment,
        t=st.floats(0, 1),
        seconds=st.floats(0.1, 120),
        sway=st.floats(-5, 50),
        act=st.sampled_from(ACTS),
        speed=st.sampled_from((0.0, 0.3, 1.0, 40.0, -3.0, 1e6)),
        stride=st.floats(0, 3),
        posture=st.sampled_from((*SITTING, "no such posture")),
        gesture=st.sampled_from((*GESTURES, "no such gesture")),
        joy=st.floats(-1e9, 1e9),
        stir=st.floats(-1e9, 1e9),
        look=st.tuples(st.floats(-1e300, 1e300), st.floats(-1e300, 1e300)),
    ),
    seed=st.integers(0, 2**53 - 1),
    form=st.integers(0, 99),
    extra=st.booleans(),
)
def test_any_moment_of_anybody_can_be_drawn(
    name: str, moment: Moment, seed: int, form: int, extra: bool
):
    forms = ("", *kinds()[name].forms, "no such form")
    dress = colours("night" if extra else "moss", umbrella=extra, wears=extra)
    drawing = draw(name, moment, forms[form % len(forms)], seed, dress)
    found = numbers(drawing)
    assert drawing.marks and np.isfinite(found).all() and np.abs(found).max() < 4
    again = draw(name, moment, forms[form % len(forms)], seed, dress)
    assert np.array_equal(found, numbers(again))


@pytest.mark.parametrize("form", list(ROLES))
def test_every_form_draws_in_every_posture(form: str):
    for posture in SITTING:
        drawing = draw("person", Moment(0.3, posture=posture), form, 3)
        assert 8 <= len(marks(drawing)) <= 75
        top = min(float(m.points[:, 1].min()) for m in marks(drawing) if isinstance(m, Form))
        assert top > (-1.35 if posture == "stand" else -1.1)
        if posture not in ("stand", "perch"):
            assert lowest(drawing) < 0.06, "sinks into the ground"


@pytest.mark.parametrize("name", ["person", "dancer", "head", *NEW])
def test_film_ends_where_it_began(name: str):
    for gesture in ("none", "wave", "work", "throw", "eat"):
        ends = [
            numbers(draw(name, Moment(t, 4.0, gesture=gesture, act="still"), seed=3))
            for t in (0.0, 1.0)
        ]
        assert len(ends[0]) == len(ends[1]) and np.allclose(*ends, atol=1e-3)


@pytest.mark.parametrize("name", NEW)
def test_new_kinds_move_and_differ(name: str):
    seeds = [numbers(draw(name, Moment(0.1, 4.0), seed=seed)) for seed in range(6)]
    assert len({s.tobytes() for s in seeds}) >= 2
    forms = {f: numbers(draw(name, Moment(0.2), f, 5)).tobytes() for f in kinds()[name].forms}
    assert len(set(forms.values())) == len(forms)
    moved = [numbers(draw(name, Moment(t, 4.0), seed=7)) for t in (0.1, 0.3)]
    if name != "statue":  # of whom only the pigeon moves
        assert len(moved[0]) != len(moved[1]) or not np.allclose(*moved, atol=1e-4)


def test_statue_stands_still_and_its_pigeon_does_not():
    moved: list[bool] = []
    for seed in range(8):
        one, other = (numbers(draw("statue", Moment(t, 4.0), seed=seed)) for t in (0.1, 0.4))
        moved.append(not np.array_equal(one, other))
    assert any(moved) and not all(moved)


@pytest.mark.parametrize("form", ["man", "girl", "grandmother", "broad", ""])
@pytest.mark.parametrize(
    ("act", "travel", "stance"),
    [("walk", GAIT, 0.45), ("run", RUNS, RUNNING), ("hop", GAIT, HOPPING)],
)
def test_feet_do_not_slide_while_they_stand(act: Any, travel: float, stance: float, form: str):
    for stride in (0.5, 1.0):
        places: list[float] = []
        for phase in np.linspace(0.09, 0.55 * stance, 4).tolist():
            moment = Moment(phase / 2, 2.0, act=act, stride=stride)
            shoe = part(marks(draw("person", moment, form, 2)), "shoe-near")
            places.append(float(shoe[:, 0].max()) + travel * stride * phase)
        assert max(places) - min(places) < 0.012


@pytest.mark.parametrize("name", ["adult", "child", "baby"])
def test_knees_and_hands_of_a_crawler_do_not_slide(name: str):
    body = STATURES[name]
    knees: list[float] = []
    hands: list[float] = []
    for phase in np.linspace(0.02, CRAWLING - 0.02, 5).tolist():
        rig = crawl(body, Moment(phase / 2, 2.0, act="crawl", stride=0.8))
        gone = CRAWLS * 0.8 * phase
        knees.append(float(rig.near.joints[1][0]) + gone)
        hands.append(float(crawling_hand(phase, rig.shoulder, CRAWLS * 0.8)[0]) + gone)
        assert abs(rig.near.joints[1][1]) < 0.04
    assert max(knees) - min(knees) < 1e-9
    assert max(hands) - min(hands) < 0.02


def test_gaits_cover_what_the_kind_says():
    person = kinds()["person"]
    assert person.gait == GAIT and person.runs == RUNS > 1.5 * GAIT


def test_a_sprint_leaves_the_ground_and_a_walk_does_not():
    def air(act: Any) -> float:
        lows = [
            max(
                part(marks(draw("person", Moment(t / 40, 2.0, act=act), "man", 2)), f"shoe-{foot}")[
                    :, 1
                ].max()
                for foot in ("near", "far")
            )
            for t in range(0, 20, 2)
        ]
        return min(lows)

    assert air("run") < -0.02 < air("walk")


@pytest.mark.parametrize("posture", ["stand", "sit", "perch", "lie", "kneel"])
@pytest.mark.parametrize("form", ["man", "woman", "king", "thin", "grandfather", "coat"])
def test_the_hand_is_where_things_are_held(posture: str, form: str):
    for t in (0.1, 0.6):
        moment = Moment(t, 2.0, posture=posture, gesture="hold")
        hand = part(marks(draw("person", moment, form, 4)), "hand-near")
        middle = (hand.max(0) + hand.min(0)) / 2
        assert np.abs(middle - np.array(HOLDS[posture])).max() < 0.03
    assert set(kinds()["person"].postures) <= {*HOLDS, "sleep"}


def test_who_holds_something_does_so_on_the_way_too():
    for t in np.linspace(0, 0.5, 6).tolist():
        moment = Moment(t, 2.0, act="walk", gesture="hold")
        hand = part(marks(draw("person", moment, "woman", 4)), "hand-near")
        assert np.abs((hand.max(0) + hand.min(0)) / 2 - np.array(HOLDS["stand"])).max() < 0.03


def test_who_perches_hangs_the_feet_below_the_seat():
    for seed in range(4):
        drawing = draw("person", Moment(0.3, posture="perch"), "man", seed)
        for foot in ("near", "far"):
            assert abs(part(marks(drawing), f"shoe-{foot}")[:, 1].max() - SEAT) < 0.035
        assert abs(part(marks(drawing), "garment")[:, 1].max()) < 0.05


def test_gestures_and_postures_of_a_scene_are_known():
    assert set(GESTURES) - {"none"} == set(DEEDS)
    assert set(POSTURES) - {"stand"} == set(kinds()["person"].postures)
    for gesture in DEEDS:
        still = numbers(draw("person", Moment(0.3), "man", 5))
        busy = numbers(draw("person", Moment(0.3, gesture=gesture), "man", 5))
        assert len(still) != len(busy) or not np.allclose(still, busy), gesture


def test_who_points_points_where_they_look():
    for way in ((1.0, 0.0), (0.7, -0.7), (0.7, 0.7)):
        drawing = draw("person", Moment(0.25, look=way, gesture="point"), "man", 2)
        hand, arm = part(marks(drawing), "hand-near").mean(0), part(marks(drawing), "arm-near")
        shoulder = arm[np.argmin(arm[:, 0])]
        along = (hand - shoulder) / np.sqrt(((hand - shoulder) ** 2).sum())
        assert float(along @ np.array(way)) > 0.85


def test_sleepers_shut_their_eyes_and_mourners_weep():
    assert mood(Moment(0.3, posture="sleep")).lid == 0.1 == mood(Moment(0.3, stir=-1)).lid
    assert mood(Moment(0.3, joy=-1)).tear >= 0 > mood(Moment(0.3, joy=-0.7)).tear
    glad, sad = mood(Moment(0.3, joy=0.8)), mood(Moment(0.3, joy=-0.8))
    assert glad.smile > 0.5 > -0.5 > sad.smile and sad.worry > 0.5
    assert mood(Moment(0.3, joy=-0.8, stir=0.7)).worry < -0.5, "angry brows sink to the middle"
    assert mood(Moment(0.3, joy=1e9)) == mood(Moment(0.3, joy=1.2))


@pytest.mark.parametrize("name", ["person", "head"])
def test_a_face_says_how_somebody_feels(name: str):
    faces = [
        numbers(draw(name, Moment(0.3, joy=joy, stir=stir), seed=6)).tobytes()
        for joy, stir in ((0, 0), (0.6, 0), (1, 0), (-0.6, 0), (-1, 0), (0, 1), (0, -1))
    ]
    assert len(set(faces)) == len(faces)
    assert FINE < 0.066 * 0.6, "seen at the size a person is usually drawn"


def test_a_crowd_is_no_row_of_clones():
    drawings = [draw("person", Moment(0.3), "", seed) for seed in range(20)]
    heights = [
        min(float(m.points[:, 1].min()) for m in marks(d) if isinstance(m, Form)) for d in drawings
    ]
    widths = [float(np.ptp(part(marks(d), "garment")[:, 0])) for d in drawings]
    assert max(heights) - min(heights) > 0.15, "children among the grown"
    assert max(widths) > 1.5 * min(widths), "thin and broad"
    hems = {round(float(part(marks(d), "garment")[:, 1].max()), 1) for d in drawings}
    assert len(hems) >= 3, "coats, dresses, shirts"


def test_what_roles_ask_for_is_there():
    for name, role in ROLES.items():
        wanted = (
            (role.cuts, CUTS), (role.bodies, STATURES), (role.hairs, HAIRS), (role.attire, ATTIRE),
            ([h for h in role.hats if h], HATS), ([b for b in role.beards if b], BEARDS),
            ([role.thing] if role.thing else [], THINGS), ([role.dye], DYES),
            ([role.strange] if role.strange else [], STRANGE),
        )  # fmt: skip
        for asked, there in wanted:
            assert asked is not None and set(asked) <= set(there), name
    assert {cut.lines for cut in CUTS.values() if cut.lines} <= set(LINES)
    assert kinds()["person"].forms[:3] == ("coat", "dress", "shirt")


@pytest.mark.parametrize("form", sorted(HANDS))
def test_hands_have_a_thumb_on_the_side_they_are_asked(form: str):
    down = np.array([0.0, 1.0])
    left, right = mitten((0, 0), down, 1.0, 1, form), mitten((0, 0), down, 1.0, -1, form)
    assert left[:, 0].max() == pytest.approx(-right[:, 0].min())


def test_a_named_colour_colours_a_hand_and_none_leaves_it_skin():
    dawn = PALETTES["dawn"]
    own = kinds()["hand"].colour
    assert own is not None
    plain = colours().evolve(colour=own(dawn))
    red = paint(Stream("colours"), dawn, HUES["red"])
    for dress, expected in ((plain, plain.skin), (red, red.colour)):
        unions = [
            m for m in draw("hand", Moment(0.2), "open", 3, dress).marks if hasattr(m, "polygons")
        ]
        assert unions[0].colour == expected  # pyright: ignore[reportAttributeAccessIssue]


def test_new_kinds_stand_in_their_rectangle_of_the_plane():
    for name in NEW:
        kind = kinds()[name]
        assert 0 <= kind.at[0] <= 1 and -0.6 <= kind.at[1] <= -0.1 and kind.metres > 0
        for other in kinds().values():
            if other is not kind:
                apart = (kind.at[0] - other.at[0]) ** 2 + (kind.at[1] - other.at[1]) ** 2
                assert apart >= 0.05**2 - 1e-9, f"{name} and {other.name}"
