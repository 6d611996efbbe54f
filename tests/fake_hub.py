"""A hub of models on this machine alone, as small as its library lets it be, that can also behave badly."""

import hashlib
import json
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

COMMIT = "c0ffee" * 6 + "1234"
LARGE = (".safetensors", ".bin")


@dataclass
class Hub:
    """What it has and how it behaves. files: by name.

    refuse: path (a beginning of it) → status. half: files of which it gives one half and hangs up, so many times.
    wrong: files of which it gives other bytes of the same length. tag: what it calls bytes and states, in its answers
    alone. ranges: whether it gives a file from its middle on.
    asked: each GET of a file, by name and first byte. hold: set, bodies stop after a half until it is cleared. silent:
    set, they do not begin. listed: what it says of the model instead, as JSON or as bytes. longer: files behind whose
    end so many bytes more come. given: how many bytes of bodies went out.
    """

    files: dict[str, bytes]
    card: dict[str, Any] = field(default_factory=dict)
    repo: str = "somebody/my-paper"
    refuse: dict[str, int] = field(default_factory=dict)
    code: str = ""
    half: dict[str, int] = field(default_factory=dict)
    wrong: set[str] = field(default_factory=set)
    tag: str = ""
    ranges: bool = True
    asked: list[tuple[str, int]] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    held: threading.Event = field(default_factory=threading.Event)
    hold: bool = False
    silent: bool = False
    listed: Any = None
    longer: dict[str, int] = field(default_factory=dict)
    given: int = 0
    address: str = ""

    @classmethod
    def of(cls, folder: Path, **more: Any) -> "Hub":
        files = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
        return cls(files, **more)

    def called(self, name: str) -> str:
        content = self.files[name]
        if name.endswith(LARGE):
            return hashlib.sha256(content).hexdigest()
        return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()

    def listing(self) -> dict[str, Any]:
        rows: list[dict[str, Any]] = []
        for name, content in self.files.items():
            row: dict[str, Any] = {"rfilename": name, "size": len(content), "blobId": "0" * 40}
            if name.endswith(LARGE):
                row["lfs"] = {"sha256": self.called(name), "size": len(content), "pointerSize": 9}
            else:
                row["blobId"] = self.called(name)
            rows.append(row)
        return {"id": self.repo, "sha": COMMIT, "siblings": rows, "cardData": self.card, "tags": []}


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever asked is gone: that is what some tests are about."""


def serve(hub: Hub) -> ThreadingHTTPServer:
    """A server of it, on a free port of this machine, in a thread; whoever asked for it closes it."""
    server = _Quiet(("127.0.0.1", 0), _speaker(hub))
    server.daemon_threads = True
    hub.address = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    ).start()
    return server


def _speaker(hub: Hub) -> type[BaseHTTPRequestHandler]:
    class Speaker(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            pass

        def do_HEAD(self) -> None:
            self.answer(False)

        def do_GET(self) -> None:
            self.answer(True)

        def answer(self, whole: bool) -> None:
            hub.tokens.add(self.headers.get("Authorization", ""))
            path = self.path.partition("?")[0]
            for begin, status in hub.refuse.items():
                if path.startswith(begin):
                    self.say(status, b"", {"X-Error-Code": hub.code} if hub.code else {})
                    return
            if re.fullmatch(rf"/api/models/{hub.repo}(/revision/(main|{COMMIT}))?", path):
                listed = hub.listing() if hub.listed is None else hub.listed
                self.say(
                    200, listed if isinstance(listed, bytes) else json.dumps(listed).encode(), {}
                )
                return
            found = re.fullmatch(rf"/{hub.repo}/resolve/{COMMIT}/(.+)", path)
            if found is None or found[1] not in hub.files:
                code = "RevisionNotFound" if hub.repo in path else "RepoNotFound"
                self.say(404, b"", {"X-Error-Code": code})
                return
            self.file(found[1], whole)

        def file(self, name: str, whole: bool) -> None:
            content = hub.files[name]
            called = {
                "ETag": f'"{hub.tag or hub.called(name)}"',
                "X-Repo-Commit": hub.tag or COMMIT,
            }
            if not whole:
                self.say(200, content, called, body=False)
                return
            if name in hub.wrong:
                content = bytes(byte ^ 1 for byte in content)
            begin = 0
            said = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
            if said and hub.ranges:
                begin = int(said[1])
                called["Content-Range"] = f"bytes {begin}-{len(content) - 1}/{len(content)}"
            hub.asked.append((name, begin))
            if name in hub.longer:
                self.endless(content, hub.longer[name], called)
                return
            self.say(206 if begin else 200, content[begin:], called, cut=self.cut(name))

        def endless(self, content: bytes, more: int, headers: Mapping[str, str]) -> None:
            """The content and so much more, without saying how much it is."""
            self.send_response(200)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Connection", "close")
            self.end_headers()
            self.close_connection = True
            self.wfile.write(content)
            for _ in range(more // 10_000):
                self.wfile.write(bytes(10_000))
                hub.given += 10_000

        def cut(self, name: str) -> bool:
            left = hub.half.get(name, 0)
            hub.half[name] = left - 1
            return left > 0

        def say(
            self,
            status: int,
            content: bytes,
            headers: Mapping[str, str],
            body: bool = True,
            cut: bool = False,
        ) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if not body:
                return
            half = len(content) // 2
            while hub.silent and half > 1000:
                threading.Event().wait(0.02)
            self.wfile.write(content[:half])
            self.wfile.flush()
            if cut:
                self.close_connection = True
                return
            if hub.hold and half > 1000:
                hub.held.set()
                while hub.hold:
                    threading.Event().wait(0.02)
            self.wfile.write(content[half:])

    return Speaker
