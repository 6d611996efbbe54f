"""tools/distil_words.py on a WordNet of a dozen words: the walk up, the choice of a sense, what is left out."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[3] / "tools"))

from anchors import Anchors  # pyright: ignore[reportMissingImports]
from choosing import Choosing, usable  # pyright: ignore[reportMissingImports]
from glossaries import by_hand, translations  # pyright: ignore[reportMissingImports]
from wordnet import WordNet  # pyright: ignore[reportMissingImports]

SYNSETS = """\
10000000 03 n 01 entity 0 000 | what there is
10000001 05 n 01 animal 0 001 @ 10000000 n 0000 | it moves
10000002 05 n 01 bird 0 001 @ 10000001 n 0000 | it flies
10000003 05 n 02 heron 0 Ardea_major 0 001 @ 10000002 n 0000 | a wading bird
10000004 18 n 01 Heron 1 001 @i 10000005 n 0000 | a mathematician
10000005 18 n 01 person 0 001 @ 10000000 n 0000 | somebody
10000006 18 n 02 clod 0 lout 0 002 @ 10000005 n 0000 ;u 10000007 n 0100 | somebody
10000007 10 n 01 insult 0 001 @ 10000000 n 0000 | a word
10000008 04 n 01 crane 0 001 @ 10000000 n 0000 | a deed
10000009 05 n 01 crane 1 001 @ 10000002 n 0000 | a wading bird
10000010 05 n 01 genus_Ardea 0 001 @ 10000000 n 0000 | a name
"""
INDEX = """\
animal n 1 1 @ 1 0 10000001
bird n 1 1 @ 1 0 10000002
heron n 2 1 @ 2 0 10000004 10000003
ardea_major n 1 1 @ 1 0 10000003
genus_ardea n 1 1 @ 1 0 10000010
person n 1 1 @ 1 0 10000005
clod n 1 1 @ 1 0 10000006
lout n 1 1 @ 1 0 10000006
insult n 1 1 @ 1 0 10000007
crane n 2 1 @ 2 0 10000008 10000009
entity n 1 1 @ 1 0 10000000
"""
ANCHORS = """\
[nouns]
bird = "bird.n.01"
person = "person.n.01"
hippogriff = "animal.n.01, unicorn.n.01"
"tree birch x0.5" = "insult.n.01!"
[lists]
places = "city"
fair = ""
foul = ""
slurs_below = "insult.n.01"
"""


@pytest.fixture
def choosing(tmp_path: Path) -> Choosing:
    for name in ("noun", "verb", "adj", "adv"):
        (tmp_path / f"data.{name}").write_text(SYNSETS if name == "noun" else "")
        (tmp_path / f"index.{name}").write_text(INDEX if name == "noun" else "")
    (tmp_path / "cntlist.rev").write_text("crane%1:04:00:: 1 2\ncrane%1:05:01:: 2 1\n")
    (tmp_path / "noun.exc").write_text("men man\n")
    (tmp_path / "verb.exc").write_text("sang sing\n")
    (tmp_path / "anchors.toml").write_text(ANCHORS)
    wordnet = WordNet(tmp_path)
    assert wordnet.irregular["v"] == [("sang", "sing")]
    return Choosing(wordnet, Anchors(tmp_path / "anchors.toml", wordnet))


def test_a_word_becomes_what_stands_nearest_above_it(choosing: Choosing) -> None:
    assert choosing.noun("heron") == "bird", "not the mathematician"
    assert choosing.noun("bird") == "bird"
    assert choosing.noun("insult") == "tree/birch*0.5"
    assert choosing.noun("entity") is None
    assert choosing.noun("ardea major") is None, "Latin"


def test_a_rarer_sense_that_can_be_drawn_wins(choosing: Choosing) -> None:
    assert choosing.noun("crane") == "bird"
    assert choosing.often("crane", "n") == 3


def test_insults_are_left_out_and_their_synonyms_are_not(choosing: Choosing) -> None:
    assert choosing.is_slur("clod") and choosing.noun("clod") is None
    assert not choosing.is_slur("lout") and choosing.noun("lout") == "person"


def test_what_does_not_exist_is_reported(choosing: Choosing) -> None:
    assert choosing.anchors.report.kinds == {"hippogriff"}
    assert (
        choosing.anchors.report.synsets == []
    )  # unicorn.n.01 stands under a kind that is not there
    assert choosing.noun("animal") is None


def test_words_are_spelled_as_they_are_looked_up() -> None:
    assert usable("Merry-go-round") == "merry go round"
    assert usable("grande école") == "grande ecole"
    assert usable("an") is None and usable("B 52") is None
    assert usable("one two three four") is None


def test_glossaries_and_dictionaries(tmp_path: Path) -> None:
    import gzip

    def value(word: str, pos: str) -> str | None:
        return {"heron": "bird"}.get(word) if pos == "n" else None

    (tmp_path / "de.toml").write_text('[nouns]\nheron = "Reiher, Fischreiher"\nidea = "Idee"\n')
    assert by_hand(tmp_path / "de.toml", value) == {"reiher": "bird", "fischreiher": "bird"}
    with gzip.open(tmp_path / "x.dict.dz", "wt", encoding="utf-8") as file:
        file.write(
            "Reiher /r/ <masc, n, sg>\n [ornith.] heron <n>, egret <n>\n see: {Reiher}\n\n"
            "Reiher /r/ <pl>\nherons\n"
        )
    found = [(one.head, one.english) for one in translations(tmp_path / "x.dict.dz", "de")]
    assert found == [("reiher", "heron"), ("reiher", "egret")]
