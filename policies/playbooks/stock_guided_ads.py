"""Article one: during a campaign, ads follow how fast stock is consumed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from policies.parameters import check_parameters, parameter
from policies.playbook import FloatArray, Levers, Watch

Memory = Mapping[str, NDArray[Any]]


@dataclass(frozen=True)
class StockGuidedAds:
    """Compares, day by day over a campaign, the share of stock consumed with the share of ad money spent.

    Where stock is consumed `ratio` times as fast as money or faster, ads are throttled; where it is consumed so much
    slower, they are raised as far as the world allows; in between they run as planned. A sold-out SKU has no ads; one
    that is bought in when it is ordered keeps them as planned. A campaign begins when a day has ended, lasts
    `campaign_days`, and is followed by the next. What is planned for it is settled as it begins: units are stock on
    hand and what is planned to arrive, money is the planned spend.

    Formula: (units sold / units planned) / (money spent / money planned), against ratio and 1 / ratio
    Source: replenishment cycle of TikTok sellers with an overseas warehouse (库存消耗速度与广告消耗速度的比值); the
        numbers are judgements
    Example: stock-guided-ads:ratio=1.5,campaign_days=14
    """

    name: ClassVar[str] = "stock-guided-ads"
    campaign_days: int = parameter(28, 1, 365, "days", "how long a campaign lasts")
    ratio: float = parameter(2.0, 1, 100, "times", "consumption of stock over that of money at which ads are throttled")
    throttle: float = parameter(0.5, 0, 1, "times the planned spend", "ads where stock is consumed too fast")
    raise_to: float = parameter(1.5, 1, 100, "times the planned spend", "ads where stock is consumed slowly")
    reaction_hours: float = parameter(0.0, 0, 720, "hours", "from seeing to acting")

    def __post_init__(self) -> None:
        check_parameters(self)

    def act(self, seen: Watch) -> Levers:
        memory = self._after_the_day(seen) if seen.ends_day else seen.memory
        factor = memory.get("factor", np.ones(seen.stock.on_hand.shape))
        ads = np.where(seen.stock.bought_in, 1.0, np.where(seen.stock.on_hand <= 0, 0.0, factor))
        return Levers(ads=ads, memory=memory)

    def _after_the_day(self, seen: Watch) -> Memory:
        """Today's factor and what the campaign goes by; sales are known by whole days, so it changes once a day."""
        if "began" not in seen.memory or self._is_over(seen):
            return self._campaign(seen)
        return {**seen.memory, "factor": self._factor(seen)}

    def _is_over(self, seen: Watch) -> bool:
        """One answer for all, since every SKU's campaign begins on the same day."""
        return bool((seen.day >= seen.memory["began"] + self.campaign_days).all())

    def _campaign(self, seen: Watch) -> Memory:
        """A campaign that begins tomorrow, with ads as planned until there is something to go by."""
        shape = seen.stock.on_hand.shape
        money = seen.ads.planned[seen.day + 1 : seen.day + 1 + self.campaign_days].sum(axis=0)
        return {
            "began": np.full(shape, seen.day),
            "units": seen.stock.on_hand + seen.stock.planned(self.campaign_days),
            "money": np.broadcast_to(money, shape),
            "spent": seen.ads.spent,
            "factor": np.ones(shape),
        }

    def _factor(self, seen: Watch) -> FloatArray:
        memory = seen.memory
        days = int(seen.day - memory["began"].min(initial=seen.day))
        # Multiplied out, so that a plan without units or money needs no case of its own.
        stock_pace = seen.sales.daily(days).sum(axis=0) * memory["money"]
        money_pace = (seen.ads.spent - memory["spent"]) * memory["units"]
        known = money_pace > 0
        raised = np.minimum(self.raise_to, seen.ads.most)
        factor = np.where(known & (stock_pace * self.ratio < money_pace), raised, 1.0)
        return np.where(known & (stock_pace >= self.ratio * money_pace), self.throttle, factor)
