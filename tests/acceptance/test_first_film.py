"""A newcomer's whole story: a clone, `make film`, taking the film away, moving the studio elsewhere.

The clone sets itself up with pip, as the README says; nothing of this checkout but what is committed is used.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from uncaged.core.media import film_facts

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh clone of what is committed."""
    folder = tmp_path_factory.mktemp("newcomer") / "uncaged"
    subprocess.run(
        ["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(folder)], check=True
    )
    return folder


@pytest.fixture(scope="module")
def environment(clone: Path) -> dict[str, str]:
    """A person's own: no virtual environment of ours, a home of their own."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("UNCAGED_", "VIRTUAL_ENV", "PYTHON"))
    }
    return kept | {"UNCAGED_HOME": str(clone.parent / "home"), "TERM": "dumb"}


def run(clone: Path, environment: dict[str, str], *command: str) -> str:
    done = subprocess.run(
        command, cwd=clone, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def size_of(folder: Path) -> int:
    """Bytes of everything in a folder."""
    return sum(path.lstat().st_size for path in folder.rglob("*"))


def test_a_newcomers_story(clone: Path, environment: dict[str, str]) -> None:
    said = run(clone, environment, "make", "film")
    film = clone / "film.mp4"
    facts = film_facts(film)
    assert (facts.width, facts.height, facts.frames) == (512, 512, 144)
    assert "birds" in said and "film.mp4" in said and "uncaged view latest" in said
    assert not (clone / ".venv" / "lib").is_symlink()
    assert not list((clone / ".venv").rglob("torch")), "the base install has no torch"
    assert size_of(clone / ".venv") < 500e6

    said = run(clone, environment, "make", "film", "PROMPT=a red fish under the sea")
    assert "fish" in said

    uncaged = str(clone / ".venv" / "bin" / "uncaged")
    works = json.loads(run(clone, environment, uncaged, "works", "--json"))
    assert [work["text"] for work in works] == [
        "a red fish under the sea",
        "two yellow birds over a blue hill at dusk",
    ]
    bird = works[1]["id"]
    taken = clone.parent / "taken"
    taken.mkdir()
    for form in ("mp4", "strip", "svg"):
        run(clone, environment, uncaged, "take", bird, "--as", form, "-o", str(taken))
    assert "<svg" in (taken / f"{bird}.svg").read_text()

    run(clone, environment, uncaged, "export", str(clone.parent / "studio"))
    elsewhere = environment | {"UNCAGED_HOME": str(clone.parent / "elsewhere")}
    run(clone, elsewhere, uncaged, "import", str(clone.parent / "studio"))
    shutil.rmtree(clone.parent / "home")  # the first home is gone
    for work in works:
        here = json.loads(run(clone, elsewhere, uncaged, "info", work["id"], "--json"))
        assert here["score"]["shots"][0]["text"] == work["text"]
        assert film_facts(Path(here["film"])).frames == 144
    assert (taken / f"{bird}.mp4").read_bytes() == Path(
        json.loads(run(clone, elsewhere, uncaged, "info", bird, "--json"))["film"]
    ).read_bytes()


def test_the_wheel_carries_everything(
    clone: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    """`pip install .` away from the sources: what is not Python (words, palettes, migrations) is in the wheel too."""
    python = str(clone / ".venv" / "bin" / "python")
    run(
        clone,
        environment,
        python,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "-w",
        str(tmp_path),
        ".",
    )
    (wheel,) = tmp_path.glob("uncaged-*.whl")
    target = tmp_path / "installed"
    run(
        clone,
        environment,
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--target",
        str(target),
        str(wheel),
    )
    alone = environment | {"PYTHONPATH": str(target), "UNCAGED_HOME": str(tmp_path / "home")}
    where = run(tmp_path, alone, python, "-c", "import uncaged; print(uncaged.__file__)")
    assert str(target) in where
    made = run(
        tmp_path,
        alone,
        python,
        "-m",
        "uncaged",
        "make",
        "a bird",
        "--size",
        "64x64",
        "--seconds",
        "1",
        "--json",
    )
    assert json.loads(made)["understood"]["words"][1] == ["bird", "drawn"]
    assert {path.name for path in target.rglob("LICENSE")} == {"LICENSE"}
