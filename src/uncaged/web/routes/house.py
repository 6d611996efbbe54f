"""The addresses of the house: its rules, its decision book, reports from the form to the decision, the block list."""

import secrets
from collections.abc import AsyncGenerator, Callable, Mapping
from functools import partial
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from uncaged.core.errors import UncagedError
from uncaged.studio import deciding
from uncaged.web import cookies
from uncaged.web.answering import WAITS, answer, come, page, refuse, wants_json, web_of
from uncaged.web.asking import key_of
from uncaged.web.errors import headers_of
from uncaged.web.film import Film
from uncaged.web.here import Here
from uncaged.web.pages import house, reports
from uncaged.web.pages.cases import not_found
from uncaged.web.routes.answers import PAGE, to
from uncaged.web.saying import said as read_said
from uncaged.web.views.base import ErrorView, View
from uncaged.web.views.house import (
    BlocksView,
    BookView,
    CaseView,
    DeskView,
    HouseView,
    ReportedView,
    ReportFormView,
)
from uncaged.web.visitors import awaited, enter

router = APIRouter()

LARGEST = 64_000
"""Bytes of one thing that is said here, at most: the rules of a house are the longest."""

ERRORS: dict[int | str, dict[str, Any]] = {"4XX": {"model": ErrorView}}


@router.get("/house", response_model=HouseView, responses=PAGE)
async def the_house(request: Request) -> Response:
    """Who keeps this house, by which rules, what they see and what they decided. ?rules=3: older rules.

    ?before=41: the dates of rules that were written before those.
    """
    older, before = _number(request, "rules"), _number(request, "before")
    return await page(request, "house.html", lambda here: house.show(here, older, before=before))


def _number(request: Request, name: str) -> int | None:
    """A number of the address; None for everything else."""
    said = request.query_params.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 16 else None


@router.post("/house", response_model=HouseView, responses=PAGE)
async def write(request: Request) -> Response:
    """The owner writes what the house says: `name` (rules, about, contact, promise, name) and `text`."""
    here = await come(request, "manage")
    said = await read_said(request, LARGEST)

    def again(error: UncagedError) -> View:
        return house.show(here, None, said, reports.trouble_of(error))

    return await _change(
        request,
        here,
        "house.html",
        lambda: house.write(here, said),
        lambda: house.show(here),
        again,
        "/house",
    )


@router.get("/house/book", response_model=BookView, responses=PAGE)
async def book(request: Request) -> Response:
    """The decision book, newest first. ?before=41: what stands below that number."""
    before = _number(request, "before")
    return await page(request, "book.html", lambda here: reports.book(here, before))


@router.get("/house/book.jsonl", response_class=Response, responses={200: {"content": {}}})
async def whole_book(request: Request) -> Response:
    """The whole book, a line of JSON for each decision, to count again."""
    web = web_of(request)
    here = await web.run(lambda: enter(web, request, "read"))
    first = await web.run(lambda: reports.book_part(here, 0))

    async def parts() -> AsyncGenerator[str]:
        text, after = first
        yield text
        while after is not None:
            text, after = await web.run(partial(reports.book_part, here, after))
            yield text

    headers = {"Cache-Control": "private, no-cache", "Vary": "Authorization, Cookie"}
    return StreamingResponse(parts(), 200, headers, "application/jsonl; charset=utf-8")


@router.get("/reports/new", response_model=ReportFormView, responses=PAGE)
async def report_form(request: Request) -> Response:
    """The form by which anybody reports something, without a login. ?about= a work's id or its address."""
    web = web_of(request)
    typed = reports.typed_for(request.query_params)

    def step() -> Response:
        here = reports.comer(web, request)
        request.scope[WAITS] = awaited(here)
        return answer(request, "report_new.html", reports.form(here, typed), here)

    shown = await web.run(step)
    if not wants_json(request):
        _cookie(shown, request, "/reports", "1", reports.KEPT)
    return shown


