"""A web that really listens: slow and vanished clients, and an end that loses nothing."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

SERVE = """
import socket, sys
from pathlib import Path
from uncaged.core.settings import Settings
from uncaged.web import door, patience, serving
door.PATIENCE, patience.HEADERS, patience.READING = 1.0, 1.0, 1.0
listener = socket.socket()
listener.bind((sys.argv[2], 0))
listener.listen(128)
print(listener.getsockname()[1], flush=True)
if sys.argv[3] == "plain":
    serving.PatientProtocol = patience.PlainProtocol
settings = Settings(home=Path(sys.argv[1]), fsync=False)
port = listener.getsockname()[1]
sys.exit(serving.serve(settings, listener.detach(), sys.argv[2], port))
"""


@dataclass
class Server:
    """A process that serves a home, and plain sockets to it."""

    process: subprocess.Popen[str]
    port: int

    def connect(self) -> socket.socket:
        made = socket.create_connection(("127.0.0.1", self.port), 20)
        made.settimeout(20)
        return made

    def send(self, request: str, body: bytes = b"") -> tuple[int, bytes]:
        """One request on a connection of its own; status and body."""
        with self.connect() as made:
            made.sendall(request.encode() + body)
            return read(made)

    def get(self, path: str) -> tuple[int, bytes]:
        return self.send(f"GET {path} HTTP/1.1\r\n{self.common}\r\n")

    def waiting(self) -> int:
        """How many runs stand in line, once everybody sees it."""
        time.sleep(1.1)
        return int(json.loads(self.get("/line?as=json")[1])["waiting"])

    @property
    def common(self) -> str:
        return f"Host: 127.0.0.1:{self.port}\r\nConnection: close\r\n"

    def post(self, asked: dict[str, Any]) -> str:
        body = json.dumps(asked).encode()
        return (
            f"POST /works HTTP/1.1\r\n{self.common}Origin: http://127.0.0.1:{self.port}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        ) + body.decode()


def read(made: socket.socket) -> tuple[int, bytes]:
    """Everything until the other side ends it."""
    got = b""
    while some := made.recv(65_536):
        got += some
    head, _, body = got.partition(b"\r\n\r\n")
    return (int(head.split()[1]) if head else 0), body


@contextmanager
def served(home: Path, reads: str = "quickest") -> Iterator[Server]:
    """On this machine alone, with little patience. reads: by which protocol, ``plain`` or ``quickest``."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(home), "127.0.0.1", reads],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None and process.stderr is not None
    try:
        yield Server(process, int(process.stdout.readline()))
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()


@pytest.fixture(scope="module", params=["quickest", "plain"])
def server(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Server]:
    """One for all tests that leave it alive."""
    with served(tmp_path_factory.mktemp("served") / "home", request.param) as made:
        yield made


ECHO = {"prompt": "a bird", "model": "echo", "size": "64x64", "seconds": 1}


def test_whoever_says_nothing_is_let_go(server: Server) -> None:
    assert server.get("/line?as=json")[0] == 200
    for beginning in (b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: 127"):
        with server.connect() as made:
            made.sendall(beginning)
            assert read(made)[1] == b""


def test_headers_without_end_are_not_kept(server: Server) -> None:
    with server.connect() as made:
        made.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ")
        with suppress(OSError):
            for _ in range(400):
                made.sendall(b"x" * 1000)
                time.sleep(0.001)
            assert read(made)[0] in (0, 400)
    assert server.get("/line?as=json")[0] == 200


CHUNKED = "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("beginning", "more"),
    [
        (b"0\r\n", b"X: " + b"x" * 995 + b"\r\n"),
        (b"0\r\nX: ", b"x" * 1000),
        (b"0\r\n", b"x" * 1000),
        (b"2;", b"x" * 1000),
    ],
    ids=["headers", "a value", "a name", "an extension"],
)
def test_what_comes_after_a_body_is_not_kept_without_end(
    server: Server, beginning: bytes, more: bytes
) -> None:
    head = server.post(ECHO).partition("Content-Type")[0] + CHUNKED
    with server.connect() as made:
        made.sendall(head.encode() + beginning)
        with suppress(OSError):
            for _ in range(400):
                made.sendall(more)
                time.sleep(0.001)
            assert read(made)[0] in (0, 400)  # 408 is for who is waited for
    assert server.get("/line?as=json")[0] == 200


def test_a_header_after_the_body_is_none_of_the_request(server: Server) -> None:
    asked, _, body = server.post(ECHO).partition("\r\n\r\n")
    head = asked.partition("Content-Type")[0] + CHUNKED
    after = "Authorization: Bearer uncaged_wrong\r\nX-Forwarded-For: 203.0.113.9\r\n\r\n"
    whole = f"{head}{len(body):x}\r\n{body}\r\n0\r\n{after}"
    assert server.send(whole)[0] == 202


def test_whoever_asks_much_and_reads_nothing_is_let_go(server: Server) -> None:
    common = f"Host: 127.0.0.1:{server.port}\r\n\r\n"
    before = sockets_of(server.process.pid)
    with socket.socket() as made:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        made.connect(("127.0.0.1", server.port))
        made.settimeout(20)
        made.sendall((f"GET /style.css HTTP/1.1\r\n{common}" * 300).encode())
        until = time.monotonic() + 30
        while sockets_of(server.process.pid) <= before and time.monotonic() < until:
            time.sleep(0.02)  # until it has come
        while sockets_of(server.process.pid) > before:
            assert time.monotonic() < until, "it is held for ever"
            time.sleep(0.05)


