"""Runs the tests tier by tier on two processes, and says loudly what could not be tested here.

With CI=true, what cannot be tested is a failure. Each tier has a budget of seconds (``UNCAGED_BUDGET_UNIT`` …); one
that takes twice as long is ended.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

TIERS = ("unit", "drawing", "integration", "acceptance")
HERE = Path(__file__).parent


def main() -> int:
    """Exit code 0 where every tier passed."""
    spent: dict[str, float] = {}
    for tier in TIERS:
        if not (HERE / tier).is_dir():
            continue
        began = time.monotonic()
        code = run_tier(tier)
        spent[tier] = time.monotonic() - began
        if code:
            print(f"\nThe tier {tier} did not pass.")
            return code
    print("\n" + ", ".join(f"{tier} {seconds:.0f} s" for tier, seconds in spent.items()))
    return 0


def run_tier(tier: str) -> int:
    """One tier; pytest's exit code, or 1 where it was ended for taking too long."""
    budget = float(os.environ.get(f"UNCAGED_BUDGET_{tier.upper()}", "0"))
    print(f"\n-- {tier}" + (f" (budget {budget:.0f} s)" if budget else ""), flush=True)
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--durations=10", str(HERE / tier)]
    if tier == "acceptance":  # a newcomer's story goes on from test to test of its file
        command += ["--dist", "loadfile"]
    environment = os.environ | {"OMP_WAIT_POLICY": "passive", "PYTHONWARNINGS": "default"}
    try:
        return subprocess.run(
            command, env=environment, timeout=2 * budget or None, cwd=HERE.parent, check=False
        ).returncode
    except subprocess.TimeoutExpired:
        print(f"The tier {tier} took more than twice its budget of {budget:.0f} s and was ended.")
        return 1


if __name__ == "__main__":
    raise SystemExit(main())
