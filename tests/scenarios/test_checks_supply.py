"""Supply and troubles that make no sense: each rejected case beside an accepted neighbour."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.faults import Fault
from scenarios.reader import read_scenario
from tests.scenarios.test_mutants import answered, mangled
from tests.scenarios.texts import changed, faults, line_of, read, written

RICH = """\
title = "Two factories, two warehouses"
start = 2026-03-01
days = 60
history_days = 10
warm_up_days = 5
currency = "USD"

[[sku]]
id = "LAMP"
unit_cost = 6
price = 29.90
volume_m3 = 0.004
battery = true
suppliers = { zhongshan = 0.7, dongguan = 0.3 }

[[sku]]
id = "BULB"
unit_cost = 1.5
price = 4
volume_m3 = 0.001
suppliers = ["dongguan", "zhongshan"]

[[sku]]
id = "CORD"
unit_cost = 1
price = 3

[supplier.zhongshan]
make_days = { law = "gamma", low = 5, mean = 22, cv = 0.3 }
start_up_days = 2
late = { chance = 0.1, days = 5 }
units_per_day = 4000
booked_days = 30
closures = ["spring-festival", "golden-week", { on = 2026-03-10, days = 3 }]
rush = { make_days = 10, surcharge = 0.15 }
good_share = { law = "triangular", low = 0.9, mode = 0.98, high = 1.0 }
price_breaks = [{ units = 1000, discount = 0.05 }, { units = 500, discount = 0.02 }]
terms = { deposit = 0.3, balance = "departure", balance_days = 7 }

[supplier.dongguan]
make_days = { law = "weibull", mean = 18, cv = 0.4 }

[supplier.foshan]

[lane.sea]
from = ["zhongshan", "dongguan"]
to = "los-angeles"
mode = "sea"
departs = { weekdays = ["Tue", "Fri"], room_m3 = 30, seasons = [{ around = "spring-festival", before_days = 7, after_days = 28, cancelled = 0.2 }] }
legs = [
  { name = "ocean", days = { law = "triangular", low = 13, mode = 17, high = 30 } },
  { name = "customs", post = "us" },
]
cost = { container = { price = 2500, m3 = 67, fill = 0.85 } }

[lane.air]
from = "dongguan"
to = "los-angeles"
mode = "air"
departs = { every_days = 1 }
takes_batteries = false
legs = [{ name = "flight", days = { usual = 4, bad = 7 } }, { name = "customs", post = "us" }]
cost = { per_kg = 5.4, kg_per_m3 = 167 }

[lane.truck]
from = "los-angeles"
to = "newark"
mode = "truck"
legs = [{ name = "road", days = 5 }]

[customs.us]
duty = 0.3
duty_by_sku = { LAMP = 0.35 }
duty_steps = [{ on = 2026-03-20, duty = 0.54 }, { on = 2026-04-01, duty = 0.4, skus = ["LAMP"] }, { on = 2026-04-01, duty = 0.5, skus = ["BULB"] }]
closed_weekdays = ["Sat", "Sun"]
inspections = [{ chance = 0.05, days = 2.5, fee = 300, escalates = 0.1 }, { chance = 0.01, days = 12, fee = 2500 }]
refused = { chance = 0.001, then = "return", fee = 900, credit = 0.5 }
demurrage = { free_days = 5, per_day = 100 }

[warehouse.los-angeles]
[warehouse.newark]
[warehouse.idle]

[market.us]
served_by = ["los-angeles", "newark"]
demand."*".organic = { law = "poisson", mean = 5 }

[[surprise.disruption]]
name = "Strike"
on = 2026-03-15
days = 20
lane = { modes = ["sea"], legs = ["ocean"], times = 1.6, cancelled = 0.3 }
factory = { suppliers = ["dongguan"], output = 0.5 }
customs = { posts = ["us"], held = 0.2, hold_days = 6 }
dock = { warehouses = ["newark"], closed = true }

