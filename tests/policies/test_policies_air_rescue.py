"""Air for what the sea does not bring in time, worked from article two's example."""

import numpy as np
import pytest

from policies.parameters import label
from policies.plugins.rehearsal import Scene, lane_by_hand, scene_by_hand
from policies.protocol import LaneFacts, Orders, PlannedEvent, PolicyError, PolicyFault
from policies.registry import policy
from policies.rules.wrappers.air_rescue import AirRescue
from policies.rules.yardsticks.never import Never

SEA = lane_by_hand("sea", lead_days=35, landed_cost=[1.0])
AIR = lane_by_hand("air", lead_days=8, landed_cost=[5.0])


@pytest.mark.parametrize(("on_hand", "rescued"), [(4_000, 34 * 250 - 4_000), (8_400, 100), (8_500, 0), (9_000, 0)])
def test_flies_what_is_missing_before_the_ship_is_in(on_hand: int, rescued: int) -> None:
    """250 a day; a ship with 9,000 is sellable on the 35th day: days 1 to 34 live on what is on hand."""
    answer = _answer("never+air-rescue", _scene(on_hand, ship={35: 9_000}))
    assert answer.units["air"].tolist() == [rescued]


def test_what_no_plane_can_save_is_not_flown() -> None:
    """500 on hand last two days; sales of days 3 to 8 are lost before a plane is in, days 9 to 35 are flown."""
    assert _answer("never+air-rescue", _scene(500)).units["air"].tolist() == [27 * 250]


def test_goods_on_order_count_on_the_day_they_are_planned() -> None:
    """The first ship, of 2,000, is in on day 12; 4,000 + 2,000 last to day 24; 11 more days are missing by day 35."""
    assert _answer("never+air-rescue", _scene(4_000, ship={12: 2_000})).units["air"].tolist() == [11 * 250]


def test_the_other_order_shrinks_by_what_is_flown() -> None:
    """Base stock 20,000: 16,000 missing; 4,750 of them go by air."""
    answer = _answer("base-stock:units=20000+air-rescue", _scene(4_000))
    assert answer.units["air"].tolist() == [35 * 250 - 4_000]
    assert answer.units["sea"].tolist() == [16_000 - 4_750]


def test_the_shrunk_order_keeps_to_the_lots_of_its_lane() -> None:
    sea = lane_by_hand("sea", lead_days=35, landed_cost=[1.0], at_least=[6_000], pack=[100])
    answer = _answer("base-stock:units=9030+air-rescue", _scene(4_000, lanes=(sea, AIR)))
    assert answer.units["air"].tolist() == [4_750]
    assert answer.units["sea"].tolist() == [6_000]


def test_no_rescue_where_the_rescue_is_not_earlier() -> None:
    plain, rescued = (
        _answer(spec, _scene(0)) for spec in ("reorder-point:lane=air", "reorder-point:lane=air+air-rescue")
    )
    assert {name: units.tolist() for name, units in rescued.units.items()} == {"air": plain.units["air"].tolist()}
    alone = _answer("reorder-point+air-rescue", _scene(0, lanes=(SEA,)))
    assert set(alone.units) == {"sea"}


def test_an_announced_event_is_flown_for() -> None:
    """On hand 8,750 cover 35 plain days exactly; three event days at x2 want 750 more."""
    event = PlannedEvent("event", "promotion", 120, 3, np.array([2.0]))
    assert _answer("never+air-rescue", _scene(8_750)).units["air"].tolist() == [0]
    assert _answer("never+air-rescue", _scene(8_750, events=(event,))).units["air"].tolist() == [750]


def test_the_wrapper_declares_what_its_base_sees_and_adds_its_own() -> None:
    assert policy("oracle+air-rescue").sees == {"stock", "sales", "calendar", "future"}
    assert policy("never+air-rescue").sees == {"stock", "sales", "calendar"}
    assert policy("base-stock:review_days=3+air-rescue").review_days == 3


def test_the_base_sees_only_what_it_declared() -> None:
    class Peeping(Never):
        def orders(self, seen):
            return Orders({"sea": seen.stock.on_hand})

    rule = AirRescue(Peeping())
    with pytest.raises(PolicyFault, match=r"policy never reads seen\.stock on day 100 but does not declare it"):
        rule.orders(_scene(0).seen(rule.sees, run=0))


def test_a_bad_base_is_named() -> None:
    class Broken(Never):
        def orders(self, seen):
            return Orders({"sea": np.array([np.nan])})

    rule = AirRescue(Broken())
    with pytest.raises(PolicyFault, match="policy never on day 100 ordered nan of SKU-0 down lane 'sea'"):
        rule.orders(_scene(0).seen(rule.sees, run=0))
    for base in ("never", Never):
        with pytest.raises(PolicyError, match="must be a policy"):
            AirRescue(base)


def test_warnings_are_those_of_the_base() -> None:
    rule = policy("reorder-point:safety_days=1+air-rescue")
    assert len(rule.warnings([SEA, AIR])) == 1
    assert policy("never+air-rescue").warnings([SEA, AIR]) == ()
    assert label(rule) == "reorder-point:safety_days=1+air-rescue"


def _answer(spec: str, scene: Scene) -> Orders:
    rule = policy(spec)
    return rule.orders(scene.seen(rule.sees, run=0))


def _scene(
    on_hand: int,
    ship: dict[int, int] | None = None,
    lanes: tuple[LaneFacts, ...] = (SEA, AIR),
    events: tuple[PlannedEvent, ...] = (),
) -> Scene:
    """250 a day; `ship` has units by the day, 1 for tomorrow, on which they are planned to be sellable."""
    arriving = np.zeros((60, 1), dtype=np.int64)
    for day, units in (ship or {}).items():
        arriving[day - 1] = units
    return scene_by_hand(lanes, np.full((60, 1, 1), 250), [on_hand], arriving=arriving, events=events)
