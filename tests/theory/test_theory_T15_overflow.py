"""T15 OR1 and LT1: two shelves, buyers who turn to the other one when theirs is empty; nobody waits, one for one.

In continuous time the leads are exponential. Their counterpart in days is geometric, and approaches the book as days
shrink; it plays in a slow test, for units that come together share their luck. With fixed leads equal SKUs share
nothing: these play here, in days of about two units of time, against their own exact counterpart.
"""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.theory.acceptance import RELATIVE, Verdict, accept, printed, verdict
from tests.theory.exact.chances import poisson
from tests.theory.exact.lost_pipelines import erlang_b
from tests.theory.exact.overflow import OverflowRow, overflow
from tests.theory.exact.pipelines import Pipeline, fixed_pipeline, geometric_pipeline
from tests.theory.networks import base_stock, market, network, warehouse
from tests.theory.worlds import played, pooled, pooled_days, series_of

REPLICATIONS = 100
WARM_UP_DAYS = 70


@dataclass(frozen=True)
class Case:
    """One case, in units of time."""

    rates: tuple[float, float]
    leads: tuple[int, int]
    levels: tuple[int, int]
    pooled: bool
    book: OverflowRow

    def geometric(self, day: float) -> OverflowRow:
        """The exact answers for geometric leads, in days of so many units of time."""
        return self._row(day, [geometric_pipeline(lead / day, level) for lead, level in self._shelves])

    def fixed(self, day: float) -> OverflowRow:
        """The same for fixed leads."""
        return self._row(day, [fixed_pipeline(round(lead / day), level) for lead, level in self._shelves])

    def accept(self, folder: Path, day: float, leads: list[str], exact: OverflowRow, **how: int) -> None:
        """Hold every number of the row against its exact value; `leads` are what a scenario calls them."""
        accept(*self._verdicts(folder, day, leads, exact, **how))

    @property
    def _shelves(self) -> list[tuple[int, int]]:
        return list(zip(self.leads, self.levels, strict=True))

    def _row(self, day: float, shelves: list[Pipeline]) -> OverflowRow:
        first, second = (poisson(rate * day) for rate in self.rates)
        return overflow((first, second), (shelves[0], shelves[1]), self.pooled)

    def _verdicts(
        self, folder: Path, day: float, leads: list[str], exact: OverflowRow, *, skus: int, runs: int, days: int
    ) -> list[Verdict]:
        names = "one", "two"
        others = ["two"], ["one"] if self.pooled else []
        shelves = zip(names, self.levels, leads, strict=True)
        markets = zip(names, others, self.rates, strict=True)
        text = network(
            *(warehouse(name, level, lead) for name, level, lead in shelves),
            *(market(name, [name, *other], rate * day) for name, other, rate in markets),
            days=days, warm_up_days=WARM_UP_DAYS, skus=skus,
        )  # fmt: skip
        policy = base_stock(dict(zip(names, self.levels, strict=True)))
        record = played(folder, text, policy, runs=runs, keep=range(runs), check=runs < REPLICATIONS)
        series = series_of(record)
        before = np.concatenate([np.full_like(series.on_hand[:1], 0), series.on_hand[:-1]])
        before[0] = np.array(self.levels)[:, None]
        own, other = _trade(series.wanted, before + series.received, self.pooled)
        assert np.array_equal(series.sold, own + other)
        assert np.array_equal(series.on_hand, before + series.received - own - other[:, :, ::-1])
        assert np.array_equal(pooled(record.served, runs), pooled(series.sold[-days:].sum(axis=0), runs))
        result = []
        for shelf, name in enumerate(names):
            wanted = pooled(record.wanted[:, shelf], REPLICATIONS)
            local, over = (pooled(each[-days:, :, shelf].sum(axis=0), REPLICATIONS) / wanted for each in (own, other))
            lost = pooled(record.lost[:, shelf], REPLICATIONS) / wanted
            on_hand = pooled_days(series.on_hand[-days:, :, shelf], REPLICATIONS)
            result += [
                verdict(f"{name}: local", "share", local, exact.local[shelf]),
                verdict(f"{name}: from the other", "share", over, exact.over[shelf]),
                verdict(f"{name}: lost", "share", lost, exact.lost[shelf]),
                verdict(f"{name}: on-hand", "on-hand", on_hand, exact.on_hand[shelf]),
            ]
        return result


OR1 = Case(
    (1.5, 0.5), (4, 8), (6, 5), False,
    OverflowRow((0.735078, 0.603836), (0.124133, 0.0), (0.140789, 0.396164), (1.589534, 1.095059)),
)  # fmt: skip
LT1 = Case(
    (1, 1), (5, 5), (6, 6), True,
    OverflowRow((0.726089, 0.726089), (0.154172, 0.154172), (0.119739, 0.119739), (1.598695, 1.598695)),
)  # fmt: skip
"""On hand there is what is not on order: by Little, S less rate x share served x lead of all that leaves a shelf."""
CASES = pytest.mark.parametrize("case", [OR1, LT1], ids=["OR1", "LT1"])


def test_theory_T15_exact_figures() -> None:
    """Erlang's B, for any law of the lead: of the first shelf in OR1, of both as one where they are pooled."""
    assert printed(erlang_b(6, 6), "0.264922")
    assert printed(1 - OR1.book.local[0], "0.264922")
    assert printed(erlang_b(12, 10), "0.119739")
    assert printed(erlang_b(6, 5), "0.191847")  # what pooling saves


@CASES
def test_theory_T15_shrinking_days_approach_continuous_time(case: Case) -> None:
    """Each halving of the day brings every number nearer, and a line through the last two meets the book's."""
    rows = [case.geometric(1 / parts) for parts in (4, 8, 16, 32)]
    for name, book in vars(case.book).items():
        for shelf, value in enumerate(book):
            computed = [getattr(row, name)[shelf] for row in rows]
            off = [abs(each - value) for each in computed]
            assert all(later <= earlier for earlier, later in pairwise(off)), (name, shelf)
            assert 2 * computed[-1] - computed[-2] == pytest.approx(value, rel=RELATIVE["mean"]), (name, shelf)


def test_theory_T15_OR1_fixed_leads(tmp_path: Path) -> None:
    """Days of two units of time: every number of the row, and that the shelf's own buyers come first."""
    OR1.accept(tmp_path, 2, ["2", "4"], OR1.fixed(2), skus=1_000, runs=2, days=600)


def test_theory_T15_LT1_fixed_leads(tmp_path: Path) -> None:
    """Days of which three are a lead: every number of the row."""
    LT1.accept(tmp_path, 5 / 3, ["3", "3"], LT1.fixed(5 / 3), skus=1_000, runs=1, days=900)


def _trade(
    wanted: NDArray[np.int64], shelf: NDArray[np.int64], pooled: bool
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Units that each market gets from its own and from the other shelf, [slot, kept, market, sku]."""
    own = np.minimum(wanted, shelf)
    other = np.minimum(wanted - own, (shelf - own)[:, :, ::-1])
    if not pooled:
        other[:, :, 1] = 0
    return own, other
