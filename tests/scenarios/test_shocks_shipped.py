"""Every shock that ships, over every world that ships: what it looks for is there, or it is refused by name."""

import tomllib
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

from scenarios.calendar import chinese_new_year
from scenarios.faults import ScenarioError
from scenarios.laws import mean
from scenarios.reader import read_scenario, read_shock, shipped_shocks, shipped_worlds
from scenarios.reading.files import shipped
from scenarios.schema import Lane, Scenario

read_world = cache(read_scenario)
"""A shipped world as it is, read once."""
SHOCKS = [name for name, _ in shipped_shocks()]
WORLDS = [name for name, _ in shipped_worlds()]


def by(mode: str, world: Scenario) -> list[Lane]:
    return [lane for lane in world.lane.values() if lane.mode == mode]


def sails(world: Scenario) -> bool:
    return any(lane.departs is not None for lane in by("sea", world))


def makes(world: Scenario) -> bool:
    """A factory that a lane leaves makes something, which takes time or a line."""
    return any(
        part.make_days or part.start_up_days or part.late or part.units_per_day
        for name, part in world.supplier.items()
        for lane in world.lane.values()
        if name in lane.sources
    )


def clears(world: Scenario) -> bool:
    return any(leg.post for lane in world.lane.values() for leg in lane.legs)


def charges(mode: str, world: Scenario) -> bool:
    return any(any(value for value in lane.cost.model_dump().values()) for lane in by(mode, world))


def advertises(world: Scenario) -> bool:
    return any(wanted.ads is not None for market in world.market.values() for wanted in market.demand.values())


def sees_spring_festival(world: Scenario) -> bool:
    """A day 22 days before a Chinese New Year is one of this world."""
    last = world.start + timedelta(days=world.days - 1)
    begins = (chinese_new_year(year) - timedelta(days=22) for year in range(world.start.year, last.year + 2))
    return any(world.start <= day <= last for day in begins)


LAID: dict[str, dict[str, Callable[[Scenario], bool]]] = {
    "port-congestion": {"congestion": lambda world: bool(by("sea", world))},
    "cape-detour": {"detour": lambda world: any(leg.name == "suez" for lane in by("sea", world) for leg in lane.legs)},
    "blank-sailing-wave": {"blank sailings": sails},
    "golden-week": {"holiday": makes, "blank sailings": sails},
    "strike": {"no ships": sails, "customs shut": clears},
    "customs-hold-wave": {"hold wave": clears},
    "factory-stop": {"stop": makes},
    "dock-closed": {"dock closed": lambda _: True},
    "tariff-step": {"higher duty": clears},
    "freight-spike": {
        "sea rates": lambda world: charges("sea", world),
        "air rates": lambda world: charges("air", world),
    },
}
"""What each shock lays where; told by the world alone."""
ANYWHERE = ("viral-and-livestream", "viral-x10", "demand-slump")
"""Shocks of demand, which finds them in every world."""


def test_every_trouble_that_ships_has_its_rule() -> None:
    """What is wanted is wanted in every world, so shocks of demand are tried apart; so are ads, and a holiday."""
    assert {*LAID, *ANYWHERE, "account-ban", "early-spring-festival"} == set(SHOCKS)


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("name", LAID)
def test_a_shock_lays_what_finds_something_and_else_is_refused(name: str, world: str) -> None:
    before = read_world(world)
    expected = {f"{name}: {one}" for one, finds in LAID[name].items() if finds(before)}
    if not expected:
        with pytest.raises(ScenarioError, match=f"^shock {name}: finds nothing to act on in this world: no "):
            read_scenario(world, [name])
        return
    after = read_scenario(world, [f"{name}:from=30"])
    laid = [one for one in after.surprise.disruption if one not in before.surprise.disruption]
    assert {one.name for one in laid} == expected
    assert all(one.on >= before.start + timedelta(days=30) for one in laid)
    assert after.model_copy(update={"surprise": before.surprise}) == before
    assert read_scenario(world, [f"{name}:factor=0,from=30"]) == before


