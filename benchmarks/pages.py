"""What pages cost, beside a Gradio page in the same run.

    python benchmarks/pages.py [--gradio PYTHON]                      each page: a second, CPU of one, bytes
    python benchmarks/pages.py --onlookers 10000 [--minutes 18]       the first page, while 217 films are made
    python benchmarks/pages.py --onlookers 10000 --proxy              the same through a proxy that keeps pages (nginx)

Pages are asked for by guests who have made nothing, on a few connections that stay open; each is drawn, or kept for the
second in which it is the same for everybody. CPU is that of the servers without a performer. Machines differ and are
busy: read ratios.
"""

import argparse
import asyncio
import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from crowd import Ask, Client, Cost, Server, cost, many_files, ours, until_it_answers
from peer import gradio
from viral import a_house_for_guests, address, day

FILMS = 6
"""Films that the gallery shows."""

NGINX = """
daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;
events {{ worker_connections 20000; }}
http {{
    access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/temp;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    proxy_cache_path {folder}/kept keys_zone=pages:10m;
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://127.0.0.1:{studio}; proxy_http_version 1.1; proxy_set_header Connection "";
            proxy_set_header Host 127.0.0.1:{studio}; proxy_set_header X-Forwarded-For $http_x_forwarded_for;
            proxy_cache pages; proxy_cache_lock on; proxy_cache_use_stale updating;
        }}
    }}
}}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gradio", metavar="PYTHON")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--onlookers", type=int, default=0)
    parser.add_argument("--films", type=int, default=217)
    parser.add_argument("--minutes", type=float, default=18.0)
    parser.add_argument("--proxy", action="store_true")
    asked = parser.parse_args()
    many_files()
    if asked.onlookers:
        through = proxy if asked.proxy else straight
        day(asked.films, asked.minutes, asked.onlookers, "/", through)
    else:
        costs(asked.gradio, asked.count)


def costs(python: str | None, count: int) -> None:
    """Each page, and the peer's."""
    with tempfile.TemporaryDirectory() as folder:
        home = a_house_for_guests(folder)
        work = _shown(home)
        rows: list[tuple[str, Cost, int]] = []
        with ours(home, "web") as server:
            for path in ("/", "/films", "/films?as=json", f"/works/{work}", "/line", "/models"):
                asking, size = _page(path), asyncio.run(_size(server.port, path))
                rows.append((path.replace(work, "ID"), cost(server, asking, count), size))
    theirs = None
    if python is not None:
        with gradio(python) as peer:
            size = asyncio.run(_size(peer.port, "/"))
            theirs = cost(peer, _page("/"), count)
            rows.append(("the peer\u2019s page", theirs, size))
    print(f"{'':<20}{'a second':>10}{'CPU of one':>14}{'bytes':>10}   CPU beside the peer")
    for name, mine, size in rows:
        beside = "" if theirs is None else f"{mine.cpu / theirs.cpu:.2f}"
        print(f"{name:<20}{mine.rate:>10.0f}{1000 * mine.cpu:>11.2f} ms{size:>10,}   {beside}")


def _shown(home: Path) -> str:
    """A house whose gallery shows films; one of them."""
    for n in range(FILMS):
        film = ("--size", "64x64", "--seconds", "0.5", "--seed", str(n))
        _uncaged(home, "make", *film, "--", "a bird and a stone")
    works = [one["id"] for one in json.loads(_uncaged(home, "works", "--json"))]
    for work in works:
        _uncaged(home, "show", work, "--to", "everybody")
    return works[0]


def _uncaged(home: Path, *said: str) -> bytes:
    """What a command prints; by itself, since a module beside this one is called as one of Python's own."""
    command = [sys.executable, "-m", "uncaged", *said]
    env = os.environ | {"UNCAGED_HOME": str(home), "UNCAGED_FSYNC": "false"}
    return subprocess.run(command, check=True, capture_output=True, env=env).stdout


def _page(path: str) -> Ask:
    async def ask(n: int, client: Client) -> None:
        status, _ = await client.ask("GET", path, Accept="text/html", X_Forwarded_For=address(n))
        if status != 200:
            raise SystemExit(f"{path}: {status}")

    return ask


async def _size(port: int, path: str) -> int:
    client = Client(port)
    _, data = await client.ask("GET", path, Accept="text/html")
    await client.close()
    return len(data)


@contextlib.contextmanager
def straight(server: Server) -> Iterator[int]:
    """Nothing between."""
    yield server.port


@contextlib.contextmanager
def proxy(server: Server) -> Iterator[int]:
    """A proxy before it, which keeps what the studio says may be kept."""
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    with socket.socket() as free, tempfile.TemporaryDirectory() as folder:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
        free.close()
        Path(folder).chmod(0o711)  # its workers are nobody where it is started as root
        conf = Path(folder) / "nginx.conf"
        conf.write_text(NGINX.format(folder=folder, port=port, studio=server.port))
        process = subprocess.Popen([nginx, "-c", str(conf), "-p", folder])
        try:
            until_it_answers(port, "/healthz")
            yield port
        finally:
            process.terminate()
            process.wait(30)


if __name__ == "__main__":
    main()
