"""The study: every factor at both ends, where the choice changes, and what the factors do together."""

import math
from collections.abc import Callable

import numpy as np

from policies.parameters import label
from policies.registry import playbook, policy, routing
from reports.comparison import installed_versions
from reports.record import FloatArray
from reports.sensitivity.result import HIGH, LOW, Effects, Factor, Sensitivity, Shares, best, known_mean
from reports.verdict.estimates import estimate
from reports.verdict.goal import GoalError, known_score
from scenarios.variation import Changeable
from sim.luck import Luck
from sim.sensitivity.factors import changes, default_factors, read_factor
from sim.sensitivity.flips import flips
from sim.sensitivity.morris import elementary_effects, trajectories
from sim.sensitivity.sobol import shares
from sim.sensitivity.worlds import SAMPLES, Asked, Worlds
from sim.tournament import Specs, setting


def studied(asked: Asked, jobs: int = 1, advance: Callable[[int], None] = lambda _: None) -> Sensitivity:
    """The study. Raises `ScenarioError` and `GoalError` before anything is played; `advance` is told of rows x runs."""
    base = Changeable.of(asked.world)
    worlds = Worlds(asked, base, jobs, advance)
    scenario = worlds.scenario({})
    factors = tuple(read_factor(text, base) for text in asked.factors) or default_factors(scenario)
    _refuse(asked, factors)
    for factor in factors:
        for end in (LOW, HIGH):
            worlds.scenario(changes(factor, end))
    as_is = worlds.scores({})
    ends = np.array([[worlds.scores(changes(factor, end)) for end in (LOW, HIGH)] for factor in factors])
    usable = tuple(row for row, specs in enumerate(asked.rows) if not _yardstick(specs)) or tuple(
        range(len(asked.rows))
    )
    leader = best(as_is, usable, asked.score)
    luck = Luck(scenario.seed).stream(0, "sensitivity")
    return Sensitivity(
        setting(scenario, "+".join([asked.world, *asked.shocks])),
        tuple(map(_name, asked.rows)),
        usable,
        np.arange(asked.runs),
        asked.score,
        factors,
        as_is,
        ends,
        tuple(flips(worlds, factors, ends, usable, leader)),
        _effects(worlds, factors, leader, luck) if asked.method == "morris" else (),
        _shares(worlds, factors, leader, luck) if asked.method == "sobol" else (),
        worlds.points,
        installed_versions(),
        asked.command,
    )


def _refuse(asked: Asked, factors: tuple[Factor, ...]) -> None:
    known_score(asked.score, f"--score {asked.score}")
    if not factors:
        raise GoalError("this world has nothing to move; name a --factor")
    keys = [key for factor in factors for key in factor.keys]
    if twice := next((key for key in keys if keys.count(key) > 1), None):
        raise GoalError(f"--factor {twice}: is given twice")
    samples = asked.samples or SAMPLES[asked.method]
    if asked.method == "sobol" and samples & (samples - 1):
        raise GoalError(f"samples {samples}: for sobol a power of two, such as 32 or 64")
    if asked.method == "morris" and samples < 2:
        raise GoalError(f"samples {samples}: for morris at least 2")


def _name(specs: Specs) -> str:
    who, book, way = specs
    beside = [f"with {label(playbook(book))}"] if book != "none" else []
    beside += [f"via {label(routing(way))}"] if way != "preference" else []
    return " ".join([label(policy(who)), *beside])


def _yardstick(specs: Specs) -> bool:
    made = policy(specs[0])
    return "future" in made.sees or made.name == "never"


def _means(worlds: Worlds, factors: tuple[Factor, ...], leader: int, points: FloatArray) -> FloatArray:
    """The leader's mean score at some points, [point, factor] -> [point]. Raises `GoalError` where it is undefined."""
    found = []
    for point in points:
        changed: dict[str, object] = {}
        for factor, share in zip(factors, point.tolist(), strict=True):
            changed |= changes(factor, share)
        found.append(known_mean(worlds.scores(changed, leader)[0]))
    if not np.isfinite(found).all():
        raise GoalError(f"{worlds.asked.score} is undefined somewhere between the ends; name another --score")
    return np.array(found)


def _effects(
    worlds: Worlds, factors: tuple[Factor, ...], leader: int, luck: np.random.Generator
) -> tuple[Effects, ...]:
    walks = trajectories(len(factors), worlds.asked.samples or SAMPLES["morris"], luck)
    results = np.array([_means(worlds, factors, leader, walk) for walk in walks])
    found = elementary_effects(walks, results).T
    sizes = [estimate(np.abs(one), (0.0, math.inf)) for one in found]
    return tuple(
        Effects(size, float(one.mean()), float(one.std(ddof=1))) for size, one in zip(sizes, found, strict=True)
    )


def _shares(worlds: Worlds, factors: tuple[Factor, ...], leader: int, luck: np.random.Generator) -> tuple[Shares, ...]:
    samples = worlds.asked.samples or SAMPLES["sobol"]
    return shares(lambda points: _means(worlds, factors, leader, points), len(factors), samples, luck)
