"""The same score gives the same frames: with one thread and two, with and without the processor's newer instructions.

`frames.json` holds their hashes. Where a change of the drawing is meant, raise `GENERATION` and write them anew with
``python tests/integration/engines/test_exact.py``.
"""

import hashlib
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest
from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

HELD = Path(__file__).with_name("frames.json")

SCORES = (
    ("two yellow birds over a blue hill at dusk", {"size": (160, 90)}),
    ("a dancer in a room", {"size": (96, 128), "options": {"line": 2.5, "wobble": 3.0}}),
    ("an elephant and a bird, ink on paper", {"size": (128, 128)}),
    ("two people in a botanical garden, pan right", {"size": (128, 128)}),
    ("a boat on the sea at night in the rain", {"size": (128, 128), "loop": True}),
    ("three horses running in the wind, silhouette", {"size": (128, 72)}),
    ("a tree draws itself, ink on paper", {"size": (128, 128)}),
    ("a portrait of a woman with a green scarf, traces", {"size": (192, 192)}),
)

WITHOUT = {
    "two threads": {"OMP_NUM_THREADS": "2", "OPENBLAS_NUM_THREADS": "2"},
    "no newer instructions": {"NPY_DISABLE_CPU_FEATURES": " ".join(__cpu_dispatch__)},
    "none of the newest": {"NPY_DISABLE_CPU_FEATURES": __cpu_dispatch__[-1]},
}


def hashes() -> list[str]:
    """SHA-256 over four frames of each score, asked for out of order."""
    from uncaged.core.order import Order
    from uncaged.engines.ink.engine import moving_of, reading_of
    from uncaged.engines.registry import engine

    found: list[str] = []
    for text, given in SCORES:
        score = engine("ink").score(text, seed=3, seconds=2, **given)
        picture = moving_of(score, reading_of(Order("", 0, score)).scene)
        frames = {i: picture.frame(i).tobytes() for i in (30, 0, 47, 13)}
        digest = hashlib.sha256(b"".join(frames[i] for i in sorted(frames)))
        found.append(digest.hexdigest())
    return found


def elsewhere(environment: dict[str, str]) -> list[str]:
    """`hashes` in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", __file__, "--print"],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.mark.skipif(platform.machine() not in ("x86_64", "AMD64"), reason="held for x86-64 only")
def test_the_frames_are_those_that_are_held() -> None:
    assert hashes() == json.loads(HELD.read_text()), (
        "The drawing has changed. If that is meant: raise GENERATION in engines/ink/engine.py, "
        f"then `python {HELD.with_name('test_exact.py').relative_to(Path.cwd())}`."
    )


def test_there_is_something_to_switch_off() -> None:
    assert any(__cpu_features__[name] for name in __cpu_dispatch__), (
        "this machine has only the baseline"
    )
    code = (
        "from numpy._core._multiarray_umath import __cpu_features__ as on, __cpu_dispatch__ as all_of_them\n"
        "print([name for name in all_of_them if on[name]])"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        env=os.environ | WITHOUT["no newer instructions"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", WITHOUT)
def test_no_thread_and_no_instruction_changes_a_frame(name: str) -> None:
    assert elsewhere(WITHOUT[name]) == hashes()


if __name__ == "__main__":
    if "--print" in sys.argv:
        print(json.dumps(hashes()))
    else:
        HELD.write_text(json.dumps(hashes(), indent=1) + "\n")
