"""T15 RL1: lots of 120 at a reorder point of 45, Poisson 4 a day, nobody waits, leads of 8, 10 or 15 days.

A base stock of 46 whose factory makes no less than 120 is that rule: it orders when 45 or less are left and nothing is
under way. A day's order is placed when it ends, with as much less on hand as its buyers took beyond the 45th unit; the
exact counterpart reckons with it, and approaches the book as days shrink.
"""

from itertools import pairwise
from pathlib import Path

import pytest

from tests.theory.acceptance import RELATIVE, accept, printed, verdict
from tests.theory.exact.chances import poisson
from tests.theory.exact.fixed_lots import LotRow, lots_lost, lots_lost_continuous
from tests.theory.worlds import played, pooled, world

REPLICATIONS = 100
SKUS = 10
"""Orders of one day share the luck of their lead, so that equal SKUs are replications only in part."""
DAYS, WARM_UP_DAYS = 730, 800
"""All begin alike, and after 25 cycles no longer know it."""
RATE, POINT, LOT = 4, 45, 120
LEADS = {8: 0.3, 10: 0.5, 15: 0.2}
BOOK = {"fill": 0.972254, "lost": 3.424595, "on_hand": 65.456576, "cycle_days": 30.856149}


def in_days(parts: int) -> LotRow:
    """The exact answers in days of which so many are the unit of time."""
    return lots_lost(poisson(RATE / parts), POINT, LOT, {lead * parts: chance for lead, chance in LEADS.items()})


def test_theory_T15_RL1_exact_figures() -> None:
    """Whatever the law of the lead, of every lot and what is lost while it comes the lot is the share that is sold."""
    fill, lost = lots_lost_continuous(RATE, POINT, LOT, LEADS)
    assert printed(fill, "0.972254")
    assert printed(lost, "3.424595")
    assert printed((LOT + lost) / RATE, "30.856149")


def test_theory_T15_RL1_shrinking_days_approach_continuous_time() -> None:
    """Each halving of the day brings every number nearer, and a line through the last two meets the book's."""
    rows = {parts: vars(in_days(parts)) for parts in (1, 2, 4, 8)}
    for name, value in BOOK.items():
        computed = [row[name] / (parts if name == "cycle_days" else 1) for parts, row in rows.items()]
        off = [abs(each - value) for each in computed]
        assert all(later < earlier for earlier, later in pairwise(off)), name
        assert 2 * computed[-1] - computed[-2] == pytest.approx(value, rel=RELATIVE["mean"]), name


def test_theory_T15_RL1(tmp_path: Path) -> None:
    """Fill, stock and the length of a cycle."""
    stops = f'{{ law = "discrete", values = {list(LEADS)}, chances = {list(LEADS.values())} }}'
    text = world(
        days=DAYS,
        warm_up_days=WARM_UP_DAYS,
        skus=SKUS,
        opening=POINT + LOT,
        supplier=f"order_at_least = {LOT}",
        lane=f'legs = [{{ name = "lane", days = {stops} }}]',
        demand=f'demand."*".organic = {{ law = "poisson", mean = {RATE} }}',
    )
    record = played(tmp_path, text, f"base-stock:units={POINT + 1},review_days=1", runs=REPLICATIONS, check=False)
    assert not (record.ordered % LOT).any()
    assert (record.on_the_way_after <= LOT).all()  # one order at a time
    exact, days = in_days(1), SKUS * DAYS
    fill = pooled(record.served, REPLICATIONS) / pooled(record.wanted, REPLICATIONS)
    accept(
        verdict("fill", "fill", fill, exact.fill),
        verdict("on-hand", "on-hand", pooled(record.on_hand_days, REPLICATIONS) / days, exact.on_hand),
        verdict("days of a cycle", "mean", days * LOT / pooled(record.ordered, REPLICATIONS), exact.cycle_days),
    )
