"""The oracle on small worlds: it loses only what nothing could have saved, and holds the least that allows it."""

import random

import numpy as np
import pytest

from policies.plugins.rehearsal import FIRST_DAY, lane_by_hand
from policies.protocol import FutureSight, LaneFacts, Observation, StockSight
from policies.registry import policy

DAYS = 70


def _observation(day: int, lanes: tuple[LaneFacts, ...], sights: dict[str, object]) -> Observation:
    """What is seen of one SKU."""
    one = np.ones(1)
    return Observation(day, FIRST_DAY, "here", ("A",), one, one, one, one, (None,), 0 * one, lanes, sights)


class World:
    """Days of wanted units, and for each lane, cheapest first, the day on which an order of each day can be sold."""

    def __init__(self, wanted: list[int], arrivals: dict[str, list[int]], opening: int = 0, due=None, backlog: int = 0):
        self.wanted, self.arrivals, self.opening, self.backlog = wanted, arrivals, opening, backlog
        self.due = dict(due or {})
        costs = {"sea": 1.0, "air": 5.0}
        self.lanes = tuple(lane_by_hand(name, 10, landed_cost=[costs[name]]) for name in arrivals)

    def play(self, spec: str = "oracle") -> tuple[list[int], list[int], dict[str, int]]:
        """Units lost and left on hand on each day, and ordered by lane. Buyers who find nothing leave."""
        rule = policy(spec)
        on_hand, owed, coming = self.opening, self.backlog, dict(self.due)
        lost, left, ordered = [], [], dict.fromkeys(self.arrivals, 0)
        for day, wanted in enumerate(self.wanted):
            on_hand += coming.pop(day, 0)
            paid = min(owed, on_hand)
            owed, on_hand = owed - paid, on_hand - paid
            sold = min(wanted, on_hand)
            on_hand -= sold
            lost.append(wanted - sold)
            left.append(on_hand)
            if day % rule.review_days:
                continue
            for name, units in rule.orders(self.seen(day, on_hand, owed, coming)).units.items():
                if int(units[0]):
                    at = self.arrivals[name][day]
                    assert at < len(self.wanted), "ordered what comes after the last day"
                    coming[at] = coming.get(at, 0) + int(units[0])
                    ordered[name] += int(units[0])
        assert not coming
        assert not owed
        return lost, left, ordered

    def seen(self, day: int, on_hand: int, owed: int, coming: dict[int, int]) -> Observation:
        ahead = len(self.wanted) - day - 1
        due = np.array([[coming.get(day + 1 + x, 0)] for x in range(ahead)], dtype=np.int64).reshape(ahead, 1)
        stock = StockSight(np.array([on_hand]), due.sum(axis=0), np.array([owed]), lambda n: due[:n].sum(axis=0))
        future = FutureSight(
            np.array(self.wanted[day + 1 :], dtype=np.int64).reshape(ahead, 1),
            {name: np.array(days[day:]) - (day + 1) for name, days in self.arrivals.items()},
            due,
        )
        sights = {"stock": stock, "future": future}
        return _observation(day, self.lanes, sights)


def _least_on_hand(world: World, review_days: int = 1) -> list[int]:
    """What must be on hand after each day, by the plain definition: wanted units whose arrival lies at or before it."""
    served_on: dict[int, int] = {}
    for day in range(len(world.wanted)):
        for days in world.arrivals.values():
            in_time = [at for at in days[::review_days] if at <= day]
            if in_time:
                served_on[day] = max(in_time)
                break
    return [
        sum(world.wanted[day] for day, at in served_on.items() if at <= today < day)
        for today in range(len(world.wanted))
    ]


