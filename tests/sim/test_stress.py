"""A stress test played: worked by hand in a world of four days, under common luck, whatever the number of workers."""

import json
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from reports.stress.files import stress_json
from reports.stress.fixes import fixes
from reports.stress.measures import recovery, survival
from reports.stress.stress import StressTest
from reports.verdict.goal import read_goal, read_limits
from scenarios.faults import ScenarioError
from sim.stress.breaking import MOST, breakings
from sim.stress.laying import World, first_day, pairs, parted, strengthened, values
from sim.stress.playing import Ground
from sim.stress.stress import Asked, stress
from tests.sim.paper import PAPER, Script, but
from tests.worlds import PLAIN, TWO_PLACES, played, scenario_of

DAYS = but(
    PAPER.replace("days = 100", "days = 4"),
    sku="price = 3",
    supplier__f="make_days = 0",
    warehouse__w="opening = { units = 20 }",
).replace("mean = 1 }", "mean = 10 }")
DAYS = but(DAYS, lane__road='legs = [{ name = "road", days = 0.5 }]', lane__track="cost = { per_shipment = 5 }")
DAYS = but(DAYS, lane__track='legs = [{ name = "track", days = 0.5 }]')
"""Ten a day are wanted and twenty are there. What is ordered as day 0 ends comes for day 2, unless it takes half a day
longer. The track costs 5 a shipment, the road nothing."""
SLOW = """
title = "The road is slow today"
from_day = 0
[[disruption]]
name = "mud"
days = 2
[disruption.lane]
lanes = ["road"]
adds_days = 1
"""
BY_ROAD, BY_TRACK = (Script(((0, lane, (20,)),)) for lane in ("road", "track"))


def files(folder: Path) -> tuple[str, str]:
    (folder / "days.toml").write_text(DAYS, encoding="utf-8")
    (folder / "mud.toml").write_text(SLOW, encoding="utf-8")
    return str(folder / "days.toml"), str(folder / "mud.toml")


def muddy(folder: Path, **changes: object) -> StressTest:
    world, mud = files(folder)
    rows = tuple((script, "none", "preference") for script in (BY_ROAD, BY_TRACK))
    goal = read_goal("stockout_rate<=10%, most profit")
    return stress(Asked(world, rows, goal, **({"shocks": (mud,), "runs": 2} | changes)), 1, "")  # type: ignore[arg-type]


def test_four_days_worked_by_hand(tmp_path: Path) -> None:
    """By road ten buyers of day 2 find nothing; the day after all is well. Ten more lamps are left, worth 1 each."""
    test = muddy(tmp_path)
    (trial,) = test.trials
    road, track = trial.outcomes
    assert road.spell is not None and track.spell is not None
    assert road.spell.survived.tolist() == [2, 2]
    assert road.spell.recovered.tolist() == [1, 1]
    assert not road.spell.lasting.any()
    assert (survival(road.spell).days, survival(road.spell).at_least) == (2, False)
    assert (recovery(road.spell).days, recovery(road.spell).at_least) == (1, False)
    assert np.isnan(track.spell.survived).all()
    assert (survival(track.spell).days, survival(track.spell).at_least) == (4, True)
    assert road.scores["stockout_rate"].tolist() == [0.25, 0.25]
    assert test.change(trial, 0, "profit").mean == pytest.approx(-30 + 10)
    assert test.change(trial, 1, "profit").mean == 0
    assert test.regrets[:, 0].tolist() == pytest.approx([20 - 5, 0])
    assert test.minimax == 1
    assert test.tail(trial, 0, "stockout_rate").mean == 0.25


def test_the_fix_is_the_track_for_what_the_track_costs(tmp_path: Path) -> None:
    test = muddy(tmp_path)
    (fix,) = fixes(test)
    assert fix.row == 1
    assert fix.extra is not None
    assert fix.extra.mean == pytest.approx(5)


def test_the_road_breaks_when_it_takes_half_a_day_longer(tmp_path: Path) -> None:
    test = muddy(tmp_path, limit=read_limits("stockout_rate>10%")[0])
    road, track = test.breakings
    assert road.holds is not None and road.breaks is not None
    assert road.holds <= 0.5 < road.breaks
    assert road.breaks - road.holds <= 0.05 * road.breaks
    assert (track.holds, track.breaks) == (MOST, None)
    already = muddy(tmp_path, limit=read_limits("fill_rate>50%")[0]).breakings
    assert [one.holds for one in already] == [None, None]


