"""Images of `/v1`: pictures, works of one frame, asked for together and waited for. Each is a work like any other.

Knows no route. What performs is what performs films; a picture that is given lends what it lends to a film.
"""

import asyncio
from base64 import b64encode
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from hashlib import sha256
from secrets import randbelow

from sqlalchemy import Connection

from uncaged.archive import groups, runs, works
from uncaged.archive.askings import Asking
from uncaged.archive.groups import Group
from uncaged.archive.run import Run
from uncaged.archive.tables import FINISHED
from uncaged.archive.work import Work
from uncaged.core.errors import NotFound, RunFailed
from uncaged.core.score import Score
from uncaged.core.strips import first_frame
from uncaged.engines.asking import Request
from uncaged.engines.base import Engine
from uncaged.queue.fairness import SECOND
from uncaged.studio import growing, remaking, shelf, together
from uncaged.studio.making import Making
from uncaged.web import closing, promising
from uncaged.web.errors import NotYet
from uncaged.web.here import Here
from uncaged.web.promising import Sent
from uncaged.web.v1 import given, passing, repeating, videos
from uncaged.web.v1.asking import refuse_circles
from uncaged.web.v1.errors import WrongField
from uncaged.web.v1.fields import Fields
from uncaged.web.v1.records import Image, Images
from uncaged.web.v1.videos import Wanted, options, player_of
from uncaged.web.visitors import Stay
from uncaged.web.words import _

MOST = 12
"""Images of one request, at most."""

SIZE = (1024, 1024)
"""What holds on this wire where a request says nothing."""

LOOK, SELDOM, PATIENCE = 0.25, 2.0, 540.0
"""Seconds between two looks at whether all are made, at first and at last; and for which a request waits: clients give
up after ten minutes, and one that asks again waits for the same images."""

FORMS = ("b64_json", "url")
"""How images are sent: along with the answer, or as an address that holds for an hour."""

WORDLESS = "…"
"""The text of a variation: its picture says what is to be seen."""


def to_generate(
    here: Here,
    fields: Fields,
    pictures_of: Callable[[int], Sequence[bytes]] | None = None,
    wordless: bool = False,
) -> tuple[Wanted, int]:
    """One frame from words, perhaps with a picture; and how many of it.

    pictures_of: reads the pictures that were sent, of which the model takes so many.
    """
    player = player_of(here, _model(fields))
    refuse_circles(here, player)
    count = fields.whole("n")
    count = 1 if count is None else count
    if not 1 <= count <= MOST:
        raise WrongField(_("n is a number from 1 to {}.").format(MOST), param="n")
    mask = given.mask(here, fields, player)
    if mask is not None and (pictures_of is None or wordless):
        raise WrongField(_("A mask goes with a picture that is edited."), param="mask")
    form = fields.text("response_format", 20) or "b64_json"
    if form not in FORMS:
        raise WrongField(
            _("Images are sent as {}, not {}.").format(" or ".join(FORMS), repr(form)),
            param="response_format",
        )
    request = Request(
        WORDLESS if wordless else fields.prompt(),
        0.0,
        fields.size() or (player.capabilities.size_near(SIZE)),
        None,
        fields.whole("seed"),
        options(fields, player),
        negative=fields.text("negative_prompt") or None,
    )
    pictures: Sequence[bytes] = ()
    if pictures_of is not None:
        pictures = pictures_of(1 if mask is not None else max(1, player.capabilities.pictures))
    if wordless:
        return _relations(here, Wanted(request, player.name), fields, pictures), count
    if mask is None and (anew := _anew(here, request, player, pictures)) is not None:
        return Wanted(anew, player.name, ignored=fields.unread), count
    sent = tuple(map(Sent, pictures))
    held = None if mask is None else Sent(mask)
    return Wanted(request, player.name, sent, fields.unread, mask=held), count


def _relations(here: Here, wanted: Wanted, fields: Fields, pictures: Sequence[bytes]) -> Wanted:
    """Variations: relations of a work whose very bytes these are, whatever its model, if that can vary it; else the
    picture lends what it can."""
    if not pictures:
        raise WrongField(_("Send the picture to vary: image is missing."), param="image")
    far, found = fields.number("farther"), _made_here(here, pictures[0])
    player = None if found is None else shelf.exactly(here.studio, score_of(found).model)
    if found is None or player is None or not (can := player.capabilities).stills:
        source = ""
    else:
        source = found.id if (can.position if far is None else can.farther) else ""
    if far is not None and not source:
        raise WrongField(
            _("What is drawn from farther away was made here, by a model that can."),
            _("Send an image as this studio sent it; `ink` can."),
            param="farther",
            code="unsupported",
        )
    return replace(
        wanted,
        pictures=() if source else tuple(map(Sent, pictures)),
        ignored=fields.unread,
        varies=source,
        farther=far,
    )


def _anew(
    here: Here, request: Request, player: Engine, pictures: Sequence[bytes]
) -> Request | None:
    """The request where it is an image made here, drawn anew from its own pixels by a model that is told of none."""
    can = player.capabilities
    if len(pictures) != 1 or can.pictures or "remixes" not in can.films:
        return None
    found = _made_here(here, pictures[0])
    return None if found is None else remaking.of(found, "remixes", request, player)


def _made_here(here: Here, picture: bytes) -> Work | None:
    """The work whose very bytes these are, with a position; None where it is not here, or not theirs to see."""
    with here.studio.archive.read() as conn:
        found = works.of_media(conn, here.studio.person, sha256(picture).hexdigest())
    there = found is not None and found.position is not None and found.score is not None
    return found if there else None


