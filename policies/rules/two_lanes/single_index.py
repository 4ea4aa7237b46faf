"""Two lanes ordered by one number, the stock position."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.parameters import parameter
from policies.protocol import Observation, Orders
from policies.two_lanes import TwoLanes, check_levels


@dataclass(frozen=True)
class SingleIndex(TwoLanes):
    """Flies what sold beyond the usual since the last review, and ships the rest; it looks at one number.

    When the stock position has fallen below a fast level, the fast lane lifts it to that; the slow lane then lifts it
    to the full level. So of each review period's sales the first `gap_days` come by the slow lane and the rest by the
    fast one. As the position does not tell what arrives soon from what arrives late, it flies after a good week even
    where a ship is about to land: dual-index does not. A SKU that only one lane brings is ordered up to the level of
    that lane.

    Formula: fast order = max(0, fast - position); slow order = max(0, full - position - fast order);
        full = pace x (slow lead_days + review_days + safety_days), or units; fast = full - pace x gap_days, or
        fast_units; pace with the announced events until then
    Source: Scheller-Wolf, Veeraraghavan, van Houtum 2007, Effective dual sourcing with a single index policy; the
        days are judgements
    Example: single-index:gap_days=10
    """

    name: ClassVar[str] = "single-index"
    instead: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "safety_days": ("units", "fast_units"),
        "gap_days": ("fast_units",),
    }
    units: float | None = parameter(None, 0, 1e9, "units", "full level in units, the same for every SKU")
    gap_days: float = parameter(
        14.0, 0, 730, "days", "sales by which the fast level stands below the full one", tune=(7, 60)
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        check_levels(self.name, self.fast_units, self.units)

    def orders(self, seen: Observation) -> Orders:
        choice = self.choice(seen)
        full = self.level(seen, choice.slow, self.units)
        fast = self.level(seen, choice.fast, self.fast_units)
        if self.fast_units is None:
            gap = self.pace(seen, 1, choice.slow.lead_days + self.review_days) * self.gap_days
            fast = np.where(choice.both, full - gap, fast)
        flown = choice.flown(fast - choice.position)
        wanted = full - choice.position - flown
        return choice.orders(flown, wanted, full, order_up_to=full, fast_order_up_to=fast)
