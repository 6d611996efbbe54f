"""`clients/openapi.json` is true: schemathesis asks every address as it says, or not, and reads the answers."""

import json
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from schemathesis import checks
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

FILE = Path(__file__).parents[4] / "clients" / "openapi.json"
MOST = 70
"""Cases of one address, but for the one that most programs ask."""

CHECKS: list[Any] = [
    checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
SAID = json.loads(FILE.read_text("utf-8"))
OPERATIONS = [f"{way.upper()} {path}" for path, ways in SAID["paths"].items() for way in ways]


@pytest.fixture(scope="module")
def asked(shared: Any) -> Any:
    """A house in which the member may make nothing: whoever asks for images would wait for a performer here."""
    shared.policy("[class.member]\nruns_a_day = 0\n[door]\nrequests_a_minute = 1_000_000\n")
    schema = schemathesis.openapi.from_dict(SAID)
    schema.app = shared.app
    return shared, {one.ok().label: one.ok() for one in schema.get_all_operations()}


@pytest.mark.parametrize("label", OPERATIONS)
def test_answers_are_what_the_file_says(asked: Any, label: str) -> None:
    house, operations = asked
    who = "member" if "/images/" in label else "manager"
    headers = {"Authorization": f"Bearer {house.secrets[who]}"}
    operation = operations[label]
    cases = list(
        operation.schema.iter_coverage_cases(
            operation,
            generation_modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE],
            generation_config=operation.schema.config.generation,
        )
    )
    step = max(1, len(cases) // (240 if label == "POST /v1/videos" else MOST))
    named = None
    for case in cases[::step]:
        for there in [False, True] if case.path_parameters else [False]:
            if there:
                if named is None or label.startswith("DELETE"):
                    name = next(iter(case.path_parameters))
                    named = {name: _something(house, who, name)}
                case.path_parameters = dict(named)
            case.call_and_validate(base_url=f"http://{house.host}", headers=headers, checks=CHECKS)
    assert cases


def _something(house: Any, who: str, name: str) -> str:
    """The id of something that is there."""
    if name == "name":
        return "ink"
    if name == "video_id":
        return house.make(who).work_id
    client = house.come(who)
    if name == "file_id":
        given = client.post("/v1/files", files={"file": ("a.txt", b"a")})
    else:
        for one in client.get("/v1/webhook_endpoints").json()["data"]:
            client.delete(f"/v1/webhook_endpoints/{one['id']}")  # a person has so many at most
        asked = {"url": "https://hooks.test/", "event_types": ["video.failed"]}
        given = client.post("/v1/webhook_endpoints", json=asked)
    assert given.status_code == 200, given.text
    return given.json()["id"]
