"""A studio that is served and performs, for clients as they are: one for all tests of a process."""

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import openai
import pytest


@dataclass(frozen=True)
class Served:
    """Where it listens, which process that is, and what it says that is no answer."""

    address: str
    process: "subprocess.Popen[str]"
    said: Path

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.address.rpartition(":")[2])

    @property
    def web(self) -> Path:
        """The folder of the web's process in /proc."""
        until = time.monotonic() + 30
        while time.monotonic() < until:
            for entry in Path("/proc").iterdir():
                with suppress(OSError, IndexError, ValueError):
                    parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                    command = (entry / "cmdline").read_bytes()
                    if parent == self.process.pid and b"\0web\0" in command:
                        return entry
            time.sleep(0.05)
        raise AssertionError("there is no web")

    def client(self, **more: object) -> openai.OpenAI:
        """The official client, of somebody who has no key."""
        return openai.OpenAI(base_url=f"{self.address}/v1", api_key="none", **more)

    def end(self, how: int = signal.SIGTERM) -> None:
        """Told to end, or killed, with all that belongs to it."""
        if self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(30)
        if self.process.stdout is not None:
            self.process.stdout.close()


def serve(home: Path, port: int = 0) -> Served:
    """Serves a home until somebody ends it; its hooks and pictures may lie on this machine."""
    home.parent.mkdir(exist_ok=True)
    errors = home.with_name("said.txt")
    mine = {"UNCAGED_HOME": str(home), "UNCAGED_FSYNC": "false", "UNCAGED_PRIVATE_HOOKS": "1"}
    with errors.open("a") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-m", "uncaged", "serve", "--port", str(port)],
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            env=os.environ | mine,
        )
    assert process.stdout is not None
    said = process.stdout.readline()
    if not said:
        process.kill()
        process.communicate()
        raise AssertionError(errors.read_text())
    return Served(said[said.index("http") :].split()[0].rstrip("/"), process, errors)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made = serve(tmp_path_factory.mktemp("v1") / "home")
    yield made
    made.end()


def lasting_port() -> int:
    """A port that is free, and that the system gives to nobody who asks for any: it is free again after a kill."""
    lots = random.Random()
    for _ in range(200):
        port = lots.randrange(20_000, 32_000)
        with socket.socket() as taken, suppress(OSError):
            taken.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


@pytest.fixture
def serve_again(tmp_path: Path) -> Iterator[Callable[[], Served]]:
    """Serves a home of the test's own, and again on the same address after it was ended."""
    made: list[Served] = []
    port = lasting_port()

    def make() -> Served:
        made.append(serve(tmp_path / "home", port))
        return made[-1]

    yield make
    for one in made:
        one.end()


class Elsewhere:
    """Somebody's server on this machine. answers: what each path does, in a thread of its own, until `over`."""

    def __init__(self) -> None:
        self.answers: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {}
        self.asked: list[tuple[str, dict[str, str], bytes]] = []
        self.over = threading.Event()
        elsewhere = self

        class Hears(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", "0")))
                said = {name.lower(): value for name, value in self.headers.items()}
                elsewhere.asked.append((self.path, said, body))
                with suppress(OSError):
                    elsewhere.answers[self.path.partition("?")[0]](self)

            do_POST = do_GET

            def log_message(self, format: str, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Hears)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def gives(self, path: str, body: bytes, *statuses: int, **headers: str) -> str:
        """What is there from now on; its address. statuses: one after the other, the last one for ever."""
        left = list(statuses) or [200]

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(left.pop(0) if len(left) > 1 else left[0])
            for name, value in headers.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)

        return self.does(path, answer)

    def does(self, path: str, answer: Callable[[BaseHTTPRequestHandler], None]) -> str:
        """The same, whatever it may be."""
        self.answers[path] = answer
        return self.address + path

    def hangs(self, path: str) -> str:
        """Takes a request and never answers."""
        return self.does(path, lambda _: void(self.over.wait()))

    def drips(self, path: str) -> str:
        """Answers a letter at a time, without end."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.wfile.write(b"HTTP/1.1 200 ")
            while not self.over.wait(0.1):
                handler.wfile.write(b"O")

        return self.does(path, answer)

    def pours(self, path: str, most: int = 1 << 30) -> tuple[str, Callable[[], int]]:
        """Sends so many bytes, or says that it would; and how many of them were taken."""
        sent = 0

        def answer(handler: BaseHTTPRequestHandler) -> None:
            nonlocal sent
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % most)
            while sent < most and not self.over.is_set():
                handler.wfile.write(bytes(1 << 16))
                sent += 1 << 16

        return self.does(path, answer), lambda: sent

    def close(self) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()


def void(_: object) -> None:
    """Whatever it is, it is done with."""


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    """See `Elsewhere`."""
    made = Elsewhere()
    yield made
    made.close()


@pytest.fixture
def client(served: Served) -> Iterator[openai.OpenAI]:
    """See `Served.client`."""
    with served.client() as made:
        yield made
