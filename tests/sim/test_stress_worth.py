"""What a change is worth: worked by hand, under the same luck; and what the changes that have names make of a world."""

import csv
import io
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest

from policies.protocol import Observation, Orders
from policies.registry import policy
from policies.rules.wrappers.budget_cap import BudgetCap
from reports.display.html import html
from reports.language.speaking import speaking
from reports.stress.worth import SCORES_TOLD, Changed, Worth
from reports.stress.worth_files import worth_csv, worth_json
from reports.stress.worth_sections import worth_report
from reports.stress.worth_words import sentence, sentences
from scenarios.faults import ScenarioError
from scenarios.laws import mean
from sim.stress.changing import sides, steps_of
from sim.stress.laying import World
from sim.stress.worth import worth
from tests.sim.paper import PAPER, but
from tests.sim.test_stress import BY_ROAD, BY_TRACK, DAYS
from tests.worlds import played, scenario_of

ROWS = tuple((script, "none", "preference") for script in (BY_ROAD, BY_TRACK))


def weighed(folder: Path, *changes: str, runs: int = 3, jobs: int = 1) -> Worth:
    (folder / "days.toml").write_text(DAYS, encoding="utf-8")
    return worth(str(folder / "days.toml"), changes, ROWS, runs=runs, jobs=jobs, seed=None, command="")


def test_what_a_day_is_worth_by_hand(tmp_path: Path) -> None:
    """A day later by road ten lamps at 3 are not sold, and left over at 1. A track for nothing saves its 5."""
    test = weighed(tmp_path, "lane.road.legs.road.days=1.5", "lane.track.cost.per_shipment=0")
    late, free = test.changes
    assert [test.worth(late, row).mean for row in (0, 1)] == pytest.approx([-20, 0])
    assert [test.worth(free, row).mean for row in (0, 1)] == pytest.approx([0, 5])
    told = [sentence(test, late, 0), sentence(test, late, 1), sentence(test, free, 1)]
    assert told[0].startswith("lane.road.legs.road.days=1.5 costs 20.00 USD (20.00 to 20.00) under script:lines=")
    assert told[1].startswith("lane.road.legs.road.days=1.5 is worth nothing to script:lines=")
    assert told[1].endswith("profit is the same in each of 3 replications.")
    assert told[2].startswith("lane.track.cost.per_shipment=0 is worth 5.00 USD (5.00 to 5.00) to script:lines=")
    rate = test.differences(late, "stockout_rate")
    assert [gap.estimate.mean for gap in rate] == [0.25, 0]


def test_a_share_stays_between_none_and_all() -> None:
    rates = ({"stockout_rate": np.array([0.0, 0.0, 0.1])},)
    for side in Changed((), "", rates, rates).sides(0, "stockout_rate"):
        assert side.low == 0
        assert side.high < 1


def test_a_change_with_a_name_begins_its_sentence_as_sentences_begin(tmp_path: Path) -> None:
    test = weighed(tmp_path, "lane.track.cost.per_shipment=0")
    named = replace(test.changes[0], steps=steps_of("customs=faster+lane.track.cost.per_shipment=0"))
    assert sentence(test, named, 1).startswith("Customs that clears in half the time")


def test_the_csv_holds_each_end_of_an_interval_in_its_own_column(tmp_path: Path) -> None:
    test = weighed(tmp_path, "lane.track.cost.per_shipment=0")
    (change,) = test.changes
    after = tuple({**scores, "profit": scores["profit"] + [-1, 0, 1]} for scores in change.after)
    spread = replace(test, changes=(replace(change, after=after),))
    lines = list(csv.DictReader(io.StringIO(worth_csv(spread).decode("utf-8-sig"), newline="")))
    low, mean, high = (float(lines[SCORES_TOLD.index("profit")][name]) for name in ("low", "difference", "high"))
    assert low < mean < high


def test_changes_are_made_together_where_they_are_joined(tmp_path: Path) -> None:
    test = weighed(tmp_path, "lane.road.legs.road.days=1.5+lane.track.cost.per_shipment=0")
    (both,) = test.changes
    assert [test.worth(both, row).mean for row in (0, 1)] == pytest.approx([-20, 5])


def test_a_change_to_what_is_there_is_worth_nothing_to_the_unit() -> None:
    world, rows = World.of("viral-oring"), (("reorder-point", "none", "preference"),)
    same = f"days={world.quiet.days}"
    (change,) = worth("viral-oring", (same,), rows, runs=2, jobs=1, seed=None, command="").changes
    for score in SCORES_TOLD:
        assert change.without[0][score].tobytes() == change.after[0][score].tobytes()


