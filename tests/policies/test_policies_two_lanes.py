"""Rules with a slow and a fast lane: 35 days by sea, 8 by air, reviews every 7 days, 10 sold a day."""

from dataclasses import replace

import numpy as np
import pytest

from policies.plugins.rehearsal import Scene, lane_by_hand, scene_by_hand
from policies.protocol import LaneFacts, Orders, PlannedEvent, PolicyError
from policies.registry import policy
from policies.rules.two_lanes.tailored_base_surge import evenly

SEA = lane_by_hand("sea", lead_days=35, landed_cost=[1.0])
AIR = lane_by_hand("air", lead_days=8, landed_cost=[5.0])
LEVELS = "fast_units=150,units=600"
SPECS = [f"single-index:{LEVELS}", f"dual-index:{LEVELS}", f"capped-dual-index:{LEVELS},cap_units=200"]
SPECS += ["tailored-base-surge:fast_units=150,base_units=200"]
TODAY = 100


@pytest.mark.parametrize(("on_hand", "flown", "shipped"), [(110, 0, 350), (109, 1, 350), (100, 10, 350), (0, 110, 350)])
def test_dual_index_flies_what_is_missing_soon_and_ships_the_rest(on_hand: int, flown: int, shipped: int) -> None:
    """40 land before the next flight could, 100 later: position = on hand + 140, there soon = on hand + 40."""
    answer = _answer(f"dual-index:{LEVELS}", _scene(on_hand, {12: 40, 20: 100}))
    assert _units(answer) == {"air": flown, "sea": shipped + 110 - on_hand - flown}
    assert answer.why["there_soon"].tolist() == [on_hand + 40]


@pytest.mark.parametrize(("lands", "flown"), [(1, 0), (15, 0), (16, 50)])
def test_a_ship_that_lands_before_the_next_flight_could_saves_the_flight(lands: int, flown: int) -> None:
    """The next review is in 7 days, its flight can be sold 8 days later, on day 16 from now: day 15 is in time."""
    assert _units(_answer(f"dual-index:{LEVELS}", _scene(100, {lands: 50})))["air"] == flown


def test_who_waits_is_owed_by_both_levels() -> None:
    """30 owed and nothing there: 180 missing of the fast level, 630 of the full one."""
    assert _units(_answer(f"dual-index:{LEVELS}", _scene(0, backlog=30))) == {"air": 180, "sea": 450}


@pytest.mark.parametrize(("on_hand", "flown", "shipped"), [(11, 0, 449), (10, 0, 450), (9, 1, 450), (0, 10, 450)])
def test_single_index_looks_at_the_position_alone(on_hand: int, flown: int, shipped: int) -> None:
    """140 on order count alike, whether they land soon or late: nothing is flown at a position of 150."""
    for ships in ({12: 40, 20: 100}, {30: 140}, {1: 140}):
        assert _units(_answer(f"single-index:{LEVELS}", _scene(on_hand, ships))) == {"air": flown, "sea": shipped}


@pytest.mark.parametrize(("cap", "shipped"), [(200, 200), (359, 359), (360, 360), (400, 360)])
def test_capped_dual_index_ships_no_more_than_its_cap(cap: int, shipped: int) -> None:
    """A position of 240 misses 360, of which the 10 that fly are no part."""
    scene = _scene(100, {12: 40, 20: 100})
    answer = _answer(f"capped-dual-index:{LEVELS},cap_units={cap}", scene)
    assert _units(answer) == {"air": 10, "sea": shipped}
    assert answer.why["cap"].tolist() == [cap]


@pytest.mark.parametrize(("on_hand", "flown"), [(10_000, 0), (150, 0), (149, 1), (0, 150)])
def test_tailored_base_surge_ships_the_same_whatever_is_there(on_hand: int, flown: int) -> None:
    """500 that land later than the next flight could are no help now."""
    answer = _answer("tailored-base-surge:fast_units=150,base_units=7", _scene(on_hand, {16: 500}))
    assert _units(answer) == {"air": flown, "sea": 7}


