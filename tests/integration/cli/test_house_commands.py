"""`uncaged house`, `report` and `block` as somebody types them."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from uncaged.archive import log, people, works
from uncaged.core import marks
from uncaged.core.canonical import sha256
from uncaged.core.pictures import as_png
from uncaged.queue.policy import House
from uncaged.studio import reporting
from uncaged.studio.reporting import Told
from uncaged.studio.studio import open_studio

Run = Callable[..., Any]
FILM = ("--seconds", "0.5", "--size", "64x64")
TINY = {"model": "echo", "size": (64, 64), "seconds": 0.5, "fps": 8.0}


def reported(owner: bool = False, **more: Any) -> str:
    """A film of somebody's that everybody sees and somebody has reported; its id. more: how it is made otherwise."""
    with open_studio() as studio:
        with studio.archive.write() as conn:
            whose = studio.person if owner else people.add(conn, "member", 1, "tin").id
        work = studio.as_person(whose).make("a head in the jungle", **TINY | more)
        with studio.archive.write() as conn:
            works.show(conn, whose, work.id, "everybody", studio.clock.now())
        told = Told(work.id, "me", "That is my face.", "", "from there", "a hash")
        reporting.receive(studio, House(), told)
        return work.id


def test_what_the_house_says(uncaged: Run, tmp_path: Path) -> None:
    code, _, err = uncaged("house")
    assert code == 2 and "no studio" in err
    (tmp_path / "rules.txt").write_text("1. Be kind.\n2. Say so.\n", encoding="utf-8")
    assert uncaged("house", "set", "rules", "rules.txt")[0] == 0
    code, out, _ = uncaged("house", "set", "contact", "Moss, Ferry Street 3", "--json")
    said = json.loads(out)
    assert code == 0 and said["contact"]["text"] == "Moss, Ferry Street 3"
    assert said["rules_in_force"] == ["Be kind.", "Say so."] and said["about"] is None
    code, out, _ = uncaged("house", "show")
    assert code == 0 and "Be kind." in out and "since" in out
    assert uncaged("house", "set", "rules", "missing.txt")[0] != 0
    assert uncaged("house", "set", "secrets", "x")[0] == 2
    (tmp_path / "none.txt").write_bytes(b"\xff\xfe\x00")
    assert uncaged("house", "set", "rules", "none.txt")[0] == 2


def test_a_report_is_decided(uncaged: Run) -> None:
    work = reported()
    code, out, _ = uncaged("report", "list")
    assert code == 0 and work in out and "hidden" in out and "it shows me" in out
    (row,) = json.loads(uncaged("report", "list", "--json")[1])
    assert row["n"] == 1 and row["why"] == "me" and "mark" not in row
    code, out, _ = uncaged("report", "show", "1")
    assert code == 0 and "That is my face." in out and "may decide" in out
    assert uncaged("report", "take", "1")[0] == 0
    code, _, err = uncaged("report", "decide", "1", "burn", "--reason", "x")
    assert code == 2 and "burn" in err
    code, _, err = uncaged("report", "decide", "1", "hide", "--reason", "x", "--rule", "77")
    assert code == 2 and "no rule 77" in err
    code, _, err = uncaged("report", "appeal", "1", "No.")
    assert code == 2 and "neither the film nor the report" in err
    code, out, _ = uncaged("report", "decide", "1", "show", "--reason", "A drawing.", "--json")
    told = json.loads(out)
    assert code == 0 and told["decisions"][0]["reasons"] == "A drawing." and told["hidden"] is None
    code, _, err = uncaged("report", "decide", "1", "hide", "--reason", "Other.")
    assert code == 2 and "decided already" in err
    assert uncaged("report", "list")[1].strip() == "Nothing is open."
    assert work in uncaged("report", "list", "--all")[1]
    assert uncaged("report", "show", "9")[0] == 2


def test_the_owner_answers_and_appeals_but_decides_nothing_of_their_own(uncaged: Run) -> None:
    work = reported(owner=True)
    code, _, err = uncaged("report", "decide", "1", "show", "--reason", "Mine.")
    assert code == 2 and "no other keeper" in err
    assert uncaged("report", "answer", "1", "I drew it.")[0] == 0
    assert uncaged("report", "appeal", "1", "Too early.")[0] == 2
    for command in (("take", work), ("view", work), ("position", work)):
        code, out, err = uncaged(*command)
        assert code == 2 and "hidden by the house" in err and out == ""
    code, out, _ = uncaged("info", work)
    assert code == 0 and "hidden by the house" in out


def test_files_are_blocked_by_bytes_and_pixels(uncaged: Run, tmp_path: Path) -> None:
    reported()
    Image.new("RGB", (8, 8), "teal").save(tmp_path / "face.png", compress_level=0)
    Image.new("RGB", (8, 8), "teal").save(tmp_path / "saved-anew.bmp")
    code, out, _ = uncaged("block", "add", "face.png", "--reason", "A face.", "--json")
    listed = {one["sha256"] for one in json.loads(out)}
    assert code == 0 and len(listed) == 2
    assert hashlib.sha256((tmp_path / "face.png").read_bytes()).hexdigest() in listed
    code, _, err = uncaged("make", "a bird", "--image", "saved-anew.bmp", "--seconds", "0.5")
    assert code == 2 and "A face." in err
    assert len(uncaged("block", "list")[1].splitlines()) == 2
    assert uncaged("block", "add", "nothing.png", "--reason", "x")[0] == 2
    assert uncaged("block", "remove", "face.png")[0] == 0
    assert uncaged("block", "remove", "face.png")[0] == 2
    assert json.loads(uncaged("block", "list", "--json")[1]) == []


