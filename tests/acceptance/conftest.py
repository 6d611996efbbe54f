"""Lets the acceptance tests import what they share: `living`, beside them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