@pytest.mark.parametrize(
    ("each", "pack", "at_least", "lot"),
    [(7.0, 1, 0, 1), (0.7, 1, 0, 1), (3.0, 12, 0, 12), (7.0, 20, 50, 60), (90.0, 20, 50, 60)],
)
def test_the_base_comes_in_whole_lots_evenly(each: float, pack: int, at_least: int, lot: int) -> None:
    """The whole lots below it or one more; no stretch of reviews is off by three lots."""
    lane = lane_by_hand("sea", 35, pack=[pack], at_least=[at_least])
    orders = np.array([evenly(np.array([each]), review, lane)[0] for review in range(600)])
    assert not (orders % lot).any()
    assert set(orders // lot) <= {each // lot, each // lot + (each % lot > 0)}
    off = np.cumsum([0.0, *(orders - each)])
    assert np.ptp(off) < 3 * lot


@pytest.mark.parametrize("first", [0, 17, 150])
def test_a_base_that_moves_is_ordered_evenly_too(first: int) -> None:
    """An estimate of the pace that is off by a tenth now and then, in lots of five reviews."""
    lane = lane_by_hand("sea", 35, pack=[500], at_least=[500])
    each = 100 * np.exp(0.1 * np.random.default_rng(1).normal(size=104))
    orders = [evenly(each[n : n + 1], first + n, lane)[0] for n in range(104)]
    assert abs(sum(orders) - each.sum()) < 3 * 500
    assert max(orders) == 500
    assert np.diff(np.flatnonzero(orders)).max() <= 10


def test_the_base_follows_the_days_whatever_a_review_is() -> None:
    """Half a unit each: about one at every other review, never two at once."""
    spec = "tailored-base-surge:fast_units=0,base_units=0.5,review_days=5"
    scenes = (replace(_scene(0), day=day) for day in range(0, 200, 5))
    shipped = [_units(_answer(spec, scene))["sea"] for scene in scenes]
    assert set(shipped) == {0, 1}
    assert abs(sum(shipped) - 20) < 3


def test_levels_in_days_cover_a_lead_a_review_and_the_safety_stock() -> None:
    """At 10 a day: 8 + 7 + 21 days until the next flight, 35 + 7 + 21 until the next ship, 14 more by two levels."""
    scene = _scene(0)
    dual = _answer("dual-index", scene)
    assert _units(dual) == {"air": 360, "sea": 770 - 360}
    assert _units(_answer("single-index", scene)) == {"air": 630 - 140, "sea": 140}
    assert _units(_answer("capped-dual-index", scene)) == {"air": 360, "sea": 84}
    assert _units(_answer("tailored-base-surge:base_share=0.5", scene)) == {"air": 360, "sea": 35}
    assert _units(_answer("dual-index:safety_days=22", scene)) == {"air": 370, "sea": 410}
    assert _units(_answer("dual-index:fast_units=5", scene)) == {"air": 5, "sea": 765}


def test_an_announced_event_is_prepared_by_the_lane_that_is_in_time() -> None:
    """Twice as much is wanted in days 36 to 42: what the ship of today is there for, and no flight yet."""
    event = PlannedEvent("event", "promotion", TODAY + 36, 7, np.array([2.0]))
    scene = _scene(0, events=(event,))
    assert _units(_answer("capped-dual-index", scene)) == {"air": 360, "sea": 168}
    assert _units(_answer("tailored-base-surge:base_share=0.5", scene)) == {"air": 360, "sea": 70}
    assert _units(_answer("dual-index:safety_days=0,more_days=0", scene)) == {"air": 150, "sea": 420 + 70 - 150}


def test_what_flies_in_lots_is_no_longer_shipped() -> None:
    """10 missing fly as a pack of 24, so 336 of 360 are left for the ship, in packs of 100 no fewer than 400."""
    sea = lane_by_hand("sea", 35, landed_cost=[1.0], pack=[100])
    air = lane_by_hand("air", 8, landed_cost=[5.0], pack=[24])
    answer = _answer(f"dual-index:{LEVELS}", _scene(100, {12: 40, 20: 100}, lanes=(sea, air)))
    assert _units(answer) == {"air": 24, "sea": 400}


@pytest.mark.parametrize(("spec", "alone"), list(zip(SPECS, [600, 600, 600, 150], strict=True)))
def test_a_sku_that_only_one_lane_brings_is_ordered_up_to_the_level_of_that_lane(spec: str, alone: int) -> None:
    """The first comes by both, the second only by sea and without a cap, the third only by air."""
    sea = lane_by_hand("sea", 35, landed_cost=[1.0] * 3, carries=[True, True, False])
    air = lane_by_hand("air", 8, landed_cost=[5.0] * 3, carries=[True, False, True])
    scene = scene_by_hand((sea, air), np.full((60, 1, 3), 10), [0, 0, 0], day=TODAY)
    answer = _answer(f"{spec},lane=sea", scene)
    assert answer.units["air"].tolist() == [150, 0, 150]
    assert answer.units["sea"].tolist()[1:] == [alone, 0]
    assert policy(f"{spec},lane=sea").warnings((sea, air)) == ()


def test_in_days_a_sku_that_only_flies_is_not_stocked_for_a_voyage() -> None:
    """Single index: 8 + 7 + 21 days of 10, where its fast level otherwise stands 14 days below the full one."""
    sea = lane_by_hand("sea", 35, landed_cost=[1.0, 1.0], carries=[True, False])
    air = lane_by_hand("air", 8, landed_cost=[5.0, 5.0])
    scene = scene_by_hand((sea, air), np.full((60, 1, 2), 10), [0, 0], day=TODAY)
    assert _answer("single-index:lane=sea", scene).units["air"].tolist() == [490, 360]


@pytest.mark.parametrize(("spec", "level"), list(zip(SPECS, [600, 600, 600, 150], strict=True)))
def test_a_fast_lane_that_is_no_faster_is_not_used(spec: str, level: int) -> None:
    """All comes by the slow lane up to its level, and a warning says so."""
    turned = f"{spec},lane=air,fast_lane=sea"
    assert _units(_answer(spec, _scene(100, lanes=(SEA,)))) == {"sea": level - 100}
    assert _units(_answer(turned, _scene(100))) == {"air": level - 100}
    name = spec.partition(":")[0]
    assert policy(spec).warnings((SEA,)) == (
        f"{name}: lane sea is both the slow and the fast one, so all is ordered by it",
    )
    assert policy(turned).warnings((SEA, AIR)) == (
        f"{name}: lane sea (35 days) is not faster than lane air (8 days), so nothing is ordered by sea",
    )
    assert policy(spec).warnings((SEA, AIR)) == ()


def test_a_sku_that_no_lane_brings_is_named() -> None:
    refuse = [replace(lane, carries=np.array([False])) for lane in (SEA, AIR)]
    assert policy("dual-index").warnings(refuse) == (
        "dual-index: neither lane brings SKU 1 of 1 in the catalogue, so none is ever ordered",
    )


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        (
            "dual-index:fast_units=7,units=6",
            "dual-index: fast_units = 7 is above units = 6; allowed: fast_units <= units",
        ),
        ("single-index:fast_units=7,units=6", "fast_units = 7 is above units = 6"),
        ("capped-dual-index:fast_units=7,units=6", "fast_units = 7 is above units = 6"),
        (
            "dual-index:fast_units=1,units=6,safety_days=3",
            "safety_days = 3: safety_days then says nothing; leave it out",
        ),
        ("dual-index:units=6,more_days=3", "units = 6 and more_days = 3: more_days then says nothing"),
        ("single-index:fast_units=6,gap_days=3", "gap_days then says nothing"),
        ("capped-dual-index:cap_units=6,cap=3", "cap then says nothing"),
        ("tailored-base-surge:base_units=6,base_share=0.5", "base_share then says nothing"),
        ("tailored-base-surge:base_share=1.1", "base_share = 1.1: allowed 0 to 1 of the pace"),
        ("capped-dual-index:cap=-1", "cap = -1: allowed 0 to 100"),
    ],
)
def test_numbers_that_contradict_each_other_are_refused(spec: str, message: str) -> None:
    with pytest.raises(PolicyError) as caught:
        policy(spec)
    assert message in str(caught.value)


