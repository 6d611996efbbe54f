"""docs/ink/data.md is true: its examples run, and what it lists is what an example has."""

import doctest
import re
from dataclasses import fields
from pathlib import Path

from uncaged.engines.ink.data import Example, Label
from uncaged.engines.ink.data_captions import STYLES

DOCUMENT = (Path(__file__).parents[3] / "docs/ink/data.md").read_text(encoding="utf-8")


def test_its_examples_say_what_happens() -> None:
    text = "\n\n".join(re.findall(r"```pycon\n(.*?)```", DOCUMENT, re.DOTALL))
    test = doctest.DocTestParser().get_doctest(text, {}, "data.md", None, 0)
    said: list[str] = []
    runner = doctest.DocTestRunner()
    runner.run(test, out=said.append)
    assert test.examples and runner.summarize(verbose=False).failed == 0, "".join(said)


def test_it_names_every_field_and_every_wording() -> None:
    for field in fields(Example):
        assert field.name == "number" or f"`{field.name}`" in DOCUMENT, field.name
    row = next(line for line in DOCUMENT.splitlines() if line.startswith("| `labels`"))
    for field in fields(Label):
        if field.name not in ("body", "subject", "to"):
            assert field.name in row, field.name
    for style in STYLES:
        assert f"*{style}*" in DOCUMENT, style
