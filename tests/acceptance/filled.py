"""A studio in which there is something of everything that a page can show; rows and small files, nothing performed."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import numpy as np
from housed import Housed
from PIL import Image

from uncaged.archive import (
    blocks,
    credits,
    house,
    logins,
    memberships,
    openings,
    rooms,
    runs,
    tagging,
    works,
)
from uncaged.archive.invitations import Wish
from uncaged.core.media import small_png
from uncaged.queue.policy import House
from uncaged.studio import (
    deciding,
    entering,
    joining,
    links,
    passwords,
    previews,
    reporting,
    stocking,
)
from uncaged.studio.deciding import Ruling
from uncaged.studio.reporting import Told
from uncaged.studio.stock import Stock
from uncaged.studio.twelve import set_of

GUEST, OTHER = "203.0.113.7", "203.0.113.8"
"""Addresses of two who have no login."""

PASSWORD = "four heavy paper boats"


def fill(here: Housed) -> dict[str, str]:
    """Fills it; ids, addresses and secrets by name."""
    for name, kind in (("owner", "owner"), ("ana", "member"), ("tin", "keeper")):
        here.add(name, kind)
    here.persons["guest"] = entering.by_address(here.studio, GUEST).person.id
    names = _films(here) | _line(here) | _people(here) | _stock(here)
    _reports(here, names)
    return names | _door(here)


def _films(here: Housed) -> dict[str, str]:
    """One for each who may see it."""
    made = {
        "shown": here.make("ana", "two birds\nthen the sea", "everybody"),
        "linked": here.make("ana", "a boat", "link"),
        "own": here.make("owner", "a fox in the snow"),
        "trashed": here.make("owner", "a door"),
        "hidden": here.make("ana", "a face in the jungle", "everybody"),
        "decided": here.make("ana", "a market", "everybody"),
        "guests": here.make("guest", "a vine growing"),
        "wild": here.make("ana", "<b>bold</b> \u202evil\u2066 🐦 " + "long" * 60, "everybody"),
    }
    now, ana = here.studio.clock.now(), here.persons["ana"]

    def step(conn: Any) -> None:
        works.throw_away(conn, here.studio.person, made["trashed"], now)
        tagging.change(conn, here.studio.person, made["own"], ["harbour", "draft"], [])
        credits.add(conn, made["shown"], ana, "Bo <b>", "light", now)
        credits.add(conn, made["shown"], ana, "tin", "voice", now)
        blocks.add(conn, "0" * 64, "It hurt somebody.", here.studio.person, now)

    here.studio.commit(step)
    made["guests_link"] = links.path(here.studio, made["guests"], "maker", 0)
    return made


def _line(here: Housed) -> dict[str, str]:
    """One of each state, and a group."""
    found = dict[str, str]()
    for name in ("making", "failed", "cancelled", "queued"):
        run = here.ask("owner", f"a train that is {name}")
        found |= {name: str(run.work_id), f"{name}_run": run.id}
    now = here.studio.clock.now()

    def step(conn: Any) -> None:
        epoch = runs.raise_epoch(conn)
        for name in ("making", "failed"):
            runs.claim(conn, found[f"{name}_run"], epoch, now)
        runs.progressed(conn, found["making_run"], 1, 90, 144)
        runs.fail(conn, found["failed_run"], 1, "There was not enough memory.", now)
        runs.cancel(conn, found["cancelled_run"], now, here.studio.person)

    here.studio.commit(step)
    scratch = here.studio.settings.scratch / f"{found['making_run']}-1"
    scratch.mkdir(parents=True)
    previews.lay(scratch, small_png(np.full((64, 64, 3), 120, np.uint8), 48))
    here.ask("guest", "a guest's film")
    return found | {"group": here.group("owner", [f"a heron {n}" for n in range(6)])}


def _people(here: Housed) -> dict[str, str]:
    """Logins, a collective, an invitation, a room, what the house says."""
    studio, now, me = here.studio, here.studio.clock.now(), here.studio.person
    ana, kept = here.persons["ana"], passwords.hash_of(PASSWORD)

    def step(conn: Any) -> dict[str, str]:
        for name in ("owner", "ana", "tin"):
            logins.set_password(conn, here.persons[name], kept, now)
        logins.add_passkey(conn, ana, ("a-passkey", b"key", 0), "telephone", now)
        collective = memberships.make(conn, "quay press", ana, now).id
        for name, text in (
            ("name", "north quay"),
            ("rules", "Be kind.\nShow nobody who did not agree."),
            ("about", "Four people and a machine in an attic above a harbour."),
            ("contact", "Moss, 4 North Quay\ndoor@north.example"),
            ("promise", "Nothing of yours leaves this house."),
        ):
            house.write(conn, name, text, me, now)
        return {"collective": collective, "room": rooms.make(conn, "the hall", 9, None, me, now)[1]}

    found = studio.commit(step)
    joining.ask_in(studio.as_person(ana), found["collective"], "tin")
    found["invitation"] = joining.invite(studio, Wish(name="Bea"))[1]
    found["over"] = joining.invite(studio, Wish(days=1e-9))[1]
    return found | {"ana": ana}


def _stock(here: Housed) -> dict[str, str]:
    """Today's twelve and their children, each the same grey picture."""
    stock = Stock(here.studio.settings.stock)
    name = set_of(datetime.now(UTC).date().isoformat())
    (stock.folder / "sets").mkdir(parents=True, exist_ok=True)
    stocking.plan(stock, name)
    grey = BytesIO()
    Image.new("RGB", (320, 320), (120, 120, 120)).save(grey, "JPEG")
    found = stock.find(name)
    assert found is not None
    for kin in found.kin:
        for drawn in (kin.first, *kin.children):
            stock.path(drawn.name, "jpg").write_bytes(grey.getvalue())
    return {"twelve": name}


def _reports(here: Housed, names: dict[str, str]) -> None:
    """One is open and has hidden its film, one is decided."""
    told = Told(names["hidden"], "me", "That is my face.", "me@x.example", "mark", "link")
    reporting.receive(here.studio, House(), told)
    other = replace(told, about=names["decided"], why="hurts", mark="other", link="another")
    report = reporting.receive(here.studio, House(), other).report
    ruling = Ruling("sentence", "It hurts nobody.", 1, "This is a drawing.")
    deciding.decide(here.studio, report.n, here.persons["tin"], ruling)


def _door(here: Housed) -> dict[str, str]:
    """It is open for three hours."""
    now, name, token = here.studio.clock.now(), openings.new_opening_id(), "wallwall"
    until = now + 3 * 3_600_000_000
    me = here.studio.person
    here.studio.commit(lambda c: openings.begin(c, None, until, me, token, name, now))
    return {"door": token}
