"""With which numbers a model computes: said, or measured on one of its layers, which here move the time themselves."""

from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from uncaged.core import machine
from uncaged.core.errors import Impossible, TooLittleMemory
from uncaged.engines import devices, fitting, lending, precision
from uncaged.engines.base import Precise
from uncaged.engines.diffusion import cogvideox
from uncaged.engines.diffusion.families import FAMILIES
from uncaged.engines.open_model import OpenModel
from uncaged.engines.precision import Numbers, Opening, one_of_many, quicker
from uncaged.engines.pyramid.engine import PyramidFlow

HOOK = "_diffusers_hook"
WHOLE, HALF = torch.float32, torch.bfloat16


class Clock:
    """In place of the module `time`."""

    now = 0.0

    def perf_counter(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(precision, "time", made)
    return made


class Layer(nn.Module):
    """A layer that takes a second, or `short` of one with the shorter numbers."""

    def __init__(self, clock: Clock, short: float) -> None:
        super().__init__()
        self.line, self.norm = nn.Linear(8, 8), nn.LayerNorm(8)
        self.clock, self.short = clock, short

    def __deepcopy__(self, memo: Any) -> "Layer":
        own = Layer(self.clock, self.short)
        own.load_state_dict(self.state_dict())
        return own

    def forward(self, x: Tensor, turn: tuple[Tensor, ...] = (), *, much: float = 1.0) -> Tensor:
        assert all(one.dtype is x.dtype for one in turn)
        self.clock.now += self.short if self.line.weight.dtype is HALF else 1.0
        return self.norm(self.line(x).float() * much)


class Net(nn.Module):
    """Three layers, and two small ones; the rest of it would take for ever."""

    _keep_in_fp32_modules = ("norm",)

    def __init__(self, clock: Clock, half: float) -> None:
        super().__init__()
        self.small = nn.ModuleList(nn.Linear(2, 2) for _ in range(2))
        self.layers = nn.ModuleList(Layer(clock, half) for _ in range(3))
        self.clock = clock

    def forward(self, x: Tensor) -> Tensor:
        for layer in self.layers:
            x = layer(x, (x,), much=2.0)
            self.clock.now += 1000.0
        return x


def asked(net: Net) -> tuple[list[Net], Any]:
    return [net], lambda: net(torch.ones(1, 8, dtype=WHOLE))


@pytest.mark.parametrize(("half", "wanted"), [(0.5, HALF), (0.9, WHOLE), (3.0, WHOLE)])
def test_the_faster_numbers_are_taken_where_they_are_worth_it(
    clock: Clock, half: float, wanted: torch.dtype
) -> None:
    net = Net(clock, half)
    assert quicker(net, asked(net)[1], WHOLE) is wanted
    assert clock.now < 100, "only one layer is asked"
    assert all(one.dtype is WHOLE for one in net.parameters()), "it is as it was"
    assert net(torch.ones(1, 8)).isfinite().all(), "and nobody listens any more"


def test_where_nothing_is_repeated_or_something_cannot_be_asked_nothing_is_found_out(
    clock: Clock,
) -> None:
    assert one_of_many(nn.Linear(2, 2)) is None
    assert quicker(nn.Linear(2, 2), lambda: None, WHOLE) is None
    net = Net(clock, 0.5)
    assert quicker(net, lambda: None, WHOLE) is None  # the layer is never reached
    net.layers[0].line = nn.Linear(3, 3)
    assert quicker(net, asked(net)[1], WHOLE) is None


class Made:
    """Opens networks, and remembers with which numbers."""

    def __init__(self, clock: Clock, half: float = 0.5, room: int = 10**12) -> None:
        self.clock, self.half, self.room = clock, half, room
        self.kinds: list[torch.dtype] = []

    def __call__(self, kind: torch.dtype) -> Net:
        self.kinds.append(kind)
        return Net(self.clock, self.half)


@pytest.mark.parametrize(
    ("said", "count", "half", "kinds", "numbers"),
    [
        ("", 10**8, 0.5, [WHOLE, HALF], Numbers("bfloat16", True)),
        ("", 10**8, 2.0, [WHOLE], Numbers("float32", True)),
        ("", 1000, 0.5, [WHOLE], Numbers("float32")),
        ("bfloat16", 1000, 2.0, [HALF], Numbers("bfloat16")),
        ("float32", 10**8, 0.5, [WHOLE], Numbers("float32")),
    ],
)
def test_a_model_is_opened_as_is_said_or_measured(
    clock: Clock, said: str, count: int, half: float, kinds: list[torch.dtype], numbers: Numbers
) -> None:
    made = Made(clock, half)
    assert Opening("m", count, "cpu", said).numbers(made, asked)[1] == numbers
    assert made.kinds == kinds


def test_where_there_is_no_room_for_whole_numbers_it_is_opened_with_shorter_ones(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Made(clock, half=2.0)
    monkeypatch.setattr(devices, "left", lambda _place: 3 * 10**8)
    found = Opening("m", 10**8, "cpu").numbers(made, asked)[1]
    assert (found, made.kinds) == (Numbers("bfloat16"), [HALF])
    with pytest.raises(TooLittleMemory):
        Opening("m", 10**8, "cpu", "float32").numbers(made, asked)
    with pytest.raises(TooLittleMemory):
        Opening("m", 10**9, "cpu").numbers(made, asked)


@pytest.mark.parametrize("family", [*FAMILIES, PyramidFlow])
def test_every_family_has_a_small_question(
    family: type[OpenModel], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_for: list[str] = []

    def place(device: str = "") -> str:
        asked_for.append(device)
        return "cpu"

    monkeypatch.setattr(devices, "place", place)
    monkeypatch.setattr(precision, "LEAST", 0)
    family().twin(tmp_path / "twin", 3)
    one = family(tmp_path / "twin").open({})
    assert isinstance(one, Precise) and one.measured and one.precision in precision.KINDS
    assert asked_for == [""], "on the fastest device that there is"


def test_where_a_card_has_no_room_the_layers_come_from_memory(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def make(kind: torch.dtype) -> Net:
        net = Net(clock, 0.5).to(kind)
        seen.append(lending.lies(net, "cuda"))
        return net

    monkeypatch.setattr(lending, "SMALL", 0)
    monkeypatch.setattr(devices, "left", lambda _place: 10)
    monkeypatch.setattr(machine, "memory_left", lambda: 2 * 10**8)
    found = Opening("m", 10**8, "cuda").numbers(make, asked)[1]
    assert (found, seen) == (Numbers("bfloat16", lent=True), ["cpu"])
    assert lending.lies(Net(clock, 0.5), "cuda") == "cuda", "nobody else's"
    monkeypatch.setattr(machine, "memory_left", lambda: 2 * 10**8 - 1)
    with pytest.raises(TooLittleMemory):
        Opening("m", 10**8, "cuda").numbers(make, asked)


def test_a_lent_network_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cogvideox.twin(tmp_path, 3)
    plain = cogvideox.CogVideoX(tmp_path, WHOLE, "cpu")
    monkeypatch.setattr(lending, "SMALL", 0)
    with lending.lending():
        lent = cogvideox.CogVideoX(tmp_path, WHOLE, "cpu")
    hooked = [any(hasattr(one, HOOK) for one in net.modules()) for net in (plain.net, lent.net)]
    assert hooked == [False, True]
    x = torch.randn(plain.shape(5, (64, 64)), generator=torch.Generator().manual_seed(1))
    answers = [one.estimate(x, 0.5, one.told("a bird")[0]) for one in (plain, lent)]
    assert torch.equal(*answers)


def test_the_door_lets_in_what_can_be_lent(monkeypatch: pytest.MonkeyPatch) -> None:
    where = fitting.Place(10**9, 2, True)
    monkeypatch.setattr(fitting, "place", lambda: where)
    work = fitting.Work(10, 8, 10, 1, 10)
    weighed = fitting.Weighed(6 * 10**8, fitting.Film((64, 64), 9), lambda _film: work)
    monkeypatch.setattr(machine, "memory", lambda: 10**9)
    with pytest.raises(Impossible, match="to be opened"):
        fitting.refuse_film("m", weighed)
    monkeypatch.setattr(machine, "memory", lambda: 10**10)
    assert fitting.is_lent(6 * 10**8, where) and not fitting.is_lent(4 * 10**8, where)
    monkeypatch.setattr(fitting, "KEPT", 10**8)
    fitting.refuse_film("m", weighed)


def test_the_door_reckons_with_the_numbers_that_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fitting, "place", lambda: fitting.Place(3 * 10**9, 4, False))

    def weighed(precision: str = "", pixels: float = 10) -> fitting.Weighed:
        work = fitting.Work(10, 8, pixels, 1, 10)
        film = fitting.Film((64, 64), 1)
        return fitting.Weighed(6 * 10**8, film, lambda _film: work, precision)

    fitting.refuse_film("m", weighed("bfloat16"))
    fitting.refuse_film("m", weighed())  # opened with the shorter, since the others find no room
    assert (weighed().where.each, weighed("float32").where.each) == (2, 4)
    with pytest.raises(Impossible, match="to be opened"):
        fitting.refuse_film("m", weighed("float32"))
    monkeypatch.setattr(fitting, "place", lambda: fitting.Place(4 * 10**9, 4, False))
    assert weighed(pixels=10**7).where.each == 4
    with pytest.raises(Impossible) as refused:
        fitting.refuse_film("m", weighed(pixels=10**7))
    assert "precision bfloat16" in str(refused.value.hint)
    fitting.refuse_film("m", weighed("bfloat16", pixels=10**7))
