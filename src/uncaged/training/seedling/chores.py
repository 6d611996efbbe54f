"""What the processes of a training do: ``python -m uncaged.training.seedling.chores leg|draw|sheet|export …``.

Each ends with whoever began it. torch is imported here alone, and only by those that need it.
"""

import ctypes
import json
import signal
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from uncaged.core.errors import AskedWrong, Failed
from uncaged.training.seedling.course import films_of


def main(words: Sequence[str]) -> int:
    """``leg …``, ``draw``, ``sheet`` or ``export`` with JSON; ends with whoever began it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    for number in (
        signal.SIGINT,
        signal.SIGTERM,
    ):  # a performer ignores them, and children inherit that
        signal.signal(number, signal.SIG_DFL)
    try:
        if words[0] == "leg":
            from uncaged.training.seedling.leg import main as leg

            return leg(list(words[1:]))
        asked: Mapping[str, Any] = json.loads(words[1])
        {"draw": _draw, "sheet": _sheet, "export": _export}[words[0]](asked)
    except (AskedWrong, Failed) as error:
        print(error)
        return error.exit_code
    return 0


def _draw(asked: Mapping[str, Any]) -> None:
    """Films to learn from, drawn once for all trainings that want as many."""
    from uncaged.engines.seedling.codec import Codec
    from uncaged.training.seedling.store import drawn_store

    codec = Codec.shipped()
    if not Path(asked["codec"]).exists():
        codec.save(Path(asked["codec"]))
    drawn_store(Path(asked["store"]), films_of(int(asked["films"])), codec)


def _sheet(asked: Mapping[str, Any]) -> None:
    """Four films of the last checkpoint, a strip of eight frames each."""
    import numpy as np
    import torch
    from PIL import Image

    from uncaged.engines.seedling.codec import Codec
    from uncaged.training.seedling import checkpoint, drawing
    from uncaged.training.seedling.judging import captions, vectors

    torch.set_num_threads(1)
    found = checkpoint.read(Path(asked["leg"]))
    plans = captions(4, "seen")
    net = drawing.loaded(found, torch.float32)
    films = drawing.films(net, vectors(plans), [7, 8, 9, 10], drawing.Manner(steps=6))
    frames = Codec.shipped().decode(films)[:, ::2]
    strips = [np.concatenate(list(film), 1) for film in frames]
    Image.fromarray(np.concatenate(strips)).resize((384, 192)).save(asked["out"])


def _export(asked: Mapping[str, Any]) -> None:
    """The folder that performs without torch, with what it was trained on beside it."""
    from importlib import import_module

    import torch

    from uncaged.engines.seedling.codec import Codec
    from uncaged.training.seedling import checkpoint, drawing

    found, out = checkpoint.read(Path(asked["leg"])), Path(asked["out"])
    out.mkdir(parents=True, exist_ok=True)
    if find_spec("uncaged.training.seedling.export") is None:
        raise Failed("This version of Uncaged writes no model of seedling yet.", "Update it.")
    codec = Codec.load(Path(asked["codec"]))
    exporting: Any = import_module("uncaged.training.seedling.export")
    exporting.export(out, drawing.loaded(found, torch.float32), codec, {})
    said = {"root": found.body["data"], "code": found.body["code"], "step": found.step}
    (out / "data.json").write_text(json.dumps(said, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
