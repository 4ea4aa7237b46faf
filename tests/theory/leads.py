"""Leads of the theory tests: their legs as a scenario writes them, and P(L > x) in days.

Five ways to say two leads: rounded up to whole days, the first two are alike, and so are the others.
"""

from collections.abc import Iterable
from math import erfc, exp, floor, log, sqrt

import numpy as np

from tests.theory.exact.chances import Chances

MEAN_LEAD = 5
STAYS = 1 - 1 / MEAN_LEAD
"""The chance that a geometric lead goes on for another day."""


def fixed(days: float) -> float:
    """P(L > x) of the fixed lead."""
    return float(days < MEAN_LEAD)


def geometric(days: float) -> float:
    """P(L > x) of the geometric lead."""
    return STAYS ** floor(days)


def exponential(days: float) -> float:
    """P(L > x) of the exponential lead."""
    return exp(-days / MEAN_LEAD)


def lognormal(days: float) -> float:
    """P(L > x) of a lognormal lead as spread as the exponential one."""
    return erfc((log(days / MEAN_LEAD) + log(2) / 2) / sqrt(2 * log(2))) / 2 if days > 0 else 1.0


def short_or_long(days: float) -> float:
    """P(L > x) of a lead of 3 days or, once in six times, of 15."""
    return 1.0 if days < 3 else 1 / 6 * (days < 15)


def digits() -> tuple[Chances, Chances, Chances]:
    """Laws of three legs whose sum is the geometric lead, 1 + B0 + 2 B1 + 4 B2 + 8 G: its binary digits are
    independent, and what is beyond them is as geometric as before."""
    twos, fours = (np.array([1, STAYS**unit]) / (1 + STAYS**unit) for unit in (2, 4))
    rest = np.zeros(8 * 16 + 1)
    rest[::8] = STAYS ** np.arange(0, len(rest), 8)
    return np.array([0, 1, STAYS]) / (1 + STAYS), np.kron(fours, np.kron(twos, [1, 0])), rest / rest.sum()


def _legs(days: Iterable[object]) -> str:
    listed = (f'{{ name = "leg {number}", days = {law} }}' for number, law in enumerate(days))
    return f"legs = [{', '.join(listed)}]"


def _whole_days(law: Chances) -> str:
    values = np.flatnonzero(law)
    chances = ", ".join(f"{chance:.17g}" for chance in law[values])
    return f'{{ law = "discrete", values = {values.tolist()}, chances = [{chances}] }}'


FIXED = _legs([MEAN_LEAD])
FIXED_PARTS = _legs([0.75, 3.5, 0.5])
GEOMETRIC = _legs([f'{{ law = "geometric", mean = {MEAN_LEAD} }}'])
MEMORYLESS = _legs([f'{{ law = "gamma", mean = {-1 / log(STAYS):.17g}, cv = 1 }}'])
"""An exponential law, which rounded up is geometric."""
THREE_LEGS = _legs(map(_whole_days, digits()))
PARTS_OF_A_DAY = _legs(['{ law = "uniform", low = 0, high = 1 }', *map(_whole_days, (digits()[0][1:], *digits()[1:]))])
"""The day that the first of three legs takes at least is any part of one instead."""
