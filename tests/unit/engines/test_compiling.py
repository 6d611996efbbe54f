"""Layers compiled, and what is said where they cannot be. What would compile is taken as it is: that takes a second."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
import torch
from torch import nn

from uncaged.core.order import Frame, Noted, Order, Understood
from uncaged.engines import compiling
from uncaged.engines.compiling import compiled, repeated
from uncaged.engines.diffusion.families import FAMILIES, LTXVideo, Wan
from uncaged.engines.open_model import OpenModel
from uncaged.engines.precision import Numbers
from uncaged.engines.pyramid.engine import PyramidFlow


@pytest.fixture
def plainly(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing is translated: layers are only traced."""
    monkeypatch.setattr(compiling, "BACKEND", "eager")
    yield
    torch.compiler.reset()
    torch._dynamo.config.suppress_errors = False  # pyright: ignore[reportPrivateUsage]


def performed(engine: OpenModel) -> tuple[str, dict[str, str], list[bytes]]:
    options = {"steps": 2} | ({"first_steps": 2} if isinstance(engine, PyramidFlow) else {})
    size = engine.capabilities.size_near((64, 64))
    score = engine.score("a red bird", size=size, seconds=1 / 8, fps=8, options=options)
    said, noted, frames = "", dict[str, str](), list[bytes]()
    for one in engine.open({}).perform(Order("r", 1, score, quiet=True)):
        match one:
            case Understood(sentence=sentence):
                said = sentence
            case Noted(facts):
                noted |= facts
            case Frame(pixels):
                frames.append(pixels.tobytes())
            case _:
                pass
    return said, noted, frames


@pytest.mark.usefixtures("plainly")
@pytest.mark.parametrize("family", [*FAMILIES, PyramidFlow])
def test_every_family_draws_the_same_film_and_says_that_it_was_compiled(
    family: type[OpenModel], tmp_path: Path
) -> None:
    family().twin(tmp_path / "twin", 3)
    engine = family(tmp_path / "twin")
    plain = performed(engine)
    engine.compute_with("", compiled=True)
    found = performed(engine)
    assert found[2] == plain[2] and found[0] == plain[0]
    assert "compiled" not in plain[1] and found[1]["compiled"] == "its repeated layers"


@pytest.mark.usefixtures("plainly")
def test_every_network_that_draws_is_compiled_and_a_film_with_adapters_does_not_say_so(
    tmp_path: Path,
) -> None:
    Wan().twin(tmp_path / "twin", 3, **Wan.twins["2.2"])
    engine = Wan(tmp_path / "twin")
    engine.compute_with("", compiled=True)
    performance: Any = engine.open({})
    nets = performance.denoiser.networks
    assert len(nets) == 2
    for net in nets.values():
        assert all(layer._compiled_call_impl is not None for layer in repeated(net))
    numbers = Numbers("float32", compiled=True)
    assert "compiled" in numbers.noted(adapted=False)
    assert "compiled" not in numbers.noted(adapted=True)


@pytest.mark.usefixtures("plainly")
def test_another_variant_is_compiled_as_the_first_was(tmp_path: Path) -> None:
    PyramidFlow().twin(tmp_path / "twin", 3)
    engine = PyramidFlow(tmp_path / "twin")
    shutil.copytree(
        tmp_path / "twin/diffusion_transformer_64p", tmp_path / "twin/diffusion_transformer_12p"
    )
    engine.compute_with("", compiled=True)
    networks: Any = cast("Any", engine.open({}))._networks
    for variant in ("12p", "64p", "12p"):
        net = networks.transformer(variant)
        assert all(layer._compiled_call_impl is not None for layer in repeated(net))
        assert networks.numbers.compiled


def test_where_nothing_compiles_it_is_said_and_the_film_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    LTXVideo().twin(tmp_path / "twin", 3)
    engine = LTXVideo(tmp_path / "twin")
    plain = performed(engine)
    monkeypatch.setattr(compiling, "BACKEND", "no such thing")
    engine.compute_with("", compiled=True)
    found = performed(engine)
    assert found[2] == plain[2] and "compiled" not in found[1]
    assert "could not be compiled here (" in found[0] and "no such thing" in found[0]


def test_a_network_without_layers_is_left_alone() -> None:
    net = nn.Linear(2, 2)
    assert not list(repeated(net)) and "no layers" in compiled([net], lambda: None)
