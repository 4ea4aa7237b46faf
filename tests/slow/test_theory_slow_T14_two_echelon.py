"""T14 TE1: every number of a hub that feeds three shops."""

from pathlib import Path

import pytest

from tests.theory.acceptance import accept, verdict
from tests.theory.exact.two_echelon import hub_row, retailers
from tests.theory.test_theory_T14_two_echelon import HUB_DAYS, HUB_LEVEL, PLACE, RATE, REPLICATIONS, SHOPS, te1
from tests.theory.worlds import pooled

SKUS, DAYS, RUNS = 1_000, 1_000, 12


@pytest.mark.slow
def test_theory_slow_T14_TE1(tmp_path: Path) -> None:
    """The evenings of hub and shops, and what is delivered at once."""
    record = te1(tmp_path, days=DAYS, skus=SKUS, runs=RUNS, keep=False)
    each = RUNS * DAYS * SKUS / REPLICATIONS
    on_hand = {name: pooled(record.on_hand_days[:, place], REPLICATIONS) / each for name, place in PLACE.items()}
    verdicts = [verdict("hub on-hand", "on-hand", on_hand["hub"], hub_row(RATE, HUB_DAYS + 1, HUB_LEVEL)[0])]
    rows = retailers(HUB_LEVEL, HUB_DAYS, list(SHOPS.values()))
    for number, (name, row) in enumerate(zip(SHOPS, rows, strict=True)):
        owed = pooled(record.backlog_days[:, number], REPLICATIONS) / each
        fill = pooled(record.served[:, number], REPLICATIONS) / pooled(record.wanted[:, number], REPLICATIONS)
        verdicts += [
            verdict(f"{name}: on-hand", "on-hand", on_hand[name], row.on_hand),
            verdict(f"{name}: backlog", "mean", owed, row.backlog),
            verdict(f"{name}: fill", "fill", fill, row.fill),
        ]
    accept(*verdicts)
