"""Counts and sizes as people read them: "3 works", "3.2 MB". Knows nothing of what is counted."""


def counted(number: int, noun: str) -> str:
    """A number and its noun.

    >>> counted(1, "work"), counted(1200, "file")
    ('1 work', '1,200 files')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def sized(length: int) -> str:
    """A number of bytes, in the largest unit that fits.

    >>> sized(999), sized(3_200_000), sized(999_960)
    ('999 bytes', '3.2 MB', '1.0 MB')
    """
    if length < 1000:
        return counted(length, "byte")
    size = float(length)
    for unit in ("kB", "MB", "GB"):
        size /= 1000
        if size < 999.95:
            return f"{size:.1f} {unit}"
    return f"{size / 1000:,.1f} TB"
