"""The OpenAPI document of `/v1`: the file is current, every route stands in it, and it says what is read."""

import importlib.util
import json
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from fastapi.routing import APIRoute

from uncaged.archive.hooks import EVENTS
from uncaged.web.v1 import bodies, given, hook_routes, routes, schema
from uncaged.web.v1.fields import Fields
from uncaged.web.v1.videos import OPTIONS

ROOT = Path(__file__).parents[4]
SAID: dict[str, Any] = routes.described()


def test_the_file_is_what_the_routes_say() -> None:
    spec = importlib.util.spec_from_file_location("make_openapi", ROOT / "docs/make_openapi.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.TARGET.read_text("utf-8") == module.document(), (
        "Run `python docs/make_openapi.py`."
    )


def test_every_route_stands_in_it() -> None:
    there = {
        (route.path, method.lower())
        for route in [*routes.router.routes, *hook_routes.router.routes]
        if isinstance(route, APIRoute)
        for method in route.methods
    } - {("/v1/openapi.json", "get")}
    assert there == {(path, way) for path, ways in SAID["paths"].items() for way in ways}


def test_every_name_in_it_leads_somewhere_and_no_two_are_alike() -> None:
    names = [one["operationId"] for ways in SAID["paths"].values() for one in ways.values()]
    assert len(names) == len(set(names))
    for part in json.dumps(SAID).split('"$ref": "#/')[1:]:
        found: Any = SAID
        for step in part.partition('"')[0].split("/"):
            found = found[step]


@pytest.mark.parametrize("body", [bodies.VideoCreate, bodies.ImageGenerate, bodies.VideoRemix])
def test_the_options_of_related_services_are_named(body: type) -> None:
    assert set(OPTIONS) < set(get_type_hints(body))


def test_what_may_be_chosen_is_what_is_read() -> None:
    known = SAID["components"]["schemas"]
    purposes = known["FileGiveForm"]["properties"]["purpose"]["enum"]
    assert tuple(purposes) == given.PURPOSES
    assert set(SAID["webhooks"]) == set(EVENTS)
    assert known["WebhookEndpointMakeForm"]["properties"]["event_types[]"]["items"]["enum"] == [
        *EVENTS
    ]


def test_a_form_has_files_and_names_in_brackets() -> None:
    form = SAID["components"]["schemas"]["VideoEditForm"]
    assert form["properties"]["video"]["format"] == "binary"
    assert "video[id]" in form["properties"]
    assert form["required"] == ["prompt"]


def test_whoever_reads_a_truth_reads_all_that_are_named() -> None:
    ways = SAID["components"]["schemas"]["VideoCreate"]["properties"]["loop"]["anyOf"]
    (texts,) = (way["enum"] for way in ways if "enum" in way)
    assert {Fields({"loop": one}).truth("loop") for one in texts} == {True, False}


def test_reasons_stand_for_every_status() -> None:
    used = {
        status
        for ways in SAID["paths"].values()
        for one in ways.values()
        for status, answer in one["responses"].items()
        if "$ref" in answer
    }
    assert used == set(map(str, schema.REASONS))


def test_what_several_bodies_share_is_described_in_each() -> None:
    shapes = routes.described()["components"]["schemas"]
    for name, field in (("VideoRemix", "dials"), ("VideoEdit", "video"), ("ImageVary", "n")):
        for shape in (name, f"{name}Form"):
            assert shapes[shape]["properties"][field]["description"]
