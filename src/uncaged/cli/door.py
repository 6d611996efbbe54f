"""`uncaged open`: asks what has to be there, opens the door for a time, finishes the line, leaves a static site."""

import json
import shlex
import socket
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from uncaged.cli import serving
from uncaged.cli.address import noted
from uncaged.cli.codes import drawn
from uncaged.cli.numbers import Whole
from uncaged.cli.opening import called, json_option, print_json, print_rows, studio
from uncaged.cli.spans import SPAN
from uncaged.cli.stewarding import Stop, say, stopping
from uncaged.core.clock import in_words
from uncaged.core.errors import AskedWrong
from uncaged.core.machine import addresses
from uncaged.core.pair import Pair, read_pair
from uncaged.core.settings import Settings, read_settings

if TYPE_CHECKING:
    from uncaged.archive.openings import Opening
    from uncaged.cli.doorkeeping import Keeper
    from uncaged.studio.open_door import Found, Stage
    from uncaged.studio.studio import Studio
    from uncaged.studio.supervising import Child

THREE_HOURS = 3 * 3600.0


@dataclass(frozen=True, slots=True)
class Wish:
    """What was typed. seconds: None where nothing was said of it."""

    seconds: float | None
    url: str | None
    host: str
    port: int
    performers: int
    pair: Pair | None
    out: Path
    stay: bool
    as_json: bool


@click.command("open")
@click.option("--for", "seconds", type=SPAN, help="How long, such as 3h or 90m.  [default: 3h]")
@click.option("--public-url", help="The address people come by: https://studio.example")
@click.option("--host", default="0.0.0.0", show_default=True, help="Address to listen on.")  # noqa: S104 - a door for others
@serving.PORT
@click.option(
    "--performers", type=Whole(1, 64), default=1, show_default=True, help="Films at once."
)
@serving.CERTIFICATE
@serving.KEY
@click.option("--out", type=click.Path(path_type=Path), help="Where the static site is written.")
@click.option("--stay", is_flag=True, help="Go on serving afterwards; nobody makes anything then.")
@click.option("--longer", type=SPAN, help="The door that is open closes so much later.")
@click.option("--close", is_flag=True, help="Close the door that is open, now.")
@json_option
def open_command(
    seconds: float | None,
    public_url: str | None,
    host: str,
    port: int,
    performers: int,
    tls_cert: Path | None,
    tls_key: Path | None,
    out: Path | None,
    stay: bool,
    longer: float | None,
    close: bool,
    as_json: bool,
) -> None:
    """Open the studio to whoever comes, for a time; then finish the line and write a static site.

    \b
    uncaged open --for 3h
    uncaged open --for 3h --public-url https://studio.example
    uncaged open --longer 30m
    uncaged open --close
    """
    from uncaged.studio import open_door

    settings = read_settings()
    if longer is not None and close:
        raise AskedWrong("Longer and closed is not to be had at once.", "Say one of them.")
    if longer is not None:
        _prolong(longer, as_json)
        return
    with studio() as here:
        pair = None if close else read_pair(tls_cert, tls_key, here.clock.now())
        wish = Wish(
            seconds=seconds,
            url=None if public_url is None else open_door.url_of(public_url),
            host=host,
            port=port,
            performers=performers,
            pair=pair,
            out=(out or settings.home / "site").absolute(),
            stay=stay,
            as_json=as_json,
        )
        if close:
            _close(here, settings, wish)
        else:
            _open(here, settings, wish)


def _prolong(seconds: float, as_json: bool) -> None:
    """From another terminal: the door that is open hears of it within a second."""
    from uncaged.studio import open_door

    with studio() as here:
        opening = open_door.longer(here, seconds)
    if as_json:
        print_json(_opening(opening))
    else:
        click.echo(f"The door closes at {in_words(opening.until)}.")


