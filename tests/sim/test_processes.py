"""Processes that play batches leave an interrupt to the one that was called."""

import signal
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.tournament import Match, worked
from tests.worlds import PLAIN, scenario_of


@pytest.fixture(autouse=True)
def heard() -> Iterator[None]:
    """As in a terminal, wherever tests run."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def who_hears(_: Match) -> object:
    return signal.getsignal(signal.SIGINT)


def test_who_gives_up_is_not_warned_of_what_was_played_for_nothing(tmp_path: Path) -> None:
    whole = Match(scenario_of(PLAIN, tmp_path), tuple(range(8)), (("reorder-point", "none", "preference"),))
    results = worked(who_hears, whole, jobs=2, batch=1)
    next(results)
    time.sleep(0.5)  # others are finished meanwhile
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        results.close()


def test_only_the_process_that_was_called_hears_an_interrupt(tmp_path: Path) -> None:
    whole = Match(scenario_of(PLAIN, tmp_path), tuple(range(4)), (("reorder-point", "none", "preference"),))
    assert list(worked(who_hears, whole, jobs=2, batch=1)) == [signal.SIG_IGN] * 4
    assert who_hears(whole) is signal.default_int_handler
