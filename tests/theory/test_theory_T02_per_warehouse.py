"""T02 where two warehouses stand side by side: neither knows of the other."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np

from tests.theory.acceptance import accept, verdict
from tests.theory.networks import market, network, warehouse
from tests.theory.test_theory_T02_base_stock import PB1
from tests.theory.worlds import played, pooled, series_of, sku_names

REPLICATIONS = 100
SKUS = 1_000
WARM_UP_DAYS = 70
NAMES = ("east", "west")
POLICY = f"base-stock:units={PB1.level},review_days={PB1.review_days}"


def test_theory_T02_twins_are_the_single_one_to_the_unit(tmp_path: Path) -> None:
    """Two warehouses whose markets repeat the same history: each is the warehouse that stands alone, day by day."""
    days, skus = 200, 20
    wanted = np.random.default_rng(20260701).poisson(5, (days, skus))
    rows = [
        f"{date(2026, 1, 1) + timedelta(days=day)},{name},{wanted[day, number]},{wanted[day, number]}"
        for day in range(days)
        for number, name in enumerate(sku_names(skus))
    ]
    (tmp_path / "demand.csv").write_text("\n".join(["date,sku,units,orders", *rows, ""]), encoding="utf-8")
    tables = [
        f"""{warehouse(name, PB1.level, PB1.lead_days)}
[market.{name}]
served_by = ["{name}"]
waits = 1.0
history = {{ file = "demand.csv" }}
"""
        for name in NAMES
    ]
    alone, both = (
        series_of(played(tmp_path, network(*some, days=days, skus=skus), POLICY)) for some in (tables[:1], tables)
    )
    assert np.array_equal(alone.wanted[:, 0, 0], wanted)
    for number in range(len(NAMES)):
        for name in ("wanted", "sold", "lost", "backlog", "on_hand", "received", "ordered"):
            assert np.array_equal(getattr(both, name)[:, :, number], getattr(alone, name)[:, :, 0]), name


def test_theory_T02_PB1_per_warehouse(tmp_path: Path) -> None:
    """Two warehouses with luck of their own: the row of PB1 in each."""
    days, runs = 1_000, 1
    text = network(
        *(warehouse(name, PB1.level, PB1.lead_days) for name in NAMES),
        *(market(name, [name], 5, "waits = 1.0") for name in NAMES),
        days=days, warm_up_days=WARM_UP_DAYS, skus=SKUS,
    )  # fmt: skip
    record = played(tmp_path, text, POLICY, runs=runs)
    assert not np.array_equal(record.wanted[:, 0], record.wanted[:, 1])
    each = runs * days * SKUS / REPLICATIONS
    verdicts = []
    for number, name in enumerate(NAMES):
        on_hand = pooled(record.on_hand_days[:, number], REPLICATIONS) / each
        fill = pooled(record.served[:, number], REPLICATIONS) / pooled(record.wanted[:, number], REPLICATIONS)
        verdicts += [
            verdict(f"{name}: on-hand", "on-hand", on_hand, PB1.row.on_hand),
            verdict(f"{name}: fill", "fill", fill, PB1.row.fill),
        ]
    accept(*verdicts)
