"""Children from the command line: of a work, of two, variations; a sheet of them; what cannot be bred says so."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
FILM = ("--model", "echo", "--size", "64x64", "--seconds", "0.5", "--fps", "12")


def test_works_have_children_and_these_name_them(uncaged: Run, tmp_path: Path) -> None:
    first = json.loads(uncaged("make", "a bird", *FILM, "--json").stdout)["id"]
    varied = uncaged("vary", "latest", "--children", "2", "--seed", "5", "--json")
    group = json.loads(varied.stdout)
    assert varied.returncode == 0 and len(group["runs"]) == 2 and group["kind"] == "vary"
    assert uncaged("steward").returncode == 0
    parts = json.loads(uncaged("info", group["id"], "--json").stdout)["parts"]
    assert [part["state"] for part in parts] == ["completed"] * 2
    child = json.loads(uncaged("info", parts[0]["work"], "--json").stdout)
    assert child["score"]["parents"] == [first] and child["score"]["parents_as"] == "bred_from"
    assert child["score"]["size"] == [64, 64]
    both = ("breed", first, parts[0]["work"], "--children", "3", "--seed", "7", "--json")
    one, same = (json.loads(uncaged(*both).stdout) for _ in range(2))
    told = [json.loads(uncaged("info", g["id"], "--json").stdout)["parts"] for g in (one, same)]
    assert [p["seed"] for p in told[0]] == [p["seed"] for p in told[1]] and one["id"] != same["id"]
    taken = uncaged("take", group["id"], "--as", "sheet", "-o", str(tmp_path / "sheet.png"))
    assert taken.returncode == 0 and (tmp_path / "sheet.png").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("breed", "w_aaaaaaaaaaaa"), "no work"),
        (("breed", "2026-01-01.0/3/7"), "not here any more"),
        (("breed",), "Missing argument"),
        (("vary", "latest", "--rate", "nan"), "nan"),
        (("vary", "latest", "--rate", "1e999"), "finite"),
        (("vary", "latest", "--children", "0"), "1 to 144"),
        (("vary", "latest", "--children", "10000"), "1 to 144"),
        (("breed", "latest", "latest", "--cross", "who"), "who=1"),
        (("breed", "latest", "--cross", "who=1"), "no trait"),
        (("vary", "latest", "--seed", "-1"), "-1"),
    ],
)
def test_what_cannot_be_says_so_and_leaves_nothing(
    uncaged: Run, arguments: tuple[str, ...], says: str
) -> None:
    assert uncaged("make", "a bird", *FILM).returncode == 0
    done = uncaged(*arguments)
    assert done.returncode == 2 and says in done.stderr and "mistake" not in done.stderr
    assert uncaged("steward").stdout.strip() == "Nobody waits in line."