@pytest.mark.parametrize("world", [world for world in WORLDS if makes(read_world(world))])
def test_golden_week_is_in_october(world: str) -> None:
    before = read_world(world)
    october = [
        day for day in (before.start + timedelta(days=k) for k in range(before.days)) if (day.month, day.day) == (10, 1)
    ]
    if not october:
        with pytest.raises(ScenarioError, match="no day on which golden-week begins is one of it; allowed: from=DATE"):
            read_scenario(world, ["golden-week"])
        return
    after = read_scenario(world, ["golden-week"])
    laid = [one for one in after.surprise.disruption if one not in before.surprise.disruption]
    assert {one.on for one in laid} == {october[0]}


@pytest.mark.parametrize("world", WORLDS)
def test_videos_and_livestreams_lie_over_any_world(world: str) -> None:
    before = read_world(world)
    after = read_scenario(world, ["viral-and-livestream:factor=0.5,from=30"])
    live = [event for event in after.planned.livestream if event not in before.planned.livestream]
    videos = [event for event in after.surprise.video if event not in before.surprise.video]
    assert live and videos
    assert all(event.name.startswith("viral-and-livestream: ") for event in (*live, *videos))
    assert all(event.first_on >= before.start + timedelta(days=30) for event in live)
    assert after.model_copy(update={"planned": before.planned, "surprise": before.surprise}) == before


@pytest.mark.parametrize("world", WORLDS)
def test_hits_lie_over_any_world(world: str) -> None:
    before = read_world(world)
    after = read_scenario(world, ["viral-x10:from=30"])
    (hit,) = [event for event in after.surprise.video if event not in before.surprise.video]
    assert (hit.name, hit.starts_on) == ("viral-x10: hit", before.start + timedelta(days=30))
    assert after.model_copy(update={"surprise": before.surprise}) == before


@pytest.mark.parametrize("world", WORLDS)
def test_a_slump_lies_over_any_world(world: str) -> None:
    before = read_world(world)
    after = read_scenario(world, ["demand-slump:factor=0.5,from=30"])
    (slump,) = after.surprise.slump
    assert (slump.on, slump.days, slump.missing * slump.scale) == (before.start + timedelta(days=30), 60, 0.2)
    assert after.model_copy(update={"surprise": before.surprise}) == before


@pytest.mark.parametrize("world", WORLDS)
def test_a_ban_finds_ads_or_is_refused(world: str) -> None:
    before = read_world(world)
    if not advertises(before):
        with pytest.raises(ScenarioError, match=r"^shock account-ban: finds nothing .*: no markets with ads"):
            read_scenario(world, ["account-ban"])
        return
    after = read_scenario(world, ["account-ban:factor=2,from=30"])
    (ban,) = [stop for stop in after.surprise.suspension if stop not in before.surprise.suspension]
    assert (ban.on, mean(ban.appeal_days)) == (before.start + timedelta(days=30), 14)
    assert after.model_copy(update={"surprise": before.surprise}) == before


@pytest.mark.parametrize("world", WORLDS)
def test_spring_festival_comes_early_where_it_comes(world: str) -> None:
    before = read_world(world)
    if not sees_spring_festival(before) or not makes(before):
        with pytest.raises(ScenarioError, match=r"^shock early-spring-festival: finds nothing to act on"):
            read_scenario(world, ["early-spring-festival"])
        return
    after = read_scenario(world, ["early-spring-festival"])
    (shut,) = [one for one in after.surprise.disruption if one not in before.surprise.disruption]
    holiday = shut.on + timedelta(days=shut.days)
    assert holiday == chinese_new_year(holiday.year)
    assert shut.factory is not None
    assert shut.factory.output == 0


def test_some_worlds_have_what_the_new_shocks_look_for() -> None:
    assert any(map(advertises, map(read_world, WORLDS)))
    assert any(sees_spring_festival(read_world(world)) and makes(read_world(world)) for world in WORLDS)


