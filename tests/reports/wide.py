"""A comparison of many SKUs and policies, made by arithmetic: what a large page is tried on."""

import dataclasses

import numpy as np

from reports.comparison import Comparison
from reports.record import Record, Series
from reports.verdict.goal import read_goal
from sim.contest import Contest, Table, looked_at_closely
from sim.tournament import setting as facts_of
from tests.oracle.worlds import shop
from tests.reports.builder import SEASON_DAYS, comparison, field, series

SKUS = 50
STREAMS = ("organic", "ads", "video of a dog", "Friday live", "Black Friday")


def wide_comparison(skus: int = SKUS, runs: int = 20, **changes: object) -> Comparison:
    """The season's field, but for one rule, with so many SKUs, one kept replication each and something in each panel."""
    names = tuple(f"LAMP-{number:03}" for number in range(skus))
    facts: dict[str, object] = {
        "skus": names,
        "unit_cost": np.linspace(4.0, 40.0, skus),
        "price": np.linspace(12.0, 120.0, skus),
        "market_price": np.linspace(12.0, 120.0, skus)[None],
    }
    records = tuple(_widened(record, skus) for record in field(runs)[1:])
    return comparison(records, **{**facts, **changes})


def wide_run(runs: int = 20) -> Comparison:
    """A run of as many SKUs and rules that was really played, with its close look."""
    rules = (
        "never",
        "oracle",
        "reorder-point",
        "base-plus-burst",
        "lead-cover",
        "service-level",
        "min-max",
        "base-stock",
    )
    world, rows = shop(skus=SKUS, days=184), tuple((rule, "none", "preference") for rule in rules)
    contest = Contest(world, facts_of(world, "shop"), rows, read_goal(), "stocktide compare shop.toml")
    return looked_at_closely(contest, Table(contest, range(runs)).played(runs))


def _widened(record: Record, skus: int) -> Record:
    """Every array of [run, place, sku] spread over so many SKUs, as evenly as whole units allow."""
    spread: dict[str, object] = {}
    for item in dataclasses.fields(Record):
        values = getattr(record, item.name)
        if isinstance(values, np.ndarray) and values.ndim == 3 and not item.name.startswith("daily"):
            shares = np.linspace(0.0, 1.0, skus + 1)
            spread[item.name] = np.diff(
                np.round(values * shares) if values.dtype.kind == "i" else values * shares, axis=2
            )
            spread[item.name] = spread[item.name].astype(values.dtype)  # type: ignore[attr-defined]
    return dataclasses.replace(record, **spread, series=_told(skus))  # type: ignore[arg-type]


def _told(skus: int) -> Series:
    """A kept replication with five streams, alerts and two levers."""
    luck = np.random.default_rng(11)
    days = (SEASON_DAYS, 1, 1, skus)
    streams = {name: luck.poisson(3.0, days) for name in STREAMS}
    levers = {
        "alert": luck.integers(0, 4, days).astype(float),
        "ads": np.where(luck.random(days) < 0.2, 0.5, np.nan),
        "clear": np.where(luck.random(days) < 0.001, 1.0, np.nan),
        "announce": np.where(luck.random(days) < 0.001, 1.0, np.nan),
    }
    wanted = sum(streams.values()).reshape(SEASON_DAYS, skus)
    return series(
        SEASON_DAYS, skus, on_hand=300, wanted=wanted, sold=wanted, ad_spend=1.0, streams=streams, levers=levers
    )
