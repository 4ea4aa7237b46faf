"""The seller who does nothing but order."""

from dataclasses import dataclass
from typing import ClassVar

from policies.playbook import Levers, Watch


@dataclass(frozen=True)
class NoPlaybook:
    """Leaves every lever alone. What another playbook is worth is the difference to this one.

    Formula: levers = none
    Source: the empty playbook, a floor for comparison
    Example: none
    """

    name: ClassVar[str] = "none"
    reaction_hours: ClassVar[float] = 0.0

    def act(self, seen: Watch) -> Levers:
        return Levers()
