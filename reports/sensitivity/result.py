"""What a sensitivity study found: a score with each assumption at either end, and what they do together."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from reports.record import FloatArray, IntArray, Setting
from reports.scores import SCORES
from reports.verdict.estimates import Estimate, estimate, middle

LOW, HIGH = 0, 1
"""The ends of a factor."""


@dataclass(frozen=True)
class Factor:
    """An assumption that is moved between two ends: a number, or what multiplies what the world says."""

    keys: tuple[str, ...]  # of the scenario, all moved alike
    low: float
    high: float
    times: bool  # whether the ends multiply
    whole: bool = False  # whether the keys take whole numbers alone
    kind: str = ""  # of `[sensitivity.factor]`; empty for one that a user named by its key
    places: tuple[str, ...] = ()  # the lane, leg, market, ... it is of

    def at(self, share: float) -> float:
        """Its value at a share of the way from the low end to the high one."""
        value = self.low + share * (self.high - self.low)
        return round(value) if self.whole and not self.times else value

    def said(self, value: float) -> str:
        """A value as it is typed."""
        return f"{'x' if self.times else ''}{value:.4g}"


@dataclass(frozen=True)
class Flip:
    """An end of a factor at which another row is the best."""

    factor: int
    end: int
    row: int
    at: float  # the value from which on it is
    gap: Estimate  # at the end, how much better it is than the row that is best as the world is

    @property
    def sure(self) -> bool:
        """Whether luck is ruled out."""
        return self.gap.low > 0


@dataclass(frozen=True)
class Effects:
    """Elementary effects of one factor on the leader's score, each over the factor's whole range (Morris)."""

    size: Estimate  # mean of their sizes, mu*
    mean: float  # mu
    spread: float  # sigma: how far they differ, since other factors matter to it or it bends


@dataclass(frozen=True)
class Shares:
    """Shares of the variance of the leader's score (Sobol)."""

    alone: Estimate  # of one factor by itself: first-order index
    together: Estimate  # of it with all it does along with others: total index


@dataclass(frozen=True)
class Sensitivity:
    """The study of one world."""

    setting: Setting
    rows: tuple[str, ...]  # names
    usable: tuple[int, ...]  # rows that are no yardsticks
    runs: IntArray  # [run]
    score: str
    factors: tuple[Factor, ...]
    base: FloatArray  # [row, run], the world as it is
    ends: FloatArray  # [factor, end, row, run]
    flips: tuple[Flip, ...]
    effects: tuple[Effects, ...]  # by factor; empty where they were not asked for
    shares: tuple[Shares, ...]  # by factor; empty where they were not asked for
    points: int  # worlds played in all
    versions: Mapping[str, str]
    command: str

    @cached_property
    def leader(self) -> int:
        """The row that is best as the world is; the first where the score is no matter of better and worse."""
        return best(self.base, self.usable, self.score)

    def change(self, factor: int, end: int, row: int | None = None) -> Estimate:
        """What a row's score gains or loses, the leader's where none is named, replication by replication."""
        place = self.leader if row is None else row
        return estimate(self.ends[factor, end, place] - self.base[place])

    def swing(self, factor: int) -> float:
        """The larger of the leader's changes, whatever its sign; 0 where it is undefined."""
        changes = [abs(self.change(factor, end).mean) for end in (LOW, HIGH)]
        return max((change for change in changes if change == change), default=0.0)

    @cached_property
    def order(self) -> tuple[int, ...]:
        """The factors, the one with the largest swing first."""
        return tuple(sorted(range(len(self.factors)), key=lambda factor: (-self.swing(factor), factor)))


def best(scores: FloatArray, usable: tuple[int, ...], score: str) -> int:
    """The row of [row, run] with the best mean, among those that can be used; the first where none is better."""
    sign = {"more": -1.0, "less": 1.0, "neither": 0.0}[SCORES[score].better]
    costs = {row: sign * known_mean(scores[row]) for row in usable}
    return min(usable, key=lambda row: (costs[row] != costs[row], costs[row], row))


def known_mean(values: FloatArray) -> float:
    """The mean of what is defined; NaN where nothing is."""
    known = values[values == values]
    return middle(known) if len(known) else float("nan")
