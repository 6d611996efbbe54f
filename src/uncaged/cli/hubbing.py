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
    from uncaged.core.settings import Settings
    from uncaged.engines.fitting import Place
    from uncaged.studio.hub import Wanted


@dataclass(frozen=True, slots=True)
class Fetched:
    """folder: where it lies now; None where somebody said no. card: what its publisher says of it.

    meant: SHA-256 of its files, where the hub says them.
    """

    folder: Path | None
    card: Mapping[str, str]
    meant: Mapping[str, str]


def fetched(
    settings: "Settings", what: str, family: str, *, yes: bool, as_json: bool
) -> Fetched | None:
    """A model at a hub, fetched where whoever asks agrees; None where `what` is a folder here, or no such name."""
    from uncaged.studio import bringing, fetching, hub

    address = hub.address(what)
    if address is None or Path(what).exists():
        return None
    listed = hub.listed(settings, *address)
    wanted = hub.chosen(settings, listed, family)
    fetching.refuse_full(wanted)
    said = Fetched(None, hub.card(listed), bringing.meant(wanted))
    if not as_json:
        print_rows(_rows(wanted), wrapped=True)
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


def _rows(wanted: "Wanted") -> list[tuple[str, str]]:
    """What is to be known of it before anything large is fetched."""
    from uncaged.studio import adding, fetching, licences

    listed = wanted.listed
    texts = licences.among(wanted.files)
    card = adding.family(wanted.family).card
    comes, free = fetching.room(wanted)
    return [
        ("at the hub", f"{listed.repo}, state {listed.commit[:12]}, of the family {wanted.family}"),
        ("", card.summary),
        ("needed", f"{counted(len(wanted.files), 'file')}, {sized(wanted.bytes)} together"),
        ("to fetch", f"{sized(comes)} to {wanted.cache}, where {sized(free)} are free"),
        ("memory", _memory(wanted)),
        ("trained on", card.training_data),
        ("licence", listed.licence or "Its card there names none."),
        *([("read it at", listed.licence_url)] if listed.licence_url else []),
        *([("its text", f"{', '.join(texts)}: comes along")] if texts else []),
    ]