def test_workers_show_nowhere() -> None:
    rows = (("reorder-point", "none", "preference"),)
    one, two = (
        worth("viral-oring", ("supplier.*.start_up_days=3",), rows, runs=4, jobs=jobs, seed=3, command="")
        for jobs in (1, 2)
    )
    assert worth_json(one) == worth_json(two)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_is_told_in_every_form(language: str, tmp_path: Path) -> None:
    with speaking(language):
        test = weighed(tmp_path, "lane.road.legs.road.days=1.5", "lane.track.cost.per_shipment=0")
        report = worth_report(test)
        assert report.headline == next(sentences(test))
        assert "lane.track.cost.per_shipment=0" in html(report)
    said = json.loads(worth_json(test), parse_constant=lambda text: pytest.fail(text))
    assert said["changes"][0]["policies"][0]["scores"]["profit"]["difference"]["mean"] == pytest.approx(-20)
    content = worth_csv(test)
    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert len(lines) == 2 * 2 * len(SCORES_TOLD)
    assert float(lines[SCORES_TOLD.index("profit")]["difference"]) == pytest.approx(-20)


# --- changes that have names ---------------------------------------------------------------------------------------


def test_notice_is_held_against_no_notice() -> None:
    """Every livestream of the world."""
    both = sides(World.of("black-friday"), steps_of("notice=7"), ())
    assert [show.announced_days for show in both.without.planned.livestream] == [0]
    assert [show.announced_days for show in both.after.planned.livestream] == [7]


def test_customs_are_faster_by_half() -> None:
    both = sides(World.of("black-friday"), steps_of("customs=faster"), ())
    assert both.without == World.of("black-friday").quiet
    assert mean(both.after.customs["us"].clear_days) == mean(both.without.customs["us"].clear_days) / 2


def test_cash_is_what_a_budget_cap_has() -> None:
    row = ("reorder-point+budget-cap:budget=500,cash=900+air-rescue", "none", "preference")
    both = sides(World.of("black-friday"), steps_of("cash=7000"), (row,))
    assert both.rows_without == (row,)
    richer = both.rows_after[0][0].base  # type: ignore[union-attr]
    assert isinstance(richer, BudgetCap)
    assert (richer.budget, richer.cash) == (7000, 7000)
    assert richer.base == policy("reorder-point")
    assert both.without == both.after


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("notice=soon", "change notice: 'soon' is no whole number from 0 on"),
        ("notice=-1", "'-1' is no whole number"),
        ("customs=slower", "change customs: 'slower' is not known; allowed: customs=faster"),
        ("cash=100", "nothing limits the cash of"),
        ("notice=7", "finds nothing to change: no livestream is planned in this world"),
        ("customs=faster", "finds nothing to change: no customs post of this world takes time"),
        ("lane.rood.fifo=true", "did you mean 'road'"),
        ("price", "'price': is no change"),
        ("seed=9", "change seed: all play with the same luck; allowed: --seed 9"),
    ],
)
def test_a_change_that_means_nothing_is_refused(change: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=says):
        weighed(tmp_path, change)


@dataclass(frozen=True)
class Counting:
    """Orders a unit for every livestream to come that it has been told of."""

    name: ClassVar[str] = "counting"
    review_days: ClassVar[int] = 1
    sees: ClassVar[frozenset[str]] = frozenset({"calendar"})

    def orders(self, seen: Observation) -> Orders:
        """One for each."""
        coming = sum(event.first_day > seen.day for event in seen.calendar.events)
        return Orders({"road": np.array([coming])})


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("announced_days = 2", [0, 1, 1, 0, 0, 0, 1, 1, 0, 0]),
        ("announced_days = 0", [0] * 10),
        ("", [2, 2, 2, 1, 1, 1, 1, 1, 0, 0]),
    ],
)
def test_a_livestream_is_told_of_so_many_days_before(line: str, told: list[int], tmp_path: Path) -> None:
    """On days 3 and 8 of ten."""
    show = f'\n[[planned.livestream]]\nname = "show"\nfirst_on = 2026-01-08\nevery_days = 5\ndays_of_pace = 1\n{line}\n'
    text = but(PAPER.replace("days = 100", "days = 10"), supplier__f="make_days = 0") + show
    (record,) = played(scenario_of(text, tmp_path), Counting(), runs=1)
    assert record.series is not None
    assert record.series.ordered[:, 0, 0, 0].tolist() == told
