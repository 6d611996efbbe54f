"""What this machine knows of itself."""

import ipaddress
import os
import subprocess
import sys
from pathlib import Path

import pytest

from uncaged.core import machine


def test_others_are_told_only_what_leads_here() -> None:
    names = machine.own_names()
    assert names == sorted(set(names)) and not any("%" in name for name in names)
    for six in (False, True):
        found = [ipaddress.ip_address(name) for name in machine.addresses(six)]
        assert {str(at) for at in found} <= set(names)
        assert not any(at.is_loopback or at.is_link_local for at in found)
        assert six or all(at.version == 4 for at in found)
    known = [
        name for name in names if name.count(".") == 3 and not name.startswith(("127.", "169.254."))
    ]
    assert [name for name in known if name[0].isdigit()] == machine.addresses(six=False)


@pytest.mark.parametrize(("said", "threads"), [("3", 3), ("1", 1), ("999999999999", 1024)])
def test_whoever_starts_a_process_says_how_many_threads_it_may_use(
    said: str, threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", said)
    assert machine.threads_allowed() == threads


@pytest.mark.parametrize("said", ["", "0", "-2", "many", "²", "1,2"])
def test_or_else_there_is_one_for_each_core(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", said)
    assert machine.threads_allowed() == len(os.sched_getaffinity(0))


def test_whoever_gives_way_takes_its_own_session_down_and_nobody_elses() -> None:
    asks = (
        "import os; from pathlib import Path; from uncaged.core.machine import give_way; give_way();"
        "group = Path('/proc/self/autogroup');"
        "print(os.nice(0), group.read_text().split()[-1] if group.exists() else 19)"
    )
    for own, session in ((True, "19"), (False, None)):
        done = subprocess.run(
            [sys.executable, "-c", asks],
            capture_output=True,
            text=True,
            check=True,
            start_new_session=own,
        )
        nice, group = done.stdout.split()
        assert nice == "19"
        assert session is None or group == session
    group = Path("/proc/self/autogroup")
    assert not group.exists() or os.nice(0) == 19 or group.read_text().split()[-1] != "19"