def sockets_of(pid: int) -> int:
    found = 0
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):
            found += "socket:" in str(entry.readlink())
    return found


def test_a_body_that_does_not_come_is_not_waited_for(server: Server) -> None:
    before = server.waiting()
    with server.connect() as made:
        made.sendall(server.post(ECHO).encode()[:-5])
        status, body = read(made)
    assert status == 408 and b"too slowly" in body
    assert server.waiting() == before


def test_a_slow_body_below_v1_is_told_in_its_shape(server: Server) -> None:
    head = server.post(ECHO).partition("\r\n\r\n")[0].replace("/works", "/v1/videos")
    form = head.replace("application/json", "multipart/form-data; boundary=x")
    before = server.waiting()
    for beginning, body in ((head, '{"prom'), (form, "--x\r\nContent-Dis")):
        with server.connect() as made:
            made.sendall(f"{beginning}\r\n\r\n{body}".encode())
            status, said = read(made)
        assert status == 408
        assert set(json.loads(said)["error"]) == {"message", "type", "param", "code"}
    assert server.waiting() == before


def test_who_vanishes_and_asks_again_has_one_film(server: Server) -> None:
    """Whether the first asking counted nobody can know who had no answer; so the second one with its key is safe."""
    before = server.waiting()
    whole = server.post(ECHO).replace("Origin", "Idempotency-Key: order-1\r\nOrigin").encode()
    for hard in (True, False) * 4:
        with server.connect() as made:
            made.sendall(whole)
            if hard:
                made.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    assert server.send(whole.decode())[0] == 202
    assert server.waiting() == before + 1
    assert server.process.poll() is None


@pytest.mark.parametrize(
    "request_line",
    [
        "GET / HTTP/9.9\r\n",
        "GET\r\n",
        "\x00\x01\x02\r\n",
        "GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n",
        "GET /../../secret HTTP/1.1\r\nHost: 127.0.0.1\r\n",
        "GET / HTTP/1.1\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n",
        "POST /works HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n",
        "POST /works HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "GET / HTTP/1.1\r\nX: " + "x" * 40_000 + "\r\n",
        "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: x\r\n",
    ],
    ids=range(12),
)
def test_what_is_no_request_of_ours_is_turned_away(server: Server, request_line: str) -> None:
    with server.connect() as made:
        made.sendall((request_line + "Connection: close\r\n\r\n").encode())
        status, _body = read(made)
    assert status in (0, 400, 404, 421, 431)
    assert server.get("/line")[0] == 200


def test_there_is_no_banner(server: Server) -> None:
    with server.connect() as made:
        made.sendall(f"GET / HTTP/1.1\r\n{server.common}\r\n".encode())
        head = made.recv(65_536).partition(b"\r\n\r\n")[0].lower()
    assert b"\r\nserver:" not in head and b"uvicorn" not in head
    assert b"content-security-policy" in head


def test_it_ends_when_told_and_finishes_what_is_in_hand(tmp_path: Path) -> None:
    with served(tmp_path / "home") as server:
        assert server.get("/healthz")[0] == 503  # it is up, and nobody performs
        whole = server.post(ECHO).encode()
        with server.connect() as made:
            made.sendall(whole[:-9])
            time.sleep(0.3)
            server.process.send_signal(signal.SIGTERM)
            time.sleep(0.3)
            made.sendall(whole[-9:])
            status, body = read(made)
        assert status == 202 and json.loads(body)["state"] == "queued"
        assert server.process.wait(20) == 0
        with pytest.raises(OSError):
            server.connect()


def test_signs_of_life_come_from_the_loop_that_answers(tmp_path: Path) -> None:
    """Once it listens, no thread speaks for it any more: a loop that hangs is silent."""
    given = tmp_path / "given"
    source = SERVE.replace("import socket, sys", "import socket, sys, threading").replace(
        "sys.argv[2], port))", "sys.argv[2], port, pulse))"
    )
    source = source.replace(
        "sys.exit(",
        "from uncaged.studio.signs import Pulse\n"
        "pulse = Pulse(lambda: open(sys.argv[3], 'a').write(threading.current_thread().name + ' '))\n"
        "sys.exit(",
    )
    command = [sys.executable, "-c", source, str(tmp_path / "home"), "127.0.0.1", str(given)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            Server(process, int(process.stdout.readline())).get("/line")
            began, until = len(given.read_text().split()), time.monotonic() + 30
            while len(said := given.read_text().split()) < began + 4:
                assert time.monotonic() < until, said
                time.sleep(0.05)
        finally:
            process.kill()
    assert said[-3:] == ["MainThread"] * 3


def test_many_at_once_each_get_their_own(server: Server) -> None:
    before = server.waiting()
    connections = [server.connect() for _ in range(60)]
    for n, made in enumerate(connections):
        made.sendall(server.post(ECHO | {"prompt": f"bird {n}"}).encode())
    got = [read(made) for made in connections]
    for made in connections:
        made.close()
    assert [json.loads(body)["text"] for _, body in got] == [f"bird {n}" for n in range(60)]
    assert {status for status, _ in got} == {202}
    assert server.waiting() == before + 60


def test_the_web_imports_nothing_that_performs() -> None:
    check = (
        "import sys, uncaged.web.serving, uncaged.web.pages.make as make\n"
        "from uncaged.engines.registry import engines\n"
        "[make.model_view(player) for player in engines().values()]\n"
        "heavy = 'torch diffusers transformers skia numpy PIL av alembic'.split()\n"
        "sys.exit(' '.join(name for name in heavy if name in sys.modules) or 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", check], capture_output=True, text=True, env=os.environ, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
