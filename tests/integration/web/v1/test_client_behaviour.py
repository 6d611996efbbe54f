"""What the Python client does by itself, met by what the studio says: retries, waits, failures, every status."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
import openai
import pytest

from uncaged.archive import runs
from uncaged.web.v1 import routes
from uncaged.web.v1.videos import Wanted

pytestmark = pytest.mark.filterwarnings("ignore:The Sora API:DeprecationWarning")

HOST = "studio.test:8484"
ECHO: dict[str, Any] = {"prompt": "a bird", "model": "echo", "size": "64x64", "seconds": "0.5"}
Call = Callable[[openai.AsyncOpenAI], Awaitable[Any]]


def drive(house: Any, who: str, call: Call, retries: int = 2) -> tuple[Any, list[httpx2.Response]]:
    """What a call gives, or the error it raises; and every answer that was sent meanwhile."""
    answers: list[httpx2.Response] = []

    async def note(answer: httpx2.Response) -> None:
        answers.append(answer)

    async def run() -> Any:
        at = ("127.0.0.1", 5) if who == "owner" else ("198.51.100.1", 5)
        transport = httpx2.ASGITransport(app=house.app, client=at, raise_app_exceptions=False)
        http = httpx2.AsyncClient(transport=transport, event_hooks={"response": [note]})
        key = house.secrets.get(who, "none")
        async with openai.AsyncOpenAI(
            api_key=key, base_url=f"http://{HOST}/v1", http_client=http, max_retries=retries
        ) as client:
            try:
                return await call(client)
            except openai.OpenAIError as error:
                return error

    return asyncio.run(run()), answers


def ended(house: Any, how: str) -> str:
    """A video of the owner's that came to nothing; its id."""
    video, _ = drive(house, "owner", lambda c: c.videos.create(**ECHO))
    now = house.studio.clock.now()

    def step(conn: Any) -> None:
        run_id = conn.exec_driver_sql(
            "SELECT run_id FROM works WHERE id = ?", (video.id,)
        ).scalar_one()
        if how == "cancelled":
            runs.cancel(conn, run_id, now)
            return
        run = runs.claim(conn, run_id, runs.raise_epoch(conn), now)
        assert run is not None
        runs.fail(conn, run_id, run.attempt, "No paper was left.", now)

    house.studio.commit(step)
    return video.id


@pytest.mark.parametrize(
    ("how", "code"), [("failed", "generation_failed"), ("cancelled", "cancelled")]
)
def test_a_wait_ends_on_what_came_to_nothing(house: Any, how: str, code: str) -> None:
    name = ended(house, how)
    video, answers = drive(house, "owner", lambda c: c.videos.poll(name))
    assert (video.status, video.error.code) == ("failed", code)
    assert isinstance(video.error.message, str) and video.error.message
    assert [answer.status_code for answer in answers] == [200]
    gone, _ = drive(house, "owner", lambda c: c.videos.download_content(name))
    assert isinstance(gone, openai.NotFoundError) and gone.code == "generation_failed"


@pytest.mark.parametrize("body", ["bracket", "text", "json"])
def test_what_the_closed_service_did_not_know_in_three_spellings(house: Any, body: str) -> None:
    more: dict[str, Any] = {"seed": 5, "fps": 12, "negative_prompt": "snow", "loop": True}
    dials = {"wobble": 0.25}

    def call(client: openai.AsyncOpenAI) -> Awaitable[Any]:
        if body == "json":
            fields = {**ECHO, "model": "ink", **more, "dials": dials}
            return client.post("/videos", body=fields, cast_to=openai.types.Video)
        spelled = dials if body == "bracket" else json.dumps(dials)
        return client.videos.create(
            **{**ECHO, "model": "ink"}, extra_body={**more, "dials": spelled}
        )

    video, answers = drive(house, "owner", call)
    assert answers[0].status_code == 200, video
    assert (video.seed, video.fps, video.negative_prompt) == (5, 12, "snow")
    assert video.dials["wobble"] == 0.25


STATUSES: list[tuple[int, str, str, Call]] = [
    (400, "owner", "", lambda c: c.videos.create(prompt="")),
    (401, "nobody", "", lambda c: c.videos.list()),
    (403, "reader", "", lambda c: c.videos.create(**ECHO)),
    (404, "owner", "", lambda c: c.videos.retrieve("w_aaaaaaaaaaaa")),
    (405, "owner", "", lambda c: c.put("/videos", body={}, cast_to=object)),
    (415, "owner", "", lambda c: c.post("/videos", content=b"<a/>", cast_to=object,
                                        options={"headers": {"Content-Type": "text/xml"}})),
    (429, "member", "[class.member]\nwaiting = 0\n", lambda c: c.videos.create(**ECHO)),
    (429, "member", "[class.member]\nruns_a_day = 0\n", lambda c: c.videos.create(**ECHO)),
]  # fmt: skip


@pytest.mark.parametrize(("status", "who", "policy", "call"), STATUSES)
def test_every_status_says_why_in_the_clients_words(
    house: Any, status: int, who: str, policy: str, call: Call
) -> None:
    house.policy("[door]\nrequests_a_minute = 1_000_000\n" + policy)
    error, answers = drive(house, who, call, retries=0)
    assert isinstance(error, openai.APIStatusError)
    assert error.status_code == status
    body: Any = error.body
    assert set(body) == {"message", "type", "param", "code"}
    assert len(body["message"]) > 20 and body["message"] in str(error)
    if status == 429:
        assert 1 <= int(answers[-1].headers["retry-after"]) <= 120


def test_a_mistake_of_ours_is_told_as_one_and_not_tried_again(
    house: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*given: object) -> Wanted:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr(routes.videos, "to_create", fails)
    error, answers = drive(house, "owner", lambda c: c.videos.create(**ECHO))
    assert isinstance(error, openai.InternalServerError)
    assert set(error.body) == {"message", "type", "param", "code"}  # pyright: ignore[reportArgumentType] - it is a mapping
    assert "a mistake of ours" not in str(error)
    assert len(answers) == 1


def test_what_waiting_cannot_help_is_asked_once(house: Any) -> None:
    house.policy("[door]\nrequests_a_minute = 1_000_000\n[class.member]\nruns_a_day = 0\n")
    error, answers = drive(house, "member", lambda c: c.videos.create(**ECHO))
    assert isinstance(error, openai.RateLimitError)
    assert [answer.headers["x-should-retry"] for answer in answers] == ["false"]


def test_bytes_without_name_or_type_are_looked_at(house: Any) -> None:
    from io import BytesIO

    from PIL import Image

    png = BytesIO()
    Image.new("RGB", (32, 24), (200, 30, 40)).save(png, "PNG")
    fields = {"prompt": "a bird", "size": "64x64", "seconds": "0.5"}
    video, _ = drive(
        house, "owner", lambda c: c.videos.create(**fields, input_reference=png.getvalue())
    )
    assert video.status == "queued"


def test_content_is_given_to_who_accepts_binary_alone(house: Any) -> None:
    run = house.make("owner")
    got, answers = drive(house, "owner", lambda c: c.videos.download_content(run.work_id))
    assert answers[0].request.headers["accept"] == "application/binary"
    assert got.content == house.film
