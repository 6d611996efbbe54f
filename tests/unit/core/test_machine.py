"""What this machine knows of itself."""

import ipaddress
import os
import signal
import subprocess
import sys
import time

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


SAID = "(Path('/proc/self/autogroup').read_text().split() or ['']) if Path('/proc/self/autogroup').exists() else ['']"
"""The words of this process's autogroup. Linux without any has no such file; where the processor is shared out by
control groups (containers), the file is empty."""


def test_whoever_gives_way_takes_its_own_session_down_and_nobody_elses() -> None:
    asks = (
        "import os; from pathlib import Path; from uncaged.core.machine import give_way;"
        f"before = {SAID}; give_way(); after = {SAID}; print(os.nice(0), before[-1] or '-', after[-1] or '-')"
    )
    for own in (True, False):
        done = subprocess.run(
            [sys.executable, "-c", asks],
            capture_output=True,
            text=True,
            check=True,
            start_new_session=own,
        )
        nice, before, after = done.stdout.split()
        assert nice == "19"
        assert after == ("19" if own and before != "-" else before)


CHILD = "from uncaged.core.machine import die_with_parent; die_with_parent({}); import time; "
CHILD += "print('begun', flush=True); time.sleep(60)"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says that a parent is gone")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_child_ends_when_its_parent_is_killed(number: int) -> None:
    child = [sys.executable, "-c", CHILD.format(int(number))]
    starts = f"import subprocess; subprocess.Popen({child!r}).wait()"
    parent = subprocess.Popen([sys.executable, "-c", starts], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    with parent.stdout as said:
        assert said.readline() == b"begun\n"
        began = time.monotonic()
        parent.kill()
        parent.wait()
        assert said.read() == b"", "the pipe closes with the child"
    assert time.monotonic() - began < 30


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says that a parent is gone")
def test_a_child_that_comes_too_late_ends_at_once() -> None:
    """Whoever started it is gone already: what it was told does not fit who its parent is now."""
    late = [sys.executable, "-c", CHILD.format("parent=-1")]
    done = subprocess.run(late, capture_output=True, timeout=30, check=False)
    assert (done.returncode, done.stdout) == (0, b"")


def test_a_processor_says_which_of_its_instructions_know_short_numbers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = {"flags": "fpu avx512_bf16 sse amx_bf16"}
    monkeypatch.setattr(machine, "_cpuinfo", lambda wanted: said.get(wanted, ""))
    assert machine.short_numbers() == ("amx_bf16", "avx512_bf16")
    said.clear()
    assert machine.short_numbers() == () and machine.processor()
