"""Missing memory is known whoever says so; what is something else is not taken for it."""

import gc
import weakref

import pytest
import torch

from uncaged.core.errors import TooLittleMemory
from uncaged.performer import memory


class Told(Exception):
    """As ONNX Runtime's: of no class that Python knows."""


Told.__module__ = "onnxruntime.capi.onnxruntime_pybind11_state"


def test_whoever_says_so() -> None:
    assert memory.ran_out(MemoryError())
    assert memory.ran_out(TooLittleMemory("Large needs 40 GB; 3 GB are free just now."))
    assert memory.ran_out(torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20 GiB"))
    assert memory.ran_out(Told("Failed to allocate memory for requested buffer of size 4096"))
    with pytest.raises(RuntimeError) as raised:
        torch.empty(1 << 60)
    assert memory.ran_out(raised.value)


def test_what_is_something_else() -> None:
    assert not memory.ran_out(RuntimeError("shapes do not fit"))
    assert not memory.ran_out(ValueError("out of memory is what the sentence says"))
    assert not memory.ran_out(Told("no such input"))


def test_what_nobody_holds_is_given_back() -> None:
    class Ring:
        def __init__(self) -> None:
            self.itself = self

    gc.disable()
    try:
        seen = weakref.ref(Ring())
        assert seen() is not None
        memory.give_back()
        assert seen() is None
    finally:
        gc.enable()
