"""`docs/engine.md`, done by the letter: the engine from the page, installed as a plug-in, makes a film."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

DOCUMENT = Path(__file__).parents[2] / "docs" / "engine.md"


def test_the_engine_of_the_page_makes_a_film(tmp_path: Path) -> None:
    blocks = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    engine, hook = blocks
    assert len([line for line in engine.splitlines() if line.strip()]) <= 60
    plugins = tmp_path / "plugins"
    info = plugins / "uncaged_ripples-1.dist-info"
    info.mkdir(parents=True)
    (plugins / "ripples.py").write_text(engine, encoding="utf-8")
    (plugins / "ripples_hook.py").write_text(hook, encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: uncaged-ripples\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[uncaged]\nripples = ripples_hook\n")

    environment = os.environ | {"PYTHONPATH": str(plugins), "UNCAGED_HOME": str(tmp_path / "home")}

    def uncaged(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "uncaged", *arguments],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "ripples" in uncaged("models", "list")
    assert "rings" in uncaged("models", "info", "ripples")
    tiny = ("--model", "ripples", "--size", "64x64", "--seconds", "1", "--json")
    made = json.loads(
        uncaged("make", "one two three", *tiny, "--option", "rings=-3", "-o", "film.mp4")
    )
    assert made["understood"]["words"] == [
        ["one", "a stone"],
        ["two", "a stone"],
        ["three", "a stone"],
    ]
    assert "stone3.x" in made["position"]["genes"]
    uncaged("position", "latest", "-o", "here.json")
    again = json.loads(uncaged("make", "", *tiny, "--position", "here.json"))
    assert again["position"] == made["position"]
