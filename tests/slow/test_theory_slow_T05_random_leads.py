"""T05 with leads of chance: the luck of a shipment is shared by all its units, so that one per cent takes many of them."""

from pathlib import Path

import pytest

from tests.theory import leads
from tests.theory.acceptance import accept, verdict
from tests.theory.exact.chances import poisson
from tests.theory.exact.lost_pipelines import geometric_lead
from tests.theory.test_theory_T05_lost_sales import LEVEL, RATE
from tests.theory.test_theory_T05_lost_sales import verdicts as lost_verdicts
from tests.theory.test_theory_T05_one_for_one import FS1, PA1, REPLICATIONS, Case
from tests.theory.test_theory_T05_ramp import MEAN_LEAD, accept_ramp, exponential
from tests.theory.worlds import pooled

LANES = {
    "one leg": leads.GEOMETRIC,
    "memoryless": leads.MEMORYLESS,
    "three legs": leads.THREE_LEGS,
    "parts of a day": leads.PARTS_OF_A_DAY,
}


@pytest.mark.slow
@pytest.mark.parametrize("lane", ["memoryless", "three legs", "parts of a day"])
def test_theory_slow_T05_PA1_geometric_lead(lane: str, tmp_path: Path) -> None:
    """A law and two chains of legs that are one when rounded up to days: every number that totals tell."""
    _accept(PA1, LANES[lane], tmp_path)


@pytest.mark.slow
def test_theory_slow_T05_FS1_geometric_lead(tmp_path: Path) -> None:
    """Baskets, a lead for each day's: every number that totals tell."""
    _accept(FS1, leads.THREE_LEGS, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("lane", ["one leg", "three legs"])
def test_theory_slow_T05_ER1_geometric_lead(lane: str, tmp_path: Path) -> None:
    """Nobody waits: every number of the row."""
    exact = geometric_lead(poisson(RATE), leads.MEAN_LEAD, LEVEL)
    accept(*lost_verdicts(tmp_path, LANES[lane], exact, skus=4, runs=100, days=6_000))


@pytest.mark.slow
def test_theory_slow_T05_MT1_exponential_lead(tmp_path: Path) -> None:
    """The viral ramp with an exponential lead: mean and variance by the day."""
    law = f'{{ law = "gamma", mean = {MEAN_LEAD}, cv = 1 }}'
    accept_ramp(tmp_path, [law], exponential, skus=1, runs=16_000)


def _accept(case: Case, lane: str, folder: Path) -> None:
    skus, days = 4, 20_000
    record = case.played(folder, lane, skus=skus, runs=REPLICATIONS, days=days, keep=False)
    row = case.row(leads.geometric)
    on_hand, owed, empty = (
        pooled(each, REPLICATIONS) / (days * skus)
        for each in (record.on_hand_days, record.backlog_days, record.empty_days)
    )
    fill = pooled(record.served, REPLICATIONS) / pooled(record.wanted, REPLICATIONS)
    accept(
        verdict("on order", "mean", case.level - on_hand + owed, row.on_order),
        verdict("on-hand", "on-hand", on_hand, row.on_hand),
        verdict("backlog", "mean", owed, row.backlog),
        verdict("P(stock > 0)", "share", 1 - empty, row.in_stock),
        verdict("fill", "fill", fill, row.fill),
    )
