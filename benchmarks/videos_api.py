"""What `/v1/videos` costs, beside a bare FastAPI application that keeps nothing and reads the same file.

    python benchmarks/videos_api.py                     creates, polls, content: a second, and of each the CPU
    python benchmarks/videos_api.py --storm 100         so many clients ask and poll, as told and without pause

The peer answers from a dictionary and sends the file with `FileResponse`, under the same server and parser; ours looks
into the archive each time, knows whose video it is, and commits every create to the disk before it answers.
Machines differ and are busy: read ratios.
"""

import sys

sys.path.append(sys.path.pop(0))  # behind the library, whose `queue` is meant by that name

import argparse
import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crowd import (
    PERFORMS,
    Ask,
    Client,
    Cost,
    Server,
    Watch,
    cost,
    many_files,
    ours,
    until_it_answers,
)

PEER = """
import sys, time, uuid
import uvicorn
from fastapi import FastAPI
from fastapi.responses import FileResponse
from pydantic import BaseModel
app, videos = FastAPI(), {}
class Wanted(BaseModel):
    prompt: str
    seconds: str = "4"
    size: str = "720x1280"
    seed: int = 0
@app.get("/healthz")
def healthz():
    return "ok"
@app.post("/v1/videos")
async def create(wanted: Wanted):
    found = {"id": uuid.uuid4().hex, "object": "video", "status": "queued", "progress": 0,
             "created_at": int(time.time()), **wanted.model_dump()}
    videos[found["id"]] = found
    return found
@app.get("/v1/videos/{name}")
async def show(name: str):
    return videos[name]
@app.get("/v1/videos/{name}/content")
async def content(name: str):
    return FileResponse(sys.argv[2], media_type="video/mp4")
uvicorn.run(app, fd=int(sys.argv[1]), log_level="warning", http="httptools", access_log=False)
"""
FILM = {"model": "ink", "size": "512x512", "seconds": "4", "prompt": "a red fox in the hills"}
SHORT = {"model": "echo", "size": "64x64", "seconds": "0.25", "fps": 12, "dials": {"pause": 0.017}}


@contextlib.contextmanager
def bare(film: Path) -> Iterator[Server]:
    """The peer, on a socket of its own."""
    with socket.create_server(("127.0.0.1", 0)) as heard:
        os.set_inheritable(heard.fileno(), True)
        command = [sys.executable, "-c", PEER, str(heard.fileno()), str(film)]
        process = subprocess.Popen(command, pass_fds=[heard.fileno()])
        try:
            port = heard.getsockname()[1]
            until_it_answers(port, "/healthz")
            yield Server(port, process.pid)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


async def created(client: Client, body: dict[str, Any]) -> dict[str, Any]:
    """A video that was asked for."""
    status, said = await client.ask("POST", "/v1/videos", body)
    if status != 200:
        raise SystemExit(f"{status}: {said[:300]!r}")
    return json.loads(said)


async def shown(client: Client, video: str) -> dict[str, Any]:
    """The video as it stands."""
    status, said = await client.ask("GET", f"/v1/videos/{video}")
    if status != 200:
        raise SystemExit(f"{status}: {said[:300]!r}")
    return json.loads(said)


async def _create(n: int, client: Client) -> None:
    await created(client, {**FILM, "seed": n})


def _poll(video: str) -> Ask:
    async def ask(n: int, client: Client) -> None:
        await shown(client, video)

    return ask


def _content(video: str) -> Ask:
    async def ask(n: int, client: Client) -> None:
        status, data = await client.ask("GET", f"/v1/videos/{video}/content")
        if status != 200 or not data:
            raise SystemExit(f"{status}: no film")

    return ask


async def _until_made(port: int) -> tuple[str, bytes]:
    """A film that was made; its id and its bytes."""
    client = Client(port)
    video = (await created(client, FILM))["id"]
    while (found := await shown(client, video))["status"] != "completed":
        if found["status"] == "failed":
            raise SystemExit(str(found["error"]))
        await asyncio.sleep(0.2)
    _, data = await client.ask("GET", f"/v1/videos/{video}/content")
    await client.close()
    return video, data


def costs(count: int) -> None:
    """Creates and polls of a web alone, content of a studio that has made a film; and the same of the peer."""
    with tempfile.TemporaryDirectory() as folder:
        with ours(Path(folder) / "home") as studio:
            video, data = asyncio.run(_until_made(studio.port))
            read = cost(studio, _content(video), count)
            done = cost(studio, _poll(video), count)
        with ours(Path(folder) / "other", "web") as web:
            create = cost(web, _create, count)
            queued = asyncio.run(created(Client(web.port), FILM))["id"]
            poll = cost(web, _poll(queued), count)
        film = Path(folder) / "film.mp4"
        film.write_bytes(data)
        with bare(film) as peer:
            their_create = cost(peer, _create, count)
            name = asyncio.run(created(Client(peer.port), FILM))["id"]
            their_poll = cost(peer, _poll(name), count)
            their_read = cost(peer, _content(name), count)
    print(f"{'':<34}{'a second: ours, bare':>24}{'CPU of one: ours, bare':>30}   ratio of CPU")
    _tell("create, on the disk", create, their_create)
    _tell("poll, in line", poll, their_poll)
    _tell("poll, completed", done, their_poll)
    _tell(f"content, {len(data) / 1000:.0f} kB", read, their_read)


def _tell(name: str, mine: Cost, theirs: Cost) -> None:
    rates = f"{mine.rate:.0f}, {theirs.rate:.0f}"
    cpu = f"{1000 * mine.cpu:.2f} ms, {1000 * theirs.cpu:.2f} ms"
    print(f"{name:<34}{rates:>24}{cpu:>30}   {mine.cpu / theirs.cpu:.1f}")


def storm(clients: int) -> None:
    """So many clients, each with one film: polling as often as they are told to, and without pause."""
    for honoured in (True, False):
        with tempfile.TemporaryDirectory() as folder, ours(Path(folder) / "home") as server:
            asyncio.run(_storm(server, 3, True))
            before, watch = server.cpu(PERFORMS), Watch()
            polls, made = asyncio.run(_storm(server, clients, honoured))
            cpu, seconds = server.cpu(PERFORMS) - before, watch.seconds
        how = "as they are told" if honoured else "without pause"
        print(
            f"{clients} clients poll {how}: {made} got their film within {seconds:.1f} s, "
            f"{polls} polls, {cpu:.1f} s of CPU of the servers"
        )


async def _storm(server: Server, clients: int, honoured: bool) -> tuple[int, int]:
    """How many polls there were, and how many films were made."""
    polls = 0

    async def one(n: int) -> bool:
        nonlocal polls
        client = Client(server.port)
        found = await created(client, {**SHORT, "prompt": f"film {n}", "seed": n})
        pause: float | None = None  # the official client keeps to the first that it hears
        while found["status"] in ("queued", "in_progress"):
            found = await shown(client, found["id"])
            polls += 1
            if pause is None:
                pause = int(client.headers.get("openai-poll-after-ms", "1000")) / 1000
            if honoured:
                await asyncio.sleep(pause)
        await client.close()
        return found["status"] == "completed" and found["prompt"] == f"film {n}"

    made = sum(await asyncio.gather(*(one(n) for n in range(clients))))
    return polls, made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--storm", type=int, default=0, metavar="CLIENTS")
    asked = parser.parse_args()
    many_files()
    if asked.storm:
        storm(asked.storm)
    else:
        costs(asked.count)


if __name__ == "__main__":
    main()
