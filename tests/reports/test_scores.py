"""Every formula, worked by hand on small numbers."""

import dataclasses

import numpy as np
import pytest

from reports.record import ACCOUNTS, INCOME
from reports.scores import KEY_SCORES, SCORES, all_scores
from tests.reports.builder import record, setting


def score(name: str, runs: int = 1, **changes: object) -> list[float]:
    return SCORES[name].of(record(runs, **changes), setting()).tolist()


def test_the_cards_three_come_first() -> None:
    assert list(SCORES)[:3] == ["stockout_rate", "holding_cost", "turnover"]
    assert set(KEY_SCORES) <= set(SCORES)


def test_every_score_has_a_formula_and_one_number_per_replication() -> None:
    scores = all_scores(record(3), setting())
    assert all(values.shape == (3,) and values.dtype == np.float64 for values in scores.values())
    assert all(one.formula and one.label and name == one.name for name, one in SCORES.items())


def test_the_rates_of_stockout_differ() -> None:
    facts = {"orders": 200, "short_orders": 10, "wanted": 500, "served": 450, "cycles": 8, "short_cycles": 2}
    assert score("stockout_rate", **facts) == [0.05]
    assert score("stockout_rate_unit", **facts) == pytest.approx([0.10])
    assert score("fill_rate", **facts) == [0.90]
    assert score("stockout_rate_cycle", **facts) == [0.25]
    assert score("cycle_service", **facts) == [0.75]
    assert score("stockout_rate_sku_day", empty_days=7, **facts) == [0.07]


def test_a_ratio_is_a_ratio_of_sums_not_a_mean_of_ratios() -> None:
    two = record(orders=np.array([[[900, 100]]]), short_orders=np.array([[[0, 50]]]))
    assert SCORES["stockout_rate"].of(two, setting()).tolist() == [0.05]


def test_empty_days_are_shares_of_warehouse_and_sku_days() -> None:
    two = record(empty_days=np.array([[[10.0, 0.0], [0.0, 30.0]]]))
    assert SCORES["stockout_rate_sku_day"].of(two, setting()).tolist() == [0.10]


def test_holding_cost_is_all_that_stock_costs_while_it_lies() -> None:
    assert score("holding_cost", rent=70, capital=20, risk=10, freight=999, handling=99, tax=9) == [100.0]
    assert score("holding_cost", rent=70, capital=20, risk=10, surcharges=3, disposal=2) == [105.0]
    assert score("holding_surcharges", surcharges=3) == [3.0]
    assert score("holding_disposal", disposal=2) == [2.0]
    assert score("holding_rent", rent=70) == [70.0]
    assert score("holding_capital", capital=20) == [20.0]
    assert score("holding_risk", risk=10) == [10.0]


def test_turnover_counts_what_left_the_shelves_at_cost() -> None:
    # 300 units at 10 left in 100 days, 10,950 a year; 50 units stood there on average, worth 500.
    facts = {"opening": 100, "received": 250, "closing": 50, "on_hand_days": 5000}
    assert score("cost_of_goods", **facts) == [3000.0]
    assert score("average_stock_value", **facts) == [500.0]
    assert score("turnover", **facts) == pytest.approx([21.9])
    assert score("inventory_days", **facts) == pytest.approx([500 / 30])


def test_profit_pays_every_account_and_values_what_is_left() -> None:
    spent = {name: 1.0 for name in ACCOUNTS if name not in INCOME}
    assert len(spent) == 18
    assert score("profit", revenue=100, sold_off=2, **spent) == [84.0]
    left = {"opening": 5, "on_the_way_before": 1, "closing": 7, "on_the_way_after": 2}
    assert score("profit", revenue=100, sold_off=2, **spent, **left) == [84.0 + 3 * 10]
    told = {"sold_off": "sold off"}
    assert [name for name in ACCOUNTS if told.get(name, name) not in SCORES["profit"].formula] == []


def test_salvage_values_stock_before_and_after_alike() -> None:
    half = setting(salvage_share=0.5)
    same = record(opening=40, closing=40, on_the_way_before=9, on_the_way_after=9, revenue=1)
    grown = record(opening=40, closing=60, on_the_way_before=9, on_the_way_after=9, revenue=1)
    assert SCORES["profit"].of(same, half).tolist() == [1.0]
    assert SCORES["profit"].of(grown, half).tolist() == [1.0 + 0.5 * 20 * 10]


def test_goods_ordered_but_not_yet_here_cost_nothing_at_full_salvage() -> None:
    assert score("profit", goods=200, on_the_way_after=20) == [0.0]


