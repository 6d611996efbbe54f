"""What docs/api.md says beside its tables: the official client's lines, bare requests, films that go on."""

from base64 import b64encode
from pathlib import Path
from typing import Any

import httpx2
import openai
import pytest
from PIL import Image

from uncaged.core.order import Order
from uncaged.core.score import ModelRef, Score, Shot
from uncaged.engines.ink.engine import reading_of
from uncaged.studio.studio import open_studio

pytestmark = [
    pytest.mark.filterwarnings("ignore:The Sora API:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:deprecated:DeprecationWarning"),
]

SMALL: dict[str, Any] = {"size": "64x64", "seconds": "1"}


def test_the_lines_of_the_document_work_as_they_are_printed(
    client: openai.OpenAI, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = (Path(__file__).parents[4] / "docs" / "api.md").read_text("utf-8")
    section = document.partition("## With the official client")[2]
    lines = section.partition("```python\n")[2].partition("```")[0]
    monkeypatch.chdir(tmp_path)
    Image.new("RGB", (32, 24), (200, 30, 40)).save("red.png")
    data = b64encode(Path("red.png").read_bytes()).decode()
    lines = lines.replace("base64,…", f"base64,{data}")
    lines = lines.replace('prompt="a bird"', 'prompt="a bird", size="64x64", seconds="0.5"')
    made = client.videos.create_and_poll(prompt="a red fox in the hills", **SMALL)
    scope: dict[str, Any] = {"client": client, "openai": openai, "video": made}
    exec(lines, scope)
    assert lines.count("client.videos.create(") == 4
    assert scope["night"].remixed_from_video_id == made.id
    assert scope["longer"].extended_from_video_id == made.id
    for video in client.videos.list(limit=6):
        client.videos.delete(video.id)


@pytest.mark.parametrize(
    ("more", "shown", "not_shown"),
    [
        ("it sleeps", "a red fox asleep", "bird"),
        ("the fox meets a bird", "a bird", "no such thing"),
        ("it snows", "Weather: snow", "bird"),
        ("a bird flies", "Drawn: a bird flying", "fox"),
    ],
)
def test_who_stays_in_a_film_that_goes_on(more: str, shown: str, not_shown: str) -> None:
    shots = (Shot("a red fox in the hills", 1.0), Shot(more, 1.0))
    score = Score(shots, ModelRef("ink"), (64, 64), 12, 5)
    said = reading_of(Order("", 0, score)).sentence.split("\n")
    assert shown in said[1] and not_shown not in said[1]
    assert ("fox" in said[1]) == (more != "a bird flies")
    assert "Setting: hills" in said[1]


def test_a_bare_request_that_changes_something_says_a_word(served: Any) -> None:
    url, asked = f"{served.address}/v1/videos", {"prompt": "a bird", **SMALL}
    assert httpx2.get(url, timeout=60).status_code == 200
    assert httpx2.post(url, json=asked, timeout=60).status_code == 403
    word = {"Authorization": "Bearer none"}
    made = httpx2.post(url, json=asked, headers=word, timeout=60)
    assert made.status_code == 200
    gone = httpx2.delete(f"{url}/{made.json()['id']}", headers=word)
    assert gone.json()["deleted"] is True
    wrong = httpx2.get(url, headers={"Authorization": "Bearer uncaged_wrong"}, timeout=60)
    assert wrong.status_code == 401


def test_what_is_made_from_a_film_keeps_its_sentences(served: Any, client: openai.OpenAI) -> None:
    first = client.videos.create_and_poll(prompt="a red fox in the hills", **SMALL)
    by_id: dict[str, Any] = {"video": openai.omit, "extra_body": {"video": {"id": first.id}}}
    asked = [
        client.videos.remix(first.id, prompt="a blue fox"),
        client.videos.edit(prompt="make it night", **by_id),
        client.videos.extend(prompt="it sleeps", seconds="1", **by_id),  # type: ignore[arg-type] - any length
    ]
    assert client.videos.delete(first.id).deleted
    with open_studio(served.said.with_name("home")) as house:
        remix, edit, longer = (house.work(video.id).score for video in asked)
    assert (remix.origin, remix.text) == ("a red fox in the hills", "a blue fox")
    assert (edit.origin, edit.text) == (remix.origin, f"{remix.origin}. make it night")
    assert [shot.text for shot in longer.shots] == ["a red fox in the hills", "it sleeps"]
    for video in asked:
        client.videos.delete(video.id)
