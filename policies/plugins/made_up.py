"""Scenes made up for the conformance contract: the same numbers every time, without luck."""

from dataclasses import replace

import numpy as np

from policies.plugins.made_up_networks import networks
from policies.plugins.numbers import amounts, whole_numbers
from policies.plugins.rehearsal import Scene
from policies.protocol import AdsSight, LaneFacts, PlannedEvent

RUNS, SKUS, HISTORY, HORIZON = 50, 5, 100, 80


def rehearsals() -> tuple[Scene, ...]:
    """The made-up scenes of the conformance contract. The same numbers every time, without luck."""
    usual = _usual()
    away = np.zeros_like(usual.open_days)
    away[: HISTORY // 2] = 1
    event = PlannedEvent("promotion", "promotion", usual.day + 10, 4, np.linspace(1.0, 4.0, SKUS))
    live = PlannedEvent(
        "livestream", "livestream", usual.day + 3, 1, np.full(SKUS, 6.0), (300, 500), frozenset({"SKU-1"})
    )
    rare = replace(usual.ads, ctr=usual.ads.ctr[-9:], cvr=usual.ads.cvr[-9:])
    return (
        usual,
        replace(usual, title="by the hour", hour=13, slot_hours=1, ads=rare),
        replace(usual, title="no groups, no reasons", groups=(None,) * SKUS, waterlines={}),
        replace(usual, title="nothing was ever sold", sold=np.zeros_like(usual.sold)),
        replace(
            usual,
            title="sold out, nothing on order",
            on_hand=np.zeros_like(usual.on_hand),
            arriving=np.zeros_like(usual.arriving),
            open_days=away,
            sold=usual.sold * away[:, :, None],
        ),
        replace(usual, title="one lane", lanes=usual.lanes[:1], arrivals={"sea": usual.arrivals["sea"]}),
        replace(
            usual, title="buyers wait", on_hand=np.zeros_like(usual.on_hand), backlog=whole_numbers((RUNS, SKUS), 6, 40)
        ),
        replace(usual, title="announced promotion and livestream", events=(event, live)),
        replace(
            usual,
            title="first day, no history",
            day=0,
            sold=usual.sold[:0],
            open_days=usual.open_days[:0],
            ads=replace(rare, ctr=rare.ctr[-1:], cvr=rare.cvr[-1:]),
            waterlines={},
        ),
        replace(usual, title="far too much stock", on_hand=usual.on_hand + 10**7),
        replace(usual, title="last day", wanted=usual.wanted[:0]),
        _choosy(usual),
        _announced(usual),
        _with_neighbours(usual),
        *networks(usual),
    )


def _choosy(usual: Scene) -> Scene:
    """Lanes that refuse a SKU, and a factory that hurries."""
    sea, air = usual.lanes
    rushed = replace(sea, name="sea+rush", lead_days=33.0, landed_cost=1.25 * sea.landed_cost)
    refused = np.array([True, True, False, True, True])
    return replace(
        usual,
        title="a lane refuses a SKU, a factory hurries",
        lanes=(sea, rushed, replace(air, carries=refused)),
        arrivals={**usual.arrivals, "sea+rush": usual.arrivals["sea"] - 5},
    )


def _announced(usual: Scene) -> Scene:
    """A factory that closes in 12 days, and a tariff that rises for orders from 20 days from now on."""
    days = np.arange(60)
    closed = np.where(days >= 12, np.clip(50.0 - days, 0.0, 25.0), 0.0)
    dearer = np.where(days >= 20, 0.25, 0.0)[:, None] * (4.0 + np.arange(SKUS))
    return replace(
        usual,
        title="a holiday and a tariff step ahead",
        leads={lane.name: lane.lead_days + closed for lane in usual.lanes},
        landed={lane.name: lane.landed_cost + dearer for lane in usual.lanes},
    )


def _with_neighbours(usual: Scene) -> Scene:
    """Two warehouses that stock can be moved to, one of them by two lanes, of which one refuses a SKU."""
    sea, air = usual.lanes
    near = replace(usual, title="near", on_hand=usual.on_hand // 4, sold=usual.sold[:, :, ::-1])
    far = replace(usual, title="far", on_hand=np.zeros_like(usual.on_hand), arriving=usual.arriving // 3)
    choosy = replace(sea, name="truck", lead_days=3.0, carries=np.array([True, False, True, True, True]))
    return replace(
        usual,
        title="warehouses that stock can be moved to",
        on_hand=usual.on_hand + 2_000,
        elsewhere=(
            (choosy, near),
            (replace(air, name="express", lead_days=1.0), near),
            (replace(sea, name="ship"), far),
        ),
    )


def _usual() -> Scene:
    costs = np.array([1.5, 2.25, 0.5, 4.0, 1.0])
    sea = LaneFacts("sea", 38.5, 30.5, 6.0, costs, np.array([0, 50, 0, 10, 1]), np.array([1, 12, 6, 1, 24]))
    air = LaneFacts("air", 9.0, 7.0, 2.0, 5.0 * costs, np.zeros(SKUS, np.int64), np.ones(SKUS, np.int64))
    reviews = np.arange(HORIZON)[:, None]
    return Scene(
        title="an ordinary day",
        day=120,
        lanes=(sea, air),
        on_hand=whole_numbers((RUNS, SKUS), 1, 700),
        backlog=np.zeros((RUNS, SKUS), dtype=np.int64),
        arriving=whole_numbers((40, RUNS, SKUS), 2, 30) * (whole_numbers((40, RUNS, SKUS), 3, 8) == 0),
        sold=whole_numbers((HISTORY, RUNS, 2, SKUS), 4, 12) * (1 + np.arange(SKUS)),
        open_days=np.ones((HISTORY, RUNS, SKUS), dtype=np.int64),
        channels=("business", "social"),
        events=(),
        wanted=whole_numbers((HORIZON, RUNS, SKUS), 5, 25),
        arrivals={
            "sea": reviews + 30 + whole_numbers((HORIZON, RUNS), 7, 14),
            "air": reviews + 8 + whole_numbers((HORIZON, RUNS), 8, 3),
        },
        ads=_ads(),
        groups=("lamp", "lamp", None, "lamp", "strip"),
        waterlines={
            "reorder_point": amounts((RUNS, SKUS), 9, 600),
            "safety_stock": amounts((RUNS, SKUS), 10, 300),
        },
    )


def _ads() -> AdsSight:
    """Rates that jump now and then, and days without ads."""
    ctr, cvr = (amounts((HISTORY, RUNS, SKUS), salt, 30) / 1000.0 for salt in (11, 12))
    ctr[whole_numbers(ctr.shape, 13, 9) == 0] = np.nan
    return AdsSight(
        planned=amounts((3 * HORIZON, SKUS), 14, 50),
        spent=amounts((RUNS, SKUS), 15, 2_000),
        ctr=ctr,
        cvr=cvr,
        most=np.linspace(1.0, 3.0, SKUS),
    )
