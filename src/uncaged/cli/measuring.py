"""What a model takes on these machines, as `uncaged models info` says it: memory reckoned, memory and time measured."""

from typing import TYPE_CHECKING, Any

from uncaged.archive.telling import duration
from uncaged.cli.opening import studio
from uncaged.core.errors import HomeMissing, HomeUnusable
from uncaged.engines.fitting import gigabytes

if TYPE_CHECKING:
    from uncaged.engines.base import Engine
    from uncaged.studio.fits import Fit


def found(player: "Engine") -> "Fit":
    """A model on these machines; nothing of it is measured where there is no studio yet."""
    from uncaged.queue import estimate
    from uncaged.studio.fits import fit

    past = estimate.Past()
    try:
        with studio(looking=True) as here, here.archive.read() as conn:
            past = estimate.past(conn, player.name)
    except (HomeMissing, HomeUnusable):
        pass
    return fit(player, past)


def rows(one: "Fit") -> list[tuple[str, str]]:
    """For people, as the page /models has it."""
    from uncaged.studio.fits import TOO_LITTLE

    film = f"{one.film:g} s at {one.size[0]}x{one.size[1]}"
    said: list[tuple[str, str]] = []
    if one.memory is not None:
        need = one.memory
        has = "" if need.has is None else f"; this machine has {gigabytes(need.has)}"
        needs = f"{gigabytes(need.needs)} for {film}{has}"
        said.append(("memory", f"about {gigabytes(need.opens)} to be opened; {needs}"))
        if need.instead:
            said.append(("", f"What would fit: {', or '.join(need.instead)}"))
    if not one.runs:
        said.append(("measured", "it has performed nothing here yet"))
        return said
    memory = "" if one.took is None else f", and up to {gigabytes(one.took)} of memory"
    runs = "by the last run here" if one.runs == 1 else f"by the last {one.runs} runs here"
    runs += ", all much smaller" if one.rough else ""
    if one.takes is None:
        held = "" if one.took is None else f"; they took up to {gigabytes(one.took)} of memory"
        said.append(("measured", f"how long {film} take is {TOO_LITTLE}{held}"))
        return said
    said.append(("measured", f"{film} take about {duration(one.takes)}{memory}, {runs}"))
    return said


def record(one: "Fit") -> dict[str, Any]:
    """For programs: bytes, seconds, pixels; null where nobody knows."""
    need = one.memory
    return {
        "film": {"seconds": one.film, "size": list(one.size)},
        "opens": None if need is None else need.opens,
        "needs": None if need is None else need.needs,
        "has": None if need is None else need.has,
        "fits": one.fits,
        "instead": [] if need is None else list(need.instead),
        "takes": one.takes,
        "took_bytes": one.took,
        "runs": one.runs,
        "rough": one.rough,
    }
