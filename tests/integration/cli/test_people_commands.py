"""People by command: invited, named, shown, taken along, gone."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from uncaged.cli.main import run


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> Any:
    """Runs a command in a home of its own: its exit code and what it printed."""
    monkeypatch.setenv("UNCAGED_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("UNCAGED_FSYNC", "false")

    def command(*words: str) -> tuple[int, str]:
        code = run(list(words))
        told = capsys.readouterr()
        return code, told.out + ("" if "--json" in words else told.err)

    return command


def test_an_invitation_is_printed_once_and_taken_back(say: Any) -> None:
    code, said = say("invite", "the new one", "--qr")
    assert code == 0 and "/join?invitation=" in said and "█" in said
    secret = said.partition("invitation=")[2].split()[0]
    listed = json.loads(say("invitations", "--json")[1])
    assert [(one["name"], one["kind"]) for one in listed] == [("the new one", "member")]
    assert secret not in json.dumps(listed) and "hash" not in listed[0]
    assert say("invitations", "revoke", listed[0]["id"])[0] == 0
    assert "taken back" in say("invitations")[1]
    assert say("invitations", "revoke", "n_aaaaaaaaaaaa")[0] == 2
    assert json.loads(say("invite", "--keeper", "--days", "1", "--json")[1])["kind"] == "keeper"


def test_names_are_one_each_and_change(say: Any) -> None:
    assert say("person", "add", "bea")[0] == 0
    assert say("person", "add", "BEA")[0] == 2
    assert say("person", "rename", "bea", "Beatrice")[0] == 0
    assert say("person", "about", "beatrice", "I draw.")[0] == 0
    shown = json.loads(say("person", "show", "beatrice", "--json")[1])
    assert (shown["name"], shown["about"], shown["password"]) == ("Beatrice", "I draw.", False)
    assert say("person", "about", "beatrice", "x" * 2001)[0] == 2
    assert json.loads(say("invite", "--again", "beatrice", "--json")[1])["person_id"] == shown["id"]


def test_a_collective_has_whoever_makes_it_as_its_first_member(say: Any) -> None:
    assert say("person", "add", "trio", "--class", "collective")[0] == 0
    owner = json.loads(say("person", "show", "--json")[1])
    assert json.loads(say("person", "show", "trio", "--json")[1])["members"] == [owner["id"]]
    assert say("invite", "--collective", "trio")[0] == 0
    assert say("invite", "--collective", "owner")[0] == 2
    code, said = say("invite", "--collective", "trio", "--again", "owner")
    assert code == 2 and "/join" not in said and "never both" in said


def test_somebody_s_things_go_along_and_they_leave(say: Any, tmp_path: Path) -> None:
    say("person", "add", "bea")
    file = tmp_path / "bea.zip"
    assert say("export", "--person", "bea", str(file))[0] == 0
    with zipfile.ZipFile(file) as packed:
        assert json.loads(packed.read("person.jsonl"))["name"] == "bea"
    assert say("export", "--person", "bea", str(file))[0] == 2, "nothing is overwritten"
    assert say("person", "leave", "bea", "--works", "stay", "--yes")[0] == 0
    assert say("person", "leave", "bea", "--works", "stay", "--yes")[0] == 2
    assert say("person", "leave", "owner", "--works", "delete", "--yes")[0] == 2
    assert "Nobody is signed in" in say("sessions")[1]
    assert say("sessions", "--end")[0] == 2
