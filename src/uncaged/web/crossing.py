"""Whether a change was asked for by a page of this studio, or by somebody else's page behind a person's back.

Browsers say where a request comes from; no token is needed for that. Knows no person.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers

from uncaged.core.errors import NotAllowed
from uncaged.web.words import _

SAFE = ("GET", "HEAD", "OPTIONS")
"""Ways of asking that change nothing."""


def refuse_crossing(
    method: str, headers: Headers, host: str, keyed: bool, any_key: bool = False
) -> None:
    """`NotAllowed` for a change that another site asks for, or nobody knows who. host: this studio's, as asked for.

    keyed: it carries a key of ours (`visitors.carries_key`), and passes: no browser adds one by itself. Any other
    Authorization makes nobody anybody; it only says that a program asks, where nothing says that a browser does.
    any_key: whoever has none is told that any will do.
    """
    if method in SAFE or keyed:
        return
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is None and origin is None:
        if "authorization" in headers:
            return
        raise NotAllowed(
            _("Nobody can tell who asks for this change: the request says neither Origin nor key."),
            _("Programs send a key; here any will do: Authorization: Bearer none")
            if any_key
            else _(
                "Programs send a key: Authorization: Bearer uncaged_… `uncaged key add NAME` makes one."
            ),
        )
    elsewhere = site not in (None, "same-origin", "none")
    if elsewhere or (origin is not None and _place(origin) != host):
        raise NotAllowed(
            _("Another site asked for this change, and it was not made."),
            _("Open the studio itself, and press there."),
        )


def _place(origin: str) -> str:
    """Name and port of an origin; empty for ``null`` and whatever is none."""
    try:
        parts = urlsplit(origin)
        return parts.netloc.lower() if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""
