"""A program that was written for the closed service, with its client: only the address is another."""

import time
from base64 import b64encode
from collections.abc import Callable
from io import BytesIO
from typing import Any

import av
import openai
import pytest
from PIL import Image

from uncaged.core.ids import is_id
from uncaged.engines.registry import engines

pytestmark = [
    pytest.mark.filterwarnings("ignore:The Sora API:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:deprecated:DeprecationWarning"),
]

KEYS = (
    "id object model status progress created_at completed_at expires_at prompt size seconds "
    "remixed_from_video_id error"
).split()
SMALL: dict[str, Any] = {"size": "64x96", "seconds": "1"}
FOX = "a red fox in the hills"


@pytest.fixture(scope="module")
def made(served: Any) -> Any:
    """A video that several tests look at; none changes it."""
    with served.client() as client:
        more = {"seed": 5, "fps": 12, "dials": {"wobble": 2}, "negative_prompt": "snow"}
        return client.videos.create_and_poll(model="sora-2", prompt=FOX, extra_body=more, **SMALL)


def test_all_of_a_video_is_there(made: Any) -> None:
    assert set(KEYS) <= set(made.model_dump())
    assert (made.status, made.progress, made.error, made.expires_at) == (
        "completed",
        100,
        None,
        None,
    )
    assert (made.model, made.size, made.seconds, made.prompt) == ("ink", "64x96", "1", FOX)
    assert made.completed_at >= made.created_at
    assert is_id("work", made.id)
    assert (made.seed, made.fps, made.dials["wobble"]) == (5, 12, 2)
    assert made.negative_prompt == "snow"
    assert "fox" in made.understood["sentence"]
    assert made.queue_position is made.eta_s is None


@pytest.mark.parametrize("model", ["sora-2", "sora-2-pro", "sora-2-2025-12-08", "ink", openai.omit])
def test_the_names_of_the_closed_service_mean_the_default(
    client: openai.OpenAI, model: Any
) -> None:
    video = client.videos.create(prompt="a bird", model=model, **SMALL)
    assert video.model == "ink"
    client.videos.delete(video.id)


def test_the_wires_own_defaults_hold(client: openai.OpenAI) -> None:
    video = client.videos.create(prompt="a bird")
    assert (video.size, video.seconds, video.status) == ("720x1280", "4", "queued")
    assert set(KEYS) <= set(video.model_dump())
    client.videos.delete(video.id)


def test_content_is_the_film(client: openai.OpenAI, made: Any) -> None:
    data = client.videos.download_content(made.id).read()
    with av.open(BytesIO(data)) as film:
        stream = film.streams.video[0]
        assert (stream.width, stream.height, stream.frames) == (64, 96, 12)
    answer = client.videos.with_raw_response.download_content(
        made.id, extra_headers={"Range": "bytes=0-99"}
    )
    assert (answer.status_code, answer.content) == (206, data[:100])
    tag = {"If-None-Match": answer.headers["etag"]}
    with pytest.raises(openai.APIStatusError) as caught:
        client.videos.with_raw_response.download_content(made.id, extra_headers=tag)
    assert caught.value.status_code == 304


def test_a_list_goes_on_by_itself_in_both_orders(client: openai.OpenAI) -> None:
    asked = [client.videos.create(prompt=f"a bird {n}", **SMALL).id for n in range(5)]
    newest = [video.id for video in client.videos.list(limit=2)]
    oldest = [video.id for video in client.videos.list(limit=2, order="asc")]
    assert newest[:5] == asked[::-1]
    assert oldest == newest[::-1]
    client.videos.delete(asked[2])
    assert client.videos.list(after=asked[2], limit=2).data[0].id == asked[1]
    for one in {*asked} - {asked[2]}:
        client.videos.delete(one)
    empty = client.videos.list(after="w_nowhere")
    assert (empty.data, empty.has_more, empty.first_id, empty.last_id) == ([], False, None, None)


