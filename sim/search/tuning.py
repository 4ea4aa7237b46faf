"""The whole search: choose on one luck, then report on another that no choice has seen."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from policies.plugins.spec import Value
from policies.protocol import PolicyError
from reports.comparison import Comparison, Row, installed_versions
from reports.language.speaking import say
from reports.tally import Tally
from reports.tuning import Axis as ToldAxis
from reports.tuning import Choosing, Neighbour, Tried, Tuning
from sim.search.axis import Axis
from sim.search.choosing import Chosen, Search, choose
from sim.search.luck import fresh
from sim.search.playing import Ground
from sim.search.ranking import judged, means, scores_of
from sim.search.space import Candidate, Space
from sim.tournament import play_rows


def tune(search: Search, ground: Ground, command: str) -> Tuning:
    """Choose, then play the finalists, the spec as given and the neighbours of the best on fresh luck."""
    ground = replace(ground, names=scores_of(search.goal))
    chosen = choose(search, ground)
    tuning = Tuning(told(search, chosen), reported(search, ground, chosen, command), (), search.front)
    return tuning if search.front else with_neighbours(search, ground, tuning, chosen.candidates[0])


def reported(search: Search, ground: Ground, chosen: Chosen, command: str) -> Comparison:
    """The finalists, the chosen one first, and the spec as given last, on fresh luck."""
    specs = [one.spec for one in chosen.candidates[: search.finalists]] + [search.policy]
    runs, rows = fresh(search.runs), [search.entry(spec) for spec in specs]
    records = play_rows(
        ground.scenario, rows, runs, jobs=ground.jobs, keep=runs[:1], progress=_times(ground.advance, len(rows))
    )
    told_rows = tuple(Row.of(Tally.of(record, ground.setting), ground.setting) for record in records)
    return Comparison(ground.setting, np.array(runs), told_rows, search.goal, installed_versions(), command)


def with_neighbours(search: Search, ground: Ground, tuning: Tuning, best: Candidate) -> Tuning:
    """The best with one parameter moved at a time, on the luck that reports: a step, and another while that is as good.

    A value that contradicts the others ends its way.
    """
    ways = [
        (place, way) for place, axis in enumerate(search.space.axes) for way in axis.moves(best.values[place]) if way
    ]
    while ways:
        moved = [
            (place, way, candidate)
            for place, way in ways
            if (candidate := _moved(search.space, best, place, way[0])) is not None
        ]
        if not moved:
            break
        scores = ground.scores([search.entry(candidate.spec) for _, _, candidate in moved], fresh(search.runs))
        ways = []
        for (place, way, candidate), values in zip(moved, scores, strict=True):
            known = dict(zip(ground.names, values, strict=True))
            one = Neighbour(search.space.axes[place].name, way[0], candidate.label, known)
            tuning = replace(tuning, neighbours=(*tuning.neighbours, one))
            if way[1:] and tuning.as_good(one):
                ways.append((place, way[1:]))
    return tuning


def _moved(space: Space, best: Candidate, place: int, value: Value) -> Candidate | None:
    """The best with one value changed; None where that contradicts the others."""
    try:
        return space.candidate([*best.values[:place], value, *best.values[place + 1 :]])
    except PolicyError:
        return None


def _times(advance: Callable[[int], None] | None, rows: int) -> Callable[[int], None] | None:
    return None if advance is None else lambda runs: advance(runs * rows)


def told(search: Search, chosen: Chosen) -> Choosing:
    """How the choice was made, for the report."""
    names, axes = scores_of(search.goal), search.space.axes
    over, _ = judged(chosen.scores[0][None], search.goal, search.runs, search.confidence)
    return Choosing(
        policy=search.policy,
        search=search.search,
        axes=tuple(ToldAxis(axis.name, _searched(axis)) for axis in axes),
        tried=tuple(
            Tried(
                one.label,
                {axis.name: value for axis, value in zip(axes, one.values, strict=True)},
                values.shape[1],
                dict(zip(names, means(values).tolist(), strict=True)),
            )
            for one, values in zip(chosen.candidates, chosen.scores, strict=True)
        ),
        skipped=chosen.skipped,
        runs=search.runs,
        rounds=tuple((each.candidates, each.runs) for each in chosen.rounds),
        confidence=search.confidence,
        held=not over.any(),
        playbook=search.playbook,
        routing=search.routing,
    )


def _searched(axis: Axis) -> str:
    """Where a parameter was searched, in words."""
    if axis.listed:
        return say("list.items").join(map(str, axis.listed))
    return say("number.from_to", low=f"{axis.low:g}", high=f"{axis.high:g}")
