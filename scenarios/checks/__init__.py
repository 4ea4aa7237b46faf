"""What a scenario must mean, once its shape is right. Each check yields findings; all are told at once."""

from collections.abc import Iterator

from scenarios.checks import (
    customs,
    deliveries,
    events,
    factories,
    lanes,
    markets,
    money,
    names,
    reach,
    replenishing,
    sense,
    span,
    troubles,
    warehouses,
)
from scenarios.checks.findings import Finding
from scenarios.schema import Scenario

CHECKS = (
    *names.CHECKS,
    *sense.CHECKS,
    *money.CHECKS,
    *span.CHECKS,
    *events.CHECKS,
    *markets.CHECKS,
    *deliveries.CHECKS,
    *factories.CHECKS,
    *lanes.CHECKS,
    *replenishing.CHECKS,
    *reach.CHECKS,
    *warehouses.CHECKS,
    *customs.CHECKS,
    *troubles.CHECKS,
)


def findings(scenario: Scenario) -> Iterator[Finding]:
    """Everything that does not make sense in a scenario."""
    for check in CHECKS:
        yield from check(scenario)
