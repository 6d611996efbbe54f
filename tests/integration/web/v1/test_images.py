"""Images over `/v1`, with the closed service's client: made, sent two ways, varied, and refused."""

from base64 import b64decode
from io import BytesIO
from typing import Any

import httpx2
import numpy as np
import openai
import pytest
from PIL import Image

from uncaged.core.pictures import as_png

pytestmark = [
    pytest.mark.filterwarnings("ignore:The Sora API:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:deprecated:DeprecationWarning"),
]

FOX = "a red fox in the hills"


def test_images_are_films_of_one_frame(client: openai.OpenAI) -> None:
    made = client.images.generate(prompt=FOX, model="gpt-image-1", n=3, size="96x64")  # type: ignore[arg-type] - any size
    assert made.data is not None and len(made.data) == 3
    seen = [Image.open(BytesIO(b64decode(one.b64_json or ""))) for one in made.data]
    assert [(one.format, one.size) for one in seen] == [("PNG", (96, 64))] * 3
    assert len({one.tobytes() for one in seen}) == 3
    ids: list[Any] = [one.id for one in made.data]  # type: ignore[attr-defined] - beside what its types know
    assert client.videos.retrieve(ids[0]).status == "completed"


def test_images_from_a_picture(client: openai.OpenAI) -> None:
    picture = BytesIO()
    Image.new("RGB", (32, 24), (200, 30, 40)).save(picture, "PNG")
    data = picture.getvalue()
    small: Any = "64x64"
    edited = client.images.edit(image=data, prompt="a bird", size=small)
    varied = client.images.create_variation(image=data, n=2, size=small)
    assert edited.data is not None and varied.data is not None
    assert (len(edited.data), len(varied.data)) == (1, 2)
    for one in (*edited.data, *varied.data):
        with Image.open(BytesIO(b64decode(one.b64_json or ""))) as seen:
            red, _, blue = seen.convert("RGB").resize((1, 1)).getpixel((0, 0))  # type: ignore[misc] - of RGB it is three
            assert red > blue


@pytest.mark.parametrize(
    ("more", "param"),
    [
        ({"n": 13}, "n"),
        ({"n": 0}, "n"),
        ({"response_format": "jpeg"}, "response_format"),
        ({"size": "large"}, "size"),
        ({"prompt": " "}, "prompt"),
        ({"extra_body": {"mask": "x"}}, "mask"),
    ],
)
def test_images_that_cannot_be(client: openai.OpenAI, more: dict[str, Any], param: str) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        client.images.generate(**({"prompt": "a bird"} | more))
    assert caught.value.param == param


def test_images_by_an_address_that_needs_no_key(client: openai.OpenAI) -> None:
    made: Any = client.images.generate(
        prompt=FOX, n=2, response_format="url", quality="hd", extra_body={"size": "64x64"}
    )
    assert made.ignored == ["quality"] and all(one.b64_json is None for one in made.data)
    for one in made.data:
        seen = httpx2.get(one.url)
        assert seen.headers["Content-Type"] == "image/png"
        with Image.open(BytesIO(seen.content)) as picture:
            assert picture.size == (64, 64)
        assert client.videos.download_content(one.id).read() == seen.content
    url = made.data[0].url
    for other in (
        url.replace("-1", "-2", 1),
        url[:-5] + ("1.png" if url[-5] == "0" else "0.png"),
        f"{url}x",
        url.rpartition("-")[0],
    ):
        assert httpx2.get(other).status_code == 404
    client.videos.delete(made.data[0].id)
    assert httpx2.get(url).status_code == 404


def test_variations_of_an_image_that_was_made_here_are_its_relations(client: openai.OpenAI) -> None:
    small: Any = "64x64"
    first: Any = client.images.generate(prompt=FOX, size=small).data
    png = b64decode(first[0].b64_json)
    varied: Any = client.images.create_variation(image=png, n=2).data
    assert len({png, *(b64decode(one.b64_json) for one in varied)}) == 3
    for one in varied:
        with Image.open(BytesIO(b64decode(one.b64_json))) as seen:
            assert seen.size == (64, 64)
        made: Any = client.videos.retrieve(one.id)
        assert made.remixed_from_video_id == first[0].id and made.seconds == "0"


def test_relations_are_made_by_the_model_of_the_image_and_from_farther_away_too(
    client: openai.OpenAI,
) -> None:
    small: Any = "64x64"
    own: Any = {"seed": 7701}
    first: Any = client.images.generate(prompt=FOX, size=small, extra_body=own).data
    png = b64decode(first[0].b64_json)
    far: Any = client.images.create_variation(image=png, extra_body={"farther": 2}).data
    other: Any = client.images.create_variation(image=png, model="seedling").data
    for one in (far[0], other[0]):
        made: Any = client.videos.retrieve(one.id)
        assert (made.model, made.remixed_from_video_id) == ("ink", first[0].id)
    assert len({one.b64_json for one in (first[0], far[0], other[0])}) == 3
    strange = as_png(np.zeros((64, 64, 3), np.uint8))
    for image, farther in ((strange, 2), (png, 0.5)):
        with pytest.raises(openai.BadRequestError):
            client.images.create_variation(image=image, extra_body={"farther": farther})


def test_a_video_of_one_frame_is_an_image(client: openai.OpenAI) -> None:
    more = {"num_frames": 1, "size": "64x64"}
    video = client.videos.create_and_poll(prompt=FOX, extra_body=more)
    assert (video.status, video.seconds) == ("completed", "0")
    content = client.videos.download_content(video.id)
    assert content.response.headers["Content-Type"] == "image/png"
    body = {"video": {"id": video.id}, "prompt": "on", "seconds": "4"}
    with pytest.raises(openai.BadRequestError, match="no length"):
        client.post("/videos/extensions", body=body, cast_to=openai.types.Video)
