"""What ships: loads, says what it is, and holds the data it claims to hold."""

import gzip
import hashlib
import re
import time
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import pytest

from scenarios.calendar import season_of
from scenarios.laws import mean
from scenarios.reader import read_scenario, read_shock, scenario_hash, shipped_shocks, shipped_worlds
from scenarios.reading.files import shelf, shipped
from scenarios.schema import (
    Acceptance,
    AgedRent,
    CancelSeason,
    Closure,
    Container,
    Crowding,
    CustomsPost,
    Delivery,
    Demurrage,
    Departures,
    Disposal,
    DutyStep,
    Freight,
    Handling,
    Inspection,
    Lane,
    Late,
    Leg,
    Market,
    Overflow,
    Part,
    PriceBreak,
    Refusal,
    Rent,
    Rush,
    Scenario,
    Sku,
    StockRecord,
    Supplier,
    Term,
    Terms,
    Warehouse,
)

WORLDS = [name for name, _ in shipped_worlds()]
TEXTBOOKS = [name for name in WORLDS if name.startswith("textbook-")]


def test_the_promised_worlds_ship() -> None:
    promised = {"gift-shop", "gift-shop-bootstrap", "black-friday", "viral-oring", "apparel-by-air"}
    twins = {
        "several-factories", "tariff-step", "spring-festival", "cape-detour", "jewellery-three-warehouses",
        "swimwear-us-au", "bonded-and-direct", "earbuds-presale", "hub-and-regional",
    }  # fmt: skip
    assert promised | twins | {f"{name}-twin" for name in twins} < set(WORLDS)
    assert len(TEXTBOOKS) >= 3
    assert "viral-and-livestream" in dict(shipped_shocks())


@pytest.mark.parametrize("name", WORLDS)
def test_worlds_load_and_say_what_they_are(name: str) -> None:
    world = read_scenario(name)
    assert world.title == dict(shipped_worlds())[name]
    assert world.sources
    assert world.assumptions or name in TEXTBOOKS
    assert shipped("worlds")[name].read_text(encoding="utf-8").startswith("# ")


@pytest.mark.parametrize("name", [name for name, _ in shipped_shocks()])
def test_shocks_load_and_say_what_they_are(name: str) -> None:
    assert read_shock(name).title == dict(shipped_shocks())[name]


# --- the gift shop's real demand -----------------------------------------------------------------------------------


def test_gift_shop_demand_is_the_file_it_claims() -> None:
    claims = (shelf("worlds") / "gift-shop-data.md").read_text(encoding="utf-8")
    packed = (shelf("worlds") / "gift-shop-demand.csv.gz").read_bytes()
    for content in (packed, gzip.decompress(packed), (shelf("worlds") / "gift-shop-skus.csv").read_bytes()):
        assert hashlib.sha256(content).hexdigest() in claims
    assert "10.1057/dbm.2012.17" in claims
    assert any("10.1057/dbm.2012.17" in source for source in read_scenario("gift-shop").sources)


@pytest.mark.parametrize("name", ["gift-shop", "gift-shop-bootstrap"])
def test_gift_shop_plays_every_row(name: str) -> None:
    world = read_scenario(name)
    (market,) = world.market.values()
    history = market.history
    assert history is not None
    assert history.play == ("bootstrap" if "bootstrap" in name else "replay")
    assert set(history.units) == {sku.id for sku in world.sku}
    assert len(world.sku) >= 50
    lines = gzip.decompress((shelf("worlds") / "gift-shop-demand.csv.gz").read_bytes()).decode().splitlines()[1:]
    rows = [line.split(",") for line in lines]
    assert sum(int(units) for _, _, units, _ in rows) == sum(map(sum, history.units.values()))
    for day, sku, units, orders in rows:
        at = (date.fromisoformat(day) - history.first).days
        assert (history.units[sku][at], history.orders[sku][at]) == (int(units), int(orders))


def test_gift_shop_history_is_sixty_trading_days() -> None:
    world = read_scenario("gift-shop")
    history = world.market["uk"].history
    assert history is not None
    trading = [sum(series[day] for series in history.units.values()) > 0 for day in range(world.history_days)]
    assert history.first == world.start - timedelta(days=world.history_days)
    assert (sum(trading), trading[-1]) == (60, True)
    length = len(next(iter(history.units.values())))
    assert world.start + timedelta(days=world.days) == history.first + timedelta(days=length)


def test_gift_shop_is_read_in_less_than_a_second() -> None:
    begun = time.process_time()
    read_scenario("gift-shop")
    assert time.process_time() - begun < 1.0


BY_SEA_DAYS = 38
"""From door to shelf by sea to the US West Coast, as `test_lane_times` says."""

# --- worlds with a shape that tests rely on ------------------------------------------------------------------------


