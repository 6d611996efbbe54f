"""Where open models compute, and how their libraries keep quiet about it."""

import os
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import torch

from uncaged.core import machine

os.environ.setdefault("HF_HUB_OFFLINE", "1")  # everything is read from folders; nothing is fetched


def place(device: str = "") -> str:
    """Where models compute. device: empty, the fastest there is."""
    return device or ("cuda" if torch.cuda.is_available() else "cpu")


def left(place: str) -> int | None:
    """Bytes of memory that nobody uses there just now; None where nobody says."""
    if place.startswith("cuda"):
        return int(torch.cuda.mem_get_info(place)[0])
    return machine.memory_left()


def quiet(libraries: Sequence[str]) -> None:
    """What these libraries say of themselves goes to nobody. Each has a module `utils.logging` of one make."""
    for library in libraries:
        logging: Any = import_module(f"{library}.utils.logging")
        logging.set_verbosity_error()
        logging.disable_progress_bar()


if __name__ == "__main__":  # the doctor asks so, who imports no torch
    print(place())
