"""`newsvendor`: when it orders, for whom, and how much, worked by hand."""

import dataclasses
import math
from collections.abc import Sequence
from statistics import NormalDist

import numpy as np
import pytest

from policies.contract import check_policy
from policies.formulas import demand_quantile, newsvendor_negative_binomial, newsvendor_poisson
from policies.plugins.rehearsal import lane_by_hand, scene_by_hand
from policies.protocol import LaneFacts, Orders, PlannedEvent, PolicyError
from policies.registry import policy
from policies.signals import PROMOTIONS, missing

TODAY = 100
SEA = lane_by_hand("sea", 40, landed_cost=[1.0, 1.0])
"""Two SKUs of 10 a day, unit cost 4, landed cost 1, price 10: 5 lost on a sale missed, 3 on a unit left over."""


@pytest.mark.parametrize(
    "spec",
    [
        "newsvendor:law=poisson,early_days=0,review_days=30",
        "newsvendor:law=negative-binomial,begins=start,lane=fastest,salvage=0.99",
    ],
)
def test_contract(spec: str) -> None:
    assert check_policy(spec) == []


@pytest.mark.parametrize(
    ("first_day", "orders"), [(154, False), (155, True), (161, True), (162, False), (99, False), (400, False)]
)
def test_it_orders_at_the_last_review_that_is_in_time(first_day: int, orders: bool) -> None:
    """Ordered when day 100 ends and 40 days on the way, it sells from day 141, which is 14 days before day 155."""
    assert any(_ordered("newsvendor", [_sale(first_day)])) is orders


def test_on_the_first_day_it_orders_for_what_is_nearer() -> None:
    """A sale of 10 days and a season of 30: until day 69 goods of day 0, which sell from day 41, can be sold in it."""
    assert any(_ordered("newsvendor", [_sale(30)], day=0))
    assert any(_ordered("newsvendor", [_sale(12)], day=0))
    assert not any(_ordered("newsvendor", [_sale(11)], day=0))
    assert not any(_ordered("newsvendor", [_sale(30)], day=7))


def test_it_orders_once_for_each_season() -> None:
    """Reviewed weekly for 300 days: two sales, two orders; and one order for the season that begins at the start."""
    for spec, count in (("newsvendor", 2), ("newsvendor:begins=start", 1)):
        asked = [_ordered(spec, [_sale(130), _sale(250)], day=day) for day in range(0, 300, 7)]
        assert sum(any(units) for units in asked) == count
    assert any(_ordered("newsvendor:begins=start", [], day=0))


def test_the_quantity_that_pays() -> None:
    """54 days to the sale and 30 of the season, 10 of them with twice the demand: 940 units, unsure by a fifth."""
    answer = _answer("newsvendor", [_sale(155)], on_hand=[100, 0])
    level = 940 + NormalDist().inv_cdf(5 / 8) * 188
    assert answer.why["critical_ratio"] == pytest.approx([5 / 8, 5 / 8])
    assert answer.why["season_demand"] == pytest.approx([940, 940])
    assert answer.why["order_up_to"] == pytest.approx([level, level])
    assert answer.units["sea"].tolist() == [math.ceil(level - 100), math.ceil(level)]


def test_the_spread_of_days_counts() -> None:
    """Days of 5 and 15 in turn: variance 25 n / (n - 1) a day, for the lifted days alike."""
    sold = np.tile([[5, 10], [15, 10]], (30, 1)).reshape(60, 1, 2)
    level = _answer("newsvendor:unsure=0", [_sale(155)], sold=sold).why["order_up_to"]
    spread = math.sqrt(25 * 60 / 59 * 94)
    assert level == pytest.approx([940 + NormalDist().inv_cdf(5 / 8) * spread, 940])


def test_what_was_sold_out_of_late_keeps_its_pace() -> None:
    """10 a day on the 20 days that had stock, and nothing on the 60 days since: a pace of 10."""
    sold = np.repeat([10, 0], [20, 60]).reshape(80, 1, 1) * np.ones((1, 1, 2), dtype=np.int64)
    scene = scene_by_hand([SEA], sold, [0, 0], day=TODAY, events=(_sale(155),))
    scene = dataclasses.replace(scene, open_days=np.minimum(sold, 1))
    rule = policy("newsvendor")
    assert rule.orders(scene.seen(rule.sees, run=0)).why["season_demand"] == pytest.approx([940, 940])


def test_what_past_sales_brought_is_not_everyday_demand() -> None:
    """Ten of the sixty days were a sale at twice the demand: the pace is 10, and days without it do not spread."""
    sold = np.full((60, 1, 2), 10)
    sold[30:40] = 20
    answer = _answer("newsvendor:unsure=0", [_sale(TODAY - 29), _sale(155)], sold=sold)
    assert answer.why["season_demand"] == pytest.approx([940, 940])
    assert answer.why["order_up_to"] == pytest.approx([940, 940])


def test_where_no_sale_pays_and_nothing_is_known_nothing_is_ordered() -> None:
    nothing = np.zeros((0, 1, 2), np.int64)
    assert not any(_answer("newsvendor:begins=start", [], day=0, sold=nothing, price=[0, 5]).units["sea"])


