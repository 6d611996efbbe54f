"""Videos of `/v1`: asked for, looked at, listed, changed, gone on with, deleted. See `video` for the object.

Everything here happens in a thread, with the visitor let in. Knows no route.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import Connection

from uncaged.archive import runs, works
from uncaged.archive.askings import Asking
from uncaged.archive.paging import Page
from uncaged.archive.run import Run
from uncaged.archive.tables import FINISHED
from uncaged.archive.work import Work
from uncaged.core.adapters import OPTION
from uncaged.core.errors import AskedWrong, NotFound, PictureRefused, nearest
from uncaged.core.ids import is_id
from uncaged.core.score import Score
from uncaged.engines.asking import Request
from uncaged.engines.base import Engine
from uncaged.engines.dials import sort_of
from uncaged.engines.registry import DEFAULT, engines
from uncaged.engines.sources import Remaking
from uncaged.queue.reason import Stand
from uncaged.studio import making, remaking, shelf
from uncaged.studio.making import Making
from uncaged.studio.work import Work as Held
from uncaged.web import promising
from uncaged.web.film import Film
from uncaged.web.here import Here
from uncaged.web.promising import Sent
from uncaged.web.v1 import given, repeating
from uncaged.web.v1.asking import refuse_circles
from uncaged.web.v1.errors import WrongField
from uncaged.web.v1.fields import Fields, Given
from uncaged.web.v1.given import sha256_of
from uncaged.web.v1.paging import listed
from uncaged.web.v1.records import Video
from uncaged.web.v1.video import video
from uncaged.web.visitors import Stay
from uncaged.web.words import _

SIZE, SECONDS = (720, 1280), 4.0
"""What holds on this wire where a request says nothing."""

DEFAULT_NAMES = re.compile(r"sora-2(-pro)?(-\d{4}-\d{2}-\d{2})?")
"""Names of the closed service's models: here they mean this studio's default."""

LONGEST_PAGE, PAGE = 100, 20
"""Videos of one page, at most, and where nothing is said."""

VARIANTS: Mapping[str, Literal["still", "strip"]] = {"thumbnail": "still", "spritesheet": "strip"}
"""Pictures of a video, by their names on this wire."""

OPTIONS: Mapping[str, str] = {
    "num_inference_steps": "steps",
    "guidance_scale": "guidance",
    "guidance_scale_2": "guidance_2",
    "flow_shift": "flow_shift",
    "lora": OPTION,
}
"""Fields of related services, and which option of a model here each of them is, if it has it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for. ignored: fields that mean nothing here. varies: a work made here of which variations are
    wanted; farther: from so many times as far, where that is said. mask: what of the picture, or of the video, is to be
    drawn again."""

    request: Request
    model: str
    pictures: tuple[Sent, ...] = ()
    ignored: tuple[str, ...] = ()
    varies: str = ""
    farther: float | None = None
    mask: Sent | None = None


def player_of(here: Here, name: str | None) -> Engine:
    """The model of this name; the closed service's names and none at all are the studio's default."""
    wanted = _wanted(name)
    found = engines().get(wanted)
    if found is not None:
        return found
    try:
        return shelf.player(here.studio, wanted)
    except NotFound:
        known = ", ".join(shelf.offered(here.studio, here.web.policies.look().policy))
        raise WrongField(
            _("There is no model {} here.").format(repr(wanted[:60])),
            _("There are {}; leave it out for {}.").format(known, DEFAULT),
            param="model",
            code="model_not_found",
            status=404,
        ) from None


def comes_along(name: object) -> bool:
    """Whether this name means a model that comes with the studio, so that nobody needs to look for it."""
    return name is None or (isinstance(name, str) and _wanted(name) in engines())


def _wanted(name: str | None) -> str:
    wanted = (name or DEFAULT).strip()
    return DEFAULT if DEFAULT_NAMES.fullmatch(wanted) else wanted


def to_create(here: Here, fields: Fields, first: bytes | None, last: bytes | None) -> Wanted:
    """A film from words, perhaps with a picture that it begins with, and one that it ends with."""
    if first is None and last is not None:
        raise WrongField(
            _("A picture to end with goes with one to begin with."),
            _("Give both."),
            param="input_reference",
        )
    player = player_of(here, fields.text("model", 200))
    refuse_circles(here, player)
    text = fields.prompt()
    can = player.capabilities
    usual = player.defaults["size"] if can.sizes and SIZE not in can.sizes else SIZE
    size = fields.size() or usual
    fps = fields.number("fps")
    seconds = fields.number("seconds")
    frames = None if seconds is not None else fields.whole("num_frames")
    if frames is not None:
        if frames < 1:
            raise WrongField(_("num_frames is 1 or more."), param="num_frames")
        whole = frames > 1 or not can.stills
        seconds = frames / (fps or player.defaults["fps"]) if whole else 0.0
    request = Request(
        text,
        _usual_seconds(player) if seconds is None else seconds,
        size,
        fps,
        fields.whole("seed"),
        options(fields, player),
        fields.truth("loop"),
        fields.mapping("position"),
        negative=fields.text("negative_prompt") or None,
    )
    pictures = tuple(Sent(one) for one in (first, last) if one is not None)
    return Wanted(request, player.name, pictures, fields.unread)


def _usual_seconds(player: Engine) -> float:
    """The wire's own, where this model can; else the model's."""
    low, high = player.capabilities.seconds
    return SECONDS if low <= SECONDS <= high else player.defaults["seconds"]


def options(fields: Fields, player: Engine) -> Mapping[str, Any]:
    """The model's own options: ``dials``, ``extra_params``, and those that related services have fields for."""
    found: dict[str, Any] = {}
    for name in ("extra_params", "dials"):
        for option, value in (fields.mapping(name) or {}).items():
            found[option] = _typed(player, option, value)
    for name, ours in OPTIONS.items():
        value = fields.take(name)
        own = ours if ours in player.options.model_fields else name
        if value not in (None, ""):
            found[own] = _typed(player, own, value)
    return found


