"""A finished search: what it says of the chosen one, worked out by hand."""

import json

import numpy as np
import pytest

from reports.charts.frontier import frontier
from reports.comparison import Comparison, Row
from reports.display.tuning import TuningTable, tuning_json
from reports.display.tuning_page import tuning_page
from reports.tally import Tally
from reports.tuned_folder import candidates_csv
from reports.tuning import Axis, Choosing, Neighbour, Tried, Tuning
from reports.verdict.goal import read_goal
from reports.verdict.tuned import sentences
from tests.reports.builder import SEASON, VERSIONS, season, setting

RUNS = 40
GOAL = "stockout_rate<=20%, least holding_cost"


def row(policy: str, short: float, rent: float, wobble: float = 10.0) -> Row:
    """A row with a stockout rate and a holding cost that is off by its wobble in every other replication."""
    off = wobble * np.array([(-1) ** run for run in range(RUNS)])
    record = season(
        policy, 20, runs=RUNS, orders=np.full(RUNS, 1000), short_orders=np.full(RUNS, int(1000 * short)),
        rent=rent + off, capital=np.zeros(RUNS), risk=np.zeros(RUNS),
    )  # fmt: skip
    return Row.of(Tally.of(record, setting(**SEASON)), setting(**SEASON))


BEST, SECOND, GIVEN = row("mine:days=20", 0.1, 1000), row("mine:days=22", 0.1, 1050), row("mine", 0.05, 2000)


def neighbour(value: float, short: float, cost: float) -> Neighbour:
    return Neighbour(
        "days",
        value,
        f"mine:days={value}",
        {"stockout_rate": np.full(RUNS, short), "holding_cost": np.full(RUNS, cost)},
    )


def tuning(
    goal: str = GOAL, front: bool = False, held: bool = True, rows: tuple[Row, ...] = (BEST, SECOND, GIVEN)
) -> Tuning:
    tried = tuple(
        Tried(one.policy, {"days": days}, RUNS, {name: one.means[name] for name in ("stockout_rate", "holding_cost")})
        for one, days in zip(rows, (20, 22, 30), strict=False)
    )
    choosing = Choosing(
        "mine", "halving", (Axis("days", "10 to 50"),), tried, 2, RUNS, ((9, 10), (3, RUNS)), 0.95, held
    )
    compared = Comparison(
        setting(**SEASON), np.arange(RUNS) + 1_000_000, rows, read_goal(goal), VERSIONS, "stocktide tune"
    )
    moves = neighbour(12, 0.4, 600), neighbour(16, 0.15, 1001), neighbour(24, 0.1, 1003), neighbour(28, 0.1, 1600)
    return Tuning(choosing, compared, () if front else moves, front)


def test_the_bound_on_fresh_luck_says_whether_the_goal_is_kept() -> None:
    ((limit, end, keeps),) = tuning().kept
    assert (str(limit), keeps) == ("stockout_rate<=20%", True)
    assert end == pytest.approx(0.1)
    ((_, _, kept),) = tuning("stockout_rate<=9%, least holding_cost").kept
    assert not kept
    assert any("does not keep stockout_rate<=9%" in line for line in sentences(tuning("stockout_rate<=9%")))


def test_when_no_candidate_keeps_the_goal_the_nearest_is_named() -> None:
    first, *others = sentences(tuning("stockout_rate<=9%, least holding_cost", held=False))
    assert first.startswith(
        "None of 3 candidates has stockout rate by order at most 9 % with 95 % confidence; the nearest"
    )
    assert ", with holding cost " in first and " on fresh luck." in first
    assert not any("The chance that it is the best" in line for line in others)


def test_the_difference_is_the_chosen_one_less_what_was_given() -> None:
    gap = {one.score: one for one in tuning().differences}["holding_cost"]
    assert gap.estimate.mean == pytest.approx(-1000)
    assert any("Its holding cost is lower than that of mine by 1,000 USD" in line for line in sentences(tuning()))


