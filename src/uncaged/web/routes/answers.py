"""What addresses of several rooms answer with."""

from typing import Any

from starlette.responses import RedirectResponse

from uncaged.web.views.base import ErrorView

PAGE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/html": {}}},
    "4XX": {"model": ErrorView},
}
"""Every page is HTML for a browser, and its record for a program."""


def to(address: str) -> RedirectResponse:
    """Go on there: what was asked for is done, and the back button asks for nothing again."""
    return RedirectResponse(address, 303, {"Cache-Control": "no-store"})
