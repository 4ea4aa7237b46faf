"""Streams, events and market rules that make no sense: each rejected case beside an accepted neighbour."""

from pathlib import Path

import pytest

from tests.scenarios.texts import SMALL, changed, faults, line_of

RICH = (
    SMALL.replace('id = "LAMP"', 'id = "LAMP"\ngroup = "light"')
    .replace('id = "BULB"', 'id = "BULB"\ngroup = "light"')
    .replace(
        "fees = { platform = 0.06 }",
        """fees = { platform = 0.06 }
waits = 0.2
preorders = 0.5
waits_at_most_days = 30
ad_account = { quality = 2 }
switches = 0.3
reserves = { LAMP = 5, "*" = 1 }
returns = { by_group = { light = 0.1 }, after_days = 9 }
hours = [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5]
demand.LAMP.ads = { spend_per_day = 9, per_thousand_views = 5, ctr = 0.01, cvr = 0.02, pushes = [{ on = 2026-03-03, days = 2, factor = 2 }] }
demand.LAMP.business = { orders_per_day = 0.1, units_per_order = 50 }""",
    )
    .replace("lift = 2\n", "lift = 2\npulls_forward = 0.3\n")
    .replace("days_of_pace = 3\n", "past_units = [40, 60]\npeak_hour = 1\n")
    .replace("per_day = 0.1\n", "per_day = 0.1\nspills = 0.1\nbreeds = { share = 0.5, after_days = 2 }\n")
    + """
[[planned.influencer]]
name = "Post"
on = 2026-03-09
orders = 90
fades = { law = "exponential", mean_days = 2 }

[[surprise.suspension]]
name = "Ban"
on = 2026-03-10
appeal_days = 3

[[surprise.balance_outage]]
name = "Empty"
per_year = 2
hours = 12
"""
)
"""A world that says everything once."""
AT_US, FADES = "market.us.", 'fades = { law = "exponential", mean_days = 2 }'

