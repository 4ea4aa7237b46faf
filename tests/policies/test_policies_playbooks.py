"""Each playbook's levers, worked from its formula; what the golden tests of the articles leave open."""

from dataclasses import replace

import numpy as np
import pytest

from policies.playbook import Levers
from policies.plugins.rehearsal import Scene, ads_by_hand, lane_by_hand, scene_by_hand
from policies.protocol import LaneFacts, PlannedEvent
from policies.registry import playbook

TEN_A_DAY = np.full((60, 1, 1), 10)


def test_none_leaves_every_lever_alone() -> None:
    assert playbook("none").act(_lone(0).watched()) == Levers()


def test_alerts_remember_the_level() -> None:
    book, lines = playbook("alerts"), {"reorder_point": [400.0], "safety_stock": [200.0]}
    levels, memory = [], {}
    for on_hand in (481, 480, 481, 199, 205, 0, 1, 210, 505):
        levers = book.act(_lone(on_hand, waterlines=lines).watched(memory, run=0))
        levels.append(levers.alert.item())
        memory = levers.memory
    assert levels == [0, 1, 1, 2, 2, 3, 2, 1, 0]


def test_ads_follow_stock_by_whole_days_and_stop_at_once() -> None:
    book, ads = playbook("stock-guided-ads"), ads_by_hand(np.full((200, 1), 100.0))
    by_hour = replace(_lone(50, ads=ads), hour=13, slot_hours=1)
    noon = book.act(by_hour.watched(run=0))
    assert (noon.ads, dict(noon.memory)) == ([1.0], {})
    night = book.act(replace(by_hour, hour=23).watched(run=0))
    assert night.memory["began"] == [100]
    throttled = {**night.memory, "factor": np.array([0.5])}
    assert book.act(by_hour.watched(throttled, run=0)).ads == [0.5]
    empty = book.act(replace(by_hour, on_hand=np.array([[0]])).watched(throttled, run=0))
    assert (empty.ads, empty.memory["factor"]) == ([0.0], [0.5])


@pytest.mark.parametrize(
    ("sold", "on_hand", "slow"),
    [
        ((9, 20, 30), (60, 30, 30), True),
        ((9, 9, 30), (60, 30, 30), False),
        ((9, 20, 30), (40, 40, 40), False),
        ((9, 20, 30), (41, 40, 39), True),
    ],
)
def test_slow_rule_a_sells_little_of_more_than_average(
    sold: tuple[int, ...], on_hand: tuple[int, ...], slow: bool
) -> None:
    """Sales of 30 days below the catalogue's 25th percentile, stock above its mean."""
    days = np.zeros((60, 1, 3), dtype=np.int64)
    days[-1, 0] = sold
    days[-31, 0] = 500  # out of the window
    assert playbook("slow-movers").act(scene_by_hand([], days, on_hand).watched(run=0)).clear.tolist() == [
        slow,
        False,
        False,
    ]
    young = scene_by_hand([], days[-29:], on_hand)
    assert not playbook("slow-movers").act(young.watched(run=0)).clear.any()


def test_slow_stock_is_cleared_then_sold_off_and_watched_anew() -> None:
    """One unit a day sold: 28 days' pace keeps 30 units of 100."""
    book = playbook("slow-movers:clear_days=10")
    memory = {"lying_since": np.array([9]), "left_out": np.array([0]), "slow_since": np.array([-1])}
    told = []
    for day in range(100, 112):
        quiet = np.concatenate([np.ones((59, 1, 1), np.int64), np.zeros((1, 1, 1), np.int64)])
        levers = book.act(scene_by_hand([], quiet, [100], day=day).watched(memory, run=0))
        memory = levers.memory
        told.append((levers.clear.item(), levers.stop_buying.item(), levers.sell_off.item()))
    spare = 100 - 27 / 28 * 30  # today nothing was sold
    assert told[:10] == [(True, True, 0)] * 10
    assert told[10:] == [(False, True, int(spare)), (False, False, 0)]


