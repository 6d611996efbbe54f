"""Uncaged: a studio for moving images that is run by the artists who use it.

>>> import uncaged
>>> studio = uncaged.open_studio()              # doctest: +SKIP
>>> work = studio.make("a slow bird over a blue hill")  # doctest: +SKIP
"""

from typing import TYPE_CHECKING, Any

from uncaged.core.version import __version__

if TYPE_CHECKING:
    from uncaged.engines.base import Engine
    from uncaged.studio.studio import Studio

__all__ = ["__version__", "engine", "open_studio"]


def open_studio(home: Any = None) -> "Studio":
    """The studio whose home is `home` (a path), or the folder that ``UNCAGED_HOME`` names."""
    from uncaged.studio.studio import open_studio as open_

    return open_(home)


def engine(name: str) -> "Engine":
    """An engine by name, to perform with and no archive: ``uncaged.engine("ink").perform(score)`` yields frames."""
    from uncaged.engines.registry import engine as find

    return find(name)
