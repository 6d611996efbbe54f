"""What performers found out about this machine by a short measurement, kept in the studio's folder: once is enough.

A file that is not there, or cannot be read, costs a measurement more. Knows no model; whoever opens one measures.
"""

import json
import os
import threading
from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from uncaged.archive import works
from uncaged.core import machine
from uncaged.core.score import ModelRef, Score
from uncaged.engines.open_model import PRECISION

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio

NAME: Final = "measured.json"

LARGEST: Final = 1_000_000
"""Bytes of it that are read, at most."""

_writing = threading.Lock()


def precision(studio: "Studio", score: Score) -> str:
    """With which numbers a film is computed where its score does not say: those of the work that it is made of, where
    that was made by the same model; else those that are known to be faster here. Empty: nobody knows."""
    with studio.archive.read() as conn:
        for parent in score.parents:
            made = str(works.recipe(conn, parent, score.model).get(PRECISION, ""))
            if made:
                return made
    return str(_read(studio).get(_here(), {}).get(_key(score.model), ""))


def note(studio: "Studio", model: ModelRef, found: str) -> None:
    """A performer has found out with which numbers this model computes faster here."""
    with _writing:
        kept = dict(_read(studio))
        kept[_here()] = {**kept.get(_here(), {}), _key(model): found}
        place = studio.settings.home / NAME
        beside = place.with_suffix(f".{os.getpid()}")
        try:
            beside.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
            beside.replace(place)
        except OSError:  # on a full disk it is measured again
            beside.unlink(missing_ok=True)


@lru_cache(maxsize=1)
def _here() -> str:
    """What computes here: a studio that was moved to another machine, or has another card, measures anew."""
    card = machine.card_memory()
    try:
        torch = version("torch")
    except PackageNotFoundError:
        torch = ""
    short = " ".join(machine.short_numbers()) or "no bf16"
    return f"{machine.processor()} ({short}), card of {card or 0} bytes, torch {torch}"


def _key(model: ModelRef) -> str:
    return model.hash or model.name


def _read(studio: "Studio") -> Mapping[str, Mapping[str, Any]]:
    path: Path = studio.settings.home / NAME
    try:
        with path.open("rb") as opened:
            found = json.loads(opened.read(LARGEST))
    except (OSError, ValueError):
        return {}
    known = cast("dict[str, Any]", found) if isinstance(found, dict) else {}
    return {
        name: cast("dict[str, Any]", own) for name, own in known.items() if isinstance(own, dict)
    }
