"""A server of `/v1/videos` on this machine alone, which can play each dialect and tell each lie."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np

from uncaged.core.media import write_film

Reply = tuple[int, dict[str, str], bytes]


def reply(status: int, value: Any = None, **headers: str) -> Reply:
    """An answer in JSON, or in bytes."""
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    said = {"Content-Type": "application/json"} | {
        name.replace("_", "-"): text for name, text in headers.items()
    }
    return status, said, body


def film(path: Path, size: tuple[int, int] = (64, 48), fps: float = 8, frames: int = 8) -> bytes:
    """A film whose frames grow lighter."""
    wide, high = size
    pixels = (np.full((high, wide, 3), 20 + 10 * i % 200, np.uint8) for i in range(frames))
    write_film(pixels, path, fps)
    return path.read_bytes()


@dataclass
class Server:
    """How it behaves. states: what it says one after the other, the last again and again.

    on: method and a path's beginning → what is answered instead; such an answer is called with the request's number.
    asked: each request: method, path, headers, fields. drop: so many of these requests are answered by hanging up.
    """

    content: bytes
    states: list[dict[str, Any]] = field(default_factory=lambda: [{"status": "completed"}])
    on: dict[tuple[str, str], Callable[[int], Reply | None]] = field(
        default_factory=dict[tuple[str, str], Any]
    )
    asked: list[tuple[str, str, dict[str, str], dict[str, Any]]] = field(
        default_factory=list[tuple[str, str, dict[str, str], dict[str, Any]]]
    )
    keys: dict[str, str] = field(default_factory=dict[str, str])
    jobs: int = 0
    looked: int = 0
    drop: dict[str, int] = field(default_factory=dict[str, int])
    late: float = 0.0
    mime: str = "video/mp4"
    address: str = ""

    def said(self, method: str) -> list[dict[str, Any]]:
        """The fields of what was asked so."""
        return [fields for how, _path, _headers, fields in self.asked if how == method]

    def paths(self, method: str) -> list[str]:
        """Where."""
        return [path for how, path, _headers, _fields in self.asked if how == method]

    def answer(self, method: str, path: str, headers: dict[str, str]) -> Reply:
        for (how, begins), what in self.on.items():
            if how == method and path.startswith(begins):
                number = sum(path.startswith(begins) for path in self.paths(method))
                found = what(number)
                if found is not None:
                    return found
        if method == "POST":
            key = headers.get("idempotency-key", "")
            if key not in self.keys:
                self.jobs += 1
                self.keys[key] = f"video_{self.jobs}"
            return reply(200, self.video(self.keys[key], {"status": "queued", "progress": 0}))
        if method == "DELETE":
            return reply(200, {"id": path.rpartition("/")[2], "deleted": True})
        if path.endswith("/content"):
            return 200, {"Content-Type": self.mime}, self.content
        state = self.states[min(self.looked, len(self.states) - 1)]
        self.looked += 1
        return reply(200, self.video(path.rpartition("/")[2], state))

    def video(self, name: str, state: dict[str, Any]) -> dict[str, Any]:
        return {"id": name, "object": "video", "error": None, "progress": 0} | state


def start(server: Server) -> ThreadingHTTPServer:
    """Serves it until `shutdown`; its address is set."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: Any) -> None: ...

        def _do(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            body = self.rfile.read(length)
            headers = {name.lower(): text for name, text in self.headers.items()}
            server.asked.append((self.command, self.path, headers, fields_of(headers, body)))
            time.sleep(server.late)
            status, said, content = server.answer(self.command, self.path, headers)
            if server.drop.get(self.command, 0) > 0:
                server.drop[self.command] -= 1
                self.close_connection = True
                return
            self.send_response(status)
            for name, text in ({"Content-Length": str(len(content))} | said).items():
                self.send_header(name, text)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_DELETE = _do

    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.daemon_threads = True
    threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True).start()
    server.address = f"http://127.0.0.1:{made.server_address[1]}"
    return made


def fields_of(headers: dict[str, str], body: bytes) -> dict[str, Any]:
    """What a form holds: texts, and of a file its name, type and bytes; or an object in JSON."""
    kind = headers.get("content-type", "")
    if kind == "application/json" and body:
        return json.loads(body)
    if not kind.startswith("multipart/"):
        return {}
    read = BytesParser(policy=HTTP).parsebytes(
        b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body
    )
    found: dict[str, Any] = {}
    for part in read.iter_parts():
        name = part.get_param("name", header="content-disposition")
        data = part.get_payload(decode=True)
        assert isinstance(data, bytes)
        if part.get_filename() is None:
            found[str(name)] = data.decode()
        else:
            found[str(name)] = (part.get_filename(), part.get_content_type(), data)
    return found
