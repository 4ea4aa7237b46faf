"""Successive halving: all candidates meet the same few replications, and the better ones go on to more.

What a candidate scored in earlier rounds is kept, so no replication is played twice.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from reports.record import FloatArray, IntArray

ETA = 5
"""How many times as many replications the next round has."""
LEAST_RUNS = 10
"""Replications of the first round, at least: fewer say too little of a spread."""

Play = Callable[[Sequence[int], range], FloatArray]
"""Scores of some candidates in some replications, [candidate, score, run]."""
Rank = Callable[[FloatArray], IntArray]
"""From scores [candidate, score, run] to the order of the candidates, best first."""


@dataclass(frozen=True)
class Round:
    """How many candidates go on until they have met so many replications in all."""

    candidates: int
    runs: int


@dataclass(frozen=True)
class Halved:
    """What the rounds left."""

    order: tuple[int, ...]  # every candidate: those of the last round first, best first; then those who left before
    scores: Mapping[int, FloatArray]  # by candidate, [score, run], all that it was played over


def rounds_of(candidates: int, runs: int, finalists: int) -> tuple[Round, ...]:
    """Rounds from all candidates in a few replications to `finalists` in `runs`, evenly thinned out."""
    if candidates <= finalists or runs <= LEAST_RUNS:
        return (Round(candidates, runs),)
    count = math.ceil(math.log(runs / LEAST_RUNS, ETA))
    thinning = (finalists / candidates) ** (1 / count)
    return tuple(
        Round(
            max(finalists, round(candidates * thinning**number)),
            max(LEAST_RUNS, round(runs / ETA ** (count - number))),
        )
        for number in range(count + 1)
    )


def halved(
    play: Play,
    rank: Rank,
    rounds: Sequence[Round],
    who: Sequence[int],
    known: Mapping[int, FloatArray] | None = None,
) -> Halved:
    """Play the rounds among the candidates `who`. Replications are 0, 1, ..., the same for every candidate of a round.

    `known` holds what some of them scored before, from replication 0 on.
    """
    alive, gone, scores = list(who), list[int](), dict(known or {})
    for each in rounds:
        gone = alive[each.candidates :] + gone
        alive = sorted(alive[: each.candidates])
        catch_up(play, alive, scores, each.runs)
        order = rank(np.array([scores[index][:, : each.runs] for index in alive]))
        alive = [alive[place] for place in order.tolist()]
    return Halved(tuple(alive + gone), scores)


def catch_up(play: Play, alive: Sequence[int], scores: dict[int, FloatArray], runs: int) -> None:
    """Play what is missing of the first `runs` replications; those who miss the same play together."""
    met = {index: scores[index].shape[1] if index in scores else 0 for index in alive}
    for begin in sorted({count for count in met.values() if count < runs}):
        late = [index for index in alive if met[index] == begin]
        for index, more in zip(late, play(late, range(begin, runs)), strict=True):
            scores[index] = np.concatenate([scores[index], more], axis=1) if begin else more