def test_spring_festival_is_laid_by_date_in_a_world_without_it() -> None:
    """2027 begins on 6 February; black-friday ends before the year does."""
    with pytest.raises(ScenarioError, match="no day 22 days before spring-festival is one of it; allowed: from=DATE"):
        read_scenario("black-friday", ["early-spring-festival"])
    (shut,) = read_scenario("black-friday", ["early-spring-festival:from=2026-08-01"]).surprise.disruption
    assert (str(shut.on), shut.days) == ("2026-08-01", 22)


@pytest.mark.parametrize("name", sorted(set(LAID) - {"cape-detour"}))
def test_every_disruption_of_each_finds_something_somewhere(name: str) -> None:
    found = {rule: any(finds(read_world(world)) for world in WORLDS) for rule, finds in LAID[name].items()}
    assert all(found.values()), found


def test_the_detour_is_for_lanes_that_sail_through_suez(tmp_path: Path) -> None:
    (tmp_path / "world.toml").write_text(
        'extends = "black-friday"\n[lane.sea]\nlegs = [{ name = "suez", days = 30 }, { name = "ocean", remove = true }]\n'
    )
    (detour,) = read_scenario(str(tmp_path / "world.toml"), ["cape-detour"]).surprise.disruption
    assert detour.lane is not None
    assert (detour.lane.lanes, detour.lane.legs, detour.lane.freight) == (("sea",), ("suez",), 2.5)
    assert mean(detour.lane.adds_days) == 10 + 5


@pytest.mark.parametrize("name", SHOCKS)
def test_each_says_where_its_numbers_come_from(name: str) -> None:
    text = shipped("stress")[name].read_text(encoding="utf-8")
    comment = text[: text.index("\ntitle")]
    assert comment.startswith("# ")
    assert ".com" in comment or "judgement" in comment or "published" in comment
    assert tomllib.loads(text)["title"] == read_shock(name).title


@pytest.mark.parametrize("world", [world for world in WORLDS if not world.startswith("textbook-")])
def test_lanes_say_how_they_travel(world: str) -> None:
    assert [key for key, lane in read_world(world).lane.items() if lane.mode is None] == []


# --- the figures that were published ----------------------------------------------------------------------------


def test_congestion_spans_what_was_seen() -> None:
    """1.6 to 2.2 times as long, for 3 to 9 months."""
    for factor, times in ((1, 1.6), (2, 2.2)):
        (one,) = read_scenario("black-friday", [f"port-congestion:factor={factor}"]).surprise.disruption
        assert one.lane is not None
        assert one.lane.times == pytest.approx(times)
        assert 90 <= one.days <= 270


@pytest.mark.parametrize(("name", "low", "high"), [("blank-sailing-wave", 0.2, 0.22), ("golden-week", 0.12, 0.154)])
def test_sailings_cancelled_in_all(name: str, low: float, high: float) -> None:
    """21 % in a wave, 12 to 15.4 % around Golden Week, on a lane that cancels 6 % anyway."""
    world = read_scenario("black-friday", [name])
    departs = world.lane["sea"].departs
    (wave,) = [one.lane for one in world.surprise.disruption if one.lane is not None]
    assert departs is not None
    assert low <= 1 - (1 - departs.cancelled) * (1 - wave.cancelled) <= high


def test_freight_and_duty_as_published() -> None:
    """A container 7,000 instead of 2,500 USD, a kilogram by air 5.43 instead of 3.48; duty 54 % instead of 30."""
    world = read_scenario("black-friday", ["freight-spike+tariff-step"])
    freight = {one.lane.lanes: one.lane.freight for one in world.surprise.disruption if one.lane is not None}
    assert freight == {("sea",): pytest.approx(7_000 / 2_500), ("air",): pytest.approx(5.43 / 3.48, rel=0.03)}
    (duty,) = [one.customs.duty for one in world.surprise.disruption if one.customs is not None]
    assert world.customs["us"].duty + duty == pytest.approx(0.54)
