"""Sensitivity: indices of functions whose indices are known, and a small world whose assumptions are moved."""

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from reports.charts.tornado import tornado
from reports.display.html import html
from reports.language.speaking import speaking
from reports.record import FloatArray
from reports.scores import SCORES
from reports.sensitivity.files import sensitivity_csv, sensitivity_json
from reports.sensitivity.result import HIGH, LOW, Factor, Sensitivity, best
from reports.sensitivity.sections import choices, sensitivity_report, table
from reports.sensitivity.words import factor_said, verdict
from reports.verdict.goal import GoalError
from scenarios.faults import ScenarioError
from scenarios.reader import read_scenario, shipped_worlds
from scenarios.variation import Changeable, changes_of, varied
from sim.luck import Luck
from sim.sensitivity.factors import changes, default_factors, read_factor
from sim.sensitivity.morris import STEP, elementary_effects, trajectories
from sim.sensitivity.sobol import shares
from sim.sensitivity.study import studied
from sim.sensitivity.worlds import Asked, Worlds
from sim.tournament import play, setting
from tests.scenarios.texts import SMALL, changed, written

Function = Callable[[FloatArray], FloatArray]
"""From points [point, factor], shares of each range, to results [point]."""


def luck() -> np.random.Generator:
    return Luck(11).stream(0, "sensitivity")


def linear(points: FloatArray) -> FloatArray:
    """Effects 1, 2 and 4 over the range, and a factor that does nothing."""
    return points @ np.array([1.0, -2.0, 4.0, 0.0]) + 7


def ishigami(points: FloatArray) -> FloatArray:
    """Ishigami and Homma 1990, a = 7, b = 0.1, each factor from -pi to pi."""
    x = math.pi * (2 * points - 1)
    return np.asarray(np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0]))


# --- elementary effects ---------------------------------------------------------------------------------------------


def effects(function: Function, factors: int, count: int) -> FloatArray:
    walks = trajectories(factors, count, luck())
    return elementary_effects(walks, np.array([function(walk) for walk in walks]))


def test_a_walk_moves_one_factor_at_a_time_and_every_factor_once() -> None:
    walks = trajectories(5, 40, luck())
    assert walks.shape == (40, 6, 5)
    assert set(np.round(walks.ravel() * 3, 9)) == {0.0, 1.0, 2.0, 3.0}
    moves = np.diff(walks, axis=1)
    assert ((moves != 0).sum(axis=2) == 1).all()
    assert ((moves != 0).sum(axis=1) == 1).all()
    assert np.allclose(np.abs(moves[moves != 0]), STEP)
    assert (moves > 0).any()
    assert (moves < 0).any()


def test_every_level_is_as_likely_as_any_other() -> None:
    levels = np.bincount((trajectories(1, 4_000, luck()).ravel() * 3).round().astype(int))
    assert (abs(levels / levels.sum() - 0.25) < 0.02).all()


def test_of_a_linear_function_every_effect_is_its_slope() -> None:
    assert effects(linear, 4, 6) == pytest.approx(np.tile([1.0, -2.0, 4.0, 0.0], (6, 1)))


def test_effects_differ_where_factors_work_on_each_other() -> None:
    """x times y: the effect of x is y, wherever y stands; z, which only adds, has no spread."""
    found = effects(lambda points: points[:, 0] * points[:, 1] + points[:, 2], 3, 200)
    assert found[:, 0].mean() == pytest.approx(0.5, abs=0.05)
    assert found[:, 0].std() == pytest.approx(math.sqrt(5) / 6, abs=0.03), "of 0, 1/3, 2/3 and 1"
    assert found[:, 2] == pytest.approx(1.0)


# --- shares of variance ---------------------------------------------------------------------------------------------


def test_the_indices_of_ishigami() -> None:
    """First order 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437."""
    found = shares(ishigami, 3, 1_024, luck())
    assert [one.alone.mean for one in found] == pytest.approx([0.3139, 0.4424, 0.0], abs=0.03)
    assert [one.together.mean for one in found] == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.03)
    for one in found:
        assert one.alone.low < one.alone.mean < one.alone.high
        assert one.together.low < one.together.mean < one.together.high


def test_the_indices_of_a_linear_function_are_its_squared_slopes() -> None:
    found = shares(linear, 4, 1_024, luck())
    assert [one.alone.mean for one in found] == pytest.approx([1 / 21, 4 / 21, 16 / 21, 0], abs=0.02)
    assert [one.together.mean for one in found] == pytest.approx([1 / 21, 4 / 21, 16 / 21, 0], abs=0.02)


# --- factors --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> str:
    text = changed('from = "zhongshan"', 'from = "zhongshan"\ncost = { per_m3 = 150 }', SMALL)
    text = changed("price = 29.90", "price = 29.90\nvolume_m3 = 0.01", changed("price = 4\n", "price = 4\n", text))
    return written(tmp_path_factory.mktemp("world"), changed("clear_days", "duty = 0.3\nclear_days", text))


