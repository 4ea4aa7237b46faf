"""The stress test: every row in the quiet world and under every trial, over the same futures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from reports.comparison import installed_versions
from reports.stress.measures import spell
from reports.stress.stress import Breaking, Outcome, Refusal, StressTest, Trial, scores_of
from reports.verdict.estimates import middle
from reports.verdict.goal import Constraint, Goal
from scenarios.reader import scenario_hash
from scenarios.schema import Scenario
from sim.stress.breaking import MOST, breakings
from sim.stress.laying import Laid, World, first_day, pairs, values
from sim.stress.playing import Condensed, Ground
from sim.tournament import Entry, setting


@dataclass(frozen=True)
class Asked:
    """What is to be tested."""

    world: str
    rows: tuple[Entry, ...]
    goal: Goal
    shocks: tuple[str, ...] = ()  # all that ship and find something when empty
    pairs: bool = False
    strengths: tuple[float, ...] = (1.0,)
    vary: tuple[str, ...] = ()  # key=a,b,c
    limit: Constraint | None = None  # that the reverse test breaks
    runs: int = 200
    seed: int | None = None


def stress(asked: Asked, jobs: int, command: str, progress: Callable[[int], None] = lambda _: None) -> StressTest:
    """Play it all. Results do not depend on `jobs`. Raises ScenarioError before anything is played."""
    world = World.of(asked.world, asked.seed)
    laid, refused = worlds_of(world, asked)
    ground = Ground(asked.rows, tuple(range(asked.runs)), scores_of(asked.goal, asked.limit), jobs, progress)
    field = Field(world.quiet, ground, asked.limit)
    trials = tuple(field.trial(one) for one in laid)
    shocks = dict.fromkeys(one.name for one in laid if one.kind == "shock")
    searched = shocks if asked.limit is not None else ()
    found = tuple(breaking for shock in searched for breaking in field.reversed(world, shock))
    return StressTest(
        setting=setting(world.quiet, asked.world),
        runs=np.array(ground.runs, np.int64),
        rows=tuple(one.who for one in field.still),
        goal=asked.goal,
        quiet=Trial("", "shock", 0.0, scenario_hash(world.quiet), tuple(Outcome(one.scores) for one in field.still)),
        trials=trials,
        refused=tuple(refused),
        limit=asked.limit,
        breakings=found,
        versions=installed_versions(),
        command=command,
    )


def worlds_of(world: World, asked: Asked) -> tuple[list[Laid], list[Refusal]]:
    """Every world to be played beside the quiet one; and the shocks that find nothing where none was asked for."""
    named, refused = (list(asked.shocks), []) if asked.shocks or asked.vary else world.fitting()
    joined = [*named, *(pairs(named) if asked.pairs else ())]
    shocked = [
        Laid(shock, "shock", strength, world.shocked(shock, strength))
        for shock in joined
        for strength in asked.strengths
    ]
    return shocked + [Laid(text, "change", 1.0, world.changed([text])) for text in values(asked.vary)], refused


class Field:
    """Rows that were played in the quiet world, and are to be played in others."""

    def __init__(self, quiet: Scenario, ground: Ground, limit: Constraint | None) -> None:
        self.quiet, self.ground, self.limit = quiet, ground, limit
        self.still = ground.play(quiet)
        self._broken: dict[str, list[bool]] = {}  # by the scenario's hash, [row]

    def trial(self, laid: Laid) -> Trial:
        """What became of each row in another world."""
        found = self.still if laid.scenario == self.quiet else self.ground.play(laid.scenario)
        begins, known = first_day(self.quiet, laid.scenario), scenario_hash(laid.scenario)
        self._broken[known] = [self._breaks(one) for one in found]
        outcomes = tuple(
            Outcome(one.scores, spell(one.short, still.short, begins) if laid.kind == "shock" else None)
            for one, still in zip(found, self.still, strict=True)
        )
        return Trial(laid.name, laid.kind, laid.strength, known, outcomes)

    def reversed(self, world: World, shock: str) -> list[Breaking]:
        """Where each row breaks the limit under a shock."""
        # What is shut is shut: some shocks are no stronger beyond what they say.
        most = 1.0 if world.shocked(shock, MOST) == world.shocked(shock) else MOST

        def broken(strength: float, rows: Sequence[int]) -> Mapping[int, bool]:
            scenario = world.shocked(shock, strength)
            known = self._broken.get(scenario_hash(scenario))
            if scenario == self.quiet:
                known = [self._breaks(one) for one in self.still]
            if known is not None:
                return {row: known[row] for row in rows}
            return {row: self._breaks(one) for row, one in zip(rows, self.ground.play(scenario, rows), strict=True)}

        return breakings(shock, range(len(self.still)), broken, most)

    def _breaks(self, one: Condensed) -> bool:
        if self.limit is None:
            return False
        known = one.scores[self.limit.score]
        known = known[~np.isnan(known)]
        return bool(len(known)) and self.limit.holds(middle(known))
