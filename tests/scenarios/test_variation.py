"""Changing values of a world by key: what a change says, what it touches, and what it leaves alone."""

from pathlib import Path

import pytest

from scenarios.faults import ScenarioError
from scenarios.reader import read_scenario, scenario_hash, shipped_worlds
from scenarios.schema import Gamma, Percentiles, Scenario, Triangular
from scenarios.variation import Changeable, Times, changes_of, varied
from tests.scenarios.texts import SMALL, changed, read, written


def made(folder: Path, *texts: str, text: str = SMALL) -> Scenario:
    """The small world with changes as typed."""
    return varied(written(folder, text), (), changes_of(texts))


def refused(folder: Path, *texts: str, text: str = SMALL) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        made(folder, *texts, text=text)
    return [str(fault) for fault in caught.value.faults]


# --- what a change says ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("days=20", 20),
        ("days = 0.5", 0.5),
        ("days=true", True),
        ('days="x1.2"', "x1.2"),
        ("days=x1.2", Times(1.2)),
        ("days=x.5", Times(0.5)),
        ("days=sea", "sea"),
        ("days=nan", "nan"),
        ("days=-3", -3),
        ("days=[1, 2]", [1, 2]),
        ("days={ CNY = 44.0 }", {"CNY": 44.0}),
        ("days=a=b", "a=b"),
        ("days=1\nseed=2", "1\nseed=2"),
    ],
)
def test_a_value_is_read_as_toml_and_a_bare_word_as_text(text: str, value: object) -> None:
    assert changes_of([text]) == {"days": value}


def test_keys_are_kept_as_typed_and_in_their_order() -> None:
    texts = ['planned.livestream."weekly show".scale=2', "planned.livestream.weekly show.scale=3", "a.'b.c'=1"]
    assert list(changes_of(texts)) == [text.rpartition("=")[0] for text in texts]


@pytest.mark.parametrize("text", ["", "days", "=3", "a..b=3", ".a=3", "a.=3", 'a."b=3'])
def test_a_text_that_is_no_change_is_refused(text: str) -> None:
    with pytest.raises(ScenarioError, match="is no change; allowed: KEY=VALUE"):
        changes_of([text])


def test_all_faults_of_the_texts_are_told_at_once() -> None:
    with pytest.raises(ScenarioError) as caught:
        changes_of(["days=2", "days=3", "fx={", "seed="])
    told = [str(fault) for fault in caught.value.faults]
    assert [line.split(":")[0] for line in told] == ["change days", "change fx", "change seed"]
    assert "given twice" in told[0]
    assert "is not TOML" in told[1]
    assert "has no value" in told[2]


# --- what it touches ------------------------------------------------------------------------------------------------


def test_a_value_takes_the_place_of_what_stood_there(tmp_path: Path) -> None:
    world = made(tmp_path, "days=30", "sku.LAMP.price=31", "lane.sea.legs.ocean.days.mode=18", "customs.us.duty=0.3")
    ocean = world.lane["sea"].legs[0].days
    assert (world.days, world.sku[0].price, world.customs["us"].duty) == (30, 31, 0.3)
    assert ocean == Triangular(law="triangular", low=13, mode=18, high=30)
    assert world.sku[1] == read(tmp_path).sku[1]


def test_another_hash_and_nothing_else_differs(tmp_path: Path) -> None:
    base = read(tmp_path)
    world = made(tmp_path, "sku.LAMP.price=31")
    assert scenario_hash(world) != scenario_hash(base)
    back = world.model_copy(update={"sku": (world.sku[0].model_copy(update={"price": 29.9}), *world.sku[1:])})
    assert scenario_hash(back) == scenario_hash(base)
    assert scenario_hash(made(tmp_path, "sku.LAMP.price=29.9")) == scenario_hash(base)


def test_no_change_is_the_world_itself(tmp_path: Path) -> None:
    assert made(tmp_path) == read(tmp_path)


@pytest.mark.parametrize("name", [name for name, _ in shipped_worlds()])
def test_a_change_to_what_it_is_already_leaves_every_world_that_ships(name: str) -> None:
    base = Changeable.of(name)
    assert base.varied({"seed": base.scenario.seed}) == read_scenario(name)