def test_slow_stock_that_is_gone_is_slow_no_more() -> None:
    memory = {"lying_since": np.array([9]), "left_out": np.array([5]), "slow_since": np.array([100])}
    levers = playbook("slow-movers").act(_lone(0).watched(memory, run=0))
    assert (levers.clear, levers.stop_buying, levers.memory["slow_since"]) == ([False], [False], [-1])


@pytest.mark.parametrize(
    ("on_hand", "moved", "sold_off"),
    [
        (1_000, (100, 120), 480),  # 300 are kept; near there is room for 150 - 50, far for 120
        (480, (100, 80), 0),
        (400, (100, 0), 0),
        (399, (99, 0), 0),
        (300, (0, 0), 0),
    ],
)
def test_spare_stock_is_moved_to_where_it_sells_and_the_rest_is_sold_off(
    on_hand: int, moved: tuple[int, int], sold_off: int
) -> None:
    far, near = _there("far", pace=4, on_hand=0, cost=3.0), _there("near", pace=5, on_hand=30, cost=1.0, coming=20)
    levers = _cleared("slow-movers", on_hand, (far, near))
    assert (levers.move["near"].item(), levers.move["far"].item()) == moved
    assert levers.sell_off == [sold_off]
    switched_off = _cleared("slow-movers:move=0", on_hand, (far, near))
    assert switched_off.move == {}
    assert switched_off.sell_off == [on_hand - 300]


def test_nothing_is_moved_to_where_enough_lies_or_nothing_sells() -> None:
    there = (_there("full", pace=5, on_hand=150, cost=1.0), _there("dead", pace=0, on_hand=0, cost=1.0))
    levers = _cleared("slow-movers", 1_000, there)
    assert {name: units.item() for name, units in levers.move.items()} == {"full": 0, "dead": 0}
    assert levers.sell_off == [700]


def test_nothing_is_moved_before_clearance_is_over() -> None:
    levers = _cleared("slow-movers:clear_days=31", 1_000, (_there("near", pace=5, on_hand=0, cost=1.0),))
    assert (levers.clear, levers.move["near"], levers.sell_off) == ([True], [0], [0])


def test_two_lanes_to_one_warehouse_fill_its_room_once() -> None:
    lane, scene = _there("near", pace=5, on_hand=0, cost=1.0)
    levers = _cleared("slow-movers", 1_000, ((lane, scene), (replace(lane, name="other"), scene)))
    assert {name: units.item() for name, units in levers.move.items()} == {"near": 150, "other": 0}
    refusing = replace(lane, carries=np.array([False]))
    levers = _cleared("slow-movers", 1_000, ((refusing, scene), (replace(lane, name="other"), scene)))
    assert {name: units.item() for name, units in levers.move.items()} == {"near": 0, "other": 150}


@pytest.mark.parametrize(
    ("spec", "on_hand", "near", "far"),
    [
        ("rebalance", 900, 200, 200),  # 600 to give away: fifty days of cover for all three
        ("rebalance:fill_days=30", 900, 100, 120),
        ("rebalance:keep_days=70", 900, 89, 111),  # 200 to give away: 27.8 days there
        ("rebalance", 300, 0, 0),  # thirty days of sales are kept
        ("rebalance", 330, 0, 30),  # the emptiest first: with 30 it has less cover than the other
        ("rebalance:gap_days=80", 900, 0, 240),  # near has exactly 80 days less; far is filled to 60
        ("rebalance:gap_days=79.9", 900, 200, 200),
        ("rebalance:gap_days=90", 900, 0, 0),
    ],
)
def test_stock_moves_until_it_lasts_equally_long(spec: str, on_hand: int, near: int, far: int) -> None:
    """10 a day here; near 5 a day with 50 there or coming; far 4 a day with nothing."""
    elsewhere = (
        _there("near", pace=5, on_hand=30, cost=1.0, coming=20),
        _there("far", pace=4, on_hand=0, cost=2.0),
        _there("dead", pace=0, on_hand=0, cost=1.0),
    )
    scene = _lone(on_hand, day=105, elsewhere=elsewhere)
    moved = playbook(spec).act(scene.watched(run=0)).move
    assert {name: units.item() for name, units in moved.items()} == {"near": near, "far": far, "dead": 0}


