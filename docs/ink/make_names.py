"""Writes names.md: every name that may stand on the left in a table of a lexicon. Run it when a kind is new."""

from pathlib import Path

from uncaged.engines.ink.kinds import kinds
from uncaged.engines.ink.words.senses import BY_SENSE, names

HEAD = """\
# Names: what a lexicon's tables may have on the left

[Words](words.md) says what the tables are for. `make catalogue` writes this page anew.
"""


def page() -> str:
    """The page as Markdown."""
    parts = [HEAD]
    for table in BY_SENSE:
        listed = ", ".join(f"`{name}`" for name in sorted(names(table)))
        parts.append(f"## {table}\n\n{listed}\n")
    formed = {name: kind.forms for name, kind in kinds().items() if kind.forms and not kind.hidden}
    rows = [
        f"- `{name}`: {', '.join(f'`{form}`' for form in forms if form)}"
        for name, forms in formed.items()
    ]
    parts.append(
        "## forms\n\nForms of a kind, in a table such as `[forms.tree]`:\n\n"
        + "\n".join(rows)
        + "\n"
    )
    return "\n".join(parts)


if __name__ == "__main__":
    place = Path(__file__).with_name("names.md")
    place.write_text(page(), encoding="utf-8")
    print(place)
