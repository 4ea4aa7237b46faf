"""T11 SS1 and SS2: what the normal formula promises of a random lead time, and what it keeps.

The book counts the demand of one lead time. A rule that looks at its stock when the day ends finds the point passed by
some units already; the exact counterpart counts them, and approaches the book as days shrink.
"""

from dataclasses import dataclass
from itertools import pairwise
from math import ceil, sqrt
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import ArrayLike
from scipy import stats

from policies.plugins.rehearsal import lane_by_hand, scene_by_hand
from policies.protocol import Orders
from policies.registry import policy
from reports.record import Record
from tests.theory.acceptance import RELATIVE, Verdict, accept, printed, verdict
from tests.theory.exact.chances import Chances, mean, poisson
from tests.theory.exact.lead_mixtures import Textbook, mixture_of_normals, one_order, rounded_normal, whole_days
from tests.theory.worlds import played, pooled, world

REPLICATIONS = 100
SERVICE = 0.95
LEADS, CHANCES = (25, 30, 35, 55), (0.2, 0.5, 0.2, 0.1)
SS1 = Textbook(pace=40, variance=12**2, lead_mean=32.5, lead_variance=66.25)
SS2 = Textbook(pace=20, variance=20, lead_mean=10, lead_variance=16)
GAMMA = stats.gamma(SS2.lead_mean**2 / SS2.lead_variance, scale=SS2.lead_variance / SS2.lead_mean)
THREE_DAYS = [28, 52, 40]
"""Sales with the mean 40 and the standard deviation 12."""
FIVE_DAYS = [14, 26, 22, 18, 20]
"""Sales with mean and variance 20."""


def test_theory_T11_SS1_exact_figures() -> None:
    """The textbook's stock for 0.95, and the 0.900004 that it gives."""
    service, short = mixture_of_normals(SS1.point(SERVICE), SS1.pace, 12, LEADS, CHANCES)
    figures = {"332.6860": SS1.spread, "547.220": SS1.safety(SERVICE), "1847.220": SS1.point(SERVICE)}
    figures |= {"0.900004": service, "35.2781": short}
    assert all(printed(value, figure) for figure, value in figures.items()), figures


def test_theory_T11_SS2_exact_figures() -> None:
    """Poisson demand of a gamma lead is negative binomial: 333.629 units give 0.934052, and 349 give 0.95."""
    law = _demand_of_a_gamma_lead()
    assert printed(SS2.point(SERVICE), "333.629")
    assert printed(float(law.cdf(int(SS2.point(SERVICE)))), "0.934052")
    assert law.ppf(SERVICE) == 349
    assert law.var() == pytest.approx(SS2.spread**2)


def test_theory_T11_the_shipped_rules_ask_for_the_textbooks_stock() -> None:
    """Reviewed daily, one day of the lead being the review: 547.220 for safety, 1847.220 in all."""
    for spec, level in (
        ("periodic-service:law=normal,pace_days=3,review_days=1", "order_up_to"),
        ("service-level:history_days=3,review_days=1", "reorder_point"),
    ):
        why = _asked(spec, THREE_DAYS, SS1).why
        assert printed(float(why["safety_stock"][0]), "547.220")
        assert printed(float(why[level][0]), "1847.220")


@pytest.mark.parametrize(("law", "figure"), [("normal", "333.629"), ("negative-binomial", "349")])
def test_theory_T11_the_right_law_asks_for_349(law: str, figure: str) -> None:
    answer = _asked(f"periodic-service:law={law},pace_days=5,review_days=1", FIVE_DAYS, SS2)
    assert printed(float(answer.why["order_up_to"][0]), figure)
    assert answer.units["lane"].tolist() == [ceil(float(figure))]


def test_theory_T11_samples_of_the_past_come_near_349() -> None:
    """A year of Poisson days: on the mean of fifty SKUs, empirical and bootstrap ask for more than the normal law."""
    days = np.random.default_rng(11).poisson(20, (365, 50))
    for law in ("empirical", "bootstrap"):
        found = _asked(f"periodic-service:law={law},pace_days=365,review_days=1", days, SS2).why["order_up_to"]
        assert np.mean(20 * found / days.mean(axis=0)) == pytest.approx(349, rel=0.02)


