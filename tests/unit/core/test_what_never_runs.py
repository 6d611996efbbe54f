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
}
"""Modules that build objects, or run code, from bytes; whatever is loaded here is JSON, TOML or numbers."""

TORCH = "torch"
"""Loads what was pickled in several ways, and takes seconds to import: only trainings and large models may, and only to
reckon."""

LOADED = {"torch.load", "torch.serialization", "torch.hub", "torch.jit", "torch.package"}
RECKON = [
    ROOT / "src/uncaged/training",
    ROOT / "src/uncaged/engines/pyramid",
    ROOT / "src/uncaged/engines/diffusion",
    ROOT / "src/uncaged/engines/texts",
    ROOT / "src/uncaged/engines/adapters",
    *(
        ROOT / f"src/uncaged/engines/{name}.py"
        for name in (
            "array_names",
            "arrays",
            "compiling",
            "devices",
            "filling",
            "frames",
            "lending",
            "narrowing",
            "precision",
            "twins",
        )
    ),
]

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
    rf"\b({'|'.join(LOADERS)}|torch|shell|allow_pickle|system|popen|extractall|load_module|yaml)\b"
    rf"|(?<![\w.])({'|'.join(RUNNERS)})\("
)
"""Only sources that have such a word are read closely."""


def found(source: str, *, reckons: bool = False) -> Iterator[str]:
    """What of this stands in a source. reckons: whether it belongs to those who may import torch."""
    if WORTH_A_LOOK.search(source) is None:
        return
    for node in ast.walk(ast.parse(source)):
        for name in imported(node):
            package = name.split(".")[0]
            if package in LOADERS or (package == TORCH and not reckons):
                yield package
            yield from {one for one in LOADED if f"{name}.".startswith(f"{one}.")}
        if isinstance(node, ast.Attribute):
            yield from {ast.unparse(node)} & LOADED
        elif isinstance(node, ast.Call):
            said = ast.unparse(node.func)
            yield from {said} & (RUNNERS | CALLS)
            yield from {one for one in ("extractall", "load_module") if said.endswith(f".{one}")}
            for one in node.keywords:
                true = isinstance(one.value, ast.Constant) and one.value.value is True
                if one.arg in ("shell", "allow_pickle") and true:
                    yield f"{one.arg}=True"


def imported(node: ast.AST) -> Iterator[str]:
    """The modules, or what of them, that a statement imports, by their whole names."""
    if isinstance(node, ast.Import):
        yield from (one.name for one in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        yield from (f"{node.module}.{one.name}" for one in node.names)


def test_it_stands_nowhere() -> None:
    assert len(SOURCE) > 200
    for path in SOURCE:
        reckons = any(room in (path, *path.parents) for room in RECKON)
        assert not list(found(path.read_text(encoding="utf-8"), reckons=reckons)), path
    assert all(any(room in (path, *path.parents) for path in SOURCE) for room in RECKON)


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "import torch",
        "from torch.nn import Linear",
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


@pytest.mark.parametrize(
    "source",
    [
        "import torch\ntorch.load(path)",
        "import torch\nload = torch.load",
        "from torch import load",
        "from torch import nn, load as fetch",
        "import torch.serialization",
        "from torch.serialization import add_safe_globals",
        "import torch\ntorch.serialization.load(path)",
        "import torch\ntorch.hub.load('a', 'b')",
        "import torch\ntorch.jit.load(path)",
        "import torch, pickle",
    ],
)
def test_nor_does_a_training_open_what_was_pickled(source: str) -> None:
    assert list(found(source, reckons=True))


def test_a_training_may_reckon() -> None:
    reckoning = (
        "import torch\nfrom torch import Tensor, nn\nimport torch.nn.functional as f\nf.silu(x)"
    )
    assert not list(found(reckoning, reckons=True)) and list(found(reckoning))
