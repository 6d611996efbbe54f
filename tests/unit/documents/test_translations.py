"""Translations: as new as the sentences, whole where a language is there, and with the same gaps to fill."""

import gettext
import importlib.util
import io
import re
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

from uncaged.core import words

ROOT = Path(__file__).parents[3]
GAP = re.compile(r"%\((\w+)\)s|\{(\w*)\}|`([^`]+)`")


def script() -> Any:
    spec = importlib.util.spec_from_file_location("make_words", ROOT / "docs/make_words.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


made = script()


def test_every_sentence_is_gathered() -> None:
    assert (made.PLACE / "uncaged.pot").read_bytes() == made.written(made.gathered()), (
        "Run `python docs/make_words.py`."
    )


def test_each_language_is_whole_and_compiled() -> None:
    for code in made.codes():
        path = made.PLACE / code / "LC_MESSAGES" / "uncaged.po"
        catalog = made.brought_up(code, made.gathered())
        assert made.translation(catalog) == path.read_bytes(), "Run `python docs/make_words.py`."
        assert made.compiled(catalog) == path.with_suffix(".mo").read_bytes()
        assert [one.id for one in catalog if one.id and not all(forms(one.string))] == []
    assert words.languages() == ("en", *made.codes())


def test_what_is_filled_in_is_filled_in_there_too() -> None:
    for code in made.codes():
        with (made.PLACE / code / "LC_MESSAGES" / "uncaged.po").open("rb") as file:
            for one in read_po(file, locale=code):
                ids = forms(one.id)
                for n, said in enumerate(forms(one.string)):
                    may = [gaps(ids[-1])] if n else [gaps(ids[0]), gaps(ids[-1])]
                    assert not one.id or gaps(said) in may, (one.id, said)


def forms(said: Any) -> tuple[str, ...]:
    return said if isinstance(said, tuple) else (said or "",)


def gaps(text: str) -> list[str]:
    return sorted(found[0] for found in GAP.finditer(text))


def test_what_is_compiled_is_what_gettext_reads() -> None:
    template = made.gathered()
    catalog = made.brought_up("eo", template)
    catalog["make"].string = "fari"
    read = gettext.GNUTranslations(io.BytesIO(made.compiled(catalog)))
    assert read.gettext("make") == "fari"
    assert read.ngettext("%(num)s run waits,", "%(num)s runs wait,", 2) == "%(num)s runs wait,"
