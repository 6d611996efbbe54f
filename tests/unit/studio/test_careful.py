"""Words of a policy that refuse nothing, or far more than somebody thought, are told with where they stand."""

import pytest

from uncaged.queue import policy
from uncaged.queue.licensing import Licensed
from uncaged.studio.allowing import House, Wanted
from uncaged.studio.careful import careful

KNOWN = (
    Wanted("ink", "ink", Licensed(("AGPL-3.0-or-later",))),
    Wanted("seedling", "seedling", Licensed(("AGPL-3.0-or-later, CC0-1.0",))),
    Wanted("style", "ltx", Licensed(("MIT",)), is_adapter=True),
)


def told(text: str) -> tuple[str, ...]:
    return careful(policy.read(text.encode()), KNOWN)


@pytest.mark.parametrize("word", ["MIT", "CC0-1.0", "research only", "non-commercial", "GPL-2.0"])
def test_a_word_that_says_something_is_none(word: str) -> None:
    assert told(f'[licences]\nrefused = ["{word}"]\nonly = ["{word}"]') == ()


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("the", "refuses nothing"),
        ("The Licence, version", "refuses nothing"),
        ("of", "one or two letters"),
        ("or a", "one or two letters"),
        ("3.0", "one or two letters"),
        ("AGPL-3.0-or-later", "every model that is here (2)"),
        ("later", "every model that is here (2)"),
    ],
)
def test_a_word_that_says_too_little(word: str, says: str) -> None:
    (everybody,) = told(f'[licences]\nrefused = ["{word}", "{word}"]')
    assert everybody.startswith(f"[licences] refused: “{word}”") and says in everybody
    (guests,) = told(f'[class.guest]\nrefused_licences = ["{word}"]')
    assert guests.startswith("[class.guest] refused_licences:") and says in guests


def test_what_is_told_is_so() -> None:
    """The one refuses nothing, the other every model."""
    for word, refused in (("the", 0), ("later", 2)):
        house = House(policy.read(f'[licences]\nrefused = ["{word}"]'.encode()), "guest")
        assert sum(house.against(one) is not None for one in KNOWN) == refused


def test_what_lets_nothing_through() -> None:
    (said,) = told('[licences]\nonly = ["the licence"]')
    assert "lets nothing through" in said
    assert told('[class.member]\nonly_licences = ["AGPL-3.0-or-later"]') == ()
