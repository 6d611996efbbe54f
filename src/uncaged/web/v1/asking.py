"""Questions that another studio asks for its people, known by a header: nothing of them goes on to a third machine.

Its people were told where their words go, and said yes to that machine alone. So no chain has two links, and no circle.
"""

from uncaged.engines.base import Engine
from uncaged.engines.remote.asking import ASKS
from uncaged.studio import outgoing
from uncaged.web.here import Here
from uncaged.web.v1.errors import WrongField
from uncaged.web.words import _


def refuse_itself(here: Here) -> None:
    """Raises `WrongField` where this studio asks itself."""
    mark = here.headers.get(ASKS)
    if mark is not None and outgoing.is_ours(here.studio, mark):
        raise WrongField(
            _("This studio asks itself: that address is its own."),
            _("Its models are on its shelf already; choose one by its own name."),
            code=outgoing.ITSELF,
        )


def refuse_circles(here: Here, player: Engine) -> None:
    """The same; and where another studio asks for what is performed elsewhere."""
    refuse_itself(here)
    if player.away and here.headers.get(ASKS) is not None:
        raise WrongField(
            _("{} performs elsewhere, and what another studio asks for is not passed on.").format(
                player.name
            ),
            _("Whoever keeps the other studio can add it from where it performs."),
            param="model",
            code="performs_elsewhere",
        )
