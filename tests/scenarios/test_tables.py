"""CSV tables: read as they are meant, or refused with file, line, column and value."""

import gzip
from datetime import date
from pathlib import Path

import pytest

from scenarios.reader import read_scenario
from scenarios.schema import Empirical
from tests.scenarios.texts import changed, faults, line_of, read, written

ORGANIC = 'demand.LAMP.organic = { law = "negative-binomial", mean = 20, dispersion = 1.4 }'
HISTORY_WORLD = changed(ORGANIC, 'history = { file = "demand.csv" }')
DEMAND = "date,sku,units,orders\n2026-02-19,LAMP,30,3\n2026-02-21,LAMP,2,2\n2026-02-21,BULB,7,1\n2026-04-29,LAMP,1,1\n"
STOCK_WORLD = changed("{ cover_days = 60 }", '{ file = "stock.csv" }')
ORDERS_WORLD = changed('title = "A small world"', 'title = "A small world"\nopen_order = "po.csv"')
CATALOGUE = """\
[[sku]]
id = "LAMP"
unit_cost = { CNY = 44.0 }
price = 29.90

[[sku]]
id = "BULB"
unit_cost = 1.5
price = 4
"""
SKU_WORLD = changed(CATALOGUE, "", changed("days = 60", 'days = 60\nsku = "skus.csv"'))
SKUS = "id,unit_cost,price\nLAMP,6.2,29.9\nBULB,1.5,4\n"


def test_history_becomes_dense_series(tmp_path: Path) -> None:
    history = read(tmp_path, HISTORY_WORLD, demand=DEMAND).market["us"].history
    assert history is not None
    assert history.first == date(2026, 2, 19)
    assert set(history.units) == set(history.orders) == {"LAMP", "BULB"}
    assert history.units["LAMP"] == (30, 0, 2, *[0] * 66, 1)
    assert history.orders["LAMP"][:3] == (3, 0, 2)
    assert history.units["BULB"] == (0, 0, 7, *[0] * 67)
    assert len(history.units["LAMP"]) == (date(2026, 4, 29) - date(2026, 2, 19)).days + 1


def test_history_without_orders_has_none(tmp_path: Path) -> None:
    plain = "sku,date,units\nLAMP,2026-02-19,1\nLAMP,2026-04-29,1\n"
    history = read(tmp_path, HISTORY_WORLD, demand=plain).market["us"].history
    assert history is not None
    assert history.orders == {}


def test_a_packed_table_is_read_like_a_plain_one(tmp_path: Path) -> None:
    (tmp_path / "demand.csv.gz").write_bytes(gzip.compress(DEMAND.encode()))
    packed = read_scenario(written(tmp_path, changed("demand.csv", "demand.csv.gz", HISTORY_WORLD)))
    assert packed == read(tmp_path, HISTORY_WORLD, demand=DEMAND)


@pytest.mark.parametrize("content", [b"", b"\x1f\x8b junk", gzip.compress(DEMAND.encode(), mtime=0)[:-12]])
def test_a_broken_pack_is_a_fault(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "demand.csv.gz").write_bytes(content)
    assert faults(tmp_path, changed("demand.csv", "demand.csv.gz", HISTORY_WORLD))


def test_the_order_of_rows_and_columns_and_a_byte_order_mark_do_not_matter(tmp_path: Path) -> None:
    head, *rows = DEMAND.strip().split("\n")
    mixed = "\ufeff" + "\r\n".join([head, "", *reversed(rows)]) + "\r\n"
    assert read(tmp_path, HISTORY_WORLD, demand=mixed) == read(tmp_path, HISTORY_WORLD, demand=DEMAND)


