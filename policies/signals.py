"""What a world must have for a policy to be of use.

A policy may say so: `needs: ClassVar[frozenset[str]]`, names of `SIGNALS`. Where one is missing it still plays, as the
policy it wraps does or with a part of it idle, and whoever plays it is warned.
"""

from policies.parameters import wrapped_field
from policies.protocol import Policy

ADS = "ads"
PROMOTIONS = "promotions"
SHOWS = "announced livestreams or posts"
TWO_LANES = "two lanes"
TWO_WAREHOUSES = "two warehouses"
CLOSURES_OR_TARIFFS = "factory holidays or an announced tariff step"
WAITING_BUYERS = "buyers who wait"
SIGNALS = frozenset({ADS, PROMOTIONS, SHOWS, TWO_LANES, TWO_WAREHOUSES, CLOSURES_OR_TARIFFS, WAITING_BUYERS})
"""All that a policy can need."""


def missing(policy: Policy, present: frozenset[str]) -> tuple[str, ...]:
    """What a policy and those it wraps need that a world does not have, one sentence each, the innermost first."""
    needs: frozenset[str] = getattr(policy, "needs", frozenset())
    own = tuple(f"{policy.name} needs {need}, which this world does not have" for need in sorted(needs - present))
    base = wrapped_field(policy)
    return own if base is None else (*missing(getattr(policy, base), present), *own)
