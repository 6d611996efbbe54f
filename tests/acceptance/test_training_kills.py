"""``kill -9`` of a training's performer or steward at any moment: the next attempt goes on from the last checkpoint.

A round is one kill and the restart after it; 20 rounds. The seed is printed on failure.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from uncaged.archive import log, models
from uncaged.core.settings import Settings
from uncaged.studio import learning, lessons, standing
from uncaged.studio.learning import Wish
from uncaged.studio.studio import Studio, open_studio

ROUNDS = int(os.environ.get("UNCAGED_TRAINING_KILLS", "20"))
SEED = int(os.environ.get("UNCAGED_KILLS_SEED", "0")) or random.randrange(1, 10**6)
STEPS = 1500

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")


def steward(home: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "uncaged", "steward"],
        env=os.environ | {"UNCAGED_HOME": str(home), "UNCAGED_FSYNC": "false"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def performers(pid: int) -> list[int]:
    """Children of any thread of the steward that perform."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(one) for one in task.read_text().split()]
        except OSError:
            continue
    return found


def kept(place: Path) -> int:
    try:
        return int(json.loads((place / "checkpoint.json").read_text())["step"])
    except FileNotFoundError:
        return 0


def until_further(studio: Studio, run_id: str, place: Path, than: int) -> None:
    """Waits until it has come further than that, or has ended."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if kept(place) > than or standing.look(studio, run_id).state == "completed":
            return
        time.sleep(0.01)
    raise AssertionError("it does not go on")


def test_whatever_is_killed_the_training_goes_on(tmp_path: Path) -> None:
    print(f"UNCAGED_KILLS_SEED={SEED}")
    lot = random.Random(SEED)
    with open_studio(settings=Settings(home=tmp_path / "home")) as studio:
        recipe = {"steps": STEPS, "pause": 0.01, "save_every": 3}
        run = learning.ask(studio, Wish("echo", recipe, "survivor"))
        place = lessons.folder(studio, run.id)
        was, process, killed = 0, steward(tmp_path / "home"), {"steward": 0, "performer": 0}
        for _ in range(ROUNDS):
            until_further(studio, run.id, place, was)
            time.sleep(lot.random() * 0.2)
            whom = lot.choice(["steward", "performer"])
            was = kept(place)
            if whom == "performer":
                for pid in performers(process.pid):
                    os.kill(pid, signal.SIGKILL)
            else:
                process.kill()
                process.wait()
                process = steward(tmp_path / "home")
            killed[whom] += 1
            assert kept(place) >= was  # what was kept stays
        assert standing.look(studio, run.id).state != "failed"
        assert process.wait(120) == 0
        after = standing.look(studio, run.id)
        assert after.state == "completed" and after.deaths == 0
        assert after.attempt > ROUNDS // 2, killed
        assert kept(place) == STEPS
        steps = [int(record["step"]) for record in lessons.told(place)]
        assert steps == sorted(set(steps)) and steps[-1] == STEPS
        with studio.archive.read() as conn:
            assert [model.name for model in models.shelf(conn)] == ["survivor"]
            made = [entry for entry in log.entries(conn) if entry.what == "trained"]
        assert len(made) == 1