def test_a_remix_keeps_what_its_words_leave_open(client: openai.OpenAI, made: Any) -> None:
    remix = client.videos.remix(made.id, prompt="a blue fox in the hills")
    assert remix.remixed_from_video_id == made.id
    remix = client.videos.poll(remix.id)
    assert (remix.status, remix.size, remix.seconds, remix.seed) == ("completed", "64x96", "1", 5)
    assert "a blue fox" in remix.understood["sentence"]
    again = client.videos.remix(remix.id, prompt="a green fox in the hills")
    assert again.remixed_from_video_id == remix.id


def test_an_edit_is_the_same_film_changed(client: openai.OpenAI, made: Any) -> None:
    edit = client.videos.edit(
        prompt="make it night", video=openai.omit, extra_body={"video": {"id": made.id}}
    )
    edit = client.videos.poll(edit.id)
    assert (edit.status, edit.remixed_from_video_id) == ("completed", made.id)
    assert "a red fox" in edit.understood["sentence"]
    assert "Palette: night" in edit.understood["sentence"]


def test_an_extension_goes_on(client: openai.OpenAI, made: Any) -> None:
    longer = client.videos.extend(
        prompt="it sleeps", seconds="2", video=openai.omit, extra_body={"video": {"id": made.id}}
    )
    assert (longer.seconds, longer.remixed_from_video_id) == ("3", None)
    longer = client.videos.poll(longer.id)
    assert (longer.status, longer.extended_from_video_id) == ("completed", made.id)
    assert "asleep" in longer.understood["sentence"]
    first, all_of_it = (_frames(client, one) for one in (made.id, longer.id))
    assert len(all_of_it) == 36
    assert _near(first[0], all_of_it[0])
    assert _near(first[-1], all_of_it[11])


def _frames(client: openai.OpenAI, video: str) -> list[Any]:
    with av.open(BytesIO(client.videos.download_content(video).read())) as film:
        return [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]


def _near(one: Any, other: Any) -> bool:
    return float(abs(one.astype(int) - other).mean()) < 6


def test_a_picture_lends_its_colours(client: openai.OpenAI) -> None:
    picture = BytesIO()
    Image.new("RGB", (32, 24), (200, 30, 40)).save(picture, "PNG")
    video = client.videos.create(prompt="a bird", input_reference=picture.getvalue(), **SMALL)
    video = client.videos.poll(video.id)
    assert "lent by the picture" in video.understood["sentence"]


def test_deleted_is_gone(client: openai.OpenAI) -> None:
    video = client.videos.create_and_poll(prompt="a bird", **SMALL)
    gone = client.videos.delete(video.id)
    assert (gone.id, gone.object, gone.deleted) == (video.id, "video.deleted", True)
    for way in (client.videos.retrieve, client.videos.download_content, client.videos.delete):
        with pytest.raises(openai.NotFoundError):
            way(video.id)
    queued = client.videos.create(prompt="a long way", size="64x64", seconds="100")
    assert client.videos.delete(queued.id).deleted
    with pytest.raises(openai.NotFoundError):
        client.videos.retrieve(queued.id)


def test_one_that_is_being_made_is_deleted_and_gone(client: openai.OpenAI) -> None:
    video = client.videos.create(prompt="a long way", size="256x256", seconds="60")
    until = time.monotonic() + 60
    while (now := client.videos.retrieve(video.id)).status == "queued":
        assert time.monotonic() < until
        time.sleep(0.05)
    assert now.status == "in_progress"
    assert client.videos.delete(video.id).deleted
    for way in (client.videos.retrieve, client.videos.download_content, client.videos.delete):
        with pytest.raises(openai.NotFoundError):
            way(video.id)
    assert video.id not in [one.id for one in client.videos.list(limit=5)]
    assert client.videos.create_and_poll(prompt="a bird", **SMALL).status == "completed"


