"""Choosing: candidates are drawn, played on replications 0, 1, ... and put in order, the best first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.record import FloatArray
from reports.verdict.goal import Goal
from sim.search.halving import Halved, Play, Rank, Round, halved, rounds_of
from sim.search.playing import Ground
from sim.search.ranking import by_front, by_goal
from sim.search.space import Candidate, Drawn, Space, at_random, nearby, on_a_grid
from sim.tournament import Entry

FINALISTS = 4
"""Candidates that are played on fresh luck."""
FRONT = 15
"""The same when the whole front is asked for."""
GENERATIONS = ((0.4, 1.0), (0.2, 0.2), (0.2, 0.08), (0.2, 0.03))
"""Of successive halving: the share of candidates drawn, and how far from those who came through before."""


@dataclass(frozen=True)
class Search:
    """What is searched for, how, and how hard."""

    policy: str  # as the user gave it
    space: Space
    goal: Goal
    search: str = "halving"
    candidates: int = 100
    confidence: float = 0.95
    front: bool = False
    runs: int = 200
    playbook: str = "none"
    routing: str = "preference"

    @property
    def finalists(self) -> int:
        """Candidates that are played on fresh luck, at most."""
        return FRONT if self.front else FINALISTS

    @property
    def rank(self) -> Rank:
        """Who is better."""
        return by_front(self.goal) if self.front else by_goal(self.goal, self.runs, self.confidence)

    def entry(self, spec: str) -> Entry:
        """The row that a spec plays."""
        return spec, self.playbook, self.routing


@dataclass(frozen=True)
class Chosen:
    """Candidates by what choosing thought of them, and what they scored there."""

    candidates: tuple[Candidate, ...]  # the best first
    scores: tuple[FloatArray, ...]  # of each, [score, run]
    rounds: tuple[Round, ...]
    skipped: int


def choose(search: Search, ground: Ground) -> Chosen:
    """Draw candidates, play them, put them in order. Raises PolicyError when none can be drawn.

    Where lists hold no more combinations than candidates are asked for, every one is tried instead of halving.
    """
    few = search.search == "halving" and 0 < search.space.combinations <= search.candidates
    if search.search == "halving" and not few:
        return by_halving(search, ground)
    if search.search == "optuna":
        from sim.search.by_optuna import by_optuna

        return by_optuna(search, ground)
    if few or search.search == "grid":
        return all_alike(search, ground, on_a_grid(search.space, search.candidates))
    return all_alike(search, ground, at_random(search.space, search.candidates, ground.scenario.seed))


def all_alike(search: Search, ground: Ground, found: Drawn, known: Mapping[int, FloatArray] | None = None) -> Chosen:
    """Every candidate in all replications; `known` are the scores of those that have met them."""
    rounds = (Round(len(found.candidates), search.runs),)
    who = range(len(found.candidates))
    return in_order(found, halved(played(search, ground, found), search.rank, rounds, who, known), rounds)


def by_halving(search: Search, ground: Ground) -> Chosen:
    """Generations of candidates, the first from everywhere, later ones from around those who came through."""
    space, seed = search.space, ground.scenario.seed
    found, done, rounds = Drawn((), 0), Halved((), {}), list[Round]()
    for generation, (share, width) in enumerate(GENERATIONS):
        count, first = max(1, round(search.candidates * share)), len(found.candidates)
        best = done.order[: search.finalists]
        if best:
            seeds = [found.candidates[i] for i in best]
            found = found.joined(nearby(space, seeds, count, seed, width, generation))
        else:
            found = at_random(space, count, seed)
        who = [*best, *range(first, len(found.candidates))]
        each = rounds_of(len(who), search.runs, search.finalists)
        if generation < len(GENERATIONS) - 1:
            each = each[:-1] or each  # who goes on to be the seed of others need not have met all replications
        now = halved(played(search, ground, found), search.rank, each, who, done.scores)
        beaten = [i for i in done.order if i not in now.order]
        done, rounds = Halved((*now.order, *beaten), now.scores), [*rounds, *each]
    return in_order(found, done, rounds)


def played(search: Search, ground: Ground, found: Drawn) -> Play:
    """How candidates are played, by their number."""
    entries = [search.entry(one.spec) for one in found.candidates]
    return lambda who, runs: ground.scores([entries[i] for i in who], runs)


def in_order(found: Drawn, done: Halved, rounds: Sequence[Round]) -> Chosen:
    """Candidates and their scores, the best first."""
    candidates = tuple(found.candidates[i] for i in done.order)
    return Chosen(candidates, tuple(done.scores[i] for i in done.order), tuple(rounds), found.skipped)
