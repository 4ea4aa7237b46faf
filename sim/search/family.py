"""A row that is turned until its mean score meets a target, and the board on which all that is tried is kept."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from policies.plugins.spec import chain, numbers_and_words, parts_of
from policies.protocol import PolicyError
from policies.registry import policy
from reports.record import FloatArray
from reports.scores.service import SERVICE
from reports.verdict.equal import Target
from sim.search.axis import Axis
from sim.search.halving import catch_up
from sim.search.playing import Ground
from sim.search.ranking import means
from sim.search.space import Candidate, Space
from sim.tournament import Entry

CLOSE = 0.01
"""Share of the target by which a mean may miss it and need not be brought nearer."""
BETTER_SERVED = {score.name: score.better for score in SERVICE if score.better != "neither"}
"""Scores of how buyers are served, and which way is better."""
FIRST = 5
"""Points over the range where good values are looked for; the ends of what is allowed are added."""
BEYOND = (0.03, 0.1, 0.3)
"""Shares of the way from the end of that range to the end of what is allowed at which points are added: more stock may
serve better there, and worse again further on, where its orders clog the factory."""
INSIDE = 0.1
"""Share of a stretch, at either end, from which a new point stays away."""


@dataclass
class Board:
    """Everything that was tried, and how far each mean is off the target."""

    ground: Ground
    target: Target
    entries: list[Entry] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    scores: dict[int, FloatArray] = field(default_factory=dict)

    def add(self, entry: Entry, name: str) -> int:
        """The number of a new row."""
        self.entries.append(entry)
        self.labels.append(name)
        return len(self.entries) - 1

    def meet(self, numbers: Sequence[int], runs: int) -> None:
        """Have rows played over the first `runs` replications."""
        catch_up(lambda who, part: self.ground.scores([self.entries[i] for i in who], part), numbers, self.scores, runs)

    def mean(self, number: int) -> float:
        """A row's mean of the score; NaN where it is undefined."""
        return float(means(self.scores[number])[0])

    def off(self, number: int) -> float:
        """A row's mean less the target; infinite where it is undefined."""
        mean = self.mean(number)
        return math.inf if math.isnan(mean) else mean - self.target.value

    def played(self, number: int) -> int:
        """Replications that a row has met."""
        return self.scores[number].shape[1] if number in self.scores else 0


@dataclass
class Family:
    """A row that is turned: what it turns, and the number on the board of every value tried."""

    entry: Entry
    space: Space | None  # of one axis; None where there is nothing to turn
    first: tuple[float, ...]  # values to begin with
    why: str = ""  # it cannot be turned
    tried: dict[float, int] = field(default_factory=dict)

    @property
    def turns(self) -> str:
        """The name of what it turns."""
        return self.space.axes[0].field if self.space else ""

    def try_out(self, value: float, board: Board) -> None:
        """Enter a value, unless it is there or contradicts the rest of the spec."""
        if self.space is None or value in self.tried:
            return
        try:
            candidate: Candidate = self.space.candidate([value])
        except PolicyError as error:
            self.why = str(error)
            return
        self.tried[value] = board.add((candidate.spec, *self.entry[1:]), candidate.label)

    def wanted(self, board: Board, runs: int) -> list[float]:
        """The values to be played over all replications next; none when the target cannot be met more nearly."""
        values = sorted(self.tried)
        fine = [value for value in values if board.played(self.tried[value]) == runs]
        if any(self.close(value, board) for value in fine):
            return []
        for stretch in self.stretches(fine, board):
            return self.between(*stretch, board)
        for stretch in self.stretches(values, board):
            return [value for value in stretch if value not in fine]
        asked = {values[0], self.nearest(values, board)} - set(fine) if values else set()
        return sorted(asked)

    def nearest(self, values: Sequence[float], board: Board) -> float:
        """The value whose mean is nearest to the target."""
        return min(values, key=lambda value: abs(board.off(self.tried[value])))

    def stretches(self, values: Sequence[float], board: Board) -> list[tuple[float, float]]:
        """Neighbours between which the target lies.

        Where it says how buyers are served, the lower of them serves worse: stock so high that its orders clog the
        factory serves worse again, and is no way to serve less.
        """
        over = {value: board.off(self.tried[value]) > 0 for value in values}
        crossed = [(low, high) for low, high in pairwise(values) if over[low] != over[high]]
        better = BETTER_SERVED.get(board.target.score)
        return crossed if better is None else [(low, high) for low, high in crossed if over[low] == (better == "less")]

    def overserves(self, board: Board, runs: int) -> bool:
        """Whether buyers are served better than asked even where the least is turned on."""
        number = self.tried[min(self.tried)]
        better = BETTER_SERVED.get(board.target.score)
        return board.played(number) == runs and better is not None and (board.off(number) < 0) == (better == "less")

    def between(self, low: float, high: float, board: Board) -> list[float]:
        """The value where the line between two meets the target; none where no value is left between them."""
        off_low, off_high = board.off(self.tried[low]), board.off(self.tried[high])
        share = min(max(off_low / (off_low - off_high), INSIDE), 1 - INSIDE)
        value = low + share * (high - low)
        whole = self.space is not None and self.space.axes[0].whole
        rounded = min(max(round(value), low + 1), high - 1) if whole else float(f"{value:.4g}")
        return [rounded] if low < rounded < high else []

    def close(self, value: float, board: Board) -> bool:
        """Whether a value's mean is as near as it need be."""
        return abs(board.off(self.tried[value])) <= CLOSE * abs(board.target.value)


def family(entry: Entry) -> Family:
    """The family of a row: the innermost policy that has a serving parameter is turned."""
    spec = str(entry[0])
    parts, rules = parts_of(spec), chain(policy(spec))
    serving = [
        (part, item)
        for part, rule in enumerate(rules)
        for item in numbers_and_words(rule)
        if item.metadata.get("serves")
    ]
    if not serving:
        return Family(entry, None, (), "has no parameter that serves")
    part, item = serving[0]
    if item.name in parts[part].given:
        return Family(entry, None, (), f"has its {item.name} given")
    low, high = item.metadata["low"], item.metadata["high"]
    key, default = f"{rules[part].name}.{item.name}", getattr(rules[part], item.name)
    axis = Axis(key, key, part, item.name, default, low, high, isinstance(item.default, int))
    begin, end = item.metadata["tune"] or (low, high)
    around = [float(str(value)) for value in replace(axis, low=begin, high=end).spread(FIRST)]
    first = [*around, low, *(end + share * (high - end) for share in BEYOND), high]
    return Family(entry, Space(parts, (axis,)), tuple(dict.fromkeys(map(int, first) if axis.whole else first)))
