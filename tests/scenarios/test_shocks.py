"""Shocks: dated events laid over any world that has something for them to act on."""

from datetime import timedelta
from pathlib import Path

import pytest

from scenarios.faults import ScenarioError
from scenarios.reader import read_scenario, read_shock, scenario_hash, shipped_shocks, shipped_worlds
from scenarios.schema import Scenario, Shock
from scenarios.shocks import ShockCall, lay
from tests.scenarios.texts import changed, read

LIVE = 'livestream = [{ name = "L", days_of_pace = 3, after_days = 2, scale = 2.0 }]'
VIDEO = 'video = [{ name = "V", per_day = 0.1, days_of_pace = 3, fades = { law = "exponential", mean_days = 3 } }]'


def shock(folder: Path, text: str) -> Shock:
    path = folder / "shock.toml"
    path.write_text('title = "A shock"\n' + text)
    return read_shock(str(path))


@pytest.mark.parametrize("world", [name for name, _ in shipped_worlds()])
@pytest.mark.parametrize("name", [name for name, _ in shipped_shocks()])
def test_shipped_shocks_lie_over_shipped_worlds(world: str, name: str) -> None:
    before = read_scenario(world)
    after = read_scenario(world, [f"{name}:severity=0.5,from_day=30"])
    added = [event for event in after.planned.livestream if event not in before.planned.livestream]
    assert added
    assert all(event.name.startswith(name) for event in added)
    assert all(event.first_on >= before.start + timedelta(days=30) for event in added)
    assert after.model_copy(update={"planned": before.planned, "surprise": before.surprise}) == before


def test_events_are_dated_and_sized(tmp_path: Path) -> None:
    world = read(tmp_path)
    after = lay(world, shock(tmp_path, f"from_day = 5\nseverity = 3\n{LIVE}\n{VIDEO}"), "mine")
    live, video = after.planned.livestream[-1], after.surprise.video[-1]
    assert (live.name, live.first_on, live.scale) == ("mine: L", world.start + timedelta(days=7), 6)
    assert (video.name, video.starts_on, video.scale) == ("mine: V", world.start + timedelta(days=5), 3)
    again = lay(world, shock(tmp_path, LIVE), "mine", severity=0, from_day=10).planned.livestream[-1]
    assert (again.scale, again.first_on) == (0, world.start + timedelta(days=12))


def test_settings_are_read() -> None:
    assert ShockCall.of("viral:severity=0,from_day=30") == ShockCall("viral", "viral", {"severity": 0, "from_day": 30})
    assert ShockCall.of("viral") == ShockCall("viral", "viral", {})
    assert ShockCall.of(r"C:\mine\viral.toml") == ShockCall(r"C:\mine\viral.toml", "viral", {})
    assert ShockCall.of("a/viral.toml:from_day=3") == ShockCall("a/viral.toml", "viral", {"from_day": 3})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("severty=1", "did you mean 'severity'"),
        ("severity=x", "'x' is not a number"),
        ("severity=nan", "'nan' is not a number"),
        ("severity=", "'' is not a number"),
        ("severity=1,severity=2", "given twice"),
        ("severity=-1", "out of range"),
        ("severity=1e9", "out of range"),
        ("from_day=-1", "not a day of this world"),
        ("from_day=1.5", "not a day of this world"),
        ("from_day=294", "not a day of this world"),
        ("from_day=1e300", "not a day of this world"),
    ],
)
def test_bad_settings_are_refused(text: str, says: str) -> None:
    with pytest.raises(ScenarioError, match=says):
        read_scenario("gift-shop", [f"viral-and-livestream:{text}"])


def test_good_settings_are_not(tmp_path: Path) -> None:
    assert read_scenario("gift-shop", ["viral-and-livestream:severity=1000,from_day=293"])
    assert read_scenario("gift-shop", ["viral-and-livestream: severity = 0 , from_day = 0"])


@pytest.mark.parametrize("target", ['markets = ["mars"]', 'skus = ["SOCK"]', 'skus = ["BULB"]'])
def test_a_shock_that_finds_nothing_is_refused_by_name(tmp_path: Path, target: str) -> None:
    world = read(tmp_path, changed('demand."*".organic = { law = "poisson", mean = 5 }\n', ""))
    video = shock(tmp_path, changed('name = "V"', f'name = "V", {target}', VIDEO))
    with pytest.raises(ScenarioError, match="mine: finds nothing to act on"):
        lay(world, video, "mine")


def test_a_shock_acts_on_what_it_finds(tmp_path: Path) -> None:
    video = shock(tmp_path, changed('name = "V"', 'name = "V", skus = ["LAMP", "SOCK"]', VIDEO))
    assert lay(read(tmp_path), video, "mine").surprise.video[-1].skus == ("LAMP",)


def test_a_shock_is_laid_once(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="there already"):
        read_scenario("gift-shop", ["viral-and-livestream", "viral-and-livestream:from_day=50"])


def test_sizes_stay_in_range(tmp_path: Path) -> None:
    live = shock(tmp_path, LIVE)
    with pytest.raises(ScenarioError, match="becomes 1002"):
        lay(read(tmp_path), live, "mine", severity=501)
    assert lay(read(tmp_path), live, "mine", severity=500)


def test_a_bad_shock_names_key_and_line(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"shock.toml:2: livestream\[0\].every_day: unknown key; did you"):
        shock(tmp_path, changed("after_days", "every_day", LIVE))


def test_a_shock_changes_the_hash() -> None:
    def of(*shocks: str) -> str:
        return scenario_hash(read_scenario("gift-shop", shocks))

    assert len({of(), of("viral-and-livestream"), of("viral-and-livestream:severity=2")}) == 3


def test_what_a_shock_makes_is_a_valid_scenario() -> None:
    after = read_scenario("gift-shop", ["viral-and-livestream"])
    assert Scenario.model_validate(after.model_dump(by_alias=True)) == after
