"""The engine against the plain model: every array of the record, to the last bit."""

import dataclasses
from datetime import date
from typing import Any

import numpy as np
import pytest

from policies.registry import policy
from reports.record import Record
from sim.play.engine import Engine
from sim.world.network import Network
from sim.world.sample import World, sample_world
from tests.oracle import plain
from tests.oracle.worlds import AT_ONCE, FIXED_SEA, GAMMA_SEA, shop

LANES = {
    "fixed, sails weekly": (FIXED_SEA, 21),
    "fixed, leaves at once": (AT_ONCE, 6),
    "random, sails weekly": (GAMMA_SEA, 35),
}
"""A lane and about how many days it takes."""


def rules(lead_days: int) -> list[tuple[str, plain.Rule]]:
    """Rules as the product names them, and as the plain model plays them; tight enough that goods run short."""
    need = 20 * lead_days
    return [
        (f"min-max:s_units={need},S_units={need + 400}", plain.MinMax(need, need + 400)),
        (f"min-max:s_units={need - 9},S_units={need},review_days=1", plain.MinMax(need - 9, need, review_days=1)),
        (f"base-stock:units={need + 70}", plain.BaseStock(need + 70)),
        (f"base-stock:units={need + 10},review_days=1", plain.BaseStock(need + 10, review_days=1)),
        ("reorder-point:safety_days=0,order_days=12", plain.ReorderPoint(0, order_days=12)),
        (
            "reorder-point:safety_days=0,order_days=5,pace_days=60,review_days=1",
            plain.ReorderPoint(0, order_days=5, pace_days=60, review_days=1),
        ),
    ]


EXAMINED = {
    "post": {
        "clear_days": 1.0,
        "duty": 0.125,
        "closed_weekdays": ["Sun"],
        "closures": [{"on": date(2026, 2, 17), "days": 7}],
        "inspections": [{"chance": 0.25, "days": 3.0, "fee": 256.0}],
    }
}
OPEN_ORDERS = [
    {"sku": "SKU-0001", "warehouse": "west", "units": 90, "due": date(2025, 12, 20)},
    {"sku": "SKU-0003", "warehouse": "west", "units": 70, "due": date(2025, 12, 20)},
    {"sku": "SKU-0001", "warehouse": "west", "units": 60, "due": date(2025, 12, 11)},
]


@pytest.mark.parametrize("waits", [0.0, 1.0], ids=["lost", "backlog"])
@pytest.mark.parametrize("places", [1, 2])
@pytest.mark.parametrize("lane", LANES)
def test_the_engine_equals_the_plain_model_to_the_last_bit(lane: str, places: int, waits: float) -> None:
    legs, lead_days = LANES[lane]
    world = _world(places=places, lane=legs, waits=waits, customs=EXAMINED, open_order=OPEN_ORDERS)
    for spec, rule in rules(lead_days):
        played = Engine(world, policy(spec), check=True).play()
        assert differences(played, plain.play(world, rule)) == [], spec
        assert 0.01 < played.short_orders.sum() / played.orders.sum() < 0.99, "little is shown where nothing runs short"
        assert played.cycles.sum() > 0


def test_a_world_of_even_days_without_warm_up() -> None:
    even = {"law": "fixed", "mean": 2.5}
    world = _world(days=59, lane=AT_ONCE, organic=even, warm_up_days=0, history_days=0)
    for spec, rule in rules(6):
        assert differences(Engine(world, policy(spec)).play(), plain.play(world, rule)) == [], spec


def test_a_difference_is_seen() -> None:
    world = _world()
    played = Engine(world, policy("base-stock:units=700")).play()
    assert "ordered" in differences(played, plain.play(world, plain.BaseStock(701)))
    nearly = dataclasses.replace(played, peak_cash=np.nextafter(played.peak_cash, 0))
    assert differences(played, nearly) == ["peak_cash"]


def test_what_the_plain_model_cannot_play_it_refuses() -> None:
    queue = {"post": {"clear_days": 1.0, "desks": 2}}
    with pytest.raises(ValueError, match="plays only worlds with no queues, all wait or none"):
        plain.play(_world(customs=queue, waits=0.5), plain.BaseStock(700))


def _world(**changes: Any) -> World:
    return sample_world(Network.of(shop(**{"skus": 5, "days": 130} | changes)), range(2))


def differences(one: Record, other: Record) -> list[str]:
    """The arrays in which two records differ, by name."""
    left, right = _arrays(one), _arrays(other)
    assert left.keys() == right.keys()
    return [name for name, array in left.items() if not _same(array, right[name])]


def _arrays(record: Record) -> dict[str, Any]:
    fields = {item.name: getattr(record, item.name) for item in dataclasses.fields(Record)}
    return {name: value for name, value in fields.items() if isinstance(value, np.ndarray)} | dict(record.money)


def _same(one: Any, other: Any) -> bool:
    return one.dtype == other.dtype and one.shape == other.shape and bool((one == other).all())