CASES = [
    # key of the fault, part of what it says, text changed, to a refused one, to an accepted one
    (AT_US + "preorders", "below waits", "preorders = 0.5", "preorders = 0.1", "preorders = 0.2"),
    (AT_US + "waits_at_most_days", "nobody waits", "waits = 0.2\npreorders = 0.5", "", "preorders = 0.5"),
    (AT_US + "limits", "nobody waits", "waits = 0.2\npreorders = 0.5\nwaits_at_most_days = 30", "limits = {}",
     "preorders = 0.5\nlimits = {}"),
    (AT_US + "switches", "out of range", "switches = 0.3", "switches = 1.1", "switches = 1"),
    (AT_US + "reserves.LAMPS", "no SKU 'LAMPS'", "reserves = { LAMP", "reserves = { LAMPS", "reserves = { BULB"),
    (AT_US + "returns.by_group.lamps", "no group 'lamps'", "{ light = 0.1 }", "{ lamps = 0.1 }", "{}"),
    (AT_US + "hours", "averages 1.021", "hours = [0.5", "hours = [1.0", "hours = [0.6"),
    (AT_US + "hours", "24", "hours = [0.5, ", "hours = [", "hours = [0.5, "),
    (AT_US + "demand.LAMP.ads.per_thousand_views", "cost nothing", "_views = 5", "_views = 0", "_views = 0.1"),
    (AT_US + "demand.LAMP.ads.cvr", "quality is 1.2", "cvr = 0.02,", "cvr = 0.6,", "cvr = 0.5,"),
    (AT_US + "demand.LAMP.ads.pushes[0].on", "outside", "on = 2026-03-03", "on = 2026-05-01", "on = 2026-04-29"),
    (AT_US + "demand.LAMP.ads.most", "out of range", "cvr = 0.02,", "cvr = 0.02, most = 0.5,", "cvr = 0.02, most = 1,"),
    (AT_US + "demand.LAMP.business.units_per_order.mean", "out of range", "units_per_order = 50",
     'units_per_order = { law = "geometric", mean = 0.5 }', 'units_per_order = { law = "geometric", mean = 1 }'),
    ("planned.promotion[0].lift", "out of range", "lift = 2\n", "lift = 0\n", "lift = 1\n"),
    ("planned.promotion[0].lift", "out of range", "lift = 2\n", "lift = 10_000\n", "lift = 10\n"),
    ("planned.promotion[0]", "on and occasion", "on = 2026-03-20", 'on = 2026-03-20\noccasion = "christmas"', "on = 2026-03-21"),
    ("planned.promotion[0]", "neither", "on = 2026-03-20", "", "on = 2026-03-21"),
    ("planned.promotion[0].occasion", "allowed", "on = 2026-03-20", 'occasion = "xmas"', "on = 2026-03-21"),
    ("planned.promotion[0].on", "outside", "on = 2026-03-20", "on = 2026-04-30", "on = 2026-04-29"),
    ("planned.promotion[0].on", "outside", "on = 2026-03-20", "on = 2026-02-04", "on = 2026-02-05"),
    ("planned.promotion[0].occasion", "never between", "on = 2026-03-20", 'occasion = "christmas"',
     'occasion = "spring-festival"'),
    ("planned.promotion[0].pulls_forward", "pulls forward 15 days", "pulls_forward = 0.3", "pulls_forward = 1\ndays = 15",
     "pulls_forward = 1\ndays = 14"),
    ("planned.livestream[0]", "past_units", "past_units = [40, 60]", "past_units = [40, 60]\nlift = 3", "lift = 3"),
    ("planned.livestream[0].lift", "take orders away", "past_units = [40, 60]", "lift = 0.9", "lift = 1"),
    ("planned.livestream[0].lift", "0.5 would take", "past_units = [40, 60]", 'lift = { law = "fixed", value = 0.5 }',
     'lift = { law = "fixed", value = 1 }'),
    ("planned.livestream[0].lift", "0.9 would take", "past_units = [40, 60]",
     'lift = { law = "discrete", values = [0, 3], chances = [0.7, 0.3] }',
     'lift = { law = "discrete", values = [0, 3], chances = [0.6, 0.4] }'),
    ("planned.livestream[0].lift.chances", "3 entries", "past_units = [40, 60]",
     'lift = { law = "discrete", values = [0, 1], chances = [0.5, 0.3, 0.2] }', 'lift = { usual = 1, bad = 2 }'),
    ("planned.livestream[0].past_units", "one value", "[40, 60]", "[40]", "[40, 40]"),
    ("planned.livestream[0].past_units", "0 throughout", "[40, 60]", "[0, 0]", "[0, 1]"),
    ("planned.livestream[0].peak_hour", "after its end", "peak_hour = 1", "peak_hour = 3.5", "peak_hour = 3"),
    ("planned.livestream[0].first_on", "outside", "first_on = 2026-03-05", "first_on = 2026-04-30",
     "first_on = 2026-04-29"),
    ("planned.influencer[0]", "neither", "orders = 90\n", "", "days_of_pace = 3\n"),
    ("planned.influencer[0]", "orders and past_units", "orders = 90\n", "orders = 90\npast_units = [4, 5]\n",
     "past_units = [4, 5]\n"),
    ("planned.influencer[0].on", "outside", "on = 2026-03-09", "on = 2026-02-18", "on = 2026-02-19"),
    ("planned.influencer[0].skus[0]", "no SKU 'LAMPS'", 'name = "Post"', 'name = "Post"\nskus = ["LAMPS"]',
     'name = "Post"\nskus = ["LAMP"]'),
    ("planned.influencer[0].name", "twice", 'name = "Post"', 'name = "ads"', 'name = "Ads"'),
    ("surprise.video[0].breeds.share", "out of range", "share = 0.5", "share = 1", "share = 0.99"),
    ("surprise.video[0].per_day", "videos a replication", "share = 0.5, after_days = 2",
     "share = 0.9999, after_days = 200", "share = 0.9, after_days = 200"),
    ("surprise.video[0].fades.exponent", "missing", 'law = "exponential", mean_days = 5', 'law = "power", cut_days = 9',
     'law = "power", exponent = 0.5, cut_days = 9'),
    ("surprise.suspension[0].on", "outside", "on = 2026-03-10", "on = 2026-04-30", "on = 2026-04-29"),
    ("surprise.suspension[0]", "on and per_year", "on = 2026-03-10", "on = 2026-03-10\nper_year = 1", "per_year = 1"),
    ("surprise.balance_outage[0]", "neither", "per_year = 2\n", "", "on = 2026-03-11\n"),
    ("surprise.balance_outage[0].on", "outside", "per_year = 2\n", "on = 2025-03-11\n", "on = 2026-03-01\n"),
    ("surprise.balance_outage[0].name", "twice", 'name = "Empty"', 'name = "Ban"', 'name = "Void"'),
    ("surprise.suspension[0].markets[0]", "no market 'uk'", 'name = "Ban"', 'name = "Ban"\nmarkets = ["uk"]',
     'name = "Ban"\nmarkets = ["us"]'),
]  # fmt: skip


