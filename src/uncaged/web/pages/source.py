"""The source of what runs here, local changes included: the licence gives it to everybody who uses the studio.

Knows no version control: it packs the package as it lies on this disk.
"""

import gzip
import io
import tarfile
from functools import cache
from pathlib import Path

import uncaged
from uncaged.core.canonical import sha256
from uncaged.core.version import __version__

NAME = f"uncaged-{__version__}.tar.gz"


@cache
def packed() -> tuple[bytes, str]:
    """The package as a compressed archive, and its ETag. The same files give the same bytes."""
    root = Path(uncaged.__file__).parent
    stream = io.BytesIO()
    with (
        gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=0) as pressed,
        tarfile.open(fileobj=pressed, mode="w") as archive,
    ):
        for path in sorted(root.rglob("*")):
            if path.is_file() and not path.is_symlink() and "__pycache__" not in path.parts:
                inside = f"uncaged-{__version__}/src/uncaged/{path.relative_to(root).as_posix()}"
                found = tarfile.TarInfo(inside)
                found.size = path.stat().st_size
                with path.open("rb") as opened:
                    archive.addfile(found, opened)
    data = stream.getvalue()
    return data, f'"{sha256(data)[:32]}"'
