"""Showing, tags, trash, keeping, training, links, typed at a terminal; for programs as JSON."""

import json
from pathlib import Path
from typing import Any

import pytest

from uncaged.cli.main import run


class Typed:
    """Runs commands in one home, whose one film is made beforehand."""

    def __init__(self, capfd: pytest.CaptureFixture[str]) -> None:
        self._capfd = capfd

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        code = run(list(arguments))
        out, err = self._capfd.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    def json(self, *arguments: str) -> Any:
        code, out, err = self(*arguments, "--json")
        assert code == 0, err
        return json.loads(out)


@pytest.fixture
def typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Typed:
    monkeypatch.setenv("UNCAGED_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("UNCAGED_FSYNC", "false")
    typed = Typed(capfd)
    tiny = ("--model", "echo", "--size", "64x64", "--seconds", "0.5", "--fps", "8")
    assert typed("make", "A slow Bird", *tiny)[0] == 0
    return typed


def test_a_work_is_shown_linked_and_taken_back(typed: Typed) -> None:
    assert typed.json("show", "latest")["visibility"] == "everybody"
    code, out, _err = typed("show", "latest", "--to", "link")
    assert code == 0 and "seen by whoever has the link" in out and "?link=" in out
    link = typed.json("link", "latest")["link"]
    assert link in out
    changed = typed.json("link", "latest", "--change")["link"]
    assert changed != link and "?link=" in changed
    assert typed.json("show", "latest", "--to", "nobody")["link"] is None
    code, out, _err = typed("link", "latest")
    assert code == 0 and "Nobody else sees" in out and "uncaged show" in out
    assert typed("show", "latest", "--to", "all")[0] == 2
    assert typed("show", "w_aaaaaaaaaaaa")[0] == 2


def test_works_are_found_by_words_and_tags(typed: Typed) -> None:
    code, out, _err = typed("tag", "latest", "+Harbour", "+night", "-day")
    assert code == 0 and "harbour night" in out
    assert typed.json("tag", "latest", "-night")["tags"] == ["harbour"]
    name = typed.json("works")[0]["id"]
    for found in (
        ("--search", "bird SLOW"),
        ("--tag", "harbour"),
        ("--search", "bird", "--tag", "harbour"),
    ):
        assert [one["id"] for one in typed.json("works", *found)] == [name]
    assert typed.json("works", "--search", "boat") == typed.json("works", "--tag", "night") == []
    assert "nothing of that here" in typed("works", "--search", "boat")[1]
    code, _out, err = typed("tag", "latest", "harbour")
    assert code == 2 and "+harbour" in err


def test_the_trash_gives_back(typed: Typed) -> None:
    name = typed.json("works")[0]["id"]
    assert "The trash is empty." in typed("works", "--trash")[1]
    code, out, _err = typed("trash", "latest")
    assert code == 0 and f"uncaged restore {name}" in out
    assert typed.json("works") == [] and typed.json("works", "--trash")[0]["id"] == name
    assert typed("show", name)[0] == 2  # not from there
    assert typed.json("restore", name)["trashed"] is None
    assert typed.json("works")[0]["id"] == name


def test_keeping_and_training_are_said_once_or_twice(typed: Typed) -> None:
    for _ in range(2):
        assert typed.json("keep", "latest")["claimed"]
        assert typed.json("training", "latest", "yes")["training"] is True
    code, out, _err = typed("training", "latest", "no")
    assert code == 0 and "Not for training" in out
    assert typed("training", "latest", "perhaps")[0] == 2
