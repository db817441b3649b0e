"""What a measured process says of itself: CPU seconds (user and system) and peak memory.

It imports as little as it can, since it is measured along with whatever it measures.
"""

import json
from pathlib import Path
from time import process_time

KIB_PER_MIB = 1024


class Meter:
    """Made when a program's imports are done; what stands before that is the price of starting."""

    def __init__(self) -> None:
        self._last = process_time()
        self._figures = {"imports_cpu": self._last, "imports_mib": peak_mib()}

    def lap(self, name: str) -> None:
        """Note the CPU seconds since the last lap, and the peak of memory so far."""
        now = process_time()
        self._figures[f"{name}_cpu"] = now - self._last
        self._figures[f"{name}_mib"] = peak_mib()
        self._last = process_time()

    def report(self, **counts: int) -> None:
        """Print everything as one line of JSON: the last line this process prints."""
        print(json.dumps(self._figures | counts))


def peak_mib() -> float:
    """Return the most memory this process ever held, in MiB.

    Read from /proc: what getrusage says includes the parent's memory from before the exec.
    """
    status = Path("/proc/self/status").read_text("ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / KIB_PER_MIB
