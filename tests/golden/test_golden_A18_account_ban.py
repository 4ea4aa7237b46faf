"""A18: stock is bought for the peak, and the ad account is suspended for seven days of it."""

from datetime import date

import numpy as np

from scenarios.reader import read_scenario
from sim.tournament import play

RUNS = 12


def test_golden_A18_a_week_without_ads_in_the_peak() -> None:
    """Ad demand is nothing for seven days; stock made for the peak is left, and costs more to hold, in every future."""
    scenario = read_scenario("account-ban-in-peak")
    here, there = (
        play(read_scenario(name), ["reorder-point"], RUNS, batch=RUNS, keep=range(RUNS), check=True)[0]
        for name in ("account-ban-in-peak", "account-ban-in-peak-twin")
    )
    assert here.series is not None
    assert there.series is not None
    first = (date(2026, 11, 24) - scenario.start).days + scenario.warm_up_days
    ads, usual = here.series.streams["ads"], there.series.streams["ads"]
    assert not ads[first : first + 7].any()
    assert ads[first - 1].any()
    assert ads[first + 7].any()
    assert usual[first : first + 7].any(axis=(2, 3)).all()
    assert (here.series.streams["organic"] == there.series.streams["organic"]).all()
    left = slice(first + 6, first + 7)
    assert (here.series.on_hand[left].sum(axis=(0, 2, 3)) > there.series.on_hand[left].sum(axis=(0, 2, 3))).all()
    held = [sum(record.money[name] for name in ("rent", "capital", "risk")) for record in (here, there)]
    assert (np.asarray(held[0]) > np.asarray(held[1])).all()
