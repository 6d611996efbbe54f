"""What is said to a server of `/v1/videos` and how its answers read, in each dialect. Sends nothing.

What may be sent is a list: no other field of anybody's ever leaves. See `docs/remote.md`.
"""

import base64
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, cast

from uncaged.core.errors import AskedWrong, PictureRefused, RunFailed, UncagedError
from uncaged.core.numbers import is_number
from uncaged.core.score import Score
from uncaged.core.words import _
from uncaged.engines.remote import dials
from uncaged.engines.remote.asking import Answer, Form
from uncaged.engines.remote.place import Place

State = Literal["queued", "in_progress", "completed", "failed"]

STATES: Final[Mapping[str, State]] = {
    **dict.fromkeys(("queued", "pending", "submitted", "created", "starting"), "queued"),
    **dict.fromkeys(("in_progress", "processing", "running", "generating"), "in_progress"),
    **dict.fromkeys(("completed", "succeeded", "success", "done", "finished"), "completed"),
    **dict.fromkeys(
        ("failed", "error", "cancelled", "canceled", "expired", "deleted", "rejected"), "failed"
    ),
}
"""What servers call it, and which of the four it is."""

LONGEST: Final = 300
"""Characters of a stranger's sentence that people are told, at most."""

WHOLE: Final = ("openai", "vllm-omni", "sglang")
"""Who takes whole seconds alone: longer ones are asked for, and the film is cut."""

STILLS: Final = "/v1/images/generations"
EDITED: Final = "/v1/images/edits"
"""Where pictures are made, from words and from a picture."""

LARGEST_STILL: Final = 64 << 20
"""Bytes of an answer that has a picture in it, at most."""

ID: Final = re.compile(r"[A-Za-z0-9_.:~-]{1,200}")
TYPES: Final = {
    b"\x89PNG": ("png", "image/png"),
    b"\xff\xd8\xff": ("jpg", "image/jpeg"),
    b"RIFF": ("webp", "image/webp"),
}


@dataclass(frozen=True, slots=True)
class Job:
    """A film on its way there. progress: 0 … 99. why: what it says of its failure. after: seconds until it is worth to
    look again, where it says so."""

    id: str
    state: State
    progress: int = 0
    why: str = ""
    after: float | None = None


def asked(place: Place, score: Score, files: Mapping[str, str]) -> Form:
    """What is sent. files: SHA-256 → path of the pictures. Raises `PictureRefused`."""
    if score.is_picture:
        return _still(place, score, files)
    wide, high = score.size
    whole = place.speaks in WHOLE
    fields: dict[str, Any] = {
        "prompt": score.text,
        "model": place.model,
        "seconds": str(max(1, math.ceil(score.seconds - 1e-6))) if whole else f"{score.seconds:g}",
        "size": f"{wide}x{high}",
        "seed": str(score.seed),
    }
    if place.speaks == "vllm-omni":
        del fields["model"]  # it has one, and refuses every other name
    if place.speaks != "openai":
        fields["fps"] = f"{score.fps:g}" if place.speaks == "uncaged" else str(round(score.fps))
    fields |= _turned(place, score)
    if not score.pictures:
        return Form(fields)
    return Form(fields, {"input_reference": _part(files[score.pictures[0].sha256])})


def _turned(place: Place, score: Score) -> dict[str, Any]:
    """What is to be left out, and the options."""
    found: dict[str, Any] = {}
    if place.negative and score.negative:
        found["negative_prompt"] = score.negative
    if together := dials.together(place.options, score.options):
        found["dials"] = dict(together)
    return found | dict(dials.apart(place.options, score.options))


def _still(place: Place, score: Score, files: Mapping[str, str]) -> Form:
    """The same of a picture."""
    wide, high = score.size
    fields: dict[str, Any] = {
        "prompt": score.text,
        "model": place.model,
        "n": 1,
        "size": f"{wide}x{high}",
        "response_format": "b64_json",
    }
    if place.speaks == "vllm-omni":
        del fields["model"]
    if place.speaks != "openai":
        fields["seed"] = score.seed
    fields |= _turned(place, score)
    if not score.pictures:
        return Form(fields, path=STILLS, plain=True)
    part = _part(files[score.pictures[0].sha256])
    return Form(fields, {"image": part}, EDITED)


