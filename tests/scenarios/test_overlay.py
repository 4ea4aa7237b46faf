"""`extends`: what an overlay says replaces what its base says, and nothing else."""

from pathlib import Path

import pytest

from scenarios.faults import ScenarioError
from scenarios.reader import read_scenario
from scenarios.schema import Gamma, Percentiles, Scenario
from tests.scenarios.texts import SMALL, changed, line_of, read, written


def laid(folder: Path, over: str, base: str = SMALL) -> Scenario:
    """The overlay's world, its base beside it."""
    written(folder, base)
    return read_scenario(overlay(folder, over))


def overlay(folder: Path, over: str) -> str:
    path = folder / "over.toml"
    path.write_text('extends = "world.toml"\n' + over, encoding="utf-8")
    return str(path)


def refused(folder: Path, over: str, base: str = SMALL) -> str:
    with pytest.raises(ScenarioError) as caught:
        laid(folder, over, base)
    return str(caught.value)


def test_an_empty_overlay_changes_nothing(tmp_path: Path) -> None:
    assert laid(tmp_path, "") == read(tmp_path)


def test_tables_merge_by_key(tmp_path: Path) -> None:
    world = laid(tmp_path, "days = 30\nsupplier.zhongshan.order_at_least = 200")
    assert (world.days, world.title) == (30, "A small world")
    assert world.supplier["zhongshan"].order_at_least == 200
    assert world.supplier["zhongshan"].make_days == read(tmp_path).supplier["zhongshan"].make_days


def test_lists_of_tables_merge_by_id_or_name(tmp_path: Path) -> None:
    over = """
    lane.sea.legs = [{ name = "ocean", late = { chance = 0.4, days = 5 } }, { name = "drayage", days = 2 }]
    [[sku]]
    id = "BULB"
    price = 5
    [[sku]]
    id = "CORD"
    unit_cost = 1
    price = 2
    """
    world = laid(tmp_path, over)
    assert [(sku.id, sku.price) for sku in world.sku] == [("LAMP", 29.9), ("BULB", 5), ("CORD", 2)]
    ocean, customs, drayage = world.lane["sea"].legs
    assert ocean.late is not None
    assert ocean.days == read(tmp_path).lane["sea"].legs[0].days
    assert (customs.post, drayage.days) == ("us", 2)


def test_a_law_keeps_its_other_parameters_and_another_law_does_not(tmp_path: Path) -> None:
    kept = laid(tmp_path, "supplier.zhongshan.make_days = { mean = 30 }").supplier["zhongshan"].make_days
    assert kept == Gamma(law="gamma", mean=30, cv=0.3, low=5)
    other = laid(tmp_path, "supplier.zhongshan.make_days = { usual = 20, bad = 35 }").supplier["zhongshan"].make_days
    assert other == Percentiles(usual=20, bad=35)
    assert laid(tmp_path, 'customs.us.clear_days = { law = "fixed", value = 1 }')


def test_what_speaks_for_the_same_thing_replaces_it(tmp_path: Path) -> None:
    over = """
    sku = [{ id = "LAMP", unit_cost = { USD = 5 } }]
    warehouse.los-angeles.opening = { units = 9 }
    lane.sea.legs = [{ name = "customs", days = 2 }]
    planned.livestream = [{ name = "Live", orders = 100 }]
    """
    world = laid(tmp_path, over)
    assert world.sku[0].unit_cost == {"USD": 5}
    opening = world.warehouse["los-angeles"].opening
    assert (opening.units, opening.cover_days) == (9, None)
    assert (world.lane["sea"].legs[1].days, world.lane["sea"].legs[1].post) == (2, None)
    assert world.planned.livestream[0].days_of_pace is None


def test_remove_takes_an_entry_out(tmp_path: Path) -> None:
    over = '[[planned.promotion]]\nname = "Sale"\nremove = true\n[market.us.demand."*"]\nremove = true\n'
    world = laid(tmp_path, over)
    assert world.planned.promotion == ()
    assert list(world.market["us"].demand) == ["LAMP"]


def test_remove_of_what_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    over = '[[planned.promotion]]\nname = "Sail"\nremove = true\n[lane.air]\nremove = true\n'
    text = refused(tmp_path, over)
    assert "nothing of the name 'Sail' to remove" in text
    assert "did you mean 'Sale'?" in text
    assert f"over.toml:{line_of(over, '[lane.air]') + 1}: lane.air: nothing of the name 'air' to remove" in text


def test_remove_needs_a_base(tmp_path: Path) -> None:
    (tmp_path / "world.toml").write_text(SMALL + "\n[customs.eu]\nremove = true\n")
    with pytest.raises(ScenarioError, match=r"customs.eu.remove: unknown key"):
        read_scenario(str(tmp_path / "world.toml"))


def test_faults_name_the_file_that_said_it(tmp_path: Path) -> None:
    text = refused(tmp_path, "days = -3\n", changed("price = 4", "price = -4"))
    assert f"{tmp_path / 'over.toml'}:2: days: -3" in text
    assert f"{tmp_path / 'world.toml'}:{line_of(SMALL, 'price = 4')}: sku[1].price: -4" in text


def test_overlays_lie_over_overlays_and_never_in_a_circle(tmp_path: Path) -> None:
    laid(tmp_path, "days = 30")
    (tmp_path / "top.toml").write_text('extends = "over.toml"\nseed = 9')
    world = read_scenario(str(tmp_path / "top.toml"))
    assert (world.days, world.seed, world.title) == (30, 9, "A small world")
    written(tmp_path, 'extends = "top.toml"')
    with pytest.raises(ScenarioError, match="in a circle") as caught:
        read_scenario(str(tmp_path / "top.toml"))
    assert len(caught.value.faults) == 1
    written(tmp_path, 'extends = "world.toml"')
    with pytest.raises(ScenarioError, match="in a circle"):
        read_scenario(str(tmp_path / "world.toml"))


def test_a_world_that_ships_is_a_base_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('extends = "gift-shop"\n[[sku]]\nid = "85123A"\nprice = 3.5\n')
    mine, base = read_scenario(str(path)), read_scenario("gift-shop")
    assert [sku.price for sku in mine.sku if sku.id == "85123A"] == [3.5]
    assert [sku.id for sku in mine.sku] == [sku.id for sku in base.sku]
    assert mine.market == base.market


@pytest.mark.parametrize(
    ("base", "says"), [('"gift-shp"', "did you mean 'gift-shop'"), ("3", "is not text"), ("[]", "is not text")]
)
def test_a_base_that_is_none_is_refused(tmp_path: Path, base: str, says: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(f"extends = {base}\n")
    with pytest.raises(ScenarioError, match=says) as caught:
        read_scenario(str(path))
    assert caught.value.faults[0].key == "extends"


def test_a_table_named_anew_replaces_the_base_table(tmp_path: Path) -> None:
    (tmp_path / "stock.csv").write_text("sku,units\nLAMP,7\n")
    (tmp_path / "skus.csv").write_text("id,unit_cost,price\nLAMP,1,2\n")
    world = laid(tmp_path, 'sku = "skus.csv"\nwarehouse.los-angeles.opening = { file = "stock.csv" }')
    assert [sku.id for sku in world.sku] == ["LAMP"]
    assert world.warehouse["los-angeles"].opening.by_sku == {"LAMP": 7}
