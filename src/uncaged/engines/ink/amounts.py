"""What unbounded numbers do: any count, size or dial means something, and none of them breaks a picture.

Knows no scene. Within the range people use, a number stays what it is; far out it bends towards a limit.
"""

MANY = 100
"""The most bodies one subject is drawn as."""

SMALLEST, LARGEST = 0.05, 3.4
"""Factors of a kind's height for sizes 0 and infinite."""

_FAR = 1e9


def soft(amount: float, free: float, most: float) -> float:
    """`amount` as it is up to ±`free`, then bent so that it comes near ±`most` but never passes it."""
    size = min(abs(amount), _FAR)
    if size <= free:
        return amount
    beyond = (size - free) / (most - free)
    bent = free + (most - free) * beyond / (beyond + 1)
    return bent if amount > 0 else -bent


def bodies(count: float) -> int:
    """How many bodies a count is drawn as: rounded, 0 … `MANY`."""
    return int(min(max(count, 0.0), float(MANY)) + 0.5)


def factor(size: float) -> float:
    """A subject's size as a factor of its height: `SMALLEST` at 0, the number itself from 0.1 to 2, below `LARGEST`."""
    size = abs(size)
    if size < 0.1:
        return SMALLEST + 5 * size * size
    return soft(size, 2.0, LARGEST)


def pace(tempo: float) -> float:
    """The dial `tempo` as a factor of all rates, never negative, bent before it flickers."""
    return soft(abs(tempo), 4.0, 12.0)
