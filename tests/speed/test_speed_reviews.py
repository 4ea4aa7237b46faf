"""What a review of 1,000 SKUs costs under each rule that ships, against `reorder-point`."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import ClassVar

import numpy as np
import pytest

from policies.parameters import wrapped_field
from policies.protocol import SIGHTS, Observation, Orders, PlannedEvent
from policies.registry import SHIPPED, policy
from sim.tournament import play
from tests.speed.sitting import cpu_seconds
from tests.speed.test_speed_ratios import Told
from tests.speed.worlds import network

pytestmark = pytest.mark.speed

SLOW = frozenset({"marginal-reward", "tiers", "oracle"})
"""Rules that may cost more than ten times as much, at most three: one that ranks the next units of every SKU, one that
sorts those of a whole network, and one that looks at every day to come."""
REVIEWED_ON = 182


@dataclass(frozen=True)
class Eye:
    """Orders nothing, and keeps what it is shown on one day."""

    name: ClassVar[str] = "eye"
    sees: ClassVar[frozenset[str]] = frozenset(SIGHTS)
    review_days: ClassVar[int] = 7
    kept: list[Observation] = field(default_factory=list, compare=False)

    def orders(self, seen: Observation) -> Orders:
        """Nothing."""
        if seen.day == REVIEWED_ON:
            self.kept.append(seen)
        return Orders({})


def review() -> Observation:
    """Half a year into a large seller's world, a promotion ahead; SKUs in groups of ten, a third bought again."""
    eye = Eye()
    play(network(1_000, days=REVIEWED_ON + 120), [eye], 2, keep=())
    seen = eye.kept[0]
    sale = PlannedEvent("Sale", "promotion", REVIEWED_ON + 50, 4, np.full(len(seen.skus), 3.0))
    calendar = replace(seen.calendar, events=(sale,))
    return replace(
        seen,
        sights={**seen.sights, "calendar": calendar},
        groups=tuple(f"group-{k // 10}" for k in range(len(seen.skus))),
        repeat_share=np.where(np.arange(len(seen.skus)) % 3 == 0, 0.3, 0.0),
    )


def test_no_rule_is_ten_times_as_slow_as_the_reorder_point(told: Told) -> None:
    seen = review()

    def asked(spec: str) -> Callable[[], object]:
        rule = policy(spec)
        return lambda: rule.orders(replace(seen, sights={name: seen.sights[name] for name in rule.sees}))

    specs = {cls.name: f"reorder-point+{cls.name}" if wrapped_field(cls) else cls.name for cls in SHIPPED}
    taken = cpu_seconds({name: asked(spec) for name, spec in specs.items()}, repeats=9)
    ratios = {name: seconds / taken["reorder-point"] for name, seconds in taken.items()}
    told("a review of 1,000 SKUs: " + ", ".join(f"{name} {ratio:.1f}" for name, ratio in ratios.items()))
    assert len(SLOW) <= 3
    assert {name for name, ratio in ratios.items() if ratio > 10} <= SLOW
