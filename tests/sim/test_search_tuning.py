"""A whole search in a small world: two kinds of luck, scores that add up, and an answer that does not wobble."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest

from policies.protocol import Policy
from policies.registry import policy
from reports.display.tuning import tuning_json
from reports.record import FloatArray
from reports.scores import all_scores
from reports.verdict.goal import read_goal
from scenarios.reader import read_scenario
from scenarios.schema import Scenario
from sim.search.axis import Axis
from sim.search.choosing import Search, choose
from sim.search.playing import Ground
from sim.search.ranking import scores_of
from sim.search.space import space_of
from sim.search.tuning import tune
from sim.tournament import Entry, play, setting
from tests.worlds import PLAIN, scenario_of

GOAL = read_goal("stockout_rate<=10%, least holding_cost")
SPEC = "reorder-point:pace_days=28"
NAMES = ("stockout_rate", "holding_cost", "profit")


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """Two lamps."""
    return scenario_of(PLAIN, tmp_path_factory.mktemp("world"))


def ground(scenario: Scenario, names: tuple[str, ...] = NAMES, jobs: int = 1) -> Ground:
    return Ground(scenario, setting(scenario, "lamps"), names, jobs)


def search(**changes: object) -> Search:
    asked = Search(SPEC, space_of(SPEC), GOAL, candidates=16, runs=24)
    return replace(asked, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Heard(Ground):
    """A ground that remembers which replications were asked for."""

    heard: list[int] = field(default_factory=list)

    def scores(self, rows: Sequence[Entry], runs: Sequence[int]) -> FloatArray:
        self.heard.extend(runs)
        return super().scores(rows, runs)


def rows(*specs: str) -> list[Entry]:
    return [(spec, "none", "preference") for spec in specs]


def test_scores_in_parts_are_the_scores_at_once_to_the_bit(scenario: Scenario) -> None:
    two = rows("reorder-point", "min-max:safety_days=3")
    once = ground(scenario).scores(two, range(20))
    parts = [ground(scenario).scores(two, part) for part in (range(7), range(7, 8), range(8, 20))]
    assert (np.concatenate(parts, axis=2) == once).all()
    assert (ground(scenario, jobs=2).scores(two, range(20)) == once).all()
    assert (ground(scenario).scores(two[1:], range(20)) == once[1:]).all()


def test_scores_are_those_of_a_comparison(scenario: Scenario) -> None:
    (record,) = play(scenario, ["reorder-point"], 12)
    known = all_scores(record, setting(scenario, "lamps"))
    assert (ground(scenario).scores(rows("reorder-point"), range(12))[0] == [known[name] for name in NAMES]).all()


def test_the_luck_that_reports_chose_nothing(scenario: Scenario) -> None:
    heard = Heard(scenario, setting(scenario, "lamps"), scores_of(GOAL))
    chosen = choose(search(), heard)
    assert set(heard.heard) == set(range(24))
    tuning = tune(search(), heard, "stocktide tune")
    assert set(tuning.comparison.runs.tolist()).isdisjoint(range(24))
    assert tuning.best.policy == chosen.candidates[0].label
    for neighbour in tuning.neighbours:
        assert len(neighbour.scores["holding_cost"]) == 24


@pytest.mark.parametrize("way", ["halving", "random", "grid"])
def test_a_search_finds_the_same_whoever_plays_it_and_is_at_least_as_good_as_what_was_given(
    scenario: Scenario, way: str
) -> None:
    asked = search(search=way)
    one = tune(asked, ground(scenario, scores_of(GOAL)), "stocktide tune")
    two = tune(asked, ground(scenario, scores_of(GOAL), jobs=2), "stocktide tune")
    assert tuning_json(one) == tuning_json(two)
    assert GOAL.met(one.best.means)
    if GOAL.met(one.default.means):
        assert one.best.means["holding_cost"] <= one.default.means["holding_cost"] * 1.02


def test_choosing_plays_every_row_with_its_playbook_and_its_routing() -> None:
    world = read_scenario("bonded-and-direct")
    here = Ground(world, setting(world, "bonded-and-direct"), NAMES)
    rows = [
        ("service-level", book, way) for book in ("none", "peak-guard") for way in ("preference", "preference:ranks=1")
    ]
    found = here.scores(rows, range(3))
    for (spec, book, way), scores in zip(rows, found, strict=True):
        (record,) = play(world, [spec], 3, playbooks=[book], routings=[way])
        known = all_scores(record, here.setting)
        assert (scores == [known[name] for name in NAMES]).all()
    assert all((one != other).any() for one, other in itertools.combinations(found, 2))


@dataclass(frozen=True)
class Valley(Ground):
    """A ground on which nobody is ever short and costs rise with the distance from the middle of every range."""

    def scores(self, rows: Sequence[Entry], runs: Sequence[int]) -> FloatArray:
        found = []
        for spec, _, _ in rows:
            rule = policy(str(spec))
            cost = sum(abs(share(axis, rule) - 0.5) for axis in space_of("reorder-point").axes)
            found.append([[0.0] * len(runs), [0.0] * len(runs), [cost] * len(runs)])
        return np.array(found)


def share(axis: Axis, rule: Policy) -> float:
    """Where a rule's parameter stands in its range."""
    return axis.share(getattr(rule, axis.field))


