"""A plug-in with two families of models made elsewhere, as a stranger would write them: `paper`, and `cardboard`.

`paper` fills films with the grey that its weights say; `cardboard` lacks what it performs with.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from uncaged.core.errors import AskedWrong, WeightsBroken, WeightsMissing
from uncaged.core.hookspecs import hookimpl
from uncaged.core.order import Event, Frame, Order
from uncaged.engines.base import Card, Engine, Offer, Small

WEIGHTS = ("sheet/weights.safetensors", "ink/weights.safetensors")


class Filled:
    """Frames of one grey."""

    def __init__(self, grey: int) -> None:
        self.grey = grey

    def perform(self, order: Order) -> Iterator[Event]:
        width, height = order.score.size
        for _ in range(order.score.frame_count):
            yield Frame(np.full((height, width, 3), self.grey, np.uint8))

    def strokes(self, order: Order, at: float) -> str:
        raise AskedWrong("Paper draws no lines.")


class Paper(Engine):
    """A sheet, and ink on it, each with weights of one byte in a folder of its own."""

    name = "paper"
    card = Card("Films of one grey.", "A test.", "Nothing.", "CC0-1.0", "CC0-1.0")
    folder: Path | None = None

    @property
    def is_here(self) -> bool:
        return False

    def settle(self, folder: Path) -> None:
        self.folder = folder

    def offer(self, folder: Path) -> Offer | None:
        told = folder / f"{self.name}.json"
        if not told.is_file():
            return None
        if list(folder.rglob("*.bin")):
            raise WeightsBroken(f"{folder} holds a pickle, weights.bin, which could run code.")
        files = {name: folder / name for name in (told.name, *WEIGHTS)}
        absent = [name for name, path in files.items() if not path.is_file()]
        if absent:
            raise WeightsMissing(f"{folder} has no {absent[0]}.")
        said: dict[str, Any] = json.loads(told.read_text("utf-8"))
        files |= {name: folder / name for name in said.pop("also", [])}
        return Offer(files, said)

    def wants(self, names: Collection[str], read: Small) -> Collection[str] | None:
        told = f"{self.name}.json"
        if told not in names:
            return None
        read(told)
        for name in WEIGHTS:
            if name not in names:
                raise WeightsMissing(f"There is no {name}.")
        return {told, *WEIGHTS}

    def twin(self, folder: Path, seed: int = 0) -> None:
        folder.mkdir(exist_ok=True)
        if seed == 13:
            (folder / "half").write_text("half")
            raise AskedWrong("Thirteen is no seed for paper.")
        (folder / f"{self.name}.json").write_text(json.dumps({"summary": f"A twin of {seed}."}))
        for name in WEIGHTS:
            (folder / name).parent.mkdir()
            (folder / name).write_bytes(bytes([seed]))

    def open(self, files: Mapping[str, Path], device: str = "") -> Filled:
        assert self.folder is not None
        for name in WEIGHTS:
            if not (self.folder / name).stat().st_size:
                raise WeightsBroken(f"{self.folder / name} is empty.", f"See {self.folder}.")
        return Filled(sum((self.folder / name).read_bytes()[0] for name in WEIGHTS))

    def recipe(self) -> dict[str, str]:
        return {"engine": "paper 1"}


class Cardboard(Paper):
    """The same, with something that nobody installed."""

    name = "cardboard"

    @property
    def lacks(self) -> str:
        return "pip install 'uncaged[models]'"


@hookimpl
def uncaged_engines() -> list[Engine]:
    return [Paper(), Cardboard()]
