"""Two lanes ordered by two numbers: what is there soon, and the stock position."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from policies.parameters import parameter
from policies.protocol import Observation, Orders
from policies.two_lanes import TwoLanes, check_levels


@dataclass(frozen=True)
class DualIndex(TwoLanes):
    """Flies what is missing of a fast level until the next flight, and ships what is missing of a full level.

    The fast lane looks at what is on hand and planned to be there before an order of the next review could come by it.
    So it fills the hole before a ship that is far away, and a ship about to land saves the flight. The slow lane looks
    at all that is on order, what is flown now included. At its best two levels it costs little more than the best of
    all rules. A SKU that only one lane brings is ordered up to the level of that lane.

    Formula: fast order = max(0, fast - early), early = on_hand + planned(fast lead_days + review_days) - backlog;
        slow order = max(0, full - position - fast order);
        fast = pace x (fast lead_days + review_days + safety_days), or fast_units;
        full = pace x (slow lead_days + review_days + safety_days + more_days), or units; pace with announced events
    Source: Veeraraghavan, Scheller-Wolf 2008, Now or later: a simple policy for effective dual sourcing in
        capacitated systems; the days are judgements
    Example: dual-index:safety_days=10,fast_lane=air
    """

    name: ClassVar[str] = "dual-index"
    instead: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "safety_days": ("units", "fast_units"),
        "more_days": ("units",),
    }
    units: float | None = parameter(None, 0, 1e9, "units", "full level in units, the same for every SKU")
    more_days: float = parameter(14.0, 0, 365, "days", "sales that the full level holds besides", tune=(0, 45))

    def __post_init__(self) -> None:
        super().__post_init__()
        check_levels(self.name, self.fast_units, self.units)

    def orders(self, seen: Observation) -> Orders:
        choice = self.choice(seen)
        full = self.level(seen, choice.slow, self.units, self.more_days)
        fast = self.level(seen, choice.fast, self.fast_units)
        flown = choice.flown(fast - choice.early)
        wanted = full - choice.position - flown
        return choice.orders(flown, wanted, full, order_up_to=full, fast_order_up_to=fast)
