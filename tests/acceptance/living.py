"""Processes that are alive, by the folder they were started in: for tests that kill them, and look for orphans."""

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Process:
    """A living process of ours. command: its words, one space between them."""

    pid: int
    parent: int
    command: str

    @property
    def performs(self) -> bool:
        """Whether it is a performer."""
        return "uncaged.performer.host" in self.command


def living(folder: Path) -> Iterator[Process]:
    """Every living process of Uncaged that was started in this folder."""
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            if "uncaged" in command and fields[0] != "Z" and (entry / "cwd").readlink() == folder:
                yield Process(int(entry.name), int(fields[1]), command)
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue


def left(folder: Path, seconds: float = 2.0) -> list[Process]:
    """Who is still alive so long after everything should have ended."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and list(living(folder)):
        time.sleep(0.05)
    return list(living(folder))


def kill(pid: int) -> None:
    """Ends a process at once, if it is still there."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def listens(pid: int) -> Iterator[tuple[str, str, int]]:
    """Where a process takes what comes from outside: protocol, address as Linux writes it (hexadecimal), port."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        names = {str(fd.readlink()) for fd in Path(f"/proc/{pid}/fd").iterdir() if fd.is_symlink()}
        for protocol in ("tcp", "tcp6", "udp", "udp6"):
            lines = Path(f"/proc/{pid}/net/{protocol}").read_text().splitlines()[1:]
            for _, at, _, state, *_more, inode in (line.split()[:10] for line in lines):
                if f"socket:[{inode}]" in names and (state == "0A" or protocol.startswith("udp")):
                    address, _, port = at.partition(":")
                    yield protocol, address, int(port, 16)
