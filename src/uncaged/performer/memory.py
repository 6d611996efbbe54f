"""Memory that ran out, whoever says so, and memory that is given back. Imports no library that is not there already."""

import gc
import sys
from typing import Any

from uncaged.core.errors import TooLittleMemory

SAYS = (
    "can't allocate memory",
    "not enough memory",
    "out of memory",
    "failed to allocate memory",
    "bad allocation",
)
"""What libraries say of it that have no class of errors for it: torch on a processor, ONNX Runtime."""


def ran_out(error: BaseException) -> bool:
    """Whether it is memory that was missing."""
    if isinstance(error, MemoryError | TooLittleMemory):
        return True
    torch: Any = sys.modules.get("torch")
    if torch is not None and isinstance(error, torch.OutOfMemoryError):
        return True
    native = isinstance(error, RuntimeError) or type(error).__module__.startswith("onnxruntime")
    said = str(error).lower()
    return native and any(words in said for words in SAYS)


def give_back() -> None:
    """Whatever nobody holds any more goes back to the machine and to its devices now."""
    gc.collect()
    torch: Any = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_initialized():
        torch.cuda.empty_cache()
