"""How strong a shock is: what a strength makes of its troubles. 1 leaves them as written, 0 leaves nothing of them."""

import math
from typing import TypeVar

from scenarios.checks.sense import WIDEST
from scenarios.schema import (
    CustomsTrouble,
    DockTrouble,
    FactoryTrouble,
    Gamma,
    Geometric,
    LaneTrouble,
    Law,
    Part,
    Trouble,
)

T = TypeVar("T", bound=Trouble)
_SIZES = ("value", "values", "low", "mode", "high", "mean", "usual", "bad")
"""Parameters of laws that are values themselves; the others are shares of them, or chances."""


def at_strength(trouble: T, strength: float) -> T:
    """The trouble at a strength from 0 on; its days stay. What it says is not checked again."""
    if strength == 1:
        return trouble
    lane, factory, customs, dock = trouble.lane, trouble.factory, trouble.customs, trouble.dock
    return trouble.model_copy(
        update={
            "lane": lane and _lane(lane, strength),
            "factory": factory and _factory(factory, strength),
            "customs": customs and _customs(customs, strength),
            "dock": dock and _dock(dock, strength),
        }
    )


def scaled(law: Law, strength: float) -> Law:
    """The law of a value times a strength from 0 on.

    A geometric law counts whole days, which a strength makes fractions of: it becomes the gamma law of the same
    smallest value, mean and spread.
    """
    if strength == 1:
        return law
    if strength == 0 or not isinstance(law, Part):
        return float(law) * strength if not isinstance(law, Part) else 0.0
    if isinstance(law, Geometric):
        mean, low = law.mean * strength, strength
        cv = min(math.sqrt((law.mean - 1) / law.mean), WIDEST * (law.mean - 1) / law.mean)
        return Gamma(law="gamma", mean=mean, cv=cv, low=low) if mean > low else mean
    sizes = {name: _times(getattr(law, name), strength) for name in _SIZES if name in type(law).model_fields}
    return law.model_copy(update=sizes)


def _times(size: float | tuple[float, ...], strength: float) -> float | tuple[float, ...]:
    return tuple(one * strength for one in size) if isinstance(size, tuple) else size * strength


def _factor(factor: float, strength: float) -> float:
    """A factor whose distance from 1 is scaled; no factor is below 0."""
    return max(1.0 + (factor - 1.0) * strength, 0.0)


def _chance(chance: float, strength: float) -> float:
    return min(chance * strength, 1.0)


def _lane(trouble: LaneTrouble, strength: float) -> LaneTrouble:
    return trouble.model_copy(
        update={
            "times": _factor(trouble.times, strength),
            "adds_days": scaled(trouble.adds_days, strength),
            "cancelled": _chance(trouble.cancelled, strength),
            "freight": _factor(trouble.freight, strength),
        }
    )


def _factory(trouble: FactoryTrouble, strength: float) -> FactoryTrouble:
    return trouble.model_copy(update={"output": _factor(trouble.output, strength)})


def _customs(trouble: CustomsTrouble, strength: float) -> CustomsTrouble:
    """More shipments are held, none of them longer."""
    return trouble.model_copy(
        update={
            "closed": trouble.closed and strength > 0,
            "times": _factor(trouble.times, strength),
            "held": _chance(trouble.held, strength),
            "duty": trouble.duty * strength,
        }
    )


def _dock(trouble: DockTrouble, strength: float) -> DockTrouble:
    return trouble.model_copy(
        update={"closed": trouble.closed and strength > 0, "times": _factor(trouble.times, strength)}
    )
