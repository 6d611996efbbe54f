"""Positions edited far out: any numbers in any genes are a picture that ends.

Operations are counted, not seconds: bodies, sights, drawings, pixels of images.
"""

from math import isfinite
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import uncaged.engines.ink.picture as pictures
from uncaged.core.genome import Genome
from uncaged.engines.ink.alter.multiples import MOST_COPIES
from uncaged.engines.ink.amounts import MOST
from uncaged.engines.ink.appearance import TRACES, sights
from uncaged.engines.ink.genome import genome, scene
from uncaged.engines.ink.hand import Recorded, record
from uncaged.engines.ink.layers import MOST_PIXELS
from uncaged.engines.ink.panels import panels
from uncaged.engines.ink.picture import Picture
from uncaged.engines.ink.scene import Scene, Subject
from uncaged.engines.ink.stage import Film, Stage
from uncaged.engines.ink.staging import staged

SHARDS = 16
FILM = Film(64, 48, 2.0, 24.0, 48)
START = genome(
    Scene(
        (
            Subject("s1", "fox", 1, motion="walk"),
            Subject("s2", "bird", 2, count=3, relation="over", to="s1"),
            Subject("s3", "stone", 3, letters="one"),
        ),
        "forest",
        "dawn",
        7,
    )
)
FAR = st.sampled_from([1e6, -1e6, 1e308, -1e308, -100.0, 1e4, 5e-324, 0.0, 3.0])


def edited(genes: dict[str, float]) -> Scene:
    return scene(Genome("ink", {**START.genes, **genes}, START.seeds))


def stages(of: Scene) -> list[Stage]:
    return [staged(panel.scene, panel.film) for panel in panels(of, FILM)]


GENES = st.dictionaries(st.sampled_from(sorted(START.genes)), FAR, min_size=1, max_size=40)
OTHERS = st.dictionaries(
    st.from_regex(r"s([4-9]|[1-9][0-9]{1,2})\.(count|size|x|y)", fullmatch=True), FAR, max_size=30
)


@settings(max_examples=15, deadline=None)
@given(genes=GENES, others=OTHERS)
def test_what_is_on_a_stage_is_finite_and_counted(
    genes: dict[str, float], others: dict[str, float]
) -> None:
    for stage in stages(edited(genes | others)):
        actors = stage.actors
        assert len(actors) <= MOST
        seen = [found for actor in actors for found in [sights(stage, actor, 17)]]
        most = TRACES + len(actors) * (2 + (1 + MOST_COPIES) * SHARDS)
        assert sum(len(found) for found in seen) <= most
        for found in seen:
            for sight in found:
                place = sight.place
                numbers = (place.a, place.b, place.c, place.d, place.e, place.f)
                assert all(isfinite(x) for x in numbers) and 0 <= sight.alpha <= 255
                assert sight.cut is None or np.isfinite(sight.cut).all()


@settings(max_examples=8, deadline=None)
@given(genes=GENES)
def test_any_position_is_a_frame_of_bounded_images(genes: dict[str, float]) -> None:
    few = {name: min(x, 4.0) if name.endswith(".count") else x for name, x in genes.items()}
    for stage in stages(edited(few)):
        picture = Picture(stage)
        for number in (0, 29):
            frame = picture.frame(number)
            assert frame.shape == (stage.film.height, stage.film.width, 3)
        for plate in picture._plates:  # pyright: ignore[reportPrivateUsage]
            if plate.baked is not None:
                image = plate.baked.image
                assert image.width() * image.height() <= MOST_PIXELS


def test_ten_thousand_bodies_with_traces_are_a_bounded_number_of_drawings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[str] = []

    def counted(drawing: Any, *rest: Any, **named: Any) -> Recorded:
        made.append(drawing.key)
        return record(drawing, *rest, **named)

    monkeypatch.setattr(pictures, "record", counted)
    subjects = tuple(Subject(f"s{n}", "stone", n, count=1e4, motion="grow") for n in (1, 2, 3))
    stage = staged(Scene(subjects, "paper", "dawn", 1, echo=1e6), FILM)
    assert len(stage.actors) == MOST and all(actor.block is None for actor in stage.actors)
    picture = Picture(stage)
    picture.frame(40)
    assert MOST < len(made) <= MOST + TRACES + 10, "bodies, traces and live layers"
    for number in (41, 42, 43):
        picture.frame(number)
    kept = sum(len(plate.kept) for plate in picture._plates)  # pyright: ignore[reportPrivateUsage]
    assert MOST <= kept <= 3 * (TRACES + MOST)


def test_plain_crowds_keep_their_traces() -> None:
    """A hundred bodies have as many traces as one has; more share what there is."""
    found: list[int] = []
    for counts in ((1.0,), (100.0,), (100.0, 100.0)):
        subjects = tuple(Subject(f"s{n}", "stone", n, count=c) for n, c in enumerate(counts, 1))
        stage = staged(Scene(subjects, "paper", "dawn", 1, echo=1.0), FILM)
        found.append(len(sights(stage, stage.actors[-1], 40)))
    assert found[0] == found[1] > found[2] > 1
