"""Reading a file that a person names: a plain one, of a bounded length, or a sentence that says what is wrong."""

from pathlib import Path

from uncaged.core.errors import AskedWrong

WORDS = 4_000_000
"""Bytes of one of a person's own word files, at most."""


def read_words(folder: Path) -> tuple[tuple[str, bytes], ...]:
    """A person's own word files in a folder, name and bytes, in the order of their names; none where it is missing."""
    found = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    return tuple((path.name, read_file(path, "Your word file", WORDS)) for path in found)


def read_file(path: Path, what: str, most: int) -> bytes:
    """The bytes of a plain file of at most `most` bytes. `what` begins the sentence of `AskedWrong`."""
    try:
        if path.is_dir():
            raise AskedWrong(f"{what} {path} is a folder.", "Name one file in it.")
        if path.exists() and not path.is_file():
            raise AskedWrong(f"{what} {path} is no plain file.", "Save it as one first.")
        with path.open("rb") as file:
            data = file.read(most + 1)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise AskedWrong(f"{what} {path} cannot be read: {why}.", "Is the name right?") from None
    if len(data) > most:
        raise AskedWrong(f"{what} {path} is longer than {most / 1e6:g} MB.")
    return data
