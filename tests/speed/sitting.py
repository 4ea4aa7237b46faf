"""Measuring in one sitting: the machine is shared and its clock drifts, so only ratios taken side by side count."""

import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping
from time import process_time

Case = Callable[[], object]


_MOST = """
from pathlib import Path
print(next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")).split()[1])
"""


def most_memory(script: str) -> float:
    """The most memory a process of its own takes for a script, in bytes; Linux only.

    Not as getrusage tells it: that begins with the memory of the process that started this one.
    """
    done = subprocess.run([sys.executable, "-c", script + _MOST], capture_output=True, check=True)
    return float(done.stdout) * 1024


def cpu_seconds(cases: Mapping[str, Case], repeats: int = 5) -> dict[str, float]:
    """Median CPU time of each case. The cases take turns; their first turn warms up and does not count."""
    times: dict[str, list[float]] = {name: [] for name in cases}
    for turn in range(repeats + 1):
        for name, case in cases.items():
            begun = process_time()
            case()
            if turn:
                times[name].append(process_time() - begun)
    return {name: statistics.median(taken) for name, taken in times.items()}
