"""The catalogue of kinds: as new as the files it was made of, and it changes nothing but when they are imported."""

from dataclasses import fields, replace

import pytest

from uncaged.engines.ink import catalogue
from uncaged.engines.ink.colour import PALETTES
from uncaged.engines.ink.display import Drawing, Manner
from uncaged.engines.ink.engine import Ink
from uncaged.engines.ink.kinds import TRAITS, Kind, imported, register
from uncaged.engines.ink.moment import Moment
from uncaged.engines.ink.numbers import Stream
from uncaged.engines.ink.paint import paint
from uncaged.engines.ink.settings import settings


def test_it_is_as_new_as_the_kinds() -> None:
    assert catalogue.read() is not None, "`make catalogue` writes it anew"


def test_it_knows_what_the_kinds_know() -> None:
    kept, found = catalogue.read(), imported()
    assert kept is not None and list(kept) == list(found)
    code = ("build", "colour")
    for name, kind in found.items():
        for field in fields(Kind):
            if field.name not in code:
                one, other = getattr(kept[name], field.name), getattr(kind, field.name)
                assert one == other, (name, field.name)
        assert (kept[name].colour is None) == (kind.colour is None)


def test_the_card_says_how_many_there_are() -> None:
    seen = sum(not kind.hidden for kind in imported().values())
    assert f" {seen} kinds of things and {len(settings())} settings" in Ink.card.training_data


def test_a_kind_of_the_catalogue_draws() -> None:
    kept = catalogue.read()
    assert kept is not None
    light = PALETTES["dawn"]
    colours = paint(Stream("p"), light, None, "plain", light.low, "bird")
    for kind in (kept["bird"], imported()["bird"]):
        drawing = Drawing("bird", Manner(light, light.ink))
        kind.build(Stream("b"), colours, "")(drawing, Moment(0.2))
        assert drawing.marks


def test_an_old_one_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "made_of", lambda: "something else")
    assert catalogue.read() is None
    monkeypatch.undo()
    monkeypatch.setattr(catalogue, "FILE", catalogue.FOLDER / "missing.json")
    assert catalogue.read() is None


def test_a_trait_is_one_of_the_list() -> None:
    bird = imported()["bird"]
    with pytest.raises(ValueError, match="feathered"):
        register(replace(bird, name="roc", traits=("feathered",)))
    assert "roc" not in imported()
    used = {trait for kind in imported().values() for trait in kind.traits}
    assert used == set(TRAITS)
