"""With which numbers an open model computes: whole ones, or half as long, whichever a short measurement finds faster.

The measurement asks one of the layers that the network repeats, with what that is given for a small film. Knows no
family.
"""

import contextlib
import copy
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NoReturn, TypeVar, cast

import torch
from torch import Tensor, nn

from uncaged.core import machine
from uncaged.core.errors import TooLittleMemory
from uncaged.core.words import _
from uncaged.engines import compiling, devices, fitting, lending, narrowing
from uncaged.engines.open_model import COMPILED, INT8, LOSSY, PRECISION, WEIGHTS

KINDS: Final[Mapping[str, torch.dtype]] = {"float32": torch.float32, "bfloat16": torch.bfloat16}
"""By the names that recipes and options have for them: 24 and 8 bits of a number are exact."""

LEAST: Final = 10_000_000
"""Numbers of a model below which nothing is measured: there is nothing to win, and whole numbers say more."""

WORTH: Final = 1.2
"""So many times faster the shorter numbers must be, since they are less exact."""

ROUNDS: Final = 3
LONG: Final = 4.0
"""Times that each is asked, and seconds of all after which the times so far are enough."""

N = TypeVar("N")
Asked = Callable[[N], tuple[Sequence[nn.Module], Callable[[], object]]]
"""Of opened networks, those that draw, and a small question to the first."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """With which numbers a model computes, a key of `KINDS` or `INT8`. measured: whether that was found out just now.
    lent: whether its weights lie in the machine's memory, since the card has no room for them; see `lending`.
    compiled: whether its layers are, see `compiling`; uncompiled: why they are not, where they were to be."""

    name: str
    measured: bool = False
    lent: bool = False
    compiled: bool = False
    uncompiled: str = ""

    def noted(self, adapted: bool) -> Mapping[str, str]:
        """What a recipe says of it. adapted: whether a film is drawn with adapters, for which nothing is compiled."""
        found = {PRECISION: self.name}
        if self.name == INT8:
            found[WEIGHTS] = LOSSY
        if self.compiled and not adapted:
            found[COMPILED] = "its repeated layers"
        return found

    def compiled_as_well(self, nets: Sequence[nn.Module], ask: Callable[[], object]) -> "Numbers":
        """The same, and whether these networks' layers are compiled, which is tried. ask: see `Asked`."""
        why = compiling.compiled(nets, ask)
        return replace(self, compiled=not why, uncompiled=why)

    @contextlib.contextmanager
    def alike(self) -> Generator[None]:
        """Networks that are opened meanwhile lie as those that are open."""
        with contextlib.ExitStack() as stack:
            if self.lent:
                stack.enter_context(lending.lending())
            if self.name == INT8:
                stack.enter_context(narrowing.narrowing())
            yield

    def refuse(self, model: str, count: int, place: str, kind: torch.dtype) -> None:
        """Raises `TooLittleMemory` where there is no room for so many numbers more. place: where the model computes;
        kind: with which numbers."""
        if place.startswith("cuda"):
            torch.cuda.empty_cache()
        left = machine.memory_left() if self.lent else devices.left(place)
        fitting.refuse_opening(model, count, left, fitting.EACH.get(self.name, kind.itemsize))

    @property
    def said(self) -> list[str]:
        """What somebody is told whose film is computed so."""
        told = [fitting.lent_said()] if self.lent else []
        if self.uncompiled:
            told.append(_("It could not be compiled here (%(why)s).") % {"why": self.uncompiled})
        return told


WHOLE: Final = Numbers("float32")


@dataclass(frozen=True, slots=True)
class Opening:
    """A model that is to be opened. count: numbers of its weights. place: where it computes. said: with which numbers,
    a key of `KINDS`, or `INT8`; empty: as is found out. compiled: whether its layers are to be compiled. narrow: bytes
    of a weight of `INT8` meanwhile, see `fitting.narrow`."""

    model: str
    count: int
    place: str
    said: str = ""
    compiled: bool = False
    narrow: float = fitting.EACH[INT8]

    def numbers(self, make: Callable[[torch.dtype], N], asked: Asked[N]) -> tuple[N, Numbers]:
        """The opened networks, and with which numbers they compute. make: opens them.

        Raises `TooLittleMemory`, and what `make` raises.
        """
        try:
            made, found = self._opened(make, asked)
            return made, found.compiled_as_well(*asked(made)) if self.compiled else found
        except TooLittleMemory:
            if not self.place.startswith("cuda") or self.said == INT8:
                raise
            kind = KINDS[self.said] if self.said else torch.bfloat16
            left = machine.memory_left()
            fitting.refuse_opening(self.model, self.count, left, kind.itemsize)
        with lending.lending():
            why = "its layers come from memory" if self.compiled else ""
            return make(kind), Numbers(_name(kind), lent=True, uncompiled=why)

    def _opened(self, make: Callable[[torch.dtype], N], asked: Asked[N]) -> tuple[N, Numbers]:
        if self.said == INT8:
            with narrowing.narrowing():
                return self._made(make, self._usual, self.narrow), Numbers(INT8)
        if self.said:
            return self._made(make, KINDS[self.said]), Numbers(self.said)
        if self.count < LEAST:
            return self._made(make, torch.float32), WHOLE
        first = self._usual
        try:
            made = self._made(make, first)
        except TooLittleMemory:
            if first is torch.bfloat16:
                raise
            return self._made(make, torch.bfloat16), Numbers("bfloat16")
        nets, ask = asked(made)
        quick = quicker(nets[0], ask, first)
        del nets, ask
        if quick is not None and quick is not first:
            del made  # there may be no room for both
            made = self._made(make, quick)
        return made, Numbers(_name(quick or first), quick is not None)

    @property
    def _usual(self) -> torch.dtype:
        """What is computed with where nothing is known."""
        return torch.bfloat16 if self.place.startswith("cuda") else torch.float32

    def _made(
        self, make: Callable[[torch.dtype], N], kind: torch.dtype, each: float | None = None
    ) -> N:
        """each: bytes of a weight, where these are other numbers."""
        left = devices.left(self.place)
        fitting.refuse_opening(self.model, self.count, left, each or kind.itemsize)
        return make(kind)


