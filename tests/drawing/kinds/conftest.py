"""Lets the tests of kinds import what they share: `built`, beside them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
