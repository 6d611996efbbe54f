"""What a licence is called: refused wherever it is said, let through only where nothing else is named."""

import pytest

from uncaged.queue.licensing import Licensed, Rule

LTX = Licensed(
    ("LTX Video licence of 2024 (a RAIL-M)",),
    "Research and academic use only, and no commercial films, says a maintainer.",
)
COG = Licensed(("2B: Apache-2.0. 5B and 1.5: the CogVideoX License.",))


@pytest.mark.parametrize(
    ("licensed", "word", "says"),
    [
        (Licensed(("Apache-2.0",)), "apache 2.0", True),
        (Licensed(("Apache License, Version 2.0",)), "Apache-2.0", True),
        (Licensed(("AGPL-3.0-or-later",)), "GPL-3.0-or-later", False),
        (Licensed(("GPL-3.0-or-later",)), "GPL-3.0", True),
        (Licensed(("MIT-0",)), "IT-0", False),
        (COG, "CogVideoX License", True),
        (COG, "Apache-2.0", True),
        (LTX, "research only", True),
        (LTX, "non-commercial", True),
        (LTX, "RAIL-M", True),
        (LTX, "undisclosed", False),
        (Licensed(("0.9: for research only.",)), "Research-only", True),
        (Licensed(("CC-BY-NC-4.0",)), "non-commercial", True),
        (Licensed(("CC-BY-4.0",)), "non-commercial", False),
        (Licensed(("Free for research and commercial use",)), "research only", False),
        (Licensed(("MIT OR GPL-3.0-only",)), "GPL-3.0-only", False),
        (Licensed(("MIT OR Apache-2.0",)), "MIT", False),
        (Licensed(("MIT OR MIT-0",)), "MIT", True),
        (Licensed(()), "undisclosed", True),
        (Licensed(("Its card does not say.",)), "undisclosed", True),
        (Licensed(("Undisclosed.",)), "undisclosed", True),
        (Licensed(("Its weights: we have not verified it.",)), "undisclosed", True),
    ],
)
def test_what_it_says(licensed: Licensed, word: str, says: bool) -> None:
    assert licensed.says(word) is says
    assert (Rule(refused=("nothing of this", word)).against(licensed) == word) is says


@pytest.mark.parametrize(
    ("licensed", "only", "is_of"),
    [
        (Licensed(("apache-2.0",)), ("Apache-2.0",), True),
        (Licensed(("Apache-2.0", "cc-by-nc-4.0")), ("Apache-2.0",), False),
        (Licensed(("AGPL-3.0-or-later, CC0-1.0",)), ("AGPL-3.0-or-later", "CC0-1.0"), True),
        (Licensed(("AGPL-3.0-or-later, CC0-1.0",)), ("CC0-1.0",), False),
        (Licensed(("GPL-3.0-or-later",)), ("GPL-3.0",), False),
        (Licensed(("MIT OR GPL-3.0-only",)), ("MIT",), True),
        (Licensed(("MIT AND GPL-3.0-only",)), ("MIT",), False),
        (Licensed(("MIT; Its parent's: Apache-2.0",)), ("MIT", "Apache-2.0"), True),
        (Licensed(("Its parent's: Apache-2.0",)), ("Apache-2.0",), True),
        (COG, ("Apache-2.0",), False),
        (LTX, ("LTX Video licence of 2024 (a RAIL-M)",), True),
        (Licensed(()), ("MIT",), False),
        (Licensed(()), ("undisclosed",), True),
        (Licensed(("Its card does not say.",)), ("undisclosed",), True),
        (Licensed(("MIT",)), (), False),
    ],
)
def test_only_what_names_nothing_else(
    licensed: Licensed, only: tuple[str, ...], is_of: bool
) -> None:
    assert (Rule(only).against(licensed) is None) is is_of


def test_what_is_refused_beats_what_is_let_through() -> None:
    assert Rule(("MIT",), ("mit",)).against(Licensed(("MIT",))) == "mit"
    assert Rule().against(LTX) is None