@pytest.mark.parametrize("spec", SPECS)
def test_sales_are_seen_only_where_days_are_counted(spec: str) -> None:
    name = spec.partition(":")[0]
    assert policy(spec).sees == {"stock"}
    assert policy(name).sees == policy(f"{name}:fast_units=5").sees == {"stock", "sales", "calendar"}
    assert policy(name).needs == {"two lanes"}


def _answer(spec: str, scene: Scene) -> Orders:
    rule = policy(spec)
    return rule.orders(scene.seen(rule.sees, run=0))


def _units(answer: Orders) -> dict[str, int]:
    """Units of the only SKU by lane."""
    return {lane: int(units[0]) for lane, units in answer.units.items()}


def _scene(
    on_hand: int,
    ships: dict[int, int] | None = None,
    *,
    backlog: int = 0,
    lanes: tuple[LaneFacts, ...] = (SEA, AIR),
    events: tuple[PlannedEvent, ...] = (),
) -> Scene:
    """`ships` has units by the day, 1 for tomorrow, on which they are planned to be sellable."""
    arriving = np.zeros((60, 1), dtype=np.int64)
    for day, units in (ships or {}).items():
        arriving[day - 1] = units
    return scene_by_hand(
        lanes,
        np.full((60, 1, 1), 10),
        [on_hand],
        day=TODAY,
        arriving=arriving,
        backlog=[backlog],
        events=events,
    )
