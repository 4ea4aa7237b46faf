"""Units that come back and buyers who come again: each unit by luck of its own, in the slot when its time is over."""

from pathlib import Path

import numpy as np
import pytest

from scenarios.schema import Discrete, Fixed, Gamma, Geometric, Lognormal, Percentiles, Triangular, Uniform
from sim.luck import Luck
from sim.play.echo import Echo, Habit, counted, single_units
from sim.play.stock import LedgerError, Stock
from sim.world import laws
from sim.world.network import Network
from tests.worlds import PLAIN, TWO_PLACES, played, same_series, same_totals, scenario_of

RULE = "min-max:s_days=30,S_days=50"
MARKET = 'channel = "social"\n'
RETURNS = "returns = { share = 0.3, after_days = 9, resalable = 0.7, fee_per_unit = 2 }\n"
REPEAT = "repeat = { share = 0.2, after_days = 30 }\n"
DELAYS = [
    4.5,
    Fixed(law="fixed", value=3.0),
    Uniform(law="uniform", low=1, high=5),
    Uniform(law="uniform", low=2, high=2),
    Triangular(law="triangular", low=1, mode=2, high=6),
    Triangular(law="triangular", low=1, mode=1, high=6),
    Triangular(law="triangular", low=1, mode=6, high=6),
    Triangular(law="triangular", low=2, mode=2, high=2),
    Gamma(law="gamma", low=13, mean=17, cv=0.25),
    Lognormal(law="lognormal", low=2, mean=9, cv=0.4),
    Discrete(law="discrete", values=(30, 24, 39), chances=(0.2, 0.5, 0.3)),
    Discrete(law="discrete", values=(1, 2, 3, 4)),
    Geometric(law="geometric", mean=9),
    Percentiles(usual=20, bad=35),
    Percentiles(usual=20, bad=20),
]


def with_returns(world: str = PLAIN, returns: str = RETURNS) -> str:
    return world.replace(MARKET, MARKET + returns, 1)


def network(tmp_path: Path, days: int = 200) -> Network:
    return Network.of(scenario_of(PLAIN.replace("days = 200", f"days = {days}", 1), tmp_path))


@pytest.mark.parametrize("law", DELAYS, ids=str)
def test_the_chances_of_a_law_are_those_of_its_draws(law: object) -> None:
    drawn = laws.draws(law, Luck(3).stream(0, str(law)), 100_000)  # type: ignore[arg-type]
    values = np.array([-1.0, 0.0, *np.quantile(drawn, [0.01, 0.2, 0.5, 0.8, 0.99]), drawn.max() + 1e3])
    seen = (drawn[:, None] <= values + 1e-9).mean(axis=0)
    chances = laws.chance_within(law, values)  # type: ignore[arg-type]
    assert chances[:2].tolist() == [0, 0]
    assert chances[-1] == pytest.approx(1, abs=1e-6)
    assert np.abs(chances - seen).max() < 4 * 0.5 / np.sqrt(drawn.size)


def test_every_unit_has_a_number_of_its_own() -> None:
    units = np.array([[0, 3], [1, 2]])
    cells, number = single_units(units)
    assert cells.tolist() == [1, 1, 1, 2, 3, 3]
    assert number.tolist() == [0, 1, 2, 0, 0, 1]
    assert (counted(cells, units.shape) == units).all()


@pytest.mark.parametrize(("days", "slot"), [(0.0, 8), (0.5, 8), (1.0, 8), (1.5, 9), (7.0, 14)])
def test_it_sounds_in_the_first_slot_that_begins_when_the_time_is_over(days: float, slot: int, tmp_path: Path) -> None:
    echo = Echo(network(tmp_path), [0], "x", {(0, 1): Habit(1.0, days)})
    echo.deliver(7, np.array([[[5, 3]]]))
    assert echo.out.tolist() == [[[0, 3]]]
    heard = [echo.sound(at) for at in range(8, 30)]
    assert [8 + i for i, units in enumerate(heard) if units.any()] == [slot]
    assert sum(heard).tolist() == [[[0, 3]]]  # type: ignore[union-attr]
    assert not echo.out.any()


def test_what_is_late_sounds_later(tmp_path: Path) -> None:
    echo = Echo(network(tmp_path), [0], "x", {(0, 0): Habit(1.0, 4, late_days=10)})
    echo.deliver(0, np.array([[[5, 9]]]), late=np.array([[[2, 1]]]))
    heard = {slot: int(units.sum()) for slot in range(1, 30) if (units := echo.sound(slot)).any()}
    assert heard == {4: 3, 14: 2}


