"""Processes that are to be there: begun again when they die, ended together, on a leash."""

import errno
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from uncaged.core.errors import Failed
from uncaged.studio import supervising
from uncaged.studio.supervising import Child, Supervisor

STAYS = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); time.sleep(60)"
DEAF = (
    "import signal, sys, time; signal.signal(15, signal.SIG_IGN); "
    "open(sys.argv[1], 'a').write('up\\n'); time.sleep(60)"
)
LEASHED = (
    "import sys, time; from uncaged.studio.supervising import on_a_leash; on_a_leash(); "
    "open(sys.argv[1], 'a').write('up\\n'); time.sleep(60)"
)


def child(name: str, source: str, *arguments: object) -> Child:
    return Child(name, [sys.executable, "-c", source, *map(str, arguments)])


def until(true: Callable[[], object], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.02)


def lines(path: Path) -> list[str]:
    return path.read_text().split() if path.exists() else []


def watched(
    children: list[Child], said: list[str], grace: float = 5.0, silent: float = 0.0
) -> tuple[threading.Event, threading.Thread]:
    stop = threading.Event()
    supervisor = Supervisor(children, said.append, grace, silent)
    thread = threading.Thread(target=supervisor.watch, args=(stop,))
    thread.start()
    return stop, thread


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_who_dies_begins_again_and_all_end_together(tmp_path: Path) -> None:
    here, there, said = tmp_path / "a", tmp_path / "b", list[str]()
    stop, thread = watched([child("one", STAYS, here), child("two", STAYS, there)], said)
    until(lambda: lines(here) and lines(there))
    os.kill(int(lines(here)[0]), signal.SIGKILL)
    until(lambda: len(lines(here)) == 2)
    stop.set()
    thread.join(20)
    assert not thread.is_alive() and said == ["The one was ended by signal 9; it begins again."]
    assert not any(alive(int(pid)) for pid in lines(here) + lines(there))


def test_who_does_not_end_is_killed(tmp_path: Path) -> None:
    said = list[str]()
    stop, thread = watched([child("deaf", DEAF, tmp_path / "a")], said, grace=0.3)
    until(lambda: lines(tmp_path / "a"))
    stop.set()
    thread.join(20)
    assert not thread.is_alive() and said == ["The deaf does not end; it is killed."]


def test_who_cannot_begin_ends_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Failed, match="could not begin"):
        Supervisor([child("no", "raise SystemExit(2)")], print, 1.0).watch(threading.Event())
    monkeypatch.setattr(supervising, "HOPELESS", 2)
    with pytest.raises(Failed, match="2 times"):
        Supervisor([child("weak", "raise SystemExit(1)")], lambda _: None, 1.0).watch(
            threading.Event()
        )


def test_a_child_ends_when_its_supervisor_was_killed(tmp_path: Path) -> None:
    source = (
        "import sys, threading; from uncaged.studio.supervising import Child, Supervisor; "
        f"c = Child('x', [sys.executable, '-c', {LEASHED!r}, sys.argv[1]]); "
        "s = Supervisor([c], print, 5.0); e = threading.Event(); "
        "threading.Thread(target=lambda: (e.wait(0.5), print(c.process.pid, flush=True)), daemon=True).start(); "
        "s.watch(e)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", source, str(tmp_path / "a")], stdout=subprocess.PIPE, text=True
    ) as supervisor:
        assert supervisor.stdout is not None
        pid = int(supervisor.stdout.readline())
        until(lambda: lines(tmp_path / "a"))
        supervisor.kill()
    until(lambda: not alive(pid))


SIGNING = (
    "import os, sys, time; from uncaged.studio.supervising import on_a_leash; on_a_leash(); "
    "open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); time.sleep(60)"
)


def test_who_was_stopped_is_ended_and_begins_again(tmp_path: Path) -> None:
    here, there, said = tmp_path / "a", tmp_path / "b", list[str]()
    children = [child("one", SIGNING, here), child("two", SIGNING, there)]
    stop, thread = watched(children, said, silent=3.0)
    until(lambda: lines(here) and lines(there))
    os.kill(int(lines(here)[0]), signal.SIGSTOP)
    until(lambda: len(lines(here)) == 2)
    stop.set()
    thread.join(20)
    assert not thread.is_alive() and len(lines(there)) == 1
    assert said == [
        "The one has given no sign for 3 seconds.",
        "The one was ended by signal 9; it begins again.",
    ]


def test_who_slept_with_everybody_else_is_left_alone(tmp_path: Path) -> None:
    """Supervisor and child are stopped together, for longer than anybody may be silent: nobody dies of it."""
    source = (
        "import sys, threading; from uncaged.studio.supervising import Child, Supervisor; "
        f"c = Child('x', [sys.executable, '-c', {SIGNING!r}, sys.argv[1]]); "
        "s = Supervisor([c], lambda said: print(said, flush=True), 5.0, 2.0); e = threading.Event(); "
        "threading.Thread(target=lambda: (sys.stdin.readline(), e.set()), daemon=True).start(); s.watch(e)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", source, str(tmp_path / "a")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as supervisor:
        until(lambda: lines(tmp_path / "a"))
        both = [int(lines(tmp_path / "a")[0]), supervisor.pid]
        for number, seconds in ((signal.SIGSTOP, 3.0), (signal.SIGCONT, 1.0)):
            for pid in both:
                os.kill(pid, number)
            time.sleep(seconds)
        assert alive(both[0])
        said, _ = supervisor.communicate("enough\n", timeout=20)
    assert said == "" and len(lines(tmp_path / "a")) == 1


@pytest.mark.parametrize("short", [errno.EAGAIN, errno.ENOMEM, errno.EMFILE])
def test_a_machine_without_room_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, short: int
) -> None:
    """One child cannot be started for a while: the other lives on, and the first comes when there is room."""
    here, there, said = tmp_path / "a", tmp_path / "b", list[str]()
    room, real = threading.Event(), subprocess.Popen

    def start(command: list[str], **more: object) -> object:
        if str(here) in command and not room.is_set():
            raise OSError(short, os.strerror(short))
        return real(command, **more)  # pyright: ignore[reportCallIssue, reportArgumentType] - as it was called

    monkeypatch.setattr(subprocess, "Popen", start)
    monkeypatch.setattr(supervising, "AGAIN", 0.1)
    stop, thread = watched([child("one", STAYS, here), child("two", STAYS, there)], said)
    until(lambda: len(said) == 2 and lines(there))
    room.set()
    until(lambda: lines(here))
    stop.set()
    thread.join(20)
    assert not thread.is_alive() and len(lines(there)) == 1
    assert all("The one could not be started" in one for one in said)


def test_what_cannot_be_run_at_all_is_said() -> None:
    with pytest.raises(Failed, match="no could not be started"):
        Supervisor([Child("no", ["/nowhere/at/all"])], print, 1.0).watch(threading.Event())