def test_what_the_world_is_like_is_swept_like_a_shock(tmp_path: Path) -> None:
    test = muddy(tmp_path, shocks=(), vary=("lane.road.legs.road.days=0.5, 2.5",))
    assert [trial.name for trial in test.trials] == ["lane.road.legs.road.days=0.5", "lane.road.legs.road.days=2.5"]
    assert [trial.outcomes[0].scores["stockout_rate"][0] for trial in test.trials] == [0, 0.5]
    assert all(outcome.spell is None for trial in test.trials for outcome in trial.outcomes)


def test_strength_0_is_the_quiet_world_to_the_unit() -> None:
    """Played, not merely taken for it: its scenario is the same, and two rows of luck are equal in every score."""
    asked = Asked(
        "viral-oring", (("reorder-point", "none", "preference"),), read_goal(), ("factory-stop",),
        strengths=(0.0, 1.0), runs=3,
    )  # fmt: skip
    test = stress(asked, 1, "")
    silent, stopped = test.trials
    assert silent.hash == test.quiet.hash != stopped.hash
    for score, quiet in test.quiet.outcomes[0].scores.items():
        assert silent.outcomes[0].scores[score].tobytes() == quiet.tobytes()
    assert silent.outcomes[0].spell is not None
    assert np.isnan(silent.outcomes[0].spell.survived).all()


def test_workers_show_nowhere() -> None:
    rows = (("reorder-point", "none", "preference"), ("base-stock", "none", "preference"))
    asked = Asked("viral-oring", rows, read_goal(), ("dock-closed", "demand-slump"), runs=6)
    one, two = (json.loads(stress_json(stress(asked, jobs, ""))) for jobs in (1, 2))
    assert one == two


def test_shocks_that_find_nothing_are_named_and_left_out() -> None:
    fits, refused = World.of("black-friday").fitting()
    assert {"strike", "demand-slump", "viral-x10"} <= set(fits)
    assert {one.shock: one.why.split(": ")[1] for one in refused} == {
        "account-ban": "no markets with ads",
        "cape-detour": "no lanes by sea with a leg suez",
        "early-spring-festival": "no day 22 days before spring-festival is one of it; allowed",
    }


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"shocks": ("factry-stop",)}, "did you mean 'factory-stop'"),
        ({"shocks": ("strike:from=0",)}, "shock strike: finds nothing to act on"),
        ({"shocks": (), "vary": ("lane.road.leg=1,2",)}, "did you mean 'legs'"),
        ({"shocks": (), "vary": ("days=many",)}, "days"),
        ({"shocks": (), "vary": ("days",)}, "'days': is no change"),
    ],
)
def test_what_means_nothing_is_refused_before_anything_is_played(
    tmp_path: Path, changes: dict[str, object], says: str
) -> None:
    with pytest.raises(ScenarioError, match=says.replace("(", r"\(")):
        muddy(tmp_path, **changes)


@pytest.mark.parametrize("text", [PLAIN, TWO_PLACES])
def test_every_unit_short_is_short_on_some_day(text: str, tmp_path: Path) -> None:
    """Lost, owed to those who wait, or switched: whatever was not delivered at once."""
    (record,) = played(scenario_of(text, tmp_path), "base-stock:cover_days=20")
    short = (record.wanted - record.served).sum(axis=2)
    assert short.any()
    assert (record.daily_short.sum(axis=0) == short).all()
    assert (record.daily_short >= record.daily_lost).all()


# --- which worlds ----------------------------------------------------------------------------------------------------


def test_strengths_multiply_every_factor() -> None:
    assert strengthened("strike", 2) == "strike:factor=2.0"
    assert strengthened("strike+dock-closed:from=2026-08-01,factor=3", 0.5) == (
        "dock-closed:from=2026-08-01,factor=1.5+strike:factor=0.5"
    )


