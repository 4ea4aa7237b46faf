"""What a stockout costs tomorrow: weights of the page and of the ad account."""

from pathlib import Path

import numpy as np
import pytest

from scenarios.schema import Weight
from sim.play.weights import Weights
from tests.worlds import PLAIN, TWO_PLACES, played, scenario_of

TERMS = Weight(falls_per_day=0.06, floor=0.5, half_life_days=10)
LISTING = "[market.tiktok.listing]\nfalls_per_day = 0.06\nfloor = 0.5\nhalf_life_days = 10\n"
SCARCE = PLAIN.replace("cover_days = 50", "cover_days = 20")


@pytest.mark.parametrize("slots_per_day", [1, 24])
def test_a_week_without_stock_and_four_weeks_of_recovery(slots_per_day: int) -> None:
    """0.94 a day leaves 0.65 after a week; with a half-life of 10 days 0.95 is back after four."""
    weights = Weights([TERMS], (1, 1, 1), slots_per_day)
    for _ in range(7 * slots_per_day):
        weights.pass_slot(np.ones((1, 1, 1), bool))
    assert weights.share[0, 0, 0] == pytest.approx(0.94**7)
    for _ in range(28 * slots_per_day):
        weights.pass_slot(np.zeros((1, 1, 1), bool))
    assert weights.share[0, 0, 0] == pytest.approx(1 - (1 - 0.94**7) / 2**2.8)


def test_a_weight_stops_at_its_floor_and_others_stay_whole() -> None:
    weights = Weights([TERMS, None], (1, 2, 1), 1)
    for _ in range(100):
        weights.pass_slot(np.ones((1, 2, 1), bool))
    assert weights.share[0, 0, 0] == pytest.approx(0.5)
    assert weights.share[0, 1, 0] == 1.0


def test_a_stockout_takes_demand_away_afterwards(tmp_path: Path) -> None:
    """Equal before the first empty day; after it fewer units are wanted, and what never came is told."""
    whole = played(scenario_of(SCARCE, tmp_path), "reorder-point")[0]
    faded = played(scenario_of(SCARCE + LISTING, tmp_path), "reorder-point")[0]
    assert whole.series is not None
    assert faded.series is not None
    empty = (whole.series.on_hand == 0).any(axis=(1, 2, 3))
    first = int(np.argmax(empty))
    assert empty.any()
    for name in ("wanted", "sold", "on_hand"):
        one, two = getattr(whole.series, name), getattr(faded.series, name)
        assert (one[: first + 1] == two[: first + 1]).all(), name
    assert (faded.series.wanted <= whole.series.wanted).all()
    assert (faded.wanted.sum(axis=(1, 2)) < whole.wanted.sum(axis=(1, 2))).all()
    missing = whole.wanted - faded.wanted
    assert (faded.forgone_by_stockout == missing).all()
    assert not whole.forgone_by_stockout.any()


def test_a_broken_limit_costs_traffic_from_the_next_day_on(tmp_path: Path) -> None:
    """Orders that wait longer than a platform allows take a third of the everyday demand away, until they are old."""
    patient = SCARCE.replace("cover_days = 20", "cover_days = 10").replace(
        'channel = "social"', 'channel = "social"\nwaits = 1'
    )
    limited = patient + "[market.tiktok.limits]\ndispatch_days = 2\ntraffic_left = 0.7\n"
    whole, cut = (played(scenario_of(text, tmp_path), "reorder-point")[0] for text in (patient, limited))
    assert whole.series is not None
    assert cut.series is not None
    late = np.flatnonzero((whole.series.backlog > 0).any(axis=(2, 3)).all(axis=1))
    first = int(late[0]) + 3
    assert (whole.series.wanted[: late[0] + 2] == cut.series.wanted[: late[0] + 2]).all()
    after = slice(first, first + 20)
    share = cut.series.wanted[after].sum() / whole.series.wanted[after].sum()
    assert share == pytest.approx(0.7, abs=0.02)
    assert (cut.late.sum(axis=(1, 2)) > 0).all()


def test_streams_add_up_where_one_market_of_two_loses_weight(tmp_path: Path) -> None:
    """A page of one market loses weight; the other market's everyday demand is told all the same."""
    text = TWO_PLACES + LISTING
    (record,) = played(scenario_of(text, tmp_path), "reorder-point")
    assert record.series is not None
    assert (sum(record.series.streams.values()) == record.series.wanted).all()


def test_a_page_keeps_its_weight_while_another_warehouse_serves_it(tmp_path: Path) -> None:
    text = PLAIN.replace("cover_days = 50", "units = 2000").replace(
        'served_by = ["los-angeles"]', 'served_by = ["empty", "los-angeles"]'
    ) + (
        '[warehouse.empty]\nopening = { units = 0 }\n[lane.never]\nfrom = "zhongshan"\nto = "empty"\n'
        'legs = [{ name = "ocean", days = 900 }]\n'
    )
    (record,) = played(scenario_of(text + LISTING, tmp_path), "never")
    served = (record.series.lost == 0).all(axis=(1, 2, 3))  # type: ignore[union-attr]
    assert served[:40].all()
    whole = played(scenario_of(text, tmp_path), "never")[0]
    assert (record.series.wanted[:40] == whole.series.wanted[:40]).all()  # type: ignore[union-attr]