def test_a_first_poll_says_how_long_to_wait(client: openai.OpenAI) -> None:
    video = client.videos.create(prompt="a bird", **SMALL)
    answer = client.videos.with_raw_response.retrieve(video.id)
    assert 1000 <= int(answer.headers["openai-poll-after-ms"]) <= 30_000
    client.videos.delete(video.id)


def test_content_that_is_not_ready_is_404(client: openai.OpenAI) -> None:
    video = client.videos.create(prompt="a long way", size="64x64", seconds="100")
    with pytest.raises(openai.NotFoundError) as caught:
        client.videos.download_content(video.id)
    assert caught.value.code == "not_ready"
    for change in (
        lambda: client.videos.remix(video.id, prompt="a"),
        lambda: client.videos.edit(
            prompt="a", video=openai.omit, extra_body={"video": {"id": video.id}}
        ),
    ):
        with pytest.raises(openai.BadRequestError) as refused:
            change()
        assert refused.value.code == "not_ready"
    client.videos.delete(video.id)


def test_models(client: openai.OpenAI) -> None:
    assert {model.id for model in client.models.list()} == set(engines())
    assert client.models.retrieve("sora-2-pro").id == "ink"
    with pytest.raises(openai.NotFoundError) as caught:
        client.models.retrieve("nothing")
    assert caught.value.code == "model_not_found"


@pytest.mark.parametrize(
    ("call", "status", "param"),
    [
        (lambda c: c.videos.create(prompt=""), 400, "prompt"),
        (lambda c: c.videos.create(prompt="a", model="nope"), 404, "model"),
        (lambda c: c.videos.create(prompt="a", size="huge"), 400, "size"),
        (lambda c: c.videos.create(prompt="a", size="9x9"), 400, "size"),
        (lambda c: c.videos.create(prompt="a", seconds="many"), 400, "seconds"),
        (lambda c: c.videos.create(prompt="a", seconds="-1"), 400, "seconds"),
        (lambda c: c.videos.create(prompt="a", extra_body={"seed": "x"}), 400, "seed"),
        (lambda c: c.videos.create(prompt="a", extra_body={"dials": {"wobbel": 1}}), 400, "wobbel"),
        (
            lambda c: c.videos.create(prompt="a", extra_body={"num_inference_steps": 4}),
            400,
            "num_inference_steps",
        ),
        (
            lambda c: c.videos.create(prompt="a", input_reference=b"no picture"),
            400,
            "input_reference",
        ),
        (lambda c: c.videos.retrieve("w_aaaaaaaaaaaa"), 404, None),
        (lambda c: c.videos.retrieve("../x"), 404, None),
        (lambda c: c.videos.list(limit=1000), 400, "limit"),
        (lambda c: c.videos.create_character(name="Ana", video=b"x"), 400, "video"),
        (lambda c: c.videos.get_character("char_1"), 400, "video"),
        (lambda c: c.videos.extend(prompt="a", seconds="4", video=b"x"), 400, "video"),
    ],
)
def test_what_cannot_be_done_is_said(
    client: openai.OpenAI, call: Callable[[openai.OpenAI], object], status: int, param: str | None
) -> None:
    with pytest.raises(openai.APIStatusError) as caught:
        call(client)
    assert caught.value.status_code == status
    assert caught.value.param == param
    body: Any = caught.value.body
    assert body["message"]
    assert set(body) == {"message", "type", "param", "code"}


def test_fields_that_mean_nothing_here_are_told(client: openai.OpenAI) -> None:
    odd: dict[str, Any] = {"size": "65x64", "seconds": "1"}
    video: Any = client.videos.create(prompt="a bird", extra_body={"quality": "standard"}, **odd)
    assert video.ignored == ["quality"]
    assert (video.size, len(video.notes)) == ("66x64", 1)
    client.videos.delete(video.id)


