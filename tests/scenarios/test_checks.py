"""What a scenario must mean: each rejected case beside an accepted neighbour."""

from pathlib import Path

import pytest

from tests.scenarios.texts import SMALL, changed, faults, read

CASES = [
    # key of the fault, part of what it says, text changed, to a refused one, to an accepted one
    ("sku[1].id", "twice", 'id = "BULB"', 'id = "LAMP"', 'id = "LAMP-2"'),
    ("sku[1].id", "stands for every", 'id = "BULB"', 'id = "*"', 'id = "**"'),
    ("lane.sea.from", "no supplier 'zhongshn'", 'from = "zhongshan"', 'from = "zhongshn"', 'from = "zhongshan"'),
    ("lane.sea.to", "no warehouse 'la'", 'to = "los-angeles"', 'to = "la"', 'to = "los-angeles"'),
    ("lane.sea.legs[1].post", "no customs post 'usa'", 'post = "us"', 'post = "usa"', 'post = "us"'),
    ("lane.sea.legs[1].name", "twice", 'name = "customs"', 'name = "ocean"', 'name = "Ocean"'),
    ("lane.sea.legs[1]", "has days and post", 'post = "us"', 'post = "us", days = 1', "days = 1"),
    ("lane.sea.legs[1]", "has neither", ', post = "us"', "", ', post = "us"'),
    ("market.us.served_by[0]", "no warehouse", '["los-angeles"]', '["los-angelos"]', '["los-angeles"]'),
    ("market.us.served_by", "twice", '["los-angeles"]', '["los-angeles", "los-angeles"]', '["los-angeles"]'),
    ("market.us.demand.LAMPE", "no SKU 'LAMPE'", "demand.LAMP.", "demand.LAMPE.", "demand.LAMP."),
    ("market.us.fees", "take 1.06", "platform = 0.06", "platform = 0.06, creator = 1.0", "platform = 0, creator = 1"),
    ("sku[0].unit_cost", "no rate for CNY", "fx = { CNY = 7.1 }", "fx = {}", "fx = { CNY = 7 }"),
    ("sku[1].price", "no rate for EUR", "price = 4", "price = { EUR = 4 }", "price = { USD = 4 }"),
    ("customs.us.inspections[0].fee", "no rate", "fee = 300", "fee = { GBP = 3 }", "fee = { CNY = 3 }"),
    ("customs.us.inspections", "sum to 1.05", "[{ chance", "[{ chance = 1.0, days = 1 }, { chance", "[{ chance"),
    ("supplier.zhongshan.make_days.mean", "not above low", "mean = 22", "mean = 5", "mean = 5.5"),
    ("supplier.zhongshan.make_days.cv", "too wide", "cv = 0.3", "cv = 1000", "cv = 3"),
    ("lane.sea.legs[0].days.mode", "not between", "mode = 17", "mode = 31", "mode = 30"),
    ("customs.us.clear_days.bad", "below usual", "bad = 3", "bad = 0.9", "bad = 1"),
    ("customs.us.clear_days.high", "below low", "{ usual = 1, bad = 3 }", "{ law = 'uniform', low = 2, high = 1 }",
     "{ law = 'uniform', low = 2, high = 2 }"),
    ("customs.us.clear_days.chances", "sum to", "{ usual = 1, bad = 3 }",
     "{ law = 'discrete', values = [1, 2], chances = [0.5, 0.6] }",
     "{ law = 'discrete', values = [1, 2], chances = [0.5, 0.5] }"),
    ("customs.us.clear_days.chances", "has 1 entries", "{ usual = 1, bad = 3 }",
     "{ law = 'discrete', values = [1, 2], chances = [1] }", "{ law = 'discrete', values = [1, 2] }"),
    ("warehouse.los-angeles.opening", "cover_days and units", "cover_days = 60", "cover_days = 60, units = 3",
     "units = 3"),
    ("warehouse.los-angeles.opening.by_sku", "LAMPS", "cover_days = 60", "by_sku = { LAMPS = 3 }",
     "by_sku = { LAMP = 3 }"),
    ("market.us.demand.*.organic.dispersion", "means nothing", "mean = 5 }", "mean = 5, dispersion = 2 }",
     "mean = 5, dispersion = 1 }"),
    ("market.us.demand.*.organic.sd", "means nothing", "mean = 5 }", "mean = 5, sd = 2 }", "mean = 5, sd = 0 }"),
    ("market.us.demand.*.organic.weekday", "averages 2", "mean = 5 }", "mean = 5, weekday = [2,2,2,2,2,2,2] }",
     "mean = 5, weekday = [0,0,1,1,1,2,2] }"),
    ("planned.livestream[0]", "has neither", "days_of_pace = 3", "", "orders = 3"),
    ("planned.livestream[0]", "orders and days_of_pace", "days_of_pace = 3", "days_of_pace = 3\norders = 3",
     "days_of_pace = 3"),
    ("planned.livestream[0].name", "twice", 'name = "Live"', 'name = "Sale"', 'name = "Sales"'),
    ("planned.livestream[0].name", "twice", 'name = "Live"', 'name = "organic"', 'name = "Organic"'),
    ("customs.us.others_per_day", "nobody queues", "[customs.us]", "[customs.us]\nothers_per_day = 3",
     "[customs.us]\nothers_per_day = 3\ndesks = 9"),
    ("surprise.video[0].skus[0]", "no SKU 'LAMPS'", 'skus = ["LAMP"]', 'skus = ["LAMPS"]', 'skus = ["*"]'),
    ("surprise.video[0].markets[0]", "no market 'uk'", 'name = "Viral"', 'name = "Viral"\nmarkets = ["uk"]',
     'name = "Viral"\nmarkets = ["us"]'),
]  # fmt: skip


