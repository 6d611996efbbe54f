"""Several models for the same words: the form, and what it asks for. What each of them took, the group's page says."""

import json
import math
import secrets
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import replace

from uncaged.archive.groups import Group
from uncaged.core.canonical import sha256
from uncaged.engines.asking import Request
from uncaged.engines.base import Engine
from uncaged.engines.sorts import parse_size
from uncaged.studio import comparing, entering, terms, together
from uncaged.studio.fits import fit
from uncaged.studio.held import held
from uncaged.studio.outgoing import REMOTE
from uncaged.studio.shelf import offered, players
from uncaged.web import closing, promising
from uncaged.web.asking import group_id_for, ids_for
from uncaged.web.here import Here
from uncaged.web.pages.make import suggestions
from uncaged.web.pages.models import measured, memory
from uncaged.web.saying import number, whole
from uncaged.web.views.base import Trouble
from uncaged.web.views.comparing import ChoiceView, CompareView
from uncaged.web.visitors import Stay
from uncaged.web.words import lengths, sizes

FIELDS = 100
"""Fields of the form: a tick for each model of a large shelf."""

TYPED = ("prompt", "negative", "models", "what", "seconds", "size", "fps", "seed", "each")

KEY = "key:"
"""How `once` begins where a program said it by its Idempotency-Key."""

FIRST = 2
"""Models that are ticked where nobody has ticked any."""


def show(
    here: Here, typed: Mapping[str, str] | None = None, trouble: Trouble | None = None
) -> CompareView:
    """The page. typed: what was said, where it could not be done; trouble: why not."""
    said = typed or {}
    policy, own = here.web.policies.look().policy, held(here.studio)
    found = offered(here.studio, policy) or players(here.studio)
    with here.studio.archive.read() as conn:
        waiting = {
            name
            for name, one in own.items()
            if terms.waits(conn, here.studio.person, one.model) is not None
        }
    ready = [name for name in found if name not in waiting]
    ticked = _names(said.get("models", "")) if "models" in said else ready[:FIRST]
    kept = {name: said[name] for name in TYPED if said.get(name)}
    grey = secrets.choice(suggestions())
    return CompareView(
        models=tuple(
            _choice(here, one, name in ticked, name in waiting) for name, one in found.items()
        ),
        most=comparing.MOST,
        typed={"seed": str(secrets.randbelow(10_000)), "if_empty": grey} | kept,
        once=secrets.token_urlsafe(12),
        trouble=trouble,
    )


def _names(said: str) -> list[str]:
    return [one.strip() for one in said.split(",") if one.strip()]


def _choice(here: Here, player: Engine, ticked: bool, waits: bool) -> ChoiceView:
    can, found = player.capabilities, fit(player, here.web.past(player.name))
    return ChoiceView(
        name=player.name,
        summary=player.card.summary,
        makes=f"{sizes(can.sizes, can.sides, math.lcm(can.multiple, 2))}; {lengths(can.seconds)}",
        ticked=ticked,
        measured=measured(found),
        memory=memory(found),
        afar=player.family == REMOTE,
        waits=waits,
    )


def ask(
    here: Here, said: Mapping[str, str], stay: Stay
) -> "tuple[Here, Future[Group], tuple[str, ...]]":
    """Asks all the models that are named: on the disk once the future has its group; and what was changed for whom.

    Asked for twice with the same `once`, it is the same group. Raises `AskedWrong`, `NotFound`, the future `TooMany`.
    """
    closing.check(here)
    request, each, once = _request(said), whole(said, "each"), _once(said)
    if once and request.seed is None:  # the same again, when it is asked again
        request = replace(request, seed=int(sha256(once.encode())[:8], 16) % 1_000_000)
    count = 1 if each is None else each
    parts, notes = comparing.prepared(here.studio, request, said.get("models", ""), count)
    here = promising.settled(here, parts, stay)
    studio, group_id = here.studio, None
    if once:
        who = (entering.secret_of(studio), studio.person, once)
        group_id, parts[0] = group_id_for(*who), replace(parts[0], ids=ids_for(*who))
    asked = together.Terms(comparing.KIND, group_id=group_id)
    with studio.archive.read() as conn:
        takes = together.expected(conn, parts)
    return (
        here,
        studio.submit(lambda conn: together.promise(conn, studio, parts, takes, asked)),
        notes,
    )


def _once(said: Mapping[str, str]) -> str:
    """What the asking is known by: a program's key, or a form's token and all it says, so that gone back to and changed
    it is another; empty where nobody said."""
    once = said.get("once", "").strip()
    if not once or once.startswith(KEY):
        return once
    return f"form:{sha256(json.dumps(sorted(said.items())).encode())}"


def _request(said: Mapping[str, str]) -> Request:
    """What every model is asked for. Raises `AskedWrong`."""
    text, size = said.get("prompt", "").replace("\r\n", "\n"), said.get("size", "").strip()
    still = said.get("what", "film") == "picture"
    return Request(
        text if text.strip() else said.get("if_empty", ""),
        0.0 if still else number(said, "seconds"),
        parse_size(size) if size else None,
        None if still else number(said, "fps"),
        whole(said, "seed"),
        negative=said.get("negative", "").strip() or None,
    )
