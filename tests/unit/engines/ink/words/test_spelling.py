"""Folding and tokens: any script, no accents, nothing lost."""

from hypothesis import given
from hypothesis import strategies as st

from uncaged.engines.ink.words.spelling import fold, tokens, unspaced


def words(text: str) -> list[str]:
    return [token.word for token in tokens(text)]


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=120))
def test_tokens_stand_in_the_text_in_their_order(text: str) -> None:
    place = 0
    for token in tokens(text):
        place = text.index(token.typed, place) + len(token.typed)
        assert token.word


def test_folding_in_many_scripts() -> None:
    assert fold("Ünïcödé ÇA") == "unicode ca"
    assert fold("Straße") == "strasse"
    assert fold("Ёлка ΆΛΦΑ") == "елка αλφα"
    assert fold("ＦＵＬＬ ｗｉｄｔｈ") == "full width"
    assert fold("がぎ") == "がぎ"  # a voicing mark makes another letter
    assert fold("हिन्दी") == "हिन्दी"
    assert fold("고양이") == "고양이"
    assert fold("مُحَمَّد") == "محمد"


def test_tokens_of_all_sorts() -> None:
    assert words("a child's don't l'arbre zoom-in") == [
        "a",
        "child",
        "dont",
        "l",
        "arbre",
        "zoom",
        "in",
    ]
    assert words("🐟 ☂ 2 ①") == ["🐟", "☂", "2", "1"]
    assert words("...!?") == []
    assert words("हिन्दी भाषा") == ["हिन्दी", "भाषा"]


def test_pauses() -> None:
    assert [token.pause for token in tokens("a bird, a cat. A dog")] == [".", "", ",", "", ".", ""]
    assert [token.pause for token in tokens("a\nb (c)\n\nd")] == [".", "", ",", "."]


def test_scripts_without_spaces() -> None:
    assert unspaced("猫") and unspaced("แมว") and unspaced("고양이") and unspaced("🐟")
    assert not unspaced("cat") and not unspaced("кот") and not unspaced("قط")