def test_what_does_not_sell_here_goes_to_where_it_does_up_to_a_limit() -> None:
    """5 a day there, 60 days of it at most."""
    here = scene_by_hand([], np.zeros((60, 1, 1)), [1_000], day=105, elsewhere=(_there("near", 5, 50, 1.0),))
    assert playbook("rebalance").act(here.watched(run=0)).move["near"].tolist() == [250]


def test_the_cheapest_lane_that_carries_it_moves_it() -> None:
    near, scene = _there("near", 5, 50, cost=1.0)
    dear, refusing = replace(near, name="dear", landed_cost=np.array([9.0])), replace(near, carries=np.array([False]))
    for lanes, told in (
        ((near, dear), {"near": 267, "dear": 0}),  # 950 for 15 a day: 63 1/3 days
        ((refusing, dear), {"near": 0, "dear": 267}),
        ((refusing,), {"near": 0}),
    ):
        watch = _lone(900, day=105, elsewhere=tuple((lane, scene) for lane in lanes)).watched(run=0)
        moved = playbook("rebalance:keep_days=0,fill_days=730").act(watch).move
        assert {name: units.item() for name, units in moved.items()} == told


def test_rebalance_looks_at_the_end_of_every_so_many_days() -> None:
    scene = _lone(900, elsewhere=(_there("near", 5, 0, 1.0),))
    looks = {
        (day, hour): bool(
            playbook("rebalance:every_days=5")
            .act(replace(scene, day=day, hour=hour, slot_hours=12).watched(run=0))
            .move
        )
        for day in range(100, 111)
        for hour in (0, 12)
    }
    assert [look for look, moves in looks.items() if moves] == [(100, 12), (105, 12), (110, 12)]
    assert playbook("rebalance").act(_lone(900, day=105).watched(run=0)) == Levers()


@pytest.mark.parametrize(
    ("on_hand", "first_day", "ads", "expedite"),
    [
        (149, 110, 0.3, True),  # ten plain days and two at x 3 want 160; the event ends on day 111, eleven days off
        (150, 110, 1.0, False),
        (149, 115, 1.0, False),  # further ahead than the playbook looks
        (39, 101, 1.0, True),  # begins tomorrow: no ads are left to throttle
        (59, 101, 1.0, True),
        (60, 101, 1.0, False),
    ],
)
def test_peak_guard_saves_stock_for_what_is_announced(on_hand: int, first_day: int, ads: float, expedite: bool) -> None:
    event = PlannedEvent("event", "promotion", first_day, 2, np.array([3.0]))
    levers = playbook("peak-guard").act(_lone(on_hand, events=(event,)).watched(run=0))
    assert (levers.ads, levers.expedite, levers.stop_buying) == ([ads], [expedite], [False])
    other = replace(event, lift=np.array([1.0]))
    assert not playbook("peak-guard").act(_lone(0, events=(other,)).watched(run=0)).expedite.any()


def test_peak_guard_expects_what_a_host_sold_before() -> None:
    """A livestream in five days: five days of ten, and 300 on average."""
    live = PlannedEvent("live", "livestream", 105, 1, np.ones(1), past_units=(200, 400))
    for on_hand, short in ((349, True), (350, False)):
        levers = playbook("peak-guard").act(_lone(on_hand, events=(live,)).watched(run=0))
        assert levers.expedite == [short]
    unknown = replace(live, past_units=())
    assert playbook("peak-guard").act(_lone(0, events=(unknown,)).watched(run=0)).expedite == [False]
    weekly = (replace(live, first_day=98), live)
    assert playbook("peak-guard").act(_lone(0, events=weekly).watched(run=0)).expedite == [False]
    seldom = (replace(live, first_day=76), live)
    assert playbook("peak-guard").act(_lone(0, events=seldom).watched(run=0)).expedite == [True]
    elsewhere = replace(live, skus=frozenset({"SKU-1"}))
    assert playbook("peak-guard").act(_lone(0, events=(elsewhere,)).watched(run=0)).expedite == [False]


