"""`benchmarks/engines.py`, once and small: both sides make a film from the same folder, and every figure is printed."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_it_measures_both_sides() -> None:
    script = str(ROOT / "benchmarks" / "engines.py")
    done = subprocess.run(
        [sys.executable, script, "--quick", "--models", "ltx"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "ltx: " in done.stdout and "25 frames of 256x256" in done.stdout
    assert done.stdout.count("ratio") == 5 and "times faster" in done.stdout
