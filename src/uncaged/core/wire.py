"""The wire between steward and performer: length-prefixed JSON plus raw bytes. Knows pipes, no processes.

A message is four bytes (length of the JSON, big-endian), four bytes (length of the raw part), the JSON, the raw part.
Each says ``v: 1``, its run and attempt, and its number ``n`` within them.
"""

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from uncaged.core.order import (
    Broke,
    Done,
    Event,
    Learned,
    Media,
    Opened,
    PositionFound,
    Preview,
    Progress,
    Trained,
    Understood,
)

VERSION = 1
LONGEST = 64 << 20
"""Bytes of a message, at most: a longer one is a broken pipe, not a message."""

_HEAD = struct.Struct(">II")


class WireBroken(Exception):
    """What came is no message: the other side is not ours, or died in the middle of a word."""


@dataclass(frozen=True, slots=True)
class Message:
    """what: the kind of message (``order``, ``cancel``, or an event's name); body: its fields; raw: bytes beside it."""

    what: str
    run: str
    attempt: int
    n: int
    body: Mapping[str, Any]
    raw: bytes = b""


def send(pipe: BinaryIO, message: Message) -> None:
    """Writes a message and flushes. OSError when the other side is gone."""
    text = json.dumps(
        {
            "v": VERSION,
            "what": message.what,
            "run": message.run,
            "attempt": message.attempt,
            "n": message.n,
            "body": dict(message.body),
        },
        ensure_ascii=True,
        allow_nan=False,
    ).encode()
    pipe.write(_HEAD.pack(len(text), len(message.raw)) + text + message.raw)
    pipe.flush()


def receive(pipe: BinaryIO) -> Message | None:
    """The next message; None when the other side has closed the pipe between two messages."""
    head = _exactly(pipe, _HEAD.size, at_start=True)
    if head is None:
        return None
    text_length, raw_length = _HEAD.unpack(head)
    if text_length + raw_length > LONGEST:
        raise WireBroken("A message is longer than any message is.")
    text = _exactly(pipe, text_length) or b""
    raw = _exactly(pipe, raw_length) or b""
    try:
        value: Any = json.loads(text)
        if value["v"] != VERSION:
            raise WireBroken(
                f"The other side speaks version {value['v']} of the wire, not {VERSION}."
            )
        return Message(
            value["what"], value["run"], value["attempt"], value["n"], value["body"], raw
        )
    except (ValueError, KeyError, TypeError) as error:
        raise WireBroken("A message cannot be read.") from error


def _exactly(pipe: BinaryIO, length: int, at_start: bool = False) -> bytes | None:
    parts: list[bytes] = []
    missing = length
    while missing:
        part = pipe.read(missing)
        if not part:
            if at_start and missing == length:
                return None
            raise WireBroken("The other side ended in the middle of a message.")
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


HERE = "here"
"""The first message of a performer, before any order: it has begun, and can take one."""


def pack(event: Event) -> tuple[str, dict[str, Any], bytes]:
    """An event as a message's name, body and raw part."""
    match event:
        case Opened(model, seconds, closed, precision):
            body = {"model": model, "seconds": seconds, "closed": list(closed)}
            return "opened", body | ({"precision": precision} if precision else {}), b""
        case Understood(words, sentence):
            # pairs, since the order of the words is the sentence's
            return (
                "understood",
                {"words": [[k, v] for k, v in words.items()], "sentence": sentence},
                b"",
            )
        case PositionFound(position):
            return "position", {"position": dict(position)}, b""
        case Progress(done, total, doing):
            return "progress", {"done": done, "total": total, "doing": doing}, b""
        case Preview(png):
            return "preview", {}, png
        case Media(path, mime, width, height, fps, frames):
            body = {"path": path, "mime": mime, "width": width, "height": height, "fps": fps}
            return "media", body | {"frames": frames}, b""
        case Learned(facts):
            return "learned", {"facts": dict(facts)}, b""
        case Trained(folder, manifest):
            return "trained", {"folder": folder, "manifest": dict(manifest)}, b""
        case Done(recipe, seconds, held):
            return "done", {"recipe": dict(recipe), "seconds": seconds, "bytes": held}, b""
        case Broke(reason, hint, asked_wrong, crowded, seconds):
            body = {"reason": reason, "hint": hint, "asked_wrong": asked_wrong}
            return "broke", body | {"crowded": crowded, "seconds": seconds}, b""
        case _:
            raise TypeError(f"{type(event).__name__} stays inside the performer.")


ABLE = ("score", "task")
"""What a performer can be ordered: it says so in its first message, as ``can``. An older one says nothing."""


def unpack(message: Message) -> Event:
    """The event that `pack` packed; `WireBroken` where it is none."""
    try:
        return _unpack(message)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise WireBroken(f"What came as {message.what!r} is no such event.") from error


def _unpack(message: Message) -> Event:
    body = message.body
    match message.what:
        case "opened":
            closed, precision = tuple(body.get("closed", ())), str(body.get("precision", ""))
            return Opened(body["model"], body["seconds"], closed, precision)
        case "understood":
            return Understood(dict(body["words"]), body["sentence"])
        case "position":
            return PositionFound(body["position"])
        case "progress":
            return Progress(body["done"], body["total"], body["doing"])
        case "preview":
            return Preview(message.raw)
        case "media":
            return Media(**body)
        case "learned":
            return Learned(dict(body["facts"]))
        case "trained":
            return Trained(body["folder"], dict(body["manifest"]))
        case "done":
            return Done(body["recipe"], body["seconds"], body.get("bytes", 0))
        case "broke":
            crowded, seconds = body.get("crowded", False), body.get("seconds", 0.0)
            return Broke(body["reason"], body["hint"], body["asked_wrong"], crowded, seconds)
        case _:
            raise WireBroken(f"There is no event called {message.what}.")
