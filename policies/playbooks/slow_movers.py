"""Article four: what lies on the shelf is cleared, then moved or sold off, and not bought again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.parameters import check_parameters, parameter
from policies.playbook import BoolArray, Elsewhere, IntArray, Levers, Watch

SALES_DAYS = 30
NOT_SLOW = -1


@dataclass(frozen=True)
class SlowMovers:
    """Finds stock that does not sell, puts it on clearance, and moves or sells off what is then left.

    A SKU with stock is slow when any of three holds: (a) its sales of the last 30 days are below a percentile of the
    catalogue's, and it has more stock than the average SKU; (b) its stock has lain for more than `age_days` and nobody
    has bought any since; (c) it was left out of so many promotions in a row. It is then on clearance for `clear_days`,
    and nothing more of it is bought. What exceeds `keep_days` of sales after that is moved to other warehouses that a
    lane leads to, as far as it sells there: until the stock position there is `keep_days` of sales, the cheapest lane
    first. What is then left is sold at once to business buyers, and the watch begins anew. Age counts from when the
    playbook first looks, and promotions of one day count as one.

    Formula: (a) sold(30) < percentile of sold(30) and on hand > mean on hand; (b) days without a sale since inbound >
        age_days; (c) promotions left out in a row >= promotions_missed;
        moved = min(spare, keep_days x pace there - position there), sold off = spare - moved
    Source: smart inventory of an independent store (滞销预警: clear, move to another warehouse, or sell to business
        buyers); percentile, clearance and keeping are judgements
    Example: slow-movers:age_days=60,clear_days=14
    """

    name: ClassVar[str] = "slow-movers"
    percentile: float = parameter(25.0, 0, 100, "percent", "rule (a): which of the catalogue's sales are low")
    age_days: int = parameter(90, 1, 730, "days", "rule (b): how long stock may lie unsold")
    promotions_missed: int = parameter(3, 1, 100, "promotions", "rule (c): how many in a row it may not be left out of")
    clear_days: int = parameter(30, 0, 365, "days", "how long it is on clearance before it goes")
    keep_days: float = parameter(30.0, 0, 730, "days", "days of sales that are kept, here and there")
    move: int = parameter(1, 0, 1, "(0 no, 1 yes)", "whether spare stock is moved before it is sold off")
    pace_days: int = parameter(28, 1, 365, "days", "window of past sales that gives the pace")
    reaction_hours: float = parameter(0.0, 0, 720, "hours", "from seeing to acting")

    def __post_init__(self) -> None:
        check_parameters(self)

    def act(self, seen: Watch) -> Levers:
        on_hand = seen.stock.on_hand
        since, left_out = _lying_since(seen), _left_out(seen)
        slow = (on_hand > 0) & (
            self._sells_little(seen) | (seen.day - since > self.age_days) | (left_out >= self.promotions_missed)
        )
        began = seen.recalled("slow_since", NOT_SLOW)
        began = np.where(on_hand <= 0, NOT_SLOW, np.where((began == NOT_SLOW) & slow, seen.day, began))
        clearing = began != NOT_SLOW
        over = clearing & (seen.day - began >= self.clear_days)
        spare = np.maximum(on_hand - seen.sales.pace(self.pace_days) * self.keep_days, 0.0)
        spare = np.where(over, np.floor(spare), 0.0).astype(np.int64)
        moved = self._moved(spare, seen.elsewhere) if self.move else {}
        return Levers(
            clear=clearing & ~over,
            sell_off=spare - sum(moved.values(), start=np.zeros_like(spare)),
            move=moved,
            stop_buying=clearing,
            memory={
                "lying_since": np.where(over, seen.day, since),
                "left_out": np.where(over, 0, left_out),
                "slow_since": np.where(over, NOT_SLOW, began),
            },
        )

    def _moved(self, spare: IntArray, elsewhere: Sequence[Elsewhere]) -> dict[str, IntArray]:
        """Units that sell elsewhere, by lane, the cheapest first, [..., sku]."""
        moved: dict[str, IntArray] = {}
        sent: dict[str, IntArray] = {}
        for there in sorted(elsewhere, key=lambda there: float(there.lane.landed_cost.mean())):
            before = sent.get(there.warehouse, np.zeros_like(spare))
            wanted = there.sales.pace(self.pace_days) * self.keep_days - there.stock.position - before
            room = np.where(there.lane.carries, np.floor(np.maximum(wanted, 0.0)), 0.0)
            units = np.minimum(spare, room.astype(np.int64))
            moved[there.lane.name], sent[there.warehouse], spare = units, before + units, spare - units
        return moved

    def _sells_little(self, seen: Watch) -> BoolArray:
        """Rule (a), once there are 30 days to go by."""
        days = seen.sales.daily(SALES_DAYS)
        sold, on_hand = days.sum(axis=0), seen.stock.on_hand
        if len(days) < SALES_DAYS:
            return np.zeros(on_hand.shape, dtype=np.bool_)
        few = sold < np.percentile(sold, self.percentile, axis=-1, keepdims=True)
        return np.asarray(few & (on_hand * on_hand.shape[-1] > on_hand.sum(axis=-1, keepdims=True)))


def _lying_since(seen: Watch) -> IntArray:
    """The first day of stock that nobody has bought of since, [..., sku]: rule (b)'s memory."""
    since = seen.recalled("lying_since", seen.day)
    if seen.ends_day:
        since = np.where(seen.sales.daily(1).sum(axis=0) > 0, seen.day + 1, since)
    # What is put away before the next look came on the next day, where this one is over.
    return np.where(seen.stock.on_hand <= 0, seen.day + seen.ends_day, since)


def _left_out(seen: Watch) -> IntArray:
    """Promotions in a row that a SKU has had no part in, [..., sku]: rule (c)'s memory."""
    count = seen.recalled("left_out", 0)
    lifts = [event.lift for event in seen.calendar.events if event.kind == "promotion" and event.first_day == seen.day]
    if not lifts or not seen.ends_day:
        return count
    return np.where(np.max(lifts, axis=0) > 1.0, 0, count + 1)
