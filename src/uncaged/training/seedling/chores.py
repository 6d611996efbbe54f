"""What the processes of a training do: ``python -m uncaged.training.seedling.chores PARENT CHORE …``.

Each goes last on the processor, and ends with whoever began it, whose process number it is told; and in good order when
it is told to, so that nothing half-written stays. torch is imported here alone, and only by those that need it.
"""

import json
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from uncaged.core.errors import AskedWrong, Failed, FileDamaged
from uncaged.core.machine import die_with_parent, give_way
from uncaged.training.seedling.course import films_of
from uncaged.training.seedling.placing import beside

if TYPE_CHECKING:
    from uncaged.engines.seedling.codec import Codec

TOLD: Final = (signal.SIGINT, signal.SIGTERM)
"""The signals that tell a process to end."""


def main(words: Sequence[str]) -> int:
    """``leg …``, ``judge …``; ``draw``, ``look`` or ``export`` with JSON; before these the process that began it."""
    parent, what, *said = words
    die_with_parent(parent=int(parent))
    give_way()
    for number in TOLD:  # a performer ignores them, and children inherit that
        signal.signal(number, _end)
    try:
        if what == "leg":
            from uncaged.training.seedling.leg import main as leg

            return leg(said)
        if what == "judge":
            from uncaged.training.seedling.judge import main as judge

            return judge(said)
        asked: Mapping[str, Any] = json.loads(said[0])
        {"draw": _draw, "look": _look, "export": _export}[what](asked)
    except (AskedWrong, Failed) as error:
        print(error)
        return error.exit_code
    return 0


def _end(number: int, frame: object) -> None:
    """Told to end: whatever is begun is cleared away, once."""
    for one in TOLD:
        signal.signal(one, signal.SIG_IGN)
    sys.exit(128 + number)


def _draw(asked: Mapping[str, Any]) -> None:
    """Films to learn from, drawn once for all trainings that want as many."""
    from uncaged.training.seedling.store import drawn_store

    codec = _codec(Path(asked["codec"]))
    root = films_of(int(asked["films"]), str(asked["drawings"]))
    drawn_store(Path(asked["store"]), root, codec, processes=int(asked["processes"]))


def _codec(path: Path) -> "Codec":
    """The codec of the package, which a training keeps; written where it is not there, or is half of one."""
    from uncaged.engines.seedling.codec import Codec

    codec = Codec.shipped()
    try:
        Codec.load(path)
    except FileDamaged:
        with beside(path) as part:
            codec.save(part)
    return codec


def _look(asked: Mapping[str, Any]) -> None:
    """What the last checkpoint draws, as a sheet, and what the probe names of it, as JSON."""
    import torch

    from uncaged.engines.seedling.codec import Codec
    from uncaged.training.seedling import checkpoint, drawing, looking, probe

    torch.set_num_threads(1)
    found = checkpoint.read(Path(asked["leg"]))
    manner = drawing.Manner(steps=int(asked["steps"]))
    right = looking.look(found, probe.shipped(), Codec.shipped(), Path(asked["out"]), manner)
    with beside(Path(asked["found"])) as part:
        part.write_text(json.dumps({"step": found.step, **right}), "utf-8")


def _export(asked: Mapping[str, Any]) -> None:
    """The folder that performs without torch, with what it was trained on and its card: whole, or not there."""
    import torch

    from uncaged.core.canonical import sha256
    from uncaged.engines.seedling.codec import Codec
    from uncaged.training.seedling import checkpoint, drawing, model_card
    from uncaged.training.seedling.export import export
    from uncaged.training.seedling.plans import slots_shown
    from uncaged.training.seedling.store import root_of

    found, out = checkpoint.read(Path(asked["leg"])), Path(asked["out"])
    net = drawing.loaded(found, torch.float32)
    root = root_of(Path(asked["store"]))
    said = model_card.card(
        str(asked["name"]),
        found.body,
        model_card.legs(found.body, [Path(leg) for leg in asked["legs"]]),
        [root],
        judged=json.loads(Path(asked["judged"]).read_bytes()) if asked["judged"] else None,
        parameters=sum(one.numel() for one in net.parameters()),
    )
    card = model_card.written(said)
    codec = Codec.load(Path(asked["codec"]))
    data = {"root": found.body["data"], "code": found.body["code"], "step": found.step}
    with beside(out) as part:
        export(part, net, codec, {}, learned=slots_shown(root.stage), manifest=sha256(card))
        (part / model_card.JSON).write_bytes(card)
        (part / model_card.TEXT).write_text(model_card.markdown(json.loads(card)), "utf-8")
        (part / "data.json").write_text(json.dumps(data, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
