"""The most memory that a performer held since it counted anew."""

import sys

import pytest

from uncaged.performer import memory

MEGABYTES = 2**20


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux forgets what was held before")
def test_what_was_held_before_does_not_count() -> None:
    held = bytearray(b"\1") * (200 * MEGABYTES)
    before = memory.most()
    del held
    memory.count_anew()
    after = memory.most()
    assert 0 < after < before - 100 * MEGABYTES
    held = bytearray(b"\1") * (120 * MEGABYTES)
    assert memory.most() >= after + 80 * MEGABYTES
    del held
