"""The kind that docs/ink/kinds.md gives one to copy works: as a file of the package, asked for in a sentence."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import uncaged
from uncaged.engines.ink import kinds as register
from uncaged.engines.ink.colour import palette
from uncaged.engines.ink.display import Drawing, Form, Manner
from uncaged.engines.ink.kinds import Kind, kinds
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.paint import paint

LESSON = Path(__file__).parents[3] / "docs/ink/kinds.md"

ASKED = """
import json, sys
import numpy as np
from uncaged.core.order import Order
from uncaged.engines.ink.engine import moving_of, reading_of
from uncaged.engines.registry import engine

score = engine("ink").score("three red pinwheels in the garden", seed=3, size=(64, 64), seconds=1)
reading = reading_of(Order("", 0, score))
moving = moving_of(score, reading.scene)
frames = [moving.frame(i).astype(int) for i in (0, 6, 12)]
subject, = reading.scene.subjects
print(json.dumps({
    "kind": subject.kind, "count": subject.count, "said": reading.words["pinwheels"],
    "moved": float(np.abs(frames[0] - frames[1]).max()), "again": bool((moving.frame(6) == frames[1]).all()),
}))
"""


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", LESSON.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch) -> Kind:
    """The lesson's kind, by itself: it never reaches the register."""
    taken: list[Kind] = []
    monkeypatch.setattr(register, "register", taken.append)
    exec(compile(blocks("python")[0], str(LESSON), "exec"), {"__name__": "lesson"})
    return taken[0]


def test_every_form_draws_at_every_moment(kind: Kind) -> None:
    own = palette("dawn", {})
    for form in ("", *kind.forms):
        counts: set[int] = set()
        for t in (0.0, 0.13, 0.5, 0.99):
            drawings: list[Drawing] = []
            for _ in range(2):
                figure = kind.build(Stream("a"), paint(Stream("p"), own), form)
                drawings.append(Drawing("a", Manner(own, own.ink)))
                figure(drawings[-1], Moment(t))
            one, same = drawings
            assert one.marks and len(one.marks) == len(same.marks)
            counts.add(len(one.marks))
            for a, b in zip(one.marks, same.marks, strict=True):
                assert isinstance(a, Form) and isinstance(b, Form)
                assert np.isfinite(a.points).all() and np.array_equal(a.points, b.points)
                assert abs(a.points[:, 0]).max() < 0.6 and a.points[:, 1].min() > -1.1
                assert a.points[:, 1].max() < 0.06
        assert counts == {max(counts)}, "forms come and go"


def test_its_place_is_its_own(kind: Kind) -> None:
    for other in kinds().values():
        x, y = other.at[0] - kind.at[0], other.at[1] - kind.at[1]
        assert x * x + y * y >= 0.05**2 or other.hidden, other.name


def test_it_is_drawn_when_a_sentence_asks_for_it(tmp_path: Path) -> None:
    """The file and its word are put into a copy of the package, as the page says."""
    package = Path(uncaged.__file__).parent
    shutil.copytree(package, tmp_path / "uncaged", ignore=shutil.ignore_patterns("__pycache__"))
    ink = tmp_path / "uncaged/engines/ink"
    (ink / "kinds/pinwheel.py").write_text(blocks("python")[0], encoding="utf-8")
    words = ink / "words/en.toml"
    text = words.read_text(encoding="utf-8")
    line = blocks("toml")[0]
    words.write_text(text.replace("[kinds]\n", f"[kinds]\n{line}", 1), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", ASKED],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["kind"], said["count"]) == ("pinwheel", 3.0) and said["said"]
    assert said["moved"] > 8 and said["again"]
