"""Where the studio is open now, as something to type into a browser: noted in the home while it is.

Knows no page. A note that a killed process left is found out by knocking.
"""

import contextlib
import http.client
import socket
import ssl
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from uncaged.cli.opening import called
from uncaged.core.settings import Settings

NOTE = "open.at"
"""The file in the home that says it, while the studio is open."""

KNOCK, ANSWER = 0.5, 8.0
"""Seconds to wait until somebody opens, and until they answer."""


@contextmanager
def noted(home: Path, address: str, everywhere: bool) -> Generator[None]:
    """The address stands in the home as long as this lasts. everywhere: other machines can come in by it."""
    note = home / NOTE
    with contextlib.suppress(OSError):  # a note is a courtesy
        note.write_text(f"{address}\n{'everywhere' if everywhere else 'here'}\n", encoding="utf-8")
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            note.unlink(missing_ok=True)


def open_at(settings: Settings) -> tuple[str, bool] | None:
    """The address of the pages, ending in a stroke, and whether other machines can reach it; None: it is closed."""
    try:
        lines = (settings.home / NOTE).read_text(encoding="utf-8").splitlines()
        address, everywhere = lines[0], lines[1] == "everywhere"
        at = urlsplit(address)
        with socket.create_connection((at.hostname or "", at.port or 80), KNOCK):
            return address, everywhere
    except (OSError, ValueError, IndexError):
        return None


def page(settings: Settings, path: str) -> str:
    """A page of the studio as the person at this machine can open it. path: begins with a stroke."""
    found = open_at(settings)
    if found is None:
        return f"{path}  (once the studio is open: {called()} serve)"
    return found[0].rstrip("/") + path


def for_guests(settings: Settings, path: str) -> tuple[str, str]:
    """The same page for somebody at another machine, and what still keeps them out, in a sentence, if anything does.

    The first of `UNCAGED_HOSTS` is the studio's name; without one, what this machine is called.
    """
    found = open_at(settings)
    named = settings.hosts.replace(",", " ").split()
    if named:  # a name without a port is one that a proxy answers for, by https
        scheme = "http" if ":" in named[0].rpartition("]")[2] else "https"
        kept_out = "" if found else "It leads nowhere until the studio is open: uncaged serve"
        return f"{scheme}://{named[0]}{path}", kept_out
    if found is None:
        return f"http://{socket.gethostname()}:8484{path}", (
            "It leads nowhere until the studio is open to others: uncaged serve --host 0.0.0.0"
        )
    if not found[1]:
        return found[0].rstrip("/") + path, (
            "The studio is open to this machine alone; for others: uncaged serve --host 0.0.0.0. "
            "At this machine one is the owner and no visitor: open the door from another device."
        )
    at = urlsplit(found[0])
    host = socket.gethostname() if at.hostname in ("127.0.0.1", "::1") else at.netloc
    whole = host if host == at.netloc else f"{host}:{at.port}"
    return f"http://{whole}{path}", ""


def health(settings: Settings) -> tuple[bool, str]:
    """Whether the studio is open here and all is well with it, and that in a sentence."""
    found = open_at(settings)
    if found is None:
        return False, "The studio is not open: uncaged serve opens it."
    at = urlsplit(found[0])
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # it is this very machine
    asked = (
        http.client.HTTPSConnection(at.hostname or "", at.port, timeout=ANSWER, context=context)
        if at.scheme == "https"
        else http.client.HTTPConnection(at.hostname or "", at.port, timeout=ANSWER)
    )
    try:
        asked.request("GET", "/healthz")
        status = asked.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        return False, f"The pages at {found[0]} do not answer ({type(error).__name__})."
    finally:
        asked.close()
    if status == 200:
        return True, f"All is well at {found[0]}"
    return False, f"The studio at {found[0]} says that it is not well ({status}): uncaged doctor"