def _typed(player: Engine, name: str, value: object) -> object:
    """An option as its model wants it: a form sends texts."""
    known = player.options.model_fields
    if name not in known:
        raise WrongField(
            _("{} has no option {}.").format(player.name, repr(name[:60])),
            nearest(name, list(known)),
            param=name,
            code="unsupported",
        )
    one, wanted = Fields({name: value}), sort_of(known[name].annotation)
    if wanted is float:
        return one.number(name)
    if wanted is int:
        return one.whole(name)
    return one.truth(name) if wanted is bool else value


def to_remix(here: Here, work_id: str, fields: Fields) -> Wanted:
    """The same film with other words: what they leave open stays as it was."""
    return _made_of(here, work_id, "remixes", Request(fields.prompt()), fields)


def to_edit(here: Here, work_id: str, fields: Fields) -> Wanted:
    """The same film, changed as the prompt says; with a mask, where that lets it change."""
    source = made(here, work_id)
    assert source.score is not None
    mask = given.mask(here, fields, player_of(here, source.model))
    said = Request(f"{_first(source.score)}. {fields.prompt()}")
    wanted = _made_of(here, work_id, "remixes", said, fields)
    return wanted if mask is None else replace(wanted, mask=Sent(mask))


def _made_of(here: Here, work_id: str, way: Remaking, said: Request, fields: Fields) -> Wanted:
    source = made(here, work_id)
    if (name := Fields(fields.given).text("model", 200)) is not None:
        player_of(here, name)  # the video's own makes it, but one that is not here is no model
    player = player_of(here, source.model)
    refuse_circles(here, player)
    said = replace(
        said,
        seed=fields.whole("seed"),
        options=options(fields, player),
        negative=fields.text("negative_prompt") or None,
    )
    request = remaking.of(source, way, said, player)
    return Wanted(request, player.name, ignored=fields.unread)


def to_extend(here: Here, work_id: str, fields: Fields) -> Wanted:
    """The same film, and so many seconds more in which the prompt happens."""
    said = Request(fields.prompt(), fields.number("seconds"))
    return _made_of(here, work_id, "extends", said, fields)


def _first(score: Score) -> str:
    return score.shots[0].text


def made(here: Here, work_id: str) -> Work:
    """A completed video that this visitor may see, and whose model is here."""
    work = find(here, work_id)
    if work.kept is None:
        raise WrongField(
            _("The video {} is not completed.").format(work.id),
            _("Wait until its status says so."),
            param="video",
            code="not_ready",
        )
    if work.score is None or shelf.exactly(here.studio, work.score.model) is None:
        raise WrongField(
            _("The model {} of this video is not here.").format(work.model),
            param="video",
            code="unsupported",
        )
    return work


def ask(
    here: Here, wanted: Wanted, stay: Stay, asking_of: Callable[[Here], Asking]
) -> tuple[Here, Making, "Future[Run]"]:
    """Asks for it: on the disk once the future has its run, which is an older one where this was asked for before.

    Of whoever is here then. asking_of: what the request is known by, of a person. Raises `AskedWrong`.
    """
    asked = prepared(here, wanted)
    here = promising.settled(here, [asked], stay)
    studio, asking = here.studio, asking_of(here)

    def step(conn: Connection) -> Run:
        return repeating.once(conn, here, asking, lambda: making.promise(conn, studio, asked))

    return here, asked, studio.submit(step)


