"""`uncaged words`: what each word becomes, with a person's own words, for people and for programs; nothing is made."""

import json
from pathlib import Path

import pytest

import uncaged
from uncaged.cli.main import run


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home that is not there yet."""
    folder = tmp_path / "home"
    monkeypatch.setenv("UNCAGED_HOME", str(folder))
    return folder


def test_each_word_and_what_it_became(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["words", "two yellow birds over a hill"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert lines[0].split(maxsplit=1) == ["two", "count: 2"]
    assert lines[1].split(maxsplit=1) == ["yellow", "hue: yellow"]
    assert lines[4].split() == ["a", "–"]
    assert "Drawn: two yellow" in "\n".join(lines)
    assert not home.exists(), "nothing is opened, nothing is made"


def test_for_programs(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["words", "a red fish", "--seed", "7", "--json"]) == 0
    said = json.loads(capfd.readouterr().out)
    assert said["words"] == {"a": "", "red": "hue: red", "fish": "drawn"}
    assert said["sentence"].startswith("Drawn:")


def test_a_model_that_reads_no_words_says_so(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["words", "a red fish", "--model", "echo"]) == 0
    out = capfd.readouterr().out
    assert "echo reads no words" in out and out.count("–") == 3
    assert run(["words", "a red fish", "--model", "ekko"]) == 2 or "echo" in capfd.readouterr().err


def test_from_python_with_the_words_of_a_studio(home: Path) -> None:
    (home / "lexicon").mkdir(parents=True)
    (home / "lexicon" / "mine.toml").write_text('liability = "cactus"\n', encoding="utf-8")
    with uncaged.open_studio(home) as studio:
        assert studio.understand("a liability").words["liability"] == "drawn as a cactus"
        assert studio.understand("a liability", model="echo").words["liability"] == ""
    assert uncaged.engine("ink").understand("a red fish").words["red"] == "hue: red"


def test_your_own_words_count(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (home / "lexicon").mkdir(parents=True)
    (home / "lexicon" / "mine.toml").write_text('liability = "cactus"\n', encoding="utf-8")
    assert run(["words", "a liability", "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["words"]["liability"] == "drawn as a cactus"
    (home / "lexicon" / "yours.toml").write_text("liability = cactus\n", encoding="utf-8")
    assert run(["words", "a liability"]) == 2
    assert "yours.toml" in capfd.readouterr().err


def test_a_terminal_is_not_steered(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["words", "a \x1b[31mbird\x1b[0m"]) == 0
    assert "\x1b[31m" not in capfd.readouterr().out


@pytest.mark.parametrize("seed", ["-1", str(2**53), "x"])
def test_a_seed_that_is_none(home: Path, capfd: pytest.CaptureFixture[str], seed: str) -> None:
    assert run(["words", "a bird", "--seed", seed]) == 2
    assert "--seed" in capfd.readouterr().err


def test_nothing_said_is_an_abstract_form(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["words", ""]) == 0
    assert "Drawn:" in capfd.readouterr().out
