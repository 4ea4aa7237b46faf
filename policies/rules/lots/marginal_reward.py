"""The next unit goes to the SKU where it earns most: for sellers whose money or container is too small for all."""

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from policies.formulas import DAYS_A_YEAR, TINY, daily_spread, expected_sales, safety_stock
from policies.one_lane import OneLane
from policies.parameters import check_parameters, choice, parameter
from policies.protocol import BoolArray, FloatArray, IntArray, LaneFacts, Observation, Orders, PolicyError
from policies.quantity import expected_paces, lots

SHARES = np.arange(4) / 4
"""Levels below the mean demand, as shares of it."""
FACTORS = np.linspace(-2.0, 4.0, 17)
"""Levels around the mean demand, in its standard deviations."""
PARTS_OF_MONEY, PARTS_A_M3 = 1e4, 1e9
"""Money and room are summed in whole numbers, so that no sum depends on the order of the catalogue."""


class Steps(NamedTuple):
    """What can be ordered of each SKU, step by step, each [..., step, sku]."""

    units: IntArray
    reward: FloatArray  # expected return of the step for each unit of money or m3, never rising from step to step


@dataclass(frozen=True)
class MarginalReward(OneLane):
    """Orders step by step wherever the next step is expected to earn most for the money or the room that it takes.

    A step lifts a SKU's stock position to the next of 21 levels of what may be wanted until the order after next: from
    nothing to four standard deviations above the mean. It earns the margin of what more will be sold, and costs the
    holding of what will not. Steps are taken from the best down, until the next one earns less than `least_return` on
    its money, or no longer fits: into `cash`, the most money that stock and orders of the warehouse may tie up, or into
    `container_m3`, the room of one order. A SKU whose next step would not fit even alone stands back for the others.
    With equal rewards the SKU whose name comes first goes first. Without cash or container each SKU gets what pays for
    itself.

    Formula: reward = (G(y + u) - G(y)) / (cost x u), for a container / (volume x u); y the stock position before a step
        of u units; G(x) = (g + h) E min(D, x) - h x; g = (price - cost) (1 + goodwill),
        h = cost x holding_rate x order_days / 365, cost = unit cost + landed cost; D normal with mean and spread of
        lead time and order_days
    Source: marginal analysis of stock under a budget; Hadley and Whitin 1963, Analysis of Inventory Systems, chapter 6;
        Sherbrooke 2004, Optimal Inventory Modeling of Systems, chapter 2
    Example: marginal-reward:cash=250000
    """

    name: ClassVar[str] = "marginal-reward"
    goodwill: float = parameter(
        0.0, 0, 100, "of the margin", "what a lost sale costs beside its margin", tune=(0, 10), serves=True
    )
    cash: float | None = parameter(None, 0, 1e12, "money", "most that a warehouse's stock and orders may tie up")
    container_m3: float | None = parameter(None, 0, 1e5, "m3", "most room that one order may take")
    least_return: float = parameter(0.0, 0, 10, "of the money", "least return of a step that is ordered", tune=(0, 0.5))
    holding_rate: float = parameter(0.25, 0, 10, "of the cost a year", "rent, capital and risk of a unit held")
    order_days: int = parameter(30, 1, 365, "days", "days beyond the lead time for which is ordered", tune=(7, 60))
    history_days: int = parameter(56, 2, 365, "days", "window of past sales that gives pace and spread")
    lane: str = choice("cheapest", None, "lane to order by: a name, cheapest or fastest")
    review_days: int = parameter(7, 1, 365, "days", "days from one review to the next")

    def __post_init__(self) -> None:
        check_parameters(self)
        if self.cash is not None and self.container_m3 is not None:
            raise PolicyError(
                f"{self.name}: cash = {self.cash} and container_m3 = {self.container_m3}: give one of them"
            )

    @property
    def sees(self) -> frozenset[str]:
        return frozenset({"stock", "sales", "calendar"})

    def orders(self, seen: Observation) -> Orders:
        lane, position = seen.lane(self.lane), seen.stock.position
        pace, later_pace = expected_paces(seen, self.history_days, lane, self.order_days)
        steps = self._steps(seen, lane, pace, later_pace)
        taken = (steps.units > 0) & (steps.reward >= self._least(seen, lane))
        if self.cash is not None:
            parts = np.rint(_cost(seen, lane) * PARTS_OF_MONEY).astype(np.int64)
            tied = (np.maximum(position, 0) * parts).sum(axis=-1)
            taken = _fitting(steps, taken, parts, self.cash * PARTS_OF_MONEY - tied, seen.skus)
        elif self.container_m3 is not None:
            parts = np.rint(seen.volume_m3 * PARTS_A_M3).astype(np.int64)
            room = np.full(position.shape[:-1], self.container_m3 * PARTS_A_M3)
            taken = _fitting(steps, taken, parts, room, seen.skus)
        units = np.where(taken, steps.units, 0).sum(axis=-2)
        left = np.where(taken | (steps.units == 0), 0.0, steps.reward).max(axis=-2)
        return Orders({lane.name: units}, {"order_up_to": position + units, "next_reward": left, "forecast": pace})

    def _least(self, seen: Observation, lane: LaneFacts) -> FloatArray:
        """The least reward that is taken, [sku]; a return on money, turned into one on room for a container."""
        if self.container_m3 is None:
            return np.full(len(seen.skus), self.least_return)
        return np.asarray(self.least_return * _cost(seen, lane) / np.maximum(seen.volume_m3, TINY))

    def _steps(self, seen: Observation, lane: LaneFacts, pace: FloatArray, later_pace: FloatArray) -> Steps:
        position, cost = seen.stock.position[..., None, :], _cost(seen, lane)
        days = lane.lead_days + self.order_days
        mean = (pace * lane.lead_days + later_pace * self.order_days)[..., None, :]
        daily = daily_spread(*seen.sales.with_stock(self.history_days))
        spread = safety_stock(1.0, days, daily, pace, lane.spread_days)[..., None, :]
        levels = np.concatenate([SHARES[:, None] * mean, mean + FACTORS[:, None] * spread], axis=-2)
        levels = np.maximum.accumulate(levels, axis=-2)
        ordered = lots(np.maximum(levels - position, 0.0), lane)
        units = np.diff(ordered, axis=-2, prepend=0)
        gain, hold = (seen.price - cost) * (1 + self.goodwill), cost * self.holding_rate * self.order_days / DAYS_A_YEAR
        stock = np.concatenate([position, position + ordered], axis=-2)
        earned = np.diff((gain + hold) * expected_sales(stock, mean, spread) - hold * stock, axis=-2)
        scarce = cost if self.container_m3 is None else seen.volume_m3
        reward = np.where(units > 0, earned / np.maximum(units * scarce, TINY), np.inf)
        return Steps(units, np.minimum.accumulate(reward, axis=-2))


