"""A day on which everybody comes at once: films are asked for while thousands look on."""

import asyncio
import contextlib
import json
import tempfile
from collections.abc import Callable
from pathlib import Path

from crowd import PERFORMS, Client, Server, Watch, many_files, ours, until_made

PATIENCE = 2.0
"""Seconds until whoever was told that too many ask just now asks again, as the answer says and as the page does."""

Through = Callable[[Server], contextlib.AbstractContextManager[int]]
"""The port that onlookers come by, of a server: its own, or that of a proxy before it."""


def day(
    films: int,
    minutes: float,
    onlookers: int,
    path: str = "/line?as=json",
    through: Through = lambda server: contextlib.nullcontext(server.port),
) -> None:
    """So many films of ink asked for within so many minutes, beside people who only look at `path`.

    Everybody is a guest with an address of their own, as a proxy would tell it.
    """
    many_files()
    with tempfile.TemporaryDirectory() as folder, ours(a_house_for_guests(folder)) as server:
        with through(server) as port:
            before, watch = server.cpu(PERFORMS), Watch()
            looks = Looks(port, path, onlookers)
            got = asyncio.run(_day(server, films, minutes * 60, looks))
        cpu = server.cpu(PERFORMS) - before
        memory = server.megabytes(" steward "), server.megabytes(" web ")
    asked = f"{films} films within {minutes:g} minutes beside {onlookers} who look at {path}"
    print(f"{asked}: {got} kept after {watch.seconds / 60:.1f} minutes")
    print(
        f"  {looks.seen} looks, {looks.late} without an answer; half within {looks.within(0.5):.2f} s, "
        f"99 in 100 within {looks.within(0.99):.2f} s; servers {cpu:.0f} s of CPU"
    )
    print(f"  {looks.again} times whoever made a film was told to ask again in a moment")
    print(f"  memory: steward {memory[0]:.0f} MB, web {memory[1]:.0f} MB")


def a_house_for_guests(folder: str) -> Path:
    """A home whose guests are told by a proxy on this machine."""
    home = Path(folder) / "home"
    home.mkdir()
    (home / "policy.toml").write_text('[door]\nguests = true\nproxies = ["127.0.0.1"]\n')
    return home


def address(n: int) -> str:
    """That of the n-th guest."""
    return f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}"


class Looks:
    """Those who only look: each again and again, `onlookers` of them."""

    def __init__(self, port: int, path: str, onlookers: int) -> None:
        self.port, self.path, self.onlookers = port, path, onlookers
        self.seen = self.late = self.again = 0
        self.over = asyncio.Event()
        self._took: list[float] = []

    def within(self, share: float) -> float:
        """Seconds within which so many of the looks were answered."""
        took = sorted(self._took)
        return took[min(len(took) - 1, int(share * len(took)))] if took else 0.0

    async def one(self, n: int) -> None:
        """The n-th of them."""
        client, between = Client(self.port), max(5.0, self.onlookers / 100)
        await asyncio.sleep(between * n / max(1, self.onlookers))
        accept = "application/json" if "as=json" in self.path else "text/html"
        while not self.over.is_set():
            watch = Watch()
            try:
                asked = client.ask("GET", self.path, X_Forwarded_For=address(n), Accept=accept)
                status, _ = await asyncio.wait_for(asked, 60)
                self.seen += status == 200
                self.late += status != 200
                self._took.append(watch.seconds)
            except (OSError, TimeoutError, asyncio.IncompleteReadError):
                self.late += 1
                await client.close()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.over.wait(), between)
        await client.close()


async def _day(server: Server, films: int, seconds: float, looks: Looks) -> int:
    async def ask(n: int) -> bool:
        await asyncio.sleep(seconds * n / films)
        client = Client(server.port)
        body = {
            "prompt": f"a bird and {n} stones at dusk",
            "size": [256, 256],
            "seconds": 4,
            "seed": n,
        }
        who = {"X_Forwarded_For": address(1_000_000 + n)}
        while (answer := await client.ask("POST", "/works", body, **who))[0] == 503:
            looks.again += 1
            await asyncio.sleep(PATIENCE)
        assert answer[0] == 202, answer[1]
        work = json.loads(answer[1])["id"]
        await client.close()
        while True:
            try:
                return bool(
                    await until_made(work, await client.events(f"/works/{work}/events", **who))
                )
            except OSError:
                looks.again += 1
                await asyncio.sleep(PATIENCE)

    looking = [asyncio.create_task(looks.one(n)) for n in range(looks.onlookers)]
    got = sum(await asyncio.gather(*(ask(n) for n in range(films))))
    looks.over.set()
    await asyncio.gather(*looking)
    return got
