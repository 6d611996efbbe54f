"""Words become a scene: a lexicon says what they stand for, a reading what a sentence said, and the rest is completed.

Knows no pixels and no figures; everything drawn later comes from the scene and its seeds, never from the text.
"""

from uncaged.engines.ink.words.lexicon import Lexicon
from uncaged.engines.ink.words.reading import Reading, read

__all__ = ["Lexicon", "Reading", "read"]
