"""Measuring in one sitting: the machine is shared and its clock drifts, so only ratios taken side by side count."""

import statistics
from collections.abc import Callable, Mapping
from time import process_time

Case = Callable[[], object]


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
