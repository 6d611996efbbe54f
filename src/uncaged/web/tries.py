"""How often a password may be tried: for a name, from an address, in a browser that is known, by oneself.

So nobody guesses, and no stranger holds up whoever knows the password: a browser in which somebody signed in before is
counted by itself (the device cookie of OWASP's "Slow Down Online Guessing Attacks"). Knows no password.
"""

from dataclasses import dataclass

from starlette.requests import Request

from uncaged.archive import people
from uncaged.studio import entering
from uncaged.web import cookies
from uncaged.web.coming import Coming
from uncaged.web.here import Web
from uncaged.web.words import _

OF_ONE, OF_ADDRESS = 10, 60
"""Times a minute: for one name, one known browser, one person who is signed in; and from one address."""


@dataclass(frozen=True, slots=True)
class Try:
    """A try that was counted, before anybody knew whether it was right. who: whose tries these are."""

    who: str

    def was_right(self, web: Web) -> None:
        """Only wrong ones count. Those of an address stay: with a password of one's own one would forgive oneself."""
        web.rates.forget(self.who, OF_ONE)


def of_stranger(web: Web, request: Request, name: str) -> Try:
    """Somebody is about to sign in under this name. Reads the archive. Raises `TooMany`."""
    device = _device(web, request, name)
    if device is not None:
        return _count(web, f"password-in:{device}")
    coming: Coming = request.scope["coming"]
    address = f"password:{entering.network_of(coming.address)}"
    web.rates.count(address, OF_ADDRESS, _too_many())
    return _count(web, f"password-of:{people.folded(name)[: people.LONGEST_NAME]}")


def of_oneself(web: Web, person_id: str) -> Try:
    """Somebody who is signed in is asked again who they are: nobody else can use these up. Raises `TooMany`."""
    return _count(web, f"password-by:{person_id}")


def _count(web: Web, who: str) -> Try:
    web.rates.count(who, OF_ONE, _too_many())
    return Try(who)


def _too_many() -> str:
    return _("That was one try too many within a minute.")


def _device(web: Web, request: Request, name: str) -> str | None:
    """The name of this browser, where whoever is called so has signed in by it before."""
    held, now = request.cookies.get(cookies.KNOWN, ""), web.studio.clock.now() // 1_000_000
    known = cookies.known(entering.secret_of(web.studio), held, now) if held else None
    if known is None:
        return None
    with web.studio.archive.read() as conn:
        same = any(one.id == known[0] for one in people.named(conn, name))
    return known[1] if same else None
