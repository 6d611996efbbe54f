"""Seedling through the studio: a plug-in brings a tiny model of its family, and the performer performs with it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PLUGIN = """
from pathlib import Path
from uncaged.core.hookspecs import hookimpl
from uncaged.engines.seedling.engine import Seedling


class Tiny(Seedling):
    name = "tiny"


class Bare(Seedling):
    name = "bare"


@hookimpl
def uncaged_engines():
    return [Tiny(Path({folder!r})), Bare(Path("nowhere"))]
"""


@pytest.fixture(scope="module")
def place(tiny_seedling: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the plug-in."""
    place = tmp_path_factory.mktemp("plugin")
    info = place / "uncaged_tiny-1.dist-info"
    info.mkdir()
    (place / "tiny_plugin.py").write_text(PLUGIN.format(folder=str(tiny_seedling)))
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: uncaged-tiny\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[uncaged]\ntiny = tiny_plugin\n")
    return place


@pytest.fixture
def uncaged(place: Path, tmp_path: Path) -> Any:
    """Runs the command line in a process of its own; what it printed, or where it failed what it complained of."""
    paths = os.pathsep.join([str(place), os.environ.get("PYTHONPATH", "")])
    environment = os.environ | {
        "PYTHONPATH": paths,
        "UNCAGED_HOME": str(tmp_path / "home"),
        "UNCAGED_FSYNC": "false",
    }

    def call(*arguments: str, code: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "uncaged", *arguments],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stdout + done.stderr
        return done.stdout if code == 0 else done.stderr

    return call


def test_a_film_is_made_kept_and_made_again_from_its_position(uncaged: Any, tmp_path: Path) -> None:
    dials = ("--guidance", "3", "--temperature", "0.9", "--label", "bird=-1", "--label", "red=2")
    made = json.loads(
        uncaged(
            "make", "a blue fish rises", "--model", "tiny", "--seed", "7", *dials,
            "--negative", "a house", "--option", "steps=5", "--json", "-o", "one.mp4",
        )
    )  # fmt: skip
    assert made["score"]["options"]["labels"] == "s1.hue.red=2.0 s1.kind.bird=-1.0"
    assert made["score"]["negative"] == "a house"
    assert dict(made["understood"]["words"])["fish"] == "a fish"
    genes = made["position"]["genes"]
    assert genes["guidance"] == 3.0 and genes["s1.kind.bird"] == -1.0 and genes["noise.7"] == 1.0
    assert genes["not.s1.kind.house"] == 1.0 and genes["temperature"] == 0.9
    assert len(made["recipe"]["weights"]) == 64 and made["recipe"]["onnxruntime"]
    uncaged("position", "latest", "-o", "here.json")
    again = json.loads(
        uncaged("make", "--model", "tiny", "--position", "here.json", "--json", "-o", "two.mp4")
    )
    assert again["position"] == made["position"]
    assert (tmp_path / "one.mp4").read_bytes() == (tmp_path / "two.mp4").read_bytes()


def test_children_stand_at_positions_of_their_own(uncaged: Any) -> None:
    asked = ("--model", "tiny", "--seed", "7", "--option", "steps=2", "--guidance", "5")
    uncaged("make", "a blue fish rises", *asked)
    uncaged("vary", "latest", "--children", "2", "--rate", "0.5", "--seed", "3")
    uncaged("steward")
    rows = json.loads(uncaged("works", "--json"))
    children = [json.loads(uncaged("info", row["id"], "--json")) for row in rows][:2]
    scores = [child["score"] for child in children]
    assert all((score["size"], score["fps"]) == ([256, 256], 24) for score in scores)
    genes = [score["position"]["genes"] for score in scores]
    assert genes[0] != genes[1]
    for child, one in zip(children, genes, strict=True):
        assert one["s1.kind.fish"] > 0 and one["steps"] == 2 and "noise.7" in one
        assert child["position"]["genes"] == one, "nothing is turned a second time"


def test_what_it_cannot_do_is_said_at_the_door(uncaged: Any) -> None:
    asked = ("make", "a fish", "--model", "tiny")
    assert "256x256 or 512x512" in uncaged(*asked, "--size", "300", code=2)
    assert "films of 2 seconds" in uncaged(*asked, "--seconds", "5", code=2)
    assert "no label called" in uncaged(*asked, "--label", "brid=1", code=2)
    assert "ink has no option called 'guidance'" in uncaged(
        "make", "a fish", "--guidance", "2", code=2
    )
    told = uncaged("models", "info", "tiny")
    assert "256x256, 512x512" in told and "guidance" in told


def test_without_weights_it_says_so(uncaged: Any) -> None:
    told = uncaged("make", "a fish", "--model", "bare", code=1)
    assert "weights of this model are not here" in told and "nowhere" in told
    assert "tiny" in uncaged("models", "list")
