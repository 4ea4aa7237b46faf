"""A05: stock hits zero at some hour; from then on no money goes into ads, and nobody comes because of them."""

from pathlib import Path

import numpy as np
import pytest

from reports.record import Record, Series
from scenarios.reader import read_scenario
from sim.tournament import play

SHOP = """
title = "One lamp by the hour, and no restock"
start = 2026-03-01
days = 20
seed = 5
slot_hours = 1
sku = [{ id = "LAMP", unit_cost = 6.0, price = 30.0 }]
[supplier.zhongshan]
[lane.sea]
from = "zhongshan"
to = "here"
legs = [{ name = "ocean", days = 60 }]
[warehouse.here]
opening = { units = 300 }
[market.shop]
served_by = ["here"]
[market.shop.demand.LAMP]
organic = { law = "poisson", mean = 20 }
ads = { spend_per_day = 120, per_thousand_views = 6, ctr = 0.01, cvr = 0.05 }
"""


def played(folder: Path, playbook: str) -> tuple[Record, Series, int]:
    """Record and series of the only run, and the hour at which the stock is gone."""
    file = folder / "world.toml"
    file.write_text(SHOP, encoding="utf-8")
    (record,) = play(read_scenario(str(file)), ["never"], 1, playbooks=[playbook], check=True)
    assert record.series is not None
    return record, record.series, int(np.argmax(record.series.on_hand[:, 0, 0, 0] == 0))


def test_golden_A05_ads_stop_in_the_hour_the_stock_is_gone(tmp_path: Path) -> None:
    record, series, gone = played(tmp_path, "alerts")
    assert 0 < gone < 19 * 24
    assert series.ad_spend[gone].sum() > 0
    assert not series.ad_spend[gone + 1 :].any()
    assert not series.streams["ads"][gone // 24 + 1 :].any()
    assert series.streams["organic"][gone // 24 + 1 :].all(axis=0).any()
    assert record.wasted_ad_spend.sum() == 0


def test_golden_A05_without_intervention_the_waste_is_told(tmp_path: Path) -> None:
    record, series, gone = played(tmp_path, "none")
    assert record.wasted_ad_spend.sum() == pytest.approx(series.ad_spend[gone + 1 :].sum())
    assert record.wasted_ad_spend.sum() > 0


@pytest.mark.parametrize("hours", [1, 6])
def test_golden_A05_a_slow_reaction_wastes_as_many_hours(tmp_path: Path, hours: int) -> None:
    record, series, gone = played(tmp_path, f"alerts:reaction_hours={hours}")
    assert series.ad_spend[gone + hours].sum() > 0
    assert not series.ad_spend[gone + hours + 1 :].any()
    assert record.wasted_ad_spend.sum() == pytest.approx(series.ad_spend[gone + 1 : gone + 1 + hours].sum())
