"""What `/v1` answers with, shape by shape: the one place where it stands. `schema` makes OpenAPI of these records.

Whoever answers builds them. Knows no route and no archive. Times are whole seconds since 1970 (UTC).
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NotRequired

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

ProblemType = Literal[
    "invalid_request_error",
    "authentication_error",
    "permission_error",
    "rate_limit_error",
    "server_error",
]

_SAID = ConfigDict(use_attribute_docstrings=True)


@with_config(_SAID)
class VideoError(TypedDict):
    """Why there is no film."""

    code: str
    """A word for programs: `cancelled`, `generation_failed`."""
    message: str
    """A sentence for people."""


@with_config(_SAID)
class Video(TypedDict):
    """A video: a work as clients of `/v1` read it. Every key is always there, null where nothing is."""

    id: str
    """The same on the pages and on the command line."""
    object: Literal["video"]
    model: str
    """What really performs, whatever was asked for."""
    status: Literal["queued", "in_progress", "completed", "failed"]
    """A cancelled one is `failed`, with the code `cancelled`."""
    progress: int
    """Percent, 100 only once it is kept."""
    created_at: int
    completed_at: int | None
    expires_at: None
    """Nothing is taken away."""
    prompt: str | None
    size: str
    """`WxH`, as it is really made."""
    seconds: str
    """All of it, where it goes on with another one."""
    remixed_from_video_id: str | None
    error: VideoError | None
    extended_from_video_id: str | None
    seed: int | None
    fps: float | None
    negative_prompt: str | None
    dials: Mapping[str, Any]
    """The model's own options."""
    queue_position: int | None
    """How many stand before it and itself; for its owner, while it waits."""
    eta_s: float | None
    """Seconds until it is there, as far as anybody knows."""
    understood: Mapping[str, Any] | None
    """What each word became."""
    ignored: NotRequired[Sequence[str]]
    """Fields of the request that mean nothing here; where it was asked for only."""
    notes: NotRequired[Sequence[str]]
    """What was changed at the door, where it was asked for; of a kept one, why it was not drawn to its end."""


@with_config(_SAID)
class VideoDeleted(TypedDict):
    """It is gone for good."""

    id: str
    object: Literal["video.deleted"]
    deleted: Literal[True]


@with_config(_SAID)
class File(TypedDict):
    """A file that was given beforehand."""

    id: str
    object: Literal["file"]
    bytes: int
    created_at: int
    expires_at: None
    filename: str
    purpose: str
    status: Literal["processed"]
    status_details: None


@with_config(_SAID)
class FileDeleted(TypedDict):
    """What was made with it stays."""

    id: str
    object: Literal["file"]
    deleted: Literal[True]


@with_config(_SAID)
class Model(TypedDict):
    """What performs here; what it can do stands beside what clients know."""

    id: str
    object: Literal["model"]
    created: int
    owned_by: str
    summary: str
    licence: str
    sizes: Sequence[int]
    """Pixels of a side, from and to."""
    only_sizes: Sequence[str]
    """The only ones, where there are such: 512x512."""
    seconds: Sequence[float]
    """Of a film, from and to."""
    pictures: int
    """How many it takes."""
    images: bool
    """Whether it makes some: works of one frame."""
    sound: bool
    """Whether its films have sound."""
    extends: bool
    films: Sequence[Literal["remixes", "extends", "bred_from"]]
    """Which ways of making a video of another begin from its very frames; the others, from its words."""
    masks: bool
    """Whether it draws a part of a picture or a film again, and keeps the rest."""
    negative_prompt: bool
    dials: Sequence[str]
    options: Mapping[str, Any]
    """What each of them can be, as a JSON Schema by its name."""
    elsewhere: bool
    """Whether another machine performs. What another studio asks for is not passed on there."""


@with_config(_SAID)
class Image(TypedDict):
    """One image: a work of one frame."""

    b64_json: NotRequired[str]
    """A PNG."""
    url: NotRequired[str]
    """Where it lies for an hour, for whoever has the address."""
    id: str
    """Of the work that it is."""
    seed: int | None


@with_config(_SAID)
class Images(TypedDict):
    """Images that were asked for together."""

    created: int
    data: Sequence[Image]
    background: Literal["opaque"]
    output_format: Literal["png"]
    quality: Literal["high"]
    size: str
    model: str
    ignored: NotRequired[Sequence[str]]
    notes: NotRequired[Sequence[str]]
    """What was changed at the door, where it was asked for."""
    failed: NotRequired[Sequence[str]]


@with_config(_SAID)
class WebhookEndpoint(TypedDict):
    """An address that is told of the end of one's videos."""

    id: str
    object: Literal["webhook_endpoint"]
    created_at: int
    updated_at: int
    name: str
    url: str
    event_types: Sequence[str]
    signing_secret_hint: str
    signing_secret: NotRequired[str]
    """Shown when it is made and when it is rotated, and never again."""


@with_config(_SAID)
class WebhookEndpointDeleted(TypedDict):
    """It is told nothing any more."""

    id: str
    object: Literal["webhook_endpoint.deleted"]
    deleted: Literal[True]


@with_config(_SAID)
class WebhookEndpointTest(TypedDict):
    """What a webhook answered that was told of a video that is none."""

    object: Literal["webhook_endpoint.test"]
    id: str
    event_type: str
    status_code: int | None
    """null where there was no answer, or the address may not be told."""
    delivered: bool


@with_config(_SAID)
class EventData(TypedDict):
    """Of what an event tells."""

    id: str


@with_config(_SAID)
class Event(TypedDict):
    """What a webhook is told, signed as Standard Webhooks has it."""

    id: str
    object: Literal["event"]
    created_at: int
    type: Literal["video.completed", "video.failed"]
    data: EventData


@with_config(_SAID)
class Problem(TypedDict):
    """Why not."""

    message: str
    """A sentence for people, which says what to do next."""
    type: ProblemType
    param: str | None
    """The field it is about."""
    code: str | None
    """A word for programs: `not_found`, `not_ready`, `model_not_found`, `unsupported` …"""


@with_config(_SAID)
class Error(TypedDict):
    """Every answer that says no."""

    error: Problem


@with_config(_SAID)
class VideoList(TypedDict):
    """A page of videos."""

    object: Literal["list"]
    data: Sequence[Video]
    first_id: str | None
    last_id: str | None
    """What to ask for `after`."""
    has_more: bool


@with_config(_SAID)
class FileList(TypedDict):
    """A page of files."""

    object: Literal["list"]
    data: Sequence[File]
    first_id: str | None
    last_id: str | None
    has_more: bool


@with_config(_SAID)
class WebhookEndpointList(TypedDict):
    """All of one's webhooks."""

    object: Literal["list"]
    data: Sequence[WebhookEndpoint]
    first_id: str | None
    last_id: str | None
    has_more: bool


@with_config(_SAID)
class ModelList(TypedDict):
    """Every model that is here."""

    object: Literal["list"]
    data: Sequence[Model]


@with_config(_SAID)
class EventTypeList(TypedDict):
    """What one can be told of."""

    object: Literal["list"]
    data: Sequence[str]


RECORDS: tuple[type, ...] = (
    Video,
    VideoList,
    VideoDeleted,
    File,
    FileList,
    FileDeleted,
    Model,
    ModelList,
    Images,
    WebhookEndpoint,
    WebhookEndpointList,
    WebhookEndpointDeleted,
    WebhookEndpointTest,
    EventTypeList,
    Event,
    Error,
)
"""All of them that stand by themselves."""
