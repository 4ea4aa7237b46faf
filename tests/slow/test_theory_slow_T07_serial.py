"""T07 CS3: rare numbers of a hub that feeds a shop; 1 % of what the shop owes takes about 10^7 days."""

from pathlib import Path

import pytest

from tests.theory.acceptance import accept, verdict
from tests.theory.test_theory_T07_serial import HUB, REPLICATIONS, ROW, SHOP, cs3
from tests.theory.worlds import pooled

SKUS, DAYS, RUNS = 1_000, 1_000, 9


@pytest.mark.slow
def test_theory_slow_T07_CS3(tmp_path: Path) -> None:
    """Days of two slots that end with the stock of the morning and of the evening: every number, the mean of both."""
    record = cs3(tmp_path, days=DAYS, runs=RUNS, skus=SKUS, slot_hours=12, keep=False)
    each = RUNS * DAYS * SKUS / REPLICATIONS
    hub, shop = (pooled(record.on_hand_days[:, place], REPLICATIONS) / each for place in (HUB, SHOP))
    owed = pooled(record.backlog_days, REPLICATIONS) / each
    fill = pooled(record.served, REPLICATIONS) / pooled(record.wanted, REPLICATIONS)
    accept(
        verdict("hub on-hand", "on-hand", hub, (ROW.hub_on_hand + ROW.hub_evening) / 2),
        verdict("on-hand", "on-hand", shop, (ROW.on_hand_morning + ROW.on_hand) / 2),
        verdict("backlog", "mean", owed, (ROW.backlog_morning + ROW.backlog) / 2),
        verdict("fill", "fill", fill, ROW.fill),
    )