@pytest.mark.parametrize(("key", "says", "old", "bad", "good"), CASES)
def test_nonsense_is_refused_and_its_neighbour_is_not(
    tmp_path: Path, key: str, says: str, old: str, bad: str, good: str
) -> None:
    found = [fault for fault in faults(tmp_path, changed(old, bad)) if fault.key.replace("'", "") == key]
    assert len(found) == 1
    assert says in found[0].what
    assert found[0].line is not None
    assert not faults(tmp_path, changed(old, good))


@pytest.mark.parametrize(
    ("says", "bad", "good"),
    [("before the year 1", "0001-01-05", "0001-03-05"), ("after the year 9999", "9999-12-01", "9999-10-01")],
)
def test_every_day_is_one_the_calendar_has(tmp_path: Path, says: str, bad: str, good: str) -> None:
    text = SMALL.split("[[planned.promotion]]")[0]
    (fault,) = faults(tmp_path, changed("2026-03-01", bad, text))
    assert fault.key == "start" and says in fault.what
    assert not faults(tmp_path, changed("2026-03-01", good, text))


def test_an_event_finds_demand_to_act_on(tmp_path: Path) -> None:
    text = changed('demand."*".organic = { law = "poisson", mean = 5 }', "")
    (fault,) = faults(tmp_path, changed("lift = 2", 'lift = 2\nskus = ["BULB"]', text))
    assert fault.key == "planned.promotion[0]"
    assert "'Sale' finds nothing to act on" in fault.what
    assert not faults(tmp_path, changed("lift = 2", 'lift = 2\nskus = ["LAMP"]', text))


def test_a_world_fits_into_memory(tmp_path: Path) -> None:
    more = "".join(f'[[sku]]\nid = "S{number}"\nunit_cost = 1\nprice = 1\n' for number in range(3_000))
    text = changed("[[sku]]", more + "[[sku]]")
    (fault,) = faults(tmp_path, changed("days = 60", "days = 36_600\nslot_hours = 1", text))
    assert "too large" in fault.what
    assert not faults(tmp_path, changed("days = 60", "days = 3_660\nslot_hours = 1", text))


def test_a_warehouse_that_serves_needs_a_lane(tmp_path: Path) -> None:
    text = changed('served_by = ["los-angeles"]', 'served_by = ["los-angeles", "newark"]') + "\n[warehouse.newark]\n"
    (fault,) = faults(tmp_path, text)
    assert "no lane reaches" in fault.what
    lane = '[lane.east]\nfrom = "zhongshan"\nto = "newark"\nlegs = [{ name = "x", days = 1 }]'
    assert not faults(tmp_path, text + lane)
    assert not faults(tmp_path, SMALL + "\n[warehouse.idle]\n")


def test_a_market_wants_something(tmp_path: Path) -> None:
    text = changed('skus = ["LAMP"]', 'markets = ["us"]') + '\n[market.uk]\nserved_by = ["los-angeles"]\n'
    (fault,) = faults(tmp_path, text)
    assert fault.key == "market.uk"
    assert not faults(tmp_path, text + 'demand.LAMP.organic = { law = "poisson", mean = 1 }')
    assert not faults(tmp_path, changed('markets = ["us"]', 'markets = ["uk"]', text))


def test_open_orders_are_checked(tmp_path: Path) -> None:
    order = '\n[[open_order]]\nsku = "{}"\nwarehouse = "{}"\nunits = 5\ndue = {}\n'
    assert not faults(tmp_path, SMALL + order.format("LAMP", "los-angeles", "2026-03-01"))
    for sku, place, due, key in [
        ("LAMPS", "los-angeles", "2026-03-01", "open_order[0].sku"),
        ("LAMP", "los-angelos", "2026-03-01", "open_order[0].warehouse"),
        ("LAMP", "los-angeles", "2026-02-28", "open_order[0].due"),
    ]:
        assert [fault.key for fault in faults(tmp_path, SMALL + order.format(sku, place, due))] == [key]


def test_all_nonsense_is_told_at_once(tmp_path: Path) -> None:
    text = changed('to = "los-angeles"', 'to = "la"')
    text = changed("mode = 17", "mode = 99", text)
    text = changed('skus = ["LAMP"]', 'skus = ["LAMPS"]', text)
    keys = {fault.key for fault in faults(tmp_path, text)}
    assert {"lane.sea.to", "lane.sea.legs[0].days.mode", "surprise.video[0].skus[0]"} <= keys


def test_power_fading_may_be_slow_because_it_is_cut(tmp_path: Path) -> None:
    slow = '{ law = "power", exponent = 0.4, cut_days = 90 }'
    assert read(tmp_path, changed('{ law = "exponential", mean_days = 5 }', slow))