def test_more_replications_than_pictures_show_are_all_told(tmp_path: Path) -> None:
    """An engine of one lane could hold 175 replications; the days of the first 100 are all that its record tells."""
    one_lane = DAYS[: DAYS.index("[lane.track]")] + DAYS[DAYS.index("[warehouse.w]") :]
    ground = Ground(((BY_ROAD, "none", "preference"),), tuple(range(101)), ("profit",), 1)
    (road,) = ground.play(scenario_of(one_lane, tmp_path))
    assert road.short.shape == (4, 101, 1)
    assert len(road.scores["profit"]) == 101


def test_pairs_are_every_two_that_differ() -> None:
    assert list(pairs(["a", "b:factor=2", "b", "c+d"])) == ["a+b:factor=2", "a+b", "a+c+d", "b:factor=2+c+d", "b+c+d"]


def test_values_are_parted_outside_brackets_and_quotes() -> None:
    assert list(values(["x.y=1,2", 'z={ law = "gamma", mean = 2 },"a,b"'])) == [
        "x.y=1", "x.y=2", 'z={ law = "gamma", mean = 2 }', 'z="a,b"',
    ]  # fmt: skip
    assert parted('"a=b".c=d', "=") == ['"a=b".c', "d"]


def test_a_shock_begins_on_its_first_event(tmp_path: Path) -> None:
    world = World.of("black-friday")
    assert first_day(world.quiet, world.shocked("factory-stop:from=2026-08-01+strike:from=40")) == 31
    assert first_day(world.quiet, world.quiet) == 0
    assert first_day(world.quiet, world.shocked("demand-slump:from=12")) == 12
    assert first_day(world.quiet, world.shocked("viral-x10")) == 30
    stopped = world.shocked("factory-stop:from=5")
    later = {"start": world.quiet.start + timedelta(days=10)}
    assert first_day(world.quiet.model_copy(update=later), stopped.model_copy(update=later)) == 0, "before the start"


@pytest.mark.parametrize("at", [0.001, 0.03, 0.4, 0.999, 1.3, 3.7, 7.9])
def test_the_search_closes_in_on_where_it_breaks(at: float) -> None:
    asked: list[tuple[float, int]] = []

    def broken(strength: float, rows: object) -> dict[int, bool]:
        there = list(rows)  # type: ignore[call-overload]
        asked.extend((strength, row) for row in there)
        return {row: strength >= at * (row + 1) for row in there}

    first, second = breakings("x", [0, 1], broken)
    for scale, one in ((1, first), (2, second)):
        if at * scale > MOST:
            assert (one.holds, one.breaks) == (MOST, None)
            continue
        assert one.holds is not None and one.breaks is not None
        assert one.holds < at * scale <= one.breaks
        assert one.breaks - one.holds <= 0.05 * one.breaks or one.breaks <= 1 / 64
    assert len(set(asked)) == len(asked), "asked twice"


def test_what_breaks_however_weak_a_shock_is_is_not_told_more_closely() -> None:
    tried: list[float] = []

    def broken(strength: float, rows: object) -> dict[int, bool]:
        tried.append(strength)
        assert len(tried) < 20, "halved for ever"
        return {0: strength > 0}

    (one,) = breakings("x", [0], broken)
    assert one.holds == 0
    assert one.breaks == 1 / 64


def test_what_is_shut_is_not_shut_more(tmp_path: Path) -> None:
    """At 8 times its strength a stop of production is what it is; a road that is slow gets slower."""
    limit = read_limits("stockout_rate>100%")[0]
    row = ("reorder-point", "none", "preference")
    asked = Asked("viral-oring", (row,), read_goal(), ("factory-stop",), limit=limit, runs=1)
    (stopped,) = stress(asked, 1, "").breakings
    assert (stopped.holds, stopped.most) == (1.0, 1.0)
    slow, _ = muddy(tmp_path, limit=limit).breakings
    assert (slow.holds, slow.most) == (MOST, MOST)


def test_what_cannot_be_stronger_is_not_tried_stronger() -> None:
    tried: list[float] = []

    def broken(strength: float, rows: object) -> dict[int, bool]:
        tried.append(strength)
        return {0: False}

    (one,) = breakings("x", [0], broken, most=1.0)
    assert (one.holds, one.breaks, tried) == (1.0, None, [0.0, 1.0])
