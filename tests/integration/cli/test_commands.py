"""The command line as somebody types it: each command, its exit code, what it prints for people and for programs."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from uncaged.cli.main import COMMANDS

Run = Callable[..., Any]
TINY = ("--model", "echo", "--size", "64x64", "--seconds", "0.5", "--fps", "8")


def test_a_film_from_asking_to_taking_it_away(uncaged: Run, tmp_path: Path) -> None:
    code, out, err = uncaged("make", "two birds", *TINY, "--seed", "5", "-o", "mine.mp4")
    assert code == 0
    assert (tmp_path / "mine.mp4").stat().st_size > 0
    assert "hashes them" in out and "uncaged view latest" in out and "--seed 6" in out
    assert "100%" in err

    code, out, _ = uncaged("works", "--json")
    (row,) = json.loads(out)
    assert row["text"] == "two birds"
    code, out, _ = uncaged("info", row["id"][:5])
    assert code == 0 and "two birds" in out and "echo 1" in out
    code, out, _ = uncaged("view", "latest")
    assert code == 0 and Path(out.strip()).exists()
    code, out, _ = uncaged("take", "latest", "--as", "gif")
    assert code == 0 and (tmp_path / f"{row['id']}.gif").exists()
    code, out, _ = uncaged("position", row["id"], "-o", "here.json")
    assert code == 0
    position = json.loads((tmp_path / "here.json").read_text())
    assert position["model"] == "echo"

    code, out, _ = uncaged("make", "", *TINY, "--position", "here.json", "--json")
    assert code == 0
    assert json.loads(out)["position"] == position
    code, out, _ = uncaged("delete", row["id"])
    assert code == 0
    code, out, _ = uncaged("info", row["id"])
    assert code == 2
    code, out, _ = uncaged("works", "--json")
    assert len(json.loads(out)) == 1


def test_json_is_one_value_and_says_everything(uncaged: Run) -> None:
    code, out, _ = uncaged("make", "a", *TINY, "--json")
    value = json.loads(out)
    assert code == 0
    assert value["state"] == "completed"
    assert value["score"]["model"] == {"name": "echo"}
    assert Path(value["path"]).exists()
    assert value["recipe"]["engine"] == "echo 1"


def test_models(uncaged: Run) -> None:
    code, out, _ = uncaged("models", "list")
    assert code == 0 and "ink" in out and "echo" in out
    code, out, _ = uncaged("models", "info", "ink")
    assert code == 0 and "line" in out and "no clamp" in out
    code, out, _ = uncaged("models", "list", "--json")
    assert json.loads(out)[0]["name"] == "ink"
    code, _, err = uncaged("models", "info", "inc")
    assert code == 2 and "ink" in err


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help(uncaged: Run, name: str) -> None:
    code, out, _ = uncaged(name, "--help")
    assert code == 0
    assert "Usage:" in out


def test_help_without_a_command(uncaged: Run) -> None:
    code, out, _ = uncaged("--help")
    assert code == 0
    assert all(name in out for name in COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("mkae", "a bird"), "make"),
        (("make", "a bird", "--model", "inc"), "ink"),
        (("make", ""), "empty"),
        (("make", "x" * 100_001), "100,001"),
        (("make", "a", "--size", "0x0"), "64 to 2048"),
        (("make", "a", "--size", "3"), "64 to 2048"),
        (("make", "a", "--size", "1000000x4"), "64 to 2048"),
        (("make", "a", "--size", "big"), "512x288"),
        (("make", "a", "--seconds", "-1"), "seconds"),
        (("make", "a", "--seconds", "nan"), "finite"),
        (("make", "a", "--seconds", "long"), "--seconds"),
        (("make", "a", "--fps", "0"), "frames a second"),
        (("make", "a", "--seed", "-1"), "seed"),
        (("make", "a", "--seed", "1.5"), "--seed"),
        (("make", "a", "--option", "line"), "line=2"),
        (("make", "a", "--option", "lime=2"), "line"),
        (("make", "a", "--image", "none.png"), "none.png"),
        (("make", "a", "--position", "none.json"), "none.json"),
        (("make", "a", "-o", "nowhere/a.mp4"), "nowhere"),
        (("make", "a", "-o", "a.avi"), ".mp4"),
        (("info", "w_zzzz"), "first film"),
        (("info", "../../etc/passwd"), "first film"),
        (("view", "latest"), "first film"),
        (("take", "latest", "--as", "giff"), "first film"),
        (("delete", ""), "uncaged works"),
        (("import", "nowhere"), "nowhere"),
        (("works", "--limit", "0"), "--limit"),
    ],
)
def test_asked_wrong_is_one_sentence_and_exit_code_2(
    uncaged: Run, arguments: tuple[str, ...], word: str
) -> None:
    code, out, err = uncaged(*arguments)
    assert code == 2, err
    assert word in err
    assert out == ""


def test_wrong_files_for_a_position(uncaged: Run, tmp_path: Path) -> None:
    for text, word in (
        ("{", "no position"),
        ("[1]", "no position"),
        ("[" * 100_000, "no position"),
        ('{"model": "echo", "genome": 1}', "echo"),
        ('{"model": "ink", "genome": 1, "genes": {"size": NaN}}', "finite"),
        ('{"model": "ink", "genome": 1, "genes": {"size": 1e999}}', "finite"),
    ):
        (tmp_path / "p.json").write_text(text)
        code, _, err = uncaged("make", "a", "--position", "p.json")
        assert code == 2 and word in err, text[:40]
    (tmp_path / "p.json").write_bytes(b"\xff\xfe\x00")
    code, _, err = uncaged("make", "a", "--position", "p.json")
    assert code == 2 and "cannot be read" in err


def test_a_variable_that_cannot_be_read(uncaged: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNCAGED_DEATHS", "many")
    code, _, err = uncaged("works")
    assert code == 2 and "UNCAGED_DEATHS" in err


def test_a_home_that_is_no_folder(uncaged: Run, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("mine")
    code, _, err = uncaged("works")
    assert code == 1 and "UNCAGED_HOME" in err
    assert (tmp_path / "home").read_text() == "mine"


def test_a_truncated_archive_is_left_as_it_is(uncaged: Run, tmp_path: Path) -> None:
    uncaged("make", "a", *TINY)
    database = tmp_path / "home" / "archive.sqlite3"
    whole = database.read_bytes()
    for broken in (whole[: len(whole) // 2], b"no database at all" * 100):
        database.write_bytes(broken)
        for beside in ("-wal", "-shm"):
            database.with_name(database.name + beside).unlink(missing_ok=True)
        code, _, err = uncaged("make", "b", *TINY)
        assert code == 1 and "archive.sqlite3" in err
    database.write_bytes(whole)
    code, out, _ = uncaged("works")
    assert code == 0 and out.count("w_") == 1


def test_export_and_import_elsewhere(
    uncaged: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, out, _ = uncaged("make", "a", *TINY, "--json")
    made = json.loads(out)
    (tmp_path / "home" / "lexicon").mkdir()
    (tmp_path / "home" / "lexicon" / "mine.toml").write_text('liability = "cactus"')
    code, out, err = uncaged("export", "studio")
    assert code == 0, err
    assert "1 work" in out and "Path(" not in out
    monkeypatch.setenv("UNCAGED_HOME", str(tmp_path / "other"))
    for _ in range(2):  # a second time changes nothing
        code, out, err = uncaged("import", "studio")
        assert code == 0, err
    assert (tmp_path / "other" / "lexicon" / "mine.toml").exists()
    code, out, _ = uncaged("works", "--json")
    assert [row["id"] for row in json.loads(out)] == [made["id"]]
    code, out, _ = uncaged("info", made["id"], "--json")
    again = json.loads(out)
    assert Path(again["film"]).read_bytes() == Path(made["film"]).read_bytes()
    assert again["score"] == made["score"]


def test_names_that_name_nothing(uncaged: Run) -> None:
    uncaged("make", "a", *TINY)
    for name in ("w_zzzz", "../../etc/passwd", "zz", "'; DROP TABLE works"):
        code, _, err = uncaged("info", name)
        assert code == 2 and "uncaged works" in err, name
    code, _, err = uncaged("take", "latest", "--as", "giff")
    assert code == 2 and "gif" in err


def test_looking_makes_nothing(uncaged: Run, tmp_path: Path) -> None:
    for command in (("works",), ("doctor",), ("models", "list")):
        code, _, err = uncaged(*command)
        assert code == 0, err
    assert not (tmp_path / "home").exists()


def test_the_doctor_reads_own_words(uncaged: Run, tmp_path: Path) -> None:
    uncaged("make", "a", *TINY)
    (tmp_path / "home" / "lexicon").mkdir()
    (tmp_path / "home" / "lexicon" / "bad.toml").write_text("liability = cactus")
    code, out, _ = uncaged("doctor")
    assert code == 1 and "bad.toml" in out


def test_a_gene_nobody_knows_is_said(uncaged: Run, tmp_path: Path) -> None:
    uncaged("make", "a bird", "--size", "64x64", "--seconds", "0.5", "--seed", "1")
    _, out, _ = uncaged("position")
    position = json.loads(out)
    position["genes"]["s1.cuont"] = 3
    (tmp_path / "p.json").write_text(json.dumps(position))
    code, _, err = uncaged(
        "make", "", "--position", "p.json", "--size", "64x64", "--seconds", "0.5"
    )
    assert code == 0 and "s1.cuont" in err and "s1.count" in err


@pytest.mark.parametrize(("answer", "gone"), [(b"n\n", False), (b"y\n", True), (b"", True)])
def test_deleting_hears_the_answer(uncaged: Run, tmp_path: Path, answer: bytes, gone: bool) -> None:
    uncaged("make", "a", *TINY)
    done = subprocess.run(
        [sys.executable, "-m", "uncaged", "delete", "latest"],
        input=answer,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    _, out, _ = uncaged("works", "--json")
    assert (json.loads(out) == []) == gone


def test_a_prompt_cannot_steer_the_terminal(uncaged: Run) -> None:
    uncaged("make", "a \x1b[31mred\x07 bird \u202e", *TINY)
    for command in (("works",), ("info", "latest"), ("works", "--all")):
        code, out, _ = uncaged(*command)
        assert code == 0
        assert "red" in out
        assert not set(out) & {"\x1b", "\x07", "\u202e"}


def test_a_terminal_that_knows_few_letters(uncaged: Run) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "uncaged", "make", "ein Vogel über 山", *TINY],
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_nobody_waits(uncaged: Run) -> None:
    code, out, _ = uncaged("steward")
    assert code == 0 and "Nobody waits" in out


def test_the_doctor_finds_what_is_missing(uncaged: Run, tmp_path: Path) -> None:
    uncaged("make", "a", *TINY)
    code, out, _ = uncaged("doctor", "--json")
    found = {row["name"]: row for row in json.loads(out)}
    assert code == 0, out
    assert found["files"]["state"] == found["ink"]["state"] == found["echo"]["state"] == "works"
    assert "compute on" in found["device"]["what"] and found["torch"]["what"]
    for path in (tmp_path / "home" / "files").glob("??/*"):
        path.write_bytes(b"changed")
    code, out, _ = uncaged("doctor")
    assert code == 1
    assert "×" in out and "changed" in out
