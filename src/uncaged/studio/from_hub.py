"""What was fetched from a hub, as it can be put on the shelf: a model by its family, an adapter beside its model.

Fetches no more of an adapter than its header says is worth it.
"""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from uncaged.core.errors import WeightsBroken
from uncaged.core.words import _
from uncaged.engines.adapters import layouts
from uncaged.engines.published import LONGEST
from uncaged.studio import adding, fetching, hub, licences, recognising

if TYPE_CHECKING:
    from uncaged.studio.studio import Studio


def meant(wanted: hub.Wanted) -> Mapping[str, str]:
    """SHA-256 of its files, where the hub says them."""
    return {name: file.sha256 for name, file in wanted.files.items() if file.sha256}


def offer(studio: "Studio", wanted: hub.Wanted, on: str = "", family: str = "") -> adding.Offered:
    """What was fetched, as it can be put on the shelf: with what the hub says of it, and of its bytes.

    on, family: of an adapter, the model that it is for, or theirs. Raises as `adding.offered` does, of an adapter as
    `recognising.found` and `recognising.offered` do.
    """
    said, shas = hub.card(wanted.listed), meant(wanted)
    if not wanted.adapter:
        return adding.said_of(adding.offered(wanted.folder, wanted.family), said, shas)
    adapter = _recognised(wanted, wanted.folder / wanted.adapter)
    found = recognising.offered(studio, adapter, on, family, wanted.listed.licence)
    if found.card.get("terms"):  # what is to be accepted is its parent's, word by word
        said.pop("terms_url", None)
    sha = shas.get(wanted.adapter, "")
    lying = licences.lying(wanted.folder, found.files.values())
    return adding.said_of(
        replace(found, card={**found.card, **lying}), said, {layouts.WEIGHTS: sha} if sha else {}
    )


def refuse_adapter(studio: "Studio", wanted: hub.Wanted, on: str = "", family: str = "") -> None:
    """Raises what `offer` would, where the header of an adapter's weights says so already, before the rest is fetched.

    The header is looked at in a file of the whole length that holds nothing else.
    """
    begins = fetching.begun(wanted, wanted.adapter)
    if begins is None:
        return
    with TemporaryDirectory() as place:
        hollow = Path(place) / Path(wanted.adapter).name
        with begins.open("rb") as opened:
            long = int.from_bytes(opened.read(8), "little")
            opened.seek(0)
            hollow.write_bytes(opened.read(8 + min(long, LONGEST)))
        os.truncate(hollow, wanted.files[wanted.adapter].bytes)
        try:
            recognising.fit_for(studio, _recognised(wanted, hollow), on, family)
        except WeightsBroken as error:  # the hollow file is nowhere any more
            message = error.message.replace(str(hollow), f"{wanted.listed.repo}/{wanted.adapter}")
            raise WeightsBroken(message, error.hint) from None


def _recognised(wanted: hub.Wanted, place: Path) -> recognising.Adapter:
    """The adapter in this file. Raises `WeightsBroken` where it is none."""
    found = recognising.found(place)
    if found is None:
        raise WeightsBroken(
            _("%(file)s of %(repo)s is no adapter that is known here.")
            % {"file": wanted.adapter, "repo": wanted.listed.repo},
            _("What was fetched of it lies in %(folder)s, for other programs.")
            % {"folder": wanted.cache},
        )
    return found
