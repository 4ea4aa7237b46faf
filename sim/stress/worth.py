"""What changes are worth: every row without each and with it, over the same futures."""

from collections.abc import Callable

import numpy as np

from reports.comparison import installed_versions
from reports.stress.worth import SCORES_TOLD, Changed, Worth
from scenarios.reader import scenario_hash
from scenarios.schema import Scenario
from sim.stress.changing import sides, steps_of
from sim.stress.laying import World
from sim.stress.playing import Condensed, Ground
from sim.tournament import Entry, setting


def worth(
    name: str,
    changes: tuple[str, ...],
    rows: tuple[Entry, ...],
    *,
    runs: int,
    jobs: int,
    seed: int | None,
    command: str,
    progress: Callable[[int], None] = lambda _: None,
) -> Worth:
    """Play every change of a world. Results do not depend on `jobs`. Raises ScenarioError before anything is played."""
    world = World.of(name, seed)
    asked = [steps_of(change) for change in changes]
    both = [sides(world, steps, rows) for steps in asked]
    numbers = tuple(range(runs))

    played: dict[tuple[str, tuple[Entry, ...]], tuple[Condensed, ...]] = {}

    def scores(scenario: Scenario, entries: tuple[Entry, ...]) -> tuple[Condensed, ...]:
        key = scenario_hash(scenario), entries
        if key not in played:
            played[key] = Ground(entries, numbers, SCORES_TOLD, jobs, progress).play(scenario)
        return played[key]

    found = []
    for steps, one in zip(asked, both, strict=True):
        without, after = scores(one.without, one.rows_without), scores(one.after, one.rows_after)
        found.append(
            Changed(
                steps,
                scenario_hash(one.after),
                tuple(row.scores for row in without),
                tuple(row.scores for row in after),
            )
        )
    first = scores(both[0].without, rows)
    return Worth(
        setting(world.quiet, name),
        np.array(numbers, np.int64),
        tuple(row.who for row in first),
        tuple(found),
        installed_versions(),
        command,
    )
