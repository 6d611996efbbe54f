"""Names of files within a folder, as they come from elsewhere: which of them stay inside, and can be seen there.

Looks at no disk.
"""

from collections.abc import Collection
from typing import Final

LONGEST: Final = 200
"""Characters of one name, at most; of names with folders before them, so many for each."""

DEEPEST: Final = 8
"""Names between `/`, at most."""


def is_plain(name: str) -> bool:
    """Whether a file of this name lies in its folder, whatever the name, and can be seen there.

    >>> is_plain("weights.safetensors"), is_plain("../weights"), is_plain(".hidden")
    (True, False, False)
    """
    seen = 0 < len(name) <= LONGEST and name.isprintable()
    return seen and not name.startswith(".") and not set(name) & set("/\\:")


def is_within(name: str) -> bool:
    """The same for a file that may lie in a folder within it: `/` between names.

    >>> is_within("vae/config.json"), is_within("/etc/passwd"), is_within("vae/../../x"), is_within("a\\\\b")
    (True, False, False, False)
    """
    parts = name.split("/")
    return len(parts) <= DEEPEST and all(map(is_plain, parts))


def fit_together(names: Collection[str]) -> bool:
    """Whether files of these names can lie in one folder: none is a folder of another.

    >>> fit_together(["a/b", "a/c"]), fit_together(["a", "a/b"])
    (True, False)
    """
    folders = {name.rsplit("/", n)[0] for name in names for n in range(1, name.count("/") + 1)}
    return not folders & set(names)