def _world(seed: int, lanes: dict[str, tuple[int, int]], weekly: str = "") -> World:
    """Random demand and, by lane, lead times between two bounds, so that orders overtake each other."""
    luck = random.Random(seed)
    arrivals = {name: [day + 1 + luck.randint(*leads) for day in range(DAYS)] for name, leads in lanes.items()}
    if weekly:
        arrivals[weekly] = [(day // 7 + 1) * 7 + lanes[weekly][0] for day in range(DAYS)]
    return World([luck.choice([0, 0, 3, 5, 40]) for _ in range(DAYS)], arrivals)


LANES = [
    {"sea": (12, 12)},
    {"sea": (9, 17)},
    {"sea": (9, 25), "air": (2, 2)},
    {"sea": (9, 25), "air": (1, 14)},
    {"sea": (0, 3)},
]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("lanes", LANES)
@pytest.mark.parametrize("weekly", ["", "sea"])
def test_loses_only_what_nothing_could_save_and_holds_the_least(seed: int, lanes, weekly: str) -> None:
    world = _world(seed, lanes, weekly)
    lost, left, _ = world.play()
    first = min(min(days) for days in world.arrivals.values())
    assert lost == [units if day < first else 0 for day, units in enumerate(world.wanted)]
    assert left == _least_on_hand(world)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("lanes", LANES)
def test_weekly_reviews_lose_as_little_as_weekly_reviews_can(seed: int, lanes) -> None:
    world = _world(seed, lanes)
    lost, left, _ = world.play("oracle:review_days=7")
    first = min(min(days[::7]) for days in world.arrivals.values())
    assert lost == [units if day < first else 0 for day, units in enumerate(world.wanted)]
    assert left == _least_on_hand(world, review_days=7)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("lanes", LANES)
def test_opening_stock_and_open_orders_are_used_up_first(seed: int, lanes) -> None:
    plain = _world(seed, lanes)
    due = {4: 30, 20: 55, 33: 1}
    world = World(plain.wanted, plain.arrivals, opening=60, due=due)
    lost, _, ordered = world.play()
    first = min(min(days) for days in world.arrivals.values())
    assert sum(lost[first:]) == 0
    sold = sum(world.wanted) - sum(lost)
    assert sum(ordered.values()) == sold - 60 - sum(due.values())


@pytest.mark.parametrize("seed", range(6))
def test_buyers_who_wait_are_served_and_cost_no_later_sale(seed: int) -> None:
    plain = _world(seed, {"sea": (9, 25), "air": (2, 9)})
    world = World(plain.wanted, plain.arrivals, backlog=25, due={1: 10})
    lost, left, _ = world.play()
    first = min(min(days) for days in world.arrivals.values())
    assert sum(lost[first:]) == 0
    assert left[first:] == _least_on_hand(plain)[first:]


def test_cheapest_lane_that_arrives_in_time() -> None:
    """10 a day; sea takes 12 days, air 4: air serves days 5 to 12, sea all later ones."""
    arrivals = {"air": [day + 5 for day in range(30)], "sea": [day + 13 for day in range(30)]}
    lost, left, ordered = World([10] * 30, arrivals).play()
    assert sum(lost) == 50
    assert sum(left) == 0
    assert ordered == {"air": 80, "sea": 170}


def test_nothing_is_ordered_for_days_that_are_not_played() -> None:
    late = {"sea": [day + 31 for day in range(30)]}
    assert World([10] * 30, late).play()[2] == {"sea": 0}
    in_time = {"sea": [day + 30 - day for day in range(30)]}
    assert World([10] * 31, {"sea": [*in_time["sea"], 31]}).play()[2] == {"sea": 10}


def test_a_batch_of_runs_is_each_run_alone() -> None:
    worlds = [_world(seed, {"sea": (9, 25), "air": (1, 14)}) for seed in range(8)]
    alone = [world.seen(0, 15 * n, n, {5: 7 * n}) for n, world in enumerate(worlds)]
    rule = policy("oracle")
    futures, stocks = [seen.future for seen in alone], [seen.stock for seen in alone]
    stock = StockSight(
        *(np.stack([getattr(s, name) for s in stocks]) for name in ("on_hand", "on_order", "backlog")), lambda n: None
    )
    future = FutureSight(
        np.stack([f.wanted for f in futures], axis=1),
        {name: np.stack([f.arrivals[name] for f in futures], axis=1) for name in ("sea", "air")},
        np.stack([f.due for f in futures], axis=1),
    )
    first = alone[0]
    batch = _observation(0, first.lanes, {"stock": stock, "future": future})
    together = rule.orders(batch).units
    for run, seen in enumerate(alone):
        for name, units in rule.orders(seen).units.items():
            assert units.tolist() == together[name][run].tolist()


def test_without_a_count_of_what_is_due_one_lane_is_still_right() -> None:
    arrivals = {"sea": [day + 10 for day in range(40)]}
    world = World([10] * 40, arrivals)
    seen = world.seen(3, 0, 0, {10: 10, 11: 10, 12: 10})
    future = FutureSight(seen.future.wanted, seen.future.arrivals)
    blind = _observation(3, world.lanes, {"stock": seen.stock, "future": future})
    assert policy("oracle").orders(blind).units["sea"].tolist() == [10]
