# SPDX-License-Identifier: Apache-2.0
"""A client of `/v1` in one file, for any server of that shape: copy it, or install it. It needs httpx2 alone.

    studio = Studio("http://127.0.0.1:8484/v1")
    video = studio.create_and_wait("a red fox in the hills", seconds=4)
    studio.save(video["id"], "fox.mp4")

Whatever goes wrong is a `StudioError`. What is worth it is tried again, by itself and under an Idempotency-Key, so that
nothing is made twice. `AsyncStudio` does the same in programs that await.
"""

import asyncio
import base64
import hmac
import json
import random
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Concatenate, Literal, NotRequired, ParamSpec, TypedDict, TypeVar
from urllib.parse import quote

import httpx2

P = ParamSpec("P")
T = TypeVar("T")
HERE = "http://127.0.0.1:8484/v1"
PATIENCE, FRESH = 120.0, 300
"""Seconds that a server may have one wait before trying again; that a webhook's message may be old, or early."""
Picture = bytes | Path | str
"""Bytes or a `Path`, sent along; or, as a text, a data URL, an address, or the id of a file given before."""
Thing = dict[str, Any]
Answer = httpx2.Response
Told = Callable[["Video"], object] | None


class Video(TypedDict):
    """A video. What other servers may not know begins with `seed`. Times are seconds since 1970."""

    id: str
    object: str
    model: str
    status: Literal["queued", "in_progress", "completed", "failed"]
    progress: int
    created_at: int
    completed_at: int | None
    expires_at: int | None
    prompt: str | None
    size: str
    seconds: str
    remixed_from_video_id: str | None
    error: dict[str, str] | None
    extended_from_video_id: NotRequired[str | None]
    seed: NotRequired[int | None]
    fps: NotRequired[float | None]
    negative_prompt: NotRequired[str | None]
    dials: NotRequired[dict[str, Any]]
    queue_position: NotRequired[int | None]
    eta_s: NotRequired[float | None]
    understood: NotRequired[dict[str, Any] | None]
    ignored: NotRequired[list[str]]
    notes: NotRequired[list[str]]


class StudioError(Exception):
    """The studio said no, or nothing. status: of its answer, None where there was none."""

    def __init__(self, said: Mapping[str, Any], status: int | None = None, name: str | None = None):
        super().__init__(said["message"])
        self.message, self.type = str(said["message"]), str(said.get("type", "connection_error"))
        self.param, self.code = said.get("param"), said.get("code")
        self.status, self.request_id = status, name


class VideoFailed(StudioError):
    """It was waited for, and failed or was cancelled; `code` says which. video: all of it."""

    def __init__(self, video: Video):
        why = video["error"] or {"message": "It failed, and nobody said why."}
        super().__init__({"type": "generation_error", **why}, 200)
        self.video = video