def test_a_marked_picture_is_blocked_without_its_mark_too(uncaged: Run, tmp_path: Path) -> None:
    """By its file, by its work, and by the hash under which it is kept."""
    reported()
    face = Image.new("RGB", (8, 8), "teal")
    mark = marks.made_with("LTX-2")
    face.save(tmp_path / "marked.png", compress_level=0, pnginfo=marks.in_png(mark))
    face.save(tmp_path / "plain.png")
    pixels = np.asarray(face)
    plain, kept = (sha256(as_png(pixels, one)) for one in ("", mark))
    made = uncaged("make", "a bird", "--model", "ink", "--image", "marked.png", *FILM)
    assert made[0] == 0, made[2]
    own = hashlib.sha256((tmp_path / "marked.png").read_bytes()).hexdigest()
    for what, meant in (("marked.png", {own, plain, kept}), (kept, {plain, kept})):
        code, out, _ = uncaged("block", "add", what, "--reason", "A face.", "--json")
        assert code == 0 and {one["sha256"] for one in json.loads(out)} == meant
        for picture in ("plain.png", "marked.png"):
            code, _, err = uncaged("make", "a bird", "--image", picture, *FILM)
            assert code == 2 and "A face." in err, picture
        assert uncaged("block", "remove", what)[0] == 0
        assert json.loads(uncaged("block", "list", "--json")[1]) == []


def test_what_is_deleted_by_decision_keeps_its_marked_picture_out(
    uncaged: Run, tmp_path: Path
) -> None:
    face = Image.new("RGB", (8, 8), "teal")
    face.save(tmp_path / "marked.png", pnginfo=marks.in_png(marks.made_with("LTX-2")))
    face.save(tmp_path / "plain.png")
    reported(model="ink", pictures=[tmp_path / "marked.png"])
    assert uncaged("make", "a bird", "--image", "plain.png", *FILM)[0] == 0
    code, _, err = uncaged("report", "decide", "1", "delete", "--reason", "A face.")
    assert code == 0, err
    for picture in ("plain.png", "marked.png"):
        code, _, err = uncaged("make", "a bird", "--image", picture, *FILM)
        assert code == 2 and "(report 1)" in err, picture


def test_a_work_that_is_a_picture_is_blocked_by_its_pixels(uncaged: Run, tmp_path: Path) -> None:
    code, out, err = uncaged("make", "a red bird", "--picture", "--size", "64x64", "--json")
    assert code == 0, err
    work = json.loads(out)["id"]
    assert uncaged("take", work, "--as", "png", "-o", str(tmp_path / "took.png"))[0] == 0
    with Image.open(tmp_path / "took.png") as took:
        took.convert("RGB").save(tmp_path / "anew.bmp")
    assert uncaged("block", "add", work, "--reason", "That bird.")[0] == 0
    code, _, err = uncaged("make", "a bird", "--image", "anew.bmp", *FILM)
    assert code == 2 and "That bird." in err


def test_what_is_blocked_is_not_imported(uncaged: Run, tmp_path: Path) -> None:
    work = reported()
    assert uncaged("report", "decide", "1", "show", "--reason", "Fine.")[0] == 0
    assert uncaged("export", "out")[0] == 0
    with open_studio() as studio, studio.archive.read() as conn:
        found = works.get(conn, "", work).media
    home = tmp_path / "other"
    monkey = pytest.MonkeyPatch()
    with monkey.context() as patched:
        patched.setenv("UNCAGED_HOME", str(home))
        assert found is not None
        assert uncaged("make", "a bird", "--model", "echo", "--seconds", "0.5")[0] == 0
        assert uncaged("block", "add", found, "--reason", "Not here.")[0] == 0
        code, out, err = uncaged("import", "out")
        assert code == 0 and "1 work was left out by the block list (Not here.)" in out + err
        assert work not in uncaged("works")[1]
        assert not (home / "files" / found[:2] / found).exists()
        assert uncaged("block", "remove", found)[0] == 0
        assert "1 work came in" in "".join(map(str, uncaged("import", "out")))


def test_what_an_import_brought_hidden_is_given_back(uncaged: Run) -> None:
    with open_studio() as studio, studio.archive.write() as conn:
        whose = people.add(conn, "member", 1, "tin").id
    with open_studio() as studio:
        work = studio.as_person(whose).make("a head in the jungle", **TINY).id
        with studio.archive.write() as conn:
            works.show(conn, whose, work, "everybody", 5)
    assert uncaged("house", "give", work)[0] == 2
    code, _, err = uncaged("house", "give", work, "--reason", "import")
    assert code != 0 and "does not hide" in err
    with open_studio() as studio, studio.archive.write() as conn:
        works.hide(conn, work, 6, None, 31)  # of the studio that it was exported from
    code, _, err = uncaged("house", "give", work, "--reason", " ")
    assert code == 2 and "Say why" in err
    code, out, _ = uncaged("house", "give", work.upper(), "--reason", "import")
    assert code == 0 and work in out
    with open_studio(looking=True) as studio, studio.archive.read() as conn:
        last = log.entries(conn, about=work)[-1]
        assert (last.what, last.who) == ("given-again", studio.person)
        assert last.details == {"reason": "import"}
        assert works.get(conn, "", work).media is not None
    assert uncaged("house", "give", "w_aaaaaaaaaaaa", "--reason", "import")[0] == 2


def test_what_a_report_holds_is_not_given_back(uncaged: Run) -> None:
    work = reported()
    code, _, err = uncaged("house", "give", work, "--reason", "import")
    assert code != 0 and "Report 1 holds" in err
    assert uncaged("report", "decide", "1", "hide", "--reason", "A face.")[0] == 0
    code, _, err = uncaged("house", "give", work, "--reason", "import")
    assert code != 0 and "Report 1 holds" in err
