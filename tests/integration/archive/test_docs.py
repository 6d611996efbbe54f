"""The archive's documents are true: the schema is generated, every question can be asked, every module is named."""

import importlib.util
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from uncaged import archive
from uncaged.archive import runs, works
from uncaged.archive.sqlite import driver

DOCS = Path(__file__).parents[3] / "docs"
QUESTIONS = re.findall(
    r"^## (\d+)\. ([^\n]+)\n\n```sql\n(.*?)```",
    (DOCS / "questions.md").read_text("utf-8"),
    re.M | re.S,
)


def test_the_schema_document_is_what_the_tables_say() -> None:
    spec = importlib.util.spec_from_file_location("make_schema", DOCS / "make_schema.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    written = (DOCS / "schema.md").read_text("utf-8")
    assert written == module.document(), "Run `python docs/make_schema.py`."


def test_every_module_is_named() -> None:
    folder = Path(archive.__path__[0])
    text = (DOCS / "archive.md").read_text("utf-8")
    names = [path.stem for path in folder.glob("*.py") if path.stem != "__init__"]
    assert [name for name in names if f"`{name}`" not in text] == []


def test_the_example_in_the_document_runs(
    world: Any, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    work = world.make("a slow bird")
    monkeypatch.setenv("UNCAGED_HOME", str(world.home))
    code = re.search(
        r"```python\n(from uncaged.*?)```", (DOCS / "archive.md").read_text("utf-8"), re.S
    )
    assert code is not None
    exec(code[1], {})
    assert capsys.readouterr().out == f"{work.id} a slow bird\n"


def test_there_are_twenty() -> None:
    assert [int(number) for number, _, _ in QUESTIONS] == list(range(1, 21))


@pytest.fixture
def asked(world: Any, tmp_path: Path) -> sqlite3.Connection:
    """A small archive that has an answer to everything, opened as anybody would."""
    picture = world.picture(b"a picture")
    world.picture(b"a picture that nothing refers to")
    first = world.make("a slow bird", pictures=(picture,), estimated_seconds=1.0)
    hidden = world.make("a secret")
    again = world.ask("twice", parents=(first.id,))
    world.claim(again.id)
    broken, _ = world.ask("broken"), world.ask("still in line")
    world.claim(broken.id)
    with world.archive.write() as conn:
        runs.give_back(conn, again.id, 1, world.clock.now())
        runs.fail(conn, broken.id, 1, "No paper left.", world.clock.now())
        works.show(conn, world.me, first.id, "everybody", world.clock.now())
        works.delete(conn, world.me, hidden.id, world.clock.now())
    world.complete(world.claim(again.id), understood={"words": {"twice": ""}})
    world.make("a slow bird", pictures=(picture,))
    world.make("the last", parents=(first.id,))
    copy = tmp_path / "copy.sqlite3"
    raw = driver.connect(world.archive.database)
    raw.execute("VACUUM INTO ?", (str(copy),))
    raw.close()
    return sqlite3.connect(f"{copy.as_uri()}?mode=ro", uri=True)


def test_every_question_has_an_answer(asked: sqlite3.Connection) -> None:
    silent = [question for _, question, sql in QUESTIONS if not asked.execute(sql).fetchall()]
    asked.close()
    assert silent == []
