"""What is one's own, taken along: all of it, nobody else's words, and an account of what is damaged."""

import io
import json
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from uncaged.archive import groups, links, memberships, tagging, works
from uncaged.archive.files import Files, missing
from uncaged.studio import belongings

JSON = {"Accept": "application/json"}


def taken(client: Any) -> dict[str, bytes]:
    """The parts of the zip; each has the bytes that the manifest says."""
    with zipfile.ZipFile(io.BytesIO(client.get("/me/export").content)) as packed:
        assert packed.testzip() is None
        parts = {name: packed.read(name) for name in packed.namelist()}
    for part in json.loads(parts["manifest.json"])["parts"]:
        content = parts[part["path"]]
        assert (sha256(content).hexdigest(), len(content)) == (part["sha256"], part["bytes"])
    return parts


def lines(parts: dict[str, bytes], name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in parts[f"{name}.jsonl"].splitlines()]


def spoil(path: Path, how: str) -> None:
    path.unlink()
    match how:
        case "bytes":
            path.write_bytes(b"gone f1lm")
        case "half":
            path.write_bytes(b"gone")
        case "a folder":
            path.mkdir()
        case "a failing disk":  # it opens, and every read of its beginning fails
            path.symlink_to("/proc/self/mem")
        case _:
            pass


@pytest.mark.parametrize("how", ["bytes", "half", "missing", "a folder", "a failing disk"])
def test_a_damaged_film_is_named_with_the_reason_and_the_rest_comes(house: Any, how: str) -> None:
    bea = house.stay("bea")
    for n in range(3):
        house.make("bea", f"whole {n}", b"whole film %d" % n)
    ill = house.make("bea", "ill", b"gone film").work_id
    sha = sha256(b"gone film").hexdigest()
    spoil(house.studio.files.path(sha), how)
    parts = taken(bea)
    films = [name for name in parts if name.startswith("files/")]
    assert len(films) == 3 and not any(sha in name for name in films)
    (said,) = lines(parts, "damaged")
    assert (said["file"], said["works"]) == (sha, [ill])
    assert ("missing" in said["why"]) == (how == "missing")
    assert ("not those that were kept" in said["why"]) == (how in ("bytes", "half"))
    assert str(house.studio.settings.home) not in said["why"]
    assert json.loads(parts["manifest.json"])["damaged"] == [sha]
    assert ill in parts["works.jsonl"].decode(), "what is known of it comes along"


def test_a_film_that_breaks_off_on_its_way_breaks_nothing_else(
    house: Any, monkeypatch: Any
) -> None:
    bea = house.stay("bea")
    contents = [bytes([n]) * 2_500_000 for n in range(3)]
    made = [house.make("bea", f"film {n}", some) for n, some in enumerate(contents)]
    ill, whole, seen = sha256(contents[1]).hexdigest(), Files.chunks, list[str]()

    def chunks(self: Files, sha: str) -> Any:
        """The second time that it is read, the disk gives one piece of it."""
        seen.append(sha)
        for some in whole(self, sha):
            yield some
            if sha == ill and seen.count(sha) == 2:
                raise missing(sha) from OSError(5, "Input/output error")

    monkeypatch.setattr(Files, "chunks", chunks)
    parts = taken(bea)
    (said,) = lines(parts, "damaged")
    assert (said["file"], said["works"]) == (ill, [made[1].work_id])
    assert said["part"] == f"files/{ill}.mp4" and len(parts[said["part"]]) < 2_500_000
    for some in (contents[0], contents[2]):
        assert parts[f"files/{sha256(some).hexdigest()}.mp4"] == some


def test_a_row_that_cannot_be_read_stands_as_it_is(house: Any) -> None:
    bea = house.stay("bea")
    work = house.make("bea").work_id
    with house.studio.archive.write() as conn:
        conn.exec_driver_sql("DROP TRIGGER works_kept_are_frozen")  # as another program would
        conn.exec_driver_sql("UPDATE works SET position = '{half' WHERE id = ?", (work,))
    parts = taken(bea)
    (said,) = lines(parts, "damaged")
    assert (said["part"], said["row"]) == ("works.jsonl", work)
    assert lines(parts, "works")[0]["position"] == "{half"


def test_nothing_damaged_is_said_as_well(house: Any) -> None:
    bea = house.stay("bea")
    house.make("bea")
    assert taken(bea)["damaged.jsonl"] == b""


def reported(house: Any, work: str, words: str) -> int:
    guest = {"about": work, "why": "hurts", "words": words, "mail": "g@mail.example"}
    sent = house.come("guest").post("/reports", json=guest, headers=JSON | house.origin)
    assert sent.status_code == 201, sent.text
    return sent.json()["number"]


