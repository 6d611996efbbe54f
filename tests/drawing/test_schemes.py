"""Schemes: where one looks from, how the frame is divided; and scenes one after the other."""

from collections import Counter
from math import nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uncaged.engines.ink.colour import palette
from uncaged.engines.ink.compose import compose
from uncaged.engines.ink.cuts import cuts, joined
from uncaged.engines.ink.panels import Sheet, panels, picture
from uncaged.engines.ink.scene import SCHEMES, Scene, Subject
from uncaged.engines.ink.stage import Film, Stage
from uncaged.engines.ink.words import read

BIRD, HILL = (
    Subject("s1", "bird", 1, motion="fly", relation="over", to="s2"),
    Subject("s2", "hill", 2),
)
HORSE = Subject("s1", "horse", 1, motion="walk")


def staged(scene: Scene, film: Film) -> Stage:
    return compose(scene, film, palette(scene.palette))


def scene(*subjects: Subject, scheme: str, setting: str = "hills") -> Scene:
    return Scene(subjects, setting, "dawn", 3, scheme=scheme)


def film(width: int = 96, height: int = 96, frames: int = 24) -> Film:
    return Film(width, height, frames / 24, 24, frames)


@pytest.mark.parametrize("scheme", sorted(SCHEMES))
@pytest.mark.parametrize("size", [(160, 160), (320, 136), (136, 320)])
def test_every_scheme_draws_every_shape(scheme: str, size: tuple[int, int]) -> None:
    shown = picture(scene(BIRD, HILL, scheme=scheme), film(*size), staged)
    frame = shown.frame(3)
    assert frame.shape == (size[1], size[0], 3)
    assert len(np.unique(frame.reshape(-1, 3), axis=0)) > 20
    assert (shown.frame(3) == frame).all()


def test_schemes_differ_from_each_other() -> None:
    frames = {
        name: picture(scene(HORSE, scheme=name), film(160, 160), staged).frame(0).astype(float)
        for name in SCHEMES
    }
    names = sorted(frames)
    for i, one in enumerate(names):
        for other in names[:i]:
            assert np.abs(frames[one] - frames[other]).mean() > 6, (one, other)


@pytest.mark.parametrize("kind", ["person", "tree"])
def test_near_is_near_and_far_is_far(kind: str) -> None:
    sizes = {
        name: max(a.size for a in staged(scene(Subject("s1", kind, 1), scheme=name), film()).actors)
        for name in ("plain", "close", "wide", "portrait")
    }
    assert sizes["wide"] < 0.6 * sizes["plain"] < sizes["plain"] < sizes["close"]
    assert sizes["plain"] < sizes["portrait"]


def test_however_wide_the_view_the_lead_is_seen() -> None:
    for kind in ("horse", "bird", "mouse", "stone"):
        lead = Subject("s1", kind, 1)
        plain, wide = (
            max(a.size for a in staged(scene(lead, scheme=name), film()).actors)
            for name in ("plain", "wide")
        )
        assert wide >= min(0.2, 0.9 * plain), kind


def test_a_frieze_is_a_row() -> None:
    actors = staged(scene(HORSE, scheme="frieze"), film(320, 136)).actors
    assert len(actors) >= 3
    assert len({round(a.y, 6) for a in actors}) == len({a.flip for a in actors}) == 1


@pytest.mark.parametrize(("size", "most"), [((512, 512), 9), ((512, 256), 8), ((128, 128), 4)])
def test_a_page_has_pictures_of_its_own(size: tuple[int, int], most: int) -> None:
    parts = panels(scene(BIRD, HILL, scheme="page"), film(*size))
    assert len(parts) == most or len(parts) == 1
    assert all(p.scene.scheme not in ("page", "diptych") for p in parts)
    boxes = [(p.left, p.top, p.left + p.film.width, p.top + p.film.height) for p in parts]
    assert all(0 <= left < r <= size[0] and 0 <= t < b <= size[1] for left, t, r, b in boxes)
    for i, one in enumerate(boxes):
        for other in boxes[:i]:
            apart = (
                one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]
            )
            assert apart


def test_there_is_no_page_in_a_stamp() -> None:
    assert not isinstance(picture(scene(HORSE, scheme="page"), film(64, 64), staged), Sheet)


def test_words_and_lots_choose_schemes() -> None:
    found = Counter(read("a horse in a meadow", seed).scene.scheme for seed in range(200))
    assert found["plain"] > 90 and len(found) >= 6
    assert read("a horse in a meadow, zoom in", 1).scene.scheme == "plain"


@given(st.lists(st.floats(), min_size=1, max_size=6), st.integers(1, 60))
@settings(max_examples=60, deadline=None)
def test_every_frame_belongs_to_one_scene(shares: list[float], frames: int) -> None:
    whole: Scene | None = None
    for share in reversed(shares):
        whole = scene(HORSE, scheme="plain").evolve(share=share, then=whole)
    assert whole is not None
    found = cuts(whole, frames)
    assert [cut.first for cut in found] == [
        sum(cut.frames for cut in found[:i]) for i in range(len(found))
    ]
    assert sum(cut.frames for cut in found) == frames
    assert all(cut.frames > 0 for cut in found)


def test_a_scene_that_comes_again_goes_on() -> None:
    calm = scene(HORSE, scheme="plain")
    calm = calm.evolve(subjects=tuple(s.evolve(motion="dance") for s in calm.subjects))
    (cut,) = cuts(calm.evolve(then=calm.evolve(share=2.0)), 30)
    assert (cut.first, cut.frames, cut.film) == (0, 30, 10)
    leaving = calm.evolve(subjects=tuple(s.evolve(motion="leave") for s in calm.subjects))
    assert [cut.frames for cut in cuts(leaving.evolve(then=leaving), 30)] == [15, 15]


def test_several_shots_keep_their_lengths() -> None:
    one = scene(HORSE, scheme="plain")
    two = scene(HORSE, scheme="plain").evolve(seed=8, then=one.evolve(share=3.0))
    whole = joined([one, two], [2.0, 4.0])
    assert [s.share for s in whole.sequence] == [2.0, 1.0, 3.0]
    assert [cut.frames for cut in cuts(whole, 60)] == [20, 10, 30]
    assert [cut.frames for cut in cuts(two.evolve(share=nan), 8)] == [8]
