"""The source of what runs here, local changes included: the licence gives it to everybody who uses the studio.

It packs the package as it lies on this disk; what git knows of it, `checkout` asks.
"""

import gzip
import io
import tarfile
from functools import cache
from pathlib import Path

import uncaged
from uncaged.core.canonical import sha256
from uncaged.core.version import __version__
from uncaged.web.checkout import checkout
from uncaged.web.views.reading import ChangeView, SourceView

NAME = f"uncaged-{__version__}.tar.gz"


def show() -> SourceView:
    """Which source runs here: its commit where it has one, what was changed since, all of it as a file."""
    found, data = checkout(), packed()[0]
    return SourceView(
        version=__version__,
        commit=found.commit,
        committed=found.committed,
        changes=tuple(ChangeView(path=path, state=state) for path, state in found.changes),
        diff=found.diff,
        tarball="/source.tar.gz",
        bytes=len(data),
        sha256=sha256(data),
    )


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