def test_the_chosen_one_stays_chosen_though_another_looks_better_on_fresh_luck() -> None:
    found = tuning(rows=(SECOND, BEST, GIVEN))
    assert found.best is SECOND
    assert json.loads(tuning_json(found))["best"]["policy"] == "mine:days=22"
    assert found.chances[0] < 0.01


def test_what_was_given_may_be_on_the_front_and_is_named_once() -> None:
    """The spec as given was a candidate too: two rows of one name, the last of them as given."""
    twice = tuning(front=True, rows=(BEST, row("mine", 0.05, 2000), GIVEN))
    picture = frontier(twice)
    assert picture.inline().count("as given") == 1
    assert picture.file("png").startswith(b"\x89PNG")


def test_the_chance_of_the_right_choice_is_among_finalists_alone() -> None:
    exact, good = tuning().chances
    assert exact == pytest.approx(1.0)
    assert good == pytest.approx(1.0)
    # What costs as much, give or take the same luck the other way round, is as likely to be the best.
    even = tuning(rows=(BEST, row("mine:days=21", 0.1, 1000, -10), GIVEN))
    exact, good = even.chances
    assert exact == pytest.approx(0.5, abs=0.02)
    assert good > 0.99


def test_a_parameter_moves_until_the_goal_breaks_or_the_best_interval_is_left() -> None:
    (reach,) = tuning().reaches
    # The interval of the best is 1000 +- 3.2; 12 costs less but breaks the goal, 28 costs more.
    assert (reach.low, reach.high) == (16, 24)
    assert not reach.open_low
    assert not reach.open_high


def test_a_front_has_rows_that_no_other_beats() -> None:
    rows = (BEST, row("mine:days=10", 0.3, 500), row("mine:days=15", 0.3, 900), row("mine:days=40", 0.02, 3000), GIVEN)
    found = tuning(front=True, rows=rows)
    assert [one.policy for one in found.frontier] == ["mine:days=40", "mine:days=20", "mine:days=10"]
    assert json.loads(tuning_json(found))["best"] is None


@pytest.mark.parametrize("width", [60, 80, 140])
@pytest.mark.parametrize("front", [False, True])
def test_the_table_fits(width: int, front: bool) -> None:
    from rich.console import Console

    console = Console(width=width, color_system=None, force_terminal=False, legacy_windows=False)
    with console.capture() as shown:
        console.print(TuningTable(tuning(front=front)))
    lines = shown.get().splitlines()
    assert max(len(line.rstrip()) for line in lines) <= width
    assert "…" not in shown.get()
    assert "nan" not in shown.get()


def test_markup_and_formulas_in_a_name_stay_text() -> None:
    evil = row("=cmd()<script>", 0.1, 1000)
    found = tuning(rows=(evil, SECOND, GIVEN))
    assert "<script>" not in tuning_page(found)
    assert "'=cmd()" in candidates_csv(found).decode("utf-8-sig")


@pytest.mark.parametrize("front", [False, True])
def test_pictures_are_drawn_once_the_same(front: bool) -> None:
    found = tuning(front=front, rows=(BEST, row("mine:days=30", 0.02, 3000), GIVEN))
    picture = frontier(found).inline()
    assert picture == frontier(found).inline()
    assert frontier(found).file("png") == frontier(found).file("png")
    assert "mine" in picture
    parts = {"candidates", "goal", "policy-0", "policy-1", "policy-2", *(["front"] if front else [])}
    assert [part for part in sorted(parts) if f'id="frontier-{part}"' not in picture] == []


def test_what_was_chosen_is_told_with_the_luck_it_was_chosen_on() -> None:
    told = " ".join(sentences(tuning()))
    assert told.startswith("Use mine:days=20: of those of 3 candidates that have stockout rate by order at most 20 %")
    assert "Chosen on up to 40 replications from number 0 on" in told
    assert "from number 1,000,000 on, which no choice has seen" in told
