"""Writes ``docs/schema.md`` from the archive's tables and ``views.sql``: run it after changing either.

A test holds that the document is what this writes.
"""

import re
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Table, UniqueConstraint

from uncaged.archive import views
from uncaged.archive.tables import SCHEMA, metadata

TARGET = Path(__file__).with_name("schema.md")

_BEGINNING = f"""\
# The archive's schema

Schema {SCHEMA}. Made by `docs/make_schema.py` from `src/uncaged/archive/tables.py` and `views.sql`; do not edit.
What the parts are for stands in [archive.md](archive.md); what one can ask, in [questions.md](questions.md).

Times are whole microseconds since 1970 (UTC). Ids are a letter, an underscore and twelve characters. Columns
that hold JSON hold it as canonical text (RFC 8785), so that `json_extract` reads it.

"""


def document() -> str:
    """The whole document."""
    tables = list(metadata.tables.values())
    parts = [_BEGINNING, "## How the tables hang together\n\n", diagram(tables)]
    parts += ["\n## Tables\n", *(_table(table) for table in tables)]
    parts += ["\n## Views\n\n", *_made("VIEW"), "\n## Triggers\n\n", *_made("TRIGGER")]
    return "".join(parts)


def diagram(tables: list[Table]) -> str:
    """Tables and foreign keys as a Mermaid entity-relationship diagram."""
    lines = ["```mermaid", "erDiagram"]
    for table in tables:
        for column in table.c:
            for key in column.foreign_keys:
                one = "|o" if column.nullable else "||"
                many = "o|" if _is_unique(column) else "o{"
                lines.append(
                    f"    {key.column.table.name} {one}--{many} {table.name} : {column.name}"
                )
    for table in tables:
        lines.append(f"    {table.name} {{")
        for column in table.c:
            marks = ["PK"] * column.primary_key + ["FK"] * bool(column.foreign_keys)
            kind = str(column.type).lower()
            lines.append(f"        {kind} {column.name} {', '.join(marks)}".rstrip())
        lines.append("    }")
    return "\n".join([*lines, "```\n"])


def _is_unique(column: Column[Any]) -> bool:
    """Whether a value stands in one row at most."""
    return any(
        isinstance(constraint, UniqueConstraint) and list(constraint.columns) == [column]
        for constraint in column.table.constraints
    )


def _table(table: Table) -> str:
    rows = [
        f"| `{column.name}` | {str(column.type).lower()} | {'may be empty' if column.nullable else ''} "
        f"| {column.comment} |"
        for column in table.c
    ]
    head = "| column | type | | what it is |\n|---|---|---|---|\n"
    return f"\n### {table.name}\n\n{table.comment}\n\n{head}" + "\n".join(rows) + "\n"


def _made(kind: str) -> list[str]:
    """Names of views or triggers; a view with the question above it, a trigger with what it says."""
    source = views.SOURCE.read_text("utf-8")
    found: list[str] = []
    for match in re.finditer(
        rf"((?:^--[^\n]*\n)*)^CREATE {kind} (\w+)(.*?);\n(?=\n|\Z)", source, re.M | re.S
    ):
        comment = " ".join(line.strip("- ") for line in match[1].splitlines())
        said = re.search(r"ABORT, '([^']*)'", match[3])
        found.append(f"- `{match[2]}`: {said[1] if kind == 'TRIGGER' and said else comment}\n")
    return found


if __name__ == "__main__":
    TARGET.write_text(document(), "utf-8")