def test_a_world_without_promotions_is_told_of() -> None:
    assert missing(policy("newsvendor"), frozenset()) == (
        "newsvendor needs promotions, which this world does not have",
    )
    assert missing(policy("newsvendor"), frozenset({PROMOTIONS})) == ()
    assert missing(policy("newsvendor:begins=start"), frozenset()) == ()


def test_a_long_sale_is_its_own_season() -> None:
    """45 days from day 155 on, of which the plain season would be 30: 54 + 45 days, 45 of them doubled."""
    answer = _answer("newsvendor", [_sale(155, days=45)])
    assert answer.why["season_demand"] == pytest.approx([1_440, 1_440])


def test_only_what_the_sale_touches_and_only_where_it_pays() -> None:
    assert _ordered("newsvendor", [_sale(155, skus=frozenset({"SKU-1"}))])[0] == 0
    assert _ordered("newsvendor", [_sale(155, skus=frozenset({"SKU-1"}))])[1] > 0
    answer = _answer("newsvendor", [_sale(155)], price=[5.0, 5.01])  # the first brings what it costs
    assert answer.units["sea"].tolist()[0] == 0 < answer.units["sea"].tolist()[1]
    assert answer.why["critical_ratio"] == pytest.approx([0, 0.01 / 3.01])


def test_a_livestream_is_no_season() -> None:
    live = PlannedEvent("live", "livestream", 155, 1, np.array([9.0, 9.0]))
    assert not any(_ordered("newsvendor", [live]))


def test_what_is_worth_more_afterwards_is_bought_more() -> None:
    bought = [_ordered(f"newsvendor:salvage={salvage}", [_sale(155)])[0] for salvage in (0, 0.5, 0.9)]
    assert bought == sorted(bought)
    assert bought[0] < bought[-1]


@pytest.mark.parametrize(
    ("over", "under", "mean"), [(200, 270, 18), (1, 19, 3.5), (5, 1, 40), (1, 1, 0.2), (1, 99, 5e3)]
)
def test_poisson_quantile_is_the_least_stock(over: float, under: float, mean: float) -> None:
    ratio = under / (under + over)
    level = demand_quantile("poisson", np.array([ratio]), np.array([mean]), np.array([mean]))
    assert level.tolist() == [newsvendor_poisson(over, under, mean)[0]]


@pytest.mark.parametrize(("over", "under", "mean", "variance"), [(1, 9, 20, 80), (2, 3, 1.5, 2), (9, 1, 0.3, 3)])
def test_negative_binomial_quantile_is_the_least_stock(over: float, under: float, mean: float, variance: float) -> None:
    ratio = under / (under + over)
    level = demand_quantile("negative-binomial", np.array([ratio]), np.array([mean]), np.array([variance]))
    assert level.tolist() == [newsvendor_negative_binomial(over, under, mean, variance)[0]]


def test_quantiles_at_the_edge() -> None:
    """Without demand nothing; no more spread than Poisson is Poisson; never below nothing."""
    for law in ("normal", "poisson", "negative-binomial"):
        assert demand_quantile(law, np.array([0.9]), np.zeros(1), np.zeros(1)).tolist() == [0]
        assert demand_quantile(law, np.array([0.001]), np.array([0.5]), np.array([9.0])).tolist() == [0]
    for variance in (0.0, 18.0):
        level = demand_quantile("negative-binomial", np.array([27 / 47]), np.array([18.0]), np.array([variance]))
        assert level.tolist() == [19]


def test_bad_parameters_are_refused() -> None:
    with pytest.raises(PolicyError, match=r"salvage = 1: allowed 0 to 0.99 of the unit cost"):
        policy("newsvendor:salvage=1")
    with pytest.raises(PolicyError, match="begins = 'spring': allowed promotion, start"):
        policy("newsvendor:begins=spring")


def _sale(first_day: int, days: int = 10, skus: frozenset[str] | None = None) -> PlannedEvent:
    return PlannedEvent("sale", "promotion", first_day, days, np.array([2.0, 2.0]), skus=skus)


def _ordered(spec: str, events: Sequence[PlannedEvent], day: int = TODAY) -> list[int]:
    return _answer(spec, events, day=day).units["sea"].tolist()  # type: ignore[no-any-return]


def _answer(
    spec: str,
    events: Sequence[PlannedEvent],
    *,
    day: int = TODAY,
    on_hand: Sequence[int] = (0, 0),
    sold: np.ndarray | None = None,
    price: Sequence[float] = (10.0, 10.0),
    lane: LaneFacts = SEA,
) -> Orders:
    rule = policy(spec)
    past = np.full((60, 1, 2), 10) if sold is None else sold
    seen = scene_by_hand([lane], past, on_hand, day=day, events=tuple(events)).seen(rule.sees, run=0)
    return rule.orders(dataclasses.replace(seen, unit_cost=np.array([4.0, 4.0]), price=np.asarray(price)))