def test_equal_units_echo_alike_whatever_else_is_delivered(tmp_path: Path) -> None:
    """The first units of a slot have the same luck however many follow, and in whichever batch."""
    habits = {(0, k): Habit(0.5, Uniform(law="uniform", low=1, high=90)) for k in range(2)}
    few, many = (Echo(network(tmp_path), runs, "x", habits) for runs in ([3], [1, 3]))
    few.deliver(0, np.array([[[40, 50]]]))
    many.deliver(0, np.array([[[9, 9]], [[40, 90]]]))
    for slot in range(1, 100):
        one, two = few.sound(slot)[0], many.sound(slot)[1]
        assert (one <= two).all()
        assert one[0, 0] == two[0, 0]


def test_no_more_is_chosen_with_a_lower_share(tmp_path: Path) -> None:
    low, high = (Echo(network(tmp_path), [0], "x", {(0, 0): Habit(share, 3)}) for share in (0.2, 0.25))
    for slot in range(50):
        for echo in (low, high):
            echo.deliver(slot, np.array([[[20, 0]]]))
        assert (low.out <= high.out).all()
    assert 150 < low.out.sum() < high.out.sum() < 310


def test_choice_and_time_and_units_are_independent(tmp_path: Path) -> None:
    """200,000 units at a share of 0.3, after 1 to 4 days alike: each day's count is binomial."""
    law = Discrete(law="discrete", values=(1, 2, 3, 4))
    echo = Echo(network(tmp_path), range(20), "x", {(0, k): Habit(0.3, law) for k in range(2)})
    for slot in range(0, 100, 5):
        echo.deliver(slot, np.full((20, 1, 2), 250))
    days = np.array([[echo.sound(slot + after) for after in (1, 2, 3, 4)] for slot in range(0, 100, 5)])
    assert days.mean() == pytest.approx(250 * 0.075, abs=4 * np.sqrt(250 * 0.075 / days.size))
    assert days.var() == pytest.approx(250 * 0.075 * 0.925, rel=4 * np.sqrt(2 / days.size))
    assert abs(np.corrcoef(days[:, 0].ravel(), days[:, 1].ravel())[0, 1] + 0.075 / 0.925) < 4 / np.sqrt(800)


def test_returns_show_and_share_0_is_no_returns(tmp_path: Path) -> None:
    (plain,) = played(scenario_of(PLAIN, tmp_path), RULE)
    (silent,) = played(scenario_of(with_returns(returns=RETURNS.replace("0.3", "0.0")), tmp_path), RULE)
    (on,) = played(scenario_of(with_returns(), tmp_path), RULE)
    assert same_series(plain, silent) and same_totals(plain, silent)
    assert plain.series is not None and on.series is not None
    for name in ("sold", "on_hand", "ordered", "lost", "received"):
        assert (getattr(on.series, name)[:9] == getattr(plain.series, name)[:9]).all(), "nothing is back before 9 days"
    assert not on.series.returned[:9].any() and on.series.returned[9].any()
    assert on.returned.sum() / on.series.sold[:191].sum() == pytest.approx(0.3, abs=0.03)
    assert on.restocked.sum() / on.returned.sum() == pytest.approx(0.7, abs=0.04)
    assert (on.ordered.sum(axis=(1, 2)) < plain.ordered.sum(axis=(1, 2))).all(), "what comes back need not be bought"


def test_returns_are_paid_for(tmp_path: Path) -> None:
    (record,) = played(scenario_of(with_returns(), tmp_path), RULE)
    price = np.array([5.0, 30.0])
    assert record.money["refunds"] == pytest.approx((record.returned * price).sum(axis=(1, 2)))
    assert record.money["returns"] == pytest.approx(2.0 * record.returned.sum(axis=(1, 2)))


def test_returns_come_to_the_first_warehouse_of_their_market(tmp_path: Path) -> None:
    text = TWO_PLACES.replace("[market.shop]\n", "[market.shop]\n" + RETURNS)
    (record,) = played(scenario_of(text, tmp_path), RULE)
    shop = 2  # after business and tiktok of los-angeles
    assert record.returned[:, shop].any() and not record.returned[:, :shop].any()
    assert record.restocked[:, 1].any() and not record.restocked[:, 0].any()