def test_a_star_means_every_entry_of_a_list_or_table(tmp_path: Path) -> None:
    world = made(tmp_path, "sku.*.price=5", "market.*.demand.*.organic.mean=x2")
    assert [sku.price for sku in world.sku] == [5, 5]
    assert [wanted.organic.mean for wanted in world.market["us"].demand.values() if wanted.organic] == [40, 10]


def test_changes_are_made_in_the_order_given(tmp_path: Path) -> None:
    last = made(tmp_path, "sku.*.price=5", "sku.BULB.price=6")
    first = made(tmp_path, "sku.BULB.price=6", "sku.*.price=5")
    assert ([sku.price for sku in last.sku], [sku.price for sku in first.sku]) == ([5, 6], [5, 5])


def test_entries_without_a_name_are_counted_from_nought(tmp_path: Path) -> None:
    assert made(tmp_path, "customs.us.inspections.0.fee=7").customs["us"].inspections[0].fee == 7


def test_names_with_spaces_and_dots_are_quoted_where_needed(tmp_path: Path) -> None:
    text = changed('name = "Live"', 'name = "The show no. 1"', changed('name = "Sale"', 'name = "Big Sale"'))
    world = made(
        tmp_path, 'planned.livestream."The show no. 1".scale=2', "planned.promotion.Big Sale.lift=3", text=text
    )
    assert (world.planned.livestream[0].scale, world.planned.promotion[0].lift) == (2, 3)


def test_a_key_of_the_schema_may_be_said_for_the_first_time(tmp_path: Path) -> None:
    world = made(tmp_path, "lane.sea.departs.every_days=7", "fx.EUR=0.9", "market.us.prices.LAMP=25")
    assert world.lane["sea"].departs is not None
    assert (world.lane["sea"].departs.every_days, world.fx["EUR"], world.market["us"].prices) == (7, 0.9, {"LAMP": 25})


def test_what_speaks_for_the_same_thing_is_dropped(tmp_path: Path) -> None:
    world = made(
        tmp_path, "warehouse.los-angeles.opening.units=9", "sku.LAMP.unit_cost.USD=6", "sku.BULB.unit_cost.CNY=9"
    )
    assert (world.warehouse["los-angeles"].opening.units, world.warehouse["los-angeles"].opening.cover_days) == (
        9,
        None,
    )
    assert [sku.unit_cost for sku in world.sku] == [{"USD": 6}, {"CNY": 9}]


# --- what a factor does ---------------------------------------------------------------------------------------------


def test_a_factor_multiplies_numbers_and_money(tmp_path: Path) -> None:
    world = made(tmp_path, "sku.*.unit_cost=x1.5")
    assert [sku.unit_cost for sku in world.sku] == [{"CNY": 66.0}, 2.25]


def test_a_factor_multiplies_what_the_world_leaves_to_its_default(tmp_path: Path) -> None:
    assert made(tmp_path, "warehouse.los-angeles.capital_rate_per_year=x2").warehouse[
        "los-angeles"
    ].capital_rate_per_year == pytest.approx(0.2)


def test_a_factor_on_a_law_multiplies_its_sizes_alone(tmp_path: Path) -> None:
    world = made(tmp_path, "supplier.zhongshan.make_days=x2", "customs.us.clear_days=x2", "lane.sea.legs.*.days=x2")
    assert world.supplier["zhongshan"].make_days == Gamma(law="gamma", low=10, mean=44, cv=0.3)
    assert world.customs["us"].clear_days == Percentiles(usual=2, bad=6)
    assert world.lane["sea"].legs[0].days == Triangular(law="triangular", low=26, mode=34, high=60)
    assert world.lane["sea"].legs[1] == read(tmp_path).lane["sea"].legs[1], "a leg through customs has no days"


def test_a_whole_number_stays_whole(tmp_path: Path) -> None:
    world = made(tmp_path, "days=x0.51", "supplier.zhongshan.make_days.mean=x0.51", "planned.promotion.Sale.lift=x0.51")
    assert world.days == 31
    assert world.supplier["zhongshan"].make_days == Gamma(law="gamma", low=5, mean=22 * 0.51, cv=0.3)
    assert world.planned.promotion[0].lift == pytest.approx(1.02)


