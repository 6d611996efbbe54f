"""What the card of a model will say that lies at a hub, before anything large of it is here. Knows no hub."""

from collections.abc import Collection, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol, runtime_checkable

from uncaged.engines.base import Small


@runtime_checkable
class Foretells(Protocol):
    """An engine that reads cards from small files alone."""

    def foretold(self, names: Collection[str], read: Small) -> Mapping[str, Any]:
        """Facts as in `Offer.card`. names: of the files that are needed. read: gives a small JSON file by its name.

        Raises `WeightsMissing`, `WeightsBroken` where these say too little, or what cannot be.
        """
        ...


@contextmanager
def laid(files: Mapping[str, bytes]) -> Generator[Path]:
    """A folder with these small files, by the names that they have in a model's, as long as it is looked at."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        yield folder
