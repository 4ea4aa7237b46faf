"""Every mechanism of warehouses and markets, switched off and on: the same until it acts, then different as expected."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from reports.record import Record, Series
from tests.sim.paper import PAPER, Script, but
from tests.sim.test_sim_records import TWO, kept
from tests.sim.test_sim_serving import SHOPS, SPLIT
from tests.worlds import played, scenario_of

GOODS = Script(((0, "road", (30,)),))
STOCK = but(PAPER, warehouse__w="opening = { units = 60 }")


@dataclass(frozen=True)
class Switch:
    """A world with a mechanism off and on, and what it does."""

    off: str
    on: str
    first_day: int  # on which it acts
    less: Callable[[Record], float]  # of this there is less with it than without
    policy: str | Script = GOODS
    routings: tuple[str, str] = ("preference", "preference")


def lost(record: Record) -> float:
    return float(record.lost.sum())


def stood(record: Record) -> float:
    return float(record.on_hand_days.sum())


SWITCHES = {
    "term": Switch(STOCK, STOCK.replace("units = 60 }", 'units = 60 }\nterm = { days = 20, then = "destruction" }'), 19, stood),
    "shelf life": Switch(STOCK, but(STOCK, sku="shelf_life_days = 20"), 19, stood),
    "overflow": Switch(
        STOCK, STOCK.replace("units = 60 }", 'units = 60 }\ncapacity_m3 = 70\noverflow = { then = "refuse" }'), 9, stood
    ),
    "fallback": Switch(SHOPS, SHOPS, 10, lost, Script(), ("preference:ranks=1", "preference")),
    "presale": Switch(STOCK, STOCK.replace('served_by = ["w"]', 'served_by = ["w"]\nwaits = 0.5'), 90, lost),
    "split": Switch(
        SPLIT, SPLIT.replace("[market.n]", "[market.n]\nstock_share = 0.4"), 6, lambda record: float(record.served[0, 0].sum()), Script()
    ),
    "pages": Switch(TWO, kept(TWO, "sync_hours = 48"), 9, lambda r: -float(r.oversold.sum() + r.lost.sum()), Script(((0, "road", (60,)),))),
    "seller's view": Switch(
        kept(TWO, "known_after_days = 0", 600), kept(TWO, "known_after_days = 4", 600), 0,
        lambda r: float(r.ordered.sum()), "base-stock:units=900,review_days=1",
    ),
    "losses": Switch(
        STOCK.replace("units = 60", "units = 6000"),
        STOCK.replace("units = 60 }", "units = 6000 }\nshrinkage_per_year = 0.3"), 0, stood,
    ),
    "acceptance": Switch(
        SHOPS, SHOPS.replace("[market.m]", "[market.m]\naccepts = [{ within_days = 2, share = 1 }, { within_days = 20, share = 0 }]"),
        10, lambda record: float(record.sold.sum()), Script(),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SWITCHES)
def test_a_mechanism_is_seen_from_its_day_on(name: str, tmp_path: Path) -> None:
    switch = SWITCHES[name]
    off, on = (
        played(scenario_of(text, tmp_path), switch.policy, runs=1, routings=(routing,))[0]
        for text, routing in zip((switch.off, switch.on), switch.routings, strict=True)
    )
    assert off.series is not None and on.series is not None
    before = [shown(record.series, slice(switch.first_day)) for record in (off, on)]  # type: ignore[arg-type]
    after = [shown(record.series, slice(switch.first_day, None)) for record in (off, on)]  # type: ignore[arg-type]
    assert np.array_equal(*before)
    assert not np.array_equal(*after)
    assert switch.less(on) < switch.less(off)


def shown(series: Series, days: slice) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """What stood on shelves, was ordered, was sold and was lost on some days, in one line."""
    names = ("on_hand", "ordered", "sold", "lost")
    return np.concatenate([getattr(series, name)[days].ravel() for name in names])
