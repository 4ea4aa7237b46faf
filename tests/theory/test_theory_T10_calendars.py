"""T10: waiting for a sailing (Q6) and for a customs post to open (Q7).

One unit is ordered every day and takes a time to make that is even over a whole number of days, so goods are ready at
any time of a week or a year alike. Shipments are counted by the day of their order, over a whole number of periods well
inside the horizon, so none is left out for taking long.
"""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from reports.record import Shipment
from tests.theory.acceptance import EXACT, accept, printed, verdict
from tests.theory.exact.calendars import mean_hold_of_closures, mean_wait_for_departure, opens_at
from tests.theory.worlds import played, series_of, world

RUNS = 60
FIRST_COUNTED = 35
"""The first day whose order counts: by then sailings have forgotten that none was cancelled before the first."""
WEEKLY = {7.0: 1.0}
TWICE_A_WEEK = {4.0: 0.5, 3.0: 0.5}
SOME_CANCELLED = {7.0: 0.7, 14.0: 0.3}
START = date(2024, 1, 1)
CLOSURES = [date(2024, 3, 1) + timedelta(days=365 * year) for year in range(2)]
CLOSURE_DAYS = 8
PORT = 'legs = [{ name = "customs", post = "port" }]'


def test_theory_T10_exact_figures() -> None:
    """The exact code prints the known figures."""
    assert printed(mean_wait_for_departure(WEEKLY), "3.5")
    assert printed(mean_wait_for_departure(SOME_CANCELLED), "5.115385")
    assert printed(mean_hold_of_closures(2, 7), "0.285714")
    assert printed(mean_hold_of_closures(CLOSURE_DAYS, 365), "0.087671")


def test_theory_T10_Q6_weekly_sailing(tmp_path: Path) -> None:
    """The mean wait for a weekly sailing is half a week."""
    shipments = _shipments(tmp_path, _sea("every_days = 7"), days=280, make_days=7)
    waits = [_wait_for_sailing(each, within=7) for each in shipments]
    accept(verdict("wait", "wait", _per_run(waits), mean_wait_for_departure(WEEKLY)))


def test_theory_T10_Q6_cancelled_sailings(tmp_path: Path) -> None:
    """With 30 % of headways doubled the mean wait is E[H^2] / 2 E[H] = 5.115385 days, not half the mean headway."""
    calendar = "every_days = 7, cancelled = 0.3, cancelled_in_a_row = 1"
    shipments = _shipments(tmp_path, _sea(calendar), days=1_050, make_days=7)
    waits = [_wait_for_sailing(each, within=14) for each in shipments]
    accept(verdict("wait", "wait", _per_run(waits), mean_wait_for_departure(SOME_CANCELLED)))


def test_theory_T10_Q6_sailings_on_weekdays(tmp_path: Path) -> None:
    """Sailings on Mondays and Fridays are 4 and 3 days apart: the mean wait is 25/14 of a day."""
    shipments = _shipments(tmp_path, _sea('weekdays = ["Mon", "Fri"]'), days=280, make_days=7)
    waits = [_wait_for_sailing(each, within=4, sailing_days=(0, 4)) for each in shipments]
    accept(verdict("wait", "wait", _per_run(waits), mean_wait_for_departure(TWICE_A_WEEK)))


def test_theory_T10_Q7_closed_weekends(tmp_path: Path) -> None:
    """At a post that is shut on Saturday and Sunday the mean hold is 2/7 of a day."""
    post = '[customs.port]\nclosed_weekdays = ["Sat", "Sun"]'
    shipments = _shipments(tmp_path, PORT, tables=post, days=420, make_days=1)
    holds = [_hold(each, lambda day: (START + timedelta(days=day)).weekday() >= 5) for each in shipments]
    accept(verdict("hold", "wait", _per_run(holds), mean_hold_of_closures(2, 7)))


def test_theory_T10_Q7_yearly_closure(tmp_path: Path) -> None:
    """At a post that is shut for 8 days of every 365 the mean hold is 64/730 of a day."""
    listed = ", ".join(f"{{ on = {first}, days = {CLOSURE_DAYS} }}" for first in CLOSURES)
    shipments = _shipments(tmp_path, PORT, tables=f"[customs.port]\nclosures = [{listed}]", days=365, make_days=1)
    first_days = [(first - START).days for first in CLOSURES]
    holds = [_hold(each, lambda day: any(0 <= day - f < CLOSURE_DAYS for f in first_days)) for each in shipments]
    accept(verdict("hold", "wait", _per_run(holds), mean_hold_of_closures(CLOSURE_DAYS, 365)))


def _sea(calendar: str) -> str:
    return f'departs = {{ {calendar} }}\nlegs = [{{ name = "sea", days = 5 }}]'


def _shipments(folder: Path, lane: str, *, days: int, make_days: int, tables: str = "") -> list[Shipment]:
    """The shipments of so many order days, run by run in the order they were ordered."""
    text = world(
        start=str(START),
        days=FIRST_COUNTED + days + 60,
        opening=60,
        waits=1.0,
        supplier=f'make_days = {{ law = "uniform", low = 0, high = {make_days} }}',
        lane=lane,
        demand='demand."*".organic = { law = "fixed", mean = 1 }',
        tables=tables,
    )
    record = played(folder, text, "base-stock:units=60,review_days=1", runs=RUNS, batch=RUNS, keep=range(RUNS))
    counted = [each for each in series_of(record).shipments if FIRST_COUNTED <= each.ordered < FIRST_COUNTED + days]
    assert len(counted) == RUNS * days
    return sorted(counted, key=lambda each: (each.run, each.ordered))


def _wait_for_sailing(shipment: Shipment, within: int, sailing_days: tuple[int, ...] = (0,)) -> float:
    """From ready to departed; it sails on a sailing day, and never later than it must."""
    wait = shipment.departed - shipment.ready
    assert shipment.departed % 7 in sailing_days
    assert 0 <= wait < within
    return wait


def _hold(shipment: Shipment, shut: Callable[[int], bool]) -> float:
    """From arrival at the post to clearance, which takes no time; it is over as soon as the calendar allows."""
    (_, arrived, _), (_, _, left) = shipment.legs[:2]  # waits for the post, is cleared
    assert left == pytest.approx(opens_at(arrived, shut), rel=EXACT)
    return left - arrived


def _per_run(times: list[float]) -> NDArray[np.float64]:
    """Means of equally many shipments a run."""
    return np.array(times).reshape(RUNS, -1).mean(axis=1)
