"""The world before the policy: what was observed is played as it was, and events stay in streams of their own."""

import csv
import gzip
from collections import defaultdict
from datetime import date
from pathlib import Path

import numpy as np
import pytest

import scenarios
from reports.record import Record, Series
from scenarios.reader import read_scenario, shipped_worlds
from scenarios.schema import ExponentialFading, PowerFading
from sim.world.demand.fading import faded
from sim.world.network import Network
from sim.world.sample import World, sample_world
from tests.worlds import PLAIN, played, same_series, scenario_of

ROWS = Path(scenarios.__file__).parent / "worlds" / "gift-shop-demand.csv.gz"


def source_rows() -> dict[tuple[str, date], tuple[int, int]]:
    """Units and orders by SKU and day, as the shipped file has them, read by other means than the reader's."""
    with gzip.open(ROWS, "rt", encoding="utf-8-sig", newline="") as file:
        return {
            (row["sku"], date.fromisoformat(row["date"])): (int(row["units"]), int(row["orders"]))
            for row in csv.DictReader(file)
        }


def test_gift_shop_replay_wants_what_the_source_rows_say() -> None:
    scenario = read_scenario("gift-shop")
    (record,) = played(scenario, "never", runs=1)
    assert record.series is not None
    network, rows = Network.of(scenario), source_rows()
    expected = np.array(
        [[rows.get((sku, network.date(d)), (0, 0))[0] for sku in network.skus] for d in range(scenario.days)]
    )
    assert len(network.skus) >= 50
    assert (record.series.wanted[:, 0, 0] == expected).all()
    orders: dict[str, int] = defaultdict(int)
    for (sku, day), (_, count) in rows.items():
        if scenario.start <= day <= network.date(scenario.days - 1):
            orders[sku] += count
    assert record.orders[0, 0].tolist() == [orders[sku] for sku in network.skus]


def test_the_days_before_the_start_are_history_a_policy_sees() -> None:
    scenario = read_scenario("gift-shop")
    network, rows = Network.of(scenario), source_rows()
    world = sample_world(network, [0])
    for k, sku in enumerate(network.skus):
        before = sum(units for (name, day), (units, _) in rows.items() if name == sku and day < scenario.start)
        assert world.past[:, 0, 0, k].sum() == before
    trading = {day for (_, day) in rows if day < scenario.start}
    assert len(trading) == 60


def test_bootstrap_draws_whole_weeks_from_near_the_season() -> None:
    replay, bootstrap = (Network.of(read_scenario(name)) for name in ("gift-shop", "gift-shop-bootstrap"))
    as_it_was, drawn = sample_world(replay, [0]).wanted[:, 0, 0], sample_world(bootstrap, [0, 1]).wanted[:, :, 0]
    assert (drawn[:, 0] != drawn[:, 1]).any(), "replications differ"
    within = 7 * 3
    for week in range(4, 36):
        block = drawn[7 * week : 7 * week + 7, 0]
        near = range(7 * week - within, 7 * week + within + 1, 7)
        assert any((block == as_it_was[day : day + 7]).all() for day in near if day >= 0), "all SKUs repeat one week"


@pytest.mark.parametrize("shock", ["viral-and-livestream"])
@pytest.mark.parametrize(
    "world", [name for name, _ in shipped_worlds() if name.startswith(("gift-shop", "black", "viral", "apparel"))]
)
def test_a_shock_moves_nothing_before_its_day_and_nothing_at_factor_0(shock: str, world: str) -> None:
    rule = "base-stock:cover_days=60"
    plain = read_scenario(world)
    day = plain.warm_up_days + 40
    (before,) = played(plain, rule, runs=1)
    (silent,) = played(read_scenario(world, [f"{shock}:factor=0"]), rule, runs=1)
    (shocked,) = played(read_scenario(world, [f"{shock}:from=40"]), rule, runs=1)
    assert same_series(before, silent)
    one, two = series(before), series(shocked)
    for name in ("wanted", "sold", "on_hand", "received", "ordered"):
        assert getattr(one, name)[:day].tobytes() == getattr(two, name)[:day].tobytes()
    assert two.wanted.sum() > one.wanted.sum()
    for name, units in one.streams.items():
        assert units.tobytes() == two.streams[name].tobytes(), "other streams keep their luck"


def series(record: Record) -> Series:
    assert record.series is not None
    return record.series


