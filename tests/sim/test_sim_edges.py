"""Corners where two mechanisms meet, each with its answer worked by hand."""

from collections.abc import Callable
from dataclasses import make_dataclass
from pathlib import Path

import numpy as np
import pytest

from policies.protocol import Observation, Orders, Policy
from reports.record import PICTURED, Record, Series
from sim.play.queues import Queue
from sim.play.service import complete_orders, product, whole_orders_only
from sim.tournament import luck_told, play
from sim.world.network import Network
from sim.world.sample import sample_world
from sim.world.supply.quotes import lanes_into
from tests.worlds import PLAIN, played, scenario_of

ONE = """
title = "One product"
start = 2026-01-05
days = 30
[[sku]]
id = "A"
unit_cost = 1
price = 2
[supplier.f]
[lane.l]
from = "f"
to = "w"
legs = [{ name = "road", days = 1 }]
[warehouse.w]
opening = { units = 1000 }
[market.m]
served_by = ["w"]
"""
STEADY = '[market.m.demand.A]\norganic = { law = "fixed", mean = 10 }\n'


def series(record: Record) -> Series:
    assert record.series is not None
    return record.series


def asked(orders: Callable[[Observation], Orders], *sees: str) -> Policy:
    """A policy that reviews every day and answers by a function."""
    facts = {"name": "asked", "sees": frozenset(sees), "review_days": 1, "orders": lambda self, seen: orders(seen)}
    policy: Policy = make_dataclass("Asked", [], frozen=True, namespace=facts)()
    return policy


def watched(text: str, tmp_path: Path) -> list[Observation]:
    """Everything a policy is shown that never orders."""
    seen: list[Observation] = []

    def orders(observation: Observation) -> Orders:
        seen.append(observation)
        return Orders({})

    played(scenario_of(text, tmp_path), asked(orders, "stock", "sales", "calendar"), runs=1)
    return seen


def test_what_is_shown_of_a_sku(tmp_path: Path) -> None:
    """Its size, its group, how many buyers come again, whether it is bought in, and how often it was received."""
    facts = 'volume_m3 = 0.5\nweight_kg = 2\ngroup = "toys"\n'
    coming = '[[open_order]]\nsku = "A"\nwarehouse = "w"\nunits = 5\ndue = 2026-01-08\n'
    again = "repeat = { share = 0.4, after_days = 10 }\n"
    text = ONE.replace("price = 2\n", "price = 2\n" + facts) + STEADY + again + coming
    seen = watched(text, tmp_path)
    assert (seen[0].volume_m3, seen[0].weight_kg, seen[0].groups, seen[0].repeat_share) == (
        [0.5],
        [2],
        ("toys",),
        [0.4],
    )
    assert [int(each.stock.deliveries.item()) for each in seen[:6]] == [0, 0, 0, 1, 1, 1]
    assert not np.any(seen[0].stock.bought_in)
    assert np.all(
        watched(text.replace("opening = { units = 1000 }", 'ships_after_order = ["A"]').replace(coming, ""), tmp_path)[
            0
        ].stock.bought_in
    )


@pytest.mark.parametrize(("announced", "told"), [("", 2.0), ("announced_lift = 5", 5.0)])
def test_a_plan_may_count_on_another_lift_than_comes(announced: str, told: float, tmp_path: Path) -> None:
    sale = f'[[planned.promotion]]\nname = "Sale"\non = 2026-01-10\ndays = 3\nlift = 2\n{announced}\n'
    world = ONE + STEADY + sale
    assert [event.lift.tolist() for event in watched(world, tmp_path)[0].calendar.events] == [[told]]
    (record,) = played(scenario_of(world, tmp_path), "never", runs=20)
    assert abs(record.wanted.mean() - (300 + 3 * 10)) < 6  # Poisson around 30 more: four standard errors are 5


@pytest.mark.parametrize("slot_hours", [1, 6, 24])
@pytest.mark.parametrize("orders", [1, 3, 4, 10])
def test_whole_orders_are_served_in_full_while_there_is_stock(slot_hours: int, orders: int, tmp_path: Path) -> None:
    rows = "".join(f"2026-01-{day:02},A,10,{orders}\n" for day in range(5, 15))
    (tmp_path / "d.csv").write_text("date,sku,units,orders\n" + rows)
    text = ONE.replace("days = 30", f"days = 10\nslot_hours = {slot_hours}")
    text += 'history = { file = "d.csv" }\npart_deliveries = false\n'
    (record,) = played(scenario_of(text, tmp_path), "never", runs=1)
    assert (record.served.sum(), record.orders.sum(), record.short_orders.sum()) == (100, 10 * orders, 0)