def test_a_group_has_a_share_of_its_own(tmp_path: Path) -> None:
    text = with_returns(returns=RETURNS.replace("share = 0.3", "share = 0.3, by_group = { bulbs = 0.0, lamps = 0.5 }"))
    text = text.replace('id = "BULB"', 'id = "BULB"\ngroup = "bulbs"')
    text = text.replace('id = "LAMP"', 'id = "LAMP"\ngroup = "lamps"')
    (record,) = played(scenario_of(text, tmp_path), RULE)
    assert not record.returned[..., 0].any() and record.returned[..., 1].all()


@pytest.mark.parametrize("slot_hours", [24, 6])
def test_every_unit_sent_back_is_accounted_for(slot_hours: int, tmp_path: Path) -> None:
    text = with_returns(TWO_PLACES).replace(
        "days = 200", f"days = 120\nwarm_up_days = 40\nslot_hours = {slot_hours}", 1
    )
    for record in played(scenario_of(text, tmp_path), RULE, "never"):
        assert record.series is not None
        scored = slice(40 * 24 // slot_hours, None)
        assert (record.series.returned[scored].sum(axis=0) == record.returned).all()
        assert (record.series.restocked[scored].sum(axis=0) == record.restocked).all() and record.restocked.any()
        assert (record.restocked.sum(axis=1) <= record.returned.sum(axis=1)).all()
        sold = record.series.sold[scored].sum(axis=(0, 2))
        left = (record.opening + record.received + record.restocked - record.closing).sum(axis=1)
        assert (sold == left).all()


def test_batches_change_nothing(tmp_path: Path) -> None:
    scenario = scenario_of(with_returns() + REPEAT, tmp_path)
    for one, two in zip(*(played(scenario, RULE, batch=batch) for batch in (1, 3)), strict=True):
        assert same_series(one, two) and same_totals(one, two)


def test_a_unit_restocked_that_was_never_sold_is_named() -> None:
    stock = Stock(np.full((1, 1, 1), 5), np.zeros((1, 1, 1), np.int64), 1)
    stock.restock(np.array([[[1]]]))
    with pytest.raises(LedgerError, match="restocked but never sold"):
        stock.check()


def test_buyers_come_again(tmp_path: Path) -> None:
    (plain,) = played(scenario_of(PLAIN, tmp_path), RULE)
    (silent,) = played(scenario_of(PLAIN + REPEAT.replace("0.2", "0.0"), tmp_path), RULE)
    (on,) = played(scenario_of(PLAIN + REPEAT, tmp_path), RULE)
    assert same_totals(plain, silent)
    assert plain.series is not None and on.series is not None
    assert (plain.series.wanted[:30] == on.series.wanted[:30]).all()
    assert on.series.wanted[30:].sum() > plain.series.wanted[30:].sum()
    assert (on.wanted == on.series.wanted.sum(axis=0)).all() and (on.orders == on.wanted).all()
    assert (sum(on.series.streams.values()) == on.series.wanted).all()
    assert (on.daily_wanted == on.series.wanted.sum(axis=-1)).all()
    again = on.series.streams["repeat"]
    assert again.sum() / on.series.sold[:170].sum() == pytest.approx(0.2, abs=0.02)


def test_who_had_to_wait_comes_again_later(tmp_path: Path) -> None:
    """One unit a day, no stock until day 5: what waited is bought again 30 + 20 days after, what did not after 30."""
    text = PLAIN.replace("history_days = 60", "history_days = 0").replace("cover_days = 50", "units = 0")
    text = text.replace(MARKET, MARKET + "waits = 1\n").split('[market.tiktok.demand."*"]')[0]
    text += '[market.tiktok.demand.LAMP]\norganic = { law = "fixed", mean = 1 }\n'
    text += "repeat = { share = 0.99999999, after_days = 30, late_days = 20 }\n"
    text += '[[open_order]]\nsku = "LAMP"\nwarehouse = "los-angeles"\nunits = 999\ndue = 2026-03-06\n'
    (record,) = played(scenario_of(text, tmp_path), "never", runs=1)
    assert record.series is not None
    again = record.series.streams["repeat"][:, 0, 0, 1]
    assert again[:36].sum() == 1 and again[35] == 1, "day 5's buyer did not wait"
    assert again[54] == 1 and again[55] == 6, "five who waited were served on day 5"
