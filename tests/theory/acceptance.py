"""The acceptance rule of every theory test, and its only table of tolerances.

With m and s the mean and standard deviation over R >= 20 replications and c the two-sided 0.05 % Student quantile, a
number passes when |m - exact| <= c s / sqrt(R) and c s / sqrt(R) <= width: a run too short to tell cannot pass. What
involves no luck must agree to 1e-9.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

EXACT = 1e-9
"""Relative tolerance where no luck is involved."""
TWO_SIDED = 0.0005
LEAST_REPLICATIONS = 20

RELATIVE = {"on-hand": 0.01, "cost": 0.01, "rate": 0.005, "wait": 0.02, "mean": 0.01, "variance": 0.05}
"""Widths that are a share of the exact value; a rate is one of dual sourcing (T08), whose source asks for 0.5 %."""
ABSOLUTE = {"fill": 0.003, "share": 0.005}
"""Widths in the unit of the value itself; a correlation counts as a share."""


@dataclass(frozen=True)
class Verdict:
    """One number of a row, held against its exact value."""

    what: str
    exact: float
    mean: float
    half_width: float
    width: float

    @property
    def accepted(self) -> bool:
        """Whether the number is right, and known well enough to say so."""
        off = abs(self.mean - self.exact)
        return off <= max(self.half_width, EXACT * abs(self.exact)) and self.half_width <= self.width

    def __str__(self) -> str:
        known = f"{self.mean:.6g} +- {self.half_width:.2g} (allowed {self.width:.2g})"
        return f"{self.what}: {known}, exact {self.exact:.6g}"


def quantile(replications: int) -> float:
    """The two-sided 0.05 % Student quantile."""
    return float(stats.t.ppf(1 - TWO_SIDED / 2, replications - 1))


def verdict(what: str, quantity: str, values: ArrayLike, exact: float, exact_error: float = 0.0) -> Verdict:
    """Hold the values of independent replications against an exact value of a quantity named in the tables above.

    `exact_error` is the standard error of a value that is itself simulated.
    """
    sample = np.asarray(values, float)
    if sample.ndim != 1 or len(sample) < LEAST_REPLICATIONS:
        raise ValueError(f"{what}: {sample.shape} is not a row of at least {LEAST_REPLICATIONS} replications")
    error = math.hypot(float(sample.std(ddof=1)) / math.sqrt(len(sample)), exact_error)
    width = ABSOLUTE[quantity] if quantity in ABSOLUTE else RELATIVE[quantity] * abs(exact)
    return Verdict(what, exact, float(sample.mean()), quantile(len(sample)) * error, width)


def accept(*verdicts: Verdict) -> None:
    """Fail unless every number of a row is accepted; the message names all that are not."""
    refused = [str(each) for each in verdicts if not each.accepted]
    assert not refused, "\n".join(refused)


def printed(value: float, figure: str) -> bool:
    """Whether a value rounds to a printed figure, digit by digit."""
    decimals = len(figure.partition(".")[2])
    return f"{value:.{decimals}f}" == figure