@pytest.mark.parametrize("name", TEXTBOOKS)
def test_textbook_worlds_have_one_plain_lane_and_nothing_that_queues(name: str) -> None:
    world = read_scenario(name)
    (lane,) = world.lane.values()
    (leg,) = lane.legs
    (warehouse,) = world.warehouse.values()
    (supplier,) = world.supplier.values()
    assert (lane.departs, leg.post, leg.late, world.customs) == (None, None, None, {})
    assert (warehouse.dock_units_per_day, supplier.units_per_day, supplier.order_at_least) == (None, None, 0)
    assert supplier.make_days == 0
    assert warehouse.capital_rate_per_year == warehouse.risk_rate_per_year == 0


def test_the_air_lane_of_apparel_takes_exactly_ten_days() -> None:
    world = read_scenario("apparel-by-air")
    (lane,) = world.lane.values()
    assert sum(leg.days for leg in lane.legs if isinstance(leg.days, float)) == 10
    assert (world.supplier["workshop"].make_days, lane.departs) == (0, None)
    assert [promotion.lift for promotion in world.planned.promotion] == [1.5]


def test_black_friday_has_what_it_is_for() -> None:
    world = read_scenario("black-friday")
    assert {"sea", "air"} == set(world.lane)
    friday = [event for event in world.planned.promotion if event.on == date(2026, 11, 27)]
    assert [event.lift for event in friday] == [4.0]
    assert world.planned.livestream
    assert world.surprise.video


def test_the_february_video_of_the_oring_world_is_past_and_single() -> None:
    world = read_scenario("viral-oring")
    (event,) = world.planned.livestream
    assert 0 < (world.start - event.first_on).days <= 90
    assert event.first_on + timedelta(days=event.every_days) > world.start + timedelta(days=world.days)
    assert event.orders == 5000


def test_spring_festival_falls_into_its_world() -> None:
    world, twin = read_scenario("spring-festival"), read_scenario("spring-festival-twin")
    new_year = season_of("spring-festival", 2027)
    assert new_year == date(2027, 2, 6)
    last = world.start + timedelta(days=world.days)
    assert world.start < new_year - timedelta(days=21)
    assert new_year + timedelta(days=15 + BY_SEA_DAYS + mean(world.supplier["ningbo"].make_days)) < last
    assert [world.supplier["ningbo"].closures, twin.supplier["ningbo"].closures] == [
        ("golden-week", "spring-festival"),
        ("golden-week",),
    ]


def test_the_tariff_is_announced_when_there_is_just_time_to_order() -> None:
    world = read_scenario("tariff-step")
    (step,) = world.customs["us"].duty_steps
    lead_days = BY_SEA_DAYS + mean(world.supplier["yiwu"].make_days)
    assert (world.customs["us"].duty, step.duty, step.announced_days) == (0.30, 0.54, 60)
    assert lead_days + 7 <= step.announced_days < 2 * lead_days
    assert world.customs["us"].duty_by_sku == {sku.id: 0.0 for sku in world.sku if sku.id not in step.skus}


def test_the_detour_is_what_was_published() -> None:
    (detour,) = read_scenario("cape-detour").surprise.disruption
    assert detour.lane is not None
    assert (detour.lane.legs, mean(detour.lane.adds_days), detour.lane.freight) == (("suez",), 10 + 5, 2.5)


def test_several_factories_differ_from_one_in_who_makes_the_goods_alone() -> None:
    world, twin = read_scenario("several-factories"), read_scenario("several-factories-twin")
    assert (len(world.supplier), len(twin.supplier)) == (3, 1)
    assert {type(sku.suppliers) for sku in world.sku} == {dict, tuple}
    assert [sku.model_copy(update={"suppliers": ()}) for sku in world.sku] == list(twin.sku)
    assert (world.market, world.warehouse, world.customs) == (twin.market, twin.warehouse, twin.customs)
    assert world.supplier["panyu"] == twin.supplier["panyu"]


def test_the_third_warehouse_is_stocked_like_the_others_and_sells_least() -> None:
    world, twin = read_scenario("jewellery-three-warehouses"), read_scenario("jewellery-three-warehouses-twin")
    assert [set(world.warehouse) - set(twin.warehouse), set(world.lane) - set(twin.lane)] == [
        {"nuremberg"},
        {"air-germany"},
    ]
    assert world.warehouse["nuremberg"].rent == world.warehouse["los-angeles"].rent
    assert world.market["germany"].demand == twin.market["germany"].demand
    wanted = {name: everyday(market) for name, market in world.market.items()}
    assert wanted["germany"] < 0.05 * wanted["usa"]
    returned = {name: 0.0 if market.returns is None else market.returns.share for name, market in world.market.items()}
    assert max(returned, key=returned.__getitem__) == "germany"


def test_both_countries_buy_the_same_swimwear_in_other_months() -> None:
    """Peaks of May to July, and of October to December and the month after."""
    world, twin = read_scenario("swimwear-us-au"), read_scenario("swimwear-us-au-twin")
    north, south = world.market["usa"], world.market["australia"]
    assert north.demand == south.demand
    assert [market.hemisphere for market in (north, south, twin.market["australia"])] == ["north", "south", "north"]
    organic = north.demand["*"].organic
    assert organic is not None and organic.season is not None
    assert sum(organic.season) == pytest.approx(12)
    assert sorted(range(1, 13), key=lambda month: organic.season[month - 1])[-3:] == [7, 5, 6]
    assert organic.season[4 - 1] > 1.2, "in the south, half a year later: from October"


