"""Whether the start of a world still shows in its scored days, and how long to warm up so that it does not.

A rule that looks for the start in one series alone, such as MSER-5 or Welch's plot, takes every season for a start. So
the same replications are played from another opening stock, under the same luck: while the start shows, the two differ,
and once they have met, the start is forgotten (coupling; Asmussen and Glynn 2007, Stochastic Simulation, IV.5).
"""

from dataclasses import dataclass

import numpy as np

from reports.display.numbers import percentage
from reports.language.speaking import say
from reports.record import IntArray
from reports.verdict.estimates import estimate
from scenarios.schema import Opening, Scenario

BATCH_DAYS = 5
"""Days that are judged together."""
QUIET_DAYS = 30
"""The start has faded when it shows on none of so many days: the two may cross before they meet."""
MATTERS = 0.1
"""A gap of some days that is smaller, as a share of mean stock, does not show."""
MOVES = 0.07
"""Nor does a start that moves stock by less on the average scored day, as a share of mean stock, move a score much."""


@dataclass(frozen=True)
class Start:
    """A start that shows."""

    days: int  # scored days until it has faded
    gap: float  # how far apart stock is at most in those days, as a share of mean stock
    faded: bool  # whether it has faded before the last day

    def told(self, warm_up_days: int) -> str:
        """The warning, in a sentence, where so many days were played before the scored ones."""
        gap, advice = percentage(f"{self.gap * 100:.0f}"), warm_up_days + self.days
        return say(f"warm_up.{'shows' if self.faded else 'stays'}", days=self.days, gap=gap, advice=advice)


def start_is_real(scenario: Scenario) -> bool:
    """Whether the scored days begin with stock or open orders that the world gives, so that the start counts."""
    given = any(warehouse.opening != Opening(units=0) for warehouse in scenario.warehouse.values())
    return scenario.warm_up_days == 0 and (given or bool(scenario.open_order))


def start_shown(one: IntArray, other: IntArray) -> Start | None:
    """The start that shows between units on hand from one opening stock and from another, both [day, run, warehouse].

    None where none shows, or where it moves the mean stock of all these days by too little to matter.
    """
    stock = one.sum(axis=2)
    gaps = stock - other.sum(axis=2)
    level = float(stock.mean()) or float(other.mean())  # nothing in stock all season: a share of the other's
    batches = np.array_split(gaps, max(1, len(gaps) // BATCH_DAYS))
    ends = np.cumsum([len(batch) for batch in batches])
    shows = [_differs(batch, level) for batch in batches]
    quiet = (i for i in range(len(shows)) if not any(shows[i : i + QUIET_DAYS // BATCH_DAYS]))
    faded = next(quiet, len(shows))
    if faded == 0 or np.mean([abs(batch.mean()) for batch in batches]) < MOVES * level:
        return None
    gap = max(abs(float(batch.mean())) for batch in batches[:faded]) / level
    return Start(int(ends[faded - 1]), gap, faded < len(shows))


def _differs(gaps: IntArray, level: float) -> bool:
    """Whether the mean gap of some days, [day, run], is sure and matters."""
    known = estimate(gaps.mean(axis=0))
    return not known.low <= 0 <= known.high and abs(known.mean) >= MATTERS * level
