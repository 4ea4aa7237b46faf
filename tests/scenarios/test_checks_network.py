"""Warehouses, markets and who orders from whom: each case that makes no sense beside an accepted neighbour."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.faults import Fault
from scenarios.promises import promised_days
from scenarios.reader import read_scenario
from scenarios.schema import Delivery, Gamma, Handling, Market, Percentiles, Rent, Term
from tests.scenarios.test_mutants import answered, mangled
from tests.scenarios.texts import SMALL, changed, faults, line_of, read, written

NETWORK = """\
title = "A hub, a bonded warehouse and goods bought after the order"
start = 2026-03-01
days = 60
slot_hours = 6
currency = "USD"
fx = { CNY = 7.1 }

[[sku]]
id = "VITAMIN"
unit_cost = 6
price = 29.90
volume_m3 = 0.001
units_per_carton = 40
shelf_life_days = 540

[[sku]]
id = "CREAM"
unit_cost = 20
price = 60
volume_m3 = 0.002

[[sku]]
id = "WATCH"
unit_cost = 900
price = 2000
suppliers = ["geneva"]

[supplier.perth]
[supplier.geneva]

[lane.sea]
from = "perth"
to = "hub"
legs = [{ name = "ocean", days = 20 }]

[lane.north]
from = "hub"
to = "ningbo"
replenishes = true
legs = [{ name = "road", days = 3 }]

[lane.south]
from = "hub"
to = "nansha"
replenishes = true
legs = [{ name = "road", days = 4 }]

[lane.across]
from = "ningbo"
to = "nansha"
legs = [{ name = "road", days = 2 }]

[warehouse.hub]
capacity_m3 = 50
overflow = { then = "queue", per_m3_day = { CNY = 9 } }

[warehouse.ningbo]
bonded = true
capacity_m3 = 20
overflow = { then = "refuse", per_m3 = 15 }
ships_after_order = ["WATCH"]
opening = { by_sku = { VITAMIN = 100 } }
term = { days = 365, then = "return", per_unit = 0.1, credit = 0.5 }
rent = { per_m3_day = 0.8, aged = [{ from_days = 181, per_m3_day = 1 }, { from_days = 271, per_m3_day = 4 }], crowding = { over_weeks = 26, per_m3_day = 2 } }
handling = { per_unit_in = 0.1, per_m3_in = 2, per_order_out = 0.6, per_unit_out = 0.2 }
disposal = { per_unit = 0.3, per_m3 = 20 }
dispatch_orders_per_day = 500
shrinkage_per_year = 0.01
record = { miscounts = 0.02, off_by = 0.1, counted_every_days = 90, sync_hours = 12, known_after_days = 1 }

[warehouse.nansha]
ships_after_order = ["WATCH"]

[warehouse.mail]
ships_after_order = ["WATCH", "CREAM"]

[market.east]
served_by = ["ningbo", "mail"]
accepts = [{ within_days = 3, share = 1.0 }, { within_days = 6, share = 0.7 }, { within_days = 12, share = 0.2 }]
patient = 0.1
prices = { CREAM = { CNY = 450 } }
stock_share = 0.6
fees = { platform = 0.1, creator = 0.2 }
limits = {}
delivery.ningbo = { days = { usual = 2, bad = 4 }, per_order = 2, per_kg = 1, tax = 0.09, tax_per_order = 0.5 }
delivery.mail = { days = { law = "gamma", mean = 9.5, low = 5, cv = 0.2 }, promise_days = 10 }
demand."*".organic = { law = "poisson", mean = 5 }

[market.west]
served_by = ["ningbo", "nansha"]
stock_share = 0.4
demand."*".organic = { law = "poisson", mean = 3 }

