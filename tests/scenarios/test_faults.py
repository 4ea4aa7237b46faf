"""Faults of keys and values: all at once, each with its place, what is allowed, and the nearest name."""

from pathlib import Path

import pytest

from scenarios.faults import Fault, ScenarioError, key_text
from scenarios.reader import read_scenario
from tests.scenarios.texts import SMALL, changed, faults, line_of, written


def test_a_fault_reads_as_promised() -> None:
    fault = Fault("file.toml", 8, "sku[0].unit_cots", "unknown key", did_you_mean="unit_cost")
    assert str(fault) == "file.toml:8: sku[0].unit_cots: unknown key; did you mean 'unit_cost'?"


def test_a_mistyped_key_reads_as_promised(tmp_path: Path) -> None:
    text = changed("unit_cost = 1.5", "unit_cots = 1.5\nunit_cost = 1.5")
    path = written(tmp_path, text)
    with pytest.raises(ScenarioError) as caught:
        read_scenario(path)
    line = line_of(text, "unit_cots")
    assert str(caught.value) == f"{path}:{line}: sku[1].unit_cots: unknown key; did you mean 'unit_cost'?"


def test_keys_that_need_quotes_have_them() -> None:
    assert key_text(("market", "a b", "demand", "X.1", 2)) == "market.'a b'.demand.'X.1'[2]"


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = changed("days = 60", "days = -1")
    text = changed("price = 29.90", 'price = "29,90"', text)
    text = changed('law = "triangular"', 'law = "triangel"', text)
    text = changed("lift = 2", "", text)
    text = changed("per_day = 0.1", "per_day = 0.1\nsurprising = true", text)
    found = {fault.key: fault for fault in faults(tmp_path, text)}
    assert set(found) == {
        "days",
        "sku[0].price",
        "lane.sea.legs[0].days.law",
        "planned.promotion[0].lift",
        "surprise.video[0].surprising",
    }
    lines = [fault.line for fault in found.values()]
    assert lines == sorted(filter(None, lines))
    assert found["lane.sea.legs[0].days.law"].did_you_mean == "triangular"
    assert found["lane.sea.legs[0].days.law"].line == line_of(text, "triangel")


BAD_VALUES = [
    # key, what stands there, a value that is refused, a neighbour that is not
    ("days", "days = 60", "days = 0", "days = 20"),
    ("days", "days = 60", "days = 1_000_000_000", "days = 36_600"),
    ("days", "days = 60", "days = 60.5", "days = 61"),
    ("days", "days = 60", 'days = "60"', "days = 61"),
    ("days", "days = 60", "days = true", "days = 21"),
    ("start", "start = 2026-03-01", 'start = "2026-03-01"', "start = 2026-02-28"),
    ("start", "start = 2026-03-01", "start = 2026-03-01T00:00:00", "start = 2026-03-02"),
    ("currency", 'currency = "USD"', 'currency = "usd"', 'currency = "EUR"'),
    ("fx.CNY", "CNY = 7.1", "CNY = 0", "CNY = 0.001"),
    ("fx.cny", "CNY = 7.1", "CNY = 7, cny = 7.1", "CNY = 7, EUR = 0.9"),
    ("sku[0].price", "price = 29.90", "price = -1", "price = 0"),
    ("sku[0].price", "price = 29.90", "price = nan", "price = 29"),
    ("sku[0].price", "price = 29.90", "price = inf", "price = 1e12"),
    ("sku[0].price", "price = 29.90", "price = { CNY = 1, USD = 2 }", "price = { CNY = 1 }"),
    ("sku[0].price", "price = 29.90", "price = {}", "price = { USD = 2 }"),
    ("sku[0].unit_cost.CNY", "CNY = 44.0", 'CNY = "44"', "CNY = 44"),
    ("sku[0].id", 'id = "LAMP"', 'id = ""\n[other]\nid="LAMP"', 'id = "LAMP"'),
    ("supplier.zhongshan.make_days.mean", "mean = 22", "mean = 0", "mean = 23"),
    ("supplier.zhongshan.make_days", "make_days = {", 'make_days = "gamma"\n[x]\nx = {', "make_days = {"),
    ("lane.sea.legs", "legs = [", "legs = []\nold = [", "legs = ["),
    ("lane.sea.legs[1].post", 'post = "us"', "post = 3", 'post = "us"'),
    ("customs.us.inspections[0].chance", "chance = 0.05", "chance = 1.5", "chance = 1"),
    ("market.us.served_by", 'served_by = ["los-angeles"]', 'served_by = "los-angeles"', 'served_by = ["los-angeles"]'),
    ("market.us.fees.platform", "platform = 0.06", "platform = nan", "platform = 0"),
    ("market.us.demand.*.organic.law", 'law = "poisson"', 'law = "poison"', 'law = "poisson"'),
    ("planned.promotion[0].lift", "lift = 2", "lift = 0.5", "lift = 1"),
    ("surprise.video[0].fades.law", 'law = "exponential"', 'law = "fast"', 'law = "exponential"'),
]


@pytest.mark.parametrize(("key", "old", "bad", "good"), BAD_VALUES)
def test_bad_values_are_refused_and_their_neighbours_are_not(
    tmp_path: Path, key: str, old: str, bad: str, good: str
) -> None:
    text = changed(old, bad)
    found = {fault.key.replace("'", ""): fault for fault in faults(tmp_path, text)}
    assert key in found
    assert found[key].line is not None
    assert found[key].allowed or found[key].did_you_mean
    assert not faults(tmp_path, changed(old, good))


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    keys = {fault.key: fault.what for fault in faults(tmp_path, "")}
    assert {"title", "start", "days", "sku", "supplier", "lane", "warehouse", "market"} <= set(keys)
    assert set(keys.values()) == {"missing"}


def test_an_unknown_key_far_from_all_lists_what_is_allowed(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, changed("price = 4", "price = 4\nzzz = 1"))
    assert "volume_m3" in fault.allowed


def test_long_values_are_shortened(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, changed("days = 60", f'days = "{"x" * 10_000}"'))
    assert len(str(fault)) < 1_000


def test_the_untouched_text_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, SMALL) == ()
