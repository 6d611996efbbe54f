"""Weights of 8 bits: only where somebody asks, said in the recipe, and near to what whole ones draw."""

from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from uncaged.core.errors import Impossible
from uncaged.core.order import Frame, Noted, Order
from uncaged.engines import fitting, narrowing
from uncaged.engines.adapters.changes import Difference, Directed
from uncaged.engines.diffusion.families import FAMILIES, DiffusionEngine
from uncaged.engines.pyramid.engine import PyramidFlow

INT8 = {"precision": "int8"}


def test_only_repeated_linear_layers_are_narrowed_and_only_meanwhile() -> None:
    net = nn.ModuleDict(
        {
            "first": nn.Linear(4, 4),
            "one": nn.ModuleList([nn.Linear(4, 4)]),
            "many": nn.ModuleList([nn.Sequential(nn.Linear(4, 4), nn.LayerNorm(4))] * 2),
        }
    )
    assert narrowing.names(net) == frozenset()
    with narrowing.narrowing():
        assert narrowing.names(net) == {"many.0.0.weight"}, "known by one name, the first"
    assert narrowing.names(net) == frozenset()


def narrowed(out: int, into: int, kind: torch.dtype = torch.float32) -> tuple[Any, nn.Linear]:
    """A layer that is held narrow, and the same as it was. Its rows are of very different sizes."""
    chance = torch.Generator().manual_seed(1)
    weight = torch.randn(out, into, generator=chance) * torch.logspace(-4, 1, out)[:, None]
    net = nn.ModuleDict({"layer": nn.Linear(into, out, bias=False, device="meta", dtype=kind)})
    first, second = narrowing.hold(net, "layer.weight")
    numbers, scales = narrowing.narrow(weight.to(kind))
    net.load_state_dict({first: numbers, second: scales}, assign=True)
    whole = nn.Linear(into, out, bias=False)
    whole.weight = nn.Parameter(weight.to(kind), requires_grad=False)
    return net["layer"], whole


@pytest.mark.parametrize("kind", [torch.float32, torch.bfloat16])
def test_a_row_keeps_its_size_and_a_layer_nearly_says_what_it_said(kind: torch.dtype) -> None:
    short, whole = narrowed(32, 64, kind)
    assert [one.dtype for one in short.parameters()] == [torch.int8, kind]
    assert (short.weight.dtype, short.weight.shape) == (kind, (32, 64))
    exact = whole.weight.float()
    far = (short.weight.float() - exact).norm(dim=1) / exact.norm(dim=1)
    assert 0 < far.max() < 0.02
    x = torch.randn(5, 64, generator=torch.Generator().manual_seed(2)).to(kind)
    assert (short(x) - whole(x)).float().norm() / whole(x).float().norm() < 0.02


def test_a_row_of_nothing_and_one_of_one_number_stay_what_they_are() -> None:
    weight = torch.tensor([[0.0, 0.0, 0.0], [0.0, -3.0, 0.0], [1e-38, 0.0, -1e-38]])
    numbers, scales = narrowing.narrow(weight)
    assert torch.allclose(numbers * scales, weight, rtol=1e-5, atol=1e-37)


def performed(engine: Any, **options: Any) -> tuple[list[Any], dict[str, str], Any]:
    size = engine.capabilities.size_near((64, 64))
    steps = {"steps": 2} | ({"first_steps": 2} if isinstance(engine, PyramidFlow) else {})
    score = engine.score("a red bird", size=size, seconds=1 / 8, fps=8, options=steps | options)
    engine.compute_with(str(options.get("precision", "")))
    performance, noted = engine.open({}), dict[str, str]()
    events = list(performance.perform(Order("r", 1, score, quiet=True)))
    for one in events:
        noted |= one.facts if isinstance(one, Noted) else {}
    return [one.pixels for one in events if isinstance(one, Frame)], noted, performance


@pytest.mark.parametrize("family", [*FAMILIES, PyramidFlow])
def test_every_family_performs_with_them_and_says_so(family: Any, tmp_path: Path) -> None:
    family().twin(tmp_path / "twin", 3)
    engine = family(tmp_path / "twin")
    plain, said, _performance = performed(engine)
    frames, noted, performance = performed(engine, **INT8)
    assert len(frames) == len(plain)
    assert (noted["precision"], noted["weights"]) == ("int8", "8 bits: lossy")
    assert "weights" not in said and performance.precision == "int8"
    if isinstance(engine, DiffusionEngine):
        for net in performance.denoiser.networks.values():
            kinds = [one.dtype for one in net.parameters()]
            assert 0 < kinds.count(torch.int8) < len(kinds)


def test_what_adapters_add_is_reckoned_from_the_numbers_they_stand_for() -> None:
    chance = torch.Generator().manual_seed(2)
    layer, other = narrowed(8, 16)
    other.weight = nn.Parameter(layer.weight.detach(), requires_grad=False)
    x = torch.randn(3, 16, generator=chance)
    change = Difference(torch.randn(8, 16, generator=chance))
    for one in (
        change,
        Directed(change, torch.rand(8, 1, generator=chance).flatten(), columns=False),
        Directed(change, torch.rand(16, generator=chance), columns=True),
    ):
        assert torch.allclose(one.added(layer, x), one.added(other, x))


def test_the_door_reckons_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fitting, "place", lambda: fitting.Place(2_500_000_000, 4, False))
    work = fitting.Work(10, 8, 10, 1, 10)

    def weighed(precision: str) -> fitting.Weighed:
        film = fitting.Film((64, 64), 1)
        return fitting.Weighed(6 * 10**8, film, lambda _film: work, precision)

    fitting.refuse_film("m", weighed("int8"))
    with pytest.raises(Impossible, match="to be opened"):
        fitting.refuse_film("m", weighed("bfloat16"))
