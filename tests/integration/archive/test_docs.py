"""The archive's documents are true: the schema is generated, every question can be asked, every module is named."""

import contextlib
import importlib.util
import re
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from uncaged import archive
from uncaged.archive import files, runs, works
from uncaged.core.errors import RunCancelled
from uncaged.core.settings import Settings
from uncaged.engines.asking import Request
from uncaged.studio import making
from uncaged.studio.seeing import see_through
from uncaged.studio.studio import Studio, open_studio

DOCS = Path(__file__).parents[3] / "docs"
QUESTIONS = re.findall(
    r"^## (\d+)\. ([^\n]+)\n(?:(?!## |```)[^\n]*\n)*```sql\n(.*?)```",
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


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small archive of films really made, with an answer to everything, and all of it by making."""
    tmp_path = tmp_path_factory.mktemp("questions")
    settings = Settings(home=tmp_path / "home", fsync=False)
    Image.new("RGB", (16, 16), "teal").save(tmp_path / "picture.png")
    with open_studio(settings=settings) as studio:
        short: dict[str, Any] = {"size": (64, 64), "seconds": 0.5}
        pictures = [tmp_path / "picture.png"]
        first = studio.make("a bird over a wobblefrotz", model="ink", pictures=pictures, **short)
        secret = studio.make("a secret", model="echo", **short)
        for _ in range(2):
            studio.make("twice", model="echo", seed=7, **short)
        _given_back_once(studio, Request("its child", parents=(first.id,), **short))
        stop = threading.Event()
        stop.set()
        unwanted = making.ask(studio, Request("unwanted", **short), "echo")
        with pytest.raises(RunCancelled):
            see_through(studio, unwanted, stop=stop)
        making.ask(studio, Request("still in line", **short), "echo")
        studio.delete(secret)
        with studio.archive.write() as conn:
            works.show(conn, studio.person, first.id, "everybody", studio.clock.now())
            files.note(conn, studio.files, studio.files.keep(b"nobody's"), "image/png", 1)
    return settings.database


@pytest.fixture
def asked(made: Path) -> Iterator[sqlite3.Connection]:
    """Opened as anybody would."""
    with contextlib.closing(sqlite3.connect(f"{made.as_uri()}?mode=ro", uri=True)) as opened:
        yield opened


def _given_back_once(studio: Studio, request: Request) -> None:
    """A film whose first steward stopped in the middle of it."""
    begun = making.ask(studio, request, "echo")
    assert begun.run is not None
    with studio.archive.write() as conn:
        now = studio.clock.now()
        assert runs.claim(conn, begun.run.id, runs.raise_epoch(conn), now)
        assert runs.give_back(conn, begun.run.id, 1, now) == "queued"
    see_through(studio, begun)


def test_every_question_has_an_answer(asked: sqlite3.Connection) -> None:
    silent = [question for _, question, sql in QUESTIONS if not asked.execute(sql).fetchall()]
    assert silent == []


def test_answers_are_about_what_was_made(asked: sqlite3.Connection) -> None:
    answers = {int(number): asked.execute(sql).fetchall() for number, _, sql in QUESTIONS}
    assert {model for model, *_ in answers[11]} == {"ink", "echo"}
    assert all(0 < performed < 60 for *_, performed in answers[11])
    assert ("ink", "wobblefrotz") in {(model, word) for model, word, *_ in answers[16]}
    assert ("ink", "bird") not in {(model, word) for model, word, *_ in answers[16]}
    assert len(answers[17]) == 1 and isinstance(answers[17][0][1], int | float)