def test_streams_add_up_to_what_is_wanted() -> None:
    (record,) = played(read_scenario("black-friday"), "never", runs=2)
    kept = series(record)
    assert len(kept.streams) > 2
    assert (sum(kept.streams.values()) == kept.wanted).all()


@pytest.mark.parametrize(
    "fades",
    [
        ExponentialFading(law="exponential", mean_days=4),
        PowerFading(law="power", exponent=1.4, cut_days=90),
        PowerFading(law="power", exponent=1.0, cut_days=30),
        PowerFading(law="power", exponent=0.4, scale_days=2, cut_days=30),
    ],
    ids=str,
)
def test_a_fading_shares_out_everything_and_falls(fades: ExponentialFading | PowerFading) -> None:
    ages = np.linspace(0, 200, 2001)
    mass = faded(fades, ages)
    assert mass[0] == 0
    assert mass[-1] == pytest.approx(1, abs=1e-9)
    daily = np.diff(mass)
    assert (daily >= -1e-15).all()
    assert (np.diff(daily) <= 1e-12).all()


def test_power_fading_halves_as_its_formula_says() -> None:
    """(1 + u)^-1.5 from 0 to 60: the integral to a is 2 (1 - (1 + a)^-0.5)."""
    fades = PowerFading(law="power", exponent=1.5, scale_days=1, cut_days=60)
    assert faded(fades, np.array(3.0)) == pytest.approx((1 - 0.5) / (1 - 61**-0.5), rel=1e-12)


def test_orders_of_markets_that_refuse_parts_leave_whole(tmp_path: Path) -> None:
    """Two days of 3 orders for 12 units in all; 10 on the shelf: parts taken 10, refused 8 (two orders of 4)."""
    (tmp_path / "demand.csv").write_text("date,sku,units,orders\n2026-03-01,LAMP,12,3\n2026-03-02,LAMP,12,3\n")
    text = PLAIN.split("[market.tiktok]")[0].replace("cover_days = 50", "units = 10").replace("days = 200", "days = 2")
    text = text.replace("history_days = 60", "history_days = 0")
    market = '[market.shop]\nserved_by = ["los-angeles"]\nhistory = { file = "demand.csv" }\n'
    (parts,) = played(scenario_of(text + market, tmp_path), "never", runs=1)
    (whole,) = played(scenario_of(text + market + "part_deliveries = false\n", tmp_path), "never", runs=1)
    assert (parts.served.sum(), parts.short_orders.sum(), parts.orders.sum()) == (10, 4, 6)
    assert (whole.served.sum(), whole.short_orders.sum(), whole.orders.sum()) == (8, 4, 6)


def test_markets_that_share_a_shelf_get_proportional_shares(tmp_path: Path) -> None:
    """60 units for 90 and 30 wanted: 45 and 15. One unit for both, day after day: luck decides, not the order."""
    text = PLAIN.split("[market.tiktok]")[0].replace("cover_days = 50", "units = 60").replace("days = 200", "days = 1")
    text = text.replace("history_days = 60", "history_days = 0")
    for name, mean in (("big", 90), ("small", 30)):
        text += f'[market.{name}]\nserved_by = ["los-angeles"]\n[market.{name}.demand.LAMP]\n'
        text += f'organic = {{ law = "fixed", mean = {mean} }}\n'
    (record,) = played(scenario_of(text, tmp_path), "never", runs=1)
    assert record.served[0, :, 1].tolist() == [45, 15]
    tied = text.replace("units = 60", "units = 1").replace("mean = 90", "mean = 5").replace("mean = 30", "mean = 5")
    (lots,) = played(scenario_of(tied, tmp_path), "never", runs=200, keep=())
    wins = int(lots.served[:, 0, 1].sum())
    assert lots.served.sum() == 200
    assert 65 <= wins <= 135, "a fair coin leaves this range once in two million"


def test_a_world_is_the_same_whoever_asks(tmp_path: Path) -> None:
    network = Network.of(scenario_of(PLAIN, tmp_path))
    one, two = sample_world(network, [3]), sample_world(network, [0, 1, 2, 3])
    assert one.wanted[:, 0].tobytes() == two.wanted[:, 3].tobytes()
    assert _journeys(one, 0) == _journeys(two, 3)


def _journeys(world: World, run: int) -> list[int]:
    return [at for way in range(len(world.passage.ways)) for at in world.passage.arrivals(way, run)]
