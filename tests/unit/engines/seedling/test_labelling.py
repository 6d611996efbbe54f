"""Labels as people type them."""

import pytest

from uncaged.core.errors import AskedWrong
from uncaged.engines.seedling.labelling import read_labels, written

SAME = {"s1.kind.bird": -1.0, "s1.hue.red": 0.5, "palette.night": 1e6}


@pytest.mark.parametrize(
    "given",
    [
        "bird=-1 s1.hue.red=0.5 night=1e6",
        " bird=-1,  red=.5,palette.night=1000000 ",
        {"bird": -1, "s1.hue.red": 0.5, "night": 1e6},
    ],
)
def test_labels_can_be_said_in_several_ways(given: object) -> None:
    assert read_labels(given) == SAME


def test_equal_labels_are_equal_texts() -> None:
    text = written(SAME)
    assert text == "palette.night=1000000.0 s1.hue.red=0.5 s1.kind.bird=-1.0"
    assert read_labels(text) == SAME and written(read_labels(text)) == text
    assert read_labels("") == {} and written({}) == ""


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("brid=1", "Did you mean bird"),
        ("still=1", "s1.motion.still"),
        ("bird", "like bird=-1"),
        ("bird=", "like bird=-1"),
        ("bird=much", "like bird=-1"),
        ("bird=nan", "finite"),
        ("bird=1e999", "finite"),
        ({"bird": True}, "must be a number"),
        ({"bird": "1"}, "must be a number"),
        ({"bird": 10**400}, "finite"),
        (3.0, "Labels are names with numbers"),
        (["bird"], "Labels are names with numbers"),
        ("bird=1 " * 1001, "too many"),
        ("=1", "no label called"),
    ],
)
def test_what_is_no_label_is_told(given: object, words: str) -> None:
    with pytest.raises(AskedWrong) as caught:
        read_labels(given)
    assert words in str(caught.value)
