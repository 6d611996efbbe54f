"""Gathers every sentence of the pages for translators, and makes of their files what the studio reads.

`python docs/make_words.py` writes ``src/uncaged/locale/uncaged.pot`` anew, brings each ``CODE/LC_MESSAGES/uncaged.po``
up to date and compiles it. `python docs/make_words.py CODE` begins a language. A test holds that nothing is behind.
"""

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from uncaged.archive.keys import SCOPES
from uncaged.archive.tables import Kind
from uncaged.engines.registry import engines

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "uncaged"
PLACE = SOURCE / "locale"
KEYWORDS: dict[str, Any] = {"_": None, "ngettext": (1, 2)}
METHODS = [("**.py", "python"), ("web/templates/**.html", "jinja2")]
OPTIONS = {"web/templates/**.html": {"trimmed": "false", "encoding": "utf-8"}}
PLURALS = {"fr": (2, "(n > 1)")}
"""Plural forms where translators write fewer than the locale data know: nobody counts films in millions."""

WHEN = datetime(2026, 1, 1, tzinfo=UTC)
"""What a compiled file says of its time: the same sentences are the same bytes."""

HEAD = "# Sentences of Uncaged. See docs/translating.md."


def gathered() -> Catalog:
    """Every sentence, and where it stands."""
    catalog = Catalog(project="uncaged", charset="utf-8", header_comment=HEAD)
    found = extract_from_dir(
        str(SOURCE),
        METHODS,
        OPTIONS,
        KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
    )
    for file, _line, message, comments, context in sorted(found, key=lambda one: (one[0], one[1])):
        place = f"src/uncaged/{Path(file).as_posix()}"
        catalog.add(message, None, [(place, None)], auto_comments=comments, context=context)  # type: ignore[list-item] - a place without a line
    for name, sentence in of_models():
        catalog.add(sentence, None, [(f"src/uncaged/engines/{name}", None)])  # type: ignore[list-item] - a place without a line
    for word in (*get_args(Kind), *SCOPES):
        catalog.add(word, None, [("src/uncaged/archive", None)])  # type: ignore[list-item] - a place without a line
    return catalog


def of_models() -> Iterator[tuple[str, str]]:
    """What the models here say of themselves and of their dials: a program reads it as it is, a page translates it."""
    for name, one in engines().items():
        card = one.card
        yield from (
            (name, said) for said in (card.summary, card.origin, card.works, card.training_data)
        )
        yield from ((name, said) for said in one.examples)
        for field in one.options.model_fields.values():
            if field.description:
                yield name, field.description


def written(catalog: Catalog) -> bytes:
    """The catalog as a file: the same sentences are the same bytes."""
    out = io.BytesIO()
    write_po(out, catalog, width=100, sort_output=True, omit_header=True)
    return f"{HEAD}\n\n".encode() + out.getvalue()


def brought_up(code: str, template: Catalog) -> Catalog:
    """A translation with the sentences that there are now: none is guessed, and what is gone is left out."""
    path = PLACE / code / "LC_MESSAGES" / "uncaged.po"
    before = Catalog(locale=code)
    if code in PLURALS:
        before._num_plurals, before._plural_expr = PLURALS[code]  # pyright: ignore[reportPrivateUsage] - there is no other way in
    if path.exists():
        with path.open("rb") as file:
            before = read_po(file, locale=code)
    before.update(template, no_fuzzy_matching=True)
    before.obsolete.clear()
    before.header_comment, before.project = HEAD, "uncaged"
    return before


def translation(catalog: Catalog) -> bytes:
    """A translator's file: with the language's plural forms, without times."""
    out = io.BytesIO()
    write_po(out, catalog, width=100, sort_output=True, omit_header=True)
    header = (
        f'{HEAD}\nmsgid ""\nmsgstr ""\n"Language: {catalog.locale_identifier}\\n"\n'
        f'"Plural-Forms: {catalog.plural_forms}\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    )
    return header.encode() + out.getvalue()


def compiled(catalog: Catalog) -> bytes:
    """What gettext reads."""
    out = io.BytesIO()
    catalog.creation_date = catalog.revision_date = WHEN
    write_mo(out, catalog)
    return out.getvalue()


def codes() -> list[str]:
    """Languages that somebody has begun."""
    return sorted(path.parents[1].name for path in PLACE.glob("*/LC_MESSAGES/uncaged.po"))


def main(begun: list[str]) -> None:
    """Writes everything anew."""
    template = gathered()
    (PLACE / "uncaged.pot").write_bytes(written(template))
    for code in sorted({*codes(), *begun}):
        catalog = brought_up(code, template)
        path = PLACE / code / "LC_MESSAGES" / "uncaged.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(translation(catalog))
        path.with_suffix(".mo").write_bytes(compiled(catalog))
        missing = [one for one in catalog if one.id and not all(_forms(one.string))]
        print(f"{code}: {len(catalog)} sentences, {len(missing)} not translated.")


def _forms(said: Any) -> tuple[str, ...]:
    return said if isinstance(said, tuple) else (said or "",)


if __name__ == "__main__":
    main(sys.argv[1:])
