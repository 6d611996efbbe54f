"""`uncaged models which`: the same answers as the page's form, also before there is a studio."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def test_before_there_is_a_studio_and_after_a_film(uncaged: Run, tmp_path: Path) -> None:
    first = uncaged("models", "which", "--seconds", "6", "--size", "512x512")
    assert first.returncode == 0, first.stderr
    told = " ".join(first.stdout.split())
    assert "makes films of 2 seconds" in told and "nobody knows before" in told
    assert not list(tmp_path.rglob("archive.sqlite3"))  # nothing is made by looking
    made = uncaged("make", "a bird", "--model", "echo", "--seconds", "0.5", "--size", "64x64")
    assert made.returncode == 0, made.stderr
    asked = ("models", "which", "--seconds", "0.5", "--size", "64x64", "--minutes")
    found = json.loads(uncaged(*asked, "10", "--json").stdout)
    said = {one["name"]: one for one in found}
    assert said["echo"]["can"] and said["echo"]["takes"] > 0 and found[0]["name"] == "echo"
    assert said["ink"]["can"] and said["ink"]["takes"] is None
    short = uncaged(*asked, "0.0001")
    assert "cannot: It takes longer here. About" in short.stdout


def test_what_nobody_can_want(uncaged: Run) -> None:
    for said in (
        "--with wings",
        "--seconds 0",
        "--minutes nan",
        "--picture --seconds 2",
        "--size x",
    ):
        done = uncaged("models", "which", *said.split())
        assert done.returncode != 0 and done.stderr.strip() and "Traceback" not in done.stderr, said
    none = uncaged("models", "which", "--with", "anew,on")
    assert none.returncode == 0 and "No model here can." in none.stdout


def test_of_one_licence_alone(uncaged: Run) -> None:
    named = [one["name"] for one in json.loads(uncaged("models", "which", "--json").stdout)]
    asked = ("models", "which", "--licence")
    cc0 = json.loads(uncaged(*asked, "CC0-1.0", "--json").stdout)
    assert [one["name"] for one in cc0] == ["seedling"] and len(named) > 1
    assert uncaged(*asked, "no such").stdout == "Nothing here comes under no such.\n"
    assert uncaged("make", "a bird", "--model", "echo", "--seconds", "0.5").returncode == 0
    again = json.loads(uncaged(*asked, "CC0-1.0", "--json").stdout)
    assert [one["name"] for one in again] == ["seedling"]
