"""A file that lies there already is replaced where somebody agrees, and never before anything was asked."""

import io
import sys
from pathlib import Path

import click
import pytest

from uncaged.cli.agreeing import agreed, consented, may_replace
from uncaged.core.errors import AskedWrong


class Terminal:
    """A standard input where somebody sits, or nobody."""

    def __init__(self, here: bool) -> None:
        self._here = here

    def isatty(self) -> bool:
        return self._here


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked; the answer is no."""
    said: list[str] = []

    def no(question: str, *, err: bool) -> bool:
        assert err, "what a script reads of a command is no place for a question"
        said.append(question)
        return False

    monkeypatch.setattr(click, "confirm", no)
    return said


def test_whoever_sits_there_is_asked(
    asked: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(True))
    film = tmp_path / "film.mp4"
    may_replace(film)
    may_replace(None)
    assert asked == [], "there is nothing to replace"
    film.write_bytes(b"the first one")
    with pytest.raises(AskedWrong, match="Nothing was made"):
        may_replace(film)
    assert asked == [f"{film} is there already. Replace it?"]
    monkeypatch.setattr(click, "confirm", lambda question, err: True)
    may_replace(film)


def test_a_script_means_it(
    asked: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"the first one")
    monkeypatch.setattr(sys, "stdin", Terminal(False))
    may_replace(film)
    monkeypatch.setattr(sys, "stdin", None)
    may_replace(film)
    assert asked == []


def test_nobody_and_no_input_at_all_is_a_script(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert agreed("Delete it?") and asked == []


@pytest.mark.parametrize("typed", ["", "y\n", "yes\n", "\n"])
def test_nobody_says_yes_to_terms_by_saying_nothing(
    typed: str, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    with pytest.raises(AskedWrong, match="Nobody is here") as told:
        consented("Do you accept it?")
    assert "--yes" in told.value.hint and asked == []
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(AskedWrong):
        consented("Do you accept it?")


@pytest.mark.parametrize(
    ("typed", "is_yes"), [("\n", False), ("n\n", False), ("y\n", True), ("yes\n", True)]
)
def test_yes_to_terms_is_typed(typed: str, is_yes: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    class Typed(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Typed(typed))
    monkeypatch.setattr(click.termui, "visible_prompt_func", lambda _said="": sys.stdin.readline())
    assert consented("Do you accept it?") is is_yes
