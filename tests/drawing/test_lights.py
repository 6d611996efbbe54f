"""Light: who shines and when, where the shadow side of a neighbour lies, pools, long shadows, glitter on water."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from uncaged.engines.ink.appearance import actor_drawing, shadow, sights
from uncaged.engines.ink.colour import palette
from uncaged.engines.ink.display import Flat, Stroke
from uncaged.engines.ink.hand.steps import Tone
from uncaged.engines.ink.hand.stepwise import steps_of
from uncaged.engines.ink.lights import lights, lit, reach, shines
from uncaged.engines.ink.picture import Picture
from uncaged.engines.ink.stage import Actor, Stage

Make = Callable[..., Stage]


def with_lamp(make: Make, x: float = 0.2, lamp: Any = None, **scene: Any) -> Stage:
    """The small stage by night; its first body shines and stands at x, the second at 0.6."""
    night = scene.pop("palette", "night")
    stage = make(160, 120, palette=night, motion="still", domain="ground", **scene)

    def turned(actor: Actor) -> Actor:
        if actor.key == "s1.0":
            kind = replace(actor.kind, lights=True, **(lamp or {}))
            return replace(actor, kind=kind, x=x, y=0.8)
        return replace(actor, x=0.6, y=0.8)

    placed = tuple(
        replace(p, what=turned(p.what)) if isinstance(p.what, Actor) else p for p in stage.placed
    )
    return replace(stage, palette=palette(night), placed=placed)


def body(stage: Stage, key: str) -> Actor:
    return next(a for a in stage.actors if a.key == key)


def test_lamps_shine_at_night_only(small_stage: Make) -> None:
    night, day = with_lamp(small_stage), with_lamp(small_stage, palette="dawn")
    assert [light.key for light in lights(night)] == ["s1.0"]
    assert not lights(day) and lit(day) is day
    assert lights(with_lamp(small_stage, palette="dawn", lamp={"traits": ("everywhere",)}))


def test_fire_shines_by_day_and_a_hole_never(small_stage: Make) -> None:
    stage = with_lamp(small_stage, palette="dawn")
    lamp = body(stage, "s1.0")
    assert shines(stage, replace(lamp, subject=lamp.subject.evolve(material="fire")))
    assert not shines(with_lamp(small_stage), replace(lamp, hole=True))


def test_the_shadow_side_looks_away_from_the_lamp(small_stage: Make) -> None:
    for x, sign in ((0.35, 1), (0.9, -1)):
        stage = lit(with_lamp(small_stage, x))
        manner = body(stage, "s2.0").manner
        assert manner.light is not None and manner.light[0] * sign > 0.3
        assert manner.glow is not None and 0 < manner.glow[1] <= 0.8
        drawing, _ = actor_drawing(stage, body(stage, "s2.0"), 0)
        tones = [step for step in steps_of(drawing, 120) if isinstance(step, Tone)]
        assert any(tone.light[0] * sign > 0 for tone in tones)
        assert any(tone.light[0] * sign < 0 and tone.colour == manner.glow[0] for tone in tones)
        assert body(stage, "s1.0").manner.light is None


def test_far_away_nothing_is_felt(small_stage: Make) -> None:
    stage = with_lamp(small_stage, -1.5)
    assert body(lit(stage), "s2.0").manner.light is None
    near, far = (body(lit(with_lamp(small_stage, x)), "s2.0").manner.glow for x in (0.45, 0.2))
    assert near is not None and far is not None and near[1] > far[1]


def test_shadows_fall_away_and_grow_long(small_stage: Make) -> None:
    def middle_and_length(x: float) -> tuple[float, float]:
        stage = lit(with_lamp(small_stage, x))
        square = body(stage, "s2.0")
        found = shadow(stage, square, sights(stage, square, 0)[-1].at)
        assert found is not None
        p = found.points[:, 0]
        return float(p.mean() - square.x * 120), float(np.ptp(p))

    left, right, none = (middle_and_length(x) for x in (0.3, 0.9, -2.0))
    assert left[0] > none[0] > right[0] and left[1] > none[1]


def test_a_lamp_throws_a_pool_and_glitters_on_water(small_stage: Make) -> None:
    def marks(**scene: Any) -> list[Any]:
        stage = with_lamp(small_stage, **scene)
        drawing, _ = actor_drawing(stage, body(stage, "s1.0"), 0)
        return drawing.marks

    night = marks()
    pools = [m for m in night if isinstance(m, Flat)]
    assert len(pools) >= 4 and max(p.alpha for p in pools) < 60
    assert not [m for m in marks(palette="dawn") if isinstance(m, Flat)]
    wet = [m for m in marks(setting="water") if isinstance(m, Stroke) and "glitter" in m.key]
    assert wet and not [m for m in night if isinstance(m, Stroke) and "glitter" in m.key]


def test_it_is_lighter_round_a_lamp(small_stage: Make) -> None:
    def frame(lights_up: bool) -> np.ndarray:
        stage = with_lamp(small_stage, lamp={} if lights_up else None)
        if not lights_up:
            lamp = body(stage, "s1.0")
            dark = replace(lamp, kind=replace(lamp.kind, lights=False))
            stage = replace(
                stage,
                placed=tuple(
                    replace(p, what=dark) if p.name == "s1.0" else p for p in stage.placed
                ),
            )
        return Picture(lit(stage)).frame(0).astype(int)

    on, off = frame(True), frame(False)
    assert (on - off).mean() > 0.5 and ((on - off).sum(2) > 0).mean() > 0.1


@pytest.mark.parametrize("size", [0.0, 1e-9, 1e6])
def test_any_size_has_a_reach(size: float, small_stage: Make) -> None:
    lamp = replace(body(with_lamp(small_stage), "s1.0"), size=size)
    assert 0.1 < reach(lamp) < 0.7
