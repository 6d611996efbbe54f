"""Tags, credits and collectives on their way to another studio: what is here already says otherwise, and stays."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from uncaged.archive import crate, credits, manifest, memberships, people, showing, tagging, works
from uncaged.core.errors import FileDamaged

STATE = "SELECT visibility, shown, training, claimed, trashed, hidden, sentence, links FROM works"


def export(world: Any, target: Path) -> crate.Exported:
    return crate.export_studio(world.archive, world.store, target)


def bring(world: Any, source: Path) -> crate.Merged:
    return crate.import_studio(world.archive, world.store, source)


def as_before(folder: Path) -> None:
    """The export as an earlier version wrote it: format 1, without the later tables."""
    made = json.loads((folder / "manifest.json").read_text())
    later = [manifest.table_path(name) for name in manifest.LATER]
    made |= {"format": 1, "parts": [one for one in made["parts"] if one["path"] not in later]}
    (folder / "manifest.json").write_text(json.dumps(made))
    for name in later:
        (folder / name).unlink()


def rewrite(folder: Path, table: str, change: dict[str, Any]) -> None:
    """Changes every row of a table, and the manifest with it, as somebody would who means it."""
    path = folder / f"{table}.jsonl"
    rows = [json.loads(line) | change for line in path.read_text().splitlines()]
    path.write_bytes(b"".join(json.dumps(row).encode() + b"\n" for row in rows))
    made = json.loads((folder / "manifest.json").read_text())
    for part in made["parts"]:
        if part["path"] == path.name:
            content = path.read_bytes()
            part |= {"sha256": sha256(content).hexdigest(), "bytes": len(content)}
    (folder / "manifest.json").write_text(json.dumps(made))


@pytest.fixture
def peopled(full: Any) -> Any:
    """The full studio with a collective of two and its work, tags and a credit roll on a shown work."""
    with full.archive.write() as conn:
        full.bea, full.cleo = (people.add(conn, "member", 1, name).id for name in ("bea", "cleo"))
        full.trio = memberships.make(conn, "trio", full.bea, 2).id
        memberships.join(conn, full.trio, full.cleo, 3)
        memberships.join(conn, full.trio, full.me, 4)
        memberships.leave(conn, full.trio, full.me, full.me, 5)
    full.theirs = full.make("of the trio", person_id=full.trio)
    with full.archive.write() as conn:
        tagging.change(conn, full.me, full.child.id, ("night", "river boat"), ())
        for name, role in (("bea", "voice"), ("Somebody", "dances"), ("owner", "edits")):
            credits.add(conn, full.child.id, full.me, name, role, 6)
        credits.answer(conn, full.child.id, full.bea, 1, True, 7)
        works.show(conn, full.me, full.child.id, "everybody", 8)
        showing.allow_training(conn, full.me, full.child.id, True, 9)
    return full


def roll(world: Any, work: str) -> list[tuple[Any, ...]]:
    with world.archive.read() as conn:
        return [(c.n, c.name, c.role, c.agreed) for c in credits.of(conn, work, every=True)]


def members(world: Any, collective: str) -> list[str]:
    with world.archive.read() as conn:
        return [one.id for one in memberships.members(conn, collective)]


def test_what_stands_beside_a_work_comes_with_it(
    peopled: Any, make_world: Any, tmp_path: Path
) -> None:
    other, child = make_world("other"), peopled.child.id
    export(peopled, tmp_path / "export")
    bring(other, tmp_path / "export")
    with other.archive.read() as conn:
        assert tagging.of(conn, child) == ("night", "river boat")
        assert [one.person_id for one in credits.of(conn, child)] == [peopled.bea, None, other.me]
    assert [one[:3] for one in roll(other, child)] == [
        (1, "bea", "voice"),
        (2, "Somebody", "dances"),
        (3, None, "edits"),
    ]
    assert roll(other, child)[0][3] == 7, "bea agreed, there as here"
    assert members(other, peopled.trio) == [peopled.bea, peopled.cleo]
    before = "SELECT until FROM memberships WHERE until IS NOT NULL"
    assert other.rows(before) == [(5,)], "who belonged to it once"
    (state,) = other.rows(f"{STATE} WHERE id = ?", child)
    assert [state] == peopled.rows(f"{STATE} WHERE id = ?", child)
    assert state[0] == "everybody" and state[2] == 1
    after = other.everything()
    bring(other, tmp_path / "export")
    assert {k: v for k, v in other.everything().items() if k != "log"} == {
        k: v for k, v in after.items() if k != "log"
    }, "twice is once"


def test_what_was_changed_here_stays_changed(peopled: Any, make_world: Any, tmp_path: Path) -> None:
    other, child = make_world("other"), peopled.child.id
    export(peopled, tmp_path / "export")
    bring(other, tmp_path / "export")
    with other.archive.write() as conn:
        tagging.change(conn, other.me, child, ("day",), ("night",))
        credits.remove(conn, child, other.me, 2, 20)
        memberships.leave(conn, peopled.trio, peopled.cleo, peopled.bea, 21)
    bring(other, tmp_path / "export")
    with other.archive.read() as conn:
        assert tagging.of(conn, child) == ("day", "river boat")
    assert [one[0] for one in roll(other, child)] == [1, 3]
    assert members(other, peopled.trio) == [peopled.bea]


def test_who_has_left_here_is_named_and_acts_by_no_import(
    peopled: Any, make_world: Any, tmp_path: Path
) -> None:
    other = make_world("other")
    with other.archive.write() as conn:
        conn.exec_driver_sql(
            "INSERT INTO people (id, kind, created, left) VALUES (?, 'member', 1, 2)",
            (peopled.bea,),
        )
    export(peopled, tmp_path / "export")
    bring(other, tmp_path / "export")
    assert [one[0] for one in roll(other, peopled.child.id)] == [2, 3]
    assert members(other, peopled.trio) == [peopled.cleo]


def test_an_export_of_an_earlier_version_comes_in_and_a_later_one_brings_members(
    peopled: Any, make_world: Any, tmp_path: Path
) -> None:
    other = make_world("other")
    export(peopled, tmp_path / "new")
    export(peopled, tmp_path / "old")
    as_before(tmp_path / "old")
    assert bring(other, tmp_path / "old").works == 3
    assert members(other, peopled.trio) == [] and roll(other, peopled.child.id) == []
    bring(other, tmp_path / "new")
    assert members(other, peopled.trio) == [peopled.bea, peopled.cleo]
    assert roll(other, peopled.child.id) == [], "a work that was here stays as it is"
    assert export(peopled, tmp_path / "old").works == 3, "an older export of ours is replaced"


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("tags", {"tag": ""}),
        ("tags", {"tag": "x" * 41}),
        ("tags", {"work_id": "../x"}),
        ("tags", {"tag": "a\u202eb"}),
        ("authors", {"role": "r" * 101}),
        ("authors", {"person_id": None, "name": None}),
        ("authors", {"person_id": None, "name": "n\u202e"}),
        ("authors", {"agreed": -1}),
        ("memberships", {"since": 2**62}),
        ("memberships", {"collective_id": "owner"}),
        ("works", {"training": 2}),
        ("works", {"shown": -5}),
    ],
)
def test_rows_that_no_studio_kept(
    peopled: Any, make_world: Any, tmp_path: Path, table: str, change: dict[str, Any]
) -> None:
    other = make_world("other")
    export(peopled, tmp_path / "export")
    rewrite(tmp_path / "export", table, change)
    before = other.everything()
    with pytest.raises(FileDamaged):
        bring(other, tmp_path / "export")
    assert other.everything() == before


def test_no_guest_and_no_person_acts_as_what_is_no_collective(
    peopled: Any, make_world: Any, tmp_path: Path
) -> None:
    other = make_world("other")
    export(peopled, tmp_path / "export")
    rewrite(tmp_path / "export", "memberships", {"collective_id": peopled.cleo})
    bring(other, tmp_path / "export")
    assert members(other, peopled.cleo) == [] and members(other, peopled.trio) == []
