"""Photographs every page into docs/pages/, in the hand and on a desk, light and dark: `python docs/make_pages.py`.

It fills a studio of its own with a dozen films and a few people, opens it on this machine alone, looks at each address
of `PAGES` in Chromium, and leaves nothing behind but the pictures. Name pages to look at these alone; `--home` keeps a
studio from one time to the next, `--out` puts the pictures elsewhere.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from uncaged.archive import house, memberships, openings, people, runs, works
from uncaged.archive.committing import Writer
from uncaged.archive.invitations import Wish
from uncaged.core.media import read_film, small_png
from uncaged.queue.policy import House
from uncaged.studio import joining, previews, reporting, stocking
from uncaged.studio.stock import Stock
from uncaged.studio.studio import Studio, open_studio
from uncaged.web.site import export

PLACE = Path(__file__).parent / "pages"

PAGES: tuple[tuple[str, str], ...] = (
    ("first", "/"),
    ("grow", "/grow/{twelve}/1"),
    ("films", "/films"),
    ("works", "/works"),
    ("works-trash", "/works?trash=1"),
    ("person", "/people/{person}"),
    ("line", "/line?still=1"),
    ("models", "/models"),
    ("verify", "/verify"),
    ("api", "/api"),
    ("about", "/about"),
    ("source", "/source"),
    ("work", "/works/{shown}"),
    ("work-wide", "/works/{wide}"),
    ("work-queued", "/works/{queued}?still=1"),
    ("work-making", "/works/{making}?still=1"),
    ("work-failed", "/works/{failed}?still=1"),
    ("run", "/runs/{queued_run}?still=1"),
    ("group", "/groups/{group}?still=1"),
    ("training", "/training"),
    ("enter", "/enter"),
    ("me", "/me"),
    ("me-leave", "/me/leave"),
    ("invitations", "/invitations"),
    ("join", "/join?invitation={invitation}"),
    ("collective", "/collectives/{collective}"),
    ("house", "/house"),
    ("report", "/reports/new?about={shown}"),
    ("reports", "/reports"),
    ("report-keeper", "/reports/1"),
    ("decisions", "/house/book"),
    ("blocks", "/blocks"),
    ("open", "/open?still=1"),
    ("error", "/works/w_nothinghere00"),
    ("site", "{site}/index.html"),
    ("site-film", "{site}/films/{shown}.html"),
)
"""What each picture shows. In braces: what `fill` made. Whatever is not there yet shows how that is said."""

FILMS: tuple[tuple[str, tuple[int, int], str | None], ...] = (
    ("two yellow birds over a blue hill at dusk", (512, 512), None),
    ("a boat on the sea at night under the moon", (512, 512), None),
    ("a dancer on a stone at sunset", (512, 512), "ana"),
    ("a person walking in a village in the rain", (640, 360), "ana"),
    ("three palms in the desert at noon", (640, 360), None),
    ("a fox in the snow at night", (512, 512), "tin"),
    ("a red fish under the sea", (512, 512), "tin"),
    ("a moon over a forest, ink on paper", (360, 640), None),
    ("a blue elephant in the jungle", (512, 512), "ana"),
    ("a vine growing in a garden", (512, 512), None),
    ("two birds over the sea", (640, 360), None),
    ("a cat in a room", (512, 512), None),
)
"""Words, size, and who shows it to everybody; the last ones are the owner's, and stay with them."""


@dataclass(frozen=True, slots=True)
class Seen:
    """How a page is looked at: pixels of the window, scheme, pixels of the picture that is kept."""

    name: str
    width: int
    scheme: str
    across: int


VIEWS = (
    Seen("360", 360, "light", 300),
    Seen("1440", 1440, "light", 720),
    Seen("dark", 1440, "dark", 480),
)
TALLEST, QUALITY = 1600, 28
"""Pixels down that are kept of a picture; how faithful a JPEG is: the whole folder is to stay below 3 MB."""

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking "
    "--disable-component-update --disable-sync --no-first-run"
).split()


