"""What an import says in other people's names: unseen, unagreed, under no name that is somebody's here."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from uncaged.archive import crate, credits, memberships, people, showing, works
from uncaged.core.errors import FileDamaged

STATE = "SELECT visibility, shown, training, hidden, sentence FROM works WHERE id = ?"


def bring(world: Any, source: Path) -> crate.Merged:
    return crate.import_studio(world.archive, world.store, source)


def change(folder: Path, table: str, how: Callable[[dict[str, Any]], Any]) -> None:
    """Changes the rows of a table, and the manifest with them, as somebody would who means it."""
    path = folder / f"{table}.jsonl"
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    for row in rows:
        how(row)
    content = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    path.write_bytes(content)
    made = json.loads((folder / "manifest.json").read_text())
    for part in made["parts"]:
        if part["path"] == path.name:
            part |= {"sha256": sha256(content).hexdigest(), "bytes": len(content)}
    (folder / "manifest.json").write_text(json.dumps(made))


@pytest.fixture
def brought(full: Any, tmp_path: Path) -> Any:
    """An export in which bea shows a film to everybody, for training, with credits and a sentence."""
    with full.archive.write() as conn:
        full.bea, full.cleo = (people.add(conn, "member", 1, name).id for name in ("bea", "cleo"))
        full.trio = memberships.make(conn, "trio", full.bea, 2).id
    full.hers = full.make("hers", person_id=full.bea).id
    with full.archive.write() as conn:
        for name in ("cleo", "Dora"):
            credits.add(conn, full.hers, full.bea, name, "voice", 3)
        credits.answer(conn, full.hers, full.cleo, 1, True, 4)
        works.show(conn, full.bea, full.hers, "everybody", 5)
        showing.allow_training(conn, full.bea, full.hers, True, 6)
        works.write(conn, full.hers, sentence="The house says: bea is a thief.")
        works.show(conn, full.me, full.child.id, "everybody", 7)
    full.folder = tmp_path / "export"
    crate.export_studio(full.archive, full.store, full.folder)
    return full


def come(world: Any, *named: tuple[str, str]) -> None:
    """People who are here already, whatever an export says of their ids."""
    with world.archive.write() as conn:
        for person, name in named:
            conn.exec_driver_sql(
                "INSERT INTO people (id, kind, name, created) VALUES (?, 'member', ?, 1)",
                (person, name),
            )


def test_nothing_is_said_in_the_name_of_who_is_here(brought: Any, make_world: Any) -> None:
    other = make_world("other")
    other.make("mine")
    with other.archive.write() as conn:
        dora = people.add(conn, "member", 1, "Dora").id
    come(other, (brought.bea, "bea"), (brought.cleo, "cleo"))
    done = bring(other, brought.folder)
    assert other.rows(STATE, brought.hers) == [("nobody", None, None, None, None)]
    assert other.rows(STATE, brought.child.id)[0][0] == "nobody", "the owner did not show it here"
    with other.archive.read() as conn:
        assert credits.of(conn, brought.hers) == ()
        asked = [credits.asked(conn, one) for one in (brought.cleo, dora)]
        assert [[line.work_id for line in one] for one in asked] == [[brought.hers]] * 2
        assert memberships.members(conn, brought.trio) == ()
    told = str(done)
    assert "3 works of people who were here already came in unseen and not for training" in told
    assert "2 credits of such people wait until they agree" in told
    assert "1 sentence of that house was left out" in told


def test_a_studio_of_ones_own_stays_whole_in_an_empty_home(brought: Any, make_world: Any) -> None:
    other = make_world("other")
    done = bring(other, brought.folder)
    shown = brought.rows(STATE, brought.hers)[0][1]
    assert other.rows(STATE, brought.hers) == [("everybody", shown, 1, None, None)]
    assert other.rows(STATE, brought.child.id) == brought.rows(STATE, brought.child.id)
    with other.archive.read() as conn:
        assert [one.name for one in credits.of(conn, brought.hers)] == ["cleo", "Dora"]
        assert [one.id for one in memberships.members(conn, brought.trio)] == [brought.bea]
    assert done.otherwise == ("1 sentence of that house was left out",)


def test_people_who_come_along_keep_theirs_beside_what_is_here(
    brought: Any, make_world: Any
) -> None:
    other = make_world("other")
    other.make("mine")
    bring(other, brought.folder)
    assert other.rows(STATE, brought.hers)[0][0] == "everybody"
    with other.archive.read() as conn:
        assert [one.name for one in credits.of(conn, brought.hers)] == ["cleo", "Dora"]


def test_what_is_hidden_stays_hidden_with_its_sentence(brought: Any, make_world: Any) -> None:
    other = make_world("other")
    come(other, (brought.bea, "bea"))
    change(brought.folder, "works", lambda row: row.update(hidden=9) if row["media"] else None)
    bring(other, brought.folder)
    said = "The house says: bea is a thief."
    assert other.rows(STATE, brought.hers) == [("nobody", None, None, 9, said)]


def test_nobody_comes_in_under_a_name_that_somebody_has(brought: Any, make_world: Any) -> None:
    other = make_world("other")
    with other.archive.write() as conn:
        mine = people.add(conn, "member", 1, "Bea").id
        people.add(conn, "member", 1, "bea (2)")
    names = {brought.cleo: "ＯＷＮＥＲ", brought.trio: "p_abcd"}
    change(brought.folder, "people", lambda row: row.update(name=names.get(row["id"], row["name"])))
    done = bring(other, brought.folder)
    with other.archive.read() as conn:
        assert people.get(conn, brought.bea).name == "bea (3)"
        assert people.get(conn, brought.cleo).name is None
        assert people.get(conn, brought.trio).name is None
        assert [one.id for one in people.named(conn, "bea")] == [mine]
        assert [one.id for one in people.named(conn, "owner")] == [other.me]
    told = str(done)
    assert "'bea' came in as 'bea (3)'" in told and "'ＯＷＮＥＲ' came in without a name" in told


def test_an_owner_of_another_studio_takes_no_name_here(brought: Any, make_world: Any) -> None:
    other = make_world("other")
    with other.archive.write() as conn:
        mine = people.add(conn, "member", 1, "Bea").id
    change(
        brought.folder,
        "people",
        lambda row: row.update(name={"owner": "bea"}.get(row["kind"], row["name"])),
    )
    bring(other, brought.folder)
    with other.archive.read() as conn:
        assert people.get(conn, brought.me).name is None
        assert [one.id for one in people.named(conn, "bea")] == [mine]


@pytest.mark.parametrize(
    "bad",
    [{"name": "n" * 201}, {"name": "\u202eowner"}, {"name": ""}, {"about": "a" * 2_001}],
)
def test_what_nobody_is_called_or_says_is_refused(
    brought: Any, make_world: Any, bad: dict[str, str]
) -> None:
    other = make_world("other")
    change(brought.folder, "people", lambda row: row.update(bad) if row["name"] == "bea" else None)
    before = other.everything()
    with pytest.raises(FileDamaged, match=f"people.{next(iter(bad))}"):
        bring(other, brought.folder)
    assert other.everything() == before
