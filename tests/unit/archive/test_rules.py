"""Rules are lines; the numbers before them are the page's matter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncaged.archive.house import RULES, as_list, checked_name
from uncaged.core.errors import AskedWrong


def test_a_line_is_a_rule_without_its_number() -> None:
    said = "1. Be kind.\r\n\n 2) Say so.\n- Ask first.\n* 3 chairs\n2026 is a year"
    assert as_list(said) == ("Be kind.", "Say so.", "Ask first.", "3 chairs", "2026 is a year")
    assert len(as_list(RULES)) == 6


@given(st.lists(st.text(min_size=1, max_size=60), max_size=20))
def test_no_rule_is_empty_and_none_is_lost(lines: list[str]) -> None:
    found = as_list("\n".join(lines))
    assert all(rule == rule.strip() and rule for rule in found)
    words = [line for line in "\n".join(lines).splitlines() if any(c.isalpha() for c in line)]
    assert len(found) >= len(words)


def test_the_house_has_five_things_to_say() -> None:
    assert checked_name("rules") == "rules"
    with pytest.raises(AskedWrong, match="rules"):
        checked_name("rulez")