def fill(studio: Studio) -> dict[str, str]:
    """A dozen films of three people, some of them shown, one being made, one failed, some in line; their ids."""
    names = _filled(studio)
    if names:
        return names
    # Before anybody waits in the line: what is drawn beforehand gives way to them.
    stocking.work(studio, threading.Event(), 200_000_000, only=24)
    now = studio.clock.now()
    hands = {
        name: studio.as_person(studio.commit(lambda c, n=name: people.add(c, "member", now, n)).id)
        for name in ("ana", "tin")
    }
    for n, (text, size, who) in enumerate(FILMS):
        hand = hands.get(who or "", studio)
        work = hand.make(text, seconds=2, size=size, fps=12, seed=1)
        if not n:  # one of the owner's own lies in the trash
            studio.commit(lambda c, w=work: works.throw_away(c, studio.person, w.id, now))
        if who:
            studio.commit(lambda c, w=work, h=hand: works.show(c, h.person, w.id, "everybody", now))
    group = studio.ask_all(["a heron in the reeds"] * 6, seconds=2)
    failing = studio.ask("a door that does not open", seconds=2)
    making = studio.ask("a red fish under the sea", seconds=6)
    queued = studio.ask("a train leaves\na hand waves\nthe platform is empty", seconds=6)
    _begin(studio, failing.run.id, making.run.id)
    _house(studio, _filled(studio)["wide"])
    return _filled(studio) | {"group": group.id, "queued": queued.run.work_id or ""}


def _begin(studio: Studio, failing: str, making: str) -> None:
    """One has failed, one is a good way on, as a steward would leave them in the archive."""
    now = studio.clock.now()

    def step(conn: Any) -> None:
        epoch = runs.raise_epoch(conn)
        runs.claim(conn, failing, epoch, now)
        runs.fail(conn, failing, 1, "There was not enough memory. Ask for a smaller size.", now)
        runs.claim(conn, making, epoch, now)
        runs.progressed(conn, making, 1, 90, 144)

    studio.commit(step)
    scratch = studio.settings.scratch / f"{making}-1"
    scratch.mkdir(parents=True)
    fish = next(w for w in studio.works(50) if "fish" in (w.row.score.text if w.row.score else ""))
    pixels = next(iter(read_film(fish.path)))
    previews.lay(scratch, small_png(pixels, 48))


def _house(studio: Studio, reported: str) -> None:
    """The house has a name, somebody has reported a film, and the door is open for an evening."""
    now, me = studio.clock.now(), studio.person

    def step(conn: Any) -> None:
        house.write(conn, "name", "north quay", me, now)
        house.write(
            conn, "about", "Four people and a machine in an attic above a harbour.", me, now
        )
        house.write(conn, "contact", "Ana Ferreira, 4 North Quay, attic@example.org", me, now)
        name = openings.new_opening_id()
        until, token = now + 3 * 3_600_000_000, "photograph" * 3
        openings.begin(conn, "https://north-quay.example", until, me, token, name, now)

    studio.commit(step)
    words = "The person under the umbrella is my sister, and nobody asked her."
    told = reporting.Told(reported, "somebody", words, "", "a mark", "a link")
    reporting.receive(studio, House(), told)


def _filled(studio: Studio) -> dict[str, str]:
    """The ids of what `fill` made before; nothing where it made nothing yet."""
    with studio.archive.read() as conn:
        rows = conn.exec_driver_sql(
            "SELECT runs.id, runs.state, runs.group_id, works.id, works.width, works.visibility, runs.person_id "
            "FROM runs JOIN works ON works.run_id = runs.id ORDER BY runs.asked"
        ).all()
    found: dict[str, str] = {}
    for run, state, group, work, width, seen, who in rows:
        found.setdefault("making" if state == "in_progress" else str(state), work)
        if group:
            found["group"] = group
        elif state == "queued":
            found |= {"queued": work, "queued_run": run}
        if seen == "everybody":
            found |= {"wide" if width == 640 else "shown": work, "person": who}
    return found


def now_there(studio: Studio, site: Path) -> dict[str, str]:
    """What is anew each time: an invitation, the site of files; and which twelve drawings there are."""
    shown = Stock(studio.settings.stock).today(datetime.now(UTC).date().isoformat())
    twelve = stocking.wanted(datetime.now(UTC))[0] if shown is None else shown.name
    with studio.archive.read() as conn:
        mine = [one.id for one in memberships.of(conn, studio.person)]
    collective = mine[0] if mine else _collective(studio)
    _, secret = joining.invite(studio, Wish(name="moss"))
    export.write(studio, site)
    more = {"collective": collective, "invitation": secret, "site": site.as_uri()}
    return {"twelve": twelve} | more


