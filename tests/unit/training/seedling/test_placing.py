"""What is written beside its place: whole or not there, whatever happens meanwhile."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from uncaged.engines.seedling.codec import Codec
from uncaged.training.seedling import chores, judge, kinds, looking, placing, probe
from uncaged.training.seedling.judging import Judged
from uncaged.training.seedling.placing import beside, unfinished


def test_a_file_takes_its_place_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "new" / "figures.json"
    for text in ("one", "two"):
        with beside(path) as part:
            part.write_text(text)
            assert not path.exists() or path.read_text() == "one"
        assert path.read_text() == text
    assert list(path.parent.iterdir()) == [path]


def test_a_folder_takes_the_place_of_another(tmp_path: Path) -> None:
    path = tmp_path / "model"
    for name in ("one", "two"):
        with beside(path) as part:
            (part / "inside").mkdir(parents=True)
            (part / "inside" / name).write_bytes(b"whole")
    assert [p.relative_to(path).as_posix() for p in path.rglob("*")] == ["inside", "inside/two"]
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt, SystemExit])
@pytest.mark.parametrize("folder", [False, True])
def test_what_fails_leaves_what_stood_there(
    tmp_path: Path, error: type[BaseException], folder: bool
) -> None:
    path = tmp_path / "kept"
    path.write_text("before")

    def fail(part: Path) -> None:
        part.mkdir() if folder else part.write_text("half")
        raise error

    with pytest.raises(error), beside(path) as part:
        fail(part)
    assert path.read_text() == "before" and list(tmp_path.iterdir()) == [path]


def test_what_a_kill_left_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "films"
    unfinished(path).mkdir()
    (unfinished(path) / "half").write_bytes(b"?")
    path.with_name(f".{path.name}.old").mkdir()
    with beside(path) as part:
        part.write_text("whole")
    assert path.read_text() == "whole" and list(tmp_path.iterdir()) == [path]


def codec(path: Path) -> None:
    chores._codec(path)


def sheet(path: Path) -> None:
    looking.sheet(np.zeros((2, 8, 4, 4, 3), np.uint8), path)


def figures(path: Path) -> None:
    judge._write(path.parent, Judged(), Path("step-1"), {}, 0.0)


@pytest.mark.parametrize(
    ("write", "name"),
    [
        (codec, "codec.npz"),
        (sheet, "sheet.png"),
        (figures, "judged.json"),
        (lambda path: probe.save(probe.Probe(), path, {}), "probe.safetensors"),
        (lambda path: kinds.save(kinds.Kinds(), path, {}), "kinds.safetensors"),
    ],
    ids=["codec", "sheet", "figures", "probe", "kinds"],
)
def test_half_written_files_hold_up_no_training(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path], None], name: str
) -> None:
    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(placing, "to_disk", full)
        with pytest.raises(OSError, match="No space"):
            write(tmp_path / name)
    assert list(tmp_path.iterdir()) == []
    write(tmp_path / name)
    assert (tmp_path / name).is_file() and not list(tmp_path.glob(".*"))


def test_half_a_codec_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / "codec.npz").write_bytes(b"PK\x03\x04 half")
    codec(tmp_path / "codec.npz")
    assert Codec.load(tmp_path / "codec.npz").hash == Codec.shipped().hash
