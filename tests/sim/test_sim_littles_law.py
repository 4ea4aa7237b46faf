"""Little's law, which holds in every stage whatever the luck: what is there on average is what comes times its stay.

Stages on the way are held against it while they are played, wherever ledgers are checked. Here it is held for
warehouses from the record alone: the stock summed over slots, against the stamps of single units, first in first out.
"""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from reports.record import Record
from sim.play.pipeline import Pipeline
from sim.play.stock import LedgerError
from tests.sim.paper import PAPER, Mover, Script
from tests.sim.rich import RICH
from tests.worlds import PLAIN, QUEUES, played, scenario_of

IntArray = NDArray[np.int64]
MOVES = tuple((day, "truck", (7 + day % 5, 11, 3)) for day in range(20, 300, 9))
HOURS = PLAIN.replace("history_days = 60", "slot_hours = 6").replace("days = 200", "days = 90")
RETURNS = PLAIN.replace(
    "[market.tiktok]", "[market.tiktok]\nreturns = { share = 0.2, resalable = 1, after_days = { law = 'fixed', value = 9 } }"
)  # fmt: skip
LET_IN = RICH.replace('refused = { chance = 0.03, then = "destruction", fee = 90 }\n', "")
"""Goods that are moved all arrive: a record says of a shipment what came of it, not what was lost."""
RULE = "base-stock:cover_days=70"


WAREHOUSES = ("east", "west")
"""Those of the world with moves, in the order of their names."""


def flows(record: Record, sellers: list[list[int]], slots_per_day: int) -> tuple[IntArray, IntArray]:
    """Units that come to a shelf and that leave it, slot by slot, [slot, run, warehouse, sku].

    `sellers` are the markets of each warehouse; what buyers send back comes to it in the slot it is recorded. Nothing is
    read off the shelf itself.
    """
    series = record.series
    assert series is not None
    came, left = series.received.copy(), np.zeros_like(series.received)
    for place, markets in enumerate(sellers):
        came[:, :, place] += series.returned[:, :, markets].sum(axis=2)
        left[:, :, place] += series.sold[:, :, markets].sum(axis=2)
    for one in series.shipments:
        if one.supplier in WAREHOUSES:
            left[round(one.ordered * slots_per_day), one.run, WAREHOUSES.index(one.supplier)] += one.units
    return came, left


def stays(came: IntArray, left: IntArray, opening: int) -> IntArray:
    """Slots at whose end each unit of one shelf was there, first in first out; until the last slot for what is left."""
    slots = len(came)
    first = np.concatenate([np.zeros(opening, np.int64), np.repeat(np.arange(slots), came)])
    last = np.full(len(first), slots)
    gone = np.repeat(np.arange(slots), left)
    last[: len(gone)] = gone
    assert (last >= first).all(), "a unit left before it came"
    return np.asarray(last - first, np.int64)


WORLDS = {
    "plain": (PLAIN, RULE, [[0]], 1, "none"),
    "queues": (QUEUES, RULE, [[0]], 1, "none"),
    "hours": (HOURS, RULE, [[0]], 4, "none"),
    "returns": (RETURNS, RULE, [[0]], 1, "none"),
    "rich": (RICH, RULE, [[0], [1, 2]], 1, "none"),
    "rich, with moves": (LET_IN, RULE, [[0], [1, 2]], 1, Mover(MOVES)),
}


@pytest.mark.parametrize("world", WORLDS)
def test_on_every_shelf_stock_is_flow_times_stay(world: str, tmp_path: Path) -> None:
    text, rule, sellers, per_day, book = WORLDS[world]
    scenario = scenario_of(text, tmp_path)
    (record,) = played(scenario, rule, runs=4, playbooks=(book,))
    assert record.series is not None
    came, left = flows(record, sellers, per_day)
    on_hand = record.series.on_hand
    before = on_hand[0] - came[0] + left[0]
    for run, place, sku in np.ndindex(*on_hand.shape[1:]):
        at = (run, place, sku)
        stayed = stays(came[:, *at], left[:, *at], int(before[at]))
        assert stayed.sum() == on_hand[:, *at].sum(), at
        rate, stay = len(stayed) / len(on_hand), stayed.sum() / max(len(stayed), 1)
        assert on_hand[:, *at].mean() == pytest.approx(rate * stay)


# --- the ledger of goods on their way -----------------------------------------------------------------------------


def test_time_stamps_of_one_shipment_are_its_stages(tmp_path: Path) -> None:
    """A shipment of 20 and one of 30, each 5 days on the road: on average 50 / 100 a day times 5 days."""
    (record,) = played(scenario_of(PAPER, tmp_path), Script(((0, "road", (20,)), (9, "road", (30,)))), runs=1)
    assert record.series is not None
    held = np.zeros(100)
    for one in record.series.shipments:
        held[int(one.departed) : int(one.shelved)] += one.units.sum()
    assert held.mean() == pytest.approx(50 / 100 * 5)


@pytest.mark.parametrize("shift", [-1, 1])
def test_a_stamp_shifted_by_a_minute_is_seen(shift: int) -> None:
    ledger = Pipeline(1000)
    for stage, (came, went) in enumerate([(0, 300), (300, 700), (700, 900)]):
        ledger.enter(0, stage, came, 20)
        ledger.leave(0, stage, went, 20)
    right = [((0, 0), 0, 300, 20), ((0, 1), 300, 700, 20), ((0, 2), 700, 900, 20)]
    ledger.check(right, 0)
    wrong = [((0, 0), 0, 300 + shift, 20), ((0, 1), 300 + shift, 700, 20), ((0, 2), 700, 900, 20)]
    with pytest.raises(LedgerError, match="unit-minutes, time stamps say"):
        ledger.check(wrong, 0)


def test_what_is_nowhere_is_seen() -> None:
    ledger = Pipeline(1000)
    ledger.enter(0, 0, 0, 20)
    ledger.leave(0, 0, 300, 20)
    with pytest.raises(LedgerError, match="on the way"):
        ledger.check([((0, 0), 0, 300, 20)], 20)


def test_more_out_than_in_is_seen() -> None:
    ledger = Pipeline(1000)
    ledger.enter(0, 0, 300, 20)
    ledger.leave(0, 0, 200, 20)
    with pytest.raises(LedgerError, match="more came out"):
        ledger.check([((0, 0), 300, 200, 20)], 0)
