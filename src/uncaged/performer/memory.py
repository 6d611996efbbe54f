"""Memory that ran out, whoever says so, memory that is given back, and the most that was held.

Imports no library that is not there already."""

import contextlib
import gc
import sys
from pathlib import Path
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


def count_anew() -> None:
    """From now on `most` is what is held from now on; where the system cannot forget, it stays what it was."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text(
            "5", "ascii"
        )  # proc_pid_clear_refs(5): the peak of what is resident
    torch: Any = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_initialized():
        torch.cuda.reset_peak_memory_stats()


def most() -> int:
    """Bytes that this process held at the most: of its graphics card where it uses one, else of the machine; 0 where
    nobody says."""
    torch: Any = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_initialized():
        return int(torch.cuda.max_memory_allocated())
    with contextlib.suppress(OSError, ValueError, IndexError):
        for line in Path("/proc/self/status").read_text("ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):  # proc_pid_status(5), which counts in KiB
                return int(line.split()[1]) * 1024
    return _since_it_began()


def _since_it_began() -> int:
    """The same since this process began, where the system says no more (getrusage(2), in KiB, on macOS in bytes)."""
    try:
        import resource
    except ImportError:  # not on every system
        return 0
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held if sys.platform == "darwin" else held * 1024
