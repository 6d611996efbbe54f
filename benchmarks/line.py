"""What the line costs, beside a Gradio queue that does the same job in the same run.

    python benchmarks/line.py                          ours alone
    python benchmarks/line.py --gradio PYTHON          a Python with gradio, as the peer
    python benchmarks/line.py --crowd 2100             so many clients wait, each for a result of their own
    python benchmarks/line.py --streams 10000          so many open streams in one web
    python benchmarks/line.py --scale                  a turn and a page with 1,000 and with 100,000 runs in line,
                                                       beside 1,000 and a million kept works (see line_scale)
    python benchmarks/line.py --day 217 --minutes 18 --onlookers 10000

The job is a pause of 50 milliseconds and a film of three small frames; ours keeps it for ever, the peer keeps nothing.
CPU is that of the servers without the job itself. Machines differ and are busy: read ratios.
"""

import argparse
import asyncio
import contextlib
import json
import os
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from crowd import PERFORMS, Client, EventStream, Server, Watch, many_files, ours, until_made
from peer import gradio
from viral import day

FILM = {"model": "echo", "size": [64, 64], "seconds": 0.25, "fps": 12, "options": {"pause": 0.017}}


async def ask_ours(n: int, client: Client) -> str:
    """One film asked for; the id of its work."""
    status, body = await client.ask("POST", "/works", FILM | {"prompt": f"film {n}", "seed": n})
    if status != 202:
        raise SystemExit(f"{status}: {body[:300]!r}")
    return json.loads(body)["id"]


async def ask_gradio(n: int, client: Client) -> str:
    """The same of the peer; the session that waits for it."""
    session = f"s{n}"
    body = {"data": [f"film {n}"], "fn_index": 0, "trigger_id": 1, "session_hash": session}
    status, said = await client.ask("POST", "/gradio_api/queue/join", body)
    if status != 200:
        raise SystemExit(f"{status}: {said[:300]!r}")
    return session


async def accepted(server: Server, ask: Any, count: int, at_once: int = 64) -> float:
    """Requests a second that were accepted."""
    waiting, watch = iter(range(count)), Watch()

    async def worker() -> None:
        client = Client(server.port)
        for n in waiting:
            await ask(n, client)
        await client.close()

    await asyncio.gather(*(worker() for _ in range(at_once)))
    return count / watch.seconds


async def crowd_of_ours(server: Server, count: int) -> int:
    """So many clients, each with one film: how many got their own."""

    async def one(n: int) -> bool:
        client = Client(server.port)
        try:
            async with opened:
                work = await ask_ours(n, client)
                stream = await client.events(f"/works/{work}/events")
            return (await until_made(work, stream)).get("text") == f"film {n}"
        except (OSError, ValueError, KeyError, asyncio.IncompleteReadError):
            return False
        finally:
            await client.close()

    opened = asyncio.Semaphore(64)
    return sum(await asyncio.gather(*(one(n) for n in range(count))))


async def crowd_of_gradio(server: Server, count: int) -> int:
    """The same of the peer, which sends events to each."""

    async def one(n: int) -> bool:
        client = Client(server.port)
        try:
            async with opened:
                session = await ask_gradio(n, client)
                stream = await client.events(f"/gradio_api/queue/data?session_hash={session}")
            while True:
                event = await stream.next()
                if event.get("msg") == "process_completed":
                    stream.writer.close()
                    return event["output"].get("data") == [f"film {n}"]
        except (OSError, ValueError, KeyError, asyncio.IncompleteReadError, SystemExit):
            return False
        finally:
            await client.close()

    opened = asyncio.Semaphore(64)
    return sum(await asyncio.gather(*(one(n) for n in range(count))))


def accepting(python: str | None, count: int) -> None:
    """Accepted and committed a second, nobody performing."""
    with tempfile.TemporaryDirectory() as folder, ours(Path(folder) / "home", "web") as server:
        asyncio.run(accepted(server, ask_ours, 64))
        before = server.cpu()
        rate = asyncio.run(accepted(server, ask_ours, count))
        cpu = (server.cpu() - before) / count
    print(f"accepted a second   ours, on disk       {rate:8.0f}   {1000 * cpu:6.2f} ms of CPU each")
    if python:
        with gradio(python) as peer:
            before = peer.cpu()
            theirs = asyncio.run(accepted(peer, ask_gradio, min(count, 1500)))
            cost = (peer.cpu() - before) / min(count, 1500)
        print(
            f"                    Gradio, in memory   {theirs:8.0f}   {1000 * cost:6.2f} ms of CPU each"
        )
        print(f"                    ratio               {rate / theirs:8.2f}   (goal: 3)")