class Studio:
    """A server of `/v1`. key: any word at the machine itself. retries: how often one request is tried again at most.

    asked, wherever it stands: what else the server knows (model, seconds, size, seed, negative_prompt, dials …), and
    `key`, a name of your own under which it is made once however often it is asked for, by other processes too.
    """

    def __init__(self, base_url: str = HERE, key: str = "none", retries: int = 4) -> None:
        self._retries = retries
        self._http = httpx2.Client(
            base_url=base_url.rstrip("/"),
            headers={"Authorization": f"Bearer {key}", "Accept": "*/*"},
            timeout=httpx2.Timeout(600, connect=5),
            follow_redirects=True,
        )

    def close(self) -> None:
        """Lets go of its connections."""
        self._http.close()

    def __enter__(self) -> "Studio":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def create(self, prompt: str, picture: Picture | None = None, **asked: Any) -> Video:
        """Asks for a video; it is queued."""
        return self._make(_at("videos"), {"prompt": prompt} | asked, input_reference=picture)

    def retrieve(self, video_id: str) -> Video:
        """A video as it stands."""
        return self._json("GET", _at("videos", video_id))

    def videos(self, order: str = "desc", limit: int = 100) -> Iterator[Video]:
        """All of one's own, the newest first, or the oldest ("asc"). limit: of one page."""
        return self._pages(_at("videos"), {"limit": limit, "order": order})

    def delete(self, video_id: str) -> None:
        """Deletes a video for ever; one that is on its way is cancelled."""
        self._ask("DELETE", _at("videos", video_id))

    def remix(self, video_id: str, prompt: str, **asked: Any) -> Video:
        """The same film with other words."""
        return self._make(_at("videos", video_id, "remix"), {"prompt": prompt} | asked)

    def edit(self, video: str | Path, prompt: str, **asked: Any) -> Video:
        """The same film, changed as the prompt says. video: an id; or a film, where the server takes one."""
        return self._make(_at("videos", "edits"), {"prompt": prompt} | asked, video=video)

    def extend(self, video: str | Path, prompt: str, seconds: float, **asked: Any) -> Video:
        """The same film, and so many seconds more in which the prompt happens. video: as for `edit`."""
        asked |= {"prompt": prompt, "seconds": seconds}
        return self._make(_at("videos", "extensions"), asked, video=video)

    def look(self, video_id: str) -> tuple[Video, float]:
        """A video as it stands, and after how many seconds the server wishes to be asked again."""
        answer = self._ask("GET", _at("videos", video_id))
        said = _number(answer.headers.get("openai-poll-after-ms"))
        return _said(answer), 1.0 if said is None else max(0.05, said / 1000)

    def wait(self, video_id: str, timeout: float | None = None, told: Told = None) -> Video:
        """Waits until it is completed. timeout: seconds, after which it raises `TimeoutError`, while the video goes on
        being made. told: hears of each look at it. Raises `VideoFailed`."""
        until = None if timeout is None else time.monotonic() + timeout
        while pause := _pause_after(found := self.look(video_id), until, told):
            time.sleep(pause)
        return found[0]

    def create_and_wait(self, prompt: str, told: Told = None, **asked: Any) -> Video:
        """`create`, then `wait`."""
        return self.wait(self.create(prompt, **asked)["id"], told=told)

    def save(self, video_id: str, to: str | Path, variant: str = "video") -> Path:
        """Writes the film (or its "thumbnail", its "spritesheet") into a file, which is there whole or not at all.
        Where the connection breaks, it goes on from there."""
        return self._save(_at("videos", video_id, "content") + f"?variant={quote(variant)}", to)

    def give_file(self, file: bytes | Path, purpose: str = "vision") -> Thing:
        """Gives a file, to be named by its `id` later."""
        sent = {"file": _part(file)}
        return self._json("POST", _at("files"), data={"purpose": purpose}, files=sent)

    def file(self, file_id: str) -> Thing:
        """What a file is."""
        return self._json("GET", _at("files", file_id))

    def files(self, limit: int = 100) -> Iterator[Thing]:
        """All of one's own."""
        return self._pages(_at("files"), {"limit": limit})

    def save_file(self, file_id: str, to: str | Path) -> Path:
        """Writes its bytes into a file, as `save` does."""
        return self._save(_at("files", file_id, "content"), to)

    def delete_file(self, file_id: str) -> None:
        """Takes it away."""
        self._ask("DELETE", _at("files", file_id))

    def models(self) -> list[Thing]:
        """Everything that performs there, and what it can do."""
        return self._json("GET", _at("models"))["data"]

    def model(self, name: str) -> Thing:
        """One of them."""
        return self._json("GET", _at("models", name))

    def images(self, prompt: str, image: Picture | None = None, **asked: Any) -> list[Thing]:
        """Images (`b64_json`: a PNG) from words, from words and a picture, or, without words, from a picture alone."""
        kind = "generations" if image is None else "edits" if prompt else "variations"
        asked |= {"prompt": prompt} if prompt else {}
        return self._make(_at("images", kind), asked, image=image)["data"]

    def webhooks(self) -> Iterator[Thing]:
        """All of one's own."""
        return self._pages(_at("webhook_endpoints"), {})

    def make_webhook(self, url: str, *events: str, name: str | None = None) -> Thing:
        """Whom to tell of `video.completed` and `video.failed`; its `signing_secret` is shown this once."""
        fields = {"url": url, "event_types": events, "name": name}
        return self._json("POST", _at("webhook_endpoints"), json=fields)

    def change_webhook(self, hook_id: str, **fields: Any) -> Thing:
        """Another url, name or event_types."""
        return self._json("POST", _at("webhook_endpoints", hook_id), json=fields)

    def rotate_webhook(self, hook_id: str, keep_for_a_day: bool = False) -> Thing:
        """Another `signing_secret`, shown this once; the old one may count for one more day."""
        fields = {"keep_old_secret_active_for_24_hours": keep_for_a_day}
        return self._json("POST", _at("webhook_endpoints", hook_id, "rotate_secret"), json=fields)

    def test_webhook(self, hook_id: str, event: str = "video.completed") -> Thing:
        """Has it told at once; what it answered."""
        fields = {"event_type": event}
        return self._json("POST", _at("webhook_endpoints", hook_id, "test"), json=fields)

    def delete_webhook(self, hook_id: str) -> None:
        """It is told nothing any more."""
        self._ask("DELETE", _at("webhook_endpoints", hook_id))

    def _make(self, path: str, asked: Thing, **given: Picture | None) -> Any:
        """Asks for something to be made: as JSON, or as a form where a file is sent along."""
        body = {k: str(v) if k == "seconds" else v for k, v in asked.items() if v is not None}
        headers = {"Idempotency-Key": body.pop("key", None) or uuid.uuid4().hex}
        files = {name: _part(one) for name, one in given.items() if isinstance(one, bytes | Path)}
        named = {name: _named(name, one) for name, one in given.items() if isinstance(one, str)}
        if not files:
            return self._json("POST", path, headers=headers, json=body | named)
        form = {key: one if isinstance(one, str) else json.dumps(one) for key, one in body.items()}
        return self._json("POST", path, headers=headers, data=form, files=files)

    def _pages(self, path: str, asked: Thing) -> Iterator[Any]:
        last, before = "", None
        while last is not None and last != before:
            page = self._json("GET", path, params=asked | ({"after": last} if last else {}))
            yield from page["data"]
            last, before = page.get("last_id") if page.get("has_more") else None, last

    def _json(self, method: str, path: str, **more: Any) -> Any:
        return _said(self._ask(method, path, **more))

    def _ask(self, method: str, path: str, into: "_Saving | None" = None, **more: Any) -> Answer:
        """One request, as often as it is worth it."""
        said: dict[str, str] = more.pop("headers", {})
        twice = method == "GET" or "Idempotency-Key" in said
        for attempt in range(self._retries + 1):
            said["x-stainless-retry-count"] = str(attempt)
            last = attempt == self._retries
            try:
                if into is None:
                    answer = self._http.request(method, path, headers=said, **more)
                else:
                    with self._http.stream(method, path, headers=said | into.missing()) as answer:
                        into.take(answer)
                pause = None if last else _worth(answer, attempt, twice)
                if pause is None:
                    return answer if answer.status_code < 400 else _said(answer)
            except httpx2.TransportError as error:
                never_sent = isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout)
                if last or not (twice or never_sent):
                    raise StudioError({"message": f"Nobody answers: {error!r}"}) from error
                pause = _pause(attempt)
            time.sleep(pause)
        raise AssertionError("The last attempt returns or raises.")

    def _save(self, path: str, to: str | Path) -> Path:
        whole = Path(to)
        saving = _Saving(whole.with_name(f".{whole.name}.{uuid.uuid4().hex[:8]}.part"))
        try:
            self._ask("GET", path, saving, headers={"Accept-Encoding": "identity"})
            return saving.path.replace(whole)
        finally:
            saving.path.unlink(missing_ok=True)


