"""`uncaged verify`: a film that was made here, another file, and what is none."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def test_a_film_made_here_is_known_and_one_bit_more_is_not(uncaged: Run, tmp_path: Path) -> None:
    made = ("--model", "echo", "--size", "64x48", "--seconds", "0.5", "--fps", "8")
    assert uncaged("make", "two birds", *made, "-o", "mine.mp4")[0] == 0
    code, out, _err = uncaged("verify", "mine.mp4", "--json")
    found = json.loads(out)
    assert code == 0 and found["work"].startswith("w_") and found["mime"] == "video/mp4"
    assert (found["facts"]["width"], found["facts"]["height"]) == (64, 48)
    assert found["bytes"] == (tmp_path / "mine.mp4").stat().st_size
    assert found["work"] in uncaged("verify", "mine.mp4")[1]
    (tmp_path / "other.mp4").write_bytes((tmp_path / "mine.mp4").read_bytes() + b"\0")
    code, out, _err = uncaged("verify", "other.mp4")
    assert code == 0 and "not known" in out


def test_what_is_no_film_is_refused(uncaged: Run, tmp_path: Path) -> None:
    assert uncaged("make", "a bird", "--model", "echo", "--seconds", "0.5")[0] == 0
    (tmp_path / "letter.mp4").write_text("Dear all")
    (tmp_path / "empty.png").touch()
    for name, said in (("letter.mp4", "neither a film"), ("empty.png", "empty"), ("none", "none")):
        code, out, err = uncaged("verify", name)
        assert code == 2 and not out and said in err and "Traceback" not in err
