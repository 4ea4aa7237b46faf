"""Scenario files of the theory tests, and the one way to play them: through what `stocktide run` calls.

Equal SKUs share nothing here, so each is a replication of the same case; `pooled` joins them into as many longer
replications as a ratio or a share needs to be free of bias.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reports.record import Record, Series
from scenarios.reader import read_scenario
from sim.tournament import play
from sim.world.network import Network
from sim.world.sample import World, sample_world

Array = NDArray[np.generic]


def sku_names(count: int) -> list[str]:
    """Names of equal SKUs."""
    return [f"S{number:04d}" for number in range(count)]


def world(
    *,
    days: int,
    lane: str,
    demand: str = "",
    supplier: str = "",
    tables: str = "",
    opening: int = 0,
    waits: float = 0.0,
    skus: int = 1,
    warm_up_days: int = 0,
    start: str = "2026-01-01",
    slot_hours: int = 24,
    seed: int = 20260701,
) -> str:
    """A scenario of one factory, lane, warehouse and market with equal SKUs.

    `lane`, `supplier` and `demand` are the lines under their tables; `tables` are further ones.
    """
    catalogue = ", ".join(f'{{ id = "{name}", unit_cost = 1, price = 1 }}' for name in sku_names(skus))
    return f"""
title = "A case with a known answer"
start = {start}
days = {days}
warm_up_days = {warm_up_days}
slot_hours = {slot_hours}
seed = {seed}
sku = [{catalogue}]
[supplier.factory]
{supplier}
[lane.lane]
from = "factory"
to = "warehouse"
{lane}
[warehouse.warehouse]
opening = {{ units = {opening} }}
[market.market]
served_by = ["warehouse"]
waits = {waits}
{demand}
{tables}
"""


def played(
    folder: Path,
    text: str,
    policy: str,
    *,
    runs: int = 1,
    batch: int | None = None,
    keep: Sequence[int] = (0,),
    check: bool = True,
) -> Record:
    """The record of one policy over a scenario file, the ledger checked but in long runs of many shipments."""
    file = folder / "world.toml"
    file.write_text(text, encoding="utf-8")
    (record,) = play(read_scenario(str(file)), [policy], runs, batch=batch, keep=keep, check=check)
    return record


def sampled(folder: Path, text: str, runs: Sequence[int] = (0,), levers: bool = False) -> World:
    """The world of a scenario file before any policy acts, for what records do not keep."""
    file = folder / "world.toml"
    file.write_text(text, encoding="utf-8")
    return sample_world(Network.of(read_scenario(str(file))), runs, levers=levers)


def wanted_days(folder: Path, text: str, runs: int) -> NDArray[np.int64]:
    """Units of all SKUs wanted each day by a daily scenario file, [day, run]; records keep them of few runs."""
    parts = (sampled(folder, text, range(run, min(run + 50, runs))) for run in range(0, runs, 50))
    return np.concatenate([part.wanted.sum(axis=(2, 3)) for part in parts], axis=1)


def series_of(record: Record) -> Series:
    """The kept series, which must be there."""
    assert record.series is not None
    return record.series


def pooled(totals: Array, replications: int) -> NDArray[np.float64]:
    """Totals of equal SKUs and runs, [...], summed into so many replications of equally many."""
    return np.asarray(totals, float).reshape(replications, -1).sum(axis=1)


def pooled_days(days: Array, replications: int) -> NDArray[np.float64]:
    """Means over the days of [day, ...], then over equally many SKUs and runs for each of so many replications."""
    return np.asarray(days.mean(axis=0), float).reshape(replications, -1).mean(axis=1)
