"""The world in which a livestream clears months of stock, hour by hour, with and without alerts."""

import numpy as np
import pytest

from reports.record import Record, Series
from scenarios.reader import read_scenario
from sim.tournament import play

PLAYBOOKS = ("none", "alerts", "alerts:reaction_hours=6")
RUNS = 4
DAYS_EMPTY = 3


@pytest.fixture(scope="module")
def records() -> dict[str, Record]:
    scenario = read_scenario("livestream-clears-months")
    found = play(scenario, ["reorder-point"], RUNS, playbooks=PLAYBOOKS, keep=range(RUNS), check=True)
    return dict(zip(PLAYBOOKS, found, strict=True))


def series_of(record: Record) -> Series:
    assert record.series is not None
    return record.series


def wasted(record: Record) -> np.ndarray:
    """Money spent on scored days while the shelf was empty before sales, [kept], from the series alone."""
    series, scored = series_of(record), slice(35 * 24, None)
    before = np.concatenate([np.ones_like(series.on_hand[:1]), series.on_hand[:-1]]) + series.received
    return np.asarray((series.ad_spend * (before == 0))[scored].sum(axis=(0, 2, 3)))


def longest_empty(record: Record) -> np.ndarray:
    """The longest time a SKU stood empty, in days, [kept]."""
    empty = series_of(record).on_hand == 0
    length, longest = np.zeros(empty.shape[1:]), np.zeros(empty.shape[1:])
    for slot in empty:
        length = (length + 1) * slot
        longest = np.maximum(longest, length)
    return np.asarray(longest.max(axis=(1, 2)) / 24)


def test_wasted_ad_spend_with_and_without_alerts(records: dict[str, Record]) -> None:
    for record in records.values():
        assert (record.ad_spend.sum(axis=(1, 2)) > 0).all()
        assert (record.ad_sold.sum(axis=(1, 2)) > 0).all()
        assert (longest_empty(record) >= DAYS_EMPTY).all()
        assert record.wasted_ad_spend.sum(axis=(1, 2)) == pytest.approx(wasted(record))
    assert (wasted(records["none"]) > 0).all()
    assert (wasted(records["alerts"]) == 0).all()
    assert (wasted(records["alerts:reaction_hours=6"]) > 0).all()
    assert (wasted(records["alerts:reaction_hours=6"]) < wasted(records["none"])).all()