def _close(here: "Studio", settings: Settings, wish: Wish) -> None:
    """From another terminal, too; where nobody serves the opening any more, it is finished here."""
    from uncaged.studio import open_door
    from uncaged.web.site.export import check_place, spoken

    opening = open_door.close(here)
    if not wish.as_json:
        click.echo("The door is closed for new makings; whoever stands in line is served.")
    with ExitStack() as held:
        try:
            held.enter_context(serving.the_only_one(settings.home))
        except AskedWrong:  # somebody serves, and finishes it
            if wish.as_json:
                print_json(_opening(opening))
            return
        if open_door.unfinished(here) is None:  # it was finished while this process asked
            return
        check_place(here, wish.out)
        spoken(settings.language)
        if wish.as_json:
            click.echo(json.dumps(_opening(opening), ensure_ascii=False))
        else:
            click.echo("Nobody serves now: the line is finished here, and the site is written.")
        _finish(here, settings, opening, wish)


def _open(here: "Studio", settings: Settings, wish: Wish) -> None:
    from uncaged.studio import open_door
    from uncaged.web.site.export import check_place, spoken

    before = open_door.unfinished(here)
    url = wish.url if before is None else before.url
    over = before is not None and before.is_over(here.clock.now())
    good_until = None if wish.pair is None else wish.pair.good_until
    terms = open_door.Terms(url, wish.host, good_until, _typed())
    check_place(here, wish.out)
    spoken(settings.language)  # now, not when the evening is over
    found = () if over else open_door.examine(here, terms)
    _tell_found(found, wish.as_json)
    with (
        serving.the_only_one(settings.home),
        serving.listening(wish.host, wish.port) as listener,
    ):
        if before is None:
            opening = open_door.begin(here, terms, wish.seconds or THREE_HOURS)
        else:
            opening = before
        at = listener.getsockname()
        address = _address(opening, wish, int(at[1]), open_door.token(here, opening.id))
        base = address.partition("/open/")[0]
        if not over:
            open_door.note(here, opening, open_door.Note(terms.command, found, base))
        _greet(here, opening, before is not None, address, wish, found)
        _keep(here, settings, opening, wish, listener)


def _tell_found(found: "tuple[Found, ...]", as_json: bool) -> None:
    """What was asked, and found; `AskedWrong` where one is missing, with the command that mends it."""
    from uncaged.studio import open_door

    if not as_json:
        print_rows(
            [(f"{'■' if one.holds else '□'} ", f"{one.asked}: {one.found}") for one in found]
        )
    open_door.check(found)


def _greet(
    here: "Studio",
    opening: "Opening",
    again: bool,
    address: str,
    wish: Wish,
    found: "tuple[Found, ...]",
) -> None:
    over = opening.is_over(here.clock.now())
    if wish.as_json:
        asked = [{"asked": one.asked, "found": one.found} for one in found]
        said = _opening(opening) | {"address": address, "asked": asked, "again": again}
        click.echo(json.dumps(said, ensure_ascii=False))
        return
    if again and wish.seconds is not None:
        click.echo("An opening was not ended: it goes on with its own clock, whatever --for says.")
    if over:
        click.echo(
            f"The door closed at {in_words(opening.closed or opening.until)}; its line is finished now."
        )
        return
    if sys.stdout.isatty():
        blocks = (sys.stdout.encoding or "").lower().startswith("utf")
        click.echo(drawn(address, blocks=blocks, colours=True))
    goes = "goes on" if again else "is open"
    click.echo(f"\nThe door {goes} until {in_words(opening.until)}:\n\n    {address}\n")
    if wish.pair is None and address.startswith("http://"):
        click.echo("Passkeys and a camera need https: --tls-cert and --tls-key, or a proxy.")
    base = address.partition("/open/")[0]
    click.echo(
        f"For the wall: {base}/open     Longer: {called()} open --longer 30m     Ctrl-C: stop"
    )


def _address(opening: "Opening", wish: Wish, port: int, token: str) -> str:
    """What people type or scan."""
    if opening.url is not None:
        return f"{opening.url}/open/{token}"
    host = wish.host
    if host in serving.EVERYWHERE:
        host = next(iter(addresses(six=host == "::")), socket.gethostname())
    return serving.address(host, port, wish.pair is not None) + f"open/{token}"


