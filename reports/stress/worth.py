"""What changes are worth: the same rows in the same futures before and after each of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from reports.record import IntArray, Setting
from reports.scores import KEY_SCORES
from reports.stress.stress import Contender, Scores, bounds_of
from reports.verdict.estimates import Difference, Estimate, estimate, paired

SCORES_TOLD = (*KEY_SCORES, "revenue", "freight", "duty", "customs_fees", "lost_margin", "lead_days", "peak_cash")
"""The scores that are held side by side."""
MONEY = "profit"
"""What a change is worth."""


@dataclass(frozen=True)
class Step:
    """One thing that is changed: a key of the scenario, or something that has a name."""

    kind: Literal["key", "notice", "customs", "cash"]
    text: str  # as it was asked for
    amount: float = 0.0  # days of notice, or money


@dataclass(frozen=True)
class Changed:
    """A change, and what became of each row without it and with it."""

    steps: tuple[Step, ...]
    hash: str  # of the scenario with it
    without: tuple[Scores, ...]  # [row]
    after: tuple[Scores, ...]  # [row]

    @property
    def name(self) -> str:
        """As it was asked for."""
        return "+".join(step.text for step in self.steps)

    def sides(self, row: int, score: str) -> tuple[Estimate, Estimate]:
        """A row's score without it and with it."""
        bounds = bounds_of(score)
        return estimate(self.without[row][score], bounds), estimate(self.after[row][score], bounds)


@dataclass(frozen=True)
class Worth:
    """Rows, and every change."""

    setting: Setting
    runs: IntArray  # [run]
    rows: tuple[Contender, ...]
    changes: tuple[Changed, ...]
    versions: Mapping[str, str]
    command: str

    def differences(self, change: Changed, score: str) -> tuple[Difference, ...]:
        """With the change less without it, row by row, replication by replication; corrected over the rows."""
        gaps = [
            (row.name, change.name, after[score] - without[score])
            for row, without, after in zip(self.rows, change.without, change.after, strict=True)
        ]
        return paired(score, gaps)

    def worth(self, change: Changed, row: int) -> Estimate:
        """What it brings, in money over the days played."""
        return estimate(change.after[row][MONEY] - change.without[row][MONEY])
