"""docs/ink/words.md is true: its examples run, its files are lexicons, and it names everything there is."""

import doctest
import re
from pathlib import Path

import pytest

from uncaged.engines.ink.words import Lexicon, read
from uncaged.engines.ink.words.senses import BY_SENSE, TABLES, names

PAGES = Path(__file__).parents[5] / "docs/ink"
DOCUMENT = (PAGES / "words.md").read_text(encoding="utf-8")
NAMES = (PAGES / "names.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", DOCUMENT, re.DOTALL)


def test_its_examples_say_what_happens() -> None:
    text = "\n\n".join(blocks("pycon")).replace(": \n", ":\n")
    test = doctest.DocTestParser().get_doctest(text, {}, "words.md", None, 0)
    said: list[str] = []
    flags = doctest.NORMALIZE_WHITESPACE | doctest.IGNORE_EXCEPTION_DETAIL
    runner = doctest.DocTestRunner(optionflags=flags)
    runner.run(test, out=said.append)
    assert test.examples and runner.summarize(verbose=False).failed == 0, "".join(said)


@pytest.mark.parametrize("text", blocks("toml"))
def test_its_files_are_lexicons(text: str) -> None:
    lexicon = Lexicon.from_toml(text, "words.md")
    for word in lexicon.entries:
        texts = (f"two {word}", f"{word} dogs", f"a person in a red {word}")
        first = word.split()[0]
        assert any(read(text, 1, [lexicon]).words[first] for text in texts), word


@pytest.mark.parametrize("table", TABLES)
def test_it_names_every_table_and_every_name(table: str) -> None:
    assert any(line.startswith(f"| `{table}") for line in DOCUMENT.splitlines()), table
    if table in BY_SENSE:
        listed = NAMES.partition(f"## {table}\n")[2].partition("\n## ")[0]
        assert set(re.findall(r"`([^`]+)`", listed)) == set(names(table)), "`make catalogue`"
