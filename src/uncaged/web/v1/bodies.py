"""What `/v1` is asked with, shape by shape. `schema` makes OpenAPI of it; `fields` reads it, and says what is wrong.

Numbers may come as texts, as forms send them; null is as good as absent. Knows no route.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, Required

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from uncaged.core.score import MAX_SEED
from uncaged.web.v1.fields import LONGEST_PROMPT

_SAID = ConfigDict(use_attribute_docstrings=True)

Number = float | Annotated[str, Field(pattern=r"^-?[0-9]{1,9}(\.[0-9]{1,9})?$")]
Digits = Annotated[str, Field(pattern=r"^[0-9]{1,15}$")]
Whole = Annotated[int, Field(ge=0, le=MAX_SEED)] | Digits
Truth = bool | Literal["true", "false", "1", "0", "on", "off", "yes", "no", ""]
Size = Annotated[str, Field(pattern=r"^[0-9]{1,5}x[0-9]{1,5}$")]
Prompt = Annotated[str, Field(min_length=1, max_length=LONGEST_PROMPT)]
_OF = "A video that is here: its id, or an object with it; in a form, a file too where the studio takes one."
Named = Mapping[str, Any] | str
"""An object, or the same as JSON in a text."""


@with_config(_SAID)
class Picture(TypedDict, total=False):
    """A picture that is not sent along: exactly one of the two."""

    image_url: str | None
    """A data URL, of at most 20 971 520 characters, or an address."""
    file_id: str | None
    """Of a file that was given beforehand."""


@with_config(_SAID)
class Source(TypedDict, total=False):
    """A video that is here."""

    id: Required[str]


@with_config(_SAID)
class _Making(TypedDict, total=False):
    """What every making has. Descriptions stand in the types here: from a docstring the heirs would not have them."""

    seed: Whole | None
    negative_prompt: Annotated[
        str | None, Field(description="What must not be seen, where the model can leave out.")
    ]
    dials: Annotated[Named | None, Field(description="The model's own options, by name.")]
    extra_params: Annotated[
        Named | None, Field(description="The same, as related services call it.")
    ]
    num_inference_steps: Annotated[
        Whole | None, Field(description="Where the model has this option, as the four below.")
    ]
    guidance_scale: Number | None
    guidance_scale_2: Number | None
    flow_shift: Number | None
    lora: Any


@with_config(_SAID)
class VideoCreate(_Making, total=False):
    """A film from words, perhaps with a picture."""

    prompt: Required[Prompt]
    model: Annotated[str, Field(max_length=200)] | None
    """One of `GET /models`; the closed service's names, and none, are the studio's default."""
    seconds: Number | None
    """4, where nothing is said."""
    size: Size | Literal["auto"] | None
    """720x1280, where nothing is said."""
    input_reference: str | Picture | None
    """A picture: a file in a form, an object, an id, or a data URL."""
    last_reference: str | Picture | None
    """One that it ends with, likewise; for models that take two or more."""
    fps: Number | None
    loop: Truth | None
    position: Named | None
    """A point in the model's space; it beats the words."""
    num_frames: Whole | None
    """Instead of seconds."""
    width: Whole | None
    height: Whole | None


@with_config(_SAID)
class _Changing(TypedDict, total=False):
    prompt: Required[Prompt]
    video: Required[Annotated[str | Source, Field(description=_OF)]]


@with_config(_SAID)
class _Imaging(_Making, total=False):
    model: Annotated[str, Field(max_length=200)] | None
    n: Annotated[Whole | None, Field(description="1 to 12.")]
    size: Annotated[
        Size | Literal["auto"] | None,
        Field(description="1024x1024, where nothing is said."),
    ]
    response_format: Literal["b64_json", "url"] | None
    width: Whole | None
    height: Whole | None


@with_config(_SAID)
class VideoRemix(_Making, total=False):
    """Other words for the same film."""

    prompt: Required[Prompt]


@with_config(_SAID)
class VideoEdit(_Making, _Changing, total=False):
    """What is to be changed, and of which video."""

    mask: Annotated[
        str | Picture | None,
        Field(description="Transparent where the video is drawn again; the rest stays."),
    ]


@with_config(_SAID)
class VideoExtend(_Making, _Changing, total=False):
    """What happens next, and after which video."""

    seconds: Required[Number]
    """By so many it goes on."""


@with_config(_SAID)
class ImageGenerate(_Imaging, total=False):
    """Images from words."""

    prompt: Required[Prompt]


@with_config(_SAID)
class ImageEdit(ImageGenerate, total=False):
    """Images from words and a picture, which lends what the model can take of one."""

    image: str | Picture | Sequence[str | Picture] | None
    mask: Annotated[
        str | Picture | None,
        Field(description="Transparent where the picture is drawn again; the rest stays."),
    ]


@with_config(_SAID)
class ImageVary(_Imaging, total=False):
    """Images from a picture alone."""

    image: Required[str | Picture | Sequence[str | Picture]]
    farther: Annotated[
        Number | None,
        Field(
            description="Of an image that was made here: drawn again from so many times as far, smaller in a larger "
            "field. Above 1."
        ),
    ]


@with_config(_SAID)
class FileGive(TypedDict, total=False):
    """A file to be named later; in a form alone."""

    file: Required[str]
    purpose: Literal["vision", "user_data", "assistants", "batch", "fine-tune", "evals"] | None


Events = Annotated[Sequence[Literal["video.completed", "video.failed"]], Field(min_length=1)]
Url = Annotated[str, Field(max_length=2000)]
Name = Annotated[str, Field(max_length=200)]


@with_config(_SAID)
class WebhookEndpointMake(TypedDict, total=False):
    """Whom to tell, and of what."""

    url: Required[Url]
    event_types: Required[Events]
    name: Name | None


@with_config(_SAID)
class WebhookEndpointChange(TypedDict, total=False):
    """What is to be another."""

    url: Url | None
    event_types: Events | None
    name: Name | None


@with_config(_SAID)
class WebhookEndpointRotate(TypedDict, total=False):
    """Whether the old secret counts for one more day."""

    keep_old_secret_active_for_24_hours: Truth | None


@with_config(_SAID)
class WebhookEndpointTry(TypedDict, total=False):
    """Of what to tell it."""

    event_type: Literal["video.completed", "video.failed"] | None


BODIES: tuple[type, ...] = (
    VideoCreate,
    VideoRemix,
    VideoEdit,
    VideoExtend,
    ImageGenerate,
    ImageEdit,
    ImageVary,
    FileGive,
    WebhookEndpointMake,
    WebhookEndpointChange,
    WebhookEndpointRotate,
    WebhookEndpointTry,
)
"""All of them."""
