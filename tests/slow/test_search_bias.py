"""Selection bias: who chooses the luckiest of many must not believe the luck that chose.

Candidates that are all alike are chosen among by the shipped search, on made-up scores: independent normal numbers of
mean 0. On fresh luck the interval of the chosen one covers the truth as often as it says; on the luck that chose it
hardly ever does, which shows that the experiment would tell.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from reports.record import FloatArray
from reports.verdict.estimates import estimate
from reports.verdict.goal import read_goal
from sim.luck import Luck
from sim.search.choosing import Search, choose
from sim.search.luck import fresh
from sim.search.playing import Ground
from sim.search.ranking import scores_of
from sim.search.space import space_of
from sim.tournament import Entry

pytestmark = pytest.mark.slow

REPEATS = 400
CANDIDATES = 200
RUNS = 30
GOAL = read_goal("most profit")


@dataclass(frozen=True)
class World:
    """As much of a scenario as a search looks at."""

    seed: int


@dataclass(frozen=True)
class Alike(Ground):
    """A ground on which every candidate scores luck of its own, in every replication anew."""

    met: dict[str, int] = field(default_factory=dict)

    def scores(self, rows: Sequence[Entry], runs: Sequence[int]) -> FloatArray:
        numbers = [self.met.setdefault(str(spec), len(self.met)) for spec, _, _ in rows]
        luck = Luck(self.scenario.seed)
        columns = [luck.stream(run, "scores").normal(size=4 * CANDIDATES)[numbers] for run in runs]
        values = np.array(columns).T[:, None]
        return np.repeat(values, len(self.names), axis=1)


@pytest.mark.parametrize("way", ["halving", "random"])
def test_the_chosen_one_is_reported_without_the_luck_that_chose_it(way: str) -> None:
    space = space_of("reorder-point")
    search = Search("reorder-point", space, GOAL, search=way, candidates=CANDIDATES, runs=RUNS)
    told, believed = [], []
    for repeat in range(REPEATS):
        ground = Alike(World(repeat), None, scores_of(GOAL))  # type: ignore[arg-type]
        chosen = choose(search, ground)
        best = search.entry(chosen.candidates[0].spec)
        told.append(estimate(ground.scores([best], fresh(RUNS))[0, -1]))
        believed.append(estimate(chosen.scores[0][-1]))
    covers = np.mean([known.low <= 0 <= known.high for known in told])
    assert 0.9 <= covers <= 0.99
    assert abs(np.mean([known.mean for known in told])) < 0.05
    assert np.mean([known.low <= 0 <= known.high for known in believed]) < 0.5
