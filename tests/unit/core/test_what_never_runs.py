"""No line of ours runs what somebody brought: the ways in which Python does so stand nowhere in the source."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SOURCE = [*(ROOT / "src").rglob("*.py"), *(ROOT / "clients").rglob("*.py")]

LOADERS = {
    "pickle",
    "cPickle",
    "_pickle",
    "dill",
    "cloudpickle",
    "joblib",
    "shelve",
    "marshal",
    "jsonpickle",
    "torch",
}
"""Modules that build objects, or run code, from bytes; whatever is loaded here is JSON, TOML or numbers."""

RUNNERS = {"eval", "exec", "compile", "__import__", "execfile", "breakpoint"}
CALLS = {
    "os.system",
    "os.popen",
    "yaml.load",
    "yaml.unsafe_load",
    "tarfile.extractall",
    "zipfile.extractall",
}

WORTH_A_LOOK = re.compile(
    rf"\b({'|'.join(LOADERS)}|shell|allow_pickle|system|popen|extractall|load_module|yaml)\b"
    rf"|(?<![\w.])({'|'.join(RUNNERS)})\("
)
"""Only sources that have such a word are read closely."""


def found(source: str) -> Iterator[str]:
    """What of this stands in a source."""
    if WORTH_A_LOOK.search(source) is None:
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from {one.name.split(".")[0] for one in node.names} & LOADERS
        elif isinstance(node, ast.ImportFrom):
            yield from {(node.module or "").split(".")[0]} & LOADERS
        elif isinstance(node, ast.Call):
            said = ast.unparse(node.func)
            yield from {said} & (RUNNERS | CALLS)
            yield from {one for one in ("extractall", "load_module") if said.endswith(f".{one}")}
            for one in node.keywords:
                true = isinstance(one.value, ast.Constant) and one.value.value is True
                if one.arg in ("shell", "allow_pickle") and true:
                    yield f"{one.arg}=True"


def test_it_stands_nowhere() -> None:
    assert len(SOURCE) > 200
    for path in SOURCE:
        assert not list(found(path.read_text(encoding="utf-8"))), path


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "from torch.serialization import load",
        "eval(text)",
        "subprocess.run(line, shell=True)",
        "np.load(file, allow_pickle=True)",
        "tarfile.open(file).extractall(folder)",
        "os.system(line)",
    ],
)
def test_it_would_be_found(source: str) -> None:
    assert list(found(source))
