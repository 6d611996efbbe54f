"""What engines say of single words, without performing: those that read them, and those that do not."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import uncaged
from uncaged.core.errors import AskedWrong
from uncaged.engines.base import Card, Engine, Performance


class Deaf(Engine):
    """A model that takes a text as a whole."""

    name = "deaf"
    card = Card("Takes a text as a whole.", "This test.", "None.", "CC0-1.0", "CC0-1.0")

    def open(self, files: Mapping[str, Path], device: str = "") -> Performance:
        raise NotImplementedError

    def recipe(self) -> dict[str, str]:
        return {}


def test_ink_says_what_each_word_becomes() -> None:
    said = uncaged.engine("ink").understand("a red fish, softly", seed=3)
    assert dict(said.words) == {"a": "", "red": "hue: red", "fish": "drawn", "softly": ""}
    assert said.sentence.startswith("Drawn: a red")


def test_it_reads_a_persons_own_words_and_options() -> None:
    ink = uncaged.engine("ink")
    own = [("mine.toml", b'liability = "cactus"')]
    assert ink.understand("a liability", words=own).words["liability"] == "drawn as a cactus"
    assert ink.understand("a fnord", options={"unknown": "write"}).words["fnord"] == "written"
    with pytest.raises(AskedWrong, match=r"mine\.toml"):
        ink.understand("a liability", words=[("mine.toml", b"liability = cactus")])
    with pytest.raises(AskedWrong, match="unknown"):
        ink.understand("a fnord", options={"unknown": "sing"})


@pytest.mark.parametrize("engine", [Deaf(), uncaged.engine("echo")])
def test_one_that_reads_no_words_says_so_kindly(engine: Engine) -> None:
    said = engine.understand("a red fish")
    assert dict(said.words) == {"a": "", "red": "", "fish": ""}
    assert engine.name in said.sentence and "words" in said.sentence
    wrong: Any = {"shout": 1}
    with pytest.raises(AskedWrong, match="shout"):
        engine.understand("a red fish", options=wrong)
