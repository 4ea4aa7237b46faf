"""Warehouses that supply others: what is ordered from one leaves when it has stock, first come first served."""

import dataclasses
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import numpy as np

from policies.protocol import Observation, Orders
from reports.closeup.now import Now
from reports.record import Record, Setting
from sim.tournament import setting
from tests.sim.paper import PAPER, Script, bill, but
from tests.worlds import played, scenario_of

HUB = (
    PAPER.replace('to = "w"', 'to = "hub"', 1)
    .replace('[lane.track]\nfrom = "f"\nto = "w"', '[lane.track]\nfrom = "hub"\nto = "w"\nreplenishes = true')
    .replace(
        "[warehouse.w]",
        '[lane.van]\nfrom = "hub"\nto = "v"\nreplenishes = true\nlegs = [{ name = "van", days = 2 }]\n'
        "cost = { per_m3 = 3 }\n[warehouse.v]\n[warehouse.hub]\nopening = { units = 100 }\n[warehouse.w]",
    )
    .replace("mean = 1 ", "mean = 0.000001 ")
)
"""A factory eight days from a hub, which supplies w in five days and v in two. Nobody buys."""
HUB_AT, V, W = 0, 1, 2
SEEN: list[tuple[int, str, int, int]] = []
"""What `Notes` saw: day, warehouse, position, units sold on the day."""


@dataclass(frozen=True)
class Notes(Script):
    """Orders by a list and notes what it sees."""

    name: ClassVar[str] = "notes"
    sees: ClassVar[frozenset[str]] = frozenset({"stock", "sales"})
    lines: tuple[tuple[int, str, tuple[int, ...]], ...] = field(default=())

    def orders(self, seen: Observation) -> Orders:
        channels = ("shop", "social", "business", "warehouse")
        sold = int(seen.sales.daily(1, channels).sum())
        SEEN.append((seen.day, seen.warehouse, int(seen.stock.position.sum()), sold))
        return super().orders(seen)


def supplied(text: str, tmp_path: Path, *lines: tuple[int, str, tuple[int, ...]]) -> Record:
    SEEN.clear()
    (record,) = played(scenario_of(text, tmp_path), Notes(lines), runs=1)
    return record


def setting_of(tmp_path: Path) -> Setting:
    return setting(scenario_of(HUB, tmp_path), "hub")


def from_day(first: int, tmp_path: Path) -> Setting:
    """The setting of a season that begins so many days after the first one played."""
    whole = setting_of(tmp_path)
    return dataclasses.replace(whole, warm_up_days=first, days=whole.days - first)


def shelf(record: Record, place: int) -> list[int]:
    """Units on hand at the end of every day."""
    assert record.series is not None
    return record.series.on_hand[:, 0, place, 0].tolist()


def test_what_is_there_leaves_at_once(tmp_path: Path) -> None:
    """Ordered as day 0 ends, and two days later at v: on sale from day 3 on."""
    record = supplied(HUB, tmp_path, (0, "van", (30,)))
    assert shelf(record, HUB_AT)[:2] == [70, 70], "it leaves before the day is recorded"
    assert shelf(record, V)[2:4] == [0, 30]
    assert bill(record, "freight") == 30 * 3
    assert bill(record, "goods") == 0
    assert record.moved_out[0, :, 0].tolist() == [30, 0, 0]
    assert record.moved_in[0, :, 0].tolist() == [0, 30, 0]


def test_what_is_not_there_is_owed_until_it_comes(tmp_path: Path) -> None:
    """130 of 100 are ordered on day 0; 50 come from the factory as day 9 begins, and 30 leave at once."""
    record = supplied(HUB, tmp_path, (0, "van", (130,)), (0, "road", (50,)))
    assert shelf(record, HUB_AT)[:10] == [0] * 9 + [20]
    assert shelf(record, V)[2:4] == [0, 100]
    assert shelf(record, V)[10:12] == [100, 130]
    positions = {(day, place): units for day, place, units, _ in SEEN}
    assert positions[1, "v"] == 130, "what is owed counts where it was ordered"
    assert positions[1, "hub"] == 100 + 50 - 130, "and is owed here, until it leaves"
    assert positions[8, "hub"] == 50 - 30 and positions[9, "hub"] == 20


def test_who_ordered_first_gets_all_before_who_ordered_later(tmp_path: Path) -> None:
    """w asks for 150 of a hundred on day 0, v for 40 on day 1: of the next 60 w gets fifty, and v ten."""
    record = supplied(HUB, tmp_path, (0, "track", (150,)), (1, "van", (40,)), (2, "road", (60,)))
    assert record.received[0, :, 0].tolist() == [60, 10, 150]
    assert record.on_the_way_after.sum() == 0, "what is owed is not on the way"


