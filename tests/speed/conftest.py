"""Every ratio that was measured, printed at the end."""

from collections.abc import Callable

import pytest

LINES = pytest.StashKey[list[str]]()


@pytest.fixture
def told(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Adds a line to the table of ratios."""
    return request.config.stash.setdefault(LINES, []).append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """The table."""
    lines = config.stash.get(LINES, [])
    if lines:
        terminalreporter.section("speed, CPU time, sampling included")
    for line in lines:
        terminalreporter.write_line(line)
