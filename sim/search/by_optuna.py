"""Candidates suggested by Optuna, an optional extra: a sampler that learns from what was played."""

import sys
from collections.abc import Mapping
from typing import Any

import numpy as np

from policies.plugins.spec import Value
from policies.protocol import PolicyError
from reports.record import FloatArray
from sim.search.axis import Axis
from sim.search.choosing import Chosen, Search, all_alike, played
from sim.search.halving import catch_up
from sim.search.playing import Ground
from sim.search.ranking import judged
from sim.search.space import Candidate, Drawn, Space

MISSING = "--search optuna needs an extra: pip install 'stocktide[optimize]'"
TOGETHER = 10
"""Candidates that are suggested and played at a time, so that the world is drawn once for all of them."""
BROKEN = sys.float_info.max / 1e6
"""What a candidate costs that breaks the goal, times how far it is beyond it."""


def by_optuna(search: Search, ground: Ground) -> Chosen:
    """Candidates asked of Optuna in groups, each played over all replications.

    Raises PolicyError where Optuna is not installed, where a front is asked for, or when every candidate contradicts
    itself.
    """
    if search.front:
        raise PolicyError("--frontier goes together with --search halving, random or grid")
    try:
        import optuna
    except ImportError:
        raise PolicyError(MISSING) from None
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=ground.scenario.seed % 2**32))
    found = Drawn((), 0)
    scores: dict[int, FloatArray] = {}
    for begin in range(0, search.candidates, TOGETHER):
        trials = [study.ask() for _ in range(min(TOGETHER, search.candidates - begin))]
        asked = [(trial, _suggested(search.space, trial)) for trial in trials]
        first = len(found.candidates)
        found = found.joined(Drawn(tuple(one for _, one in asked if one), sum(one is None for _, one in asked)))
        catch_up(played(search, ground, found), range(first, len(found.candidates)), scores, search.runs)
        costs = _costs(search, found, scores)
        for trial, one in asked:
            if one is None:
                study.tell(trial, state=optuna.trial.TrialState.FAIL)
            else:
                study.tell(trial, costs[one.label])
    if not found.candidates:
        raise PolicyError(f"every candidate contradicts itself ({found.skipped} tried)")
    return all_alike(search, ground, found, scores)


def _suggested(space: Space, trial: Any) -> Candidate | None:
    """The candidate of a trial; None where its parameters contradict each other."""
    try:
        return space.candidate([_value(axis, trial) for axis in space.axes])
    except PolicyError:
        return None


def _value(axis: Axis, trial: Any) -> Value:
    value: Value
    if axis.listed:
        value = trial.suggest_categorical(axis.key, axis.listed)
    elif axis.whole:
        value = trial.suggest_int(axis.key, int(axis.low), int(axis.high))
    else:
        (value,) = axis.at(np.array([trial.suggest_float(axis.key, 0.0, 1.0)]))
    return value


def _costs(search: Search, found: Drawn, scores: Mapping[int, FloatArray]) -> dict[str, float]:
    """One number for each candidate, less is better: its objective, or far more where it breaks the goal."""
    over, cost = judged(np.array([scores[i] for i in range(len(scores))]), search.goal, search.runs, search.confidence)
    both = np.where(over > 0, BROKEN * np.minimum(over, 1e3), np.nan_to_num(cost, nan=BROKEN))
    return {one.label: float(each) for one, each in zip(found.candidates, both, strict=True)}
