"""No rule that does not see the future is cheaper than the cheapest of all rules, where that is known (T06, T08)."""

from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from policies.parameters import wrapped_field
from policies.protocol import Policy
from policies.registry import SHIPPED, policy
from scenarios.reader import read_scenario
from scenarios.schema import Scenario
from sim.tournament import play
from tests.theory.acceptance import Verdict, verdict
from tests.theory.dual_lanes import FIVE, dual_world, ordered_by
from tests.theory.exact.chances import poisson
from tests.theory.exact.dual_sourcing import HOLD, OWE, dual_optimum
from tests.theory.exact.lost_sales import lost_sales_optimum
from tests.theory.worlds import pooled, world

DAYS, WARM_UP_DAYS, SKUS = 90, 40, 150
REPLICATIONS = SKUS // FIVE
LOST = 19.0
"""What a lost unit costs in T06, against 1 for a unit held for a day."""
FLOWN = 10.0
"""What a unit by air costs more in T08."""
EVERY = pytest.mark.parametrize("cls", SHIPPED, ids=lambda cls: cls.name)


@pytest.fixture(scope="module")
def lost_sales(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """T06 with a lead of two days."""
    text = world(
        days=DAYS,
        warm_up_days=WARM_UP_DAYS,
        skus=SKUS,
        opening=20,
        waits=0.0,
        lane='legs = [{ name = "lane", days = 2 }]',
        demand='demand."*".organic = { law = "poisson", mean = 5 }',
    )
    file = tmp_path_factory.mktemp("lost") / "world.toml"
    file.write_text(text, encoding="utf-8")
    return read_scenario(str(file))


@pytest.fixture(scope="module")
def dual(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """T08: the lane of three days by sea is never better than that of two."""
    folder = tmp_path_factory.mktemp("dual")
    return dual_world(folder, days=DAYS, warm_up_days=WARM_UP_DAYS, skus=SKUS, opening=9, seed=20260702)


@EVERY
def test_theory_T06_optimum_is_not_beaten(cls: type[Policy], lost_sales: Scenario) -> None:
    """Lead 2, p = 19: whoever is cheaper has seen the future, as the oracle has."""
    rule = _asked_daily(cls)
    (record,) = play(lost_sales, [rule], 1, keep=())
    costs = record.on_hand_days + LOST * record.lost
    _judge(rule, verdict("cost", "cost", _a_day(costs), _least_lost()))


@EVERY
def test_theory_T08_optimum_is_not_beaten(cls: type[Policy], dual: Scenario) -> None:
    """Two days by sea, 10 for a unit by air: likewise."""
    rule = _asked_daily(cls)
    (record,) = play(dual, [rule], 1, keep=(0,))
    least, _ = dual_optimum(2, FLOWN)
    air = ordered_by(record, "air", WARM_UP_DAYS, DAYS)
    costs = FLOWN * air + HOLD * record.on_hand_days + OWE * record.backlog_days
    _judge(rule, verdict("cost", "cost", _a_day(costs), least))


@cache
def _least_lost() -> float:
    return lost_sales_optimum(poisson(5), 2, LOST, most=36, largest=20)[0]


def _asked_daily(cls: type[Policy]) -> Policy:
    """A rule at its defaults but for the days between reviews; a wrapper around base stock."""
    if wrapped_field(cls) is not None:
        return cls(policy("base-stock:review_days=1"))  # type: ignore[call-arg]
    return cls(review_days=1)  # type: ignore[call-arg]


def _judge(rule: Policy, cost: Verdict) -> None:
    """The bound holds for a rule, and bites the one that sees the future."""
    beaten = cost.mean + cost.half_width < cost.exact
    assert beaten == ("future" in rule.sees), cost


def _a_day(costs: NDArray[np.generic]) -> NDArray[np.float64]:
    """Cost of a day in each replication."""
    return pooled(costs, REPLICATIONS) / (FIVE * DAYS)
