"""What the doctor finds of that which open models compute with: torch, and on which device. Imports no torch itself.

Only where there is a graphics card, and a torch that was built for one, is a process of its own asked whether it
reaches it: a driver that is too old would otherwise be noticed by how long a film takes.
"""

import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from uncaged.core import machine
from uncaged.core.machine import Card
from uncaged.engines.fitting import gigabytes, uses_cards
from uncaged.engines.registry import families
from uncaged.studio.finding import Finding

PATIENCE: Final = 60.0
"""Seconds that torch has to say where it computes: it is large, and a card is slow to wake."""

BUILT_WITHOUT: Final = "Install the torch that its makers build for graphics cards of this kind."

UNREACHED: Final = (
    "Compare the driver that `nvidia-smi` names with what this torch wants, then look again."
)


def look() -> Iterator[Finding]:
    """Whether torch is here, which families lack something beside it, and where models compute."""
    torch = _version()
    if torch:
        yield Finding("torch", "works", f"{torch} (the open models compute with it)")
    else:
        yield Finding(
            "torch",
            "weak",
            "is not installed: ink and seedling perform without it, the open models do not",
            "Where you want them: pip install 'uncaged[models]'",
        )
    yield from _lacking(torch)
    yield _device(torch, machine.card())


def _version() -> str:
    try:
        return version("torch")
    except PackageNotFoundError:
        return ""


def _lacking(torch: str) -> Iterator[Finding]:
    """Families that do not perform although torch is here, by what one types for them."""
    lacks = {name: family.lacks for name, family in families().items() if torch and family.lacks}
    for command in dict.fromkeys(lacks.values()):
        names = ", ".join(name for name, said in lacks.items() if said == command)
        yield Finding("open models", "weak", f"something that {names} needs is missing", command)


def _device(torch: str, card: Card | None) -> Finding:
    """Where models compute: see `engines.devices.place`."""
    on = "the open models compute" if torch else "the open models would compute"
    if card is None:
        return Finding("device", "works", f"{on} on the processor: {_processor()}")
    called = f"{card.name or 'a graphics card'}, {gigabytes(card.bytes)}"
    if not torch:
        return Finding("device", "works", f"{on} on the graphics card: {called}")
    why, advice = f"torch {torch} was built for none", BUILT_WITHOUT
    if uses_cards():
        if _reached():
            return Finding("device", "works", f"{on} on the graphics card: {called}")
        why, advice = f"torch {torch} does not reach it", UNREACHED
    return Finding("device", "weak", f"{on} on the processor, not on {called}: {why}", advice)


def _processor() -> str:
    threads, memory = machine.threads_allowed(), machine.memory()
    said = [machine.processor() or "of a kind that nobody says"]
    said.append(f"{threads} thread{'' if threads == 1 else 's'}")
    return ", ".join([*said, *([] if memory is None else [gigabytes(memory)])])


def _reached() -> bool:
    """Whether torch, in a process of its own, would compute on the graphics card."""
    asked = [sys.executable, "-m", "uncaged.engines.devices"]
    try:
        done = subprocess.run(asked, capture_output=True, text=True, timeout=PATIENCE, check=True)
    except (OSError, subprocess.SubprocessError):
        return False
    return done.stdout.strip().startswith("cuda")
