"""Sentences that say no: each that a person can meet on a page is marked for translators, wherever it is raised."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from uncaged.core import errors

SOURCE = Path(__file__).parents[3] / "src" / "uncaged"
FLOORS = ("core", "engines", "instruments", "archive", "queue", "studio")

OPERATORS = frozenset(
    """
    core/pair.py core/reading.py core/settings.py core/strangers.py core/strips.py core/strip_child.py
    engines/echo.py engines/ink
    archive/checking.py archive/crate.py archive/database.py archive/files.py archive/homes.py archive/hooks.py
    archive/keeping.py archive/manifest.py archive/merging.py archive/migrating.py archive/placing.py archive/sqlite.py
    archive/stored.py archive/uploads.py
    queue/policy.py
    studio/doctor.py studio/moving.py studio/open_door.py studio/performing.py studio/picturing.py studio/seats.py
    studio/seeing.py studio/sheets.py studio/stewardship.py studio/supervising.py studio/taking.py
    """.split()
)
"""Modules whose errors are met at the terminal, by a program, or as the web's own sentence in their place."""

PROGRAMS = ("Idempotency-Key", "Use each for one")
"""What stands in errors of a header that only programs send."""


KINDS = frozenset(
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.AskedWrong)
)
"""Names of all errors that say no to whoever asked."""


def raised(path: Path) -> Iterator[tuple[int, ast.expr]]:
    """Message and hint of each error that a module makes, and where."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(node, ast.Call) and isinstance(called, ast.Name) and called.id in KINDS:
            yield from ((node.lineno, said) for said in node.args[:2])


def modules() -> list[str]:
    every = (path for floor in FLOORS for path in (SOURCE / floor).rglob("*.py"))
    names = sorted(path.relative_to(SOURCE).as_posix() for path in every)
    return [
        name
        for name in names
        if name not in OPERATORS and not any(name.startswith(f"{one}/") for one in OPERATORS)
    ]


def unmarked(said: ast.expr) -> bool:
    """Whether this is a sentence that was written here as it is."""
    if isinstance(said, ast.IfExp):
        return unmarked(said.body) or unmarked(said.orelse)
    if isinstance(said, ast.BinOp) and isinstance(said.op, ast.Add):
        return unmarked(said.left) or unmarked(said.right)
    if isinstance(said, ast.Constant):
        return isinstance(said.value, str) and any(c.isalpha() for c in said.value)
    return isinstance(said, ast.JoinedStr)


@pytest.mark.parametrize("name", modules())
def test_what_a_person_reads_is_marked(name: str) -> None:
    found = [
        f"{name}:{line} {ast.unparse(said)}"
        for line, said in raised(SOURCE / name)
        if unmarked(said)
    ]
    assert [one for one in found if not any(word in one for word in PROGRAMS)] == []


def test_the_list_of_others_is_no_longer_than_it_must_be() -> None:
    for name in OPERATORS:
        assert (SOURCE / name).exists(), name