def test_who_orders_on_the_same_day_shares_alike(tmp_path: Path) -> None:
    """90 and 30 of the hundred: 75 and 25."""
    record = supplied(HUB, tmp_path, (0, "track", (90,)), (0, "van", (30,)))
    assert record.received[0, 1:, 0].tolist() == [25, 75]


def test_what_others_order_is_a_hubs_sale(tmp_path: Path) -> None:
    supplied(HUB, tmp_path, (0, "van", (30,)), (3, "track", (50,)))
    sold = {day: units for day, place, _, units in SEEN if place == "hub"}
    assert [sold[day] for day in range(6)] == [0, 30, 0, 0, 50, 0]


def test_a_hub_sells_to_its_buyers_first_what_nobody_has_ordered(tmp_path: Path) -> None:
    """The hub's own buyers take ten a day; w is sent the ninety that are left on day 0, and v waits."""
    own = HUB.replace(
        "[market.m]",
        '[market.h]\nserved_by = ["hub"]\n[market.h.demand.A]\norganic = { law = "fixed", mean = 10 }\n[market.m]',
    )
    record = supplied(own, tmp_path, (0, "track", (95,)))
    assert record.moved_out[0, HUB_AT, 0] == 90
    assert record.served.sum() == 10


def test_a_rule_of_one_warehouse_keeps_a_hub_supplied(tmp_path: Path) -> None:
    """Every rule sees at the hub what is ordered from it, so the hub is neither empty nor ever fuller."""
    sells = HUB.replace("mean = 0.000001 ", "mean = 5 ").replace("days = 100", "days = 100\nhistory_days = 60")
    sells = but(sells, warehouse__hub="opening = { cover_days = 30 }", warehouse__w="opening = { cover_days = 20 }")
    (record,) = played(scenario_of(sells, tmp_path), "reorder-point:review_days=1", runs=1)
    assert record.short_orders.sum() == 0
    assert record.received[0, HUB_AT, 0] > 200
    assert record.moved_out[0, HUB_AT, 0] > 200
    closing: np.ndarray[tuple[int, ...], np.dtype[np.int64]] = record.closing[0, :, 0]
    assert closing.max() < 400


def test_an_oracle_supplies_the_hub_in_time_however_long_the_road_takes(tmp_path: Path) -> None:
    """Each order down the road takes a time of its own, from one day to five."""
    sells = HUB.replace("mean = 0.000001 ", "mean = 5 ").replace(
        '[{ name = "track", days = 5 }]', '[{ name = "track", days = { law = "uniform", low = 1, high = 5 } }]'
    )
    (record,) = played(scenario_of(but(sells, warehouse__w="opening = { units = 100 }"), tmp_path), "oracle", runs=5)
    assert record.lost.sum() == 0
    assert record.on_hand_days[:, HUB_AT].max() > 0


def test_now_tells_of_the_stock_before_other_warehouses_got_what_they_ordered(tmp_path: Path) -> None:
    """100 are in the hub when day 0 is reviewed, of which 30 leave that night."""
    record = supplied(HUB, tmp_path, (0, "van", (30,)))
    now = Now.of(record, setting_of(tmp_path))
    assert now.on_hand[0, :, 0].tolist() == [100, 0, 0]
    assert now.position[0, :, 0].tolist() == [100, 0, 0] == [SEEN[0][2], 0, 0]


def test_now_tells_what_is_ordered_while_the_hub_still_owes(tmp_path: Path) -> None:
    """130 of 100 were ordered on day 0; on day 3 another 20 are, and nothing can leave."""
    record = supplied(HUB, tmp_path, (0, "van", (130,)), (3, "track", (20,)))
    now = Now.of(record, from_day(3, tmp_path))
    assert now.on_hand[0, :, 0].tolist() == [0, 100, 0]
    assert now.position[0, :, 0].tolist() == [-30, 130, 0]
    assert now.ordered[0, :, 0].tolist() == [0, 0, 20]
    assert dict(zip(setting_of(tmp_path).lanes, now.by_lane[0, :, 0].tolist(), strict=True))["track"] == 20
    assert now.by_lane.sum() == 20


def test_now_does_not_tell_of_what_the_next_morning_brings(tmp_path: Path) -> None:
    """The shelf is empty on day 8; the 50 of which 30 leave at once come as day 9 begins."""
    record = supplied(HUB, tmp_path, (0, "van", (130,)), (0, "road", (50,)))
    assert Now.of(record, from_day(8, tmp_path)).on_hand[0, HUB_AT, 0] == 0
