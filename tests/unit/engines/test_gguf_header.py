"""Headers of GGUF that count more than their files hold: refused before anything counts along."""

import struct
from pathlib import Path

import numpy as np
import pytest
from gguf import GGUFWriter

from uncaged.core.errors import WeightsBroken
from uncaged.engines import single_files
from uncaged.engines.gguf_header import refuse_endless


def header(*pairs: bytes, arrays: int = 0, count: int | None = None) -> bytes:
    said = struct.pack("<IQQ", 3, arrays, len(pairs) if count is None else count)
    return b"GGUF" + said + b"".join(pairs)


def pair(kind: int, value: bytes) -> bytes:
    return struct.pack("<Q", 1) + b"a" + struct.pack("<I", kind) + value


def listed(kind: int, count: int, rest: bytes = b"") -> bytes:
    return pair(9, struct.pack("<IQ", kind, count) + rest)


EMPTY = struct.pack("<IQ", 0, 0)


@pytest.mark.parametrize(
    "content",
    [
        header(listed(0, 2**60)),
        header(listed(8, 2**60)),
        header(listed(9, 200_000, EMPTY * 200_000)),  # lists in lists: 2.4 MB that take seconds
        header(listed(0, 2**22, bytes(2**22))),
        header(pair(8, struct.pack("<Q", 2**60))),
        header(pair(77, bytes(8))),
        header(count=2**60),
        header(arrays=2**60),
        header(arrays=9)[:20],
        b"GGUF",
        b"",
    ],
)
def test_a_header_that_never_ends_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.gguf"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"^it"):
        refuse_endless(path)
    with pytest.raises(WeightsBroken, match=r"a\.gguf is no whole GGUF file: it"):
        single_files.held(path)


def test_what_its_library_writes_passes(tmp_path: Path) -> None:
    path = tmp_path / "a.gguf"
    writer = GGUFWriter(path, "wan")
    writer.add_array("tokens", ["a", "bb"] * 500)
    writer.add_array("scores", [0.5] * 1000)
    writer.add_array("whole", [True, False])
    writer.add_float64("long", 1.5)
    writer.add_tensor("x", np.ones((2, 3), np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    refuse_endless(path)
    assert single_files.held(path).shapes == {"x": (2, 3)}
