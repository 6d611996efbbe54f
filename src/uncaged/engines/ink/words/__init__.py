"""Words become a scene: a lexicon says what they stand for, a reading what a sentence said, and the rest is completed.

Knows no pixels and no figures; everything drawn later comes from the scene and its seeds, never from the text.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uncaged.engines.ink.words.lexicon import Lexicon
    from uncaged.engines.ink.words.reading import Reading, read

__all__ = ["Lexicon", "Reading", "read"]


def __getattr__(name: str) -> object:
    """Both are loaded when somebody reads: whoever only counts what a text says loads no lexicon."""
    if name == "Lexicon":
        from uncaged.engines.ink.words.lexicon import Lexicon

        return Lexicon
    if name in ("Reading", "read"):
        from uncaged.engines.ink.words import reading

        return getattr(reading, name)
    raise AttributeError(f"{__name__} has no {name}.")
