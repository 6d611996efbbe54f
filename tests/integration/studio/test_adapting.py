"""Adapters made elsewhere: on the shelf, in a score, in a work and its children; what is wrong is told at the door."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from uncaged.archive import crate, lineage, models
from uncaged.core.errors import (
    AskedWrong,
    NotFound,
    RunFailed,
    TermsNotAccepted,
    UncagedError,
    WeightsBroken,
    WeightsMissing,
)
from uncaged.core.settings import Settings
from uncaged.engines.asking import Request
from uncaged.studio import adding, growing, making, recognising, shelf, terms
from uncaged.studio.studio import Studio, open_studio

TINY: dict[str, Any] = {"size": (64, 64), "seconds": 0.02, "seed": 1}
STEPS: dict[str, Any] = {"steps": 1}
BOUND = {"terms": "Their <Licence>", "binds": "No printing of money."}


def put(studio: Studio, place: Path, name: str = "", on: str = "") -> models.Shelved:
    found = recognising.found(place)
    assert found is not None
    wanted = recognising.offered(studio, found, on)
    return adding.add(studio, wanted, name).model


def put_model(studio: Studio, folder: Path, name: str, **card: str) -> models.Shelved:
    wanted = adding.offered(folder)
    return adding.add(studio, replace(wanted, card={**wanted.card, **card}), name).model


@pytest.fixture
def cog(studio: Studio, cogvideox: Any) -> models.Shelved:
    return put_model(studio, cogvideox.model, "cog")


def score(studio: Studio, said: Any, **more: Any) -> Any:
    """As it would stand in line."""
    options = {**STEPS, "adapters": said}
    return making.prepare(
        studio, Request("a bird", options=options, **{**TINY, **more}), "cog"
    ).score


def test_from_a_file_to_a_kept_work_and_its_children(
    studio: Studio, cog: models.Shelved, cogvideox: Any, tmp_path: Path
) -> None:
    style = put(studio, cogvideox.adapter(tmp_path / "my style.safetensors", 1, author="Ada"))
    other = put(
        studio, cogvideox.adapter(tmp_path / "other" / "pytorch_lora_weights.safetensors", 2)
    )
    assert (style.name, other.name, style.engine) == ("my-style", "other", "cogvideox")
    assert style.card["summary"] == "An adapter for cogvideox: LoRA of rank 2, 4 layers."
    assert (style.card["origin"], style.card["parent"]) == ("Ada", "cog") and style.is_adapter
    assert "my-style" not in shelf.players(studio)
    chosen = {"my-style": 0.8, "OTHER": -0.5}
    work = studio.make("a bird", model="cog", options=STEPS, adapters=chosen, **TINY)
    exact = f"my-style@{style.hash}=0.8 other@{other.hash}=-0.5"
    assert work.score.options["adapters"] == exact == (work.run.recipe or {})["adapters"]
    with studio.archive.read() as conn:
        used = {edge.target for edge in lineage.edges_of(conn, work.id) if edge.relation == "used"}
    assert {cog.id, style.id, other.id} <= used
    again = Request("a bird", options=work.score.options, **TINY)
    assert making.prepare(studio, again, "cog").score == work.score
    asked = growing.requests(
        studio, growing.parents_of(studio, [work.id]), growing.Growing("vary", 1.0, 3, 1)
    )[1][0]
    assert asked.options["adapters"] == f"my-style@{style.hash} other@{other.hash}"
    child = making.prepare(studio, replace(asked, options={**asked.options, **STEPS}), "cog").score
    assert child is not None and child.options["adapters"] == asked.options["adapters"]
    genes = dict((child.position or {})["genes"])
    assert genes["adapter my-style"] not in (0.8, 1.0) and genes["adapter other"] != -0.5
    kept = studio.make("", model="cog", options=child.options, position=child.position, **TINY)
    said = f"my-style@{style.hash}={genes['adapter my-style']!r}"
    assert said in (kept.run.recipe or {})["adapters"] and kept.row.media != work.row.media


def test_every_wrong_choice_is_told_at_the_door(
    studio: Studio, cog: models.Shelved, cogvideox: Any, paper: Any, tmp_path: Path
) -> None:
    style = put(studio, cogvideox.adapter(tmp_path / "my-style.safetensors"))
    for said, words in (
        ("my-stile=1", r"no adapter called my-stile.*my-style"),
        ("cog=1", r"cog is a model, and no adapter"),
        (f"gone@{'a' * 64}=1", "not on the shelf any more"),
        ("my-style:other=1", r"no network called other.*transformer"),
        ("my-style=1 MY-STYLE=2", "named twice"),
        ("my-style=nan", "finite number"),
        ({"my-style": "much"}, "must be a number"),
    ):
        with pytest.raises(UncagedError) as told:
            score(studio, said)
        assert re.search(words, f"{told.value.message} {told.value.hint}"), told.value
    with pytest.raises(
        AskedWrong, match=r"my-style is an adapter.* --model cog --adapter my-style=1"
    ):
        studio.ask("a bird", model="my-style")
    with pytest.raises(AskedWrong, match="ink has no option called 'adapters'"):
        studio.ask("a bird", model="ink", adapters={"my-style": 1})
    assert score(studio, "my-style").options["adapters"] == f"my-style@{style.hash}=1"
    assert (
        score(studio, f"anything@{style.hash}=2").options["adapters"] == f"my-style@{style.hash}=2"
    )
    assert score(studio, "").options["adapters"] == ""
    assert score(studio, "my-style=1e300").options["adapters"].endswith("=1e+300")
    (tmp_path / "my-style.safetensors").rename(tmp_path / "moved.safetensors")
    with pytest.raises(WeightsMissing, match="not where they lay"):
        score(studio, "my-style=1")
    moved = recognising.found(tmp_path / "moved.safetensors")
    assert moved is not None and adding.add(studio, recognising.offered(studio, moved)).moved
    assert score(studio, "my-style=1")


@pytest.mark.parametrize(
    ("what", "error", "words"),
    [
        ("strange", AskedWrong, "another family than cog: none of its 4 layers"),
        ("partly", AskedWrong, "only in part: 1 of its 5 layers have no place there, such as x"),
        ("wide", AskedWrong, "another width than cog"),
        ("nan", WeightsBroken, "holds something that is no number"),
        ("cut", WeightsBroken, "no whole safetensors file"),
        ("pickle", WeightsBroken, "is a pickle"),
        ("empty", AskedWrong, "fits nothing"),
    ],
)
def test_every_wrong_file_is_told_before_it_is_added(
    studio: Studio,
    cog: models.Shelved,
    cogvideox: Any,
    tmp_path: Path,
    what: str,
    error: Any,
    words: str,
) -> None:
    place = cogvideox.adapter(tmp_path / "a.safetensors")
    arrays = load_file(place)
    first = next(iter(sorted(arrays)))
    if what == "strange":
        cogvideox.adapter(place, before="transformer.other.")
    elif what == "partly":
        layer = first.rpartition(".lora")[0]
        more = {f"x.lora_{end}.weight": arrays[f"{layer}.lora_{end}.weight"] for end in "AB"}
        save_file(arrays | more, place)
    elif what == "wide":
        save_file(arrays | {first: np.ones((2, 7), np.float32)}, place)
    elif what == "nan":
        save_file(arrays | {first: np.full_like(arrays[first], np.nan)}, place)
    elif what == "cut":
        place.write_bytes(place.read_bytes()[:-9])
    elif what == "pickle":
        place.rename(place.with_suffix(".pt"))
        place = place.with_suffix(".pt")
        place.write_bytes(b"\x80\x04.........")
    elif what == "empty":
        save_file({"lonely": np.ones(3, np.float32)}, place)
        assert recognising.found(place) is None  # a file of weights, and no adapter
        return
    with pytest.raises(error, match=words):
        put(studio, place)
    with studio.archive.read() as conn:
        assert [one.name for one in models.shelf(conn)] == ["cog"]


def test_without_its_model_it_is_refused(studio: Studio, cogvideox: Any, tmp_path: Path) -> None:
    place = cogvideox.adapter(tmp_path / "a.safetensors")
    with pytest.raises(AskedWrong, match="no model is on the shelf that it could be for"):
        put(studio, place)
    with pytest.raises(NotFound):
        put(studio, place, on="nobody")


def test_it_inherits_what_its_parent_asks(studio: Studio, cogvideox: Any, tmp_path: Path) -> None:
    put_model(studio, cogvideox.model, "cog", **BOUND)
    style = put(studio, cogvideox.adapter(tmp_path / "a.safetensors", license="CC-BY-4.0"), "style")
    assert {name: style.card[name] for name in BOUND} == BOUND
    assert style.card["licence"].startswith("CC-BY-4.0; Its parent's: ")
    with studio.archive.read() as conn, pytest.raises(TermsNotAccepted, match="Their <Licence>"):
        terms.refuse(conn, studio.person, style)
    assert terms.accept(studio, "cog")
    with studio.archive.read() as conn:
        terms.refuse(conn, studio.person, style)  # the same is asked once
    assert score(studio, "style=1")


def test_where_several_fit_and_ask_for_different_things(
    studio: Studio, cogvideox: Any, tmp_path: Path
) -> None:
    from uncaged.engines.diffusion.families import CogVideoX

    put_model(studio, cogvideox.model, "cog")
    CogVideoX().twin(tmp_path / "second", 9)
    put_model(studio, tmp_path / "second", "bound", **BOUND)
    place = cogvideox.adapter(tmp_path / "a.safetensors")
    with pytest.raises(AskedWrong, match=r"fits cog, bound, whose licences differ.*--on cog"):
        put(studio, place)
    style = put(studio, place, "style", on="bound")
    assert style.card["parent"] == "bound" and style.card["terms"] == "Their <Licence>"
    with pytest.raises(TermsNotAccepted):  # also on top of a model that asks nothing
        score(studio, "style=1")
    terms.accept(studio, "style")
    assert score(studio, "style=1")


def test_taken_off_the_shelf_meanwhile(
    studio: Studio, cog: models.Shelved, cogvideox: Any, tmp_path: Path
) -> None:
    place = cogvideox.adapter(tmp_path / "a.safetensors")
    style = put(studio, place, "style")
    promised = studio.ask("a bird", model="cog", options=STEPS, adapters={"style": 1}, **TINY)
    assert shelf.remove(studio, "style").elsewhere and place.exists()
    with pytest.raises(RunFailed, match="The adapter style is not on the shelf any more"):
        promised.wait()
    with pytest.raises(AskedWrong, match="style is not on the shelf any more"):
        score(studio, f"style@{style.hash}=1")
    assert put(studio, place).hash == style.hash
    assert score(studio, f"style@{style.hash}=1")


def test_a_folder_of_peft_and_what_is_no_adapter(
    studio: Studio, cog: models.Shelved, cogvideox: Any, tmp_path: Path
) -> None:
    folder = cogvideox.adapter(
        tmp_path / "mine" / "adapter_model.safetensors", before="base_model.model."
    ).parent
    (folder / "adapter_config.json").write_text('{"r": 2, "lora_alpha": 4}')
    style = put(studio, folder)
    assert style.name == "mine" and sorted(style.files) == [
        "adapter.safetensors",
        "adapter_config.json",
    ]
    assert recognising.found(cogvideox.model) is None  # it is a model
    assert recognising.found(tmp_path / "nowhere") is None
    (folder / "adapter_model.safetensors").unlink()
    (folder / "adapter_model.bin").write_bytes(b"\x80\x04.........")
    with pytest.raises(WeightsBroken, match="is a pickle"):
        recognising.found(folder)
    one = cogvideox.adapter(tmp_path / "alone" / "whatever.safetensors", 3).parent
    assert put(studio, one).name == "alone"


def test_an_export_brings_it_along(
    studio: Studio, cog: models.Shelved, cogvideox: Any, tmp_path: Path
) -> None:
    place = cogvideox.adapter(tmp_path / "a.safetensors")
    style = put(studio, place, "style")
    crate.export_studio(studio.archive, studio.files, tmp_path / "out")
    with open_studio(settings=Settings(home=tmp_path / "two", fsync=False)) as two:
        crate.import_studio(two.archive, two.files, tmp_path / "out", fits=shelf.fits)
        with two.archive.read() as conn:
            came = models.own(conn, "style")
        assert came.hash == style.hash and came.is_adapter
        put_model(two, cogvideox.model, "cog")
        with pytest.raises(WeightsMissing, match="not where they lay"):
            score(two, "style=1")
        assert put(two, place).hash == style.hash
        assert score(two, "style=1").options["adapters"] == f"style@{style.hash}=1"
