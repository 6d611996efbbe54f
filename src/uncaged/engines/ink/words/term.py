"""A term: a word or a phrase of the text, with everything it may mean. Knows nothing of where that comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase with its senses. origin: numbers of the tokens it was made from. pause: what stood before.

    soft: it stands for a person's own word, so that what was typed beside it comes first.
    """

    word: str
    origin: tuple[int, ...]
    senses: Mapping[str, object] = field(default_factory=dict[str, object])
    plural: bool = False
    pause: str = ""
    soft: bool = False

    def has(self, *tables: str) -> bool:
        """Whether it has a sense in one of these tables."""
        return not self.senses.keys().isdisjoint(tables)

    def text(self, table: str) -> str:
        """Its sense in a table of names; "" without one."""
        return cast("str", self.senses.get(table, ""))

    def number(self, table: str) -> float:
        """Its sense in a table of numbers; 1 without one."""
        return cast("float", self.senses.get(table, 1.0))

    def grammar(self, sense: str) -> bool:
        """Whether it is this word of grammar."""
        return self.senses.get("grammar") == sense
