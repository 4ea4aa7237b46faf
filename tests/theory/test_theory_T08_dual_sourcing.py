"""T08: a sea lane and an air lane at once, demand uniform on 0..4 a day, all buyers wait.

A unit held costs 5 a day, a unit owed 495, a unit by air `air_cost` more than by sea. Both orders there are placed
before the day's demand, and air arrives at once: lanes of 0 days by air and of 2 or 3 by sea here.
"""

from dataclasses import dataclass

import pytest

from reports.record import Record
from scenarios.schema import Scenario
from sim.tournament import play
from tests.theory.acceptance import Verdict, accept, printed, verdict
from tests.theory.dual_lanes import FIVE, dual_world, ordered_by
from tests.theory.exact.dual_sourcing import (
    HOLD,
    OWE,
    DualRow,
    Rule,
    base_surge,
    capped_dual_index,
    dual_index,
    dual_optimum,
    dual_row,
    sea_alone,
)
from tests.theory.worlds import pooled

DAYS, WARM_UP_DAYS, SKUS = 1_000, 100, 700
REPLICATIONS = SKUS // FIVE
TABLE = {
    (2, 5): "16.76980", (2, 10): "19.73333", (2, 20): "23.07143",
    (3, 5): "16.87672", (3, 10): "20.34105", (3, 20): "24.33561",
}  # fmt: skip
"""Days by sea and cost of a unit by air: the least cost of a day over all rules."""
SEA = {2: "lane", 3: "slow-sea"}


@dataclass(frozen=True)
class Case:
    """One rule on one pair of lanes: what plays it, what solves it, and the known figures."""

    policy: str
    rule: Rule
    sea_days: int
    air_cost: float
    figures: dict[str, str]

    @property
    def spec(self) -> str:
        """The policy with its lanes, asked every day."""
        fast = "" if self.policy.startswith("base-stock") else ",fast_lane=air"
        return f"{self.policy},lane={SEA[self.sea_days]}{fast},review_days=1"

    @property
    def row(self) -> DualRow:
        """The exact answers."""
        return dual_row(self.rule, self.sea_days)


CASES = {
    "capped-dual-index-2": Case(
        "capped-dual-index:fast_units=4,units=9,cap_units=2", capped_dual_index(4, 9, 2), 2, 10.0,
        {"cost": "19.800000", "air": "0.382857", "sea": "1.617143", "on_hand": "3.194286"},
    ),
    "capped-dual-index-3": Case(
        "capped-dual-index:fast_units=4,units=11,cap_units=2", capped_dual_index(4, 11, 2), 3, 20.0,
        {"cost": "24.402433", "air": "0.363269", "sea": "1.636731", "on_hand": "3.427411"},
    ),
    "dual-index": Case(
        "dual-index:fast_units=4,units=9", dual_index(4, 9), 2, 20.0, {"cost": "23.337662", "air": "0.277922"}
    ),
    "tailored-base-surge": Case(
        "tailored-base-surge:fast_units=4,base_units=1", base_surge(1, 4), 2, 20.0,
        {"cost": "31.903047", "on_hand": "2.380609"},
    ),
    "sea-only": Case("base-stock:units=11", sea_alone(11), 2, 20.0, {"cost": "29.000000"}),
}  # fmt: skip


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """One world for all cases."""
    folder = tmp_path_factory.mktemp("dual")
    return dual_world(folder, days=DAYS, warm_up_days=WARM_UP_DAYS, skus=SKUS, opening=9, seed=20260701)


@pytest.mark.parametrize(("case", "figure"), TABLE.items())
def test_theory_T08_exact_optimum(case: tuple[int, float], figure: str) -> None:
    """Both bounds print the known optimum."""
    assert all(printed(bound, figure) for bound in dual_optimum(*case))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_theory_T08_exact_figures(case: Case) -> None:
    """The exact code prints the known figures of a rule, and no rule is cheaper than the optimum."""
    row, (least, _) = case.row, dual_optimum(case.sea_days, case.air_cost)
    values = vars(row) | {"cost": row.cost(case.air_cost)}
    assert all(printed(values[name], figure) for name, figure in case.figures.items()), values
    assert row.cost(case.air_cost) > least


def test_theory_T08_exact_best() -> None:
    """No other levels of the dual index, of base stock by sea, or of the surge to a base of one are cheaper."""
    dual = {(fast, full): dual_row(dual_index(fast, full), 2).cost(20) for fast in range(2, 6) for full in range(6, 14)}
    sea = {level: dual_row(sea_alone(level), 2).cost(20) for level in range(6, 15)}
    surge = {level: dual_row(base_surge(1, level), 2).cost(20) for level in range(2, 7)}
    assert min(dual, key=dual.__getitem__) == (4, 9)
    assert min(sea, key=sea.__getitem__) == 11
    assert min(surge, key=surge.__getitem__) == 4


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_theory_T08(case: Case, scenario: Scenario) -> None:
    """Every number of a row: what comes by each lane, what is held, and what it costs."""
    (record,) = play(scenario, [case.spec], 1, keep=(0,), check=True)
    accept(*verdicts(case, record))


def verdicts(case: Case, record: Record) -> list[Verdict]:
    """The numbers of a row that are not zero."""
    days, row = FIVE * DAYS, case.row
    air, sea = (
        pooled(ordered_by(record, lane, WARM_UP_DAYS, DAYS), REPLICATIONS) / days
        for lane in ("air", SEA[case.sea_days])
    )
    on_hand, owed = (pooled(totals, REPLICATIONS) / days for totals in (record.on_hand_days, record.backlog_days))
    cost = case.air_cost * air + HOLD * on_hand + OWE * owed
    rates = [("air", air, row.air), ("sea", sea, row.sea), ("on-hand", on_hand, row.on_hand)]
    for name, values, exact in rates:
        assert exact or not values.any(), name
    return [
        *(verdict(name, "rate", values, exact) for name, values, exact in rates if exact),
        verdict("cost", "cost", cost, row.cost(case.air_cost)),
    ]
