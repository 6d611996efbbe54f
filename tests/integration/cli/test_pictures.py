"""Pictures from the command line: made, taken away, several, begun with, and from farther away."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image

Run = Callable[..., Any]
SMALL = ("--model", "echo", "--size", "64x48", "--picture")


def test_a_picture_is_made_looked_at_and_begun_with(uncaged: Run, tmp_path: Path) -> None:
    made = uncaged("make", "a red fox", *SMALL, "--seed", "3", "-o", str(tmp_path / "fox.png"))
    assert made.returncode == 0 and "picture" in made.stdout and "fps" not in made.stdout
    assert "--picture" in made.stdout  # what it says comes next asks for another picture
    with Image.open(tmp_path / "fox.png") as seen:
        assert (seen.format, seen.size) == ("PNG", (64, 48))
    taken = uncaged("take", "latest", "-o", str(tmp_path / "again.png"))
    assert "byte for byte" in taken.stdout
    assert (tmp_path / "again.png").read_bytes() == (tmp_path / "fox.png").read_bytes()
    told = json.loads(uncaged("info", "latest", "--json").stdout)
    assert told["score"]["shots"][0]["seconds"] == 0
    assert (
        "picture 64x48" in uncaged("works").stdout
        and "a picture, PNG" in uncaged("info", "latest").stdout
    )
    film = (
        "make",
        "it moves",
        "--model",
        "echo",
        "--size",
        "64x48",
        "--seconds",
        "0.5",
        "--fps",
        "8",
    )
    begun = json.loads(uncaged(*film, "--begin", "latest", "--json").stdout)
    assert begun["score"]["parents"] == [told["id"]]
    strip = uncaged(
        "take", "latest", "--as", "png", "--time", "0.25", "-o", str(tmp_path / "one.png")
    )
    assert strip.returncode == 0
    with Image.open(tmp_path / "one.png") as seen:
        assert seen.size == (64, 48)


def test_what_cannot_be_says_so(uncaged: Run, tmp_path: Path) -> None:
    made = uncaged("make", "a", *SMALL)
    assert made.returncode == 0
    for arguments, says in (
        (("make", "a", *SMALL, "--seconds", "2"), "no length"),
        (("make", "a", *SMALL, "-o", str(tmp_path / "a.jpg")), "no form"),
        (("make", "a", "--begin", "w_aaaaaaaaaaaa"), "no work"),
        (("make", "a", "--begin", "latest", "--image", "a.png"), "one picture"),
        (("farther", "latest"), "farther away"),
        (("farther", "latest", "--factor", "nan"), "nan"),
    ):
        refused = uncaged(*arguments)
        assert refused.returncode != 0 and says in refused.stderr, (arguments, refused.stderr)


def test_four_stand_in_line_and_one_is_seen_from_farther_away(uncaged: Run) -> None:
    four = json.loads(uncaged("make", "a", *SMALL, "--count", "4", "--seed", "5", "--json").stdout)
    assert len(four) == 4 and len({one["group"] for one in four}) == 1
    near = json.loads(uncaged("make", "a ball", "--picture", "--size", "64x64", "--json").stdout)
    group = json.loads(uncaged("farther", near["id"], "--factor", "2", "--json").stdout)
    assert group["kind"] == "farther" and len(group["runs"]) == 1
    assert uncaged("steward").returncode == 0
    (part,) = json.loads(uncaged("info", group["id"], "--json").stdout)["parts"]
    far = json.loads(uncaged("info", part["work"], "--json").stdout)
    assert far["position"]["genes"]["s1.size"] == near["position"]["genes"]["s1.size"] / 2