class AsyncStudio:
    """The same, awaited: `await studio.do(Studio.remix, video_id, "at night")`. Requests happen in threads; waiting for
    a video holds none."""

    def __init__(self, base_url: str = HERE, key: str = "none", retries: int = 4) -> None:
        self.studio = Studio(base_url, key, retries)

    async def __aenter__(self) -> "AsyncStudio":
        return self

    async def __aexit__(self, *_: object) -> None:
        self.studio.close()

    async def do(self, call: "Callable[Concatenate[Studio, P], T]", *a: P.args, **k: P.kwargs) -> T:
        """Any call of `Studio`."""
        return await asyncio.to_thread(call, self.studio, *a, **k)

    async def wait(self, video_id: str, timeout: float | None = None, told: Told = None) -> Video:
        """As `Studio.wait`."""
        until = None if timeout is None else time.monotonic() + timeout
        while pause := _pause_after(found := await self.do(Studio.look, video_id), until, told):
            await asyncio.sleep(pause)
        return found[0]


class _Saving:
    """A film on its way into a file: what is there already is not asked for again."""

    def __init__(self, path: Path) -> None:
        self.path, self._tag = path, ""

    def missing(self) -> dict[str, str]:
        """The rest, of the very same film."""
        had = self.path.stat().st_size if self._tag else 0
        return {"Range": f"bytes={had}-", "If-Range": self._tag} if had else {}

    def take(self, answer: Answer) -> None:
        """Writes what comes."""
        if answer.status_code not in (200, 206):
            answer.read()
            return
        self._tag = answer.headers.get("etag", "")
        with self.path.open("ab" if answer.status_code == 206 else "wb") as file:
            for some in answer.iter_bytes():
                file.write(some)