[market.south]
served_by = ["nansha", "mail"]
reserves = { VITAMIN = 10 }
demand.VITAMIN.organic = { law = "poisson", mean = 3 }
demand.WATCH.organic = { law = "poisson", mean = 0.1 }
"""
"""A world that says everything about warehouses and markets once."""
NINGBO, EAST = "warehouse.ningbo.", "market.east."
MAIL_DAYS = '{ law = "gamma", mean = 9.5, low = 5, cv = 0.2 }'
LAST = ", { within_days = 12, share = 0.2 }]"
ACROSS, BACK = 'from = "ningbo"\nto = "nansha"\n', 'from = "ningbo"\nto = "hub"\n'
BOUGHT_BY_MAIL = 'ships_after_order = ["WATCH", "CREAM"]'

CASES = [
    # key of the fault, part of what it says, text changed, to a refused one, to an accepted one
    # --- rooms
    ("warehouse.hub.capacity_m3", "not said what becomes", 'overflow = { then = "queue", per_m3_day = { CNY = 9 } }\n', "",
     'overflow = { then = "rent" }\n'),
    ("warehouse.hub.overflow", "without capacity_m3 everything fits", "capacity_m3 = 50\n", "", "capacity_m3 = 49\n"),
    ("warehouse.hub.overflow.then", "refuse, rent, queue", 'then = "queue"', 'then = "wait"', 'then = "rent"'),
    ("warehouse.hub.overflow.per_m3_day", "no rate for EUR", "per_m3_day = { CNY = 9 }", "per_m3_day = { EUR = 9 }",
     "per_m3_day = { USD = 9 }"),
    ("warehouse.hub.overflow.per_m3", "nothing is turned away", 'then = "queue"', 'then = "queue", per_m3 = 3',
     'then = "queue", per_m3 = 0'),
    (NINGBO + "overflow.per_m3_day", "takes no room", "per_m3 = 15", "per_m3_day = { CNY = 15 }", "per_m3_day = 0"),
    ("warehouse.hub.capacity_m3", "0.03 m3 is less than one carton of SKU 'VITAMIN' with 0.04", "capacity_m3 = 50",
     "capacity_m3 = 0.03", "capacity_m3 = 0.04"),
    ("warehouse.hub.capacity_m3", "above 0", "capacity_m3 = 50", "capacity_m3 = 0", "capacity_m3 = 1"),
    # --- surcharges, terms, books
    (NINGBO + "rent.aged[1].from_days", "181 is not above the 181", "from_days = 271", "from_days = 181", "from_days = 182"),
    (NINGBO + "rent.aged[0].from_days", "from 1 to", "from_days = 181", "from_days = 0", "from_days = 1"),
    (NINGBO + "rent.crowding.over_weeks", "above 0", "over_weeks = 26", "over_weeks = 0", "over_weeks = 0.5"),
    (NINGBO + "rent.crowding.sales_days", "from 7", "over_weeks = 26", "over_weeks = 26, sales_days = 6",
     "over_weeks = 26, sales_days = 7"),
    (NINGBO + "term.credit", "destroyed", 'then = "return"', 'then = "destruction"', 'then = "return"'),
    (NINGBO + "term.days", "from 1 to", "term = { days = 365", "term = { days = 0", "term = { days = 1"),
    (NINGBO + "sell_off_share", "bonded stock cannot be sold off", "bonded = true", "bonded = true\nsell_off_share = 0.3",
     "bonded = false\nsell_off_share = 0.3"),
    (NINGBO + "shrinkage_per_year", "to below 1", "shrinkage_per_year = 0.01", "shrinkage_per_year = 1",
     "shrinkage_per_year = 0.99"),
    (NINGBO + "record.off_by", "off by nothing", "off_by = 0.1", "off_by = 0", "off_by = 0.01"),
    (NINGBO + "record.sync_hours", "no whole number of slots of 6 hours; allowed: 6 or 12", "sync_hours = 12",
     "sync_hours = 8", "sync_hours = 6"),
    ("warehouse.hub.record.sync_hours", "no market shows", "capacity_m3 = 50", "capacity_m3 = 50\nrecord = { sync_hours = 6 }",
     "capacity_m3 = 50\nrecord = { sync_hours = 0 }"),
    (NINGBO + "record.known_after_days", "from 0 to 60", "known_after_days = 1", "known_after_days = 61",
     "known_after_days = 60"),
    (NINGBO + "record.counted_every_days", "from 1", "counted_every_days = 90", "counted_every_days = 0",
     "counted_every_days = 1"),
    (NINGBO + "handling.per_unit_inn", "did you mean 'per_unit_in'", "per_unit_in = 0.1", "per_unit_inn = 0.1",
     "per_unit_in = { CNY = 0.1 }"),
    ("sku[0].shelf_life_days", "from 1 to", "shelf_life_days = 540", "shelf_life_days = 0", "shelf_life_days = 1"),
    # --- bought after the order
    ("warehouse.mail.ships_after_order[1]", "did you mean 'CREAM'", '["WATCH", "CREAM"]', '["WATCH", "CREEM"]',
     '["CREAM", "WATCH"]'),
    ("warehouse.mail.ships_after_order[2]", "'CREAM' is there twice", '["WATCH", "CREAM"]', '["WATCH", "CREAM", "CREAM"]',
     '["WATCH", "CREAM", "VITAMIN"]'),
    (NINGBO + "opening.by_sku.WATCH", "holds no stock of SKU 'WATCH'", "VITAMIN = 100", "WATCH = 1", "WATCH = 0"),
    ("market.south.reserves.WATCH", "'nansha' holds no stock", "{ VITAMIN = 10 }", "{ WATCH = 1 }", "{ WATCH = 0 }"),
    ("open_order[0].sku", "'mail' holds no stock of SKU 'WATCH'", "[supplier.perth]",
     '[[open_order]]\nsku = "WATCH"\nwarehouse = "mail"\nunits = 1\ndue = 2026-03-02\n[supplier.perth]',
     '[[open_order]]\nsku = "WATCH"\nwarehouse = "hub"\nunits = 1\ndue = 2026-03-02\n[supplier.perth]'),
    ("sku[2].suppliers", "no lane brings SKU WATCH to warehouse 'nansha'", '[warehouse.nansha]\nships_after_order = ["WATCH"]',
     "[warehouse.nansha]", '[warehouse.nansha]\nships_after_order = ["WATCH", "CREAM"]'),
    ("market.east.served_by[1]", "no lane reaches warehouse 'mail'", BOUGHT_BY_MAIL, "", "opening = { units = 9 }"),
    ("market.east.served_by[1]", "no lane reaches warehouse 'mail'", BOUGHT_BY_MAIL, "opening = { by_sku = { CREAM = 0 } }",
     "opening = { by_sku = { CREAM = 1 } }"),
    ("market.east.served_by[1]", "no lane reaches warehouse 'mail'", BOUGHT_BY_MAIL, "opening = { cover_days = 0 }",
     '[[open_order]]\nsku = "CREAM"\nwarehouse = "mail"\nunits = 1\ndue = 2026-03-02\n'),
    # --- deliveries and prices
    (EAST + "delivery.hub", "warehouse 'hub' does not serve this market; allowed: ningbo, mail", "delivery.mail =",
     "delivery.hub =", "delivery.mail ="),
    (EAST + "delivery.male", "did you mean 'mail'", "delivery.mail =", "delivery.male =", "delivery.mail ="),
    (EAST + "delivery.mail.days.mean", "not above low", "mean = 9.5", "mean = 5", "mean = 6"),
    (EAST + "delivery.mail.promise_days", "can never be kept: the last mile takes 5 at least", "promise_days = 10",
     "promise_days = 4.9", "promise_days = 5"),
    (EAST + "delivery.ningbo.tax", "1.01 of the price", "tax = 0.09", "tax = 0.71", "tax = 0.7"),
    (EAST + "prices", "did you mean 'CREAM'", "CREAM = { CNY = 450 }", "CREEM = 450", "CREAM = 450"),
    (EAST + "prices.CREAM", "no rate for EUR", "{ CNY = 450 }", "{ EUR = 45 }", "{ USD = 45 }"),
    (EAST + "prices.CREAM", "from 0", "{ CNY = 450 }", "-1", "0"),
    # --- who takes a promise
    (EAST + "accepts[1].within_days", "3 is not above the 3", "within_days = 6", "within_days = 3", "within_days = 3.5"),
    (EAST + "accepts[1].share", "1 is above the 0.9", "share = 1.0 }, { within_days = 6, share = 0.7",
     "share = 0.9 }, { within_days = 6, share = 1.0", "share = 0.7 }, { within_days = 6, share = 0.7"),
    (EAST + "accepts", "2 days is shorter than any route: the shortest, from warehouse 'ningbo', promises 3 days",
     "accepts = [{ within_days = 3, share = 1.0 }, { within_days = 6, share = 0.7 }" + LAST,
     "accepts = [{ within_days = 2, share = 1.0 }]", "accepts = [{ within_days = 3, share = 1.0 }]"),
    (EAST + "accepts", "nobody buys by any route: the shortest, from warehouse 'ningbo'", "share = 1.0 }, { within_days = 6, share = 0.7 }" + LAST,
     "share = 0 }]", "share = 0.01 }]"),
    (EAST + "patient", "from 0 to 1", "patient = 0.1", "patient = 1.1", "patient = 1"),
    # --- who gets what of one shelf
    ("market.west.stock_share", "splits over one: east, west keep 1.1 of warehouse 'ningbo'", "stock_share = 0.4",
     "stock_share = 0.5", "stock_share = 0"),
    ("market.west.reserves", "split by stock_share of east", "stock_share = 0.4", "reserves = { CREAM = 3 }",
     "waits = 0.1"),
    ("market.east.reserves", "split by stock_share of east, west", "stock_share = 0.6",
     'stock_share = 0.6\nreserves = { "*" = 3 }', "stock_share = 0.5"),
    # --- who orders from whom
    ("lane.sea.replenishes", "starts at supplier 'perth'", 'to = "hub"', 'to = "hub"\nreplenishes = true',
     'to = "hub"\nreplenishes = false'),
    ("lane.north.replenishes", "in a circle: hub -> ningbo -> hub", ACROSS, BACK + "replenishes = true\n", BACK),
]  # fmt: skip


@pytest.mark.parametrize(("key", "says", "old", "bad", "good"), CASES)
def test_nonsense_is_refused_and_its_neighbour_is_not(
    tmp_path: Path, key: str, says: str, old: str, bad: str, good: str
) -> None:
    found = [fault for fault in faults(tmp_path, changed(old, bad, NETWORK)) if _key(fault) == key]
    assert len(found) == 1
    assert says in str(found[0])
    assert found[0].file == str(tmp_path / "world.toml") and found[0].line is not None
    assert not faults(tmp_path, changed(old, good, NETWORK))


def _key(fault: Fault) -> str:
    return fault.key.replace("'", "")


def test_the_world_that_says_everything_is_read(tmp_path: Path) -> None:
    world = read(tmp_path, NETWORK)
    ningbo, east = world.warehouse["ningbo"], world.market["east"]
    assert ningbo.term == Term(days=365, then="return", per_unit=0.1, credit=0.5)
    assert [band.from_days for band in ningbo.rent.aged] == [181, 271]
    assert (ningbo.bonded, ningbo.ships_after_order, world.lane["south"].replenishes) == (True, ("WATCH",), True)
    assert (east.prices, east.stock_share, east.patient) == ({"CREAM": {"CNY": 450}}, 0.6, 0.1)
    assert east.delivery["mail"].days == Gamma(law="gamma", mean=9.5, low=5, cv=0.2)
    assert (world.sku[0].shelf_life_days, world.sku[1].shelf_life_days) == (540, None)


def test_a_world_that_says_nothing_of_all_this_has_none_of_it(tmp_path: Path) -> None:
    """Room, time and patience without end, prices of the catalogue, one pool, and moves by playbooks only."""
    world = read(tmp_path, SMALL)
    (warehouse,), (market,), (lane,) = world.warehouse.values(), world.market.values(), world.lane.values()
    assert (warehouse.capacity_m3, warehouse.overflow, warehouse.term, warehouse.record) == (None, None, None, None)
    assert (warehouse.bonded, warehouse.dispatch_orders_per_day, warehouse.ships_after_order) == (False, None, ())
    assert (warehouse.shrinkage_per_year, warehouse.handling, warehouse.rent) == (0, Handling(), Rent())
    assert (market.delivery, market.accepts, market.patient, market.prices, market.stock_share) == ({}, (), 0, {}, None)
    assert (lane.replenishes, world.sku[0].shelf_life_days) == (False, None)


# --- promises -----------------------------------------------------------------------------------------------------


def test_what_is_not_promised_is_the_mean_rounded_up() -> None:
    """Usual 2 days and bad 4: mean 2 exp((ln 2 / 1.645)^2 / 2) = 2.19."""
    delivery = {
        "said": Delivery(days=7.0, promise_days=7.5),
        "law": Delivery(days=Percentiles(usual=2, bad=4)),
        "whole": Delivery(days=3.0),
        "fraction": Delivery(days=Gamma(law="gamma", mean=3.01, cv=0.5)),
    }
    market = Market(served_by=(*delivery, "none"), delivery=delivery)
    promised = {name: promised_days(market, name) for name in market.served_by}
    assert promised == {"said": 7.5, "law": 3, "whole": 3, "fraction": 4, "none": 0}


LEAST = [
    # a law, the least it can take, and a little less
    ("6", "6", "5.9"),
    ('{ law = "fixed", value = 6 }', "6", "5.9"),
    ('{ law = "uniform", low = 4, high = 9 }', "4", "3.9"),
    ('{ law = "triangular", low = 4, mode = 5, high = 9 }', "4", "3.9"),
    ('{ law = "lognormal", low = 3, mean = 6, cv = 0.2 }', "3", "2.9"),
    ('{ law = "weibull", low = 3, mean = 6, cv = 0.2 }', "3", "2.9"),
    ('{ law = "geometric", mean = 6 }', "1", "0.9"),
    ('{ law = "discrete", values = [2, 5, 9], chances = [0, 0.5, 0.5] }', "5", "4.9"),
    ('{ law = "discrete", values = [2, 5, 9] }', "2", "1.9"),
    ('{ law = "empirical", values = [7, 5, 9] }', "5", "4.9"),
]  # fmt: skip


@pytest.mark.parametrize(("law", "least", "less"), LEAST)
def test_a_promise_is_one_that_can_be_kept(tmp_path: Path, law: str, least: str, less: str) -> None:
    text = changed(MAIL_DAYS, law, NETWORK)
    (fault,) = faults(tmp_path, changed("promise_days = 10", f"promise_days = {less}", text))
    assert fault.key == EAST + "delivery.mail.promise_days"
    assert fault.allowed == f"from {least}"
    assert not faults(tmp_path, changed("promise_days = 10", f"promise_days = {least}", text))


def test_usual_and_bad_days_have_no_least(tmp_path: Path) -> None:
    text = changed(MAIL_DAYS, "{ usual = 6, bad = 9 }", NETWORK)
    assert not faults(tmp_path, changed("promise_days = 10", "promise_days = 0", text))


def test_a_fallback_may_be_too_slow_for_every_buyer(tmp_path: Path) -> None:
    """Only a market that no warehouse reaches in time is refused, whichever of them comes first."""
    text = changed("promise_days = 10", "promise_days = 90", NETWORK)
    assert not faults(tmp_path, text)
    assert not faults(tmp_path, changed('["ningbo", "mail"]', '["mail", "ningbo"]', text))
    (fault,) = faults(tmp_path, changed("{ usual = 2, bad = 4 }", "13", text))
    assert "promises 13 days" in fault.what
    assert fault.allowed == "a last entry with within_days from 13"
    assert fault.line == line_of(text, "accepts = [")


def test_accepted_promises_thin_no_observed_orders(tmp_path: Path) -> None:
    wanted = 'demand."*".organic = { law = "poisson", mean = 5 }'
    text = changed(wanted, 'history = { file = "demand.csv" }', changed("limits = {}\n", "", NETWORK))
    rows = "2026-03-01,CREAM,4{}\n2026-04-29,CREAM,4{}\n"
    (fault,) = faults(tmp_path, text, demand="date,sku,units,orders\n" + rows.replace("{}", ",2"))
    assert fault.key == "market.east.history.orders"
    assert not faults(tmp_path, text, demand="date,sku,units\n" + rows.replace("{}", ""))


# --- what a platform limits ---------------------------------------------------------------------------------------


def test_limits_act_where_a_warehouse_is_late_or_sells_what_it_has_not(tmp_path: Path) -> None:
    (record,) = [line for line in NETWORK.splitlines() if line.startswith("record = ")]
    neither = changed("dispatch_orders_per_day = 500\n", "", changed(record, "", NETWORK))
    (fault,) = faults(tmp_path, neither)
    assert fault.key == EAST + "limits"
    assert "dispatch_orders_per_day or record" in fault.allowed
    for more in ("dispatch_orders_per_day = 500", "record = { miscounts = 0.1 }"):
        assert not faults(tmp_path, changed("shrinkage_per_year", more + "\nshrinkage_per_year", neither))
    assert not faults(tmp_path, changed("limits = {}", "limits = {}\nwaits = 0.1", neither))


# --- reach --------------------------------------------------------------------------------------------------------


def test_what_is_bought_after_the_order_takes_no_room(tmp_path: Path) -> None:
    """A WATCH of 60 m3 is never in ningbo's 20 m3, nor in the hub, where no lane brings it."""
    large = changed("price = 2000", "price = 2000\nvolume_m3 = 60", NETWORK)
    assert not faults(tmp_path, large)
    brought = changed('from = "perth"', 'from = ["perth", "geneva"]', large)
    (fault,) = faults(tmp_path, brought)
    assert fault.key == "warehouse.hub.capacity_m3"
    assert "one carton of SKU 'WATCH' with 60" in fault.what


