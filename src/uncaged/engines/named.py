"""Several tensors that are drawn together, such as a film and its sound: arithmetic on all of them, name by name.

Knows no library: what numpy arrays and torch tensors share is enough.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any


class Named(Mapping[str, Any]):
    """Tensors by name. With a number, each of them is reckoned with it; with another `Named`, each with its own."""

    __array_ufunc__ = None  # numpy leaves arithmetic with these to us

    def __init__(self, **tensors: Any) -> None:
        self._held = tensors

    def __getitem__(self, name: str) -> Any:
        return self._held[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def each(self, do: Callable[[Any], Any]) -> "Named":
        """The same names, with what `do` makes of each."""
        return Named(**{name: do(one) for name, one in self._held.items()})

    def max(self) -> float:
        """The largest number of all."""
        return max(float(one.max()) for one in self._held.values())

    def any(self) -> bool:
        """Whether anything is true."""
        return any(bool(one.any()) if hasattr(one, "any") else bool(one) for one in self.values())

    def __abs__(self) -> "Named":
        return self.each(abs)

    def __add__(self, other: Any) -> "Named":
        return self._with(other, lambda a, b: a + b)

    def __sub__(self, other: Any) -> "Named":
        return self._with(other, lambda a, b: a - b)

    def __mul__(self, other: Any) -> "Named":
        return self._with(other, lambda a, b: a * b)

    def __truediv__(self, other: Any) -> "Named":
        return self._with(other, lambda a, b: a / b)

    def __rsub__(self, other: Any) -> "Named":
        return self._with(other, lambda a, b: b - a)

    __radd__, __rmul__ = __add__, __mul__

    def _with(self, other: Any, do: Callable[[Any, Any], Any]) -> "Named":
        if not isinstance(other, Named):
            return self.each(lambda one: do(one, other))
        if other.keys() != self.keys():
            raise ValueError(f"{sorted(self)} and {sorted(other)} are not the same tensors")
        return Named(**{name: do(one, other[name]) for name, one in self.items()})
