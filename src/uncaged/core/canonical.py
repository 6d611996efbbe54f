"""Canonical JSON (RFC 8785) and SHA-256: one text and one hash for one record, on every machine."""

import hashlib
from typing import Any, cast

import rfc8785


def canonical(value: Any) -> bytes:
    """`value` as RFC 8785 bytes.

    Every number is a double, as in JSON itself: 2^53 and its double have one form, however they were read. Numbers
    must be finite, keys strings; raises `ValueError` otherwise.
    """
    try:
        return rfc8785.dumps(value)
    except rfc8785.IntegerDomainError:
        return canonical(_doubles(value))
    except rfc8785.CanonicalizationError as error:
        raise ValueError(str(error)) from error


def _doubles(value: Any) -> Any:
    """The same value with its large whole numbers as doubles."""
    if isinstance(value, dict):
        return {key: _doubles(part) for key, part in cast("dict[str, Any]", value).items()}
    if isinstance(value, list | tuple):
        return [_doubles(part) for part in cast("list[Any]", value)]
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 2**53:
        try:
            return float(value)
        except OverflowError:
            raise ValueError(
                f"{str(value)[:20]}… is larger than any number a record can hold."
            ) from None
    return value


def sha256(data: bytes) -> str:
    """SHA-256 in lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()