def _keep(
    here: "Studio", settings: Settings, opening: "Opening", wish: Wish, listener: socket.socket
) -> None:
    """Serves until the line is finished and the site is written, or until somebody stops it."""
    hosts = settings.hosts
    if opening.url is not None:
        hosts = f"{hosts} {urlsplit(opening.url).netloc}".strip()
    ways = serving.Ways(
        wish.host, wish.performers, wish.pair, hosts, settings.stock_megabytes > 0, door=True
    )
    at = listener.getsockname()
    here_at = serving.address(str(at[0]), int(at[1]), wish.pair is not None)
    with noted(settings.home, here_at, not serving.is_loopback(wish.host)):
        _until_finished(here, settings, opening, wish, serving.children(listener, ways))


def _finish(here: "Studio", settings: Settings, opening: "Opening", wish: Wish) -> None:
    """Serves nobody new: who stands in line is served, and the site is written."""
    from uncaged.studio import open_door

    idle = open_door.look(here, opening.id).phase == "done"  # then nobody has to be woken up for it
    children = [] if idle else [serving.steward(wish.performers)]
    _until_finished(here, settings, opening, replace(wish, stay=False), children)


def _until_finished(
    here: "Studio",
    settings: Settings,
    opening: "Opening",
    wish: Wish,
    children: "Sequence[Child]",
) -> None:
    """These processes run until the line is finished and the site is written, or until somebody stops it."""
    from uncaged.cli.doorkeeping import Keeper
    from uncaged.studio.supervising import Supervisor
    from uncaged.web.site.export import write

    keeper = Keeper(
        here, opening.id, lambda: write(here, wish.out).folder, _teller(wish), _counter(wish)
    )
    with stopping() as stop:
        ended = threading.Event()

        def end() -> None:
            ended.set()
            _tell_end(keeper, wish)
            if not wish.stay or keeper.trouble is not None:
                stop.set()

        threading.Thread(target=keeper.watch, args=(stop, end), name="door", daemon=True).start()
        grace = settings.finish_seconds + settings.grace_seconds + 5
        Supervisor(children, say, grace, settings.silent_seconds).watch(stop)
    _leave(keeper, ended.is_set(), stop)


def _leave(keeper: "Keeper", ended: bool, stop: Stop) -> None:
    if keeper.trouble is not None:
        raise keeper.trouble
    if ended:
        raise click.exceptions.Exit(0)
    click.echo(
        "\nThe studio is closed; what was in hand is back in line. The door's time runs on: "
        "`uncaged open` goes on with it, `uncaged open --close` ends it.",
        err=True,
    )
    raise click.exceptions.Exit(0 if stop.code == 130 else stop.code)


def _teller(wish: Wish) -> Callable[[str], None]:
    def tell(sentence: str) -> None:
        if not wish.as_json:
            say(sentence)

    return tell


def _counter(wish: Wish) -> "Callable[[Stage], None]":
    """On a terminal: how long is left, in one line that is written over."""
    shown = sys.stderr.isatty() and not wish.as_json

    def count(stage: "Stage") -> None:
        if shown:
            left = f"{stage.left / 60:,.0f} min left" if stage.phase == "open" else "closed"
            click.echo(f"\r\x1b[K{left} · {stage.going} being made", nl=False, err=True)

    return count


def _tell_end(keeper: "Keeper", wish: Wish) -> None:
    if keeper.trouble is not None:
        return
    if wish.as_json:
        click.echo(json.dumps({"id": keeper.opening_id, "site": str(keeper.site)}))
    else:
        click.echo(f"\nThe line is finished. The static site lies in {keeper.site}\n")


def _opening(opening: "Opening") -> dict[str, object]:
    return {name: getattr(opening, name) for name in ("id", "began", "until", "closed", "url")}


def _typed() -> str:
    """The command as it was typed, without paths of this machine."""
    words: list[str] = []
    skip = False
    for word in sys.argv[1:]:
        if skip:
            words.append("FILE")
            skip = False
            continue
        name = word.partition("=")[0]
        hidden = name in ("--tls-cert", "--tls-key", "--out")
        words.append(f"{name}=FILE" if hidden and "=" in word else word)
        skip = hidden and "=" not in word
    return "uncaged " + " ".join(map(shlex.quote, words))
