"""Budgets and containers in a world: what is ordered day by day keeps within the one and makes use of the other."""

import numpy as np
import pytest

from reports.record import Record
from scenarios.reader import read_scenario
from sim.tournament import play, setting

WORLD = read_scenario("tariff-step")
UNIT_COST = setting(WORLD, "tariff-step").unit_cost
ROOM_M3 = 67 * 0.85
VOLUME = np.array([sku.volume_m3 for sku in WORLD.sku])


@pytest.mark.parametrize("rule", ["reorder-point", "base-stock:lane=fastest"])
def test_no_review_spends_more_than_the_budget(rule: str) -> None:
    free, capped = play(WORLD, [rule, f"{rule}+budget-cap:budget=9000"], 1)
    assert _spent(free).max() > 9_000
    assert 8_000 < _spent(capped).max() <= 9_000 + 1e-6


def test_fewer_containers_bring_the_same_goods() -> None:
    """A container of this world has 67 m3, of which 0.85 can be filled. What is filled in is not ordered besides."""
    rules = ["reorder-point", f"reorder-point+container-fill:container_m3={ROOM_M3}"]
    (volume, containers), (filled_volume, filled_containers) = map(_by_sea, play(WORLD, rules, 1))
    assert filled_containers <= containers - 3
    assert filled_volume == pytest.approx(volume, rel=0.05)


def _spent(record: Record) -> np.ndarray:
    """Money for goods, [day, run, warehouse]."""
    assert record.series is not None
    return (record.series.ordered * UNIT_COST).sum(axis=-1)


def _by_sea(record: Record) -> tuple[float, int]:
    """Volume of all orders by sea, and the containers that they begin."""
    assert record.series is not None
    volumes = np.array([(one.units * VOLUME).sum() for one in record.series.shipments if one.lane == "sea"])
    return float(volumes.sum()), int(np.ceil(volumes / ROOM_M3 - 1e-9).sum())