def test_the_other_amounts() -> None:
    assert score("lost_margin", lost=5) == [100.0]
    assert score("lost_margin", lost=5, cancelled=2) == [140.0]
    assert score("lost_units", lost=5) == [5.0]
    assert score("switched_units", switched=4) == [4.0]
    assert score("cancelled_share", cancelled=3, wanted=60) == [0.05]
    assert score("shop_score", cancelled=3, late=9, wanted=60) == [0.8]
    assert score("returned_units", returned=7) == [7.0]
    assert score("handling", handling=8) == [8.0]
    assert score("taxes", tax=9) == [9.0]
    assert score("refunds", refunds=5) == [5.0]
    assert score("returns_cost", returns=6) == [6.0]
    assert score("fees", platform=3, fulfilment=4) == [7.0]
    assert score("inspection_fees", inspection=6) == [6.0]
    assert score("customs_fees", customs=7) == [7.0]
    assert score("lost_on_the_way", lost_on_the_way=4) == [4.0]
    assert score("bullwhip", ordered_variance=30.0, wanted_variance=20.0) == [1.5]
    assert np.isnan(score("bullwhip", ordered_variance=0.0, wanted_variance=0.0)).all()
    assert score("line_use", line_use=np.array([[0.9, 0.3]])) == [0.9]
    assert score("revenue", revenue=8) == [8.0]
    assert score("freight", freight=9) == [9.0]
    assert score("duty", duty=10) == [10.0]
    assert score("peak_cash", peak_cash=11.0) == [11.0]
    assert score("backlog_days", backlog_days=12.5) == [12.5]
    assert score("purchase_orders", purchase_orders=np.array([[3, 1]])) == [4.0]
    assert score("customs_use", desk_use=np.array([[0.2, 0.7]])) == [0.7]
    assert score("dock_use", dock_use=np.array([[0.4]])) == [0.4]
    # (10 units at 10, and 20 + 30 + 5 + 5 to bring them) / 10 units
    assert score("landed_cost", received=10, freight=20, duty=30, inspection=5, customs=5) == [16.0]


def test_units_that_move_are_neither_sold_nor_landed_again() -> None:
    # Of 100 units and 250 from the factory, 50 moved on: 40 arrived, 10 are still on the way between the two.
    places = {"received": [[[250], [40]]], "moved_in": [[[0], [40]]], "moved_out": [[[50], [0]]]}
    two = record(
        opening=np.array([[[100], [0]]]),
        closing=np.array([[[60], [15]]]),
        freight=500,
        **{name: np.array(units) for name, units in places.items()},
    )
    # 240 left the first shelf for good and 25 the second; 250 landed at 10 and 2 of freight.
    assert SCORES["cost_of_goods"].of(two, setting()).tolist() == [2650.0]
    assert SCORES["landed_cost"].of(two, setting()).tolist() == [12.0]


def test_units_that_expired_were_sent_off_or_shrank_are_not_sold_but_written_off() -> None:
    # Of 100 units and 250 more, 50 are left, 12 expired, 5 were destroyed at the end of their term and 3 were stolen.
    facts = {"opening": 100, "received": 250, "closing": 50, "expired": 12, "sent_off": 5, "shrunk": 3}
    assert score("cost_of_goods", **facts) == [2800.0]
    assert score("write_off", **facts) == [200.0]
    assert score("expired_units", **facts) == [12.0]
    assert score("sent_off_units", **facts) == [5.0]
    assert score("shrunk_units", **facts) == [3.0]
    assert score("moved_units", moved_out=4) == [4.0]


def test_margin_is_lost_at_the_price_of_the_market() -> None:
    two = setting(
        markets=("cn", "us"), home=(0, 0), market_price=np.array([[25.0, 40.0], [30.0, 8.0]]),
        skus=("LAMP", "TENT"), unit_cost=np.array([10.0, 20.0]), price=np.array([30.0, 50.0]),
    )  # fmt: skip
    some = record(lost=np.array([[[1, 2], [0, 4]]]), cancelled=np.array([[[0, 0], [3, 0]]]))
    # 1 x 15 and 2 x 20 in the first market, 3 x 20 and 4 x -12 in the second.
    assert SCORES["lost_margin"].of(some, two).tolist() == [15.0 + 40.0 + 60.0 - 48.0]


def test_oversold_units_are_among_those_lost_and_weigh_on_the_shop() -> None:
    facts = {"lost": 5, "oversold": 2, "wanted": 60}
    assert score("lost_margin", **facts) == [100.0]
    assert score("lost_units", **facts) == [5.0]
    assert score("oversold_units", **facts) == [2.0]
    assert score("shop_score", cancelled=3, late=7, **facts) == [0.8]
    assert score("cancelled_share", cancelled=3, **facts) == [0.05]


