"""Let two owners and an officer write the same 110 lines in a thousand random orders.

Runs the test of `tests/rounds/test_interleavings.py` a thousand interleavings long, and prints how
many writes were kept, how many conflicts shown, and the time.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

INTERLEAVINGS = 1_000
TEST = "tests/rounds/test_interleavings.py"


def main() -> None:
    """Run them and print what came of them. Exits with the status of the test."""
    env = os.environ | {"PEELIAN_INTERLEAVINGS": str(INTERLEAVINGS)}
    started = time.perf_counter()
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", TEST]
    done = subprocess.run(command, env=env, check=False)
    print(f"{INTERLEAVINGS:,} interleavings in {time.perf_counter() - started:.0f} s")
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
