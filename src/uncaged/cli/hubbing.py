"""`uncaged models add OWNER/NAME`: what is needed of a model at a hub is shown, asked for, and fetched."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from uncaged.archive.telling import counted, sized
from uncaged.cli.agreeing import consented
from uncaged.cli.opening import print_rows
from uncaged.cli.shelving import reading

if TYPE_CHECKING:
    from uncaged.engines.fitting import Place
    from uncaged.queue.policy import Policy
    from uncaged.studio.hub import Wanted
    from uncaged.studio.studio import Studio


@dataclass(frozen=True, slots=True)
class Fetched:
    """folder: where it lies now; None where somebody said no. card: what its publisher says of it.

    meant: SHA-256 of its files, where the hub says them.
    """

    folder: Path | None
    card: Mapping[str, str]
    meant: Mapping[str, str]


def fetched(
    here: "Studio", what: str, family: str, name: str, *, yes: bool, as_json: bool
) -> Fetched | None:
    """A model at a hub, fetched where whoever asks agrees; None where `what` is a folder here, or no such name.

    name: what it is to be called here.
    """
    from uncaged.queue import following
    from uncaged.studio import bringing, fetching, hub

    settings, address = here.settings, hub.address(what)
    if address is None or Path(what).exists():
        return None
    listed = hub.listed(settings, *address)
    wanted = hub.chosen(settings, listed, family)
    fetching.refuse_full(wanted)
    said = Fetched(None, hub.card(listed), bringing.meant(wanted))
    if not as_json:
        with here.archive.read() as conn:
            policy = following.look(conn, here.policy).policy
        print_rows(_rows(wanted, name, policy), wrapped=True)
    if not yes and not consented(_question(wanted)):
        return said
    if wanted.left:
        with reading("fetching") as told:
            fetching.fetched(wanted, told)
    fetching.refuse_others(wanted)
    return replace(said, folder=wanted.folder)


def beside(where: "Place") -> str:
    """Behind what a model takes, what this machine has."""
    from uncaged.engines import fitting

    if where.bytes is None:
        return ""
    whose = "its graphics card" if where.card else "this machine"
    return f"; {whose} has {fitting.gigabytes(where.bytes)}"


def _memory(wanted: "Wanted") -> str:
    """What it takes to be opened, guessed by the length of its weights."""
    from uncaged.engines import fitting
    from uncaged.studio import bringing

    needs, where = fitting.gigabytes(bringing.opens(wanted)), fitting.place()
    return f"about {needs} to be opened, where it is published in 16 bits{beside(where)}"


def _question(wanted: "Wanted") -> str:
    if not wanted.left:
        return "All of it is here already. Put it on the shelf?"
    return "Fetch it, and put it on the shelf?"


def _rows(wanted: "Wanted", name: str, policy: "Policy") -> list[tuple[str, str]]:
    """What is to be known of it before anything large is fetched."""
    from uncaged.studio import adding, allowing, bringing, fetching

    listed, known = wanted.listed, bringing.foretold(wanted, name)
    card = adding.family(wanted.family).card
    house = allowing.reasons(policy, known)
    comes, free = fetching.room(wanted)
    return [
        ("at the hub", f"{listed.repo}, state {listed.commit[:12]}, of the family {wanted.family}"),
        ("", card.summary),
        ("needed", f"{counted(len(wanted.files), 'file')}, {sized(wanted.bytes)} together"),
        ("to fetch", f"{sized(comes)} to {wanted.cache}, where {sized(free)} are free"),
        ("memory", _memory(wanted)),
        ("trained on", card.training_data),
        ("licence", "; ".join(known.licensed.names) or "Its card there names none."),
        *([("asks", known.licensed.asks)] if known.licensed.asks else []),
        *(("this house", f"{why.message}\n{why.hint}") for why in house),
        *([("read it at", listed.licence_url)] if listed.licence_url else []),
    ]
