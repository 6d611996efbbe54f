"""The open door by a clock that a test moves: what is asked first, longer, closed, the line finished, begun again."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from uncaged.archive import keys, openings, runs
from uncaged.core.errors import AskedWrong
from uncaged.core.ids import new_id
from uncaged.core.score import ModelRef, Score, Shot
from uncaged.core.settings import Settings
from uncaged.studio import open_door
from uncaged.studio.open_door import Note, Terms
from uncaged.studio.studio import Studio, open_studio

HOUR = 3600.0
HERE = Terms(None, "0.0.0.0")


@pytest.fixture
def here(tmp_path: Path, clock: Any) -> Iterator[Studio]:
    """A studio by a clock of the test's own."""
    with open_studio(settings=Settings(home=tmp_path / "home", fsync=False), clock=clock) as opened:
        yield opened


def says(here: Studio, name: str, text: str) -> None:
    row = "INSERT INTO house_pages (name, text, since, who) VALUES (?, ?, ?, ?)"
    with here.archive.write() as conn:
        conn.exec_driver_sql(row, (name, text, here.clock.now(), here.person))


def ready(here: Studio) -> None:
    """Everything that a door asks for."""
    with here.archive.write() as conn:
        keys.make(conn, here.person, "own", ("read", "make", "manage"), here.clock.now())
    says(here, "rules", "Be kind.")
    says(here, "contact", "Moss\ndoor@north.example")


def ask(here: Studio) -> runs.Run:
    score = Score((Shot("a bird", 1.0),), ModelRef("echo"), (64, 64), 12.0, 7)
    asked = runs.Asked(new_id("run"), new_id("work"), here.person, score)
    return here.commit(lambda conn: runs.ask(conn, asked, here.clock.now()))


def missing(here: Studio, terms: Terms = HERE) -> dict[str, str]:
    return {one.asked: one.mend for one in open_door.examine(here, terms) if not one.holds}


def test_each_thing_that_is_missing_says_what_mends_it(here: Studio) -> None:
    lacks = missing(here)
    assert set(lacks) == {"an owner", "house rules, dated", "somebody to write to"}
    assert lacks["an owner"].startswith("uncaged key add")
    assert lacks["somebody to write to"].startswith("uncaged house set contact")
    ready(here)
    assert not missing(here)
    found = {one.asked: one.found for one in open_door.examine(here, HERE)}
    assert found["somebody to write to"] == "Moss · door@north.example"
    assert "films" in found["room on the disk"] and "20 films each" in str(found)
    says(here, "contact", "")  # taken back
    assert set(missing(here)) == {"somebody to write to"}


def test_a_line_without_guests_keeps_it_shut(here: Studio) -> None:
    ready(here)
    here.policy.write_text("[class.guest]\nwaiting = 0\n", encoding="utf-8")
    lacks = missing(here)
    assert list(lacks) == ["a rule for the line, with guests in it"]
    here.policy.write_text('[class.guest]\nwaiting = "none"\n', encoding="utf-8")
    assert not missing(here)