BAD_ROWS = [
    # changed, to what, line of the fault, its column, part of what it says
    ("2026-02-21,LAMP,2,2", "2026-02-30,LAMP,2,2", 3, "date", "'2026-02-30'"),
    ("2026-02-21,LAMP,2,2", "21/02/2026,LAMP,2,2", 3, "date", "'21/02/2026'"),
    ("2026-02-21,LAMP,2,2", "20260221,LAMP,2,2", 3, "date", "'20260221'"),
    ("2026-02-21,LAMP,2,2", "2026-02-21,LAMP,-2,2", 3, "units", "'-2'"),
    ("2026-02-21,LAMP,2,2", "2026-02-21,LAMP,1.5,1", 3, "units", "'1.5'"),
    ("2026-02-21,LAMP,2,2", "2026-02-21,LAMP,nan,1", 3, "units", "'nan'"),
    ("2026-02-21,LAMP,2,2", "2026-02-21,LAMP,inf,1", 3, "units", "'inf'"),
    ("2026-02-21,LAMP,2,2", "2026-02-21,LAMP,1e30,1", 3, "units", "'1e30'"),
    ("2026-02-21,LAMP,2,2", "2026-02-21,LAMP,two,1", 3, "units", "'two'"),
    ("2026-02-21,LAMP,2,2", "2026-02-21,LAMP,,1", 3, "units", "''"),
    ("2026-02-21,LAMP,2,2", "2026-02-21,,2,2", 3, "sku", "''"),
    ("2026-02-21,LAMP,2,2", "2026-02-21,LAMP,2,3", 3, "orders", "3 orders cannot make 2 units"),
    ("2026-02-21,LAMP,2,2", "2026-02-21,LAMP,2,0", 3, "orders", "0 orders cannot make 2 units"),
    ("2026-02-21,LAMP,2,2", "2026-02-19,LAMP,2,2", 3, "sku", "row for 2026-02-19 already"),
    ("2026-02-21,LAMP,2,2", "2026-02-21,LAMP,2", 3, "", "has 3 cells"),
    ("2026-02-21,LAMP,2,2", '2026-02-21,"LAMP,2,2', 5, "", "not a CSV table"),
    ("date,sku,units,orders", "date,sku,unit,orders", 1, "unit", "unknown column"),
    ("date,sku,units,orders", "date,sku,units,note", 1, "note", "unknown column"),
    ("date,sku,units,orders", "date,sku,units,units", 1, "units", "column given twice"),
    ("date,sku,units,orders", "date;sku;units;orders", 1, "", "not parted by commas"),
]


@pytest.mark.parametrize(("old", "new", "line", "column", "says"), BAD_ROWS)
def test_bad_rows_are_named(tmp_path: Path, old: str, new: str, line: int, column: str, says: str) -> None:
    found = faults(tmp_path, HISTORY_WORLD, demand=changed(old, new, DEMAND))
    first = found[0]
    assert first.file == str(tmp_path / "demand.csv")
    assert (first.line in (line, None), first.key) == (True, column)
    assert says in first.what
    assert all(fault.file == first.file for fault in found)  # a broken table is told once, not again as a missing key


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    found = faults(tmp_path, HISTORY_WORLD, demand="date,sku\n2026-02-19,LAMP\n")
    assert [(fault.line, fault.key, fault.what) for fault in found] == [(1, "units", "missing column")]


@pytest.mark.parametrize("table", ["", "\n\n", "date,sku,units\n", "date,sku,units\n\n"])
def test_a_table_without_rows_is_refused(tmp_path: Path, table: str) -> None:
    (fault,) = faults(tmp_path, HISTORY_WORLD, demand=table)
    assert fault.file.endswith("demand.csv")


def test_all_rows_are_judged_at_once_but_only_the_first_are_told(tmp_path: Path) -> None:
    rows = "".join(f"2026-02-19,S{number},-1\n" for number in range(500))
    found = faults(tmp_path, HISTORY_WORLD, demand="date,sku,units\n" + rows)
    assert 20 < len(found) < 100
    assert "more than" in found[0].what + found[-1].what


def test_a_mistyped_century_is_not_unrolled(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, HISTORY_WORLD, demand=changed("2026-02-19", "0026-02-19", DEMAND))
    assert "covers 0026-02-19 to 2026-04-29" in fault.what


def test_history_covers_every_day_that_is_needed(tmp_path: Path) -> None:
    for old, new in (("2026-02-19", "2026-02-20"), ("2026-04-29", "2026-04-28")):
        (fault,) = faults(tmp_path, HISTORY_WORLD, demand=changed(old, new, DEMAND))
        assert fault.key == "market.us.history"
        assert "the world needs 2026-02-19 to 2026-04-29" in fault.what
    assert not faults(tmp_path, HISTORY_WORLD, demand=changed("2026-02-19", "2026-02-18", DEMAND))


def test_history_knows_the_catalogue(tmp_path: Path) -> None:
    found = faults(tmp_path, HISTORY_WORLD, demand=DEMAND.replace("BULB", "BULP"))
    assert [(fault.key, fault.did_you_mean) for fault in found] == [
        ("market.us.history.units", "BULB"),
        ("market.us.history.orders", "BULB"),
    ]


def test_a_sku_has_a_history_or_a_law(tmp_path: Path) -> None:
    history = 'history = { file = "demand.csv" }'
    both = changed(history, f"{history}\n{ORGANIC}", HISTORY_WORLD)
    (fault,) = faults(tmp_path, both, demand=DEMAND)
    assert "LAMP" in fault.what


@pytest.mark.parametrize("name", ["demand.xlsx", "demand", "missing.csv"])
def test_a_table_is_a_csv_file_that_is_there(tmp_path: Path, name: str) -> None:
    text = changed("demand.csv", name, HISTORY_WORLD)
    (fault,) = faults(tmp_path, text)
    assert fault.line == line_of(text, name)


