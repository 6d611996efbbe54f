"""A word counts as understood only if removing it changes something that is drawn."""

import random
import re
from pathlib import Path

import pytest

from uncaged.engines.ink.scene import Scene
from uncaged.engines.ink.words import reading
from uncaged.engines.ink.words.spelling import tokens

SENTENCES = (Path(__file__).parent / "understood.txt").read_text(encoding="utf-8").splitlines()
SAMPLE = 260
"""Words that are removed; all of them would take too long for every day."""


WITHOUT_SAYING = 0.08
"""Share of words that say what would have been drawn anyway: a crab that *walks*, a jaguar in the *jungle*."""


@pytest.fixture
def by_the_same_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a sentence leaves open is drawn from its text: here from the same one, so that only words differ."""
    monkeypatch.setattr(reading, "fold", lambda text: "the same lots")


def without(sentence: str, word: str) -> str:
    return re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", "", sentence)


def understood(sentence: str) -> list[str]:
    """Words that had an effect of their own, not as a part of a phrase (a *teddy bear* less its bear is a teddy)."""
    words = reading.read(sentence, 1).words
    effects = list(words.values())
    return [word for word, effect in words.items() if effect and effects.count(effect) == 1]


def drawn(sentence: str) -> Scene:
    return reading.read(sentence, 1).scene


def test_there_are_two_hundred_sentences_and_most_of_their_words_are_understood() -> None:
    assert len(set(SENTENCES)) >= 200
    sample = random.Random(1).sample(SENTENCES, 60)
    words = {word for sentence in sample for word in understood(sentence)}
    everything = {token.typed for sentence in sample for token in tokens(sentence)}
    assert len(words) > 0.6 * len(everything), "articles and the like are the rest"


@pytest.mark.usefixtures("by_the_same_lots")
def test_removing_a_word_that_is_understood_changes_what_is_drawn() -> None:
    pairs = [(sentence, word) for sentence in SENTENCES for word in understood(sentence)]
    sample = random.Random(len(SENTENCES)).sample(pairs, SAMPLE)
    idle = [(s, word) for s, word in sample if drawn(without(s, word)) == drawn(s)]
    assert len(idle) <= WITHOUT_SAYING * SAMPLE, idle
