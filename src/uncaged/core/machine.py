"""What this machine is called, by which addresses others find it, what computes in it and how much that remembers, how
one gives way to others, and how a process ends with whoever started it. Sends nothing.

Knows no port and no page.
"""

import contextlib
import ctypes
import ipaddress
import os
import platform
import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FAR = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))
"""Addresses that are nobody's (RFC 5737, RFC 3849): towards them goes what leaves this machine."""

CARDS = ("CUDA_VISIBLE_DEVICES", "CUDA_DEVICE_ORDER", "PYTORCH_CUDA_ALLOC_CONF")
"""What an environment says of graphics cards: which are shown (the first counts), in which order, how memory is
dealt out."""

LOWEST = 19
"""The priority of whoever gives way to everybody (setpriority(2))."""

KILL = 9
"""The signal that nobody can refuse (signal(7))."""

PDEATHSIG = 1
"""What prctl(2) is asked: a signal for when whoever started us is gone."""


def die_with_parent(number: int = KILL, parent: int | None = None) -> None:
    """Linux: from now on the kernel sends this process a signal when the thread that started it ends, since native code
    does not notice a closed pipe. To be called first, before any import that takes long; again for another signal.

    parent: the process that started this one, where it said so: who is gone before this call is noticed too.
    """
    if sys.platform == "linux":
        parent = os.getppid() if parent is None else parent
        ctypes.CDLL(None).prctl(PDEATHSIG, number)
        if os.getppid() != parent:  # it died before the kernel knew
            os._exit(0)


def give_way() -> None:
    """From now on this process goes last on the processor, as far as the system lets it.

    Where Linux shares the processor out by sessions first (autogroups, sched(7)), the priority within one's own is not
    enough: whoever leads a session of its own takes the whole of it down.
    """
    with contextlib.suppress(AttributeError, OSError):
        os.nice(LOWEST)
    with contextlib.suppress(AttributeError, OSError):
        if os.getsid(0) == os.getpid():
            Path("/proc/self/autogroup").write_text(str(LOWEST))


def own_names() -> list[str]:
    """Its names and addresses, those that only it can use too."""
    found = {socket.gethostname(), socket.getfqdn()}
    with contextlib.suppress(OSError):
        found |= {str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None)}
    for family, far in FAR:
        with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as outward:
            outward.connect((far, 9))  # chooses the way, and sends nothing
            found.add(str(outward.getsockname()[0]))
    return sorted(name.partition("%")[0] for name in found)


def addresses(six: bool) -> list[str]:
    """Its addresses that others can use. six: those of IPv6 too.

    An address of one cable alone (``fe80::``) needs the name of that cable, which no browser takes.
    """
    found: list[str] = []
    for name in own_names():
        with contextlib.suppress(ValueError):
            at = ipaddress.ip_address(name)
            if (six or at.version == 4) and not (at.is_loopback or at.is_link_local):
                found.append(name)
    return found


def called() -> str:
    """What it is called among others."""
    return socket.gethostname()


def cores() -> int:
    """How many of its cores there are for us."""
    with contextlib.suppress(AttributeError):  # not on every system
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)


def threads_allowed() -> int:
    """How many threads numeric work may use here: what whoever started this process said (`OMP_NUM_THREADS`, the name
    all such libraries go by), or else as many as there are cores for it."""
    said = os.environ.get("OMP_NUM_THREADS", "")
    if said.isascii() and said.isdigit() and int(said) > 0:
        return min(int(said), 1024)
    return cores()


def processor() -> str:
    """What kind of processor this is, in its maker's words; empty where nobody says."""
    return _cpuinfo("model name") or platform.processor() or platform.machine()


def short_numbers() -> tuple[str, ...]:
    """Instructions of this processor that reckon with bfloat16, by the names that Linux has for them: processors of one
    name may have them or not. Empty where it has none, or nobody says."""
    flags = (_cpuinfo("flags") or _cpuinfo("Features")).split()
    return tuple(sorted(flag for flag in flags if "bf16" in flag))


def _cpuinfo(wanted: str) -> str:
    """What proc_cpuinfo(5) says of the first processor."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text("utf-8", errors="replace").splitlines():
            name, _, said = line.partition(":")
            if name.strip() == wanted and said.strip():
                return said.strip()
    return ""


GROUPS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")
"""Where Linux says how much memory a container has (cgroups(7), the newer and the older way)."""


def memory() -> int | None:
    """Bytes of memory that there are for us: those built in, or fewer where a container has fewer; None where nobody
    says."""
    found = [said for said in (_meminfo("MemTotal"), *map(_limit, GROUPS)) if said]
    if not found:
        with contextlib.suppress(AttributeError, OSError, ValueError):  # not on every system
            found.append(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    return min(found, default=None)


def memory_left() -> int | None:
    """Bytes of it that nobody uses just now, or that others would give back; None where nobody says."""
    return _meminfo("MemAvailable")


def _meminfo(name: str) -> int | None:
    """A line of proc_meminfo(5), which counts in KiB."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        for line in Path("/proc/meminfo").read_text("ascii", errors="replace").splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1]) * 1024
    return None


def _limit(path: str) -> int | None:
    with contextlib.suppress(OSError, ValueError):
        said = int(Path(path).read_text("ascii"))
        return said if said < 2**60 else None  # "no limit", as the older way says it
    return None


@dataclass(frozen=True, slots=True)
class Card:
    """A graphics card. name: as its maker calls it. bytes: of its memory."""

    name: str
    bytes: int


@lru_cache(maxsize=1)
def card() -> Card | None:
    """The first graphics card that models compute on; None where there is none, or where the environment shows none
    (`CARDS`). Asks its own program (`nvidia-smi`), once."""
    program = shutil.which("nvidia-smi")
    shown = os.environ.get(CARDS[0])
    first = (shown or "").split(",")[0].strip()
    if program is None or (shown is not None and first in ("", "-1", "NoDevFiles")):
        return None
    asked = [program, "--query-gpu=name,memory.total", "--format=csv,noheader,nounits"]
    asked += [f"--id={first}"] if first else []
    with contextlib.suppress(OSError, ValueError, IndexError, subprocess.SubprocessError):
        done = subprocess.run(asked, capture_output=True, text=True, timeout=10, check=True)
        name, _, mib = done.stdout.splitlines()[0].rpartition(",")
        return Card(name.strip(), int(mib) * 2**20)
    return None


def card_memory() -> int | None:
    """Bytes of memory of that card; None where there is none."""
    found = card()
    return None if found is None else found.bytes