def test_a_promise_is_kept_broken_or_scares_buyers_away() -> None:
    assert score("on_time_promise", on_time=np.array([[45.0]]), sold=60) == [0.75]
    assert score("presale_share", owed=15, wanted=60) == [0.25]
    assert score("forgone_by_promise", forgone_by_promise=8) == [8.0]
    forgone = {"forgone_by_stockout": 3, "forgone_by_seller": 9, "forgone_by_promise": 8}
    assert score("demand_forgone", wanted=60, **forgone) == [0.25]


def test_units_of_all_places_are_delivered_on_time() -> None:
    two = record(on_time=np.array([[30.0, 15.0]]), sold=np.array([[[40], [10]]]))
    assert SCORES["on_time_promise"].of(two, setting()).tolist() == [0.9]


def test_closing_stock_lasts_some_days_at_cost() -> None:
    # 300 units at 10 left in 100 days, 30 a day; 45 units at 10 are left.
    facts = {"opening": 95, "received": 250, "closing": 45}
    assert score("days_of_supply", **facts) == [15.0]
    two = record(opening=np.array([[[50, 20]]]), closing=np.array([[[40, 10]]]))
    dear = setting(skus=("LAMP", "TENT"), unit_cost=np.array([1.0, 9.0]))
    # 10 x 1 and 10 x 9 left in 100 days; 40 x 1 and 10 x 9 are left.
    assert SCORES["days_of_supply"].of(two, dear).tolist() == [130.0]


def test_stock_beyond_ninety_days_of_sales_is_slow() -> None:
    # One a day goes out of the warehouse: 90 of 120 units are gone in time, or all.
    assert score("slow_stock_share", sold=100, closing=120) == [0.25]
    assert score("slow_stock_share", sold=100, closing=91) == pytest.approx([1 / 91])
    assert score("slow_stock_share", sold=100, closing=90) == [0.0]
    assert score("slow_stock_share", closing=90) == [1.0]


def test_slow_stock_is_judged_sku_by_sku_and_warehouse_by_warehouse() -> None:
    # The same SKU is slow where nobody buys it; at 1 a unit, and the other at 9.
    two = record(sold=np.array([[[0, 100], [100, 0]]]), closing=np.array([[[30, 100], [60, 0]]]))
    dear = setting(skus=("LAMP", "TENT"), unit_cost=np.array([1.0, 9.0]))
    assert SCORES["slow_stock_share"].of(two, dear).tolist() == pytest.approx([(30 + 90) / (90 + 900)])


def test_stock_that_feeds_another_warehouse_is_not_slow() -> None:
    hub = record(sold=np.array([[[0], [100]]]), moved_out=np.array([[[100], [0]]]), closing=np.array([[[90], [10]]]))
    assert SCORES["slow_stock_share"].of(hub, setting()).tolist() == [0.0]


def test_a_record_is_as_right_as_its_gap_to_the_shelf_is_small() -> None:
    assert score("record_accuracy", record_gap_days=50.0, on_hand_days=1000) == [0.95]
    assert score("record_accuracy", on_hand_days=1000) == [1.0]
    assert score("record_accuracy", record_gap_days=1500.0, on_hand_days=1000) == [0.0]


def test_lead_time_is_the_mean_of_what_was_put_away() -> None:
    sea = np.array([[7, 0, 10, 20, 5], [3, 9, 11, 20, 5], [7, 50, 10, np.nan, np.nan]], float)
    air = np.array([[7, 3, 1, 4, 1]], float)
    one = dataclasses.replace(record(3, transit={"sea": sea, "air": air}), runs=np.array([7, 3, 5]))
    found = SCORES["lead_days"].of(one, setting())
    assert found[:2].tolist() == [(35 + 6) / 2, 36.0]
    assert np.isnan(found[2])


def test_a_share_of_nothing_is_undefined_and_warns_nobody() -> None:
    scores = all_scores(record(desk_use=np.zeros((1, 0))), setting())
    undefined = {name for name, values in scores.items() if np.isnan(values).all()}
    assert undefined == {
        "stockout_rate", "fill_rate", "stockout_rate_unit", "stockout_rate_cycle", "cycle_service", "turnover",
        "inventory_days", "landed_cost", "lead_days", "customs_use", "cancelled_share", "shop_score",
        "bullwhip", "demand_forgone", "on_time_promise", "presale_share", "days_of_supply", "slow_stock_share",
        "record_accuracy",
    }  # fmt: skip
