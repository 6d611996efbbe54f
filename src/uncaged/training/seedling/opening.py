"""How a leg begins: from nothing, from where it stopped, or from where another ended."""

import shutil
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from uncaged.core.errors import AskedWrong, DiskFull
from uncaged.engines.seedling.codec import Codec
from uncaged.engines.seedling.grammar import SLOTS
from uncaged.training.seedling.agreeing import NETWORK, code, compare, insist
from uncaged.training.seedling.checkpoint import KEPT, Checkpoint, latest, read
from uncaged.training.seedling.counting import Counters
from uncaged.training.seedling.network import SHAPES, built
from uncaged.training.seedling.recipe import Recipe
from uncaged.training.seedling.saying import SlotSize
from uncaged.training.seedling.store import Root, opened, root_of
from uncaged.training.seedling.weights import Weights

DTYPES = {"bf16": torch.bfloat16, "fp32": torch.float32}


@dataclass(frozen=True, slots=True)
class Files:
    """What a leg reads. store: a folder of coded clips, codec: what they were coded by. start: a checkpoint that a new
    leg begins from. gossip: of each process the slot that all of them see, where there are several."""

    store: Path
    codec: Path
    start: Path | None = None
    gossip: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Drawings:
    """latents (N, 8, 16, 16, 32) float16 and labels (N, all labels) float32 of the clips; pixels (32,): each channel's
    share of the pixels, 1 in the mean. root: what the films are."""

    latents: NDArray[np.float16]
    labels: NDArray[np.float32]
    pixels: NDArray[np.float32]
    root: Root


@dataclass(frozen=True, slots=True, eq=False)
class Begun:
    """Weights and counters where the leg begins; body: what its checkpoints will say of it; found: the checkpoint it
    goes on from."""

    weights: Weights
    counters: Counters
    body: Mapping[str, Any]
    drawings: Drawings
    found: Path | None


def begin(recipe: Recipe, files: Files, out: Path, rank: int, *, accept_changes: bool) -> Begun:
    """Where the leg in `out` begins; see `train` for what it refuses."""
    if recipe.size not in SHAPES:
        raise AskedWrong(
            f"There is no size “{recipe.size}”.", f"There are: {', '.join(SHAPES)}.", "size"
        )
    films = drawings(files)
    body: dict[str, Any] = {
        "recipe": recipe.to_json(),
        "slots": [[slot.name, len(slot.values)] for slot in SLOTS],
        "data": films.root.hash,
        "films": asdict(films.root),
        "code": code(),
        "torch": torch.__version__,
        "history": [],
    }
    out.mkdir(parents=True, exist_ok=True)
    found = latest(out, sweep=rank == 0)
    start = read(files.start) if found is None and files.start is not None else None
    old = found or start
    if old is not None:
        rows = compare(old.body, body, recipe)
        if old is start:
            rows = [row for row in rows if row[0] in NETWORK]
        insist(rows, str(old.path), accepted=accept_changes)
        body["history"] = _history(old, rows, resumed=old is found)
    body["precision"] = _precision(recipe, found)
    torch.manual_seed(recipe.seed)
    net = built(recipe.size, [SlotSize(slot.name, len(slot.values)) for slot in SLOTS])
    weights = Weights(
        net,
        dtype=DTYPES[body["precision"]],
        device=recipe.device,
        decay=recipe.weight_decay,
    )
    if rank == 0:
        _enough_room(out, weights)
    counters = Counters()
    if found is not None:
        counters = _resume(found, weights)
    elif start is not None:
        counters = _continue(start, weights, recipe)
    return Begun(weights, counters, body, films, found.path if found else None)


def _resume(found: Checkpoint, weights: Weights) -> Counters:
    """Exactly where the leg was."""
    weights.load(found.tensors())
    weights.load_moments(found.tensors("moments"))
    return Counters.from_json(found.body["counters"])


def _continue(start: Checkpoint, weights: Weights, recipe: Recipe) -> Counters:
    """A new leg from another's end. Within a stage it goes on with weights and moments; a new stage begins from the
    running mean, and so does a leg from a compact checkpoint that holds no more."""
    new_stage = start.body["recipe"]["stage"] != recipe.stage
    tensors = start.tensors()
    whole = any(name.startswith("net.") for name in tensors)
    weights.load(tensors, from_mean=new_stage or not whole)
    if not new_stage and "moments.safetensors" in start.body["files"]:
        weights.load_moments(start.tensors("moments"))
    return Counters.from_json(start.body["counters"]).new_leg(new_stage=new_stage)


def _history(old: Checkpoint, rows: list[tuple[str, str, str]], *, resumed: bool) -> list[Any]:
    """What came before: every leg that ended, and every change that was accepted within one."""
    before: list[Any] = list(old.body.get("history", []))
    if not resumed:
        kept = ("recipe", "data", "films", "code", "counters", "precision", "torch")
        return [*before, {"leg": {name: old.body[name] for name in kept if name in old.body}}]
    if rows:
        return [*before, {"changed": [list(row) for row in rows], "at_step": old.step}]
    return before


def drawings(files: Files) -> Drawings:
    """The coded clips of a store, with the codec they were coded by."""
    codec = Codec.load(files.codec)
    store = opened(files.store, root_of(files.store), codec)
    share = np.square(codec.back).sum(1)
    pixels = (share / share.mean()).astype(np.float32)
    return Drawings(store.latents, store.labels, pixels, store.root)


def _precision(recipe: Recipe, found: Checkpoint | None) -> str:
    """What the network computes in: what the recipe says, what the leg began with, or what is faster here."""
    if recipe.precision != "auto":
        return recipe.precision
    if found is not None:
        return str(found.body["precision"])
    return faster(recipe.device)


def faster(device: str) -> str:
    """ "bf16" or "fp32", whichever a few convolutions, forward and backward, say is faster on this machine."""
    return min(("fp32", "bf16"), key=lambda name: _seconds(DTYPES[name], device))


def _seconds(dtype: torch.dtype, device: str, times: int = 4) -> float:
    """The shortest of some 3×3 convolutions of 64 channels over 16 frames of 16×16, forward and backward."""
    x = torch.ones(16, 64, 16, 16, dtype=dtype, device=device)
    x = x.to(memory_format=torch.channels_last).requires_grad_(True)
    weight = torch.ones(64, 64, 3, 3, dtype=dtype, device=device)
    weight = weight.to(memory_format=torch.channels_last).requires_grad_(True)
    took: list[float] = []
    for _ in range(times):
        began = time.perf_counter()
        loss = functional.conv2d(x, weight, padding=1).float().sum()
        torch.autograd.grad(loss, (x, weight))
        loss.item()
        took.append(time.perf_counter() - began)
    return min(took)


def _enough_room(out: Path, weights: Weights) -> None:
    """Raises `DiskFull` unless there is room for the checkpoints that are kept, and one being written."""
    need = (KEPT + 1) * 16 * weights.master.numel() + 2**20
    free = shutil.disk_usage(out).free
    if free < need:
        raise DiskFull(
            f"A leg needs {need / 2**20:.0f} MiB in {out}; {free / 2**20:.0f} are free.",
            "Make room, or name another folder.",
        )
