"""T07 CS3: a hub that feeds one shop, Poisson 5 a day, everybody waits; echelon levels 42 and 20.

Both order when a day ends what that day wanted. A lead of L there, ordered before the day's demand, is a lane of L days
here. In days of two slots, with all buyers in the second, the first slot ends with the stock of the morning.
"""

from pathlib import Path

import numpy as np
import pytest

from reports.record import Record
from tests.theory.acceptance import accept, printed, verdict
from tests.theory.exact.chances import poisson
from tests.theory.exact.serial import serial
from tests.theory.networks import base_stock, market, network, warehouse
from tests.theory.worlds import played, pooled, series_of

REPLICATIONS = 100
SKUS = 1_000
WARM_UP_DAYS = 30
RATE, HUB_DAYS, LANE_DAYS, ECHELON, LEVEL = 5, 4, 2, 42, 20
ROW = serial(poisson(RATE), HUB_DAYS, LANE_DAYS, ECHELON, LEVEL)
HUB, SHOP = 0, 1
AFTERNOON = f"hours = {[0] * 12 + [2] * 12}"


def test_theory_T07_CS3_exact_figures() -> None:
    """The exact code prints the known figures."""
    values = (ROW.hub_on_hand, ROW.hub_owes, ROW.on_hand, ROW.backlog, ROW.fill)
    figures = "2.979497 0.979497 4.510818 0.490314 0.910419"
    assert all(printed(value, figure) for value, figure in zip(values, figures.split(), strict=True)), ROW


@pytest.mark.parametrize("slots", [1, 2])
def test_theory_T07_CS3_every_day(slots: int, tmp_path: Path) -> None:
    """What the hub lacked makes the shop late, and nothing else: both stocks follow from what was wanted, to the unit."""
    series = series_of(cs3(tmp_path, days=90, runs=1, skus=50, slot_hours=24 // slots))
    by_day = series.wanted[:, 0, 0].reshape(-1, slots, 50).sum(axis=1)
    wanted = np.concatenate([np.zeros_like(by_day[:1]), np.cumsum(by_day, axis=0)])
    net = (series.on_hand[:, 0, SHOP] - series.backlog[:, 0, 0])[slots - 1 :: slots]
    for day in range(HUB_DAYS + LANE_DAYS + 1, len(net)):
        sent = day - LANE_DAYS  # whose morning's departures are the last that are here
        short = np.maximum(wanted[sent] - wanted[sent - HUB_DAYS] - (ECHELON - LEVEL), 0)
        assert np.array_equal(net[day], LEVEL - short - (wanted[day + 1] - wanted[sent]))
        for slot in range(slots):  # evening, and morning before it
            coming = wanted[day + 1 - slot] - wanted[day - HUB_DAYS]
            on_hand = series.on_hand[slots * (day + 1) - 1 - slot, 0, HUB]
            assert np.array_equal(on_hand, np.maximum(ECHELON - LEVEL - coming, 0))


def test_theory_T07_CS3_shop(tmp_path: Path) -> None:
    """What the shop has and delivers at once; every other number takes a slow test."""
    record = cs3(tmp_path, skus=4_000, days=250, runs=1)
    on_hand = pooled(record.on_hand_days[:, SHOP], REPLICATIONS) / (250 * 4_000 / REPLICATIONS)
    fill = pooled(record.served, REPLICATIONS) / pooled(record.wanted, REPLICATIONS)
    accept(verdict("on-hand", "on-hand", on_hand, ROW.on_hand), verdict("fill", "fill", fill, ROW.fill))


def cs3(folder: Path, *, days: int, runs: int, skus: int, slot_hours: int = 24, keep: bool = True) -> Record:
    """The record of equal SKUs; `keep` its series."""
    text = network(
        warehouse("hub", ECHELON - LEVEL, HUB_DAYS),
        warehouse("shop", LEVEL, LANE_DAYS, start="hub"),
        market("buyers", ["shop"], RATE, f"waits = 1.0\n{AFTERNOON}"),
        days=days,
        warm_up_days=WARM_UP_DAYS,
        skus=skus,
        slot_hours=slot_hours,
    )
    policy = base_stock({"hub": ECHELON, "shop": LEVEL})
    return played(folder, text, policy, runs=runs, batch=1, keep=range(runs * keep))