def test_all_that_is_theirs_and_no_word_of_anybody_else(house: Any) -> None:
    bea, cleo = house.stay("bea"), house.stay("cleo")
    work, person = house.make("bea").work_id, house.persons["bea"]
    theirs, now = house.make("cleo", film=b"cleo's").work_id, house.studio.clock.now()

    def step(conn: Any) -> str:
        tagging.change(conn, person, work, ("night",), ())
        works.show(conn, person, work, "everybody", now)
        works.show(conn, house.persons["cleo"], theirs, "everybody", now)
        links.change(conn, person, work, now)
        groups.add(conn, person, "grid", now)
        return memberships.make(conn, "trio", person, now).id

    trio = house.studio.commit(step)
    bea.post(f"/works/{work}/credits", data={"name": "Somebody", "role": "voice"})
    cleo.post(f"/works/{theirs}/credits", data={"name": "bea", "role": "dances"})
    mine = {"about": theirs, "why": "rule", "words": "this is not right"}
    own = bea.post("/reports", data=mine, headers=JSON).json()["number"]
    cleo.post(f"/reports/{own}/answer", data={"words": "an answer of cleo's"})
    n = reported(house, work, "a guest's own words")
    bea.post(f"/reports/{n}/answer", data={"words": "I drew it myself"})
    house.keeper("kettle")
    assert house.decide("kettle", "hide", n, reasons="It hurts, says the book.").status_code < 300
    bea.post(f"/reports/{n}/appeal", data={"words": "I ask for another look"})
    house.decide("kettle", "show", own, reasons="All is well.")
    parts = taken(bea)
    everything = b"\n".join(parts.values()).decode()
    assert [one["tag"] for one in lines(parts, "tags")] == ["night"]
    assert [one["name"] for one in lines(parts, "credits")] == ["Somebody"]
    assert [one["role"] for one in lines(parts, "named")] == ["dances"]
    assert [one["collective"] for one in lines(parts, "collectives")] == ["trio"]
    assert lines(parts, "links") == [{"id": work, "visibility": "everybody", "links": 1}]
    assert [one["kind"] for one in lines(parts, "groups")] == ["grid"]
    assert [one["words"] for one in lines(parts, "reports")] == ["this is not right"]
    assert [(one["n"], one["work_id"], one["why"]) for one in lines(parts, "reported")] == [
        (n, work, "hurts")
    ]
    assert [one["words"] for one in lines(parts, "answers")] == [
        "I drew it myself",
        "I ask for another look",
    ]
    assert [(one["work_id"], one["verdict"]) for one in lines(parts, "decisions")] == [
        (work, "hide"),
        (theirs, "show"),
    ]
    assert "It hurts, says the book." in everything and trio in everything
    assert {"collective-made", "tagged"} & {one["what"] for one in lines(parts, "log")}
    for others in ("a guest's own words", "g@mail.example", "an answer of cleo's", "decided_by"):
        assert others not in everything, others


def test_given_files_and_webhooks_go_without_secrets(house: Any) -> None:
    bea = house.stay("bea")
    person, now = house.persons["bea"], house.studio.clock.now()
    sha = house.studio.files.keep(b"a given picture")

    def step(conn: Any) -> None:
        from uncaged.archive import files, hooks, uploads

        files.note(conn, house.studio.files, sha, "image/png", now)
        uploads.add(conn, person, sha, "bird.png", "vision", now)
        hooks.add(conn, person, "mine", "https://mine.example/hook?key=x", ("video.failed",), now)

    house.studio.commit(step)
    parts = taken(bea)
    assert parts[f"files/{sha}.png"] == b"a given picture"
    assert [one["name"] for one in lines(parts, "given")] == ["bird.png"]
    (hook,) = lines(parts, "webhooks")
    assert (hook["name"], hook["events"]) == ("mine", ["video.failed"]) and "mine.example" in hook[
        "url"
    ]
    assert b"whsec_" not in b"".join(parts.values())
    may = {"name": "reader", "read": "1"}
    secret = bea.post("/me/keys", data=may, headers=JSON).json()["secret"]
    by_key = taken(house.come("nobody's", Authorization=f"Bearer {secret}"))
    assert "url" not in lines(by_key, "webhooks")[0]


def test_the_command_says_what_is_not_whole(house: Any, tmp_path: Path) -> None:
    from uncaged.studio import moving

    house.stay("bea")
    house.make("bea", film=b"gone film")
    told, whole = moving.export_person(house.studio, "bea", tmp_path / "a.zip")
    assert whole and "damaged" not in told
    house.studio.files.path(sha256(b"gone film").hexdigest()).write_bytes(b"other")
    told, whole = moving.export_person(house.studio, "bea", tmp_path / "b.zip")
    assert not whole and belongings.DAMAGED in told
