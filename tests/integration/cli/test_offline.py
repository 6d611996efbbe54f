"""Nothing leaves the machine: in no process of the studio is a socket ever opened, whatever is asked of it."""

import os
import subprocess
import sys
from pathlib import Path

FORBID = """
import os, socket, sys

def refuse(*_, **__):
    with open(os.environ.get("LC_ALL", "") or "/dev/null", "a") as told:
        told.write(" ".join(sys.argv) + "\\n")
    raise RuntimeError("a socket")

class Refused(socket.socket):
    __init__ = refuse
    __del__ = lambda self: None

socket.socket = Refused
socket.create_connection = socket.getaddrinfo = socket.socketpair = refuse
"""


def test_no_socket_is_opened(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(FORBID)
    told = tmp_path / "told"
    # a performer inherits little; LC_ALL is among it, so it carries the path of our notebook
    environment = os.environ | {
        "PYTHONPATH": str(tmp_path),
        "UNCAGED_HOME": str(tmp_path / "home"),
        "LC_ALL": str(told),
        "PYTHONUTF8": "1",
    }
    for arguments in (
        ["make", "a bird", "--size", "64x64", "--seconds", "0.5"],
        ["take", "latest", "--as", "gif", "-o", str(tmp_path / "a.gif")],
        ["doctor"],
        ["export", str(tmp_path / "out")],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "uncaged", *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    assert not told.exists(), told.read_text()
    proof = subprocess.run(
        [sys.executable, "-c", "import socket; socket.socket()"],
        env=environment,
        check=False,
        capture_output=True,
    )
    assert proof.returncode != 0 and told.exists()  # the notebook works