def _at(*parts: str) -> str:
    return "/" + "/".join(quote(part, safe="") for part in parts)


def _part(given: bytes | Path) -> tuple[str, bytes]:
    return ("upload", given) if isinstance(given, bytes) else (given.name, given.read_bytes())


def _named(field: str, given: str) -> dict[str, str]:
    address = given.startswith(("data:", "http:", "https:"))
    return {"image_url" if address else "id" if field == "video" else "file_id": given}


def _pause_after(found: tuple[Video, float], until: float | None, told: Told) -> float:
    """Seconds until the next look at a video; 0 once it is completed."""
    video, pause = found
    if told is not None:
        told(video)
    if video["status"] == "failed":
        raise VideoFailed(video)
    if video["status"] not in ("queued", "in_progress"):
        return 0.0
    left = pause if until is None else until - time.monotonic()
    if left <= 0:
        raise TimeoutError(f"The video {video['id']} is not completed yet.")
    return min(pause, left)


def _number(said: str | None) -> float | None:
    try:
        return None if said is None else float(said)
    except ValueError:
        return None


def _pause(attempt: int) -> float:
    return min(8.0, 0.5 * 2**attempt) * random.uniform(0.75, 1)  # so that not all come at once


def _worth(answer: Answer, attempt: int, twice: bool) -> float | None:
    """Seconds after which trying again may help; None where it does not. twice: it may be done twice."""
    said, status = answer.headers.get("x-should-retry"), answer.status_code
    again = status in (429, 503) or (twice and status in (408, 502, 504))
    if said == "false" or (said != "true" and not again):
        return None
    after = _number(answer.headers.get("retry-after"))
    return _pause(attempt) if after is None else after if after <= PATIENCE else None


def _said(answer: Answer) -> Any:
    status, name = answer.status_code, answer.headers.get("x-request-id")
    try:
        if status < 400:
            return answer.json()
        raise StudioError(answer.json()["error"], status, name)
    except (ValueError, KeyError, TypeError):  # another shape, or none
        said = f"The studio answers {status}, and nothing that can be read."
        raise StudioError({"message": said}, status, name) from None


def verify(body: bytes, headers: Mapping[str, str], secret: str, now: float | None = None) -> Thing:
    """The event that a webhook was told, once its signature and its age are right. Raises `StudioError`."""
    said = {name.lower(): value for name, value in headers.items()}
    name, at = said.get("webhook-id", ""), said.get("webhook-timestamp", "")
    if not at.isdecimal() or abs((time.time() if now is None else now) - int(at)) > FRESH:
        raise StudioError({"message": "It is too old, or too early.", "type": "signature_error"})
    bare = secret.removeprefix("whsec_")
    key = bare.encode() if bare == secret else base64.b64decode(bare)
    signed = hmac.digest(key, f"{name}.{at}.".encode() + body, "sha256")
    wanted = b"v1," + base64.b64encode(signed)
    ways = said.get("webhook-signature", "").split()
    if not any(hmac.compare_digest(wanted, way.encode()) for way in ways):
        raise StudioError({"message": "It is not signed with this.", "type": "signature_error"})
    return json.loads(body)
