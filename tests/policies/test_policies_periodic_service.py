"""The order-up-to level of a service, worked from its formula."""

import math

import numpy as np
import pytest
from scipy import stats

from policies.lead_demand.levels import LAWS, MEASURES
from policies.plugins.rehearsal import lane_by_hand, scene_by_hand
from policies.protocol import Orders, PlannedEvent, PolicyError
from policies.registry import policy

UP_AND_DOWN = np.tile([5, 15], 40).reshape(80, 1, 1)
"""Ten a day."""
SD = math.sqrt(56 / 55 * 25)
SEA = lane_by_hand("sea", lead_days=40, spread_days=6)


def test_the_normal_level_is_mean_and_safety_of_lead_and_review() -> None:
    safety = 1.6448536269514722 * math.sqrt(47 * SD**2 + (10 * 6) ** 2)
    answer = _answer("periodic-service:law=normal")
    assert answer.why["order_up_to"] == pytest.approx([470 + safety], rel=1e-9)
    assert answer.why["safety_stock"] == pytest.approx([safety], rel=1e-9)
    assert answer.why["forecast"] == pytest.approx([10])
    assert answer.units["sea"].tolist() == [math.ceil(470 + safety)]


@pytest.mark.parametrize(("on_hand", "ordered"), [(349, 1), (350, 0), (0, 350), (9_999, 0)])
def test_orders_lift_the_position_to_the_level(on_hand: int, ordered: int) -> None:
    """Days of ten without spread, and a lead of 28 that is always kept: 35 days are 350, however safe."""
    sea, days = lane_by_hand("sea", lead_days=28), np.full((80, 1, 1), 10)
    assert _answer("periodic-service:law=normal,service=0.99", days, sea, on_hand).units["sea"].tolist() == [ordered]


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("law", ["gamma", "negative-binomial"])
def test_fitted_laws_serve_as_asked(law: str, measure: str) -> None:
    """By SciPy's law of the same moments, summed; SciPy's gamma is taken at whole units."""
    found = float(_answer(f"periodic-service:law={law},measure={measure},service=0.9").why["order_up_to"][0])

    def tail(days: int) -> "stats.rv_frozen":
        mean, variance = 10.0 * days, days * SD**2 + 60**2
        if law == "gamma":
            return stats.gamma(mean**2 / variance, scale=variance / mean)
        return stats.nbinom(mean**2 / (variance - mean), mean / variance)

    if measure == "cycle":
        assert tail(47).cdf(found) == pytest.approx(0.9, abs=0.005)
    else:
        units = found + np.arange(3_000)
        short = tail(47).sf(units).sum() - tail(40).sf(units).sum()
        assert short / 70 == pytest.approx(0.1, abs=0.005)


def test_cycle_and_fill_are_two_things() -> None:
    """A few units short in one cycle of twenty are far less than a twentieth of all units."""
    cycle, fill = (_answer(f"periodic-service:measure={each}").why["order_up_to"][0] for each in MEASURES)
    assert cycle > fill


def test_what_is_announced_lifts_pace_and_spread() -> None:
    """A promotion over the whole time: three times the pace, three times the level."""
    event = PlannedEvent("long", "promotion", 101, 60, np.array([3.0]))
    plain, lifted = (
        float(_answer("periodic-service", events=events).why["order_up_to"][0]) for events in ((), (event,))
    )
    assert lifted == pytest.approx(3 * plain)


@pytest.mark.parametrize("law", LAWS)
def test_lots_of_the_lane_are_kept(law: str) -> None:
    sea = lane_by_hand("sea", 40, landed_cost=[1.0] * 3, at_least=[0, 5_000, 0], pack=[12, 1, 1], carries=[1, 1, 0])
    sold = np.repeat(UP_AND_DOWN, 3, axis=2)
    ordered = _answer(f"periodic-service:law={law}", sold, sea, [0, 0, 0]).units["sea"].tolist()
    assert ordered[0] % 12 == 0
    assert ordered[1:] == [5_000, 0]


@pytest.mark.parametrize("law", ["empirical", "bootstrap"])
def test_samples_follow_the_pace_and_the_window(law: str) -> None:
    """Two months of ten a day after a long time of one: the pace of the last days, the shape of both."""
    sold = np.concatenate([np.full((300, 1, 1), 1), np.full((60, 1, 1), 10)])
    long, short = (
        float(_answer(f"periodic-service:law={law},history_days={days}", sold).why["order_up_to"][0])
        for days in (365, 60)
    )
    assert short == 10 * (7 + round(stats.gamma((40 / 6) ** 2, scale=36 / 40).ppf(0.95)))  # days alike, the lead unsure
    assert long > 1.5 * short


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("periodic-service:law=poisson", "allowed normal, gamma, negative-binomial, empirical, bootstrap"),
        ("periodic-service:measure=ready", "allowed cycle, fill"),
        ("periodic-service:service=1", "allowed 0.5 to 0.9999 probability"),
    ],
)
def test_what_is_not_known_is_refused(spec: str, message: str) -> None:
    with pytest.raises(PolicyError, match=message):
        policy(spec)


def _answer(
    spec: str,
    sold: np.ndarray = UP_AND_DOWN,
    lane: object = SEA,
    on_hand: object = 0,
    events: tuple[PlannedEvent, ...] = (),
) -> Orders:
    rule = policy(spec)
    scene = scene_by_hand([lane], sold, np.atleast_1d(on_hand), events=events)
    return rule.orders(scene.seen(rule.sees, run=0))
