"""docs/seedling.md holds: what it says to type can be typed, and all of it is performed with the tiny network."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import click
import numpy as np
import pytest

from uncaged.cli.main import uncaged
from uncaged.engines.seedling.grammar import SLOT
from uncaged.training.seedling import judge, whole
from uncaged.training.seedling.course import Course
from uncaged.training.seedling.feeding import chances
from uncaged.training.seedling.model_card import written
from uncaged.training.seedling.recipe_book import SMALL, TINY

LESSON = (Path(__file__).parents[4] / "docs/seedling.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", LESSON, re.DOTALL)
LINES = [shlex.split(line) for block in BLOCKS for line in block.strip().splitlines()]


def of(program: str) -> list[list[str]]:
    """What the lesson says to type of a module, without its name."""
    return [
        line[3:] for line in LINES if line[:2] == ["python", "-m"] and line[2].endswith(program)
    ]


@pytest.mark.parametrize("line", [one[1:] for one in LINES if one[0] == "uncaged"], ids=" ".join)
def test_what_is_to_be_typed_can_be_read(line: list[str]) -> None:
    command: click.Command = uncaged
    while isinstance(command, click.Group):
        found = command.get_command(click.Context(command), line.pop(0))
        assert found is not None
        command = found
    context = command.make_context("uncaged", line)
    if context.command.name == "train":
        changes = dict(text.split("=", 1) for text in context.params["changes"])
        Course.of({name: json.loads(value) for name, value in changes.items()})


def test_a_kind_that_is_left_out_is_never_drawn() -> None:
    (said,) = [word for line in LINES for word in line if word.startswith("emphasis=")]
    course = Course.of({"emphasis": json.loads(said.removeprefix("emphasis="))})
    kinds = SLOT["s1.kind"]
    labels = np.zeros((3, SLOT["free"].end), np.float32)
    for row, kind in enumerate(("bird", "cat", "fish")):
        labels[row, kinds.at(kind)] = 1
    sums = chances(labels, course.legs.emphasis)
    assert sums is not None and np.diff(sums, prepend=0).tolist() == [1, 0, 1]


@pytest.mark.learning
def test_the_lesson_in_miniature(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """From nothing to a card and a film; and a second time, which finds everything done."""
    monkeypatch.chdir(tmp_path)
    first, hours = of("whole")
    tiny = [TINY.name if word == SMALL.name else word for word in first]
    small = Path("build/seedling-small")
    assert whole.main([*tiny, "--out", str(small), "--processes", "1"]) == 0
    model = small / "one/model"
    card = json.loads((model / "card.json").read_bytes())
    assert card["judged"]["right"]["seen"]["kind"][2] == TINY.judging.seen
    assert card["weak"] and card["weak"][0] in (model / "card.md").read_text("utf-8")
    assert [leg["stage"] for leg in card["legs"]] == ["frames", "mixed"]
    assert card["frames"] >= 8 and card["clips"] + card["frames"] >= 16
    assert all(leg["losses"] and leg["machine"] for leg in card["legs"])
    namespace: dict[str, Any] = {}
    for block in re.findall(r"```python\n(.*?)```", LESSON, re.DOTALL):
        exec(compile(block, "docs/seedling.md", "exec"), namespace)
    assert len(namespace["frames"]) == 48 and namespace["frames"][0].shape == (256, 256, 3)
    assert "red" in capsys.readouterr().out
    for line in of("judge"):
        asked = judge._parser().parse_args(line)
        assert asked.checkpoint.is_dir() and asked.codec.is_file() and asked.probe is None
    assert whole.main(hours) == 0
    steps = sorted(path.name for path in small.glob("one/*/step-*"))
    assert whole.main([*tiny, "--out", str(small), "--processes", "1"]) == 0
    assert sorted(path.name for path in small.glob("one/*/step-*")) == steps
    assert (model / "card.json").read_bytes() == written(card)
