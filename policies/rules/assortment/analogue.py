"""Article three: what is new has no history of its own, so it is stocked by what its siblings sell."""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

import numpy as np

from policies.parameters import choice, parameter
from policies.protocol import FloatArray, IntArray, Observation, Orders, SalesSight
from policies.rescue import Wrapped, Wrapper


@dataclass(frozen=True)
class Analogue(Wrapper):
    """Lets another policy order, and raises the stock position of new SKUs to what their siblings lead to expect.

    A SKU is new while its first sale is less than `new_days` days ago, or never was. One that sold on the first day
    that is known is not, as its first sale is not known. Its expected pace is its own, weighted with its days with
    stock since its first sale, and that of the other SKUs of its group, weighted with `prior_days`: so the first weeks
    lean on the siblings, later ones on the SKU itself. A SKU without siblings that ever sold is left to the other
    policy, as is all that is not new.

    Formula: pace = (own units + prior_days x siblings' pace) / (own days + prior_days);
        stock position >= pace x lift x (lead_days + review_days + cover_days)
    Source: inventory strategy of an independent store (new products: market research); shrinkage to a group's mean,
        Efron and Morris 1975; the days are judgements
    Example: reorder-point+analogue:new_days=60
    """

    name: ClassVar[str] = "analogue"
    looks_at: ClassVar[frozenset[str]] = frozenset({"stock", "sales", "calendar"})
    new_days: int = parameter(90, 1, 365, "days", "days since its first sale for which a SKU is new")
    prior_days: float = parameter(28.0, 0, 365, "days", "days of sales of its own that the siblings count for")
    cover_days: float = parameter(
        21.0, 0, 365, "days", "sales covered beyond lead time and review", tune=(0, 90), serves=True
    )
    pace_days: int = parameter(28, 1, 365, "days", "window of past sales that gives the siblings' pace")
    lane: str = choice("cheapest", None, "lane to order by: a name, cheapest or fastest")

    def orders(self, seen: Observation) -> Orders:
        wrapped, lane = Wrapped.of(self.base, seen), seen.lane(self.lane)
        age = _days_since_first_sale(seen.sales)
        units, days = _since_first_sale(seen.sales, age)
        siblings, siblings_days = self._of_siblings(seen, age)
        expected = (units + self.prior_days * siblings) / np.maximum(days + self.prior_days, 1.0)
        new = (age < min(self.new_days, len(seen.sales.open_days) - 1)) & (siblings_days > 0)
        covered = lane.lead_days + self.review_days + self.cover_days
        lift = seen.calendar.lift(1, max(1, math.ceil(covered)))
        answer = wrapped.raised(np.where(new, expected * lift * covered, 0.0), seen.stock.position, lane)
        return Orders(answer.units, {**answer.why, "expected_pace": np.where(new, expected, 0.0)})

    def _of_siblings(self, seen: Observation, age: IntArray) -> tuple[FloatArray, IntArray]:
        """Units a day with stock of the other SKUs of the group, and the number of those days, [..., sku]."""
        units, days = _since_first_sale(seen.sales, np.minimum(age, self.pace_days))
        group = _group_of(seen.groups)
        (all_units, all_days) = (_sums(each, group) - each for each in (units, days))
        return all_units / np.maximum(all_days, 1), all_days


def _days_since_first_sale(sales: SalesSight) -> IntArray:
    """Days since a SKU was first sold, that day counted, as far as the history reaches; 0 for never, [..., sku]."""
    return np.asarray((sales.open_totals[1:] > sales.open_totals[0]).sum(axis=0))


def _since_first_sale(sales: SalesSight, ago: IntArray) -> tuple[IntArray, IntArray]:
    """Units sold and days with stock in the last `ago` days, [..., sku]."""
    first = (len(sales.open_days) - 1 - ago)[np.newaxis]
    units, days = (
        each[-1] - np.take_along_axis(each, first, axis=0)[0] for each in (sales.open_totals, sales.open_days)
    )
    return units, days


@lru_cache(maxsize=16)
def _group_of(groups: tuple[str | None, ...]) -> IntArray:
    """The number of each SKU's group, [sku]; a SKU without one is a group of its own."""
    names = [f"{place}" if group is None else f"group {group}" for place, group in enumerate(groups)]
    return np.unique(names, return_inverse=True)[1].astype(np.int64)


def _sums(units: IntArray, group: IntArray) -> IntArray:
    """The sum over the group of each SKU, [..., sku]."""
    order = np.argsort(group, kind="stable")
    starts = np.searchsorted(group[order], np.arange(group.max() + 1))
    return np.asarray(np.add.reduceat(units[..., order], starts, axis=-1)[..., group])