def test_a_sku_nobody_buys_after_the_order_needs_a_lane(tmp_path: Path) -> None:
    text = changed(BOUGHT_BY_MAIL, 'ships_after_order = ["CREAM"]', NETWORK)
    text = text.replace('ships_after_order = ["WATCH"]\n', "")
    (fault,) = faults(tmp_path, text)
    assert fault.key == "sku[2].suppliers"
    assert "SKU 'WATCH' is without supply" in fault.what


# --- circles ------------------------------------------------------------------------------------------------------

LANE = '\n[lane.{0}-{1}]\nfrom = "{0}"\nto = "{1}"\nreplenishes = true\nlegs = [{{ name = "road", days = 5 }}]\n'


def test_each_circle_of_orders_is_told_once(tmp_path: Path) -> None:
    """hub -> ningbo -> nansha -> hub by three lanes, and a circle of two others beside it."""
    ring = changed(ACROSS, ACROSS + "replenishes = true\n", NETWORK)
    assert not faults(tmp_path, ring)
    places = "".join(f"\n[warehouse.{name}]\n" for name in ("a", "b"))
    supplied = LANE.format("perth", "a").replace("replenishes = true\n", "")
    text = changed('to = "nansha"\nreplenishes = true', 'to = "nansha"', ring) + places + supplied
    text += LANE.format("nansha", "hub") + LANE.format("a", "b") + LANE.format("b", "a")
    found = {fault.key: fault.what.split(": ")[1] for fault in faults(tmp_path, text)}
    assert found == {"lane.north.replenishes": "hub -> ningbo -> nansha -> hub", "lane.a-b.replenishes": "a -> b -> a"}