def test_peak_guard_buys_nothing_on_the_echo() -> None:
    """Reorder point 400 before the event of day 102, 900 in its echo; buying resumes at 400."""
    event = PlannedEvent("event", "promotion", 102, 2, np.array([3.0]))
    held, memory = [], {}
    for day, line, on_hand in (
        (101, 400.0, 900),
        (102, 600.0, 800),
        (103, 900.0, 700),
        (104, 900.0, 401),
        (105, 900.0, 400),
        (106, 500.0, 700),
    ):
        scene = replace(_lone(on_hand, events=(event,), waterlines={"reorder_point": [line]}), day=day)
        levers = playbook("peak-guard").act(scene.watched(memory, run=0))
        held.append(levers.stop_buying.item())
        memory = levers.memory
    assert held == [False, False, False, True, False, False]
    assert memory["waterline"] == [500]


@pytest.mark.parametrize(("days", "held"), [(28, True), (29, False)])
def test_peak_guard_buys_again_when_the_pace_has_forgotten_the_peak(days: int, held: bool) -> None:
    event = PlannedEvent("event", "promotion", 102, 2, np.array([3.0]))
    levers = Levers()
    for day in range(101, 103 + days + 1):
        scene = replace(_lone(10_000, events=(event,)), day=day)
        levers = playbook("peak-guard").act(scene.watched(levers.memory, run=0))
    assert levers.stop_buying == [held]


def _there(name: str, pace: int, on_hand: int, cost: float, coming: int = 0) -> tuple[LaneFacts, Scene]:
    """A warehouse that sells so much a day, and the lane to it."""
    sold = np.full((60, 1, 1), pace)
    return lane_by_hand(name, 5, landed_cost=[cost]), scene_by_hand(
        [], sold, [on_hand], arriving=[[coming]], title=name
    )


def _cleared(spec: str, on_hand: int, elsewhere: tuple[tuple[LaneFacts, Scene], ...]) -> Levers:
    """What is done on day 100 with stock on clearance since day 70."""
    memory = {"lying_since": np.array([9]), "left_out": np.array([0]), "slow_since": np.array([70])}
    return playbook(spec).act(_lone(on_hand, elsewhere=elsewhere).watched(memory, run=0))


@pytest.mark.parametrize("spec", ["alerts", "stock-guided-ads", "peak-guard"])
def test_what_is_bought_in_when_it_is_ordered_is_never_sold_out(spec: str) -> None:
    """Virtual stock: the shelf is empty every day, so nothing is slowed down for it; an ordinary shelf is saved."""
    book, ads = playbook(spec), ads_by_hand(np.full((200, 1), 100.0))
    peak = PlannedEvent("Sale", "promotion", 105, 3, np.array([3.0]))
    seen = replace(_lone(0, ads=ads), events=(peak,)).watched(run=0)
    virtual = replace(seen, stock=replace(seen.stock, bought_in=np.array([True])))
    for shelf, slowed in ((seen, True), (virtual, False)):
        levers = book.act(shelf)
        assert bool((np.asarray(levers.ads) < 1).any()) is slowed
        assert bool(np.any(levers.expedite)) is (slowed and spec != "stock-guided-ads")


def _lone(on_hand: int, **more: object) -> Scene:
    """One SKU that sells ten a day, on day 100."""
    return scene_by_hand([], TEN_A_DAY, [on_hand], **more)
