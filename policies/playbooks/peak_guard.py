"""Articles one and three: stock is saved for an announced peak, and nothing is bought on its echo."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from policies.alerts import waterlines
from policies.announced import fresh
from policies.parameters import check_parameters, parameter
from policies.playbook import BoolArray, Levers, Watch
from policies.protocol import PlannedEvent


@dataclass(frozen=True)
class PeakGuard:
    """Saves stock for announced promotions, livestreams and influencers' posts, and buys nothing on their echo.

    An event is a peak for the SKUs that it lifts or that its host has sold before; not where one of the same name was
    held within the window of the pace, since its sales are then in the pace already.

    From `ahead_days` before a peak it compares stock on hand and planned with what is expected to sell until the
    peak is over. Where that is short, ads are throttled until it begins, and orders go by the fastest lane until it
    ends. When it has ended, the pace still looks high: as long as it does, nothing is bought until the stock position
    is back at the reorder point from before the peak (the policy's own; where it names none, so many days of sales).

    Formula: short: on hand + planned(n) - backlog < pace x n x announced lift + the host's past mean; n days until
        the peak is over; after it: stop buying while position > the reorder point before it, `pace_days` at most
    Source: safety stock of a seal factory (before a large livestream stock is raised first) and replenishment cycle of
        TikTok sellers (every dollar of ads should find goods); days and factor are judgements
    Example: peak-guard:ahead_days=21
    """

    name: ClassVar[str] = "peak-guard"
    ahead_days: int = parameter(14, 1, 180, "days", "how long before an event stock is saved for it")
    throttle: float = parameter(0.3, 0, 1, "times the planned spend", "ads before an event that stock is short for")
    cover_days: float = parameter(40.0, 0, 730, "days", "reorder point in days of sales, where the policy names none")
    pace_days: int = parameter(28, 1, 365, "days", "window of past sales that gives the pace")
    reaction_hours: float = parameter(0.0, 0, 720, "hours", "from seeing to acting")

    def __post_init__(self) -> None:
        check_parameters(self)

    def act(self, seen: Watch) -> Levers:
        next_day = seen.day + seen.ends_day  # of the slot in which these levers can act
        short, saving = np.zeros((2, *seen.stock.on_hand.shape), dtype=np.bool_)
        peaks = fresh(seen.calendar.events, self.pace_days)
        for event in self._coming(seen, peaks):
            misses = _touched(seen, event) & self._is_short(seen, event)
            short |= misses
            if event.first_day > next_day:
                saving |= misses
        held, memory = self._held_back(seen, peaks)
        return Levers(
            ads=np.where(saving, self.throttle, 1.0),
            expedite=short,
            stop_buying=held & ~short,
            memory=memory,
        )

    def _coming(self, seen: Watch, peaks: list[PlannedEvent]) -> list[PlannedEvent]:
        """Those that begin soon, or have begun and last beyond today."""
        soon = seen.day + self.ahead_days
        return [event for event in peaks if event.first_day <= soon and _days_left(seen, event) > 0]

    def _is_short(self, seen: Watch, event: PlannedEvent) -> BoolArray:
        """Whether stock will not last until the event is over, [..., sku]."""
        days = _days_left(seen, event)
        expected = seen.sales.pace(self.pace_days) * days * seen.calendar.lift(1, days)
        if event.past_units and event.first_day > seen.day:
            expected = expected + sum(event.past_units) / len(event.past_units)
        short = seen.stock.on_hand + seen.stock.planned(days) - seen.stock.backlog < expected
        return np.asarray(short & ~np.asarray(seen.stock.bought_in))

    def _held_back(self, seen: Watch, peaks: list[PlannedEvent]) -> tuple[BoolArray, dict[str, NDArray[Any]]]:
        """Which SKUs are not bought after a peak, and what decides it next time, [..., sku].

        The waterline is drawn anew in calm days; it stands still during a peak and in its echo.
        """
        now, _ = waterlines(seen, self.cover_days, 0.0, self.pace_days)
        echo_days = seen.recalled("echo_days", 0)
        on = np.zeros(echo_days.shape, dtype=np.bool_)
        for event in peaks:
            if event.first_day <= seen.day < event.first_day + event.days:
                on |= _touched(seen, event)
        line = np.where(on | (echo_days > 0), seen.memory.get("waterline", now), now)
        held = (echo_days > 0) & ~on & (seen.stock.position > line)
        left = np.where(on, self.pace_days, np.where(held, echo_days - seen.ends_day, 0))
        return held, {"waterline": line, "echo_days": left}


def _days_left(seen: Watch, event: PlannedEvent) -> int:
    """Days to come until the event is over."""
    return event.first_day + event.days - seen.day - 1


def _touched(seen: Watch, event: PlannedEvent) -> BoolArray:
    """SKUs of which it is known that an event sells more, [sku]."""
    lifted = event.lift > 1.0
    if event.past_units:
        lifted = lifted | np.array([event.skus is None or sku in event.skus for sku in seen.skus], dtype=np.bool_)
    return np.asarray(lifted)
