"""The first page: say something, turn the dials, press. And what happens then, up to the promise."""

import asyncio
import json
import math
import secrets
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import Any, cast, get_args

from uncaged.archive import models as shelved
from uncaged.archive import works as archive
from uncaged.archive.groups import Group
from uncaged.archive.run import Run
from uncaged.archive.work import Work
from uncaged.core.adapters import OPTION
from uncaged.core.errors import AskedWrong
from uncaged.engines.asking import Request
from uncaged.engines.base import Engine
from uncaged.engines.registry import DEFAULT
from uncaged.engines.sources import Source
from uncaged.studio import allowing, beginning, entering, remaking, terms, together
from uncaged.studio.making import Making
from uncaged.studio.outgoing import REMOTE
from uncaged.studio.shelf import offered, players
from uncaged.web import promising
from uncaged.web.asking import Wanted, group_id_for, ids_for
from uncaged.web.here import Here
from uncaged.web.pages import films, groups, grow, line, works
from uncaged.web.promising import Sent
from uncaged.web.views.base import Trouble
from uncaged.web.views.making import DialView, MakeView, ModelView
from uncaged.web.views.works import GroupView, WorkView
from uncaged.web.visitors import Stay
from uncaged.web.words import _

FILLED, SHORT = ("what", "seconds", "size"), 40
"""Fields that an address may fill in beside the model, and their characters at most."""

LONGER = "2"
"""Seconds by which a film goes on, where the form says it first."""

LATELY = 20
"""Works of one's own by which one's last model is known."""

LOOK = 3
"""Films shown to everybody that the first page has."""


def suggestions() -> tuple[str, ...]:
    """Lines in grey, in the reader's language; whoever presses without a word plays one."""
    return (
        _("a green fish swims through yellow leaves"),
        _("two yellow birds over a blue hill at dusk"),
        _("a dancer on a stone at sunset"),
        _("a boat on the sea at night under the moon"),
    )


def form(
    here: Here, typed: Mapping[str, str], trouble: Trouble | None = None, twelve: int = 0
) -> MakeView:
    """The first page, with what this visitor had typed. trouble: why the form came back. twelve: which of the day's
    sets of drawings."""
    standing = line.begins(here)
    kept, unkept, ended = works.latest(here)
    found = _offered(here)
    chosen = found.get(typed.get("model", "")) or next(iter(found.values()))
    grey = secrets.choice([_(text) for text in chosen.examples] or suggestions())
    said = {"seed": str(secrets.randbelow(10_000)), "if_empty": grey}
    return MakeView(
        models=_models(here, found),
        waiting=standing.waiting,
        performers=len(standing.performers),
        typed=said | dict(typed),
        trouble=trouble,
        once=secrets.token_urlsafe(12),
        twelve=grow.twelve(here, twelve),
        line=standing,
        pressed=line.pressed(here, standing, chosen.name),
        shown=films.last(here, LOOK),
        works=kept,
        unkept=unkept,
        ended=ended,
    )


def with_model(here: Here, name: str, said: Mapping[str, str]) -> dict[str, str]:
    """What the form holds where somebody comes to play this model; nothing where there is none of this name. said:
    beside it an `adapter`, and what it is to be (`FILLED`)."""
    if not name or name not in _offered(here):
        return {}
    adapter = said.get("adapter", "")
    with here.studio.archive.read() as conn:
        known = any(one.is_adapter and one.name == adapter for one in shelved.shelf(conn))
    filled = {one: said[one][:SHORT] for one in FILLED if said.get(one)}
    return {"model": name} | filled | ({f"{name}.{OPTION}": f"{adapter}=1"} if known else {})


def _offered(here: Here) -> Mapping[str, Engine]:
    """What the house lets them make with; where that is nothing all of them, and the door says why."""
    policy = here.web.policies.look().policy
    return offered(here.studio, policy) or players(here.studio)