def test_bonded_stock_is_near_and_kept_for_a_year_and_direct_mail_is_far() -> None:
    world, twin = read_scenario("bonded-and-direct"), read_scenario("bonded-and-direct-twin")
    cities, remote = world.market["jd-cities"], world.market["jd-remote"]
    assert [round(mean(market.delivery["ningbo-bonded"].days), 6) for market in (cities, remote)] == [2, 4]
    assert {mean(market.delivery["sydney"].days) for market in world.market.values()} == {11}
    assert (cities.served_by, twin.market["jd-cities"].served_by) == (("ningbo-bonded", "sydney"), ("ningbo-bonded",))
    bonded = world.warehouse["ningbo-bonded"]
    assert bonded.term is not None
    assert (bonded.bonded, bonded.term.days, bonded.term.then) == (True, 365, "return")
    dearest = max(world.sku, key=lambda sku: float(str(sku.price)))
    assert world.warehouse["sydney"].ships_after_order == (dearest.id,)
    assert world.market["jd-luxury"].demand.keys() == {dearest.id}


def test_dear_earbuds_are_sold_in_advance_and_cheap_tips_are_not() -> None:
    world, twin = read_scenario("earbuds-presale"), read_scenario("earbuds-presale-twin")
    assert {sku.id: sku.price for sku in world.sku} == {"EARBUDS": 129, "EAR-TIPS": 6}
    assert [world.market[name].waits for name in ("earbuds", "tips")] == [0.7, 0]
    assert [market.waits for market in twin.market.values()] == [0, 0]


def test_a_hub_changes_the_ways_and_nothing_else() -> None:
    world, twin = read_scenario("hub-and-regional"), read_scenario("hub-and-regional-twin")
    assert (world.sku, world.supplier, world.market) == (twin.sku, twin.supplier, twin.market)
    assert (world.surprise, world.start, world.days) == (twin.surprise, twin.start, twin.days)
    regions = {name for market in world.market.values() for name in market.served_by}
    assert {lane.to: lane.source for lane in world.lane.values() if lane.replenishes} == dict.fromkeys(
        regions, "ontario"
    )
    assert {lane.to for lane in twin.lane.values()} == regions == set(twin.warehouse)
    assert {lane.source for lane in twin.lane.values()} == {"foshan"}
    assert world.lane["sea"].model_copy(update={"to": "los-angeles"}) == twin.lane["sea-west"]


def everyday(market: Market) -> float:
    """Mean units a day that a market wants of each SKU."""
    organic = market.demand["*"].organic
    return 0.0 if organic is None else organic.mean


ON_THE_WAY = (
    Sku, Supplier, Rush, PriceBreak, Terms, Lane, Departures, CancelSeason, Leg, Late, Freight, Container, CustomsPost,
    Inspection, DutyStep, Demurrage, Refusal, Closure, Warehouse, Rent, AgedRent, Crowding, Overflow, Handling, Disposal,
    Term, StockRecord, Delivery, Acceptance,
)  # fmt: skip


def test_every_key_of_the_way_is_at_work_in_a_world_that_ships() -> None:
    used: set[tuple[type, str]] = set()
    for name in WORLDS:
        world = read_scenario(name)
        for part in parts((world.sku, world.supplier, world.lane, world.customs, world.warehouse, world.market)):
            used |= {(type(part), key) for key in type(part).model_fields if key in part.model_fields_set}
    missing = {f"{part.__name__}.{key}" for part in ON_THE_WAY for key in part.model_fields if (part, key) not in used}
    assert not missing


def parts(value: object) -> Iterator[Part]:
    """Every table within a value."""
    if isinstance(value, Part):
        yield value
        yield from parts([getattr(value, key) for key in type(value).model_fields])
    elif isinstance(value, Mapping):
        yield from parts(list(value.values()))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from parts(one)


# --- the hash ------------------------------------------------------------------------------------------------------


def test_the_hash_does_not_depend_on_the_order_of_the_file() -> None:
    world = read_scenario("black-friday")
    market = world.market["us-tiktok"]
    demand = dict(reversed(market.demand.items()))
    shuffled = world.model_copy(
        update={
            "sku": tuple(reversed(world.sku)),
            "lane": dict(reversed(world.lane.items())),
            "market": {"us-tiktok": market.model_copy(update={"demand": demand})},
        }
    )
    assert scenario_hash(shuffled) == scenario_hash(world)
    assert re.fullmatch("[0-9a-f]{64}", scenario_hash(world))


def test_the_hash_depends_on_everything_said() -> None:
    world = read_scenario("black-friday")
    legs = world.lane["sea"].legs
    other: list[Scenario] = [
        world.model_copy(update={"seed": 1}),
        world.model_copy(update={"assumptions": ()}),
        world.model_copy(
            update={"lane": world.lane | {"sea": world.lane["sea"].model_copy(update={"legs": legs[::-1]})}}
        ),
    ]
    assert len({scenario_hash(one) for one in [world, *other]}) == 4