@pytest.mark.parametrize(
    ("text", "factor"),
    [
        ("customs.us.duty=0.1..0.4", Factor(("customs.us.duty",), 0.1, 0.4, times=False)),
        ("customs.us.duty = x0.5 .. x2", Factor(("customs.us.duty",), 0.5, 2, times=True)),
        ("sku.*.unit_cost=x.5..x2.", Factor(("sku.*.unit_cost",), 0.5, 2, times=True)),
        ("planned.promotion.Sale.days=1..9", Factor(("planned.promotion.Sale.days",), 1, 9, times=False, whole=True)),
        ("days=x0.5..x1", Factor(("days",), 0.5, 1, times=True)),
    ],
)
def test_a_factor_is_read(world: str, text: str, factor: Factor) -> None:
    assert read_factor(text, Changeable.of(world)) == factor


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("customs.us.duty", "is no factor; allowed: KEY=LOW..HIGH"),
        ("customs.us.duty=0.1", "is no factor"),
        ("customs.us.duty=0.1..x2", "is no factor"),
        ("customs.us.duty=0.1...0.2", "is no factor"),
        ("=1..2", "is no factor"),
        ("customs.us.duty=0.4..0.1", "has its low end first"),
        ("customs.us.duty=0.1..0.1", "has its low end first"),
        ("customs.us.dutty=0.1..0.4", "did you mean 'duty'?"),
    ],
)
def test_what_is_no_factor_is_refused(world: str, text: str, told: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        read_factor(text, Changeable.of(world))
    assert told in str(caught.value)


def test_a_factor_stands_at_a_share_of_its_range() -> None:
    assert Factor(("a",), 0.8, 1.2, times=True).at(0.25) == pytest.approx(0.9)
    assert Factor(("a",), 1, 8, times=False, whole=True).at(0.5) == 4
    assert changes(Factor(("a", "b"), 10, 20, times=False), 0.5) == {"a": 15.0, "b": 15.0}


@pytest.mark.parametrize("name", [name for name, _ in shipped_worlds() if name != "gift-shop-bootstrap"])
def test_the_factors_found_in_a_world_can_be_moved_there_and_be_named(name: str) -> None:
    base = Changeable.of(name)
    factors = default_factors(base.scenario)
    assert factors
    for factor in factors:
        for end in (LOW, HIGH):
            assert base.varied(changes(factor, end)) != base.scenario or name.startswith("textbook")
        for language in ("en", "zh"):
            with speaking(language):
                assert factor_said(factor)


def test_the_list_holds_what_the_world_has() -> None:
    kinds = [factor.kind for factor in default_factors(read_scenario("black-friday"))]
    wanted = {"pace", "lift", "livestream", "video", "make_days", "leg", "unit_cost", "freight", "duty", "rent"}
    assert set(kinds) == wanted
    assert kinds.count("leg") == 5, "the customs leg has no time of its own"


@pytest.mark.parametrize(("lift", "moved"), [(1.2, False), (1.25, True)])
def test_a_promotion_is_not_moved_below_no_lift_at_all(lift: float, moved: bool) -> None:
    scenario = Changeable.of("black-friday").varied({"planned.promotion.*.lift": lift})
    assert ("lift" in {factor.kind for factor in default_factors(scenario)}) == moved


def test_a_row_by_itself_is_not_taken_for_all_rows(world: str) -> None:
    worlds = Worlds(asked(world, FEW, MANY), Changeable.of(world), 1, lambda _: None)
    both, other = worlds.scores({}), worlds.scores({}, 1)
    assert other.tolist() == both[1:].tolist() != both[:1].tolist()


# --- studies --------------------------------------------------------------------------------------------------------

FEW, MANY = "base-stock:cover_days=8", "base-stock:cover_days=60"
LEFT = "salvage_share=0..1"
COST = "sku.*.unit_cost=x0.8..x1.2"


def asked(world: str, *policies: str, **said: object) -> Asked:
    rows = tuple((policy, "none", "preference") for policy in policies)
    return replace(Asked(world, rows, factors=(LEFT, COST), method="ends", runs=6), **said)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def study(world: str) -> Sensitivity:
    return studied(asked(world, FEW, MANY, method="morris", samples=3))


def test_the_ends_are_the_world_changed_under_the_same_luck(world: str, study: Sensitivity) -> None:
    for place, end, text in ((0, LOW, "salvage_share=0"), (1, LOW, "sku.*.unit_cost=x0.8")):
        scenario = varied(world, (), changes_of([text]))
        for row, record in enumerate(play(scenario, [FEW, MANY], 6, keep=())):
            assert study.ends[place, end, row] == pytest.approx(SCORES["profit"].of(record, setting(scenario, "")))
    record = play(read_scenario(world), [FEW], 6, keep=())[0]
    assert study.base[0] == pytest.approx(SCORES["profit"].of(record, setting(read_scenario(world), "")))


def test_a_cost_that_no_rule_looks_at_acts_in_a_straight_line(study: Sensitivity) -> None:
    low, high = (study.change(1, end).mean for end in (LOW, HIGH))
    assert low > 0
    assert high == pytest.approx(-low)
    assert study.effects[1].spread < study.effects[1].size.mean / 2


def test_the_choice_changes_where_it_is_said_to(world: str, study: Sensitivity) -> None:
    assert study.rows[study.leader] == MANY
    (flip,) = study.flips
    assert (flip.factor, flip.end, study.rows[flip.row]) == (0, LOW, FEW)
    assert flip.sure
    for left, winner in ((flip.at - 1 / 2**5, 0), (flip.at + 1 / 2**5, 1)):
        scenario = varied(world, (), {"salvage_share": left})
        records = play(scenario, [FEW, MANY], 6, keep=())
        scores = np.array([SCORES["profit"].of(record, setting(scenario, "")) for record in records])
        assert best(scores, (0, 1), "profit") == winner


def test_the_best_is_least_or_most_as_the_score_has_it_and_never_a_yardstick(world: str) -> None:
    scores = np.array([[1.0], [2.0], [3.0], [np.nan]])
    assert best(scores, (0, 1, 2, 3), "profit") == 2
    assert best(scores, (3, 1, 2), "stockout_rate") == 1
    found = studied(asked(world, "oracle", FEW, "never", factors=(LEFT,)))
    assert (found.usable, found.leader) == ((1,), 1)


def test_worlds_are_played_once_whoever_asks(study: Sensitivity) -> None:
    """As it is, two ends of two factors, five halvings, and three walks of three points at most."""
    assert study.points <= 1 + 4 + 5 + 9


def test_what_cannot_be_studied_is_refused(world: str) -> None:
    with pytest.raises(GoalError, match="a power of two"):
        studied(asked(world, FEW, method="sobol", samples=3))
    with pytest.raises(GoalError, match="at least 2"):
        studied(asked(world, FEW, method="morris", samples=1))
    with pytest.raises(GoalError, match="is given twice"):
        studied(asked(world, FEW, factors=(COST, COST)))
    with pytest.raises(GoalError, match="unknown score"):
        studied(asked(world, FEW, score="proft"))


def test_an_end_that_the_world_refuses_is_told_before_anything_is_played(world: str) -> None:
    with pytest.raises(ScenarioError, match=r"change customs\.us\.duty: 11.0 is out of range"):
        studied(asked(world, FEW, factors=("customs.us.duty=0..11",)), advance=lambda _: pytest.fail("played"))


def test_sobol_shares_of_a_world(world: str) -> None:
    found = studied(asked(world, FEW, method="sobol", samples=8))
    assert len(found.shares) == 2
    assert found.shares[0].together.mean > found.shares[1].together.mean
    assert "first_order" in sensitivity_json(found)
    assert len(table(found).heads) == 4


def test_the_report_tells_what_matters_most_first(study: Sensitivity) -> None:
    first, *rest = verdict(study)
    assert study.order[0] == 0
    assert first.startswith(f"Profit of {MANY} depends most on salvage_share")
    assert rest[0] == f"{FEW} is the best where salvage_share is " + (f"{study.flips[0].at:.4g} or beyond.")
    assert next(line.name for line in table(study).lines) == "salvage_share"
    assert len(choices(study).lines) == 1


def test_every_form_is_told_in_both_languages(study: Sensitivity) -> None:
    found = replace(study, factors=(replace(study.factors[0], kind="rent", places=("los-angeles",)), study.factors[1]))
    for language in ("en", "zh"):
        with speaking(language):
            assert tornado(found).file("png").startswith(b"\x89PNG")
            assert factor_said(found.factors[0]) in sensitivity_json(found)
            page = html(sensitivity_report(found))
            assert "part-0-1" in page
    assert sensitivity_csv(found).startswith(b"\xef\xbb\xbffactor,end,value,policy")


def test_what_is_undefined_is_told_as_such_and_drives_nothing(study: Sensitivity) -> None:
    ends = study.ends.copy()
    ends[0] = np.nan
    found = replace(study, ends=ends)
    assert found.order == (1, 0)
    assert tornado(found).file("png")
    assert table(found).lines[1].cells[0].value is None
    assert "NaN" not in sensitivity_json(found)
    assert "nan" not in sensitivity_csv(found).decode("utf-8-sig")
    same = replace(study, ends=np.broadcast_to(study.base, study.ends.shape), flips=())
    assert verdict(same)[0] == f"Profit of {MANY} depends on none of the assumptions that were moved."


def test_a_name_from_a_file_is_no_formula_in_a_table(study: Sensitivity) -> None:
    found = replace(study, rows=("=1+1", MANY))
    assert b",=1+1" not in sensitivity_csv(found)