def test_a_factor_multiplies_every_number_of_a_list(tmp_path: Path) -> None:
    text = changed("dispersion = 1.4", f"dispersion = 1.4, season = {[1.0] * 12}")
    organic = made(tmp_path, "market.us.demand.LAMP.organic.season=x0.5", text=text).market["us"].demand["LAMP"].organic
    assert organic is not None
    assert organic.season == (0.5,) * 12


# --- shocks ---------------------------------------------------------------------------------------------------------


def test_shocks_are_laid_over_the_changed_world() -> None:
    plain = varied("black-friday", ("tariff-step",), {})
    assert plain == read_scenario("black-friday", ("tariff-step",))
    both = varied("black-friday", ("tariff-step",), {"customs.us.duty": 0.1})
    assert both.customs["us"].duty == 0.1
    assert both.surprise == plain.surprise


# --- what is refused ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("lan.sea.fifo=true", "change lan.sea.fifo: a scenario has no 'lan'; did you mean 'lane'?"),
        ("sku.LAMB.price=3", "change sku.LAMB.price: sku has no 'LAMB'; did you mean 'LAMP'?"),
        (
            "sku.LAMP.unit_cots=3",
            "change sku.LAMP.unit_cots: sku.LAMP has no 'unit_cots'; did you mean 'unit_cost'?",
        ),
        (
            "lane.sea.legs.ocean.days.mdoe=3",
            "change lane.sea.legs.ocean.days.mdoe: lane.sea.legs.ocean.days has no 'mdoe'; did you mean 'mode'?",
        ),
        ("lane.river.to=x", "change lane.river.to: lane has no 'river'; allowed: sea"),
        ("days.mean=3", "change days.mean: days has no parts: 60"),
        ("sku.LAMP.price=-3", "change sku.LAMP.price: -3 is out of range; allowed: a number from 0"),
        ("lane.sea.mode=boat", "change lane.sea.mode: 'boat' is not known; allowed: sea, air, rail, express, truck"),
        ("lane.sea.to=mars", "change lane.sea.to: no warehouse 'mars'; allowed: los-angeles"),
        ("title=x2", "change title: 'A small world' cannot be multiplied; allowed: a number, a list of numbers"),
        ("lane.sea.cost=x2", "change lane.sea.cost: a table cannot be multiplied"),
        ("lane.sea.departs=x2", "change lane.sea.departs: nothing is there that a factor could multiply"),
        ("lane.sea.fifo=x2", "change lane.sea.fifo: False cannot be multiplied"),
        ("surprise.suspension.*.scale=2", "change surprise.suspension.*.scale: names no entry of this world"),
        ("lane.sea.*=3", "change lane.sea.*: lane.sea has no '*'; allowed: from, to, mode"),
    ],
)
def test_a_change_that_means_nothing_is_named_with_what_is_near(tmp_path: Path, text: str, told: str) -> None:
    faults = refused(tmp_path, text)
    assert len(faults) == 1
    assert faults[0].startswith(told)


def test_all_faults_of_the_changes_are_told_at_once(tmp_path: Path) -> None:
    assert len(refused(tmp_path, "lan.x=1", "sku.LAMP.prize=1")) == 2
    values = refused(tmp_path, "sku.LAMP.price=-1", "lane.sea.mode=boat")
    assert [line.split(":")[0] for line in values] == ["change sku.LAMP.price", "change lane.sea.mode"]


def test_a_change_that_a_later_one_drops_does_no_harm(tmp_path: Path) -> None:
    world = made(tmp_path, "warehouse.los-angeles.opening.cover_days=5", "warehouse.los-angeles.opening.units=9")
    assert world.warehouse["los-angeles"].opening.cover_days is None


def test_a_refused_change_leaves_the_world_as_it_was(tmp_path: Path) -> None:
    base = Changeable.of(written(tmp_path))
    with pytest.raises(ScenarioError):
        base.varied({"sku.*.price": -1})
    assert base.varied({"seed": 1}) == read(tmp_path)
