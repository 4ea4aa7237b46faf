"""The floor of every scoreboard."""

from dataclasses import dataclass
from typing import ClassVar

from policies.parameters import check_parameters, parameter
from policies.protocol import Observation, Orders


@dataclass(frozen=True)
class Never:
    """Orders nothing and sells what there is. Whoever scores below it loses money by ordering.

    Formula: order = 0
    Source: the empty policy, a floor for comparison
    Example: never
    """

    name: ClassVar[str] = "never"
    review_days: int = parameter(7, 1, 365, "days", "days from one review to the next")

    def __post_init__(self) -> None:
        check_parameters(self)

    @property
    def sees(self) -> frozenset[str]:
        return frozenset()

    def orders(self, seen: Observation) -> Orders:
        return Orders({})