def prepared(here: Here, wanted: Wanted, name: str = "input_reference") -> Making:
    """Its score; a picture that cannot be opened is a wrong `name`, a mask a wrong `mask`. Raises `AskedWrong`."""
    try:
        return promising.prepare(here, wanted.request, wanted.model, wanted.pictures, wanted.mask)
    except AskedWrong as error:
        if error.about == "mask":
            code = None if isinstance(error, PictureRefused) else "unsupported"
            raise WrongField(error.message, error.hint, "mask", code) from None
        if not isinstance(error, PictureRefused) and error.about != "pictures":
            raise
        raise WrongField(error.message, error.hint, param=name) from None


def find(here: Here, work_id: str) -> Work:
    """The work, for this visitor; `NotFound` alike where it is not here, not theirs to see, or no id at all."""
    with here.studio.archive.read() as conn:
        return _find(conn, here, work_id)


def _find(conn: Connection, here: Here, work_id: str) -> Work:
    try:
        if is_id("work", work_id):
            work = works.get(conn, here.studio.person, work_id)
            if work.score is not None:
                return work
    except NotFound:
        pass
    raise NotFound(
        _("There is no video {} here, or it is not yours to see.").format(repr(work_id[:60]))
    )


def show(here: Here, work_id: str) -> Video:
    """A video as it stands now."""
    with here.studio.archive.read() as conn:
        work = _find(conn, here, work_id)
        run = runs.get(conn, work.run_id)
    return video(work, run, here.studio.clock.now(), _stand(here, work, run))


def promised(here: Here, run: Run, ignored: Sequence[str] = (), notes: Sequence[str] = ()) -> Video:
    """A video that has just been put in line. ignored: fields that mean nothing; notes: changes at the door."""
    stand = here.foresight.stand(run, here.visitor.person.kind)
    found = video(works.to_be(run), run, here.studio.clock.now(), stand)
    if ignored:
        found["ignored"] = list(ignored)
    if notes:
        found["notes"] = list(notes)
    return found


def _stand(here: Here, work: Work, run: Run) -> Stand | None:
    """Where a video of one's own stands in line."""
    if work.person_id != here.studio.person:
        return None
    return here.foresight.stand(run, here.visitor.person.kind)


def page(here: Here, wanted: Page) -> dict[str, Any]:
    """This visitor's own videos in the order they were asked for."""
    now = here.studio.clock.now()
    with here.studio.archive.read() as conn:
        shown, more = works.list_asked(conn, here.studio.person, wanted)
        states = [runs.get(conn, work.run_id) for work in shown]
    data = [
        video(work, run, now, _stand(here, work, run))
        for work, run in zip(shown, states, strict=True)
    ]
    return listed(data, more)


def delete(here: Here, work_id: str) -> dict[str, Any]:
    """Deletes a video of one's own for ever; one that is on its way is cancelled first."""
    work = find(here, work_id)
    if work.person_id != here.studio.person:
        raise NotFound(_("The video {} is not yours to delete.").format(work.id))
    here.studio.delete(Held(here.studio, work))
    return {"id": work.id, "object": "video.deleted", "deleted": True}


def content(here: Here, work_id: str) -> Film:
    """The film."""
    work = ready(here, work_id)
    assert work.media is not None and work.mime is not None
    opened = Held(here.studio, work).path.open("rb")
    ending = work.mime.partition("/")[2]
    return Film(opened, work.media, work.mime, f"{work.id}.{ending}", here.web.pieces)


def ready(here: Here, work_id: str) -> Work:
    """A work whose film is there; 404 with the reason where it is not."""
    work = find(here, work_id)
    if work.media is None:
        raise _not_ready(here, work)
    return work


def _not_ready(here: Here, work: Work) -> AskedWrong:
    if work.state in FINISHED:
        with here.studio.archive.read() as conn:
            why = runs.get(conn, work.run_id).reason or _("It failed.")
        return WrongField(why, param="video_id", code="generation_failed", status=404)
    return WrongField(
        _("The video {} is not completed yet.").format(work.id),
        _("Ask for it until its status says so."),
        param="video_id",
        code="not_ready",
        status=404,
    )


def id_of(here: Here, given: Given | None, name: str = "video") -> str:
    """The id of the video that a field names, or whose very film it sends."""
    if given is None:
        raise WrongField(_("Say which video: {} is missing.").format(name), param=name)
    if given.id is not None:
        return given.id
    if given.url is None:
        sha = sha256_of(given)
        with here.studio.archive.read() as conn:
            found = works.of_media(conn, here.studio.person, sha)
        if found is not None:
            return found.id
    raise WrongField(
        _("{} goes on only with films that were made here, and this is none you may see.").format(
            DEFAULT
        ),
        _("Name the video by its id, or send its file as it came from here."),
        param=name,
        code="unsupported",
    )