def _name(kind: torch.dtype) -> str:
    return next(name for name, one in KINDS.items() if one is kind)


class _Seen(Exception):
    """What a layer was asked is known; nobody waits for the answer."""


def quicker(net: nn.Module, ask: Callable[[], object], kind: torch.dtype) -> torch.dtype | None:
    """With which numbers a network answers faster; None where that could not be found out.

    kind: those that it was opened with. ask: puts a small question to it.
    """
    layer = one_of_many(net)
    if layer is None:
        return None
    fine = tuple(getattr(net, "_keep_in_fp32_modules", None) or ())
    with contextlib.suppress(RuntimeError, TypeError, ValueError, IndexError):
        given, named = _given(layer, ask)
        tries = {
            one: _Try(_in_kind(layer, one, fine), _cast(given, kind, one), _cast(named, kind, one))
            for one in KINDS.values()
        }
        took = _raced(tries)
        whole, half = (took[KINDS[name]] for name in ("float32", "bfloat16"))
        return torch.bfloat16 if half * WORTH < whole else torch.float32
    return None


def one_of_many(net: nn.Module) -> nn.Module | None:
    """The first of the layers that a network repeats, where they hold most of its numbers."""
    lists = [one for one in net.modules() if isinstance(one, nn.ModuleList) and len(one) > 1]
    return max(lists, key=_held)[0] if lists else None


def _held(net: nn.Module) -> int:
    return sum(one.numel() for one in net.parameters())


def _given(layer: nn.Module, ask: Callable[[], object]) -> tuple[Any, Any]:
    """What a layer is given where its network is asked: values, and values by name."""
    seen: list[tuple[Any, Any]] = []

    def look(_layer: nn.Module, given: Any, named: Any) -> NoReturn:
        seen.append((given, named))
        raise _Seen

    handle = layer.register_forward_pre_hook(look, with_kwargs=True)
    try:
        ask()
    except _Seen:
        pass
    finally:
        handle.remove()
    return seen[0]


@dataclass(frozen=True, slots=True)
class _Try:
    """A layer of one kind of numbers, and what it is given."""

    layer: nn.Module
    given: Any
    named: Any

    @torch.no_grad()
    def took(self) -> float:
        """Seconds of one answer."""
        began = time.perf_counter()
        self.layer(*self.given, **self.named)
        if torch.cuda.is_initialized():
            torch.cuda.synchronize()
        return time.perf_counter() - began


def _raced(tries: Mapping[torch.dtype, _Try]) -> Mapping[torch.dtype, float]:
    """The least that each took, in turn; the first time of each does not count."""
    took = {kind: float("inf") for kind in tries}
    began = time.perf_counter()
    for number in range(ROUNDS + 1):
        for kind, one in tries.items():
            seconds = one.took()
            if number:
                took[kind] = min(took[kind], seconds)
        if number and time.perf_counter() - began > LONG:
            break
    return took


def _in_kind(layer: nn.Module, kind: torch.dtype, fine: tuple[str, ...]) -> nn.Module:
    """A copy of a layer that computes so. fine: parts of names whose arrays stay as exact as they can be."""
    own = copy.deepcopy(layer)
    for name, one in own.named_parameters():
        exact = any(part in fine for part in name.split("."))
        one.data = one.data.to(torch.float32 if exact else kind)
    return own


def _cast(value: Any, before: torch.dtype, after: torch.dtype) -> Any:
    """The same with every tensor of one kind of numbers in another."""
    if isinstance(value, Tensor):
        return value.to(after) if value.dtype is before else value
    if isinstance(value, list | tuple):
        several = cast("Sequence[Any]", value)
        return tuple(_cast(one, before, after) for one in several)
    if isinstance(value, dict):
        named = cast("dict[str, Any]", value)
        return {name: _cast(one, before, after) for name, one in named.items()}
    return value