def _collective(studio: Studio) -> str:
    """A collective of the owner and of ana; its id."""
    now = studio.clock.now()

    def step(conn: Any) -> str:
        made = memberships.make(conn, "three at the quay", studio.person, now)
        memberships.join(conn, made.id, people.find(conn, "ana").id, now)
        return made.id

    return studio.commit(step)


@contextmanager
def opened(home: Path) -> Generator[str]:
    """The studio of this home, on this machine alone; its address."""
    with subprocess.Popen(
        [sys.executable, "-m", "uncaged", "web", "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"UNCAGED_HOME": str(home)},
    ) as web:
        try:
            assert web.stdout is not None
            said = re.search(r"http://[^\s/]+", web.stdout.readline())
            assert said is not None
            yield said[0]
        finally:
            web.terminate()


def photographs(
    base: str, names: Mapping[str, str], wanted: frozenset[str]
) -> Iterator[tuple[str, Image.Image, list[str]]]:
    """Each page in each view: its name, its picture, and what is wrong with it (it scrolls sideways, it complains)."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for view in VIEWS:
            size: Any = {"width": view.width, "height": 900}
            scheme: Any = view.scheme
            page: Any = browser.new_page(viewport=size, color_scheme=scheme)
            said: list[str] = []
            page.on("console", lambda m, s=said: s.append(m.text) if m.type == "error" else None)
            page.on("pageerror", lambda e, s=said: s.append(str(e)))
            for name, address in PAGES:
                if wanted and name not in wanted:
                    continue
                said.clear()
                where = address.format_map(names)
                where = where if where.startswith("file:") else base + where
                went = page.goto(where, wait_until="load", timeout=30_000)
                if base in where and went.status != (404 if name == "error" else 200):
                    said.append(f"status {went.status}")
                _see_all(page)
                data = page.screenshot(full_page=True, animations="disabled")
                wide = page.evaluate("document.documentElement.scrollWidth")
                wrong = [s for s in said if "status of 404" not in s]
                wrong += [f"{wide} pixels wide"] if wide > view.width else []
                yield f"{name}-{view.name}", kept(Image.open(BytesIO(data)), view), wrong
        browser.close()


def _see_all(page: Any) -> None:
    """Whatever comes only when it is looked at has come."""
    page.evaluate("document.querySelectorAll('img').forEach((one) => { one.loading = 'eager'; })")
    until = time.monotonic() + 60
    while not page.evaluate("[...document.images].every((one) => one.complete)"):
        assert time.monotonic() < until, page.url
        page.wait_for_timeout(50)
    page.evaluate(
        "Promise.all([...document.images].map((one) => one.decode().catch(() => null))).then(() => 0)"
    )
    page.wait_for_timeout(250)  # a film says for a moment that it looks for its poster


def kept(picture: Image.Image, view: Seen) -> Image.Image:
    """Small enough for a repository, large enough to be read."""
    high = round(picture.height * view.across / picture.width)
    small = picture.convert("RGB").resize((view.across, high), Image.Resampling.LANCZOS)
    return small.crop((0, 0, view.across, min(high, TALLEST)))


def main() -> None:
    """Fills, opens, photographs, tells what is wrong."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("pages", nargs="*", help="names of pages; all where none is named")
    asked.add_argument("--home", type=Path, help="a studio that is kept, filled where it is empty")
    asked.add_argument("--out", type=Path, default=PLACE, help="where the pictures go")
    said = asked.parse_args()
    said.out.mkdir(parents=True, exist_ok=True)
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        home = said.home or Path(folder) / "home"
        with open_studio(home) as studio:
            writer = Writer(studio.archive)
            try:
                filled = replace(studio, writer=writer)
                names = fill(filled) | now_there(filled, Path(folder) / "site")
            finally:
                writer.close()
        with opened(home) as base:
            for name, picture, wrong in photographs(base, names, frozenset(said.pages)):
                path = said.out / f"{name}.jpg"
                picture.save(path, quality=QUALITY, optimize=True, progressive=True)
                bad += bool(wrong)
                print(name, *picture.size, *wrong, flush=True)
    if bad:
        raise SystemExit(f"{bad} pictures show something that is wrong.")


if __name__ == "__main__":
    main()
