"""Where the choice changes: the ends of factors at which another row is the best, and the values from which on."""

from collections.abc import Iterator

from reports.record import FloatArray
from reports.scores import SCORES
from reports.sensitivity.result import HIGH, LOW, Factor, Flip, best
from reports.verdict.estimates import estimate
from sim.sensitivity.factors import changes
from sim.sensitivity.worlds import Worlds

HALVINGS = 5
"""Worlds that are played to find where the choice changes."""


def flips(
    worlds: Worlds, factors: tuple[Factor, ...], ends: FloatArray, usable: tuple[int, ...], leader: int
) -> Iterator[Flip]:
    """Every end, of scores [factor, end, row, run], at which another usable row than the leader is the best."""
    score = worlds.asked.score
    if SCORES[score].better == "neither":
        return
    sign = -1.0 if SCORES[score].better == "less" else 1.0
    for place, factor in enumerate(factors):
        winners = [best(ends[place, end], usable, score) for end in (LOW, HIGH)]
        for end, row in enumerate(winners):
            if row != leader:
                stays = _stays(factor, end, winners[1 - end] == leader)
                gap = estimate(sign * (ends[place, end, row] - ends[place, end, leader]))
                at = float("nan") if stays is None else _turning(worlds, factor, stays, end, usable, leader)
                yield Flip(place, end, row, at, gap)


def _stays(factor: Factor, end: int, holds_opposite: bool) -> float | None:
    """A share of the range at which the leader is the best: where the world is as it is, or the other end."""
    if factor.times and factor.low <= 1 <= factor.high:
        return (1 - factor.low) / (factor.high - factor.low)
    return float(1 - end) if holds_opposite else None


def _turning(worlds: Worlds, factor: Factor, stays: float, end: int, usable: tuple[int, ...], leader: int) -> float:
    """The value from which on, towards an end, the leader is no longer the best: by halving."""
    turns = float(end)
    for _ in range(HALVINGS):
        middle = (stays + turns) / 2
        holds = best(worlds.scores(changes(factor, middle)), usable, worlds.asked.score) == leader
        stays, turns = (middle, turns) if holds else (stays, middle)
    return factor.at((stays + turns) / 2)