@pytest.mark.parametrize(
    ("shelf", "sold", "complete"), [(9, 6, 2), (10, 10, 3), (6, 6, 2), (5, 3, 1), (2, 0, 0), (0, 0, 0)]
)
def test_whole_orders_by_hand(shelf: int, sold: int, complete: int) -> None:
    """10 units in 3 orders: the orders take 3, 3 and 4."""
    orders, wanted, taken = np.array([3]), np.array([10]), np.array([shelf])
    units = whole_orders_only(orders, wanted, wanted, taken)
    assert units.tolist() == [sold]
    assert complete_orders(orders, wanted, units).tolist() == [complete]


def test_a_second_shelf_completes_what_the_first_could_not(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("date,sku,units,orders\n2026-01-05,A,10,4\n")
    text = ONE.replace("days = 30", "days = 1").replace("units = 1000", "units = 3").replace('["w"]', '["w", "v"]')
    text += 'history = { file = "d.csv" }\npart_deliveries = false\n[warehouse.v]\nopening = { units = 1000 }\n'
    text += '[lane.k]\nfrom = "f"\nto = "v"\nlegs = [{ name = "road", days = 1 }]\n'
    (record,) = played(scenario_of(text, tmp_path), "never", runs=1)
    assert (record.served.sum(), record.short_orders.sum()) == (10, 0)


def test_shares_of_very_many_units_do_not_overflow() -> None:
    big = np.array([5 * 10**9])
    assert product(big, big).tolist() == [25 * 10**18]


def test_a_day_whose_goods_come_at_noon_had_stock(tmp_path: Path) -> None:
    """24 a day come at noon and are gone by night: the pace is what was sold, in hours as in days."""
    text = ONE.replace("units = 1000", "units = 0").replace("days = 1 }", "days = 0.5 }")
    text = text.replace("days = 30", "days = 30\nslot_hours = 1") + STEADY.replace("mean = 10", "mean = 48")
    shown: list[float] = []

    def orders(seen: Observation) -> Orders:
        shown.append(float(seen.sales.pace(28)[0, 0]))
        return Orders({"l": 24 - seen.stock.position})

    (record,) = played(scenario_of(text, tmp_path), asked(orders, "stock", "sales"), runs=1)
    sold = series(record).sold[:, 0, 0, 0].reshape(30, 24).sum(axis=1)
    assert shown[-1] == pytest.approx(sold[-28:].mean())


def test_a_promotion_lifts_what_was_observed(tmp_path: Path) -> None:
    """100 a day observed, lift 3: about 300 on the promotion's days, whatever `*` says of other SKUs."""
    rows = "".join(f"2026-01-{day:02},A,100,100\n" for day in range(5, 15))
    (tmp_path / "d.csv").write_text("date,sku,units,orders\n" + rows)
    text = ONE.replace("days = 30", "days = 10").replace("units = 1000", "units = 9000")
    text = text.replace("[supplier.f]", '[[sku]]\nid = "B"\nunit_cost = 1\nprice = 2\n[supplier.f]')
    text += 'history = { file = "d.csv" }\n[market.m.demand."*"]\norganic = { law = "fixed", mean = 1 }\n'
    text += '[[planned.promotion]]\nname = "Push"\non = 2026-01-08\ndays = 2\nlift = 3\n'
    (record,) = played(scenario_of(text, tmp_path), "never", runs=1)
    wanted = series(record).wanted[:, 0, 0, 0]
    assert (np.abs(wanted[3:5] - 300) < 6 * np.sqrt(200)).all()
    assert (wanted[[0, 1, 2, 5, 6]] == 100).all()


def test_others_at_customs_rest_on_closed_days() -> None:
    """One desk, shut at weekends; day 0 is a Monday. Two others come on Friday noon with a day of work each: the first
    is done on Saturday noon, since what has begun is finished, the second on Monday. So ours of Saturday begins on
    Tuesday."""
    day = 1440

    def opening(minute: int) -> int:
        today = minute // day
        return minute if today % 7 < 5 else (today - today % 7 + 7) * day

    desk = Queue(1, opening, others=[(4 * day + 720, day), (4 * day + 720, day)])
    assert desk.serve(5 * day + 60, day) == (8 * day, 9 * day)


def test_what_is_announced_to_a_warehouse_is_its_own_markets(tmp_path: Path) -> None:
    """A promotion in m, which wants 10 of the 30 a day at w; nothing of it at v."""
    text = ONE + STEADY + '[lane.k]\nfrom = "f"\nto = "v"\nlegs = [{ name = "road", days = 1 }]\n[warehouse.v]\n'
    for name, place, mean in (("n", "v", 10), ("o", "w", 20)):
        text += f'[market.{name}]\nserved_by = ["{place}"]\n[market.{name}.demand.A]\norganic = {{ law = "fixed", mean = {mean} }}\n'
    text += '[[planned.promotion]]\nname = "Push"\nmarkets = ["m"]\non = 2026-01-10\ndays = 9\nlift = 4\n'
    seen = watched(text, tmp_path)
    lifts = {place: next(s for s in seen if s.warehouse == place and s.day == 5).calendar.lift(1, 2) for place in "vw"}
    assert np.all(lifts["v"] == 1.0)
    assert lifts["w"] == pytest.approx(1 + 3 * 10 / 30)


def test_facts_of_the_world_cannot_be_written(tmp_path: Path) -> None:
    seen = watched(ONE + STEADY, tmp_path)[0]
    for array in (seen.price, seen.unit_cost, seen.lanes[0].pack, seen.lanes[0].landed_cost, seen.lanes[0].at_least):
        with pytest.raises(ValueError, match="read-only"):
            array[:] = 7
        with pytest.raises(ValueError, match="WRITEABLE"):
            array.view().flags.writeable = True


def test_what_luck_is_told_is_what_luck_there_is(tmp_path: Path) -> None:
    rows = "".join(f"2026-01-{day:02},A,10,10\n" for day in range(5, 15))
    (tmp_path / "d.csv").write_text("date,sku,units,orders\n" + rows)
    text = ONE.replace("days = 30", "days = 10") + 'history = { file = "d.csv" }\n'
    live = '[[planned.livestream]]\nname = "Live"\nfirst_on = 2026-01-08\norders = 9\nscale = SCALE\n'
    assert luck_told(scenario_of(text, tmp_path)).startswith("lead-time luck only")
    assert luck_told(scenario_of(text + live.replace("SCALE", "0"), tmp_path)).startswith("lead-time luck only")
    assert luck_told(scenario_of(text + live.replace("SCALE", "1"), tmp_path)) == "demand and lead times"


def test_the_pictured_replications_are_the_first_whatever_the_batch(tmp_path: Path) -> None:
    scenario = scenario_of(ONE + STEADY.replace('"fixed"', '"poisson"'), tmp_path)
    pictures = [play(scenario, ["never"], 130, batch=batch, keep=())[0].daily_on_hand for batch in (130, 110, 50)]
    assert all(picture.shape[1] == PICTURED for picture in pictures)
    assert all((picture == pictures[0]).all() for picture in pictures)


def test_use_of_a_dock_is_a_share_of_the_scored_time(tmp_path: Path) -> None:
    """1,000 units at one unit a day keep the dock busy from the day they come until the end."""
    text = ONE.replace("[warehouse.w]", "[warehouse.w]\ndock_units_per_day = 1").replace("units = 1000", "units = 0")
    (record,) = played(scenario_of(text + STEADY, tmp_path), "base-stock:units=1000,review_days=30", runs=1)
    assert record.dock_use[0, 0] == pytest.approx((30 - 2) / 30)
    warm = text.replace("days = 30", "days = 30\nwarm_up_days = 10")
    (record,) = played(scenario_of(warm + STEADY, tmp_path), "base-stock:units=1000,review_days=365", runs=1)
    assert record.dock_use[0, 0] == pytest.approx(1)


def test_what_is_planned_does_not_depend_on_the_horizon(tmp_path: Path) -> None:
    rule = "lead-cover+air-rescue"
    short, long = (
        played(scenario_of(PLAIN.replace("days = 200", f"days = {days}", 1), tmp_path), rule)[0] for days in (120, 200)
    )
    assert (series(short).ordered == series(long).ordered[:120]).all()


def test_videos_of_the_first_days_do_not_depend_on_the_horizon(tmp_path: Path) -> None:
    video = '[[surprise.video]]\nname = "V"\nskus = ["A"]\nper_day = 0.3\norders = 90\nfades = { law = "exponential", mean_days = 4 }\n'
    short, long = (
        sample_world(
            Network.of(scenario_of(ONE.replace("days = 30", f"days = {days}", 1) + STEADY + video, tmp_path)), [0]
        )
        for days in (30, 60)
    )
    assert (short.wanted == long.wanted[:30]).all()
    assert short.wanted.sum() > 300


def test_the_quoted_hold_is_that_of_the_weekdays_closed(tmp_path: Path) -> None:
    """Monday, Wednesday and Friday closed: three single days, each half a day of hold on average."""
    text = ONE.replace('legs = [{ name = "road", days = 1 }]', 'legs = [{ name = "customs", post = "p" }]') + STEADY
    post = "[customs.p]\nclosed_weekdays = ['Mon', 'Wed', 'Fri']\n"
    (facts,) = lanes_into(Network.of(scenario_of(text + post, tmp_path)), "w")
    assert facts.haul_days == pytest.approx(3 * 0.5 / 7)


def test_the_quoted_wait_minds_the_most_cancelled_in_a_row(tmp_path: Path) -> None:
    """Never two in a row, 90 % cancelled: headways of 7 (10 %) and 14 days."""
    departs = "departs = { every_days = 7, cancelled = 0.9, cancelled_in_a_row = 1 }"
    (facts,) = lanes_into(
        Network.of(scenario_of(ONE.replace("[lane.l]", f"[lane.l]\n{departs}") + STEADY, tmp_path)), "w"
    )
    headways, chances = np.array([7, 14]), np.array([0.1, 0.9])
    wait = (chances * headways**2).sum() / (2 * (chances * headways).sum())
    assert facts.haul_days == pytest.approx(1 + wait)


def test_an_event_of_its_own_size_needs_no_everyday_demand(tmp_path: Path) -> None:
    live = '[[planned.livestream]]\nname = "Live"\nmarkets = ["n"]\nfirst_on = 2026-01-08\norders = 50\n'
    text = ONE + STEADY + '[market.n]\nserved_by = ["w"]\n' + live
    (record,) = played(scenario_of(text, tmp_path), "never", runs=1)
    assert record.wanted[0, 1].sum() > 100


def test_a_policy_may_use_one_array_again_and_again(tmp_path: Path) -> None:
    buffer = np.zeros((1, 1), np.int64)

    def orders(seen: Observation) -> Orders:
        buffer[:] = seen.day
        return Orders({"l": buffer})

    (record,) = played(scenario_of(ONE + STEADY, tmp_path), asked(orders, "stock"), runs=1)
    assert series(record).received[2:, 0, 0, 0].tolist() == list(range(28))


def test_buyers_who_wait_take_nothing_from_another_warehouses_own(tmp_path: Path) -> None:
    """m waits for w, which is empty; v gets just what n wants, day by day, and n gets it."""
    text = ONE.replace("units = 1000", "units = 0").replace('["w"]', '["w", "v"]') + "waits = 1\n" + STEADY
    text += '[lane.k]\nfrom = "f"\nto = "v"\nlegs = [{ name = "road", days = 0 }]\n'
    text += "[warehouse.v]\nopening = { units = 10 }\n"
    text += '[market.n]\nserved_by = ["v"]\n[market.n.demand.A]\norganic = { law = "fixed", mean = 10 }\n'
    for_v_alone = asked(lambda seen: Orders({"k": np.array([10])} if seen.warehouse == "v" else {}), "stock")
    (record,) = played(scenario_of(text, tmp_path), for_v_alone, runs=1)
    sold = series(record).sold[:, 0, :, 0].sum(axis=0)
    wanted_by = dict(zip(("n", "m"), sold, strict=True))  # markets stand by their first warehouse: v, then w
    assert wanted_by == {"n": 300, "m": 0}