def test_a_table_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "demand.csv").write_bytes(DEMAND.encode() + "2026-04-01,灯,1,1\n".encode("gb18030"))
    (fault,) = faults(tmp_path, HISTORY_WORLD)
    assert "not UTF-8 text (line 6)" in fault.what


# --- catalogue, opening stock, open orders ------------------------------------------------------------------------


def test_a_catalogue_is_read(tmp_path: Path) -> None:
    table = "id,unit_cost,price,volume_m3,weight_kg,units_per_carton\nLAMP,6.2,29.9,0.004,0.9,12\nBULB,1.5,4,0,0,1\n"
    lamp, bulb = read(tmp_path, SKU_WORLD, skus=table).sku
    assert (lamp.id, lamp.unit_cost, lamp.volume_m3, lamp.units_per_carton) == ("LAMP", 6.2, 0.004, 12)
    assert read(tmp_path, SKU_WORLD, skus=SKUS).sku[1].price == bulb.price


def test_a_catalogue_out_of_range_is_named_at_its_row(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, SKU_WORLD, skus=changed("1.5,4", "-1.5,4", SKUS))
    assert (fault.file, fault.line, fault.key) == (str(tmp_path / "skus.csv"), 3, "sku[1].unit_cost")
    (fault,) = faults(tmp_path, SKU_WORLD, skus=changed("1.5", '"1,5"', SKUS))
    assert (fault.line, fault.key) == (3, "unit_cost")
    (fault,) = faults(tmp_path, SKU_WORLD, skus=changed("BULB", "LAMP", SKUS))
    assert (fault.line, fault.what) == (3, "SKU 'LAMP' is there twice")


def test_a_catalogue_says_which_skus_have_a_shelf_life(tmp_path: Path) -> None:
    table = "id,unit_cost,price,shelf_life_days\nLAMP,6.2,29.9,\nBULB,1.5,4,180\n"
    assert [sku.shelf_life_days for sku in read(tmp_path, SKU_WORLD, skus=table).sku] == [None, 180]
    for cell, key, allowed in (
        ("0", "sku[1].shelf_life_days", "a whole number from 1 to 36600"),
        ("1.5", "shelf_life_days", "a whole number from 0 on, or nothing"),
        ("long", "shelf_life_days", "a whole number from 0 on, or nothing"),
    ):
        (fault,) = faults(tmp_path, SKU_WORLD, skus=changed("180", cell, table))
        assert (fault.line, fault.key, fault.allowed) == (3, key, allowed)


def test_opening_stock_is_read(tmp_path: Path) -> None:
    opening = read(tmp_path, STOCK_WORLD, stock="sku,units\nLAMP,7\nBULB,0\n").warehouse["los-angeles"].opening
    assert opening.by_sku == {"LAMP": 7, "BULB": 0}


@pytest.mark.parametrize(
    "table", ["sku,units\nLAMP,7\nLAMP,8\n", "sku,units\nLAMP,-7\n", "sku,units\nLAMPS,7\n", "sku,unit\nLAMP,7\n"]
)
def test_bad_opening_stock_is_refused(tmp_path: Path, table: str) -> None:
    assert len(faults(tmp_path, STOCK_WORLD, stock=table)) in (1, 2)


def test_open_orders_are_read(tmp_path: Path) -> None:
    (order,) = read(tmp_path, ORDERS_WORLD, po="sku,warehouse,units,due\nLAMP,los-angeles,5,2026-03-09\n").open_order
    assert (order.sku, order.units, order.due) == ("LAMP", 5, date(2026, 3, 9))


@pytest.mark.parametrize(
    "row",
    [
        "LAMP,los-angeles,0,2026-03-09",
        "LAMP,newark,5,2026-03-09",
        "LAMP,los-angeles,5,soon",
        "X,los-angeles,5,2026-03-09",
    ],
)
def test_bad_open_orders_are_refused_at_their_row(tmp_path: Path, row: str) -> None:
    (fault,) = faults(tmp_path, ORDERS_WORLD, po=f"sku,warehouse,units,due\n{row}\n")
    assert (Path(fault.file).name, fault.line) == ("po.csv", 2)


def test_a_file_does_not_stand_beside_what_it_replaces(tmp_path: Path) -> None:
    text = changed('{ file = "stock.csv" }', '{ file = "stock.csv", cover_days = 3 }', STOCK_WORLD)
    (fault,) = faults(tmp_path, text, stock="sku,units\nLAMP,7\n")
    assert fault.key == "warehouse.los-angeles.opening.cover_days"


# --- observed values ----------------------------------------------------------------------------------------------

