"""`--precision`: what it says, when replications are enough, and that intervals reported at the stop cover."""

import math
import re

import numpy as np
import pytest

from reports.display.precision import precision_told
from reports.language.speaking import speaking
from reports.record import FloatArray, Record
from reports.verdict.estimates import estimate
from reports.verdict.goal import GoalError, read_goal
from reports.verdict.precision import Width, half_width, known_well, least_runs, next_look, read_precision
from tests.reports.builder import comparison, record, season
from tests.reports.stopping import LOST_SALES, OFTEN, pool, stopped

GOAL = read_goal("stockout_rate<=5%, most profit")


# --- what it says ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("stockout_rate=0.5pp", Width("stockout_rate", 0.005, relative=False, gap=False)),
        ("stockout_rate=0.005", Width("stockout_rate", 0.005, relative=False, gap=False)),
        ("profit=2%", Width("profit", 0.02, relative=True, gap=False)),
        ("holding_cost = 500", Width("holding_cost", 500, relative=False, gap=False)),
        ("profit gap=2 %", Width("profit", 0.02, relative=True, gap=True)),
        ("fill_rate gap=1pp", Width("fill_rate", 0.01, relative=False, gap=True)),
    ],
)
def test_a_width_is_read(text: str, width: Width) -> None:
    read = read_precision(text, GOAL).widths
    assert len(read) == 1
    assert (read[0].score, read[0].relative, read[0].gap) == (width.score, width.relative, width.gap)
    assert read[0].most == pytest.approx(width.most)
    assert read_precision(str(read[0]), GOAL).widths == read, "it is written as it is read"


def test_several_widths_are_parted_by_commas() -> None:
    assert str(read_precision("0.5pp , profit gap=2%", GOAL)) == "stockout_rate=0.5pp, profit gap=2%"


@pytest.mark.parametrize(
    ("goal", "score"),
    [
        ("least stockout_rate_unit", "stockout_rate_unit"),
        ("profit>=0, fill_rate>=95%, stockout_rate<=5%", "fill_rate"),
        ("most profit", "stockout_rate"),
    ],
)
def test_points_alone_are_of_the_share_that_the_goal_speaks_of(goal: str, score: str) -> None:
    assert read_precision("1pp", read_goal(goal)).widths[0].score == score


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "write for example 0.5pp"),
        ("500", "write for example 0.5pp"),
        ("2%", "write for example 0.5pp"),
        ("profit", "write for example 0.5pp"),
        ("profit=2%,", "write for example 0.5pp"),
        ("proft=2%", "did you mean 'profit'?"),
        ("stockout_rate=0.5%", "stockout_rate is a share; did you mean '0.5pp'?"),
        ("profit=2pp", "profit is measured in money, not in percentage points"),
        ("profit=many", "'many' is not a number"),
        ("profit=0", "a width is above 0"),
        ("profit=-2%", "a width is above 0"),
        ("profit=nan", "a width is above 0"),
        ("profit=inf", "a width is above 0"),
    ],
)
def test_what_is_no_width_is_refused(text: str, told: str) -> None:
    with pytest.raises(GoalError, match=re.escape(told)):
        read_precision(text, GOAL)


# --- when it is enough ----------------------------------------------------------------------------------------------


def test_looks_are_few_and_the_first_is_late() -> None:
    looks = [next_look(0, 1_000)]
    while looks[-1] < 1_000:
        looks.append(next_look(looks[-1], 1_000))
    assert looks == [200, 300, 450, 675, 1_000]
    assert next_look(0, 60) == 60, "the cap goes first"


def even(count: int) -> FloatArray:
    """Scores of minus one and one in turn: their mean is 0 and their skewness too."""
    return np.resize(np.array([-1.0, 1.0]), count)


def test_the_width_is_half_the_interval() -> None:
    values = even(200)
    known = estimate(values)
    assert half_width(values) == pytest.approx((known.high - known.low) / 2)
    assert known_well(values, half_width(values))
    assert not known_well(values, half_width(values) * 0.999)


def test_one_replication_knows_nothing() -> None:
    assert half_width(np.array([3.0])) == math.inf


