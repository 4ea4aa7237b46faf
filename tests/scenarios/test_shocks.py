"""Shocks: dated events laid over any world that has something for them to act on."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from scenarios.faults import ScenarioError
from scenarios.reader import read_scenario, read_shock, scenario_hash
from scenarios.schema import Disruption, LaneTrouble, Scenario, Shock
from scenarios.shocks.laying import lay
from tests.scenarios.texts import changed, read

LIVE = 'livestream = [{ name = "L", days_of_pace = 3, after_days = 2, scale = 2.0 }]'
VIDEO = 'video = [{ name = "V", per_day = 0.1, days_of_pace = 3, fades = { law = "exponential", mean_days = 3 } }]'
STOP = 'disruption = [{ name = "S", days = 9, after_days = 4, factory = { output = 0.4 } }]'


def shock(folder: Path, text: str) -> Shock:
    path = folder / "shock.toml"
    path.write_text('title = "A shock"\n' + text)
    return read_shock(str(path))


def laid(folder: Path, disruption: str, world: str | None = None) -> tuple[Disruption, ...]:
    """What a shock with one disruption lays over a world."""
    scenario = read(folder) if world is None else read(folder, world)
    return lay(
        scenario, shock(folder, f'disruption = [{{ name = "D", days = 9, {disruption} }}]'), "mine"
    ).surprise.disruption


def refusal(folder: Path, disruption: str, world: str | None = None) -> str:
    with pytest.raises(ScenarioError) as refused:
        laid(folder, disruption, world)
    return str(refused.value)


# --- dates and sizes --------------------------------------------------------------------------------------------


def test_events_are_dated_and_sized(tmp_path: Path) -> None:
    world = read(tmp_path)
    after = lay(world, shock(tmp_path, f"from_day = 5\nseverity = 3\n{LIVE}\n{VIDEO}\n{STOP}"), "mine", factor=0.5)
    live, video, stop = after.planned.livestream[-1], after.surprise.video[-1], after.surprise.disruption[-1]
    assert (live.name, live.first_on, live.scale) == ("mine: L", world.start + timedelta(days=7), 3)
    assert (video.name, video.starts_on, video.scale) == ("mine: V", world.start + timedelta(days=5), 1.5)
    assert (stop.name, stop.on, stop.days) == ("mine: S", world.start + timedelta(days=9), 9)
    assert stop.factory is not None
    assert stop.factory.output == pytest.approx(1 - 0.6 * 1.5)


@pytest.mark.parametrize("begins", [10, date(2026, 3, 11)])
def test_from_is_a_date_or_days_after_the_start(tmp_path: Path, begins: int | date) -> None:
    after = lay(read(tmp_path), shock(tmp_path, f"from_day = 5\n{LIVE}\n{STOP}"), "mine", begins=begins)
    assert after.planned.livestream[-1].first_on == date(2026, 3, 13)
    assert after.surprise.disruption[-1].on == date(2026, 3, 15)


def test_a_date_is_typed(tmp_path: Path) -> None:
    (stop,) = read_scenario("gift-shop", ["factory-stop:from=2011-09-01,factor=0.5"]).surprise.disruption
    assert stop.factory is not None
    assert (stop.name, stop.on, stop.days) == ("factory-stop: stop", date(2011, 9, 1), 21)
    assert (stop.factory.suppliers, stop.factory.output) == (("yiwu",), 0.5)


@pytest.mark.parametrize("switch", ["factor", "severity"])
def test_at_strength_0_the_world_is_as_it_was(tmp_path: Path, switch: str) -> None:
    world = read(tmp_path)
    text = f"severity = {0 if switch == 'severity' else 2}\n{LIVE}\n{VIDEO}\n{STOP}"
    assert lay(world, shock(tmp_path, text), "mine", factor=0 if switch == "factor" else 1) == world


def test_a_world_of_no_use_is_refused_at_strength_0_too(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="no lanes by sea with a leg suez"):
        read_scenario("gift-shop", ["cape-detour:factor=0"])


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ("factor=-1", "shock factory-stop: factor -1 is out of range; allowed: from 0 to 1000"),
        ("factor=1e9", "factor 1e\\+09 is out of range"),
        ("from=294", "from 294 is not a day of this world; allowed: 2011-02-19 to 2011-12-09, or 0 to 293 days after"),
        ("from=2011-02-18", "from 2011-02-18 is not a day of this world"),
        ("from=2011-12-10", "from 2011-12-10 is not a day of this world"),
        ("from=9999-12-31", "from 9999-12-31 is not a day of this world"),
        ("from=999999999", "from 999999999 is not a day of this world"),
    ],
)
def test_settings_out_of_range_are_refused(settings: str, says: str) -> None:
    with pytest.raises(ScenarioError, match=says):
        read_scenario("gift-shop", [f"factory-stop:{settings}+tariff-step"])


@pytest.mark.parametrize("settings", ["factor=1000,from=293", "from=2011-02-19", "from=2011-12-09"])
def test_settings_within_range_are_not(settings: str) -> None:
    assert read_scenario("gift-shop", [f"factory-stop:{settings}"]).surprise.disruption


def test_its_own_day_is_held_against_the_world_too(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="mine: from_day 60 is not a day of this world"):
        lay(read(tmp_path), shock(tmp_path, f"from_day = 60\n{LIVE}"), "mine")


def test_what_would_begin_after_the_end_is_left_out(tmp_path: Path) -> None:
    world = read(tmp_path)
    assert not lay(world, shock(tmp_path, f"{LIVE}\n{STOP}"), "mine", begins=57).surprise.disruption
    with pytest.raises(ScenarioError, match="mine: finds nothing to act on in this world: no day for 'S'"):
        lay(world, shock(tmp_path, STOP), "mine", begins=57)


def test_sizes_stay_in_range(tmp_path: Path) -> None:
    live = shock(tmp_path, LIVE)
    with pytest.raises(ScenarioError, match="scale of 'L' becomes 1002"):
        lay(read(tmp_path), live, "mine", factor=501)
    assert lay(read(tmp_path), live, "mine", factor=500)
    steep = shock(tmp_path, 'disruption = [{ name = "D", days = 9, customs = { duty = 3 }, lane = { times = 500 } }]')
    with pytest.raises(
        ScenarioError, match=r"customs.duty of 'D' becomes 12.0; allowed: less than or equal to 10"
    ) as told:
        lay(read(tmp_path), steep, "mine", factor=4)
    assert "lane.times of 'D' becomes 1997.0" in str(told.value)


# --- what a shock finds -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", ['markets = ["mars"]', 'skus = ["SOCK"]', 'skus = ["BULB"]'])
def test_a_shock_that_finds_nothing_is_refused_by_name(tmp_path: Path, target: str) -> None:
    world = read(tmp_path, changed('demand."*".organic = { law = "poisson", mean = 5 }\n', ""))
    video = shock(tmp_path, changed('name = "V"', f'name = "V", {target}', VIDEO))
    with pytest.raises(
        ScenarioError, match="mine: finds nothing to act on in this world: no markets and SKUs with demand"
    ):
        lay(world, video, "mine")


def test_a_shock_acts_on_what_it_finds(tmp_path: Path) -> None:
    video = shock(tmp_path, changed('name = "V"', 'name = "V", skus = ["LAMP", "SOCK"]', VIDEO))
    assert lay(read(tmp_path), video, "mine").surprise.video[-1].skus == ("LAMP",)


LANES = """
[lane.ship]
from = "zhongshan"
to = "los-angeles"
mode = "sea"
departs = { every_days = 7 }
legs = [{ name = "ocean", days = 20 }, { name = "suez", days = 9 }, { name = "gate", post = "us" }]
cost = { per_m3 = 100 }
[lane.boat]
from = "zhongshan"
to = "los-angeles"
mode = "sea"
legs = [{ name = "ocean", days = 30 }]
[lane.plane]
from = "zhongshan"
to = "los-angeles"
mode = "air"
departs = { every_days = 1 }
legs = [{ name = "flight", days = 5 }]
cost = { per_kg = 4 }
"""
"""Beside the lane `sea` of the small world, which says no mode and has no departures and no charges."""


@pytest.mark.parametrize(
    ("trouble", "lanes"),
    [
        ("times = 2", ("boat", "plane", "sea", "ship")),
        ("adds_days = 2", ("boat", "plane", "sea", "ship")),
        ('modes = ["sea"], times = 2', ("boat", "ship")),
        ('modes = ["sea", "air", "rail"], times = 2', ("boat", "plane", "ship")),
        ('lanes = ["plane", "ship", "rocket"], times = 2', ("plane", "ship")),
        ('modes = ["sea"], lanes = ["plane", "ship"], times = 2', ("ship",)),
        ('legs = ["ocean"], times = 2', ("boat", "sea", "ship")),
        ('legs = ["suez"], times = 2', ("ship",)),
        ('legs = ["suez", "flight"], times = 2', ("plane", "ship")),
        ('legs = ["suez"], freight = 2', ("ship",)),
        ("cancelled = 0.5", ("plane", "ship")),
        ('modes = ["sea"], cancelled = 0.5', ("ship",)),
        ("freight = 2", ("plane", "ship")),
        ("freight = 2, times = 2", ("boat", "plane", "sea", "ship")),
    ],
)
def test_a_trouble_touches_the_lanes_that_feel_it(tmp_path: Path, trouble: str, lanes: tuple[str, ...]) -> None:
    (found,) = laid(tmp_path, f"lane = {{ {trouble} }}", changed("[customs.us]", LANES + "[customs.us]"))
    assert found.lane is not None
    assert found.lane.lanes == lanes


@pytest.mark.parametrize(
    ("trouble", "says"),
    [
        ('modes = ["rail"], times = 2', "no lanes by rail"),
        ('lanes = ["rocket"], times = 2', "no lanes named rocket"),
        ('modes = ["sea"], legs = ["panama"], freight = 2', "no lanes by sea with a leg panama that charge freight"),
        ('legs = ["gate"], times = 2', "no lanes with a leg gate"),
        ('lanes = ["boat"], cancelled = 0.5', "no lanes named boat that leave on a calendar"),
        ('lanes = ["boat"], freight = 2', "no lanes named boat that charge freight"),
    ],
)
def test_lanes_sought_in_vain_are_named(tmp_path: Path, trouble: str, says: str) -> None:
    told = refusal(tmp_path, f"lane = {{ {trouble} }}", changed("[customs.us]", LANES + "[customs.us]"))
    assert told == f"shock mine: finds nothing to act on in this world: {says}"


def test_legs_that_are_not_there_are_dropped(tmp_path: Path) -> None:
    world = changed("[customs.us]", LANES + "[customs.us]")
    (found,) = laid(tmp_path, 'lane = { legs = ["suez", "gate", "panama"], times = 2 }', world)
    assert found.lane is not None
    assert found.lane.legs == ("suez",)


def test_effects_without_an_object_are_dropped(tmp_path: Path) -> None:
    """So that what a shock makes is a world one could have written."""
    world = changed("[customs.us]", LANES + "[customs.us]")
    (found,) = laid(tmp_path, 'lane = { lanes = ["boat"], times = 2, cancelled = 0.5, freight = 3 }', world)
    assert found.lane == LaneTrouble(lanes=("boat",), times=2)
    (found,) = laid(tmp_path, "lane = { adds_days = 2, cancelled = 0.5, freight = 3 }", world)
    assert found.lane == LaneTrouble(lanes=("boat", "plane", "sea", "ship"), adds_days=2, cancelled=0.5, freight=3)


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        ("factory = {}", {"suppliers": ("zhongshan",)}),
        ('factory = { suppliers = ["zhongshan", "mars"] }', {"suppliers": ("zhongshan",)}),
        ("customs = { duty = 0.2 }", {"posts": ("us",)}),
        ("customs = { closed = true }", {"posts": ("us",)}),
        ("customs = { held = 0.2, hold_days = 3 }", {"posts": ("us",)}),
        ('customs = { posts = ["us", "mars"], times = 2 }', {"posts": ("us",)}),
        ("dock = { closed = true }", {"warehouses": ("los-angeles",)}),
        ('dock = { warehouses = ["mars", "los-angeles"], closed = true }', {"warehouses": ("los-angeles",)}),
    ],
)
def test_a_trouble_touches_the_places_that_feel_it(tmp_path: Path, trouble: str, said: dict[str, object]) -> None:
    (found,) = laid(tmp_path, trouble)
    part = getattr(found, trouble.split(" ")[0])
    assert part.model_dump(include=said.keys()) == said


IDLE = changed('make_days = { law = "gamma", low = 5, mean = 22, cv = 0.3 }', "")
INSTANT = changed("clear_days = { usual = 1, bad = 3 }", "")


@pytest.mark.parametrize(
    ("trouble", "world", "says"),
    [
        ("factory = {}", IDLE, "no factories that take time"),
        ("factory = { output = 1 }", None, "no factories that take time"),
        ('factory = { suppliers = ["mars"] }', None, "no factories named mars that take time"),
        ('customs = { posts = ["mars"], closed = true }', None, "no customs posts named mars"),
        ("customs = { times = 2 }", INSTANT, "no customs posts"),
        ("customs = { held = 0.2 }", None, "no customs posts"),
        ("customs = { held = 0.2, fee = 9 }", None, "no customs posts"),
        ("lane = { adds_days = { law = 'fixed', value = 0 } }", None, "no lanes"),
        ("dock = { times = 2 }", None, "no warehouses"),
        ('dock = { warehouses = ["mars"], closed = true }', None, "no warehouses named mars"),
        (
            "factory = {}, customs = { times = 2 }",
            IDLE.replace("clear_days", "fee = 1 #"),
            "no factories that take time, no customs posts",
        ),
    ],
)
def test_places_sought_in_vain_are_named(tmp_path: Path, trouble: str, world: str | None, says: str) -> None:
    assert refusal(tmp_path, trouble, world) == f"shock mine: finds nothing to act on in this world: {says}"


@pytest.mark.parametrize(
    "busy", ["units_per_day = 90", "start_up_days = 2", "late = { chance = 0.1, days = 4 }", "make_days = 3"]
)
def test_a_factory_with_something_to_do_is_stopped(tmp_path: Path, busy: str) -> None:
    assert laid(tmp_path, "factory = {}", IDLE.replace("[supplier.zhongshan]", f"[supplier.zhongshan]\n{busy}"))


@pytest.mark.parametrize("busy", ["dock_units_per_day = 90", "put_away_days = 2"])
def test_a_dock_with_something_to_do_is_slowed(tmp_path: Path, busy: str) -> None:
    world = changed("[warehouse.los-angeles]", f"[warehouse.los-angeles]\n{busy}")
    assert laid(tmp_path, "dock = { times = 2 }", world)


def test_of_a_disruption_what_finds_something_is_left(tmp_path: Path) -> None:
    (found,) = laid(tmp_path, 'factory = {}, customs = { posts = ["mars"], closed = true }, dock = { closed = true }')
    assert (found.customs is None, found.factory is None, found.dock is None) == (True, False, False)
    two = '{ name = "A", days = 1, factory = {} }, { name = "B", days = 1, lane = { modes = ["sea"], times = 2 } }'
    after = lay(read(tmp_path), shock(tmp_path, f"disruption = [{two}]"), "mine")
    assert [one.name for one in after.surprise.disruption] == ["mine: A"]


# --- several shocks ---------------------------------------------------------------------------------------------


def test_shocks_are_laid_together_in_any_order() -> None:
    one = "port-congestion:from=20,factor=2"
    ways = [
        [f"{one}+freight-spike+viral-and-livestream:factor=0.5"],
        [f"viral-and-livestream:factor=0.5+freight-spike+{one}"],
        ["freight-spike", f"viral-and-livestream:factor=0.5+{one}"],
        [one, "viral-and-livestream:factor=0.5", "freight-spike"],
    ]
    worlds = [read_scenario("black-friday", shocks) for shocks in ways]
    assert all(world == worlds[0] for world in worlds)
    names = {event.name.split(":")[0] for event in (*worlds[0].surprise.disruption, *worlds[0].surprise.video)}
    assert {"port-congestion", "freight-spike", "viral-and-livestream"} < names | {""}
    alone = read_scenario("black-friday", [one]).surprise.disruption
    assert set(alone) <= set(worlds[0].surprise.disruption), "each with its own settings"


def test_every_shock_that_fits_nothing_is_named() -> None:
    with pytest.raises(ScenarioError) as refused:
        read_scenario("textbook-b1", ["cape-detour+dock-closed+tariff-step", "strik"])
    told = str(refused.value)
    assert "shock cape-detour: finds nothing" in told
    assert "shock tariff-step: finds nothing" in told
    assert "strik: no such file, and no such name ships; did you mean 'strike'?" in told
    assert "dock-closed" not in told


def test_a_path_with_a_plus_sign_is_one_shock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a+b.toml").write_text('title = "A shock"\n' + STOP)
    monkeypatch.chdir(tmp_path)
    world = read_scenario("gift-shop", ["a+b.toml:factor=2+strike"])
    assert [one.name for one in world.surprise.disruption] == ["a+b: S", "strike: no ships", "strike: customs shut"]


def test_an_event_of_the_name_is_not_there_yet(tmp_path: Path) -> None:
    for name in ("strike: no ships", "strike: customs shut"):
        (tmp_path / "world.toml").write_text(
            f'extends = "black-friday"\n[[surprise.disruption]]\nname = "{name}"\non = 2026-08-01\ndays = 3\nfactory = {{}}\n'
        )
        with pytest.raises(ScenarioError, match=f"shock strike: event '{name}' is there already"):
            read_scenario(str(tmp_path / "world.toml"), ["strike"])
    twice = shock(tmp_path, STOP.replace("}]", "}, " + STOP.removeprefix("disruption = [")))
    with pytest.raises(ScenarioError, match="event 'mine: S' is there already"):
        lay(read(tmp_path), twice, "mine")


# --- what a shock makes -----------------------------------------------------------------------------------------


def test_a_bad_shock_names_key_and_line(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"shock.toml:2: livestream\[0\].every_day: unknown key; did you"):
        shock(tmp_path, changed("after_days", "every_day", LIVE))
    with pytest.raises(ScenarioError, match=r"shock.toml:2: disruption\[0\].factory.output: 1.4 is out of range"):
        shock(tmp_path, changed("0.4", "1.4", STOP))


@pytest.mark.parametrize(
    ("part", "says"),
    [
        (
            'lane = { adds_days = { law = "gamma", low = 5, mean = 3, cv = 1 } }',
            r"lane.adds_days.mean: 3.0 is not above low",
        ),
        ("customs = { held = 0.1, hold_days = 2, fee = { EUR = 3 } }", r"customs.fee: no rate for EUR"),
    ],
)
def test_a_shock_that_makes_no_sense_is_told(tmp_path: Path, part: str, says: str) -> None:
    shock(tmp_path, f'disruption = [{{ name = "D", days = 9, {part} }}]')
    with pytest.raises(ScenarioError, match=rf"^shock shock: surprise.disruption\[0\].{says}"):
        read_scenario("black-friday", [str(tmp_path / "shock.toml")])


def test_a_shock_changes_the_hash() -> None:
    def of(*shocks: str) -> str:
        return scenario_hash(read_scenario("gift-shop", shocks))

    assert len({of(), of("viral-and-livestream"), of("viral-and-livestream:factor=2"), of("strike")}) == 4
    assert of("strike+tariff-step") == of("tariff-step", "strike")
    assert of("strike:factor=0") == of()


@pytest.mark.parametrize("name", ["viral-and-livestream", "strike+freight-spike:factor=0.3+customs-hold-wave"])
def test_what_a_shock_makes_is_a_valid_scenario(name: str) -> None:
    after = read_scenario("gift-shop", [name])
    assert Scenario.model_validate(after.model_dump(by_alias=True)) == after