def test_later_generations_are_drawn_around_those_who_came_through(scenario: Scenario) -> None:
    """40 of 100 candidates are drawn within 8 % and 3 % of every range of the best. Anywhere, 1 in 125 would be as near
    as a tenth of each range: no more than 10 of 100, with certainty."""
    space = space_of("reorder-point")
    asked = search(policy="reorder-point", space=space, candidates=100, runs=10)
    chosen = choose(asked, Valley(scenario, setting(scenario, "lamps"), scores_of(GOAL)))
    places = np.array([[share(axis, policy(one.spec)) for axis in space.axes] for one in chosen.candidates])
    near = (np.abs(places - places[0]) <= 0.1).all(axis=1)
    assert near.sum() > 10


def test_other_names_of_a_row_play_with_their_playbook(scenario: Scenario) -> None:
    tuning = tune(search(playbook="slow-movers", candidates=3, runs=4), ground(scenario), "stocktide tune")
    assert {row.playbook for row in tuning.comparison.rows} == {"slow-movers"}


def test_a_front_is_what_no_finalist_beats(scenario: Scenario) -> None:
    tuning = tune(search(front=True, candidates=30), ground(scenario), "stocktide tune")
    points = [(row.means["stockout_rate"], row.means["holding_cost"]) for row in tuning.finalists]
    front = [(row.means["stockout_rate"], row.means["holding_cost"]) for row in tuning.frontier]
    assert len(front) >= 3
    assert front == sorted(front)
    for rate, cost in points:
        assert any(r <= rate and c <= cost for r, c in front)
    for rate, cost in front:
        assert not any(r <= rate and c <= cost and (r, c) != (rate, cost) for r, c in points)
    assert not tuning.neighbours


def test_a_file_rule_is_searched(scenario: Scenario, tmp_path: Path) -> None:
    from tests.sim.test_search_space import OWN

    (tmp_path / "mine.py").write_text(OWN)
    spec = f"{tmp_path / 'mine.py'}:Mine(review_days=3)"
    tuning = tune(replace(search(candidates=3, runs=4), policy=spec, space=space_of(spec)), ground(scenario), "")
    assert all(row.policy.startswith("mine:") for row in tuning.comparison.rows)


def test_lists_that_are_short_are_tried_whole(scenario: Scenario) -> None:
    space = space_of("reorder-point", {"safety_cycles": "1,2", "order_days": "10,30"})
    found = choose(search(policy="reorder-point", space=space, candidates=6, runs=6), ground(scenario, scores_of(GOAL)))
    assert {one.values for one in found.candidates} == {(1, 10), (1, 30), (2, 10), (2, 30)}
    assert all(scores.shape[1] == 6 for scores in found.scores)
