"""The data card: written from the seeds, and the one in the documents is what is written."""

import re
from pathlib import Path

from uncaged.engines.seedling.codec import Codec
from uncaged.engines.seedling.grammar import KINDS
from uncaged.training.seedling.card import SHIPPED, card, main
from uncaged.training.seedling.plans import plan
from uncaged.training.seedling.store import Root

DOCUMENT = Path(__file__).parents[4] / "docs/seedling-data.md"


def test_it_counts_what_the_films_show() -> None:
    root = Root(100, 60, "train", "c0dec")
    said = card(root, ["36.1 dB survive"])
    assert root.hash in said and "`c0dec`" in said and "CC0-1.0" in said and "- 36.1 dB" in said
    snails = sum(plan(seed).names["s1.kind"] == "snail" for seed in range(100, 160))
    (row,) = re.findall(r"^\| s1\.kind \| (.*) \|$", said, re.MULTILINE)
    counts = dict(part.rsplit(" ", 1) for part in row.split(", "))
    assert list(counts) == list(KINDS) and int(counts["snail"]) == snails
    assert sum(map(int, counts.values())) == 60
    assert "s2.kind" not in said and "| sun | " in said


def test_it_speaks_of_two_subjects_where_there_are_two() -> None:
    said = card(Root(0, 60, "held", "c0dec", "many"))
    assert "show two subjects" in said and "| relation |" in said and "“held”" in said


def test_the_document_is_what_is_written(tmp_path: Path) -> None:
    main(tmp_path / "card.md")
    said = DOCUMENT.read_text(encoding="utf-8")
    assert said == (tmp_path / "card.md").read_text(encoding="utf-8"), (
        "Run `python -m uncaged.training.seedling.card`."
    )
    assert f"{SHIPPED:,}" in said and Codec.shipped().hash in said
