"""A kept film on its way to somebody: whole or one piece of it, by its hash, without asking the archive again.

Knows no person; whoever makes one has looked whether they may see it. While it goes out no connection is held.
"""

import os
import re
from typing import BinaryIO

from anyio import CapacityLimiter, to_thread
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

CHUNK = 256 * 1024
"""Bytes that are read at a time."""

_ONE_RANGE = re.compile(r"bytes\s*=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*", re.IGNORECASE)


class Film(Response):
    """An opened file. sha: its SHA-256, which is its ETag. name: as it is saved."""

    def __init__(
        self, file: BinaryIO, sha: str, mime: str, name: str, pool: CapacityLimiter
    ) -> None:
        super().__init__(
            None,
            headers={
                "ETag": f'"{sha}"',
                "Accept-Ranges": "bytes",
                "Cache-Control": "private, no-cache",
                "Content-Disposition": f'inline; filename="{name}"',
                "Vary": "Authorization, Cookie",
            },
            media_type=mime,
        )
        self._file, self._etag, self._pool = file, f'"{sha}"', pool
        self._size = os.fstat(file.fileno()).st_size

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        try:
            start, length = self._what(headers)
            self.headers["Content-Length"] = str(length)
            await send(
                {
                    "type": "http.response.start",
                    "status": self.status_code,
                    "headers": self.raw_headers,
                }
            )
            if scope.get("head", False):
                length = 0
            while length > 0:
                some = await self._read(start, min(CHUNK, length))
                if not some:  # somebody shortened the file: better broken off than padded
                    raise OSError(f"A kept file ended {length} bytes early")
                start, length = start + len(some), length - len(some)
                await send({"type": "http.response.body", "body": some, "more_body": length > 0})
                if not length:
                    return
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            self._file.close()

    def _what(self, headers: Headers) -> tuple[int, int]:
        """From which byte on, and how many; sets the status that says so."""
        if names(headers.get("if-none-match"), self._etag):
            self.status_code = 304
            return 0, 0
        condition = headers.get("if-range")
        asked = headers.get("range")
        if asked is None or (condition is not None and condition.strip() != self._etag):
            return 0, self._size
        found = _piece(asked, self._size)
        if found is None:
            return 0, self._size
        start, end = found
        if start >= end:
            self.status_code = 416
            self.headers["Content-Range"] = f"bytes */{self._size}"
            return 0, 0
        self.status_code = 206
        self.headers["Content-Range"] = f"bytes {start}-{end - 1}/{self._size}"
        return start, end - start

    async def _read(self, start: int, length: int) -> bytes:
        def step() -> bytes:
            self._file.seek(start)
            return self._file.read(length)

        return await to_thread.run_sync(step, limiter=self._pool)


def _piece(asked: str, size: int) -> tuple[int, int] | None:
    """First byte and the one after the last; None for several ranges and for what is none: then it is sent whole."""
    found = _ONE_RANGE.fullmatch(asked.strip())
    if found is None or found[1] == found[2] == "":
        return None
    if not found[1]:
        last = int(found[2])
        return (max(0, size - last), size if last else 0)
    if found[2] and int(found[2]) < int(found[1]):
        return None
    start = int(found[1])
    return start, min(size, int(found[2]) + 1 if found[2] else size)


def names(listed: str | None, etag: str) -> bool:
    """Whether an If-None-Match names this file (weak comparison, RFC 9110, 13.1.2)."""
    if listed is None:
        return False
    return listed.strip() == "*" or etag in (
        part.strip().removeprefix("W/") for part in listed.split(",")
    )
