"""T04 RQ1: lots of Q at an order point r, Poisson 1.5 a unit of time, lead 2, all buyers wait, through `fixed-lot`.

The book watches every unit; the rule looks when a day ends, and so orders late, and several lots at once where a day
was wild. The exact counterpart reckons with both, and approaches the book as the unit of time is cut into more days.
"""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from tests.theory.acceptance import EXACT, RELATIVE, Verdict, accept, printed, verdict
from tests.theory.exact.chances import poisson
from tests.theory.exact.min_max import stationary_law
from tests.theory.exact.whole_lots import WholeLotsRow, moves_after_ordering, whole_lots, whole_lots_continuous
from tests.theory.worlds import played, pooled, pooled_days, series_of, world

REPLICATIONS = 100
SKUS = 1_000
DAYS = 1_000
WARM_UP_DAYS = 200
RATE, LEAD = 1.5, 2
ORDER, HOLD, OWE = 100.0, 20.0, 150.0


@dataclass(frozen=True)
class Case:
    """An order point and a lot, in days of which `parts` are the unit of time."""

    point: int
    lot: int
    parts: int = 1
    early_days: int = 0  # so much shorter is the lane

    @property
    def lead_days(self) -> int:
        """Days of the lane."""
        return LEAD * self.parts - self.early_days

    @property
    def row(self) -> WholeLotsRow:
        """The exact answers, each a day."""
        return whole_lots(poisson(RATE / self.parts), self.lead_days, self.point, self.lot)

    @property
    def book(self) -> WholeLotsRow:
        """The book's answers, each a unit of time."""
        return whole_lots_continuous(RATE, LEAD, self.point, self.lot)


BEST, WORSE = Case(3, 5), Case(6, 8)
QUARTERS, EARLY = Case(3, 5, parts=4), Case(3, 5, parts=2, early_days=1)


@pytest.mark.parametrize(
    ("case", "figures"),
    [(BEST, "107.923581 3.105433 0.105433 0.866633 0.3"), (WORSE, "169.270019")],
    ids=["RQ1", "not optimal"],
)
def test_theory_T04_exact_figures(case: Case, figures: str) -> None:
    """The exact code prints the known figures."""
    book = case.book
    values = (book.cost(ORDER, HOLD, OWE), book.on_hand, book.backlog, book.fill, book.orders)
    assert all(printed(value, figure) for value, figure in zip(values, figures.split(), strict=False)), book


def test_theory_T04_RQ1_is_the_optimum() -> None:
    """No other order point and lot near it cost less."""
    costs = {
        (point, lot): whole_lots_continuous(RATE, LEAD, point, lot).cost(ORDER, HOLD, OWE)
        for point in range(10)
        for lot in range(1, 16)
    }
    assert min(costs, key=lambda pair: costs[pair]) == (3, 5)


@pytest.mark.parametrize("lot", [1, 5, 8])
def test_theory_T04_positions_after_ordering_are_equally_frequent(lot: int) -> None:
    """The chain of positions, solved, knows no better."""
    assert stationary_law(moves_after_ordering(poisson(RATE), lot)) == pytest.approx(np.full(lot, 1 / lot), rel=EXACT)


@pytest.mark.parametrize("case", [BEST, WORSE], ids=["RQ1", "not optimal"])
def test_theory_T04_shrinking_days_approach_continuous_time(case: Case) -> None:
    """Each halving of the day brings every number nearer, and a line through the last two meets the book's."""
    rows = [(parts, Case(case.point, case.lot, parts).row) for parts in (1, 2, 4, 8, 16, 32)]
    for name, value in vars(case.book).items():
        computed = [getattr(row, name) * (parts if name == "orders" else 1) for parts, row in rows]
        off = [abs(each - value) for each in computed]
        assert all(later < earlier for earlier, later in pairwise(off)), name
        assert 2 * computed[-1] - computed[-2] == pytest.approx(value, rel=RELATIVE["mean"]), name


def test_theory_T04_RQ1_in_days(tmp_path: Path) -> None:
    """The unit of time is a day: every number of the row."""
    accept(*verdicts(tmp_path, BEST, runs=2))


@pytest.mark.parametrize("case", [EARLY, WORSE], ids=["stock of the book", "not optimal"])
def test_theory_T04_all_but_backlog(case: Case, tmp_path: Path) -> None:
    """Every number but the backlog, which is too rare to be known well in so few days: a slow test."""
    accept(*(each for each in verdicts(tmp_path, case, runs=1) if each.what != "backlog"))


def test_theory_T04_early_lane_leaves_the_stock_of_the_book() -> None:
    """A lane shorter by the day until the review leaves stock and backlog as in the book, however long the day."""
    for parts in (1, 2, 4):
        case = Case(3, 5, parts, early_days=1)
        assert case.row.on_hand == pytest.approx(case.book.on_hand, rel=EXACT)
        assert case.row.backlog == pytest.approx(case.book.backlog, rel=EXACT)


def verdicts(folder: Path, case: Case, runs: int) -> list[Verdict]:
    """Every number of a row, played."""
    text = world(
        days=DAYS,
        warm_up_days=WARM_UP_DAYS,
        skus=SKUS,
        opening=case.point + case.lot,
        waits=1.0,
        lane=f'legs = [{{ name = "lane", days = {case.lead_days} }}]',
        demand=f'demand."*".organic = {{ law = "poisson", mean = {RATE / case.parts} }}',
    )
    policy = f"fixed-lot:r_units={case.point},lot_units={case.lot},review_days=1"
    record = played(folder, text, policy, runs=runs, batch=runs, keep=range(runs), check=runs == 1)
    ordered = series_of(record).ordered[WARM_UP_DAYS:, :, 0]
    assert not (ordered % case.lot).any()
    days = runs * SKUS * DAYS / REPLICATIONS
    orders = pooled_days(ordered > 0, REPLICATIONS)
    on_hand, backlog = (pooled(totals, REPLICATIONS) / days for totals in (record.on_hand_days, record.backlog_days))
    fill = pooled(record.served, REPLICATIONS) / pooled(record.wanted, REPLICATIONS)
    return [
        verdict("cost", "cost", ORDER * orders + HOLD * on_hand + OWE * backlog, case.row.cost(ORDER, HOLD, OWE)),
        verdict("orders a day", "mean", orders, case.row.orders),
        verdict("on-hand", "on-hand", on_hand, case.row.on_hand),
        verdict("backlog", "mean", backlog, case.row.backlog),
        verdict("fill", "fill", fill, case.row.fill),
    ]