def test_a_warehouse_that_feeds_itself_is_told_once(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, changed('from = "hub"\nto = "nansha"', 'from = "nansha"\nto = "nansha"', NETWORK))
    assert fault.key == "lane.south.from"


# --- all at once --------------------------------------------------------------------------------------------------


def test_a_fault_names_file_line_key_and_what_is_allowed(tmp_path: Path) -> None:
    text = changed("from_days = 271", "from_days = 90", NETWORK)
    text = changed("promise_days = 10", "promise_days = 4", text)
    path = tmp_path / "world.toml"
    assert [str(fault) for fault in faults(tmp_path, text)] == [
        f"{path}:{line_of(text, 'from_days = 90')}: warehouse.ningbo.rent.aged[1].from_days: "
        "90 is not above the 181 of the band before; allowed: from 182",
        f"{path}:{line_of(text, 'promise_days = 4')}: market.east.delivery.mail.promise_days: "
        "4 days can never be kept: the last mile takes 5 at least; allowed: from 5",
    ]


def test_all_nonsense_is_told_at_once(tmp_path: Path) -> None:
    text = changed("capacity_m3 = 50\n", "", NETWORK)
    text = changed('then = "return"', 'then = "destruction"', text)
    text = changed('["WATCH", "CREAM"]', '["WATCH", "CREEM"]', text)
    text = changed("within_days = 6, share = 0.7", "within_days = 2, share = 0.7", text)
    text = changed("stock_share = 0.4", "stock_share = 0.5", text)
    assert [fault.key for fault in faults(tmp_path, text)] == [
        "warehouse.hub.overflow",
        "warehouse.ningbo.term.credit",
        "warehouse.mail.ships_after_order[1]",
        "market.east.accepts[1].within_days",
        "market.west.stock_share",
    ]


