"""What a scenario must mean, once its shape is right. Each check yields findings; all are told at once."""

from collections.abc import Iterator

from scenarios.checks import customs, events, factories, lanes, markets, names, reach, sense, span, troubles
from scenarios.checks.findings import Finding
from scenarios.schema import Scenario

CHECKS = (
    *names.CHECKS,
    *sense.CHECKS,
    *span.CHECKS,
    *events.CHECKS,
    *markets.CHECKS,
    *factories.CHECKS,
    *lanes.CHECKS,
    *reach.CHECKS,
    *customs.CHECKS,
    *troubles.CHECKS,
)


def findings(scenario: Scenario) -> Iterator[Finding]:
    """Everything that does not make sense in a scenario."""
    for check in CHECKS:
        yield from check(scenario)
