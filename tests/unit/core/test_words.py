"""The reader's language: what is wished, what is there, and that it stays with whoever reads."""

import asyncio
import gettext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncaged.core import words
from uncaged.core.words import Language, _, ngettext, reading, wished


class Shouted(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return message.upper()

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return (msgid1 if n < 2 else msgid2).upper()


SHOUTED = Language("ar-x", Shouted())


@pytest.fixture
def three(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "languages", lambda: ("en", "ar", "fr"))
    monkeypatch.setattr(words, "language", Language)


@pytest.mark.parametrize(
    ("accepts", "code"),
    [
        ("fr", "fr"),
        ("fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        ("xx, ar;q=0.2, fr;q=0.4", "fr"),
        ("fr;q=0", "en"),
        ("en, fr", "en"),
        ("FR", "fr"),
        ("fr;q=nonsense, ar;q=0.1", "ar"),
        (",,,;;;q=,", "en"),
        ("x" * 10_000 + ",fr", "en"),
    ],
)
def test_the_first_wish_that_is_there(three: None, accepts: str, code: str) -> None:
    assert wished(accepts).code == code


@given(st.text(max_size=600))
def test_any_wish_is_answered(accepts: str) -> None:
    assert wished(accepts).code in words.languages()


def test_sentences_are_the_reader_s_and_nobody_else_s() -> None:
    async def reads(language: Language) -> str:
        words.read_by(language)
        await asyncio.sleep(0)
        return await asyncio.to_thread(lambda: _("a bird") + ngettext(" one", " many", 2))

    async def both() -> list[str]:
        return await asyncio.gather(reads(SHOUTED), reads(words.ENGLISH))

    assert asyncio.run(both()) == ["A BIRD MANY", "a bird many"]
    with reading(SHOUTED):
        assert _("a bird") == "A BIRD"
    assert _("a bird") == "a bird"


def test_where_a_line_begins() -> None:
    assert SHOUTED.direction == "rtl" and words.ENGLISH.direction == "ltr"
