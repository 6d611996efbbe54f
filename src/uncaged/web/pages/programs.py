"""The page for programs: one line to change, and every address of `/v1`, from the routes themselves."""

from collections.abc import Iterable

from fastapi.routing import APIRoute

from uncaged.engines.registry import DEFAULT, engine
from uncaged.web.here import Here
from uncaged.web.v1 import hook_routes, routes
from uncaged.web.views.reading import AddressView, ApiView

BASE = "/v1"


def show(here: Here) -> ApiView:
    """What a program needs to know."""
    can = engine(DEFAULT).capabilities
    return ApiView(
        base_url=f"{here.coming.scheme}://{here.coming.host}{BASE}",
        model=DEFAULT,
        seconds=can.seconds,
        sides=can.sides,
        addresses=tuple(_addresses()),
    )


def _addresses() -> Iterable[AddressView]:
    for route in (*routes.router.routes, *hook_routes.router.routes):
        if not isinstance(route, APIRoute):
            continue
        said = (route.endpoint.__doc__ or "").strip().partition("\n")[0]
        if "`no_" in said:  # what is refused whatever one says is no address to recommend
            continue
        for method in sorted(route.methods or ()):
            yield AddressView(method=method, path=route.path.removeprefix(BASE), what=said)
