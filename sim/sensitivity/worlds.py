"""What is studied, and the worlds that are played for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from reports.record import FloatArray
from scenarios.schema import Scenario
from scenarios.variation import Changeable
from sim.search.playing import Ground
from sim.tournament import Specs, setting

Method = Literal["ends", "morris", "sobol"]
SAMPLES: dict[Method, int] = {"ends": 0, "morris": 6, "sobol": 32}
"""Where nothing is said: walks, or base points."""


@dataclass(frozen=True)
class Asked:
    """What is studied."""

    world: str
    rows: tuple[Specs, ...]
    shocks: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()  # as typed; a list of its own where there are none
    score: str = "profit"
    method: Method = "morris"
    samples: int | None = None
    runs: int = 50
    seed: int | None = None
    command: str = ""


@dataclass
class Worlds:
    """The worlds of a study: each is played once, all in the same futures."""

    asked: Asked
    base: Changeable
    jobs: int
    advance: Callable[[int], None]
    _played: dict[tuple[object, ...], FloatArray] = field(default_factory=dict)

    def scenario(self, changed: Mapping[str, object]) -> Scenario:
        """The world changed, under its shocks. Raises `ScenarioError`."""
        found, seed = self.base.varied(changed, self.asked.shocks), self.asked.seed
        return found if seed is None else found.model_copy(update={"seed": seed})

    def scores(self, changed: Mapping[str, object], row: int | None = None) -> FloatArray:
        """The score of every row, or of one of them, [row, run]."""
        key = (row, *changed.items())
        if key not in self._played:
            scenario = self.scenario(changed)
            ground = Ground(scenario, setting(scenario, ""), (self.asked.score,), self.jobs, self.advance)
            rows = self.asked.rows if row is None else self.asked.rows[row : row + 1]
            self._played[key] = ground.scores(rows, range(self.asked.runs))[:, 0]
        return self._played[key]

    @property
    def points(self) -> int:
        """How many were played."""
        return len(self._played)