[[surprise.disruption]]
name = "Spike"
on = 2026-02-10
days = 30
lane = { lanes = ["air"], freight = 2.5 }
"""
"""A world that says everything about supply once."""
ZHONGSHAN, SEA, US, STRIKE = "supplier.zhongshan.", "lane.sea.", "customs.us.", "surprise.disruption[0]"
SPIKE = 'lane = { lanes = ["air"], freight = 2.5 }'
GOOD = '{ law = "triangular", low = 0.9, mode = 0.98, high = 1.0 }'
TRUCK_FROM = 'from = "los-angeles"'
WEEKDAYS = 'weekdays = ["Tue", "Fri"]'
BY_TWO = 'from = ["zhongshan", "dongguan"]'

CASES = [
    # key of the fault, part of what it says, text changed, to a refused one, to an accepted one
    # --- lanes
    ("lane.air.from", "did you mean 'dongguan'", 'from = "dongguan"', 'from = "dongguang"', 'from = "zhongshan"'),
    (SEA + "from[1]", "no supplier 'x', nor a warehouse", BY_TWO, 'from = ["zhongshan", "x", "dongguan"]', BY_TWO),
    (SEA + "from[2]", "'dongguan' is there twice", BY_TWO, 'from = ["zhongshan", "dongguan", "dongguan"]',
     'from = ["dongguan", "zhongshan"]'),
    (SEA + "from", "suppliers and at a warehouse", BY_TWO, 'from = ["zhongshan", "dongguan", "newark"]', BY_TWO),
    ("lane.truck.from", "starts at 2 warehouses", TRUCK_FROM, 'from = ["los-angeles", "idle"]',
     'from = ["los-angeles"]'),
    ("lane.truck.from", "where the lane ends", TRUCK_FROM, 'from = "newark"', TRUCK_FROM),
    ("lane.truck.from", "a list of at least 1", TRUCK_FROM, "from = []", TRUCK_FROM),
    ("lane.truck.from", "a supplier and a warehouse", "[supplier.dongguan]", "[supplier.los-angeles]\n[supplier.dongguan]",
     "[supplier.la]\n[supplier.dongguan]"),
    ("lane.truck.to", "no warehouse 'newerk'", 'to = "newark"', 'to = "newerk"', 'to = "newark"'),
    ("lane.truck.from", "nothing comes to warehouse 'idle': no lane reaches it", TRUCK_FROM, 'from = "idle"', TRUCK_FROM),
    ("market.us.served_by[1]", "no lane reaches warehouse 'idle'", '"newark"]\ndemand', '"idle"]\ndemand',
     '"newark"]\ndemand'),
    ("lane.sea+rush", "is what lane 'sea' is called", "[lane.truck]", '[lane."sea+rush"]', '[lane."sea+fast"]'),
    ("lane.truck.mode", "sea, air, rail, express, truck", 'mode = "truck"', 'mode = "lorry"', 'mode = "rail"'),
    (SEA + "departs", "either every_days or weekdays", WEEKDAYS, WEEKDAYS + ", every_days = 7", "every_days = 7"),
    (SEA + "departs", "has neither", WEEKDAYS + ", ", "", WEEKDAYS + ", "),
    (SEA + "departs.weekdays[2]", "'Tue' is there twice", WEEKDAYS, 'weekdays = ["Tue", "Fri", "Tue"]',
     'weekdays = ["Fri", "Tue"]'),
    (SEA + "departs.room_m3", "0.003 m3 is less than one unit of SKU 'LAMP' with 0.004", "room_m3 = 30", "room_m3 = 0.003",
     "room_m3 = 0.004"),
    (SEA + "cost.container.m3", "holds 0.0034 m3 of goods, less than one unit", "m3 = 67", "m3 = 0.004", "m3 = 0.005"),
    (SEA + "shares_box_with", "not shared", "cost = { container", "shares_box_with = 9\ncost = { container",
     "shares_box_with = 0\ncost = { container"),
    ("lane.air.cost.battery_per_kg", "refuses", "per_kg = 5.4", "per_kg = 5.4, battery_per_kg = 1", "per_kg = 5.4, battery_per_kg = 0"),
    (SEA + "departs.seasons[0].cancelled", "to below 1", "after_days = 28, cancelled = 0.2", "after_days = 28, cancelled = 1",
     "after_days = 28, cancelled = 0.99"),
    (SEA + "legs[0].days", "from 0", '{ law = "triangular", low = 13, mode = 17, high = 30 }', "-1", "0"),
    ("lane.air.legs[0].days.bad", "below usual", "bad = 7", "bad = 3.9", "bad = 4"),
    # --- who makes what
    ("sku[0].suppliers", "sum to 1.1", "dongguan = 0.3", "dongguan = 0.4", "dongguan = 0.3"),
    ("sku[0].suppliers.dongguang", "did you mean 'dongguan'", "dongguan = 0.3", "dongguang = 0.3", "dongguan = 0.3"),
    ("sku[0].suppliers.dongguan", "from 0 to 1", "dongguan = 0.3", "dongguan = 1.3", "dongguan = 0.3"),
    ("sku[1].suppliers[1]", "no supplier 'x'", '["dongguan", "zhongshan"]', '["dongguan", "x"]', '["dongguan"]'),
    ("sku[1].suppliers[1]", "is there twice", '["dongguan", "zhongshan"]', '["dongguan", "dongguan"]', '["zhongshan"]'),
    ("sku[1].suppliers", "SKU 'BULB' is without supply: no lane starts at foshan",
     '["dongguan", "zhongshan"]\n', '["foshan"]\n', '["dongguan"]\n'),
    # --- factories
    (ZHONGSHAN + "closures[0]", "did you mean 'spring-festival'", '"spring-festival", "golden', '"spring-fest", "golden',
     '"golden'),
    (ZHONGSHAN + "closures[1]", "'golden-week' is there twice", '"spring-festival", ', '"golden-week", ', ""),
    (ZHONGSHAN + "closures[2].days", "from 1 to 366", "on = 2026-03-10, days = 3", "on = 2026-03-10, days = 0",
     "on = 2026-03-10, days = 1"),
    (ZHONGSHAN + "good_share", "can be 1.2", GOOD, '{ law = "uniform", low = 0.9, high = 1.2 }',
     '{ law = "uniform", low = 0.9, high = 1 }'),
    (ZHONGSHAN + "good_share", "can be 1.01", GOOD, "1.01", "0.99"),
    (ZHONGSHAN + "good_share", "can be 1.5", GOOD, '{ law = "discrete", values = [0.9, 1.5] }',
     '{ law = "empirical", values = [0.9, 1] }'),
    (ZHONGSHAN + "good_share", "can be 2", GOOD, '{ law = "empirical", values = [0.9, 2] }',
     '{ law = "fixed", value = 1 }'),
    (ZHONGSHAN + "good_share", "can be 1.1", GOOD, "{ usual = 0.9, bad = 1.1 }", "{ usual = 0.9, bad = 0.99 }"),
    (ZHONGSHAN + "good_share", "no upper bound", GOOD, '{ law = "gamma", mean = 0.5, cv = 0.1 }', "0.5"),
    (ZHONGSHAN + "good_share", "no upper bound", GOOD, '{ law = "lognormal", mean = 0.5, cv = 0.1 }', "1"),
    (ZHONGSHAN + "good_share", "no upper bound", GOOD, '{ law = "weibull", mean = 0.5, cv = 0.1 }', "0.001"),
    (ZHONGSHAN + "good_share", "no unit ever passes", GOOD, "0", '{ law = "discrete", values = [0, 1] }'),
    (ZHONGSHAN + "good_share.chances", "sum to 0.5", GOOD, '{ law = "discrete", values = [0.5], chances = [0.5] }',
     '{ law = "discrete", values = [0.5], chances = [1] }'),
    (ZHONGSHAN + "price_breaks[1].units", "1000 units are there twice", "units = 500", "units = 1000", "units = 999"),
    (ZHONGSHAN + "price_breaks[0].discount", "0.05 is below the 0.06 of 500 units", "discount = 0.02", "discount = 0.06",
     "discount = 0.05"),
    (ZHONGSHAN + "booked_days", "no order queues", "units_per_day = 4000\n", "", "units_per_day = 1\n"),
    (ZHONGSHAN + "terms.balance_days", "nothing to pay later", "deposit = 0.3", "deposit = 1.0", "deposit = 0.9"),
    (ZHONGSHAN + "terms.balance", "ready, departure, arrival", '"departure"', '"later"', '"arrival"'),
    (ZHONGSHAN + "late.days", "from 0", "days = 5 }\nunits", "days = -5 }\nunits", "days = 0 }\nunits"),
    (ZHONGSHAN + "start_up_days", "from 0", "start_up_days = 2", "start_up_days = -2", "start_up_days = 0"),
    (ZHONGSHAN + "make_days.mean", "missing", "low = 5, mean = 22,", "", "mean = 22,"),
    ("supplier.dongguan.make_days.cv", "hardly a spread", "cv = 0.4", "cv = 0.0001", "cv = 0.001"),
    ("supplier.dongguan.make_days.cv", "too wide", "cv = 0.4", "cv = 101", "cv = 100"),
    ("supplier.dongguan.make_days.mean", "not above low", "cv = 0.4", "cv = 0.4, low = 18", "cv = 0.4, low = 17"),
    # --- customs
    (US + "duty", "from 0 to 10", "\nduty = 0.3", "\nduty = 10.1", "\nduty = 10"),
    (US + "duty_by_sku.LAMP", "from 0 to 10", "LAMP = 0.35", "LAMP = 11", "LAMP = 10"),
    (US + "duty_by_sku", "not in the catalogue: LAMPS", "LAMP = 0.35", "LAMPS = 0.35", "BULB = 0.35"),
    (US + "duty_steps[0].duty", "from 0 to 10", "duty = 0.54", "duty = 54", "duty = 5.4"),
    (US + "duty_steps[1].skus[0]", "did you mean 'LAMP'", 'skus = ["LAMP"]', 'skus = ["LAMPE"]', 'skus = ["CORD"]'),
    (US + "duty_steps[2].on", "the duty of 'LAMP' changes twice on 2026-04-01", 'skus = ["BULB"]', 'skus = ["CORD", "LAMP"]',
     'skus = ["CORD", "BULB"]'),
    (US + "duty_steps[2].on", "the duty of 'BULB' changes twice", 'skus = ["LAMP"]', 'skus = ["*"]', 'skus = ["CORD"]'),
    (US + "duty_steps[2].on", "the duty of 'LAMP' changes twice", ', skus = ["BULB"]', "", ', skus = ["CORD"]'),
    (US + "duty_steps[1].skus", "touches no SKU", 'skus = ["LAMP"]', "skus = []", 'skus = ["LAMP", "CORD"]'),
    (US + "duty_steps[1].skus[1]", "there twice", 'skus = ["LAMP"]', 'skus = ["LAMP", "LAMP"]', 'skus = ["LAMP", "CORD"]'),
    (US + "closed_weekdays[1]", "'Sat' is there twice", '["Sat", "Sun"]', '["Sat", "Sat"]', '["Sat"]'),
    (US + "closed_weekdays", "has 7 entries", '["Sat", "Sun"]', '["Mon","Tue","Wed","Thu","Fri","Sat","Sun"]',
     '["Mon","Tue","Wed","Thu","Fri","Sat"]'),
    (US + "inspections[1].escalates", "there is none", "days = 12,", "days = 12, escalates = 0.1,", "days = 12, escalates = 0,"),
    (US + "refused.credit", "destroyed", '"return"', '"destruction"', '"return"'),
    (US + "inspections[0].days", "from 0", "days = 2.5", "days = -2.5", "days = 0"),
    # --- troubles
    (STRIKE + ".on", "outside this world", "on = 2026-03-15", "on = 2026-04-30", "on = 2026-04-29"),
    ("surprise.disruption[1].on", "days of 2026-02-24 to 2026-04-29", "on = 2026-02-10\ndays = 30",
     "on = 2026-02-10\ndays = 14", "on = 2026-02-10\ndays = 15"),
    (STRIKE + ".name", "twice", 'name = "Strike"', 'name = "organic"', 'name = "Organic"'),
    ("surprise.disruption[1].name", "twice", 'name = "Spike"', 'name = "Strike"', 'name = "strike"'),
    ("surprise.disruption[1]", "does nothing", SPIKE, "", "lane = {}"),
    (STRIKE + ".lane.legs[0]", "no leg with a time 'customs'", 'legs = ["ocean"]', 'legs = ["customs"]', 'legs = ["*"]'),
    (STRIKE + ".lane.modes[0]", "rail", 'modes = ["sea"]', 'modes = ["ship"]', 'modes = ["sea", "air"]'),
    (STRIKE + ".lane", "finds no lane to act on", 'modes = ["sea"]', 'modes = ["rail"]', 'modes = ["rail", "sea"]'),
    (STRIKE + ".lane", "finds no leg to act on", 'legs = ["ocean"]', 'legs = ["road"]', 'legs = ["road", "ocean"]'),
    (STRIKE + ".lane", "finds no departure to act on", 'modes = ["sea"], legs = ["ocean"]', 'modes = ["truck"]',
     'modes = ["air", "truck"]'),
    ("surprise.disruption[1].lane.lanes[0]", "did you mean 'air'", 'lanes = ["air"]', 'lanes = ["aire"]', 'lanes = ["*"]'),
    ("surprise.disruption[1].lane", "finds no lane", 'lanes = ["air"]', 'lanes = ["air"], modes = ["sea"]',
     'lanes = ["air"], modes = ["air"]'),
    (STRIKE + ".factory.suppliers[0]", "no supplier 'x'", 'suppliers = ["dongguan"], ', 'suppliers = ["x"], ', ""),
    (STRIKE + ".customs.posts[0]", "no customs post 'eu'", 'posts = ["us"]', 'posts = ["eu"]', 'posts = ["*"]'),
    (STRIKE + ".dock.warehouses[0]", "no warehouse 'x'", 'warehouses = ["newark"]', 'warehouses = ["x"]',
     'warehouses = ["newark", "idle"]'),
    (STRIKE + ".customs.held", "held for no time", ", hold_days = 6", "", ", hold_days = 1"),
    (STRIKE + ".customs.hold_days", "nothing is held", "held = 0.2", "held = 0", "held = 0.1"),
    (STRIKE + ".customs.duty", "from 0 to 10", "held = 0.2", "held = 0.2, duty = 11", "held = 0.2, duty = 1"),
    (STRIKE + ".lane.times", "from 0 to 1000", "times = 1.6", "times = -1.6", "times = 0.6"),
    (STRIKE + ".days", "from 1 to 3660", "days = 20", "days = 0", "days = 1"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "says", "old", "bad", "good"), CASES)
def test_nonsense_is_refused_and_its_neighbour_is_not(
    tmp_path: Path, key: str, says: str, old: str, bad: str, good: str
) -> None:
    found = [fault for fault in faults(tmp_path, changed(old, bad, RICH)) if _key(fault) == key]
    assert len(found) == 1
    assert says in str(found[0])
    assert found[0].file == str(tmp_path / "world.toml") and found[0].line is not None
    assert not faults(tmp_path, changed(old, good, RICH))


def _key(fault: Fault) -> str:
    return fault.key.replace("'", "")


def test_the_world_that_says_everything_is_read(tmp_path: Path) -> None:
    world = read(tmp_path, RICH)
    assert world.lane["sea"].sources == ("zhongshan", "dongguan")
    assert world.sku[1].suppliers == ("dongguan", "zhongshan")


# --- reach --------------------------------------------------------------------------------------------------------


def test_lanes_in_a_circle_bring_nothing_of_their_own(tmp_path: Path) -> None:
    """idle -> newark -> idle: both are led to, and nothing ever comes."""
    back = '\n[lane.back]\nfrom = "newark"\nto = "idle"\nlegs = [{ name = "road", days = 5 }]\n'
    text = changed(TRUCK_FROM, 'from = "idle"', RICH) + back
    found = faults(tmp_path, text)
    assert [fault.key for fault in found] == ["lane.truck.from", "lane.back.from"]
    assert all("cycle without supply" in fault.what and fault.allowed == "a lane from a supplier" for fault in found)
    assert not faults(tmp_path, text + back.replace("back", "supplied").replace('"newark"', '"dongguan"'))


def test_a_chain_of_warehouses_is_supplied_from_its_head(tmp_path: Path) -> None:
    onward = '\n[lane.onward]\nfrom = "newark"\nto = "idle"\nlegs = [{ name = "road", days = 5 }]\n'
    text = changed('["los-angeles", "newark"]', '["idle"]', RICH) + onward
    assert not faults(tmp_path, text)


def test_a_sku_comes_to_every_warehouse_that_serves_who_wants_it(tmp_path: Path) -> None:
    """Without zhongshan on the sea lane, what only zhongshan makes has no way; what nobody wants needs none."""
    text = changed(BY_TWO, 'from = "dongguan"', changed('["dongguan", "zhongshan"]', '["zhongshan"]', RICH))
    more = '\n[lane.slow]\nfrom = "zhongshan"\nto = "idle"\nlegs = [{ name = "barge", days = 50 }]\n'
    found = faults(tmp_path, text + more)
    assert [fault.key for fault in found] == ["sku[1].suppliers"] * 2
    assert {"los-angeles", "newark"} == {
        name for name in ("los-angeles", "newark") for f in found if repr(name) in f.what
    }
    assert "no lane brings SKU BULB to warehouse" in found[0].what
    assert found[0].allowed == "a lane from zhongshan"
    wanted = 'demand."*".organic = { law = "poisson", mean = 5 }'
    unwanted = wanted + "\ndemand.BULB.organic = { law = 'poisson', mean = 0 }"
    assert not faults(tmp_path, changed(wanted, unwanted, text + more))
    ads = "\ndemand.BULB.ads = { spend_per_day = 9, per_thousand_views = 5, ctr = 0.01, cvr = 0.02 }"
    assert len(faults(tmp_path, changed(wanted, unwanted + ads, text + more))) == 2
    assert not faults(tmp_path, text + more.replace("idle", "los-angeles"))


def test_a_post_that_sells_a_sku_wants_it_too(tmp_path: Path) -> None:
    text = changed(BY_TWO, 'from = "dongguan"', changed('["dongguan", "zhongshan"]', '["zhongshan"]', RICH))
    text += '\n[lane.slow]\nfrom = "zhongshan"\nto = "idle"\nlegs = [{ name = "barge", days = 50 }]\n'
    text = changed('demand."*"', "demand.LAMP", text)
    post = '[[planned.influencer]]\nname = "Post"\non = 2026-03-09\nskus = ["{}"]\norders = 9\n'
    fades = 'fades = { law = "exponential", mean_days = 2 }\n'
    assert not faults(tmp_path, text + post.format("CORD") + fades)
    assert len(faults(tmp_path, text + post.format("BULB") + fades)) == 2


def test_batteries_need_a_lane_that_takes_them(tmp_path: Path) -> None:
    text = changed('mode = "sea"\n', 'mode = "sea"\ntakes_batteries = false\n', RICH)
    found = faults(tmp_path, text)
    assert [(fault.key, fault.allowed) for fault in found] == [("sku[0].battery", "a lane that takes batteries")] * 2
    assert not faults(tmp_path, changed("battery = true", "battery = false", text))
    onward = changed('mode = "truck"\n', 'mode = "truck"\ntakes_batteries = false\n', RICH)
    (fault,) = faults(tmp_path, onward)
    assert "'newark'" in fault.what
    assert fault.line == line_of(onward, "battery = true")


def test_a_lane_whose_factories_do_not_make_a_sku_is_fine_while_another_brings_it(tmp_path: Path) -> None:
    """By air from dongguan alone comes no BULB of zhongshan; the sea lane brings it."""
    assert not faults(tmp_path, changed('["dongguan", "zhongshan"]', '["zhongshan"]', RICH))


def test_a_factory_with_no_share_brings_nothing(tmp_path: Path) -> None:
    text = changed("zhongshan = 0.7, dongguan = 0.3", "zhongshan = 0, dongguan = 1", RICH)
    assert not faults(tmp_path, text)
    found = faults(tmp_path, changed(BY_TWO, 'from = "zhongshan"', text))
    assert {fault.key for fault in found} == {"sku[0].battery"}, "by air come none, since it holds a battery"


def test_many_skus_without_a_way_are_told_in_one_line(tmp_path: Path) -> None:
    more = "".join(
        f'[[sku]]\nid = "S{i}"\nunit_cost = 1\nprice = 2\nbattery = true\nsuppliers = ["dongguan"]\n\n'
        for i in range(50)
    )
    text = changed("[supplier.zhongshan]", more + "[supplier.zhongshan]", changed(BY_TWO, 'from = "zhongshan"', RICH))
    found = faults(tmp_path, text)
    assert len(found) == 2
    assert "S0, S1" in found[0].what and "and 38 more" in found[0].what


# --- what fits ----------------------------------------------------------------------------------------------------


def test_only_what_a_lane_carries_must_fit(tmp_path: Path) -> None:
    """A sofa with a battery, or of a factory that the lane does not start at, need not fit into the plane."""
    small = changed("departs = { every_days = 1 }", "departs = { every_days = 1, room_m3 = 0.002 }", RICH)
    assert not faults(tmp_path, small), "lamps hold batteries and do not fly"
    (fault,) = faults(tmp_path, changed("battery = true", "battery = false", small))
    assert (fault.key, fault.line) == ("lane.air.departs.room_m3", line_of(small, "room_m3 = 0.002"))
    elsewhere = changed(
        "battery = true\nsuppliers = { zhongshan = 0.7, dongguan = 0.3 }", 'suppliers = ["zhongshan"]', small
    )
    assert not faults(tmp_path, elsewhere)


# --- holidays -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kept", "key"),
    [
        ('closures = ["spring-festival"]', "supplier.zhongshan.closures[0]"),
        ("seasons", "lane.sea.departs.seasons[0].around"),
    ],
)
def test_spring_festival_is_known_for_some_years(kept: str, key: str, tmp_path: Path) -> None:
    text = RICH.split("[[surprise.disruption]]")[0]
    old = 'closures = ["spring-festival", "golden-week", { on = 2026-03-10, days = 3 }]'
    season = ', seasons = [{ around = "spring-festival", before_days = 7, after_days = 28, cancelled = 0.2 }]'
    text = changed(old, kept if "closures" in kept else 'closures = ["golden-week"]', text)
    text = text if kept == "seasons" else changed(season, "", text)
    for known in ("1991-03-01", "2058-03-01"):
        assert not faults(tmp_path, changed("2026-03-01", known, text))
    for unknown in ("1990-03-01", "2060-03-01", "0990-03-01", "2990-03-01"):
        (fault,) = faults(tmp_path, changed("2026-03-01", unknown, text))
        assert fault.key == key
        assert "1991 to 2058" in fault.allowed
    golden = text.replace("spring-festival", "golden-week")
    assert not faults(tmp_path, changed("2026-03-01", "2990-03-01", golden))


# --- all at once --------------------------------------------------------------------------------------------------


def test_a_fault_names_file_line_key_and_what_is_allowed(tmp_path: Path) -> None:
    """Negative durations, a P95 below its P50 and duties over 1,000 %, each at its line."""
    text = changed("start_up_days = 2", "start_up_days = -2", RICH)
    text = changed("\nduty = 0.3", "\nduty = 10.5", text)
    path = tmp_path / "world.toml"
    assert [str(fault) for fault in faults(tmp_path, text)] == [
        f"{path}:{line_of(text, 'start_up_days')}: supplier.zhongshan.start_up_days: -2 is out of range; "
        "allowed: a number from 0",
        f"{path}:{line_of(text, 'duty = 10.5')}: customs.us.duty: 10.5 is out of range; allowed: a number from 0 to 10",
    ]
    text = changed("bad = 7", "bad = 3", RICH)
    assert [str(fault) for fault in faults(tmp_path, text)] == [
        f"{path}:{line_of(text, 'bad = 3')}: lane.air.legs[0].days.bad: 3.0 is below usual; allowed: from 4.0"
    ]


def test_all_nonsense_is_told_at_once(tmp_path: Path) -> None:
    text = changed("dongguan = 0.3", "dongguan = 0.4", RICH)
    text = changed("m3 = 67", "m3 = 0.001", text)
    text = changed('skus = ["BULB"]', 'skus = ["LAMP"]', text)
    text = changed('posts = ["us"]', 'posts = ["eu"]', text)
    text = changed("units = 500", "units = 1000", text)
    assert [fault.key for fault in faults(tmp_path, text)] == [
        "sku[0].suppliers",
        "supplier.zhongshan.price_breaks[1].units",
        "lane.sea.cost.container.m3",
        "customs.us.duty_steps[2].on",
        "surprise.disruption[0].customs.posts[0]",
    ]


def test_one_typing_error_is_one_fault(tmp_path: Path) -> None:
    """What cannot be judged because a name is wrong is not blamed too."""
    for old, new in (
        ('from = "dongguan"', 'from = "dongguang"'),
        ('["dongguan", "zhongshan"]', '["donguan"]'),
        ('posts = ["us"]', 'posts = ["eu"]'),
        ('lanes = ["air"]', 'lanes = ["aire"]'),
    ):
        assert len(faults(tmp_path, changed(old, new, RICH))) == 1


@settings(max_examples=150, deadline=None)
@given(luck=st.randoms(use_true_random=False))
def test_whatever_is_done_to_it_is_answered(luck: random.Random) -> None:
    observed = changed('law = "weibull", mean = 18, cv = 0.4', 'law = "empirical", file = "days.csv"', RICH)
    answered(mangled(observed, luck), **{"days.csv": b"value\n3\n4.5\n"})


# --- laid over another --------------------------------------------------------------------------------------------


def test_an_overlay_says_anew_who_makes_a_sku_and_when_a_lane_leaves(tmp_path: Path) -> None:
    """Shares and a sailing calendar are replaced as a whole: merged with the base's they would contradict it."""
    written(tmp_path, RICH)
    over = tmp_path / "over.toml"
    lines = ['extends = "world.toml"', "lane.sea.departs.every_days = 7", 'lane.air.departs.weekdays = ["Mon"]']
    lines += ["[[sku]]", 'id = "LAMP"', "suppliers = { dongguan = 1.0 }"]
    over.write_text("\n".join(lines))
    world = read_scenario(str(over))
    assert world.sku[0].suppliers == {"dongguan": 1.0}
    sea, air = world.lane["sea"].departs, world.lane["air"].departs
    assert sea is not None and (sea.every_days, sea.weekdays, sea.room_m3) == (7, (), 30)
    assert air is not None and (air.every_days, air.weekdays) == (None, ("Mon",))
