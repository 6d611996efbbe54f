"""What families have in common that have no model of their own: each of their models lies in a folder, and says there
what it can.
"""

from abc import abstractmethod
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from uncaged.core.errors import UncagedError, WeightsMissing
from uncaged.core.words import _
from uncaged.engines.base import Capabilities, Engine


class InFolder(Engine):
    """A family says what a folder can, and how it is opened."""

    def __init__(self, folder: Path | None = None) -> None:
        """folder: a model of it."""
        self.folder: Path | None = None
        if folder is not None:
            self.settle(folder)

    @property
    def is_here(self) -> bool:
        """A family is no model by itself."""
        return self.folder is not None

    @abstractmethod
    def able(self, folder: Path) -> tuple[Capabilities, Mapping[str, Any]]:
        """What a folder's model can, and its defaults. Raises `WeightsMissing`, `WeightsBroken`."""

    def settle(self, folder: Path) -> None:
        self.folder = folder
        try:
            self.capabilities, defaults = self.able(folder)
        except UncagedError:  # whoever performs says so
            return
        self.defaults = MappingProxyType(dict(defaults))

    def home(self) -> Path:
        """Where its files lie. Raises `WeightsMissing` where nobody said."""
        if self.folder is None:
            raise WeightsMissing(_("The weights of %(model)s are not here.") % {"model": self.name})
        return self.folder
