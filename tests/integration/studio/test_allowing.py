"""Which models the house lets somebody make with: refused at every door, and once more before it is performed."""

import json
import threading
from pathlib import Path
from typing import Any

import pytest

from uncaged.archive import models, people, runs
from uncaged.core.errors import AskedWrong, ModelNotAllowed
from uncaged.queue import following
from uncaged.studio import adding, allowing, learning, lessons, recognising, shelf, terms, together
from uncaged.studio.learning import Wish
from uncaged.studio.steward import Steward
from uncaged.studio.studio import Studio

TINY: dict[str, Any] = {"size": (64, 64), "seconds": 0.5, "fps": 8}


def says(studio: Studio, text: str) -> None:
    studio.policy.write_text(text)


def add(studio: Studio, twin: Path, **said: str) -> models.Shelved:
    (twin / "paper.json").write_text(json.dumps(said))
    return adding.add(studio, adding.offered(twin)).model


def member(studio: Studio, kind: Any = "member") -> Studio:
    with studio.archive.write() as conn:
        return studio.as_person(people.add(conn, kind, 5, f"a {kind}").id)


def test_a_refused_licence_is_for_nobody(studio: Studio, twin: Path) -> None:
    add(studio, twin, licence="Paper Licence", binds="For research use only.")
    terms.accept(studio, "my-paper")
    says(studio, '[licences]\nrefused = ["research only"]')
    for who in (studio, member(studio), studio.as_person("")):
        with pytest.raises(ModelNotAllowed) as told:
            who.ask("paper", model="MY-paper", **TINY)
        assert "Paper Licence" in told.value.message and "anybody" in told.value.message
        assert "[licences]" in told.value.hint
        assert set(shelf.players(who)) - set(shelf.offered(who)) == {"my-paper"}
        with pytest.raises(ModelNotAllowed):
            who.ask_all(["paper"], model="my-paper", **TINY)
        with pytest.raises(ModelNotAllowed):
            who.compare("paper", "echo,my-paper")
    assert studio.ask("bars", model="echo", **TINY)


def test_each_kind_of_people_has_a_list(studio: Studio, twin: Path) -> None:
    add(studio, twin, licence="MIT")
    says(
        studio,
        '[class.guest]\nonly_models = ["ink"]\n'
        '[class.member]\nonly_licences = ["MIT"]\nrefused_models = ["paper"]\n',
    )
    ana, guest = member(studio), studio.as_person("")
    assert set(shelf.offered(guest)) == {"ink"} and "my-paper" in shelf.offered(studio)
    assert "ink" not in shelf.offered(ana)
    with pytest.raises(ModelNotAllowed, match=r"not let guests make with echo.*class\.guest"):
        guest.ask("bars", model="echo", **TINY)
    with pytest.raises(ModelNotAllowed, match=r"AGPL-3\.0-or-later.*members.*only.*MIT"):
        ana.ask("bars", model="echo", **TINY)
    with pytest.raises(ModelNotAllowed, match="not let members make with my-paper"):
        ana.ask("bars", model="my-paper", **TINY)  # by its family
    assert studio.ask("bars", model="echo", **TINY)


def test_where_nothing_is_said_nothing_is_asked(studio: Studio) -> None:
    with studio.archive.read() as conn:
        house = allowing.house(conn, studio)
    assert not house.policy.restricts_models and allowing.refused(studio) == {}


def test_a_run_in_line_is_not_begun_when_its_model_is_refused_meanwhile(studio: Studio) -> None:
    waiting = studio.ask("bars", model="echo", **TINY)
    says(studio, '[class.owner]\nrefused_models = ["echo"]')
    steward = Steward(studio)
    try:
        state = steward.perform(waiting.run.id, lambda _: None, threading.Event())
    finally:
        steward.close()
    assert state == "failed"
    with studio.archive.read() as conn:
        run = runs.get(conn, waiting.run.id)
    assert "the owner make with echo" in (run.reason or "") and run.attempt == 1
    with pytest.raises(ModelNotAllowed):
        together.again(studio, run.id)
    says(studio, "")
    assert together.again(studio, run.id)


def test_adapters_are_asked_about_as_well(studio: Studio, cogvideox: Any, tmp_path: Path) -> None:
    adding.add(studio, adding.offered(cogvideox.model), "cog")
    found = recognising.found(
        cogvideox.adapter(tmp_path / "style.safetensors", license="CC-BY-NC-4.0")
    )
    assert found is not None
    adding.add(studio, recognising.offered(studio, found), "style")
    asked = {"size": (64, 64), "seconds": 0.1, "fps": 8, "model": "cog"}
    says(studio, '[class.owner]\nrefused_licences = ["non-commercial"]')
    assert "style" in allowing.refused(studio) and "cog" not in allowing.refused(studio)
    with pytest.raises(ModelNotAllowed, match="CC-BY-NC"):
        studio.ask("a sheet", options={"adapters": "style=0.5"}, **asked)
    says(studio, "")
    waiting = studio.ask("a sheet", options={"adapters": "style=0.5"}, **asked)
    says(studio, '[class.owner]\nrefused_models = ["style"]')
    with pytest.raises(ModelNotAllowed, match="style"):
        allowing.refuse_run(studio, waiting.run)


def test_nobody_trains_what_they_may_not_make_with(studio: Studio) -> None:
    says(studio, '[class.owner]\nrefused_models = ["echo"]')
    with pytest.raises(ModelNotAllowed):
        learning.ask(studio, Wish("echo"))


def learn(studio: Studio, run: runs.Run) -> runs.Run:
    steward = Steward(studio)
    try:
        steward.perform(run.id, lambda _: None, threading.Event())
    finally:
        steward.close()
    with studio.archive.read() as conn:
        return runs.get(conn, run.id)


def test_a_training_in_line_is_not_begun_when_it_is_refused_meanwhile(studio: Studio) -> None:
    """By its family, or by the model that it goes on from."""
    first = learn(studio, learning.ask(studio, Wish("echo", {"steps": 8}, "mine")))
    assert first.state == "completed"
    for said, on in (('refused_models = ["echo"]', ""), ('refused_models = ["mine"]', "mine")):
        says(studio, "")
        waiting = learning.ask(studio, Wish("echo", {"steps": 12}, on=on))
        says(studio, f"[class.owner]\n{said}")
        run = learn(studio, waiting)
        assert run.state == "failed" and "does not let the owner" in (run.reason or "")
        assert not lessons.folder(studio, waiting.id).exists(), "nothing was begun"
        with pytest.raises(ModelNotAllowed):
            learning.ask(studio, Wish("echo", {"steps": 12}, on=on))
    says(studio, '[class.guest]\nrefused_models = ["echo"]')
    assert learn(studio, learning.ask(studio, Wish("echo", {"steps": 8}))).state == "completed"


def test_a_policy_that_cannot_be_followed_changes_nothing(studio: Studio) -> None:
    says(studio, '[licences]\nonly = "Apache-2.0"')
    assert studio.ask("bars", model="echo", **TINY)
    with pytest.raises(AskedWrong, match=r"licences\.only"):
        following.read_now(studio.policy)