@router.post("/reports", status_code=201, response_model=ReportedView, responses=ERRORS)
async def report(request: Request) -> Response:
    """Reports something: `about`, `why` (me, somebody, mine, hurts, law, rule, else), `words`, `mail`."""
    web = web_of(request)
    here = await web.run(lambda: reports.comer(web, request))
    said = await read_said(request, LARGEST)
    try:
        once = key_of(request.headers) or said.get("once", "")[:200] or secrets.token_urlsafe(16)
        received, secret = await web.write(lambda: reports.receive(here, said, once))
    except UncagedError as error:
        if wants_json(request) or error.http_status >= 500:
            return refuse(request, error)
        wrong = reports.trouble_of(error)
        view = await web.run(lambda: reports.form(here, said, wrong))
        back = answer(request, "report_new.html", view, here, error.http_status)
        back.headers.update(headers_of(error))
        return back
    n = received.report.n
    if wants_json(request):
        done = await web.run(lambda: reports.reported(here, received, secret))
        return answer(request, "report.html", done, here, 200 if received.again else 201)
    if received.again:
        return to(f"/reports/new?about={received.report.work_id}&again=1")
    if reports.KEPT not in request.cookies:  # it keeps none: the page itself, with the link on it
        view = await web.run(lambda: reports.case(here, n, secret))
        return answer(request, "report.html", view, here, 201)
    done = to(f"/reports/{n}")
    _cookie(done, request, f"/reports/{n}", secret)
    return done


@router.get("/reports", response_model=DeskView, responses=PAGE)
async def desk(request: Request) -> Response:
    """What the keepers see: what has to be decided, and what was decided last."""
    after = _number(request, "after") or 0
    return await page(request, "reports.html", lambda here: reports.desk(here, after), "manage")


@router.post("/house/give", response_model=DeskView, responses=PAGE)
async def give(request: Request) -> Response:
    """Gives back a work that is hidden though no report holds it: `work` and `reason`."""
    here = await come(request, "manage")
    said = await read_said(request, LARGEST)
    return await _change(
        request,
        here,
        "reports.html",
        lambda: reports.give(here, said),
        lambda: reports.desk(here, 0),
        lambda error: reports.desk(here, 0, said, reports.trouble_of(error)),
        "/reports",
    )


@router.get("/reports/{number}", response_model=CaseView, responses=PAGE)
async def case(request: Request, number: str) -> Response:
    """A report: for keepers, for the maker, and by ?link= for whoever reported. The link leaves the address at once."""
    web, link = web_of(request), request.query_params.get("link", "")[:200]

    def step() -> Response:
        here, n = reports.comer(web, request), reports.number_of(number)
        if not link or wants_json(request):
            secret = link or _secret(request)
            return answer(request, "report.html", reports.case(here, n, secret), here)
        if not reports.opens(here, n, link):
            raise not_found()
        back = to(f"/reports/{n}")
        _cookie(back, request, f"/reports/{n}", link)
        return back

    return await web.run(step)


@router.get("/reports/{number}/film", response_class=Response, responses={200: {"content": {}}})
async def film(request: Request, number: str) -> Response:
    """The film of a report, hidden or not, for keepers: that they looked is written down."""
    web = web_of(request)
    here = await come(request, "manage")

    def step() -> Film:
        view = reports.case(here, reports.number_of(number), "")
        if view.film is None:
            raise not_found()
        found = deciding.look(here.studio, view.number, here.studio.person)
        assert found.media is not None
        mime = found.mime or "application/octet-stream"
        opened = here.studio.files.open(found.media)
        return Film(opened, found.media, mime, f"report-{number}", web.pieces)

    return await web.write(step)


@router.post("/reports/{number}/take", response_model=CaseView, responses=PAGE)
async def take(request: Request, number: str) -> Response:
    """A keeper says that they will decide it."""
    here = await come(request, "manage")
    return await _in_case(
        request, here, number, {}, lambda n: deciding.take_on(here.studio, n, here.studio.person)
    )


@router.post("/reports/{number}/decision", response_model=CaseView, responses=PAGE)
async def decide(request: Request, number: str) -> Response:
    """A keeper decides: `verdict` (show, sentence, hide, delete), `reasons`, `rule`, `sentence`."""
    here = await come(request, "manage")
    said = await read_said(request, LARGEST)
    return await _in_case(request, here, number, said, lambda n: reports.decide(here, n, said))