def score_of(work: Work) -> Score:
    """The score of a work that has one."""
    assert work.score is not None
    return work.score


def form_of(fields: Fields) -> str:
    """In which form images are sent, of a request that was read before."""
    return str(fields.given.get("response_format") or FORMS[0])


def _model(fields: Fields) -> str | None:
    """The closed services' names of image models mean the studio's default, as those of videos do."""
    name = fields.text("model", 200)
    known = name is not None and name.startswith(("gpt-image-", "dall-e-", "chatgpt-image-"))
    return None if known else name


def ask(
    here: Here, wanted: Wanted, count: int, stay: Stay, asking_of: Callable[[Here], Asking]
) -> tuple[Here, tuple[str, ...], "Future[Group]"]:
    """Asks for all of them: on the disk once the future has its group; and what was changed at the door.

    stay, asking_of: as in `videos.ask`.
    """
    parts = _varied(here, wanted, count) if wanted.varies else _alike(here, wanted, count)
    here = promising.settled(here, parts, stay)
    studio, asking = here.studio, asking_of(here)
    with studio.archive.read() as conn:
        seconds = together.expected(conn, parts)

    def step(conn: Connection) -> Group:
        def promise() -> Run:
            group = together.promise(conn, studio, parts, seconds, together.Terms("images"))
            return runs.get(conn, group.runs[0])

        first_of_them = repeating.once(conn, here, asking, promise)
        assert first_of_them.group_id is not None
        return groups.get(conn, first_of_them.group_id)

    return here, parts[0].notes, studio.submit(step)


def _alike(here: Here, wanted: Wanted, count: int) -> list[Making]:
    return together.with_seeds(videos.prepared(here, wanted, "image"), count)


def _varied(here: Here, wanted: Wanted, count: int) -> list[Making]:
    """Relations of a work that was made here, in its size: the page's vary."""
    closing.check(here)
    seed = wanted.request.seed
    far = wanted.farther
    how = growing.Growing(
        "vary" if far is None else growing.FARTHER,
        growing.vary.RATE if far is None else far,
        seed=randbelow(1_000_000) if seed is None else seed,
        children=count,
        form={"seconds": 0.0, "loop": False},
    )
    return growing.prepared(here.studio, growing.parents_of(here.studio, [wanted.varies]), how)


async def made(here: Here, group_id: str, gone: Callable[[], Awaitable[bool]]) -> tuple[Run, ...]:
    """Every run of a group, once all are over. gone: whether nobody waits for them any more.

    Raises `RunFailed` with the first reason where none was made, `NotYet` where it takes too long.
    """
    clock, web = here.studio.clock, here.web
    until = clock.monotonic() + PATIENCE
    pause = LOOK
    while True:
        found = await web.run(lambda: _runs(here, group_id))
        if all(run.state in FINISHED for run in found):
            break
        if clock.monotonic() >= until or await gone():
            raise NotYet(
                _("The images are not made yet; they stand in line, and stay there."),
                _(
                    "A client that tries again by itself, or under an Idempotency-Key, gets the same images."
                ),
            )
        await asyncio.sleep(pause)
        pause = min(SELDOM, 1.2 * pause)
    failed = [run for run in found if run.state == "failed"]
    if not any(run.state == "completed" for run in found):  # what was cancelled was so by hand
        if failed:
            raise RunFailed(_why(failed[0]))
        raise WrongField(_("The images were cancelled."), code="cancelled", status=409)
    return found


def _why(failed: Run) -> str:
    return failed.reason or _("It failed, and nobody said why.")


def _runs(here: Here, group_id: str) -> tuple[Run, ...]:
    with here.studio.archive.read() as conn:
        return groups.newest(conn, group_id)


def shown(
    here: Here,
    found: Sequence[Run],
    ignored: Sequence[str],
    notes: Sequence[str],
    form: str,
    at: str,
) -> Images:
    """The answer: every image as PNG in base64 or by its address, with the id of its work. at: where `/v1` lies. found:
    all that were asked for; why some failed is said beside. notes: what was changed at the door."""
    made = [run for run in found if run.state == "completed"]
    data = [one for run in made if (one := _image(here, run, form, at)) is not None]
    if not data:
        raise WrongField(_("The images were deleted."), code="not_found", status=404)
    score = found[0].score
    answer: Images = {
        "created": found[0].asked // SECOND,
        "data": data,
        "background": "opaque",
        "output_format": "png",
        "quality": "high",
        "size": "1024x1024" if score is None else f"{score.size[0]}x{score.size[1]}",
        "model": found[0].model,
    }
    if ignored:
        answer["ignored"] = list(ignored)
    if notes:
        answer["notes"] = list(notes)
    if failed := [_why(run) for run in found if run.state == "failed"]:
        answer["failed"] = failed
    return answer


def _image(here: Here, run: Run, form: str, at: str) -> Image | None:
    """One of them; None where somebody has deleted it meanwhile."""
    try:
        with here.studio.archive.read() as conn:
            work = works.get(conn, here.studio.person, run.work_id or "")
    except NotFound:
        return None
    if work.media is None:
        return None
    said: Image = {"id": work.id, "seed": None if work.score is None else work.score.seed}
    if form == "url":
        return {**said, "url": f"{at}/images/{passing.name(here.studio, work.id)}"}
    path = here.studio.files.path(work.media)
    png = path.read_bytes() if work.mime == "image/png" else first_frame(path)
    return {**said, "b64_json": b64encode(png).decode()}
