"""T05 ER1: one for one where nobody waits, against its counterpart in days; Erlang's B in continuous time."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from tests.theory import leads
from tests.theory.acceptance import RELATIVE, Verdict, accept, printed, verdict
from tests.theory.exact.chances import poisson
from tests.theory.exact.lost_pipelines import LostRow, erlang_b, fixed_lead, geometric_lead
from tests.theory.worlds import played, pooled, pooled_days, series_of, world

REPLICATIONS = 100
RATE, LEVEL = 2, 12
WARM_UP_DAYS = 70
OFFERED = RATE * leads.MEAN_LEAD
Chain = Callable[..., LostRow]


def test_theory_T05_ER1_exact_figures() -> None:
    """Erlang: whatever the law of the lead, so many are lost."""
    lost = erlang_b(LEVEL, OFFERED)
    assert printed(lost, "0.119739")
    assert printed(LEVEL - OFFERED * (1 - lost), "3.197392")
    assert printed(OFFERED * (1 - lost), "8.802608")


@pytest.mark.parametrize(
    ("chain", "parts"), [(fixed_lead, (1, 2, 3, 4, 5, 6)), (geometric_lead, (5, 10, 20, 40, 80, 160))]
)
def test_theory_T05_ER1_shrinking_days_approach_continuous_time(chain: Chain, parts: tuple[int, ...]) -> None:
    """The more days a lead of one mean is cut into, the nearer to Erlang; what is off falls no slower than the day."""
    lost = [chain(poisson(OFFERED / days), days, LEVEL).lost for days in parts]
    off = [each - erlang_b(LEVEL, OFFERED) for each in lost]
    assert all(0 < later < earlier for earlier, later in pairwise(off))
    assert all(each * days <= off[0] * parts[0] * 1.2 for each, days in zip(off, parts, strict=True))


def test_theory_T05_ER1_continuous_time() -> None:
    """A line through geometric leads of 80 and of 160 days of the same mean meets every figure of the book."""
    coarse, fine = (geometric_lead(poisson(OFFERED / days), days, LEVEL) for days in (80, 160))
    lost = erlang_b(LEVEL, OFFERED)
    assert 2 * fine.lost - coarse.lost == pytest.approx(lost, rel=RELATIVE["mean"])
    assert 2 * fine.on_hand - coarse.on_hand == pytest.approx(LEVEL - OFFERED * (1 - lost), rel=RELATIVE["mean"])
    assert 2 * fine.on_order - coarse.on_order == pytest.approx(OFFERED * (1 - lost), rel=RELATIVE["mean"])


def test_theory_T05_ER1_fixed_lead(tmp_path: Path) -> None:
    """Legs that take 4.75 days and are rounded up to 5: every number of the row."""
    exact = fixed_lead(poisson(RATE), leads.MEAN_LEAD, LEVEL)
    accept(*verdicts(tmp_path, leads.FIXED_PARTS, exact, skus=1_000, runs=2, days=500))


def verdicts(folder: Path, lane: str, exact: LostRow, *, skus: int, runs: int, days: int) -> list[Verdict]:
    """Every number of a row."""
    text = world(
        days=days,
        warm_up_days=WARM_UP_DAYS,
        skus=skus,
        opening=LEVEL,
        waits=0.0,
        lane=lane,
        demand=f'demand."*".organic = {{ law = "poisson", mean = {RATE} }}',
    )
    policy = f"base-stock:units={LEVEL},review_days=1"
    record = played(folder, text, policy, runs=runs, keep=range(runs), check=runs < REPLICATIONS)
    series = series_of(record)
    on_hand = series.on_hand[-days:, :, 0]
    sent = np.cumsum(series.ordered - series.received, axis=0)[-days:, :, 0]
    lost = pooled(record.lost, REPLICATIONS) / pooled(record.wanted, REPLICATIONS)
    return [
        verdict("lost", "share", lost, exact.lost),
        verdict("on-hand", "on-hand", pooled_days(on_hand, REPLICATIONS), exact.on_hand),
        verdict("on order", "mean", pooled_days(sent, REPLICATIONS), exact.on_order),
    ]
