"""The judge's door: ``python -m uncaged.training.seedling.judge CHECKPOINT --codec C --probe P``.

Draws films from a checkpoint, reads them, and writes judged.md, judged.json and a sheet of films beside it (or where
`--out` says). ``--frames N`` judges single frames instead. ``--teach STORE HELD`` trains the probe first.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from uncaged.core.errors import UncagedError
from uncaged.engines.seedling.codec import Codec
from uncaged.training.seedling import drawing, probe
from uncaged.training.seedling.checkpoint import read
from uncaged.training.seedling.judging import (
    Judged,
    captions,
    judge_films,
    judge_frames,
    real,
    table,
    vectors,
)
from uncaged.training.seedling.measures import share
from uncaged.training.seedling.network import FRAMES, UNet
from uncaged.training.seedling.opening import DTYPES, faster
from uncaged.training.seedling.store import opened, root_of

AT_ONCE = 16
"""Films that are drawn together."""


def main(arguments: Sequence[str]) -> int:
    """Judges, or teaches the probe; returns the exit code."""
    asked = _parser().parse_args(arguments)
    torch.set_num_threads(asked.threads)
    try:
        codec = Codec.load(asked.codec)
        if asked.teach:
            lessons = probe.Lessons(asked.steps, asked.look_steps)
            teach(asked.teach[0], asked.teach[1], codec, asked.probe, lessons, asked.fresh)
        if asked.checkpoint is not None:
            _judge(asked, codec)
    except UncagedError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="judge", description="Say what a checkpoint can do.")
    parser.add_argument("checkpoint", type=Path, nargs="?", help="a checkpoint or a leg's folder")
    parser.add_argument("--codec", type=Path, required=True)
    parser.add_argument("--probe", type=Path, required=True)
    parser.add_argument("--teach", type=Path, nargs=2, metavar=("STORE", "HELD"))
    parser.add_argument("--steps", type=int, default=1600, help="of teaching the probe by films")
    parser.add_argument("--look-steps", type=int, default=3000, help="and then by frames")
    parser.add_argument("--fresh", type=int, default=400, help="drawings to test the probe by")
    parser.add_argument("--frames", type=int, default=0, help="judge so many single frames")
    parser.add_argument("--seen", type=int, default=96, help="films of seen pairs")
    parser.add_argument("--held", type=int, default=64, help="films of each kind of held-out pair")
    parser.add_argument("--still", type=int, default=48)
    parser.add_argument("--alike", type=int, default=24)
    parser.add_argument("--guidance", type=float, default=2.0)
    parser.add_argument("--draw-steps", type=int, default=12)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path, help="where the figures go")
    return parser


def teach(
    store: Path, held: Path, codec: Codec, path: Path, lessons: probe.Lessons, fresh: int = 400
) -> None:
    """Teaches the probe by a store of seen pairs and one of held-out pairs, as often as the generator would draw them,
    and writes it with what it reads right of fresh drawings through the codec. One that is there goes on learning."""
    seen, unseen = (opened(folder, root_of(folder), codec) for folder in (store, held))
    count = min(len(seen.latents), 5 * len(unseen.latents))
    latents = np.concatenate([seen.latents[:count], unseen.latents])
    labels = np.concatenate([seen.labels[:count], unseen.labels])
    known = probe.load(path) if path.exists() else None
    taught = probe.taught(latents, labels, codec, lessons, known)
    ceiling: dict[str, float] = {}
    for which in ("seen", "held hue", "held motion"):
        plans = captions(fresh, which)
        right = probe.named(taught, real(plans, codec)).read == probe.targets(vectors(plans))
        ceiling |= {
            f"{which}, {slot}": round(share(right[:, i])[0], 2)
            for i, slot in enumerate(probe.NAMED)
        }
    print(json.dumps(ceiling, indent=1))
    probe.save(taught, path, ceiling)


def _judge(asked: argparse.Namespace, codec: Codec) -> None:
    """Draws, reads, and writes what was found."""
    checkpoint = read(asked.checkpoint)
    net = drawing.loaded(checkpoint, DTYPES[faster("cpu")])
    eye = probe.load(asked.probe)
    manner = drawing.Manner(steps=asked.draw_steps, guidance=asked.guidance)
    out: Path = asked.out or checkpoint.path.parent
    out.mkdir(parents=True, exist_ok=True)
    began = time.process_time()
    if asked.frames:
        plans = captions(80, "seen")
        picture = _frames(net, codec, manner, vectors(plans), [one.seed for one in plans])
        found = judge_frames(
            lambda labels, seeds: _frames(net, codec, manner, labels, seeds),
            eye,
            codec,
            asked.frames,
        )
        _sheet(picture.reshape(10, 8, 64, 64, 3), out / "sheet.png", across=1)
    else:
        plans = captions(min(40, asked.seen), "seen")
        picture = _films(net, codec, manner, vectors(plans), [one.seed for one in plans])
        found = judge_films(
            lambda labels, seeds: _films(net, codec, manner, labels, seeds),
            eye,
            codec,
            seen=asked.seen,
            held=asked.held,
            still=asked.still,
            alike=asked.alike,
        )
        _sheet(picture[:, ::2], out / "sheet.png", across=2)
    core = time.process_time() - began
    _write(out, found, checkpoint.path, asdict(manner), core)


def _write(
    out: Path, found: Judged, checkpoint: Path, manner: dict[str, float], core: float
) -> None:
    """judged.md and judged.json, and the same on the terminal."""
    said = ", ".join(f"{name} {value:g}" for name, value in manner.items())
    text = f"Judged: {checkpoint.name} ({said}), {core:.0f} core-seconds.\n\n{table(found)}"
    (out / "judged.md").write_text(text, "utf-8")
    body = {"checkpoint": str(checkpoint), "manner": manner, "core": core, **found.to_json()}
    (out / "judged.json").write_text(json.dumps(body, indent=1), "utf-8")
    print(text)


def _films(
    net: UNet,
    codec: Codec,
    manner: drawing.Manner,
    labels: NDArray[np.float32],
    seeds: Sequence[int],
) -> NDArray[np.uint8]:
    parts = [
        codec.decode(drawing.films(net, labels[part], seeds[part], manner))
        for part in drawing.batches(len(labels), AT_ONCE)
    ]
    return np.concatenate(parts)


def _frames(
    net: UNet,
    codec: Codec,
    manner: drawing.Manner,
    labels: NDArray[np.float32],
    seeds: Sequence[int],
) -> NDArray[np.uint8]:
    """Single frames, each at the moment that its seed says."""
    taus = np.array([(seed % FRAMES + 0.5) / FRAMES for seed in seeds], np.float32)
    parts = [
        codec.decode(drawing.frames(net, labels[part], seeds[part], taus[part], manner)[:, None])[
            :, 0
        ]
        for part in drawing.batches(len(labels), 4 * AT_ONCE)
    ]
    return np.concatenate(parts)


def _sheet(films: NDArray[np.uint8], path: Path, across: int) -> None:
    """Films as strips, `across` of them side by side: (n, frames, 64, 64, 3)."""
    strips = [
        np.concatenate([np.pad(f, ((1, 1), (1, 1), (0, 0))) for f in film], 1) for film in films
    ]
    rows = [np.concatenate(strips[i : i + across], 1) for i in range(0, len(strips), across)]
    Image.fromarray(np.concatenate([row for row in rows if row.shape == rows[0].shape])).save(path)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
