"""Bytes of requests that are in hand: received, and held until their request has ended; how many these may be.

Kept in memory. Knows no person: whoever asks is an address here, for nobody has been looked up yet.
"""

from collections import Counter

from uncaged.core.errors import TooMany
from uncaged.web.errors import Full
from uncaged.web.words import _

EACH, ALL = 100_000_000, 500_000_000
"""Bytes in hand of one address, and of all together. One request alone may always have what it may have."""

SOON = 2.0
"""Seconds after which whoever has too much in hand may come again: a request takes about as long."""


class Hands:
    """What is in hand, by address."""

    def __init__(self) -> None:
        self._held = Counter[str]()
        self._all = 0

    @property
    def all(self) -> int:
        """Bytes in hand, of everybody."""
        return self._all

    def check(self, address: str, own: int, more: int) -> None:
        """Whether so many more bytes of a request that holds `own` may come. address: empty where nobody counts it.

        Raises `TooMany` where it is one address that has too much, `Full` where it is all together.
        """
        others = self._held[address] - own if address else 0
        if others > 0 and others + own + more > EACH:
            raise TooMany(
                _("So much of yours is being received or read here that no more fits beside it."),
                _("Send one after the other; nothing is lost."),
                retry_after=SOON,
            )
        others = self._all - own
        if others > 0 and others + own + more > ALL:
            raise Full(
                _("So much is being received or read here just now that no more fits beside it."),
                _("Come again in a moment; nothing is lost."),
            )

    def count(self, address: str, more: int) -> None:
        """So many bytes more in hand; fewer where it is less than none."""
        self._all += more
        if address:
            self._held[address] += more
            if self._held[address] <= 0:
                del self._held[address]


class Hand:
    """What is in hand of one request, until it is `empty`."""

    def __init__(self, hands: Hands, address: str, length: int = 0) -> None:
        """length: bytes that it says will come; nothing is held yet. Raises as `Hands.check` does."""
        self._hands, self._address, self._own = hands, address, 0
        if length:
            hands.check(address, 0, length)

    def hold(self, more: int) -> None:
        """So many bytes more. Raises as `Hands.check` does."""
        if more:
            self._hands.check(self._address, self._own, more)
            self._hands.count(self._address, more)
            self._own += more

    def empty(self) -> None:
        """The request has ended."""
        if self._own:
            self._hands.count(self._address, -self._own)
            self._own = 0