def _part(path: str) -> tuple[str, bytes, str]:
    """A picture, with a name that says nothing and the type that it has."""
    data = Path(path).read_bytes()
    for begins, (ending, mime) in TYPES.items():
        if data.startswith(begins):
            return f"picture.{ending}", data, mime
    raise PictureRefused(_("The picture is none that others open: PNG, JPEG or WebP."))


def names(form: Form) -> str:
    """The names of what is sent, as the recipe has it."""
    told = [name for name in form.fields if name not in ("n", "response_format")]
    return ", ".join((*told, *form.files))


def job(answer: Answer) -> Job | None:
    """A video object, also one that came as a refusal; None where it is none."""
    value = mapping(answer.body)
    called, state = value.get("id"), value.get("status")
    if not isinstance(called, str) or not ID.fullmatch(called) or not isinstance(state, str):
        return None
    known = STATES.get(state.strip().lower().replace("-", "_"))
    if known is None or set(called) <= {"."}:
        return None
    said = value.get("progress")
    progress = 0
    if is_number(said):
        progress = int(min(99, max(0, said)))
    why = sentence(value.get("error")) if known == "failed" else ""
    return Job(called, known, progress, why, _after(answer))


def still(answer: Answer) -> tuple[bytes, str] | None:
    """The picture in an answer, as a file of some sort, and its id there; None where there is none."""
    rows = mapping(answer.body).get("data")
    first: object = cast("list[object]", rows)[0] if isinstance(rows, list) and rows else None
    if not isinstance(first, dict):
        return None
    said = cast("Mapping[str, object]", first)
    coded, called = said.get("b64_json"), said.get("id")
    if not isinstance(coded, str):
        return None
    try:
        data = base64.b64decode(coded, validate=True)
    except ValueError:
        return None
    known = isinstance(called, str) and ID.fullmatch(called) and set(called) - {"."}
    return data, str(called) if known else ""


def _after(answer: Answer) -> float | None:
    try:
        said = float(answer.headers.get("openai-poll-after-ms", "")) / 1000
    except ValueError:
        return None
    return said if 0 < said < math.inf else None


def complaint(answer: Answer) -> str:
    """Why it says no, in its own words and after its number; whatever shape they come in."""
    said = mapping(answer.body)
    found = next(
        (text for key in ("error", "detail", "message") if (text := sentence(said.get(key)))), ""
    )
    return f"{answer.status}: {found}" if found else f"{answer.status}"


def refusal(address: str, answer: Answer) -> UncagedError:
    """Why it never will, in words."""
    said = complaint(answer)
    if answer.status == 401:
        return RunFailed(
            f"{address} does not take the studio's key ({said}).",
            "Whoever keeps this studio gives another: uncaged models add-remote … --key-from",
        )
    if answer.status == 403:
        return RunFailed(f"{address} does not allow it ({said}).")
    if answer.status == 404:
        return RunFailed(f"{address} has no such model, or makes no films ({said}).")
    if answer.status in (400, 413, 422):
        return AskedWrong(
            _("%(where)s cannot make this (%(why)s).") % {"where": address, "why": said},
            _("Change what it asks about."),
        )
    if 300 <= answer.status < 400:
        return RunFailed(f"{address} sends us to another place ({said}), where nobody here goes.")
    if answer.is_good:
        return RunFailed(f"{address} gives an answer that is no word about a film ({said}).")
    return RunFailed(f"{address} refuses ({said}).")


def code(answer: Answer) -> str:
    """The code of its refusal, where it has one."""
    error = mapping(answer.body).get("error")
    found = cast("Mapping[str, Any]", error).get("code") if isinstance(error, dict) else None
    return found if isinstance(found, str) else ""


def mapping(body: bytes) -> Mapping[str, Any]:
    """An object in JSON; empty where it is none."""
    try:
        value: object = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return cast("Mapping[str, Any]", value) if isinstance(value, dict) else {}


def sentence(value: object) -> str:
    """The words in an error: a text, an object with a message, or a list of such."""
    if isinstance(value, list) and value:
        return sentence(cast("list[object]", value)[0])
    if isinstance(value, dict):
        said = cast("Mapping[str, object]", value)
        return next(
            (text for key in ("message", "msg", "detail") if (text := sentence(said.get(key)))), ""
        )
    if not isinstance(value, str):
        return ""
    plain = " ".join("".join(c if c.isprintable() else " " for c in value).split())
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"