def waiting(python: str | None, count: int, label: str) -> None:
    """Clients who wait, each for their own result; what the servers spent on each."""
    with tempfile.TemporaryDirectory() as folder, ours(Path(folder) / "home") as server:
        asyncio.run(crowd_of_ours(server, 5))  # everything is imported, the performer is there
        before, watch = server.cpu(PERFORMS), Watch()
        got = asyncio.run(crowd_of_ours(server, count))
        cpu, seconds = server.cpu(PERFORMS) - before, watch.seconds
        steward, web = server.megabytes(" steward "), server.megabytes(" web ")
    each = 1000 * cpu / count
    print(
        f"{label:<20}ours     {got:>6} of {count} got their own in {seconds:6.1f} s   {each:6.1f} ms each"
    )
    print(f"                    memory: steward {steward:.0f} MB, web {web:.0f} MB")
    if python:
        with gradio(python) as peer:
            asyncio.run(crowd_of_gradio(peer, 5))
            before, watch = peer.cpu(), Watch()
            theirs = asyncio.run(asyncio.wait_for(crowd_of_gradio(peer, count), 1200))
            cost, took = peer.cpu() - before, watch.seconds
        each = 1000 * cost / count
        print(
            f"{'':<20}Gradio   {theirs:>6} of {count} got their own in {took:6.1f} s   {each:6.1f} ms each"
        )
        print(f"                    ratio of CPU {cpu / cost:5.2f}   (goal: a fifth)")


def streams(count: int) -> None:
    """So many open streams in one web, nobody performing: what they cost to open, and while they wait."""
    with tempfile.TemporaryDirectory() as folder, ours(Path(folder) / "home", "web") as server:
        asyncio.run(_streams(server, count))


async def _streams(server: Server, count: int) -> None:
    client, opened = Client(server.port), asyncio.Semaphore(100)
    works = [await ask_ours(n, client) for n in range(20)]
    held: list[EventStream] = []

    async def one(n: int) -> None:
        async with opened:
            held.append(await client.events(f"/works/{works[n % len(works)]}/events"))

    before = server.cpu()
    await asyncio.gather(*(one(n) for n in range(count)))
    each = 1000 * (server.cpu() - before) / count
    await asyncio.sleep(5)
    before, watch = server.cpu(), Watch()
    await asyncio.sleep(10)
    share = 100 * (server.cpu() - before) / watch.seconds
    print(f"{len(held)} streams open: {each:.1f} ms each to open, {share:.0f} % of a core to wait")
    print(f"  memory: web {server.megabytes(' web '):.0f} MB")
    for stream in held:
        stream.writer.close()


def after_a_kill() -> None:
    """From ``kill -9`` of the steward to the next turn it gives."""
    with tempfile.TemporaryDirectory() as folder, ours(Path(folder) / "home") as server:
        times: list[float] = []
        for n in range(5):
            asyncio.run(accepted(server, ask_ours, 40, 8))
            steward = next(p for p, c in server.processes().items() if " steward " in c)
            made = _made(Path(folder) / "home")
            os.kill(steward, signal.SIGKILL)
            watch = Watch()
            while _made(Path(folder) / "home") <= made:
                time.sleep(0.02)
            times.append(watch.seconds)
            del n
    told = ", ".join(f"{seconds:.1f}" for seconds in sorted(times))
    print(f"from a kill of the steward to the next film kept: {told} s")


def _made(home: Path) -> int:
    import sqlite3

    with contextlib.closing(sqlite3.connect(home / "archive.sqlite3", timeout=5)) as conn:
        return conn.execute("SELECT count(*) FROM works WHERE kept IS NOT NULL").fetchone()[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gradio", metavar="PYTHON")
    parser.add_argument("--jobs", type=int, default=200)
    parser.add_argument("--accept", type=int, default=2000)
    parser.add_argument("--crowd", type=int, default=0)
    parser.add_argument("--streams", type=int, default=0)
    parser.add_argument("--scale", action="store_true")
    parser.add_argument("--kept", type=int, default=1_000_000)
    parser.add_argument("--day", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=18.0)
    parser.add_argument("--onlookers", type=int, default=10_000)
    asked = parser.parse_args()
    many_files()
    if asked.scale:
        import line_scale

        line_scale.main(ours, asked.kept)
    elif asked.day:
        day(asked.day, asked.minutes, asked.onlookers)
    elif asked.streams:
        streams(asked.streams)
    elif asked.crowd:
        waiting(asked.gradio, asked.crowd, f"{asked.crowd} wait")
    else:
        accepting(asked.gradio, asked.accept)
        waiting(asked.gradio, asked.jobs, f"{asked.jobs} jobs")
        after_a_kill()


if __name__ == "__main__":
    main()