def beginning_with(here: Here, work_id: str, model: str = "", part: bool = False) -> dict[str, str]:
    """What the form holds to make a film that begins with this picture. model: who is to make it, where somebody said;
    else the picture's own if it can, else of those that can the one that this visitor had last. part: a picture is to
    be made of it, a part of it drawn again.

    Raises `NotFound`, `AskedWrong`.
    """
    row = works.given(here, work_id)
    beginning.begun(Request(""), row)
    found = _offered(here)
    can = {name: one.capabilities for name, one in found.items()}
    able = [name for name, one in can.items() if (one.masks if part else one.pictures)]
    more = {"part": "on", "what": "picture"} if part else {}
    chosen = found.get(model) or found.get(next(_wished(here, row.model, able), ""))
    if chosen is None:
        return {"begin": row.id, "size": f"{row.width}x{row.height}"} | more
    wide, high = chosen.capabilities.size_near((row.width or 1, row.height or 1))
    return {"begin": row.id, "model": chosen.name, "size": f"{wide}x{high}"} | more


def _wished(here: Here, own: str, able: Sequence[str]) -> Iterator[str]:
    """Those of the able, the likeliest first."""
    if own in able:
        yield own
    with here.studio.archive.read() as conn:
        lately = archive.list_unkept(conn, here.studio.person, LATELY)
        lately += archive.list_works(conn, here.studio.person, LATELY, own=True)
    yield from (one.model for one in sorted(lately, key=_asked, reverse=True) if one.model in able)
    yield from able


def _asked(work: Work) -> int:
    return work.asked


def typed_for(here: Here, work_id: str, other_seed: bool = False) -> dict[str, str]:
    """What the form holds to make this work again. Raises `NotFound` where this visitor may not see it."""
    score = works.find(here, work_id).score
    if score is None:
        raise works.not_found()
    typed = {
        "prompt": score.text,
        "model": score.model.name,
        "size": f"{score.size[0]}x{score.size[1]}",
    }
    if score.is_picture:
        typed["what"] = "picture"
    else:
        typed |= {"seconds": f"{score.seconds:g}", "fps": f"{score.fps:g}"}
    if score.loop:
        typed["loop"] = "on"
    if score.negative:
        typed["negative"] = score.negative
    if not other_seed:
        typed["seed"] = str(score.seed)
    if score.position is not None:
        typed["position"] = json.dumps(score.position, ensure_ascii=False)
    for name, value in score.options.items():
        if value is not False and value is not None:
            typed[f"{score.model.name}.{name}"] = "on" if value is True else str(value)
    return typed


def typed_of(here: Here, source: Source) -> dict[str, str]:
    """What the form holds to make something of this work. Raises `NotFound` where this visitor may not see it."""
    typed = typed_for(here, source.work)
    typed.pop("position", None)
    if source.way == "remixes":
        return typed | {"remix": source.work}
    return typed | {"extend": source.work, "prompt": "", "seconds": LONGER}


def needs_no_thread(here: Here, wanted: Wanted) -> bool:
    """Whether `ask` will wait for nothing."""
    if (
        wanted.pictures
        or wanted.mask is not None
        or wanted.begin is not None
        or wanted.source is not None
        or wanted.model is None
    ):
        return False
    return promising.needs_no_thread(here, wanted.model)


def ask(here: Here, wanted: Wanted, stay: Stay) -> tuple[Here, Making, "Future[Run]"]:
    """Asks for it: on the disk once the future has its run, of whoever is here then. Raises `AskedWrong`, the future
    `TooMany`."""
    asked = replace(_prepared(here, wanted), after=wanted.after, lane=wanted.lane)
    here = promising.settled(here, [asked], stay, wanted.after)
    if wanted.once is not None:
        secret = entering.secret_of(here.studio)
        asked = replace(asked, ids=ids_for(secret, here.studio.person, wanted.once))
    return here, asked, promising.promise(here, asked)


def ask_many(here: Here, wanted: Wanted, stay: Stay) -> tuple[Here, "Future[Group]"]:
    """Asks for several of it, one seed after the other: on the disk once the future has its group."""
    parts = together.with_seeds(_prepared(here, wanted), wanted.count)
    here = promising.settled(here, parts, stay, wanted.after)
    studio, group_id = here.studio, None
    if wanted.once is not None:
        who = (entering.secret_of(studio), studio.person, wanted.once)
        group_id, parts[0] = group_id_for(*who), replace(parts[0], ids=ids_for(*who))
    kind = "chain" if wanted.one_after_another else "grid"
    terms = together.Terms(kind, wanted.one_after_another, wanted.after, wanted.lane, group_id)
    with studio.archive.read() as conn:
        seconds = together.expected(conn, parts)
    on_disk = studio.submit(lambda conn: together.promise(conn, studio, parts, seconds, terms))
    return here, on_disk


