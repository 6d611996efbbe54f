"""The judge's door: ``python -m uncaged.training.seedling.judge CHECKPOINT --codec C --probe P``.

Draws films from a checkpoint, reads them, and writes judged.md, judged.json and a sheet of films beside it (or where
`--out` says). A model's folder is judged as the studio performs it, by onnxruntime. ``--frames N`` judges single frames
instead. ``--teach STORE HELD`` trains the probe first, ``--teach-two STORE`` that of films of two subjects.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from uncaged.core.errors import AskedWrong, UncagedError
from uncaged.engines.seedling import INDEX, usual
from uncaged.engines.seedling.codec import Codec
from uncaged.training.checking import needed, some
from uncaged.training.seedling import drawing, kinds, looking, probe
from uncaged.training.seedling.checkpoint import read
from uncaged.training.seedling.judging import (
    Draw,
    DrawFrames,
    Judged,
    captions,
    couples,
    judge_films,
    judge_frames,
    judge_two,
    real,
    table,
    vectors,
)
from uncaged.training.seedling.judging import seeds as seeds_of
from uncaged.training.seedling.measures import share
from uncaged.training.seedling.opening import DTYPES, faster
from uncaged.training.seedling.performed import Performed
from uncaged.training.seedling.placing import beside
from uncaged.training.seedling.store import opened, root_of


def main(arguments: Sequence[str]) -> int:
    """Judges, or teaches the probe; returns the exit code."""
    asked = _parser().parse_args(arguments)
    torch.set_num_threads(asked.threads)
    try:
        codec = Codec.load(asked.codec)
        if asked.teach:
            if asked.probe is None:
                raise AskedWrong("A probe that is taught needs a file.", "Name one with --probe.")
            lessons = probe.Lessons(asked.steps, asked.look_steps)
            teach(asked.teach[0], asked.teach[1], codec, asked.probe, lessons, asked.fresh)
        if asked.teach_two:
            if asked.kinds is None:
                raise AskedWrong("A probe that is taught needs a file.", "Name one with --kinds.")
            eye = probe.load(asked.probe) if asked.probe else probe.shipped()
            teach_two(asked.teach_two, codec, asked.kinds, eye, asked.steps, asked.fresh)
        if asked.checkpoint is not None:
            _judge(asked, codec)
    except UncagedError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="judge", description="Say what a checkpoint can do.")
    parser.add_argument(
        "checkpoint", type=Path, nargs="?", help="a checkpoint, a leg's folder, or a model's"
    )
    parser.add_argument("--codec", type=Path, required=True)
    parser.add_argument("--probe", type=Path, help="that of the package, unless another is named")
    parser.add_argument("--teach", type=Path, nargs=2, metavar=("STORE", "HELD"))
    parser.add_argument("--teach-two", type=Path, metavar="STORE", help="of the second stage")
    parser.add_argument("--steps", type=some, default=1600, help="of teaching the probe by films")
    parser.add_argument("--look-steps", type=some, default=3000, help="and then by frames")
    parser.add_argument("--fresh", type=some, default=400, help="drawings to test the probe by")
    parser.add_argument("--frames", type=some, default=0, help="judge so many single frames")
    parser.add_argument("--seen", type=needed, default=96, help="films of seen pairs")
    parser.add_argument(
        "--held", type=needed, default=64, help="films of each kind of held-out pair"
    )
    parser.add_argument("--two", type=some, default=0, help="films of two subjects")
    parser.add_argument(
        "--kinds", type=Path, help="the probe of two; that of the package, unless another is named"
    )
    parser.add_argument("--still", type=needed, default=48)
    parser.add_argument("--alike", type=needed, default=24)
    parser.add_argument("--guidance", type=float, default=usual.GUIDANCE)
    parser.add_argument("--draw-steps", type=needed, default=usual.STEPS)
    parser.add_argument("--threads", type=needed, default=1)
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


def teach_two(
    store: Path, codec: Codec, path: Path, eye: probe.Probe, steps: int, fresh: int = 400
) -> None:
    """Teaches the probe of two by a store of the second stage, beginning as that of one, and writes it with what it
    reads right of fresh drawings of two subjects through the codec."""
    films = opened(store, root_of(store), codec)
    taught = kinds.taught(films.latents, films.labels, codec, steps, eye)
    plans = couples(fresh)
    right = kinds.two(taught, real(plans, codec)) == kinds.present(vectors(plans))
    ceiling = {"both kinds": round(share(right.all(1))[0], 2)}
    print(json.dumps(ceiling, indent=1))
    kinds.save(taught, path, ceiling)


def _judge(asked: argparse.Namespace, codec: Codec) -> None:
    """Draws, reads, and writes what was found."""
    manner = drawing.Manner(steps=asked.draw_steps, guidance=asked.guidance)
    judged = _performed(asked, codec, manner) or _learned(asked, codec, manner)
    eye = probe.load(asked.probe) if asked.probe else probe.shipped()
    out = judged.out
    out.mkdir(parents=True, exist_ok=True)
    began = time.process_time()
    if asked.frames:
        plans = captions(80, "seen")
        picture = judged.frames(vectors(plans), seeds_of(plans))
        found = judge_frames(judged.frames, eye, codec, asked.frames)
        looking.sheet(picture.reshape(10, 8, 64, 64, 3), out / "sheet.png", across=1)
    else:
        plans = captions(min(40, asked.seen), "seen")
        picture = judged.films(vectors(plans), seeds_of(plans))
        found = judge_films(
            judged.films,
            eye,
            codec,
            seen=asked.seen,
            held=asked.held,
            still=asked.still,
            alike=asked.alike,
        )
        looking.sheet(picture[:, ::2], out / "sheet.png", across=2)
        if asked.two:
            _two(asked, judged, codec, found)
    core = time.process_time() - began
    _write(out, found, judged.path, asdict(manner), core)


@dataclass(frozen=True, slots=True)
class _Drawer:
    """What is judged: where it lies, how it draws films and single frames, and where the figures go."""

    path: Path
    films: Draw
    frames: DrawFrames
    out: Path


def _learned(asked: argparse.Namespace, codec: Codec, manner: drawing.Manner) -> _Drawer:
    """A checkpoint, drawn by torch."""
    checkpoint = read(asked.checkpoint)
    net = drawing.loaded(checkpoint, DTYPES[faster("cpu")])
    films, frames = (partial(draw, net, codec, manner) for draw in (looking.films, looking.frames))
    return _Drawer(checkpoint.path, films, frames, asked.out or checkpoint.path.parent)


def _performed(asked: argparse.Namespace, codec: Codec, manner: drawing.Manner) -> _Drawer | None:
    """A model, as the studio performs it; None where the folder is none."""
    if not (asked.checkpoint / INDEX).is_file():
        return None
    if asked.frames or asked.out is None:
        raise AskedWrong(
            f"{asked.checkpoint} is a model: its films are judged, and nothing is written into it.",
            "Leave --frames out, and say with --out where the figures go.",
        )
    films = partial(Performed(asked.checkpoint, asked.threads).films, codec, manner)
    return _Drawer(asked.checkpoint, films, films, asked.out)


def _two(asked: argparse.Namespace, judged: _Drawer, codec: Codec, found: Judged) -> None:
    """Films of two subjects: their figure, and a sheet of some."""
    eye = kinds.load(asked.kinds) if asked.kinds else kinds.shipped()
    drawn: list[NDArray[np.uint8]] = []

    def draw(labels: NDArray[np.float32], seeds: Sequence[int]) -> NDArray[np.uint8]:
        drawn.append(judged.films(labels, seeds))
        return drawn[-1]

    judge_two(found, draw, eye, codec, asked.two)
    looking.sheet(drawn[0][:40, ::2], judged.out / "two.png", across=2)


def _write(
    out: Path, found: Judged, checkpoint: Path, manner: dict[str, float], core: float
) -> None:
    """judged.md and at last judged.json, and the same on the terminal: who finds figures asks for no others."""
    said = ", ".join(f"{name} {value:g}" for name, value in manner.items())
    text = f"Judged: {checkpoint.name} ({said}), {core:.0f} core-seconds.\n\n{table(found)}"
    with beside(out / "judged.md") as part:
        part.write_text(text, "utf-8")
    body = {"checkpoint": str(checkpoint), "manner": manner, "core": core, **found.to_json()}
    with beside(out / "judged.json") as part:
        part.write_text(json.dumps(body, indent=1), "utf-8")
    print(text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
