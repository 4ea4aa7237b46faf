"""T13: a base stock of 8,000 for 2,000 a day, whose supply stops with chance 0.04 a day and starts again with 0.25.

A stop is a customs post that opens on no day of it, or a dated trouble of the factory, the post or the dock. No luck is
left once the stops are known, so that what happened is held to the unit, day by day, and the cost to 1e-9: one long
stop shows what its every day costs, and the chances of days are known. An estimate from drawn stops would need 2 x 10^7
days for 1 %, for rare long stops cost most.
"""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.theory.acceptance import EXACT, printed
from tests.theory.exact.lot_sizes import days_stopped
from tests.theory.worlds import played, series_of, world

WANTED, LEVEL = 2_000, 8_000
STOPS, STARTS, HOLD, SHORT = 0.04, 0.25, 0.25, 3.0
START = date(2026, 1, 1)
LONG = 110
"""Days of a stop that are reached but once in 10^14 times."""
FIRST_STOPPED = 5
DRAWN_DAYS = 2_000
MINUTE = 1 / 1_440
TROUBLES = {
    "make_days": "factory = {}",
    "put_away_days": "dock = { closed = true }",
}
"""Work of a minute that they stop."""


def test_theory_T13_disruptions_exact_figures() -> None:
    """The exact code prints the known figures, and supply is stopped for 0, 1, ... days with chances that sum to 1."""
    chances = days_stopped(STOPS, STARTS, LONG)
    assert printed(chances[0], "0.862069")
    assert chances.sum() == pytest.approx(1, rel=EXACT)


def test_theory_T13_base_stock_with_disruptions(tmp_path: Path) -> None:
    """S = 8,000 costs 2,737.068966 a day, 0.25 for a unit held and 3 for one owed; no other multiple costs less."""
    costs = {level: _cost(tmp_path, level) for level in range(WANTED, 8 * WANTED, WANTED)}
    assert printed(costs[LEVEL], "2737.068966")
    assert min(costs, key=lambda level: costs[level]) == LEVEL


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_theory_T13_stops_drawn(seed: int, tmp_path: Path) -> None:
    """On day n of a stop of the post the net stock is S less the demand of n + 1 days, on every day, to the unit."""
    stopped = _drawn(seed)
    assert np.array_equal(_net(tmp_path, LEVEL, _closures(stopped), len(stopped)), LEVEL - (stopped + 1) * WANTED)


def test_theory_T13_customs_trouble_drawn(tmp_path: Path) -> None:
    """The same by dated troubles of the post."""
    stopped = _drawn(4)
    net = _net(tmp_path, LEVEL, _troubles(stopped, "customs = { closed = true }"), len(stopped))
    assert np.array_equal(net, LEVEL - (stopped + 1) * WANTED)


@pytest.mark.parametrize("work", TROUBLES)
def test_theory_T13_troubles_drawn(work: str, tmp_path: Path) -> None:
    """The same by dated troubles of the factory and the dock. Their work of a minute is for the day after: a day more."""
    stopped = _drawn(4)
    net = _net(tmp_path, LEVEL, _troubles(stopped, TROUBLES[work]), len(stopped), **{work: MINUTE})
    assert np.array_equal(net, LEVEL - (np.append(0, stopped[:-1] + 1) + 1) * WANTED)


def _cost(folder: Path, level: int) -> float:
    """The expected cost of a day: what each day of one long stop costs by run, times its chance."""
    stopped = np.append(np.zeros(FIRST_STOPPED, int), np.arange(1, LONG + 1))
    net = _net(folder, level, _closures(stopped), len(stopped))[FIRST_STOPPED - 1 :]
    costs = HOLD * np.maximum(net, 0) + SHORT * np.maximum(-net, 0)
    return float(days_stopped(STOPS, STARTS, LONG) @ costs)


def _net(
    folder: Path, level: int, tables: str, days: int, make_days: float = 0.0, put_away_days: float = 0.0
) -> NDArray[np.int64]:
    """Units on hand less units owed at the end of each day."""
    text = world(
        start=str(START),
        days=days,
        opening=level,
        waits=1.0,
        supplier=f"make_days = {make_days!r}",
        lane='legs = [{ name = "customs", post = "port" }]',
        demand=f'demand."*".organic = {{ law = "fixed", mean = {WANTED} }}',
        tables=tables,
    )
    text = text.replace("[warehouse.warehouse]\n", f"[warehouse.warehouse]\nput_away_days = {put_away_days!r}\n")
    series = series_of(played(folder, text, f"base-stock:units={level},review_days=1"))
    return (series.on_hand - series.backlog)[:, 0, 0, 0]


def _drawn(seed: int) -> NDArray[np.int64]:
    """For each day how long supply has been stopped, that day included, 0 when it is not; it begins with supply."""
    luck = np.random.default_rng(seed)
    stopped = np.zeros(DRAWN_DAYS, np.int64)
    for day in range(2, DRAWN_DAYS):
        stays = luck.random() >= STARTS if stopped[day - 1] else luck.random() < STOPS
        stopped[day] = stopped[day - 1] + 1 if stays else 0
    return stopped


def _stops(stopped: NDArray[np.int64]) -> list[tuple[date, int]]:
    """First day and length of each stop."""
    lasts = np.flatnonzero((stopped > 0) & (np.append(stopped[1:], 0) == 0))
    return [(START + timedelta(days=int(last - stopped[last] + 1)), int(stopped[last])) for last in lasts]


def _closures(stopped: NDArray[np.int64]) -> str:
    listed = ", ".join(f"{{ on = {first}, days = {days} }}" for first, days in _stops(stopped))
    return f"[customs.port]\nclosures = [{listed}]"


def _troubles(stopped: NDArray[np.int64], does: str) -> str:
    tables = [
        f'[[surprise.disruption]]\nname = "stop {first}"\non = {first}\ndays = {days}\n{does}'
        for first, days in _stops(stopped)
    ]
    return "\n".join(["[customs.port]", *tables])