OCEAN = '{ law = "triangular", low = 13, mode = 17, high = 30 }'
OBSERVED_WORLD = changed(OCEAN, '{ law = "empirical", file = "days.csv" }')
DAYS = "value\n31\n28.5\n28.5\n0\n"


def test_observed_values_are_read(tmp_path: Path) -> None:
    """From the file, in a list of tables, in a table, and the same as if they stood in the scenario."""
    world = read(tmp_path, OBSERVED_WORLD, days=DAYS)
    assert world.lane["sea"].legs[0].days == Empirical(law="empirical", values=(31, 28.5, 28.5, 0))
    plain = changed(OCEAN, '{ law = "empirical", values = [31, 28.5, 28.5, 0] }')
    assert read(tmp_path, plain) == world
    text = changed("{ usual = 1, bad = 3 }", '{ law = "empirical", file = "days.csv" }', OBSERVED_WORLD)
    assert read(tmp_path, text, days=DAYS).customs["us"].clear_days == world.lane["sea"].legs[0].days


BAD_OBSERVED = [
    # the table, line of the fault, its column, part of what it says
    ("value\n31\n-1\n", 3, "value", "'-1' cannot be read; allowed: a number from 0 on"),
    ("value\n31\nsoon\n", 3, "value", "'soon' cannot be read"),
    ("value\nnan\n", 2, "value", "'nan' cannot be read"),
    ("value\n1e13\n", 2, "value", "'1e13' cannot be read"),
    ("value\n31\n28,5\n", 3, "", "has 2 cells"),
    ("days\n31\n", 1, "days", "unknown column; allowed: value"),
    ("value,n\n31,2\n", 1, "n", "unknown column"),
]


@pytest.mark.parametrize(("table", "line", "column", "says"), BAD_OBSERVED)
def test_bad_observations_are_named_by_file_line_and_column(
    tmp_path: Path, table: str, line: int, column: str, says: str
) -> None:
    found = faults(tmp_path, OBSERVED_WORLD, days=table)
    assert (found[0].file, found[0].line, found[0].key) == (str(tmp_path / "days.csv"), line, column)
    assert says in str(found[0])
    assert all(fault.file == found[0].file for fault in found)


@pytest.mark.parametrize("table", ["", "value\n"])
def test_no_observations_are_refused(tmp_path: Path, table: str) -> None:
    (fault,) = faults(tmp_path, OBSERVED_WORLD, days=table)
    assert fault.file == str(tmp_path / "days.csv")


def test_too_many_observations_are_refused(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, OBSERVED_WORLD, days="value\n" + "3\n" * 100_001)
    assert (fault.key, fault.what) == ("lane.sea.legs[0].days.values", "has 100001 entries")
    assert not faults(tmp_path, OBSERVED_WORLD, days="value\n" + "3\n" * 100_000)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("../days.csv", "not a file inside the scenario's own folder"),
        ("/etc/hosts.csv", "not a file inside the scenario's own folder"),
        ("other.csv", "no file 'other.csv' beside"),
        ("days.txt", "is no table"),
    ],
)
def test_observations_stand_in_the_scenarios_folder(tmp_path: Path, name: str, says: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "days.csv").write_text(DAYS)
    text = changed("days.csv", name, OBSERVED_WORLD)
    (fault,) = faults(home, text)
    assert (fault.line, fault.key) == (line_of(text, name), "lane.sea.legs[0].days.file")
    assert says in fault.what


def test_observed_values_stand_in_one_place(tmp_path: Path) -> None:
    text = changed('file = "days.csv"', 'file = "days.csv", values = [3]', OBSERVED_WORLD)
    (fault,) = faults(tmp_path, text, days=DAYS)
    assert (fault.key, fault.what) == ("lane.sea.legs[0].days.values", "cannot stand beside `file`")
    (fault,) = faults(tmp_path, changed(', file = "days.csv"', "", OBSERVED_WORLD))
    assert (fault.key, fault.what) == ("lane.sea.legs[0].days.values", "missing")
    (fault,) = faults(tmp_path, changed('"days.csv"', "3", OBSERVED_WORLD))
    assert (fault.key, fault.what) == ("lane.sea.legs[0].days.file", "3 is not text")


def test_an_overlay_replaces_observed_values(tmp_path: Path) -> None:
    written(tmp_path, OBSERVED_WORLD, days=DAYS, other="value\n9\n")
    over = tmp_path / "over.toml"
    for said, values in (('file = "other.csv"', (9,)), ("values = [4]", (4,))):
        legs = f'[{{ name = "ocean", days = {{ law = "empirical", {said} }} }}]'
        over.write_text(f'extends = "world.toml"\nlane.sea.legs = {legs}\n')
        assert read_scenario(str(over)).lane["sea"].legs[0].days == Empirical(law="empirical", values=values)
