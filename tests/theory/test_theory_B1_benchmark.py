"""Benchmark B1: (s,S) = (600, 1100) on normal demand, a year from a stock of 900, against an independent simulation.

Leads of 25 to 40 days there, ordered after the day's demand, are lanes of 24 to 39 days here.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from reports.record import Record
from tests.theory.acceptance import accept, verdict
from tests.theory.exact.benchmark_b1 import B1, DAYS, simulated
from tests.theory.worlds import played, series_of, world

REFERENCE_REPLICATIONS = 20_000
PUBLISHED_REPLICATIONS = 4_000
QUANTITIES = {"fill": "fill", "short_days": "share", "empty_days": "share", "on_hand": "on-hand", "orders": "mean"}
"""What each number of a row is judged as."""
SPREAD = tuple(range(25, 41))
FIXED = (32,)


@dataclass(frozen=True)
class Case:
    """One model of the benchmark and what was published about it."""

    leads: tuple[int, ...]
    backlog: bool
    published: dict[str, float]

    @property
    def reference(self) -> B1:
        """The independent simulation."""
        return _reference(self.leads, self.backlog)


@cache
def _reference(leads: tuple[int, ...], backlog: bool) -> B1:
    return simulated(REFERENCE_REPLICATIONS, leads, backlog, seed=20260701)


def _published(*figures: float) -> dict[str, float]:
    return dict(zip(QUANTITIES, figures, strict=True))


B1_L = Case(SPREAD, False, _published(0.9240, 0.0831, 0.0840, 295.38, 13.11))
B1_B = Case(SPREAD, True, _published(0.8863, 0.1236, 0.1248, 246.66, 14.11))
B1_L_FIXED = Case(FIXED, False, _published(0.9628, 0.0470, 0.0482, 272.33, 13.90))


@pytest.mark.parametrize("case", [B1_L, B1_B, B1_L_FIXED], ids=["B1-L", "B1-B", "B1-L-fixed"])
def test_theory_B1_reference(case: Case) -> None:
    """The reference agrees with the published figures, which are means of 4,000 replications."""
    reference = case.reference
    verdicts = []
    for name, quantity in QUANTITIES.items():
        values = getattr(reference, name)
        error = float(values.std(ddof=1)) / PUBLISHED_REPLICATIONS**0.5
        verdicts.append(verdict(name, quantity, values, case.published[name], error))
    accept(*verdicts)


def test_theory_B1_L(tmp_path: Path) -> None:
    """Unmet demand is lost: every number of the row."""
    _accept_row(B1_L, tmp_path, runs=1_500)


def test_theory_B1_B(tmp_path: Path) -> None:
    """Unmet demand waits: every number of the row."""
    _accept_row(B1_B, tmp_path, runs=3_000)


def test_theory_B1_L_fixed_lead(tmp_path: Path) -> None:
    """Unmet demand is lost and every order takes 32 days: every number of the row."""
    _accept_row(B1_L_FIXED, tmp_path, runs=400)


def _accept_row(case: Case, folder: Path, runs: int) -> None:
    """Both simulations have an error; the difference must stay within both together."""
    lane_days = [lead - 1 for lead in case.leads]
    text = world(
        days=DAYS,
        opening=900,
        waits=float(case.backlog),
        lane=f'legs = [{{ name = "lane", days = {{ law = "discrete", values = {lane_days} }} }}]',
        demand='demand."*".organic = { law = "normal", mean = 20, sd = 6 }',
    )
    policy = "min-max:s_units=600,S_units=1100,review_days=1"
    record = played(folder, text, policy, runs=runs, batch=runs, keep=range(runs))
    ours, reference = _numbers(record), case.reference
    verdicts = []
    for name, quantity in QUANTITIES.items():
        exact = getattr(reference, name)
        error = float(exact.std(ddof=1)) / len(exact) ** 0.5
        verdicts.append(verdict(name, quantity, getattr(ours, name), float(exact.mean()), error))
    accept(*verdicts)


def _numbers(record: Record) -> B1:
    """The numbers of the row, from the record and its series."""
    series = series_of(record)
    on_hand, received, backlog, lost = (
        kept[:, :, 0, 0] for kept in (series.on_hand, series.received, series.backlog, series.lost)
    )
    opening, owed_before = np.vstack([record.opening[None, :, 0, 0], on_hand[:-1]]), np.zeros_like(backlog)
    owed_before[1:] = backlog[:-1]
    settled = np.minimum(owed_before, opening + received)
    unmet = lost + backlog - owed_before + settled
    wanted, served = record.wanted[:, 0, 0], record.served[:, 0, 0]
    assert np.array_equal(unmet.sum(axis=0), wanted - served)
    return B1(
        fill=served / wanted,
        short_days=(unmet > 0).mean(axis=0),
        empty_days=(on_hand - backlog <= 0).mean(axis=0),
        on_hand=record.on_hand_days[:, 0, 0] / DAYS,
        orders=record.purchase_orders[:, 0].astype(float),
    )