def test_theory_T11_SS2_shrinking_days_approach_continuous_time() -> None:
    """Each halving of the day brings the service nearer, and a line through the last two meets the book's."""
    book = float(_demand_of_a_gamma_lead().cdf(333))
    found = [one_order(poisson(20 / n), _gamma_days(n), 333)[0] for n in (1, 2, 4, 8, 16)]
    off = [abs(each - book) for each in found]
    assert all(later < earlier for earlier, later in pairwise(off))
    assert 2 * found[-1] - found[-2] == pytest.approx(book, rel=RELATIVE["mean"])


@dataclass(frozen=True)
class Case:
    """A world with one order on the way at a time, and the rule that is played."""

    demand: str
    lane: str
    day: Chances
    leads: Chances
    point: float  # what the rule asks for when it knows mean and variance
    lot: int  # far more than any lead time takes

    @property
    def row(self) -> tuple[float, float]:
        """Exact cycle service and fill: at less than the point a whole lot is ordered."""
        service, short = one_order(self.day, self.leads, ceil(self.point) - 1)
        return service, 1 - short / self.lot

    def played(self, folder: Path, spec: str, runs: int, days: int) -> Record:
        """The record of runs of one SKU."""
        text = world(
            days=days,
            warm_up_days=250,
            opening=2 * self.lot,
            waits=1.0,
            supplier=f"order_at_least = {self.lot}",
            lane=f'legs = [{{ name = "lane", days = {self.lane} }}]',
            demand=f'demand."*".organic = {self.demand}',
        )
        return played(folder, text, spec, runs=runs, batch=runs, keep=(), check=False)


def _demand_of_a_gamma_lead() -> "stats.rv_frozen":
    size, scale = SS2.lead_mean**2 / SS2.lead_variance, SS2.lead_variance / SS2.lead_mean
    return stats.nbinom(size, 1 / (1 + SS2.pace * scale))


def _gamma_days(parts: int = 1) -> Chances:
    """The gamma lead in whole parts of a day."""
    return whole_days(GAMMA.cdf(np.arange(70 * parts) / parts))


def _days_less(leads: tuple[int, ...]) -> Chances:
    """Leads of one day less: the day of the review is the first of them."""
    law = np.zeros(max(leads))
    law[np.array(leads) - 1] = CHANCES
    return law


ONE = Case(
    '{ law = "normal", mean = 40, sd = 12 }',
    f'{{ law = "discrete", values = {[lead - 1 for lead in LEADS]}, chances = {list(CHANCES)} }}',
    rounded_normal(40, 12),
    _days_less(LEADS),
    SS1.point(SERVICE),
    2_800,
)
TWO = Case(
    '{ law = "poisson", mean = 20 }',
    f'{{ law = "gamma", mean = 10, cv = {sqrt(16) / 10} }}',
    poisson(20),
    _gamma_days(),
    Textbook(20, 20, 11, 16).point(SERVICE),
    800,
)


@pytest.mark.parametrize("case", [ONE, TWO], ids=["SS1", "SS2"])
def test_theory_T11_stock_of_the_normal_formula_falls_short(case: Case, tmp_path: Path) -> None:
    """The point that the formula asks for, played; that the rule itself is played takes a slow test."""
    days = 42 * case.lot // round(mean(case.day))
    accept(*verdicts(case, case.played(tmp_path, f"base-stock:units={case.point!r},review_days=1", 1_000, days)))


def verdicts(case: Case, record: Record) -> tuple[Verdict, Verdict]:
    """Cycle service and fill."""
    cycles, short = (pooled(each, REPLICATIONS) for each in (record.cycles, record.short_cycles))
    fill = pooled(record.served, REPLICATIONS) / pooled(record.wanted, REPLICATIONS)
    service, filled = case.row
    return verdict("cycle service", "share", 1 - short / cycles, service), verdict("fill", "fill", fill, filled)


def _asked(spec: str, sold: ArrayLike, book: Textbook) -> Orders:
    """What a rule answers with an empty shelf, for a lane a day shorter than the book's lead time."""
    days = np.asarray(sold).reshape(len(np.asarray(sold)), 1, -1)
    lane = lane_by_hand(
        "lane", book.lead_mean - 1, spread_days=sqrt(book.lead_variance), landed_cost=[1.0] * days.shape[2]
    )
    rule = policy(spec)
    return rule.orders(scene_by_hand([lane], days, [0] * days.shape[2]).seen(rule.sees, run=0))