def test_a_full_disk_keeps_it_shut(here: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    ready(here)

    class Usage:
        free = 300_000_000

    monkeypatch.setattr("shutil.disk_usage", lambda _path: Usage)
    assert list(missing(here)) == ["room on the disk"]


@pytest.mark.parametrize(
    ("url", "proxies", "good_until", "holds"),
    [
        ("https://studio.example", "", None, False),  # by a proxy that nobody named
        ("https://studio.example", '"10.0.0.1"', None, True),
        ("https://studio.example", "", 1_900_000_000_000_000, True),
        ("http://studio.example", '"10.0.0.1"', None, False),
        ("http://192.168.1.20:8484", "", None, True),
        ("http://box.local:8484", "", None, True),
        ("http://8.8.8.8", "", None, False),
        (None, "", None, True),
    ],
)
def test_https_is_asked_for_where_strangers_are_between(
    here: Studio, url: str | None, proxies: str, good_until: int | None, holds: bool
) -> None:
    ready(here)
    here.policy.write_text(f"[door]\nproxies = [{proxies}]\n", encoding="utf-8")
    assert ("https" not in missing(here, Terms(url, "0.0.0.0", good_until))) is holds


@pytest.mark.parametrize(
    ("url", "good_until", "warned"),
    [
        ("https://studio.example", None, True),
        ("https://studio.example", 1_900_000_000_000_000, False),  # nobody stands between
        ("http://192.168.1.20:8484", None, False),
        (None, None, False),
    ],
)
def test_whoever_opens_by_a_proxy_is_told_of_its_log(
    here: Studio, url: str | None, good_until: int | None, warned: bool
) -> None:
    ready(here)
    here.policy.write_text('[door]\nproxies = ["10.0.0.1"]\n', encoding="utf-8")
    found = open_door.examine(here, Terms(url, "0.0.0.0", good_until))
    said = [one.found for one in found if one.asked == "what the proxy writes down"]
    assert all(one.holds for one in found) and bool(said) is warned
    assert not warned or ("address" in said[0] and "docs/opening.md" in said[0])


@pytest.mark.parametrize(
    "text",
    [
        "studio.example",
        "ftp://a",
        "https://",
        "https://a/b",
        "https://a?b",
        "https://u@a",
        "x" * 400,
        "https://a:port",
        "javascript:alert(1)",
        "http://[::1",
    ],
)
def test_what_is_no_public_address_is_said_to_be_none(text: str) -> None:
    with pytest.raises(AskedWrong, match="--public-url"):
        open_door.url_of(text)
    assert open_door.url_of(" https://Studio.example/ ") == "https://studio.example"
    assert open_door.url_of("http://[::1]:84") == "http://[::1]:84"


def test_from_the_first_press_to_the_last_film(here: Studio, clock: Any) -> None:
    opening = open_door.begin(here, HERE, HOUR)
    assert open_door.look(here, opening.id).phase == "open"
    run = ask(here)
    clock.sleep(HOUR / 2)
    assert open_door.look(here, opening.id).left == HOUR / 2
    assert open_door.longer(here).left(clock.now()) == HOUR / 2 + open_door.LONGER
    clock.sleep(HOUR)
    closing = open_door.look(here, opening.id)
    assert closing.phase == "closing" and closing.waiting and closing.opening.closed
    with here.archive.write() as conn:
        runs.cancel(conn, run.id, clock.now(), who=here.person)
    assert open_door.look(here, opening.id).phase == "done"
    done = open_door.finish(here, opening.id)
    assert done.finished and open_door.unfinished(here) is None
    with here.archive.read() as conn:
        ended = openings.doors(conn, clock.now())
        assert ended.on is None and len(ended.ended) == 1
        assert not openings.doors(conn, clock.now() + open_door.STAYS + 1).ended


def test_what_is_paused_or_of_another_lane_does_not_hold_it_open(here: Studio) -> None:
    opening, run = open_door.begin(here, HERE, HOUR), ask(here)
    open_door.close(here)
    assert open_door.look(here, opening.id).phase == "closing"
    with here.archive.write() as conn:
        conn.exec_driver_sql("UPDATE runs SET paused = 1 WHERE id = ?", (run.id,))
    assert open_door.look(here, opening.id).phase == "done"


def test_begun_again_it_has_the_same_clock_and_the_same_token(tmp_path: Path, clock: Any) -> None:
    settings = Settings(home=tmp_path / "home", fsync=False)
    with open_studio(settings=settings, clock=clock) as one:
        opening = open_door.begin(one, HERE, HOUR)
        token = open_door.token(one, opening.id)
    clock.sleep(60)
    with open_studio(settings=settings, clock=clock) as two:
        again = open_door.the_one(two)
        assert again == opening and open_door.token(two, again.id) == token
        with two.archive.read() as conn:
            assert openings.is_token(conn, again.id, token)
            assert not openings.is_token(conn, again.id, token[:-1])
        with pytest.raises(AskedWrong, match="not ended yet"):
            open_door.begin(two, HERE, HOUR)


def test_two_openings_have_two_tokens(here: Studio) -> None:
    tokens = set[str]()
    for _time in range(2):
        opening = open_door.begin(here, HERE, HOUR)
        tokens.add(open_door.token(here, opening.id))
        open_door.close(here)
        open_door.finish(here, opening.id)
    assert len(tokens) == 2 and all(len(token) == 8 for token in tokens)


def test_what_cannot_be(here: Studio) -> None:
    for seconds in (0, -1, 59, 400 * 86_400):
        with pytest.raises(AskedWrong):
            open_door.begin(here, HERE, seconds)
    for step in (open_door.longer, open_door.close):
        with pytest.raises(AskedWrong, match="not open"):
            step(here)
    open_door.begin(here, HERE, HOUR)
    assert open_door.close(here) == open_door.close(here)
    with pytest.raises(AskedWrong, match="closed already"):
        open_door.longer(here)


def test_a_note_that_is_torn_or_of_another_opening_says_nothing(here: Studio) -> None:
    opening = open_door.begin(here, HERE, HOUR)
    assert open_door.noted(here, opening.id) is None
    said = Note("uncaged open", open_door.examine(here, HERE), "http://10.0.0.9:1")
    open_door.note(here, opening, said)
    kept = open_door.noted(here, opening.id)
    assert kept is not None and kept.base == said.base and len(kept.found) == len(said.found)
    assert open_door.noted(here, new_id("opening")) is None
    for torn in ("", "{", "[]", '{"id": 1}', "\x00"):
        (here.settings.home / open_door.NOTE).write_text(torn, encoding="utf-8")
        assert open_door.noted(here, opening.id) is None


def test_numbers_name_nobody(here: Studio, clock: Any) -> None:
    ask(here)
    clock.sleep(1)
    opening = open_door.begin(here, HERE, HOUR)
    with here.archive.read() as conn:
        assert openings.inside(conn, opening.began).people == 0  # what was before does not count
    clock.sleep(1)
    ask(here)
    with here.archive.read() as conn:
        seen = openings.inside(conn, opening.began)
    assert (seen.people, seen.waiting, seen.first, seen.made) == (1, 1, 1, 0)
    assert seen.longest == clock.now()
