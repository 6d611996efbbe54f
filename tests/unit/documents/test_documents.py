"""Documents that can be wrong are held to what they speak of."""

import re
import tomllib
from pathlib import Path

import pytest

from uncaged.cli.main import COMMANDS
from uncaged.core.errors import AskedWrong, Failed, UncagedError
from uncaged.core.hookspecs import Hooks
from uncaged.core.settings import Settings
from uncaged.engines.asking import Request, score_of
from uncaged.engines.ink.engine import kinds_known
from uncaged.engines.registry import engine

ROOT = Path(__file__).parents[3]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_project_we_stand_on_is_named_with_its_licence() -> None:
    listed = text("CONTRIBUTING.md")
    for line in text("constraints.txt").splitlines():
        if "==" in line:
            name = line.split("==")[0]
            assert re.search(rf"^\|[^|]*\b{re.escape(name)}\b[^|]*\| \S", listed, re.MULTILINE), (
                name
            )


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads(text("pyproject.toml"))["project"]
    pinned = {
        line.split("==")[0].lower().replace("_", "-")
        for line in text("constraints.txt").splitlines()
    }
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    for requirement in wanted:
        assert re.split(r"[<>=; ]", requirement)[0].lower() in pinned, requirement


def test_every_setting_stands_in_the_architecture() -> None:
    said = text("docs/architecture.md")
    for name in Settings.model_fields:
        assert f"`UNCAGED_{name.upper()}`" in said


def test_what_ink_knows_is_counted_alike_everywhere() -> None:
    for name in ("README.md", "CHANGELOG.md"):
        said = re.findall(r"(\d+) kinds", text(name))
        assert said and set(said) == {kinds_known()}, name
    ink = engine("ink")
    for sentence in ("a fox in the snow at night", "a bird", "two herons on a stone"):
        position = ink.genome(score_of(Request(sentence, seed=1), ink).score)
        assert 60 <= len(position.genes) <= 110  # as the README says


def test_every_command_stands_in_the_readme() -> None:
    said = text("README.md") + text("docs/architecture.md")
    for name in COMMANDS:
        assert f"uncaged {name}" in said or f"`{name}`" in said, name


def test_every_hook_stands_in_a_document() -> None:
    said = text("docs/engine.md")
    for name in vars(Hooks):
        if name.startswith("uncaged_"):
            assert name in said


def test_every_module_says_what_it_is() -> None:
    for path in (ROOT / "src").rglob("*.py"):
        if "versions" not in path.parts:
            assert path.read_text(encoding="utf-8").lstrip().startswith('"""'), path


def test_files_stay_readable() -> None:
    """The tail is where such projects rot: no file over 400 lines."""
    for folder in ("src", "tests", "benchmarks", "docs"):
        for path in (ROOT / folder).rglob("*.py"):
            assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        *(p.relative_to(ROOT).as_posix() for p in sorted((ROOT / "docs").rglob("*.md"))),
    ],
)
def test_links_lead_somewhere(name: str) -> None:
    here = (ROOT / name).parent
    for target in re.findall(r"\]\(([^)#:]+)\)", text(name)):
        assert (here / target).exists(), target


def test_errors_have_a_docstring_and_an_exit_code() -> None:
    waiting = [UncagedError]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        assert kind.__doc__
        assert kind.exit_code == (2 if issubclass(kind, AskedWrong) else kind.exit_code)
        assert kind in (UncagedError,) or issubclass(kind, AskedWrong | Failed)


def test_every_test_that_a_document_names_is_there() -> None:
    """`tests/….py::name`, and `::name` alone for another one of the same file."""
    named = re.findall(r"`(tests/[\w/]+\.py)?(?:::(\w+))?`", text("docs/reliability.md"))
    at = ""
    for path, name in named:
        at = path or at
        assert not name or re.search(rf"^def {name}\(", text(at), re.MULTILINE), f"{at}::{name}"
    assert len(named) > 60
