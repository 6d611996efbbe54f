"""What is kept of a leg: a folder with weights, moments and `leg.json`, whole or not there at all.

A folder is written beside its place, brought to the disk and renamed; so whatever ends a leg, the last whole checkpoint
stays. Hashes say whether a file is still what was written. Knows no network, only named tensors.

``python -m uncaged.training.seedling.checkpoint FOLDER TO [--with-net]`` writes a compact one, in bf16.
"""

import argparse
import errno
import hashlib
import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from uncaged.core.errors import AskedWrong, DiskFull, FileDamaged
from uncaged.training.seedling.placing import beside

FORMAT = 1
KEPT = 2
"""So many checkpoints of a leg stay; the one before the last, since a disk may lie about the last."""

STEP = re.compile(r"step-[0-9]{9,}")
"""What a checkpoint's folder in a leg's is called."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A kept state: its folder and what leg.json says."""

    path: Path
    body: Mapping[str, Any]

    @property
    def step(self) -> int:
        """The step after which it was written."""
        return int(self.body["counters"]["step"])

    def tensors(self, name: str = "weights") -> dict[str, Tensor]:
        """The named tensors of one of its files; `FileDamaged` where the bytes are not those that were written."""
        return load_file(self._checked(f"{name}.safetensors"))

    def check(self) -> None:
        """Raises `FileDamaged` or `AskedWrong` unless all its files are what was written."""
        for name in self.body["files"]:
            self._checked(name)

    def _checked(self, name: str) -> Path:
        path = self.path / name
        said = self.body["files"].get(path.name)
        if said is None or not path.exists():
            raise AskedWrong(
                f"{self.path.name} has no {path.stem}.",
                "A compact checkpoint is for drawing, and for a leg that begins from it.",
            )
        if _hash(path) != said:
            raise FileDamaged(
                f"{path} is not what was written: its hash differs.",
                "Remove this checkpoint's folder; the one before it is used then.",
            )
        return path


def save(
    out: Path,
    body: Mapping[str, Any],
    weights: Mapping[str, Tensor],
    moments: Mapping[str, Tensor] | None,
    kept: int = KEPT,
) -> Path:
    """Writes out/step-N whole or not at all, and removes older ones but so many that `kept` stay (0: all). What cannot
    be read is not counted, and never removed. `DiskFull` where there is no room."""
    step = int(body["counters"]["step"])
    path = out / f"step-{step:09}"
    files = {"weights": weights} | ({} if moments is None else {"moments": moments})
    _write(path, body, files)
    older = [one for one in _all(out) if _step(one) < step and _legible(one)]
    for old in older[: max(0, len(older) + 1 - kept)] if kept else ():
        shutil.rmtree(old, ignore_errors=True)
    return path


def read(path: Path) -> Checkpoint:
    """The checkpoint in a folder, or the last in a leg's folder. `AskedWrong` where there is none, or one of another
    version; `FileDamaged` where it cannot be read."""
    if not (path / "leg.json").exists():
        found = latest(path)
        if found is None:
            raise AskedWrong(f"There is no checkpoint in {path}.", "Name a leg's folder.")
        return found
    try:
        body: Any = json.loads((path / "leg.json").read_bytes())
    except (OSError, ValueError) as error:
        raise FileDamaged(f"{path / 'leg.json'} cannot be read: {error}.") from error
    if not isinstance(body, dict) or body.get("format") != FORMAT:
        raise AskedWrong(
            f"{path} is a checkpoint that this version does not know.",
            f"It reads format {FORMAT}.",
        )
    counters, named = body.get("counters"), body.get("files")
    if not isinstance(counters, dict) or "step" not in counters or not isinstance(named, dict):
        raise FileDamaged(
            f"{path / 'leg.json'} does not say what lies beside it, or of which step."
        )
    return Checkpoint(path, body)


def latest(out: Path, *, sweep: bool = False) -> Checkpoint | None:
    """The last whole checkpoint of a leg's folder, or None where there is none; a damaged one is passed over.

    sweep: what is half-written goes. Raises `FileDamaged` where there are some, and none of them can be read: nobody
    should begin anew without a word beside days of work.
    """
    for rest in out.glob(".step-*") if sweep else ():
        shutil.rmtree(rest, ignore_errors=True)
    troubles: list[str] = []
    for path in reversed(_all(out)):
        try:
            found = read(path)
            found.check()
        except (FileDamaged, AskedWrong, OSError) as error:
            troubles.append(str(error))
        else:
            return found
    if troubles:
        raise FileDamaged(
            f"None of the checkpoints in {out} can be read ({len(troubles)}). Of the last: {troubles[0]}",
            "Put back a copy; or remove their folders, and the leg begins anew.",
        )
    return None


def compact(checkpoint: Checkpoint, path: Path, *, with_net: bool = False) -> Path:
    """A checkpoint in bf16 without moments: the running mean, and with `with_net` the weights a leg goes on from.

    A leg that begins from one that holds the mean alone begins from the mean.
    """
    kinds = ("mean.", "net.") if with_net else ("mean.",)
    tensors = {
        name: tensor.to(torch.bfloat16)
        for name, tensor in checkpoint.tensors().items()
        if name.startswith(kinds)
    }
    _write(path, checkpoint.body, {"weights": tensors})
    return path


def _write(path: Path, body: Mapping[str, Any], files: Mapping[str, Mapping[str, Tensor]]) -> None:
    """Whole or not at all; what stood there before goes only then. `DiskFull` where there is no room."""
    try:
        with beside(path) as part:
            part.mkdir()
            hashes: dict[str, str] = {}
            for name, tensors in files.items():
                file = part / f"{name}.safetensors"
                save_file({key: value.contiguous() for key, value in tensors.items()}, file)
                hashes[file.name] = _hash(file)
            said = {"format": FORMAT, **body, "files": hashes}
            text = json.dumps(said, indent=1, ensure_ascii=False, sort_keys=True)
            (part / "leg.json").write_text(text + "\n", "utf-8")
    except Exception as error:
        if _no_room(error):
            raise DiskFull(
                f"There is no room in {path.parent} for a checkpoint.",
                "The last whole one stays; make room and resume the leg.",
            ) from error
        raise


def _no_room(error: Exception) -> bool:
    """Whether a disk or a quota is full; safetensors says so in words only."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return True
    return "No space left" in str(error) or "StorageFull" in str(error)


def _all(out: Path) -> list[Path]:
    """The folders that are called as `save` calls them, the oldest first."""
    found = [path for path in out.glob("step-*") if STEP.fullmatch(path.name) and path.is_dir()]
    return sorted(found, key=_step)


def _step(path: Path) -> int:
    return int(path.name.removeprefix("step-"))


def _legible(path: Path) -> bool:
    """Whether a checkpoint says what it is and has its files; what is in them, only `Checkpoint.check` knows."""
    try:
        return all((path / name).is_file() for name in read(path).body["files"])
    except (FileDamaged, AskedWrong):
        return False


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def main() -> None:
    """The development door to `compact`."""
    parser = argparse.ArgumentParser(prog="checkpoint", description="Write a compact checkpoint.")
    parser.add_argument("folder", type=Path, help="a checkpoint, or a leg's folder")
    parser.add_argument("to", type=Path)
    parser.add_argument("--with-net", action="store_true", help="keep what a leg goes on from")
    asked = parser.parse_args()
    print(compact(read(asked.folder), asked.to, with_net=asked.with_net))


if __name__ == "__main__":
    main()
