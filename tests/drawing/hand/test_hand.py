"""The hand: every mark is seen, wild numbers draw, a drawing draws itself, and nothing depends on the machine."""

import os
import subprocess
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from importlib.util import module_from_spec, spec_from_file_location
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import skia
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy._core._multiarray_umath import __cpu_dispatch__  # pyright: ignore

from uncaged.engines.ink.colour import PALETTES
from uncaged.engines.ink.curves import circle, points
from uncaged.engines.ink.display import Drawing, Form, Manner
from uncaged.engines.ink.hand import draw, record

PROGRAM = Path(__file__).with_name("everything.py")
_spec = spec_from_file_location("everything", PROGRAM)
assert _spec is not None and _spec.loader is not None
here: Any = module_from_spec(_spec)
_spec.loader.exec_module(here)


def apart(one: np.ndarray, other: np.ndarray) -> int:
    """How many pixels differ."""
    return int((one != other).any(2).sum())


@pytest.mark.parametrize(
    ("palette", "mode"), [("dawn", "brush"), ("ink-on-paper", "brush"), ("negative", "dotted")]
)
def test_every_mark_leaves_its_trace(palette: str, mode: str) -> None:
    whole = here.everything(palette, mode)
    full = here.drawn(whole)
    for k in range(len(whole.marks)):
        less = here.everything(palette, mode)
        gone = less.marks.pop(k)
        if type(gone).__name__ not in ("Clip", "Unclip"):
            assert apart(here.drawn(less), full) > 3, type(gone).__name__


def test_processors_and_threads_draw_the_same_bytes() -> None:
    without = {"NPY_DISABLE_CPU_FEATURES": " ".join(__cpu_dispatch__)}
    threads = {"OMP_NUM_THREADS": "2", "OPENBLAS_NUM_THREADS": "2"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(PROGRAM)],
        env=os.environ | without | threads,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == f"{here.digest()} []"
    with ThreadPoolExecutor(2) as pool:
        assert set(pool.map(lambda _: here.digest(), range(2))) == {here.digest()}


def test_a_recorded_drawing_is_the_drawing() -> None:
    pixels = np.full((96, 96, 4), 255, np.uint8)
    recorded = record(here.everything(), 96, boxed=True)
    with skia.Surface(pixels) as canvas:
        canvas.drawPicture(recorded.picture)
    assert apart(pixels[..., :3], here.drawn(here.everything())) == 0
    assert recorded.box is not None
    left, top, right, bottom = recorded.box
    assert left <= 0 and top <= 0 and right >= 96 and bottom >= 96


def test_a_mirrored_drawing_keeps_its_light() -> None:
    def ball(flip: bool) -> np.ndarray:
        d = Drawing("ball", here.manner(), flip=flip)
        x = -0.5 if flip else 0.5
        d.form(circle(x, 0.5, 0.4), (200, 120, 90), shade=1.5)
        return here.drawn(d, 256, 256).astype(int).sum(2)

    for seen in (ball(False), ball(True)):
        inside = seen[90:166, 40:216]
        assert inside[:, 120:].mean() < inside[:, :56].mean() - 20


def test_a_contour_is_heavier_away_from_the_light() -> None:
    d = Drawing("ring", Manner(PALETTES["dawn"], (0, 0, 0), line=0.03, wobble=0.0, shade=0.0))
    d.form(circle(0.5, 0.5, 0.4), (255, 255, 255))
    dark = 255 * 3 - here.drawn(d, 256, 256).astype(int).sum(2)
    assert dark[128:, 128:].sum() > 1.4 * dark[:128, :128].sum()


def test_overlapping_forms_of_one_mark_are_one_form() -> None:
    d = Drawing("two", here.manner())
    d.multi([circle(0.4, 0.5, 0.2), circle(0.6, 0.5, 0.2)[::-1]], (10, 20, 30), line=0.0)
    assert tuple(here.drawn(d)[48, 48]) == (10, 20, 30)


def test_clips_end_with_their_drawing() -> None:
    d = Drawing("d", here.manner())
    inner = d.inside("inner")
    inner.clip(circle(0.2, 0.2, 0.1))
    inner.dot(0.2, 0.2, 0.05, (1, 2, 3))
    d.unclip()
    d.group(inner, 0, 0, 1, 1)
    d.dot(0.8, 0.8, 0.05, (4, 5, 6))
    seen = here.drawn(d)
    assert tuple(seen[19, 19]) == (1, 2, 3) and tuple(seen[77, 77]) == (4, 5, 6)


