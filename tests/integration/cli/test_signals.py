"""A polite end is heard whatever it interrupts."""

import subprocess
import sys

import pytest

HELD = """
import os, signal
from uncaged.cli.{module} import {name}
with {call} as stop:
    with stop._cond:  # as where the signal comes just when the loop looks whether it is time to end
        os.kill(os.getpid(), signal.{signal})
    assert stop.wait(10)
"""


@pytest.mark.parametrize(
    ("module", "name", "call", "signal"),
    [
        ("stewarding", "stopping", "stopping()", "SIGTERM"),
        (
            "pressing",
            "two_presses",
            "two_presses(__import__('unittest.mock').mock.Mock())",
            "SIGINT",
        ),
    ],
)
def test_a_signal_that_comes_while_somebody_looks(
    module: str, name: str, call: str, signal: str
) -> None:
    code = HELD.format(module=module, name=name, call=call, signal=signal)
    done = subprocess.run(
        [sys.executable, "-c", code], timeout=30, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
