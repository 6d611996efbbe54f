"""`uncaged models add OWNER/NAME`: what is needed of a model or adapter at a hub is shown, asked for, and fetched."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from uncaged.archive.telling import counted, sized
from uncaged.cli.agreeing import consented
from uncaged.cli.opening import print_rows
from uncaged.cli.shelving import reading
from uncaged.core.errors import AskedWrong

if TYPE_CHECKING:
    from uncaged.engines.fitting import Place
    from uncaged.queue.policy import Policy
    from uncaged.studio import allowing
    from uncaged.studio.hub import Wanted
    from uncaged.studio.studio import Studio


@dataclass(frozen=True, slots=True)
class Brought:
    """What of a model at a hub was wanted. here: whether it is here now; not where somebody said no."""

    wanted: "Wanted"
    here: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What was typed of it. name: what it is to be called here. file: of several adapters the one that is meant; on:
    the model that one is for."""

    what: str
    name: str = ""
    family: str = ""
    file: str = ""
    on: str = ""


def refuse_parts(what: str, parts: Sequence[Path]) -> None:
    """Raises `AskedWrong` where a model at a hub is to come with files of this machine."""
    from uncaged.studio import hub

    if parts and not Path(what).exists() and hub.address(what) is not None:
        raise AskedWrong(
            f"--with goes with a file or folder that lies here, and there is none called {what}.",
            "Leave it out, and what the hub has of it is fetched.",
            "with",
        )


def brought(studio: "Studio", said: Said, *, yes: bool, as_json: bool) -> Brought | None:
    """A model or an adapter at a hub, fetched where whoever asks agrees; None where this is a folder here, or no such
    name."""
    from uncaged.queue import following
    from uncaged.studio import bringing, fetching, from_hub, hub, recognising

    address = hub.address(said.what)
    if address is None or Path(said.what).exists():
        if said.file:
            raise AskedWrong(
                "--file says which of several adapters at a hub is meant.",
                "Name one there, OWNER/NAME, or the file that lies here.",
                "file",
            )
        return None
    settings = studio.settings
    listed = hub.listed(settings, *address)
    wanted = hub.chosen(settings, listed, said.family, said.file)
    parents = recognising.parents(studio, said.on, said.family) if wanted.adapter else []
    fetching.refuse_full(wanted)
    if not as_json:
        with studio.archive.read() as conn:
            policy = following.look(conn, studio.policy).policy
        known = bringing.foretold(wanted, said.name, parents)
        moved = address[0] if address[0].casefold() != listed.repo.casefold() else ""
        print_rows(_rows(wanted, known, policy, moved), wrapped=True)
    if not yes and not consented(_question(wanted)):
        return Brought(wanted, False)
    if wanted.adapter:
        from_hub.refuse_adapter(studio, wanted, said.on, said.family)
    if wanted.left:
        with reading("fetching") as told:
            fetching.fetched(wanted, told)
    fetching.refuse_others(wanted)
    return Brought(wanted, True)


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


def _rows(
    wanted: "Wanted", known: "allowing.Wanted", policy: "Policy", moved: str = ""
) -> list[tuple[str, str]]:
    """What is to be known of it before anything large is fetched. known: to the house's policy. moved: what it was
    called before."""
    from uncaged.studio import adding, allowing, fetching, licences

    listed = wanted.listed
    house, texts = allowing.reasons(policy, known), licences.among(wanted.files)
    card = None if wanted.adapter else adding.family(wanted.family).card
    whose = f"of the family {wanted.family}" if card else f"an adapter (LoRA), {wanted.adapter}"
    comes, free = fetching.room(wanted)
    return [
        ("at the hub", f"{listed.repo}, state {listed.commit[:12]}, {whose}"),
        *([("", f"as {moved} is called there now")] if moved else []),
        *([("", card.summary)] if card else []),
        ("needed", f"{counted(len(wanted.files), 'file')}, {sized(wanted.bytes)} together"),
        ("to fetch", f"{sized(comes)} to {wanted.cache}, where {sized(free)} are free"),
        *([("memory", _memory(wanted)), ("trained on", card.training_data)] if card else []),
        ("licence", "; ".join(known.licensed.names) or "Its card there names none."),
        *([("asks", known.licensed.asks)] if known.licensed.asks else []),
        *(("this house", f"{why.message}\n{why.hint}") for why in house),
        *([("read it at", listed.licence_url)] if listed.licence_url else []),
        *([("its text", f"{', '.join(texts)}: comes along")] if texts else []),
    ]
