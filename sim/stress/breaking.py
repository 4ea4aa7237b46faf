"""The reverse test: how strong a shock must be until a row breaks a limit, by halving the range of its strength."""

from collections.abc import Callable, Mapping, Sequence

from reports.stress.stress import Breaking

MOST = 8.0
"""The largest strength that is tried."""
NEAR = 0.05
"""The range in which it breaks is at most this share of the strength."""
LEAST = 1 / 64
"""A strength so small that it is not told more closely."""

Broken = Callable[[float, Sequence[int]], Mapping[int, bool]]
"""Whether rows break the limit at a strength."""


def breakings(shock: str, rows: Sequence[int], broken: Broken, most: float = MOST) -> list[Breaking]:
    """Where each row breaks; `broken` is asked for several rows at a time, and never twice for one.

    Strength 0 is the quiet world. Going up from there by 1 and the most, the first range at whose end the limit is
    broken is halved; what lies in it is taken to break once and stay broken.
    """
    quiet = broken(0.0, rows)
    found = {row: Breaking(shock, row, None, 0.0, most) for row in rows if quiet[row]}
    unbroken = [row for row in rows if not quiet[row]]
    ranges: dict[int, tuple[float, float]] = {}
    low = 0.0
    for high in sorted({min(1.0, most), most}):
        breaks = broken(high, unbroken) if unbroken else {}
        ranges |= {row: (low, high) for row in unbroken if breaks[row]}
        unbroken, low = [row for row in unbroken if not breaks[row]], high
    found |= {row: Breaking(shock, row, most, None, most) for row in unbroken}
    while ranges:
        for strength, asked in _middles(ranges).items():
            for row, breaks_there in broken(strength, asked).items():
                low, high = ranges[row]
                ranges[row] = (low, strength) if breaks_there else (strength, high)
        near = {row: ends for row, ends in ranges.items() if _near(*ends)}
        found |= {row: Breaking(shock, row, low, high, most) for row, (low, high) in near.items()}
        ranges = {row: ends for row, ends in ranges.items() if row not in near}
    return [found[row] for row in rows]


def _near(low: float, high: float) -> bool:
    return high - low <= NEAR * high or high <= LEAST


def _middles(ranges: Mapping[int, tuple[float, float]]) -> dict[float, list[int]]:
    """The strength in the middle of each range, and the rows that wait for it."""
    middles: dict[float, list[int]] = {}
    for row, (low, high) in ranges.items():
        middles.setdefault((low + high) / 2, []).append(row)
    return middles