@pytest.mark.parametrize(("variant", "shape"), [("thumbnail", (64, 96)), ("spritesheet", None)])
def test_pictures_of_a_video(
    client: openai.OpenAI, made: Any, variant: str, shape: tuple[int, int] | None
) -> None:
    data = client.videos.download_content(made.id, variant=variant).read()
    with Image.open(BytesIO(data)) as picture:
        if shape is not None:
            assert picture.size == shape
        else:
            assert picture.size[0] > 4 * picture.size[1] * 64 / 96
    with pytest.raises(openai.BadRequestError) as caught:
        client.videos.download_content(made.id, variant="poster")
    assert caught.value.param == "variant"


def test_a_key_makes_one_film_of_two_requests(client: openai.OpenAI) -> None:
    key = {"Idempotency-Key": "one"}
    first = client.videos.create(prompt="a bird", extra_headers=key, **SMALL)
    again = client.videos.create(prompt="a bird", extra_headers=key, **SMALL)
    assert again.id == first.id
    with pytest.raises(openai.BadRequestError) as caught:
        client.videos.create(prompt="a fish", extra_headers=key, **SMALL)
    assert caught.value.code == "idempotency_key_reused"
    client.videos.delete(first.id)
    with pytest.raises(openai.BadRequestError):
        client.videos.create(prompt="a bird", extra_headers=key, **SMALL)


def test_a_repetition_is_the_same_film_and_a_second_asking_another(client: openai.OpenAI) -> None:
    picture = BytesIO()
    Image.new("RGB", (32, 24), (20, 30, 40)).save(picture, "PNG")
    asked = {"prompt": "a bird", "input_reference": picture.getvalue()} | SMALL
    first, second = client.videos.create(**asked), client.videos.create(**asked)
    assert first.id != second.id
    repeated = {"x-stainless-retry-count": "1"}
    again = client.videos.create(extra_headers=repeated, **asked)
    assert again.id == second.id
    other = client.videos.create(prompt="a fish", extra_headers=repeated, **SMALL)
    assert other.id not in (first.id, second.id)
    for one in (first, second, other):
        client.videos.delete(one.id)


def test_files_are_given_named_and_taken_away(client: openai.OpenAI) -> None:
    picture = BytesIO()
    Image.new("RGB", (32, 24), (200, 30, 40)).save(picture, "PNG")
    data = picture.getvalue()
    given = client.files.create(file=("../my picture.png", data), purpose="vision")
    assert (given.filename, given.bytes, given.object) == ("my picture.png", len(data), "file")
    assert client.files.retrieve(given.id) == given
    assert client.files.content(given.id).read() == data
    assert given.id in [one.id for one in client.files.list(purpose="vision", limit=1)]
    assert not client.files.list(purpose="evals").data
    video: Any = client.videos.create(
        prompt="a bird", extra_body={"input_reference": {"file_id": given.id}}, **SMALL
    )
    assert client.files.delete(given.id).deleted
    with pytest.raises(openai.NotFoundError):
        client.files.retrieve(given.id)
    video = client.videos.poll(video.id)
    assert "lent by the picture" in video.understood["sentence"]
    with pytest.raises(openai.NotFoundError):
        client.videos.create(
            prompt="a bird", extra_body={"input_reference": {"file_id": given.id}}, **SMALL
        )
    with pytest.raises(openai.BadRequestError):
        client.files.create(file=("a", b""), purpose="vision")


@pytest.mark.parametrize("body", ["input_reference[image_url]", "json"])
def test_a_picture_as_a_data_url(client: openai.OpenAI, body: str) -> None:
    picture = BytesIO()
    Image.new("RGB", (32, 24), (200, 30, 40)).save(picture, "PNG")
    url = f"data:image/png;base64,{b64encode(picture.getvalue()).decode()}"
    if body == "json":
        asked = {"prompt": "a bird", "input_reference": {"image_url": url}} | SMALL
        video = client.post("/videos", body=asked, cast_to=openai.types.Video)
    else:
        more = {"input_reference": {"image_url": url}}
        video = client.videos.create(prompt="a bird", extra_body=more, **SMALL)
    video = client.videos.poll(video.id)
    assert "lent by the picture" in video.understood["sentence"]  # type: ignore[attr-defined] - beside what its types know
