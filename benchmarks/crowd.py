"""A crowd of clients for the benchmarks: many connections to one server on this machine, little work for each.

Plain HTTP/1.1 over asyncio streams: a client library would cost more than the servers that are measured.
"""

import asyncio
import contextlib
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PERFORMS = "uncaged.performer.host"
"""What the command of a performer holds: its time is the job's, not the servers'."""

HOLD = 32
"""Connections that ask at once."""


@dataclass
class Server:
    """Where it listens, and the process that was started; its children belong to it."""

    port: int
    pid: int

    def processes(self) -> dict[int, str]:
        """Every process of it, with its command."""
        found = {self.pid: _command(self.pid)}
        grown = True
        while grown:
            grown = False
            for folder in Path("/proc").glob("[0-9]*"):
                pid = int(folder.name)
                if pid not in found and _parent(pid) in found:
                    found[pid] = _command(pid)
                    grown = True
        return found

    def cpu(self, without: str = "") -> float:
        """CPU-seconds of all its processes so far, those left out whose command holds `without`."""
        ticks = 0
        for pid, command in self.processes().items():
            if without and without in command:
                continue
            try:
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                ticks += int(fields[11]) + int(fields[12])
            except OSError:
                continue
        return ticks / os.sysconf("SC_CLK_TCK")

    def megabytes(self, word: str) -> float:
        """Resident memory of its process whose command holds the word."""
        for pid, command in self.processes().items():
            if word in command:
                for line in Path(f"/proc/{pid}/status").read_text().splitlines():
                    if line.startswith("VmRSS"):
                        return int(line.split()[1]) / 1024
        return 0.0


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, ValueError):
        return 0


@contextlib.contextmanager
def ours(home: Path, *arguments: str) -> Iterator[Server]:
    """`uncaged serve` (or another command that says where it listens) of a studio in `home`."""
    command = [sys.executable, "-m", "uncaged", *(arguments or ("serve",)), "--port", "0"]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | {"UNCAGED_HOME": str(home)},
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        port = int(said.split("http://127.0.0.1:")[1].split("/")[0])
        until_it_answers(port, "/healthz", well=not arguments)
        yield Server(port, process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def until_it_answers(port: int, path: str, well: bool = True) -> None:
    """Until it has started: what that costs belongs to nobody's job. well: it must say that all is well."""
    for _ in range(600):
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            if asyncio.run(Client(port).ask("GET", path))[0] == 200 or not well:
                return
        time.sleep(0.1)
    raise SystemExit(f"nobody answers on port {port}")


class Client:
    """One connection, kept open; it begins again where the server closed it."""

    def __init__(self, port: int) -> None:
        self.headers: dict[str, str] = {}
        """Of the last answer, names in small letters."""
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: Any = None, **more: str) -> tuple[int, bytes]:
        """Status and body of one request; once again on a fresh connection where the old one had ended."""
        for attempt in (0, 1):
            try:
                return await self._ask(method, path, body, more)
            except (OSError, asyncio.IncompleteReadError):
                await self.close()
                if attempt:
                    raise
        raise AssertionError

    async def _ask(
        self, method: str, path: str, body: Any, more: dict[str, str]
    ) -> tuple[int, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        data = b"" if body is None else json.dumps(body).encode()
        origin = f"127.0.0.1:{self._port}"
        headers = {
            "Host": origin,
            "Origin": f"http://{origin}",
            "Accept": "application/json",
            "Content-Type": "application/json",
            "Content-Length": str(len(data)),
        } | _spelled(more)
        writer.write(f"{method} {path} HTTP/1.1\r\n{_lines(headers)}\r\n".encode() + data)
        await writer.drain()
        status, length, chunked = await self._head(reader)
        return status, await (_chunks(reader) if chunked else reader.readexactly(length))

    async def _head(self, reader: asyncio.StreamReader) -> tuple[int, int, bool]:
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        self.headers = found = dict(
            line.lower().split(": ", 1) for line in lines[1:] if ": " in line
        )
        chunked = found.get("transfer-encoding") == "chunked"
        return int(lines[0].split()[1]), int(found.get("content-length", 0)), chunked

    async def events(self, path: str, **more: str) -> "EventStream":
        """A stream of server-sent events."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        headers = {"Host": f"127.0.0.1:{self._port}"} | _spelled(more)
        writer.write(f"GET {path} HTTP/1.1\r\n{_lines(headers)}\r\n".encode())
        status, _, _ = await self._head(reader)
        if status != 200:
            writer.close()
            raise OSError(f"{status} instead of a stream")
        return EventStream(reader, writer)

    async def close(self) -> None:
        """Lets the connection go."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


def _spelled(more: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in more.items()}


def _lines(headers: dict[str, str]) -> str:
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items())


@dataclass
class EventStream:
    """Events as they come."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def next(self) -> dict[str, Any]:
        """The next one that carries data."""
        while True:
            line = await self.reader.readline()
            if not line:
                raise OSError("the stream ended")
            if line.startswith(b"data:"):
                return json.loads(line[5:])


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    found = b""
    while size := int(await reader.readline(), 16):
        found += await reader.readexactly(size)
        await reader.readexactly(2)
    await reader.readexactly(2)
    return found


def many_files() -> None:
    """As many connections as this machine allows."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


class Watch:
    """Seconds since it was made."""

    def __init__(self) -> None:
        self.began = time.monotonic()

    @property
    def seconds(self) -> float:
        """So far."""
        return time.monotonic() - self.began


Ask = Callable[[int, Client], Coroutine[Any, Any, None]]
"""The n-th request of a sort."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one sort of request: so many a second, and CPU-seconds of the server for each."""

    rate: float
    cpu: float


def cost(server: Server, ask: Ask, count: int) -> Cost:
    """So many requests on a few connections, after a few that are not counted."""

    async def all_of(many: int) -> None:
        waiting = iter(range(many))

        async def worker() -> None:
            client = Client(server.port)
            for n in waiting:
                await ask(n, client)
            await client.close()

        await asyncio.gather(*(worker() for _ in range(HOLD)))

    asyncio.run(all_of(HOLD * 2))
    before, watch = server.cpu(PERFORMS), Watch()
    asyncio.run(all_of(count))
    seconds = watch.seconds
    return Cost(count / seconds, (server.cpu(PERFORMS) - before) / count)


async def until_made(work: str, stream: EventStream) -> dict[str, Any]:
    """Listens until the work has ended, as its page does; its record, or nothing where it was not made."""
    while True:
        record = await stream.next()
        if record["state"] in ("completed", "failed", "cancelled"):
            stream.writer.close()
            own = record["id"] == work and record["state"] == "completed" and record["film"]
            return record if own else {}