async def promised_many(here: Here, on_disk: "Future[Group]") -> GroupView:
    """The group, once it is on the disk. Raises what the future does."""
    group = await asyncio.wrap_future(on_disk)
    return await here.web.run(lambda: groups.show(here, group.id))


def _prepared(here: Here, wanted: Wanted) -> Making:
    if wanted.lane != "interactive" and here.visitor.person.kind == "guest":
        raise AskedWrong(_("Films of guests stand in the line of films."), _("Leave out the lane."))
    pictures = [Sent(part.file, part.filename or "") for part in wanted.pictures]
    request, model = wanted.request, wanted.model or DEFAULT
    if wanted.begin is not None:
        held = works.given(here, wanted.begin)
        if pictures:
            raise AskedWrong(_("A film begins with one picture."), _("Leave out one of the two."))
        request = beginning.begun(request, held)
    if wanted.source is not None:
        request, model = remaking.asked_of(here.studio, wanted.source, request, wanted.model)
    mask = wanted.mask
    held = None if mask is None else Sent(mask.file, mask.filename or "")
    return promising.prepare(here, request, model, pictures, held)


async def promised(here: Here, asked: Making, on_disk: "Future[Run]") -> WorkView:
    """Which work it will be, once that is on the disk. Raises what the future does."""
    clock = here.studio.clock
    began = clock.monotonic()
    run = await asyncio.wrap_future(on_disk)
    here.web.counts.commit(clock.monotonic() - began)
    work = run.work_id
    assert work is not None
    if run.state != "queued":  # asked for before, and under way by now
        return await here.web.run(lambda: works.show(here, work))
    return works.promised(here, run, asked.notes)


def _models(here: Here, found: Mapping[str, Engine]) -> tuple[ModelView, ...]:
    with here.studio.archive.read() as conn:
        own = shelved.shelf(conn)
        refused = allowing.refused(here.studio, here.web.policies.look().policy)
    adapters = [one for one in own if one.is_adapter and one.name not in refused]
    leaves = {one.name: what_leaves(one) for one in own}
    return tuple(
        model_view(
            player,
            [one.name for one in adapters if one.engine == player.family],
            leaves.get(player.name, ""),
        )
        for player in found.values()
    )


def what_leaves(model: shelved.Shelved) -> str:
    """What leaves this studio with every film of a model that performs elsewhere, and whither; else empty."""
    said = terms.of(model) if model.engine == REMOTE else None
    return "" if said is None else said.binds


def model_view(player: Engine, adapters: Sequence[str] = (), leaves: str = "") -> ModelView:
    """A model as somebody chooses it. adapters: those on the shelf for its family. leaves: see `what_leaves`."""
    can, defaults = player.capabilities, player.defaults
    return ModelView(
        name=player.name,
        summary=player.card.summary,
        seconds=defaults["seconds"],
        size=defaults["size"],
        fps=defaults["fps"],
        shortest=can.seconds[0],
        longest=can.seconds[1],
        sizes=can.sizes,
        sides=can.sides,
        multiple=math.lcm(can.multiple, 2),
        pictures=can.pictures,
        masks=can.masks,
        negative=can.negative,
        loop=can.loop,
        position=can.position,
        options=dials(player),
        adapters=tuple(adapters),
        leaves=leaves,
    )


def dials(player: Engine) -> tuple[DialView, ...]:
    """The options of a model, as a page shows them."""
    found: list[DialView] = []
    for name, field in player.options.model_fields.items():
        given: Any = field.json_schema_extra
        extra = cast("dict[str, Any]", given) if isinstance(given, dict) else {}
        words = tuple(word for word in get_args(field.annotation) if isinstance(word, str))
        found.append(
            DialView(
                name=name,
                description=field.description or "",
                default=field.default,
                suggested=extra.get("suggested"),
                unit=extra.get("unit", ""),
                choices=words,
            )
        )
    return tuple(found)
