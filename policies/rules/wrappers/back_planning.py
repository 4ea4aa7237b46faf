"""Article four: stock for a promotion is planned backwards from its day, and ordered 90 to 120 days ahead."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from policies.announced import keeping, plain_pace, set_aside
from policies.back_plan import ARRIVE_DAYS_BEFORE, LATEST_DAYS, WINDOW_DAYS, order_lead_days
from policies.parameters import choice, parameter
from policies.protocol import FloatArray, IntArray, LaneFacts, Observation, Orders, PlannedEvent
from policies.quantity import lots
from policies.rescue import Wrapped, Wrapper
from policies.signals import PROMOTIONS


@dataclass(frozen=True)
class BackPlanning(Wrapper):
    """Lets another policy order for everyday sales, and orders for announced promotions by a plan of its own.

    The main order of a promotion is placed once, at the first review from its day on: so that it is there
    `arrive_days_before` days ahead (mid-October for Black Friday), but not before the safe window opens and not after
    it closes, 120 to 90 days ahead; earlier only by a lane too slow for that. Where the window lies before the first
    day played, it is placed on that day. It is for the units that the promotion sells above the pace of that day.

    From then on those units, at the pace of the day, are set aside: the other policy counts them neither as stock nor
    as on order. So it leaves the main order alone, and when the pace grows it orders the rest by itself: the top-up.
    What no order can bring in time is set aside only as far as stock is there for it. The other policy is not told of
    what is planned for here, so that one which looks at the calendar itself does not order it a second time; of a
    promotion that no order can reach in time it is told as ever. A wrapper that rescues belongs outside this one.

    Formula: main order = (1 + spare) x pace x days x (lift - 1), placed
        min(max(arrive_days_before + 1 + lead_days, latest_days), latest_days + window_days) days ahead
    Source: smart inventory of an independent store (ordering hero items 90 to 120 days ahead is the safe line; arrival
        by mid-October; last top-up in October); spare is a judgement
    Example: reorder-point+back-planning:spare=0.2
    """

    name: ClassVar[str] = "back-planning"
    looks_at: ClassVar[frozenset[str]] = frozenset({"stock", "sales", "calendar"})
    needs: ClassVar[frozenset[str]] = frozenset({PROMOTIONS})
    latest_days: int = parameter(LATEST_DAYS, 1, 365, "days", "how long before a promotion the safe window closes")
    window_days: int = parameter(WINDOW_DAYS, 0, 365, "days", "how long the safe window is")
    arrive_days_before: int = parameter(
        ARRIVE_DAYS_BEFORE, 0, 365, "days", "how long before a promotion goods are to be there", tune=(7, 60)
    )
    spare: float = parameter(0.0, 0, 10, "of the units", "what is ordered beyond the expected units", tune=(0, 1))
    pace_days: int = parameter(28, 1, 365, "days", "window of past sales that gives the pace")
    lane: str = choice("cheapest", None, "lane of the main order: a name, cheapest or fastest")

    def orders(self, seen: Observation) -> Orders:
        lane, pace = seen.lane(self.lane), plain_pace(seen, self.pace_days)
        main, sooner, later = np.zeros((3, *pace.shape))
        for event, order_day in self._planned(seen, lane):
            if seen.day < order_day:
                continue
            days = self._days_left(event, order_day, lane, seen.day)
            units = pace * days * (event.lift - 1.0) * (1 + self.spare)
            if seen.day - self.review_days < order_day:
                main = main + units
            elif event.first_day <= seen.day + math.ceil(lane.lead_days):
                sooner = sooner + units
            else:
                later = later + units
        aside = set_aside(seen, lane, pace, sooner, later)
        wrapped = Wrapped.of(self.base, keeping(seen, aside, list(self._told(seen, lane))))
        return self._with_main(wrapped, np.where(seen.stock.bought_in, 0.0, main), aside, lane)

    def _planned(self, seen: Observation, lane: LaneFacts) -> Iterator[tuple[PlannedEvent, int]]:
        """Promotions that the main order can reach, and the day from which on that is placed."""
        ahead = order_lead_days(lane.lead_days, self.latest_days, self.window_days, self.arrive_days_before)
        for event in seen.calendar.events:
            order_day = max(event.first_day - ahead, 0)
            if event.kind == "promotion" and self._days_left(event, order_day, lane, 0) > 0:
                yield event, order_day

    def _days_left(self, event: PlannedEvent, order_day: int, lane: LaneFacts, today: int) -> int:
        """Days of a promotion after today on which its main order is there."""
        begin = max(event.first_day, order_day + 1 + math.ceil(lane.lead_days), today + 1)
        return max(event.first_day + event.days - begin, 0)

    def _told(self, seen: Observation, lane: LaneFacts) -> Iterator[PlannedEvent]:
        """What the other policy is told: all but the days to come of what is planned for here."""
        planned = [event for event, _ in self._planned(seen, lane)]
        for event in seen.calendar.events:
            if not any(event is one for one in planned):
                yield event
            elif event.first_day <= seen.day:
                yield replace(event, days=min(event.days, seen.day + 1 - event.first_day))

    def _with_main(self, wrapped: Wrapped, main: FloatArray, aside: IntArray, lane: LaneFacts) -> Orders:
        ordered = wrapped.units.get(lane.name, np.zeros(main.shape, dtype=np.int64))
        both = np.where(main > 0, lots(ordered + main, lane), ordered)
        why = wrapped.orders.why
        told = {"set_aside": np.asarray(why.get("set_aside", 0) + aside), "event_order": np.asarray(both - ordered)}
        return Orders({**wrapped.units, lane.name: both}, {**why, **told})
