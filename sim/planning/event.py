"""The event that is planned for: which one is meant, when it is held, what it is expected to want."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from scenarios.faults import listed, nearest, shown
from scenarios.schema import Influencer, Livestream, Promotion, Show
from sim.luck import Luck
from sim.play.sight import planned_events, planned_lift
from sim.world import laws
from sim.world.demand.everyday import EverydaySampler
from sim.world.demand.fading import faded_means
from sim.world.demand.hours import HOURS, hours_live
from sim.world.demand.promotions import promotion_means
from sim.world.network import Network

FloatArray = NDArray[np.float64]
Announced = Promotion | Livestream | Influencer


class PlanError(Exception):
    """A plan that cannot be drawn up as asked. The message says what is wrong and what is allowed."""


@dataclass(frozen=True)
class Target:
    """One time an announced event is held."""

    event: Announced
    kind: str
    first_day: int  # [day]
    days: int
    asked: int | None  # [day] an order date that is asked about

    @property
    def end_day(self) -> int:
        """The day after its last."""
        return self.first_day + self.days


def target(network: Network, name: str, on: date | None) -> Target:
    """The event of a name, the first time it is held from the world's start on.

    `on`, where it is a day on which the event is held, picks that time; any other is an order date, and the event is
    the next one after it. Raises PlanError.
    """
    announced = planned_events(network)
    names = list(dict.fromkeys(event.name for event in announced))
    if name not in names:
        raise PlanError(_unknown(network, name, names))
    held = sorted(event.first_day for event in announced if event.name == name)
    some = next(event for event in announced if event.name == name)
    day = None if on is None else network.day(on)
    asked = None if day in held else day
    if asked is not None and asked < 0:
        raise PlanError(f"--on {on}: an order date before the first day played; allowed: from {network.first_day} on")
    earliest = network.scored_from if day is None else day + (asked is not None)
    first = next((first for first in held if first >= earliest), None)
    if first is None:
        since = f"the world's start, {network.date(earliest)}" if on is None else str(on)
        raise PlanError(f"{shown(name)} is not held after {since}; it is held on {_dates(network, held)}")
    if first <= 0:
        raise PlanError(
            f"{shown(name)} is held on {network.date(first)}: nothing can be ordered for it before the first day"
            f" played, {network.first_day}; a longer warm_up_days lets the world begin earlier"
        )
    planned = network.scenario.planned
    events: tuple[Announced, ...] = (*planned.promotion, *planned.livestream, *planned.influencer)
    event = next(event for event in events if event.name == name)
    return Target(event, some.kind, first, some.days, asked)


def extra_units(network: Network, aim: Target) -> FloatArray:
    """Units an event is expected to want on top of everyday demand, [day, market, sku]."""
    extra = np.zeros((network.clock.days, len(network.markets), len(network.skus)))
    everyday = EverydaySampler(network, Luck(network.scenario.seed))
    for m, k in network.touched(aim.event):
        extra[:, m, k] = _means(network, everyday, aim, m, k)[everyday.past :]
    return extra


def _means(network: Network, everyday: EverydaySampler, aim: Target, m: int, k: int) -> FloatArray:
    """Expected units of each day, [day], history first."""
    event, first, pace = aim.event, aim.first_day + everyday.past, float(network.pace[m, k])
    if isinstance(event, Promotion):
        as_announced = event.model_copy(update={"lift": planned_lift(event)})
        return promotion_means(as_announced, everyday.means(m, k), [first])
    if isinstance(event, Influencer):
        return faded_means(np.array([float(first)]), np.array([_size(event, pace)]), event.fades, everyday.days)
    means = np.zeros(everyday.days)
    if event.lift is None:
        means[first] = _size(event, pace)
        return means
    usual = everyday.means_and_next(m, k)[first : first + 2]
    more = max(laws.mean(event.lift) - 1, 0.0) * event.scale
    means[first] = more * float(np.dot(hours_live(event, network.market_parts[m]), usual)) / HOURS
    return means


def _size(event: Show, pace: float) -> float:
    """Units it sells on average where the SKU's everyday demand is `pace` units a day."""
    if event.days_of_pace is not None:
        return laws.mean(event.days_of_pace) * pace * event.scale
    return event.scale * (laws.mean(event.orders) if event.orders is not None else float(np.mean(event.past_units)))


def _unknown(network: Network, name: str, names: list[str]) -> str:
    if not names:
        last = network.date(network.clock.days - 1)
        kinds = "no promotion, livestream or influencer's post is announced"
        return f"no event {shown(name)}: {kinds} in this world, {network.first_day} to {last}"
    near = nearest(name, names)
    return f"no announced event {shown(name)}; " + (f"did you mean {near!r}?" if near else f"allowed: {listed(names)}")


def _dates(network: Network, days: list[int]) -> str:
    known = [str(network.first_day + timedelta(days=day)) for day in days]
    return ", ".join(known[:3]) + (f" and {len(known) - 3} times more" if len(known) > 3 else "")
