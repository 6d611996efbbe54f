"""The options of a model elsewhere: read from what the far side says, never clamped, sent as it reads them."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from asking_far import SCORE, perform, place_at

from fake_server import Server, reply
from uncaged.core.errors import AskedWrong, WeightsBroken
from uncaged.engines.remote import dials
from uncaged.engines.remote.dials import OF_DIALECT, Dial
from uncaged.engines.remote.engine import Remote
from uncaged.engines.remote.place import FILE, Place, read

SAID: dict[str, Any] = {
    "guidance": {
        "type": "number",
        "default": 2.0,
        "description": "How far it follows the words.",
        "suggested": [-2, 8],
        "unit": "",
    },
    "steps": {"type": "integer", "default": 12, "suggested": [4, 40]},
    "solver": {"type": "string", "default": "", "enum": ["", "euler"]},
    "rough": {"type": "boolean", "default": False},
}


def engine(tmp_path: Path, place: Place) -> Remote:
    (tmp_path / FILE).write_bytes(place.written())
    return Remote(tmp_path)


def test_what_another_studio_says_is_what_it_takes(server: Server, tmp_path: Path) -> None:
    place = place_at(server, options=dials.said(SAID))
    assert [one.name for one in place.options] == list(SAID)
    player = engine(tmp_path, place)
    assert read(tmp_path) == place
    plain = {"guidance": 2.0, "steps": 12, "solver": "", "rough": False}
    assert player.check({}) == plain
    turned = {"guidance": -37.5, "steps": 100_000, "solver": "euler", "rough": True}
    assert player.check(turned) == turned  # nothing is clamped
    schema = player.options.model_json_schema()["properties"]
    assert schema["guidance"]["suggested"] == [-2.0, 8.0]
    perform(place, tmp_path, replace(SCORE, options=turned))
    (form,) = server.said("POST")
    assert json.loads(form["dials"]) == turned


def test_what_it_does_not_take_is_refused_with_what_it_does(tmp_path: Path) -> None:
    player = engine(tmp_path, Place(("http://127.0.0.1:9",), "x", options=dials.said(SAID)))
    with pytest.raises(
        AskedWrong, match=r"no option called .brightness.*There are: guidance, rough, solver"
    ):
        player.check({"brightness": 2.0})
    with pytest.raises(AskedWrong, match=r"cannot be .euclid"):
        player.check({"solver": "euclid"})
    bare = engine(tmp_path, Place(("http://127.0.0.1:9",), "x"))
    with pytest.raises(AskedWrong, match="It has none"):
        bare.check({"guidance": 2.0})


@pytest.mark.parametrize("speaks", ["vllm-omni", "sglang"])
def test_engines_get_the_fields_that_they_document(
    server: Server, tmp_path: Path, speaks: Any
) -> None:
    place = place_at(server, speaks=speaks, options=OF_DIALECT[speaks])
    player = engine(tmp_path, place)
    assert player.check({}) == {}  # what only they know is not sent
    options = player.check({"guidance": -3.0, "steps": 4})
    perform(place, tmp_path, replace(SCORE, options=options))
    (form,) = server.said("POST")
    assert (form["guidance_scale"], form["num_inference_steps"]) == ("-3.0", "4")
    assert "guidance_scale_2" not in form and "dials" not in form


def test_what_is_too_much_there_is_told_in_its_words(server: Server, tmp_path: Path) -> None:
    server.on["POST", "/v1/videos"] = lambda _: reply(
        422, {"detail": [{"loc": ["guidance_scale"], "msg": "Input should be at least 0"}]}
    )
    place = place_at(server, speaks="vllm-omni", options=OF_DIALECT["vllm-omni"])
    with pytest.raises(AskedWrong, match="Input should be at least 0"):
        perform(place, tmp_path, replace(SCORE, options={"guidance": -3.0}))


@pytest.mark.parametrize(
    "row",
    [
        None,
        7,
        {},
        {"type": "array", "default": []},
        {"type": "number", "default": "many"},
        {"type": "number", "default": True},
        {"type": "integer", "default": 1.5},
        {"type": "number", "default": float("inf")},
        {"type": "boolean", "default": 1},
        {"type": "string", "default": "x" * 5000},
        {"type": "string", "default": "c", "enum": ["a", "b"]},
        {"type": "string", "default": "a", "enum": [1, 2]},
        {"type": "string", "default": "a\x1b[31m"},
    ],
)
def test_what_makes_no_sense_is_left_out(row: Any) -> None:
    assert dials.said({"steps": row}) == ()


@pytest.mark.parametrize("name", ["", "Steps", "model_config", "copy", "a b", "adapters", "x" * 50])
def test_names_that_no_option_can_have(name: str) -> None:
    assert dials.said({name: {"type": "number", "default": 1.0}}) == ()
    assert dials.said("steps") == ()


def test_a_file_that_was_written_to_is_not_believed(tmp_path: Path) -> None:
    place = Place(("http://127.0.0.1:9",), "x", options=(Dial("steps", "integer", 4),))
    said = json.loads(place.written())
    said["options"][0]["name"] = "__class__"
    (tmp_path / FILE).write_text(json.dumps(said))
    with pytest.raises(Exception, match="cannot be read"):
        read(tmp_path)
    old = {name: value for name, value in said.items() if name not in ("options", "stills")}
    (tmp_path / FILE).write_text(json.dumps(old))  # as it was before there were any
    assert read(tmp_path).options == ()


@pytest.mark.parametrize("broken", [{"default": 10**400}, {"suggested": [0, 10**400]}])
def test_numbers_that_no_float_holds_are_left_out(broken: dict[str, Any]) -> None:
    found = dials.said({"guidance": SAID["guidance"] | broken})
    assert [one.suggested for one in found] == ([] if "default" in broken else [()])


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 90_000,
        Place(("http://127.0.0.1:9",), "x").written().replace(b"120", b"1" + b"0" * 400),
        b"\xff",
        b"{}",
    ],
)
def test_a_place_that_cannot_be_read_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(WeightsBroken, match="Where it performs cannot be read"):
        read(tmp_path)