def test_one_typing_error_is_one_fault(tmp_path: Path) -> None:
    for old, new in (
        ('served_by = ["ningbo", "mail"]', 'served_by = ["ningbo", "male"]'),
        ("[{ within_days = 3,", "[{ within_days = 30,"),
        ("delivery.mail =", "delivery.male ="),
        ('suppliers = ["geneva"]', 'suppliers = ["genova"]'),
        ('from = "perth"', 'from = "pert"'),
    ):
        assert len(faults(tmp_path, changed(old, new, NETWORK))) == 1, new


@settings(max_examples=150, deadline=None)
@given(luck=st.randoms(use_true_random=False))
def test_whatever_is_done_to_it_is_answered(luck: random.Random) -> None:
    answered(mangled(NETWORK, luck))


# --- laid over another --------------------------------------------------------------------------------------------


def test_an_overlay_replaces_a_price_whatever_its_currency(tmp_path: Path) -> None:
    written(tmp_path, NETWORK)
    over = tmp_path / "over.toml"
    lines = ['extends = "world.toml"', "market.east.prices = { CREAM = { USD = 61 }, VITAMIN = 31 }"]
    over.write_text("\n".join([*lines, "warehouse.ningbo.capacity_m3 = 30", "market.east.delivery.ningbo.tax = 0.11"]))
    world, base = read_scenario(str(over)), read(tmp_path, NETWORK)
    assert world.market["east"].prices == {"CREAM": {"USD": 61}, "VITAMIN": 31}
    assert world.warehouse["ningbo"].overflow == base.warehouse["ningbo"].overflow
    assert world.market["east"].delivery["ningbo"].tax == 0.11
    assert world.market["east"].delivery["ningbo"].days == base.market["east"].delivery["ningbo"].days
