"""My playbook for what to do besides ordering."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.parameters import check_parameters, parameter
from policies.playbook import Levers, Watch


@dataclass(frozen=True)
class MyRule:
    """Throttles the ads of what will soon be gone, and pauses those of what is.

    Say here in plain words what the playbook does, and when it does it.

    Formula: ads x 0 where on hand = 0; ads x low_ads where on hand < pace x low_days
    Source: say where it is from: a book, an article, or your own judgement
    Example: my_rule.py:MyRule(low_days=10)
    """

    name: ClassVar[str] = "my-rule"
    low_days: float = parameter(14.0, 0, 365, "days", "days of sales on hand below which ads are throttled")
    low_ads: float = parameter(0.5, 0, 1, "times the planned spend", "ads that are left then")
    pace_days: int = parameter(28, 1, 365, "days", "window of past sales that gives the pace")
    reaction_hours: float = parameter(0.0, 0, 720, "hours", "from seeing to acting")

    def __post_init__(self) -> None:
        check_parameters(self)

    def act(self, seen: Watch) -> Levers:
        on_hand = seen.stock.on_hand
        low = on_hand < seen.sales.pace(self.pace_days) * self.low_days
        return Levers(ads=np.where(on_hand > 0, np.where(low, self.low_ads, 1.0), 0.0))