def _cost(seen: Observation, lane: LaneFacts) -> FloatArray:
    """Money that a unit ties up, [sku]."""
    return np.asarray(seen.unit_cost + seen.calendar.landed_cost(lane, 0))


def _fitting(steps: Steps, wanted: BoolArray, parts: IntArray, room: FloatArray, skus: tuple[str, ...]) -> BoolArray:
    """Those of the wanted steps that fit together into the room [...], the best first, [..., step, sku]."""
    taking = np.where(wanted, steps.units * parts, 0)
    alone = ~np.logical_or.accumulate(taking > room[..., None, None], axis=-2)
    taking = np.where(alone, taking, 0)
    named = np.argsort(np.array(skus))
    flat = (*room.shape, -1)
    reward, taking = (np.swapaxes(each[..., named], -1, -2).reshape(flat) for each in (steps.reward, taking))
    best = np.argsort(-reward, axis=-1, kind="stable")
    reached = np.cumsum(np.take_along_axis(taking, best, axis=-1), axis=-1)
    fits = np.empty(reached.shape, dtype=np.bool_)
    np.put_along_axis(fits, best, reached <= room[..., None], axis=-1)
    back = np.empty(steps.reward.shape, dtype=np.bool_)
    back[..., named] = np.swapaxes(fits.reshape(*room.shape, len(skus), -1), -1, -2)
    return wanted & alone & back
