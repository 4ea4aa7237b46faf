"""Two worlds played by the same rows under the same luck: what their difference does to each row."""

from dataclasses import dataclass

import numpy as np

from reports.comparison import Comparison
from reports.verdict.estimates import Difference, paired


@dataclass(frozen=True)
class Twins:
    """A world and the one it is held against."""

    here: Comparison
    there: Comparison

    def __post_init__(self) -> None:
        if not np.array_equal(self.here.runs, self.there.runs):
            raise ValueError("the twins were played over different replications")
        if [row.name for row in self.here.rows] != [row.name for row in self.there.rows]:
            raise ValueError("the twins were played by different rows")

    def differences(self, score: str) -> tuple[Difference, ...]:
        """This world less the other, row by row."""
        name, other = self.here.setting.scenario, self.there.setting.scenario
        pairs = zip(self.here.rows, self.there.rows, strict=True)
        return paired(score, [(name, other, here.scores[score] - there.scores[score]) for here, there in pairs])