@router.post("/reports/{number}/answer", response_model=CaseView, responses=PAGE)
async def say_more(request: Request, number: str) -> Response:
    """The maker's own words, or more of the reporter's: `words`."""
    return await _side(request, number, "answer")


@router.post("/reports/{number}/appeal", response_model=CaseView, responses=PAGE)
async def appeal(request: Request, number: str) -> Response:
    """Either side does not agree, once: somebody else decides anew. `words`."""
    return await _side(request, number, "appeal")


async def _side(request: Request, number: str, doing: str) -> Response:
    web = web_of(request)
    here = await web.run(lambda: reports.comer(web, request))
    said = await read_said(request, LARGEST)
    words = said.get("words", "")
    return await _in_case(
        request,
        here,
        number,
        {**said, "doing": doing},
        lambda n: reports.say(here, n, _secret(request), doing, words),
    )


async def _in_case(
    request: Request,
    here: Here,
    number: str,
    said: Mapping[str, str],
    change: Callable[[int], object],
) -> Response:
    """A change of a report, and the report as it stands then."""
    n, secret = reports.number_of(number), _secret(request)
    await here.web.run(lambda: reports.case(here, n, secret))  # not theirs: the one answer
    return await _change(
        request,
        here,
        "report.html",
        lambda: change(n),
        lambda: reports.case(here, n, secret),
        lambda error: reports.case(here, n, secret, said, reports.trouble_of(error)),
        f"/reports/{n}",
    )


@router.get("/blocks", response_model=BlocksView, responses=PAGE)
async def blocked(request: Request) -> Response:
    """Files that are neither shown, nor taken in, nor imported; for keepers."""
    return await page(request, "blocks.html", house.block_list, "manage")


@router.post("/blocks", response_model=BlocksView, responses=PAGE)
async def block(request: Request) -> Response:
    """Puts a file on the list: `what` (its SHA-256, or a work's id) and `reason`."""
    here = await come(request, "manage")
    said = await read_said(request, LARGEST)
    return await _change(
        request,
        here,
        "blocks.html",
        lambda: house.block(here, said),
        lambda: house.block_list(here),
        lambda error: house.block_list(here, said, reports.trouble_of(error)),
        "/blocks",
    )


@router.post("/blocks/{sha256}/remove", response_model=BlocksView, responses=PAGE)
async def unblock(request: Request, sha256: str) -> Response:
    """Takes a file off the list."""
    here = await come(request, "manage")
    return await _change(
        request,
        here,
        "blocks.html",
        lambda: house.unblock(here, sha256),
        lambda: house.block_list(here),
        None,
        "/blocks",
    )


async def _change(
    request: Request,
    here: Here,
    template: str,
    change: Callable[[], object],
    shown: Callable[[], View],
    again: Callable[[UncagedError], View] | None,
    back: str,
) -> Response:
    """A change: a program gets the record, a browser goes on, or back to what was typed. again: None for no form."""
    web = here.web
    try:
        await web.write(change)
    except UncagedError as error:
        if again is None or wants_json(request) or error.http_status >= 500:
            return refuse(request, error)
        wrong = error
        view = await web.run(lambda: again(wrong))
        shut = answer(request, template, view, here, error.http_status)
        shut.headers.update(headers_of(error))
        return shut
    if wants_json(request):
        return answer(request, template, await web.run(shown), here)
    return to(back)


def _secret(request: Request) -> str:
    """The secret of the report's link, where this browser came by it."""
    return request.cookies.get(reports.COOKIE, "")[:200]


def _cookie(
    given: Response, request: Request, path: str, value: str, name: str = reports.COOKIE
) -> None:
    encrypted = request.scope["coming"].scheme == "https"
    given.set_cookie(
        name,
        value,
        cookies.DAYS * cookies.DAY,
        path=path,
        secure=encrypted,
        httponly=True,
        samesite="lax",
    )