@pytest.mark.parametrize(("key", "says", "old", "bad", "good"), CASES)
def test_nonsense_is_refused_and_its_neighbour_is_not(
    tmp_path: Path, key: str, says: str, old: str, bad: str, good: str
) -> None:
    text = changed(old, bad, RICH)
    found = [fault for fault in faults(tmp_path, text) if fault.key.replace("'", "") == key]
    assert len(found) == 1
    assert says in str(found[0])
    assert found[0].line is not None
    assert not faults(tmp_path, changed(old, good, RICH))


def test_a_fault_names_file_line_key_and_what_is_allowed(tmp_path: Path) -> None:
    text = changed("on = 2026-03-10", "on = 2026-06-10", RICH)
    (fault,) = faults(tmp_path, text)
    line = line_of(text, "on = 2026-06-10")
    assert str(fault) == (
        f"{tmp_path / 'world.toml'}:{line}: surprise.suspension[0].on: 2026-06-10 is outside this world; "
        "allowed: from 2026-02-19 to 2026-04-29"
    )


def test_without_groups_nobody_switches_and_nothing_spills(tmp_path: Path) -> None:
    text = changed('group = "light"', "", RICH)
    text = changed("returns = { by_group = { light = 0.1 }, after_days = 9 }\n", "", text)
    assert {fault.key for fault in faults(tmp_path, text)} == {"market.us.switches", "surprise.video[0].spills"}
    text = changed("switches = 0.3\n", "", changed("spills = 0.1\n", "", text))
    assert not faults(tmp_path, text)


def test_what_stops_ads_finds_some(tmp_path: Path) -> None:
    (ads,) = [line for line in RICH.splitlines() if line.startswith("demand.LAMP.ads")]
    keys = [fault.key for fault in faults(tmp_path, changed(ads, "", RICH))]
    assert keys == ["surprise.suspension[0]", "surprise.balance_outage[0]"]


def test_a_budget_is_spent_while_buyers_are_there(tmp_path: Path) -> None:
    text = changed("hours = [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 1, ", "hours = [0, 0, 0, 0, 0, 0, 4, ", RICH)
    (fault,) = faults(tmp_path, changed("cvr = 0.02,", "cvr = 0.02, spent_within_hours = 6,", text))
    assert "nobody buys in these hours" in str(fault)
    assert not faults(tmp_path, changed("cvr = 0.02,", "cvr = 0.02, spent_within_hours = 7,", text))


def test_a_market_may_live_from_ads_business_or_a_post(tmp_path: Path) -> None:
    text = SMALL + '\n[market.uk]\nserved_by = ["los-angeles"]\n'
    text = changed('name = "Viral"', 'name = "Viral"\nmarkets = ["us"]', text)
    post = f'[[planned.influencer]]\nname = "Post"\non = 2026-03-09\npast_units = [4, 5]\n{FADES}\n'
    ads = "demand.LAMP.ads = { spend_per_day = 9, per_thousand_views = 5, ctr = 0.01, cvr = 0.02 }\n"
    business = "demand.LAMP.business = { orders_per_day = 1, units_per_order = 5 }\n"
    assert [fault.key for fault in faults(tmp_path, text)] == ["market.uk"]
    for living in (post, ads, business):
        assert not faults(tmp_path, text + living)


def test_chinese_new_year_is_known_for_some_years(tmp_path: Path) -> None:
    text = SMALL.split("[[planned.promotion]]")[0] + '[[planned.promotion]]\nname = "Sale"\nlift = 2\n'
    text += 'occasion = "spring-festival"\n'
    assert not faults(tmp_path, changed("start = 2026-03-01", "start = 2060-02-01", text))
    (fault,) = faults(tmp_path, changed("start = 2026-03-01", "start = 2061-02-01", text))
    assert fault.key == "planned.promotion[0].occasion" and "1990 to 2060" in fault.allowed


@pytest.mark.parametrize("rule", ["listing = { falls_per_day = 0.1, half_life_days = 5 }", "waits = 0.5\nlimits = {}"])
def test_observed_orders_are_not_thinned(rule: str, tmp_path: Path) -> None:
    market = '\n[market.uk]\nserved_by = ["los-angeles"]\nhistory = { file = "demand.csv" }\n'
    rows = "".join(f"2026-{month:02}-{day:02},LAMP,4{{}}\n" for month in (2, 3, 4) for day in range(1, 29))
    more = "2026-03-29,LAMP,4{}\n2026-04-29,LAMP,4{}\n"
    with_orders = "date,sku,units,orders\n" + (rows + more).replace("{}", ",2")
    without = "date,sku,units\n" + (rows + more).replace("{}", "")
    (fault,) = faults(tmp_path, SMALL + market + rule, demand=with_orders)
    assert fault.key == "market.uk.history.orders"
    assert not faults(tmp_path, SMALL + market + rule, demand=without)
    assert not faults(tmp_path, SMALL + market, demand=with_orders)