def test_a_skewed_score_needs_25_times_its_squared_skewness() -> None:
    """One in twenty is 1: skewness (1 - 2p) / sqrt(p (1 - p)), squared 0.81 / 0.0475, so 426.3 replications."""
    rare = np.array([1.0] + [0.0] * 19)
    assert least_runs(np.resize(rare, 420)) == pytest.approx(25 * 0.81 / 0.0475)
    assert not known_well(np.resize(rare, 420), 1.0)
    assert known_well(np.resize(rare, 440), 1.0)


def test_an_even_score_needs_no_more_than_the_first_look() -> None:
    assert least_runs(even(200)) == 200
    assert known_well(even(200), 1.0)
    assert not known_well(even(198), 1.0)


def test_what_never_differed_is_believed_after_300() -> None:
    assert not known_well(np.zeros(299), 1.0)
    assert known_well(np.zeros(300), 1.0)


# --- rows -----------------------------------------------------------------------------------------------------------


def alternating(policy: str, profit: float, swing: float, runs: int = 200, **changes: object) -> Record:
    """A row whose profit is so much in the mean, a swing above it and below it in turn."""
    return record(runs, policy=policy, orders=100, revenue=profit + swing * even(runs), **changes)


def test_every_row_that_can_be_used_is_to_be_known() -> None:
    rows = (
        alternating("lead-cover", 1_000, 10),
        alternating("reorder-point", 900, 500),
        alternating("never", 5, 9_000),
    )
    played = comparison(rows, goal="most profit")
    asked = read_precision("profit=2%", played.goal)
    assert [(one.row.policy, one.enough) for one in asked.known(played)] == [
        ("lead-cover", True),
        ("reorder-point", False),
    ]
    assert not asked.enough(played)
    assert asked.enough(comparison((rows[0], rows[2]), goal="most profit"))
    assert asked.known(played)[1].allowed == pytest.approx(0.02 * 900)


def test_a_gap_is_to_the_row_that_leads_and_paired() -> None:
    rows = (alternating("lead-cover", 1_000, 500), alternating("reorder-point", 900, 501))
    played = comparison(rows, goal="most profit")
    (known,) = read_precision("profit gap=2%", played.goal).known(played)
    assert known.row.policy == "reorder-point"
    assert known.half == pytest.approx(half_width(even(200)))
    assert known.allowed == pytest.approx(0.02 * 1_000)


def test_a_score_that_is_never_defined_is_not_waited_for() -> None:
    played = comparison((record(200),), goal="most profit")
    assert read_precision("0.5pp", played.goal).enough(played)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("stockout_rate=50pp", "Asked for stockout_rate=50pp: reached with 220 replications."),
        ("stockout_rate=0.0001pp", "not reached with 220 replications. Known least well is stockout rate by order of"),
        ("profit gap=1000000", "the gap in profit between"),
    ],
)
def test_it_is_told_what_is_known_least_well(text: str, told: str) -> None:
    played = comparison((season("reorder-point", 10, runs=220), season("lead-cover", 4, runs=220)))
    assert told in precision_told(read_precision(text, played.goal), played)


def test_it_is_told_that_few_replications_tell_too_little() -> None:
    played = comparison((season("reorder-point", 10, runs=120),))
    assert "with fewer than 200 nothing is taken for known" in precision_told(
        read_precision("50pp", played.goal), played
    )


def test_it_is_told_that_a_rare_case_may_be_unseen() -> None:
    played = comparison((record(200, orders=100),), goal="most profit")
    assert "so rare or so uneven" in precision_told(read_precision("0.5pp", played.goal), played)
    with speaking("zh"):
        assert "太少见或太不均匀" in precision_told(read_precision("0.5pp", played.goal), played)


# --- coverage -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("world", [LOST_SALES, OFTEN], ids=["lost sales", "one burst a year"])
def test_intervals_reported_at_the_stop_cover(world: tuple[str, ...]) -> None:
    """400 experiments; 2,000 of more worlds are in `tests/slow`."""
    told = stopped(pool(world, "stockout_rate", 800), 250, 400)
    assert 0.92 <= told.covered <= 0.98, str(told)
