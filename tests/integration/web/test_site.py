"""The static site: every link leads somewhere in it and nowhere else, and nothing is in it that is not shown to all."""

import functools
import hashlib
import html.parser
import http.server
import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.etree import ElementTree as ET

import pytest

from uncaged.archive import credits, works
from uncaged.core.errors import ArchiveBusy, AskedWrong, DiskFull
from uncaged.studio import picturing
from uncaged.web.site import export, pages
from uncaged.web.site import shown as reading

HOSTILE = "<script>alert(1)</script> \"'&\u202eevil\u2066 🐦 \x00\x1b[31m"
LINKS = {
    "a": "href",
    "link": "href",
    "img": "src",
    "source": "src",
    "script": "src",
    "form": "action",
}


class Links(html.parser.HTMLParser):
    """Every address that a page names."""

    def __init__(self) -> None:
        super().__init__()
        self.found, self.tags = list[str](), set[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        named = dict(attrs)
        self.found += [named[k] or "" for k in (LINKS.get(tag), "poster") if k and k in named]
        assert "style" not in named and not any(name.startswith("on") for name in named)


@contextmanager
def plain_server(folder: Path) -> Iterator[str]:
    """A file server that knows nothing of us."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            return

    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/deep/"
        server.shutdown()


def crawl(start: str) -> dict[str, int]:
    """Follows every link from here; each address once. No page may name another host."""
    waiting, seen = [start], dict[str, int]()
    while waiting:
        at = waiting.pop()
        if at in seen:
            continue
        with urllib.request.urlopen(at, timeout=10) as answer:
            seen[at], kind, data = answer.status, answer.headers["Content-Type"], answer.read()
        found: list[str] = []
        if kind.startswith("text/html"):
            page = Links()
            page.feed(data.decode())
            assert "script" not in page.tags and "form" not in page.tags
            found = page.found
        elif at.endswith(".atom"):
            root = ET.fromstring(data)
            found = [e.get("href", "") for e in root.iter("{http://www.w3.org/2005/Atom}link")]
        for link in found:
            assert not urlsplit(link).scheme and not urlsplit(link).netloc, link
            assert not link.startswith("/"), link
            waiting.append(urldefrag(urljoin(at, link))[0])
    return seen


def show(house: Any, work: str, to: Any = "everybody", who: str = "owner") -> None:
    now = house.studio.clock.now()
    house.studio.commit(lambda c: works.show(c, house.persons[who], work, to, now))
    with house.studio.archive.read() as conn:
        sha = works.get(conn, house.persons[who], work).media
    for (
        what
    ) in picturing.WAYS:  # as if somebody had looked before: nobody has to decode these films
        picture = house.studio.files.derived(sha, f"{what}.jpg")
        picture.parent.mkdir(parents=True, exist_ok=True)
        picture.write_bytes(f"{what} of {sha}".encode())


def films(house: Any, count: int, who: str = "owner") -> list[str]:
    made = [
        house.make(who, f"bird {n}", f"film {n} of {who}".encode()).work_id for n in range(count)
    ]
    for work in made:
        show(house, work, who=who)
    return made


def files(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


@pytest.fixture
def full(house: Any) -> Any:
    """Films of three people, some shown, some not; words that would steer a page."""
    house.mine, house.theirs = films(house, 3), films(house, 1, "member")
    house.guests = films(house, 1, "guest")
    house.hostile = house.make("owner", HOSTILE, b"hostile").work_id
    show(house, house.hostile)
    house.secret = house.make("owner", "a secret bird", b"secret").work_id
    linked = house.make("owner", "a linked bird", b"linked").work_id
    show(house, linked, "link")
    hidden = house.make("owner", "a hidden bird", b"hidden").work_id
    gone = house.make("owner", "a thrown bird", b"thrown").work_id
    now, me = house.studio.clock.now(), house.studio.person
    for work in (hidden, gone):
        show(house, work)
    house.studio.commit(lambda c: works.hide(c, hidden, now, None, 1))
    house.studio.commit(lambda c: works.throw_away(c, me, gone, now))
    row = "INSERT INTO house_pages (name, text, since, who) VALUES (?, ?, ?, ?)"
    for name, text in (("rules", "Be kind.\n<b>Say so.</b>"), ("name", "north <quay>")):
        house.studio.commit(lambda c, n=name, t=text: c.exec_driver_sql(row, (n, t, now, me)))
    return house


def test_a_plain_file_server_serves_every_link(full: Any, tmp_path: Path) -> None:
    written = export.write(full.studio, tmp_path / "root" / "deep")
    assert (written.films, written.people, written.left_out) == (6, 3, ())
    with plain_server(tmp_path / "root") as start:
        seen = crawl(start + "index.html")
    assert set(seen.values()) == {200}
    reached = {urlsplit(at).path.removeprefix("/deep/") for at in seen}
    assert reached == set(files(written.folder)) - {"README.txt"}


def test_nothing_is_in_it_that_is_not_shown_to_everybody(full: Any, tmp_path: Path) -> None:
    there = files(export.write(full.studio, tmp_path / "site").folder)
    everything = b"\n".join(there.values()) + "\n".join(there).encode()
    for word in (b"secret", b"linked bird", b"hidden bird", b"thrown bird", full.secret.encode()):
        assert word not in everything
    for path in (full.studio.settings.home, tmp_path):
        assert str(path).encode() not in everything
    assert b"a guest" in there[f"films/{full.guests[0]}.html"]
    assert b"ana" in there[f"films/{full.theirs[0]}.html"]


def test_who_is_named_and_agreed_stands_beside_the_maker(full: Any, tmp_path: Path) -> None:
    work, now, me = full.mine[0], full.studio.clock.now(), full.studio.person

    def name(conn: Any) -> None:
        credits.add(conn, work, me, "Bo <b>", "light", now)
        credits.add(conn, work, me, "ana", "voice", now)  # she is here, and has not agreed

    full.studio.commit(name)
    folder = export.write(full.studio, tmp_path / "site").folder
    page = (folder / f"films/{work}.html").read_text(encoding="utf-8")
    assert "Bo &lt;b&gt;" in page and "light" in page and "voice" not in page
    ana = full.persons["member"]
    roll = full.studio.commit(lambda c: credits.of(c, work, every=True))
    full.studio.commit(lambda c: credits.answer(c, work, ana, roll[1].n, True, now))
    folder = export.write(full.studio, tmp_path / "site").folder
    page = (folder / f"films/{work}.html").read_text(encoding="utf-8")
    assert f"../people/{ana}.html" in page and "voice" in page


def test_words_that_would_steer_a_page_do_not(full: Any, tmp_path: Path) -> None:
    there = files(export.write(full.studio, tmp_path / "site").folder)
    for name, data in there.items():
        if name.endswith(".html"):
            assert b"<script" not in data and b"<b>" not in data and b"<quay>" not in data, name
            assert "\u202e" not in data.decode() and "\x1b" not in data.decode(), name
    assert "🐦" in there[f"films/{full.hostile}.html"].decode()


def test_twice_it_is_the_same_to_the_byte(full: Any, tmp_path: Path) -> None:
    one, two = (export.write(full.studio, tmp_path / name).folder for name in ("one", "two"))
    assert files(one) == files(two)
    manifest = json.loads((one / "manifest.json").read_bytes())
    there = files(one)
    assert {f["path"] for f in manifest["files"]} | {"manifest.json"} == set(there)
    for part in manifest["files"]:
        assert hashlib.sha256(there[part["path"]]).hexdigest() == part["sha256"]
        assert len(there[part["path"]]) == part["bytes"]


def test_an_earlier_site_is_replaced_and_nothing_else(full: Any, tmp_path: Path) -> None:
    site = tmp_path / "site"
    export.write(full.studio, site)
    full.studio.delete(full.studio.work(full.mine[0]))
    assert export.write(full.studio, site).films == 5
    assert not (site / f"films/{full.mine[0]}.mp4").exists()
    before = files(site)
    (site / "CNAME").write_text("north.example")
    with pytest.raises(AskedWrong, match="CNAME"):
        export.write(full.studio, site)
    assert files(site) == before | {"CNAME": b"north.example"}
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".site")]


@pytest.mark.parametrize("content", [{"a.txt": "mine"}, {"manifest.json": "{}"}, {"x/y": "z"}])
def test_a_foreign_folder_is_left_alone(
    house: Any, tmp_path: Path, content: dict[str, str]
) -> None:
    for name, text in content.items():
        place = tmp_path / "site" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    before = files(tmp_path / "site")
    with pytest.raises(AskedWrong, match="left as it is"):
        export.write(house.studio, tmp_path / "site")
    assert files(tmp_path / "site") == before


def test_whatever_its_manifest_says_only_a_site_s_own_names_are_replaced(
    full: Any, tmp_path: Path
) -> None:
    site = export.write(full.studio, tmp_path / "site").folder
    for name in ("thesis.txt", "films/holiday.mp4", "../site/x", "films/w_aaaaaaaaaaaa.html/y"):
        said = json.loads((site / "manifest.json").read_text())
        said["files"].append({"path": name, "sha256": "0" * 64, "bytes": 1})
        (site / "manifest.json").write_text(json.dumps(said))
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text("mine")
        with pytest.raises(AskedWrong, match="left as it is"):
            export.write(full.studio, site)
        assert (site / name).read_text() == "mine"
        (site / name).unlink()
    (site / "films/w_aaaaaaaaaaaa.html").rmdir()
    assert export.write(full.studio, site).films == 6, "without them it is a site of ours again"


@pytest.mark.parametrize("what", ["a link to a folder", "a broken link", "an empty folder"])
@pytest.mark.parametrize("earlier", [False, True])
def test_links_and_empty_folders_are_somebody_s_too(
    full: Any, tmp_path: Path, what: str, earlier: bool
) -> None:
    site, there = tmp_path / "site", tmp_path / "site" / "mine"
    if earlier:
        export.write(full.studio, site)
    site.mkdir(exist_ok=True)
    match what:
        case "a link to a folder":
            there.symlink_to(tmp_path)
        case "a broken link":
            there.symlink_to(tmp_path / "nowhere")
        case _:
            there.mkdir()
    with pytest.raises(AskedWrong, match=r"\(mine\)"):
        export.write(full.studio, site)
    assert there.is_symlink() or there.is_dir()


def test_no_site_lies_inside_the_studio_but_where_the_open_door_leaves_its(
    house: Any, tmp_path: Path
) -> None:
    home = house.studio.settings.home
    (tmp_path / "way").symlink_to(home)
    before = files(home)
    for place in (
        home / "deep",
        home / "files" / "site",
        home / "site" / "deep",
        tmp_path / "way" / "x",
    ):
        with pytest.raises(AskedWrong, match="own folder"):
            export.write(house.studio, place)
    assert files(home) == before
    assert (export.write(house.studio, home / "site").folder / "index.html").is_file()


@pytest.mark.parametrize("files_", [7, [3], [{}], [[]]])
def test_a_manifest_of_something_else_names_nothing(
    house: Any, tmp_path: Path, files_: object
) -> None:
    said = {"what": "a static site of Uncaged", "files": files_}
    (tmp_path / "manifest.json").write_text(json.dumps(said))
    with pytest.raises(AskedWrong, match="left as it is"):
        export.write(house.studio, tmp_path)


def test_a_file_or_a_link_is_no_folder(house: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path)
    for name in ("file", "link"):
        with pytest.raises(AskedWrong, match="no folder"):
            export.write(house.studio, tmp_path / name)


def test_its_own_words_are_in_the_language_that_was_asked_for(full: Any, tmp_path: Path) -> None:
    export.write(full.studio, tmp_path / "fr", code="fr")
    page = (tmp_path / "fr" / "house.html").read_text(encoding="utf-8")
    assert '<html lang="fr" dir="ltr">' in page and "règles" in page and "whom to write" not in page
    spoken = replace(
        full.studio, settings=full.studio.settings.model_copy(update={"language": "fr_FR.UTF-8"})
    )
    export.write(spoken, tmp_path / "as set")
    assert files(tmp_path / "as set") == files(tmp_path / "fr")
    with pytest.raises(AskedWrong, match="not translated into 'xx'"):
        export.write(full.studio, tmp_path / "xx", code="xx")
    assert not (tmp_path / "xx").exists()


def test_an_empty_studio_has_a_site_too(house: Any, tmp_path: Path) -> None:
    written = export.write(house.studio, tmp_path / "new" / "deep")
    assert "Nobody has shown a film here." in (written.folder / "index.html").read_text()
    with plain_server(tmp_path / "new") as start:
        assert set(crawl(start + "index.html").values()) == {200}


def test_a_damaged_film_is_left_out_and_said(full: Any, tmp_path: Path) -> None:
    with full.studio.archive.read() as conn:
        sha = works.get(conn, full.studio.person, full.mine[1]).media
    full.studio.files.path(sha).chmod(0o644)
    full.studio.files.path(sha).write_bytes(b"other")
    written = export.write(full.studio, tmp_path / "root" / "deep")
    assert written.left_out == (full.mine[1],) and written.films == 5
    with plain_server(tmp_path / "root") as start:
        crawl(start + "index.html")


def test_many_films_have_several_pages(
    house: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "ON_A_PAGE", 3)
    monkeypatch.setattr(reading, "BATCH", 2)
    made = films(house, 7)
    written = export.write(house.studio, tmp_path / "root" / "deep")
    assert (written.folder / "index-3.html").is_file()
    first = (written.folder / "index.html").read_text()
    assert made[-1] in first and made[0] not in first  # the newest first
    with plain_server(tmp_path / "root") as start:
        seen = crawl(start + "index.html")
    assert sum(at.endswith(".mp4") for at in seen) == 7


def test_what_is_taken_away_meanwhile_is_not_in_it(
    house: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = films(house, 2)
    filled, times = export._fill, []

    def fill(studio: Any, *rest: Any) -> Any:
        done = filled(studio, *rest)
        if not times:
            show(house, made[0], "nobody")
        times.append(1)
        return done

    monkeypatch.setattr(export, "_fill", fill)
    written = export.write(house.studio, tmp_path / "site")
    assert written.films == 1 and len(times) == 2
    assert not (tmp_path / "site" / f"films/{made[0]}.mp4").exists()
    monkeypatch.setattr(reading, "still_shown", lambda *_: False)
    before = files(tmp_path / "site")
    with pytest.raises(ArchiveBusy):
        export.write(house.studio, tmp_path / "site")
    assert files(tmp_path / "site") == before


def test_a_full_disk_leaves_what_was_there(house: Any, small_disk: Path) -> None:
    work = house.make("owner", "small", b"small").work_id
    show(house, work)
    site = small_disk / "site"
    export.write(house.studio, site)
    before = files(site)
    large = house.make("owner", "large", b"x" * 2_000_000).work_id
    show(house, large)
    with pytest.raises(DiskFull, match="no room"):
        export.write(house.studio, site)
    assert files(site) == before
    assert [path.name for path in small_disk.iterdir()] == ["site"]