def test_a_group_lies_where_its_marks_would() -> None:
    d, plain = Drawing("d", here.manner()), Drawing("d", here.manner())
    inner = d.inside("inner", scale=0.5)
    inner.flat(points((0, 0), (1, 0), (1, 1)), (1, 2, 3))
    d.group(inner, 0.25, 0.25, 0.5, 0.5)
    plain.flat(points((0.25, 0.25), (0.75, 0.25), (0.75, 0.75)), (1, 2, 3))
    assert apart(here.drawn(d), here.drawn(plain)) == 0


@pytest.mark.parametrize("palette", ["dawn", "ink-on-paper"])
def test_what_is_revealed_stays(palette: str) -> None:
    """Ink only grows, colour comes after its line, and at 1 all of it is there."""
    d = Drawing("d", here.manner(palette))
    d.form(circle(0.3, 0.3, 0.2), (90, 20, 30))
    d.stroke(points((0.1, 0.8), (0.5, 0.7), (0.9, 0.8)), 2.0)
    d.form(circle(0.7, 0.4, 0.15), (20, 90, 30))
    bare = np.full((96, 96, 3), 255, np.uint8)
    covered = [apart(here.drawn(d, reveal=i / 20), bare) for i in range(21)]
    assert covered[0] == 0 and covered[3] > 0
    assert all(b >= 0.97 * a for a, b in pairwise(covered))
    assert apart(here.drawn(d, reveal=1.0), here.drawn(d)) == 0
    early = here.drawn(d, reveal=0.12)
    assert tuple(early[29, 29]) == (255, 255, 255), "colour before its contour"


WILD = st.one_of(
    st.sampled_from([0.0, 1e-300, 1e17, -1e300, 1.7e308, float("nan"), float("inf")]),
    st.floats(-2, 2),
)


@settings(max_examples=40, deadline=None)
@given(data=st.data(), palette=st.sampled_from(["dawn", "ink-on-paper"]))
def test_no_number_is_too_wild(data: st.DataObject, palette: str) -> None:
    def wild() -> float:
        return data.draw(WILD)

    made = Manner(PALETTES[palette], (0, 0, 0), wild(), wild(), "brush", wild(), wild())
    d = Drawing("wild", made, scale=wild(), variant=2)
    form = np.array(data.draw(st.lists(st.tuples(WILD, WILD), max_size=14))).reshape(-1, 2)
    fill = data.draw(st.sampled_from(["plain", "hatched", "striped", "dotted", "outlined", "?"]))
    d.form(form, (1, 2, 3), line=wild(), shade=wild(), fill=fill, light=(wild(), wild()))
    d.union([form, form], (1, 2, 3), line=wild(), shade=wild())
    d.stroke(form, wild(), wobble=wild(), taper=(wild(), wild()))
    d.line(form, wild(), (1, 2, 3))
    d.dot(wild(), wild(), wild(), (1, 2, 3))
    d.grain((wild(), wild(), wild(), wild()), (1, 2, 3), (wild(), wild()), wild())
    inner = d.inside("in")
    inner.overprint(form, form, (1, 2, 3), (4, 5, 6))
    d.group(inner, wild(), wild(), wild(), wild(), wild())
    pixels = np.zeros((48, 64, 4), np.uint8)
    with warnings.catch_warnings(), skia.Surface(pixels) as canvas:
        warnings.simplefilter("error")
        draw(canvas, d, 48, data.draw(st.one_of(st.none(), WILD)))


def test_names_keep_lines_still() -> None:
    """A stroke that comes in between moves no other."""

    def two(between: bool) -> np.ndarray:
        d = Drawing("d", here.manner())
        if between:
            d.stroke(points((0.1, 0.9), (0.9, 0.9)), key="new")
        d.form(circle(0.5, 0.4, 0.3), (200, 90, 30), key="same")
        return here.drawn(d)[:70]

    assert apart(two(False), two(True)) == 0


def test_the_four_tremors_differ_a_little() -> None:
    def ring(variant: int) -> np.ndarray:
        d = Drawing("d", here.manner(), variant=variant)
        d.form(circle(0.5, 0.5, 0.3), (200, 90, 30), shade=0.0, key="ring")
        return here.drawn(d, 256, 256)

    seen = [ring(variant) for variant in range(4)]
    assert all(200 < apart(seen[0], other) < 256 * 256 / 8 for other in seen[1:])
    assert isinstance(here.everything().marks[1], Form)
