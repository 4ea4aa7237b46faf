"""The measures of a stress test, worked by hand; and what is said of them, in every language and form."""

import csv
import io
import json
import math
import re
from typing import Literal

import numpy as np
import pytest

from reports.display.html import html
from reports.display.section import Choice, Table
from reports.language.speaking import speaking
from reports.stress.files import stress_csv, stress_json
from reports.stress.fixes import fixes
from reports.stress.measures import median_days, minimax, recovery, regrets, spell, survival, tail_mean
from reports.stress.sections import stress_report
from reports.stress.stress import Breaking, Contender, Outcome, Refusal, StressTest, Trial
from reports.stress.terminal import StressTables
from reports.stress.words import breaking_told, days_told, fix_told, trial_said, verdict
from reports.verdict.goal import read_goal, read_limits
from tests.reports.builder import VERSIONS, setting

# --- the worst 5 % of futures --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("runs", "high", "low"),
    [
        (200, np.mean(range(191, 201)), np.mean(range(1, 11))),  # ten count
        (30, (30 + 0.5 * 29) / 1.5, (1 + 0.5 * 2) / 1.5),  # one and a half
        (20, 20, 1),
        (10, 10, 1),  # half a future is as bad as the worst
        (1, 1, 1),
    ],
)
def test_the_tail_is_the_worst_twentieth_the_last_of_it_in_part(runs: int, high: float, low: float) -> None:
    values = np.random.default_rng(1).permutation(np.arange(1.0, runs + 1))
    assert tail_mean(values, "high").mean == pytest.approx(high)
    assert tail_mean(values, "low").mean == pytest.approx(low)


def test_the_tail_leaves_undefined_futures_out_and_tells_an_interval_of_enough() -> None:
    values = np.concatenate([np.arange(1.0, 101), [math.nan]])
    known = tail_mean(values, "high")
    assert known.mean == pytest.approx(98)
    assert (known.count, known.undefined) == (100, 1)
    assert known.low < 98 < known.high
    assert math.isnan(tail_mean(values[:99], "high").low)
    assert math.isnan(tail_mean(np.array([math.nan]), "low").mean)
    assert tail_mean(np.full(100, 0.3), "high", (0, 1)).high == pytest.approx(0.3)


# --- surviving and recovering --------------------------------------------------------------------------------------


def short(*runs: tuple[int, ...]) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """Units short, a tuple of days for each future, in one market."""
    return np.array(runs, np.int64).T[:, :, None]


def test_a_spell_is_from_the_first_day_that_is_worse_to_the_last() -> None:
    """From day 1 on. The first future was as short without the shock; the third is short again on the last day."""
    quiet = short((0, 5, 0, 2), (0, 0, 0, 0), (0, 0, 0, 0), (3, 0, 0, 0))
    hit = short((0, 5, 0, 2), (0, 0, 4, 0), (0, 1, 0, 7), (9, 0, 0, 0))
    found = spell(hit, quiet, 1)
    assert found.rest == 3
    np.testing.assert_array_equal(found.survived, [math.nan, 1, 0, math.nan])
    np.testing.assert_array_equal(found.recovered, [math.nan, 1, 3, math.nan])
    assert found.lasting.tolist() == [False, False, True, False]
    assert found.hit == 0.5


def test_less_in_one_market_does_not_hide_more_in_another() -> None:
    one, other = np.array([[[3, 0]]]), np.array([[[0, 3]]])
    assert spell(one, other, 0).survived.tolist() == [0]


def test_medians_count_what_was_not_seen_as_at_least_what_was() -> None:
    quiet, hit = short((0, 0, 0), (0, 0, 0), (0, 0, 0)), short((0, 1, 0), (0, 0, 0), (0, 0, 2))
    found = spell(hit, quiet, 0)  # days 1, 3 or more, 2; recovered in 1 and in 1 or more
    assert (survival(found).days, survival(found).at_least) == (2, False)
    assert (recovery(found).days, recovery(found).at_least) == (1, True)
    assert median_days(np.array([3.0, 3.0, 1.0]), np.array([True, True, False])).at_least
    early = median_days(np.array([3.0, 10.0, 12.0]), np.array([True, False, False]))
    assert (early.days, early.at_least) == (10, True), "it may have lasted longer than 12 days"
    assert math.isnan(median_days(np.zeros(0), np.zeros(0, np.bool_)).days)
    assert days_told(survival(found)) == "2"
    assert days_told(recovery(found)) == "1 or more"


def test_the_least_largest_regret() -> None:
    """Rows by shocks. The first is best twice and worst once; the second is never far off."""
    profits = np.array([[100.0, 90, 10], [95, 80, 40], [60, 85, 50]])
    found = regrets(profits, "most")
    assert found.tolist() == [[0, 0, 40], [5, 10, 10], [40, 5, 0]]
    assert minimax(found.max(axis=1).tolist()) == 1
    assert regrets(-profits, "least").tolist() == found.tolist()
    assert minimax([math.nan, 3.0, math.nan]) == 1
    assert minimax([math.nan]) is None


# --- a test made by hand -------------------------------------------------------------------------------------------

ROWS = ("lean", "safe", "flown", "oracle")
RUNS = 12
WAVE = np.array([-1.0, 1.0] * (RUNS // 2))


def outcome(profit: float, rate: float, hit: bool = False, holding: float = 1.0) -> Outcome:
    """A row of this mean profit and stockout rate."""
    days = short(*[(0, 0, int(hit), 0)] * RUNS)
    scores = {name: np.full(RUNS, 1.0) for name in ("turnover", "fill_rate")} | {"holding_cost": np.full(RUNS, holding)}
    return Outcome(
        {**scores, "profit": profit + 5 * WAVE, "stockout_rate": np.full(RUNS, rate)}, spell(days, 0 * days, 1)
    )


def trial(name: str, *outcomes: Outcome, kind: Literal["shock", "change"] = "shock", strength: float = 1.0) -> Trial:
    return Trial(name, kind, strength, "0" * 64, outcomes)


def made(goal: str = "stockout_rate<=5%, most profit", **changes: object) -> StressTest:
    """Lean is best while nothing happens and breaks in a storm; safe costs 10 and holds; flown costs 30 and holds."""
    best = outcome(999, 0)
    facts: dict[str, object] = {
        "setting": setting(days=4),
        "runs": np.arange(RUNS),
        "rows": tuple(
            Contender(name, "none", "preference", ("future",) if name == "oracle" else ("stock",)) for name in ROWS
        ),
        "goal": read_goal(goal),
        "quiet": trial("", outcome(100, 0.02), outcome(90, 0.01), outcome(70, 0.0), best, strength=0),
        "trials": (
            trial("dock-closed", outcome(95, 0.03), outcome(85, 0.01), outcome(66, 0.0), best),
            trial("strike", outcome(40, 0.2, hit=True), outcome(82, 0.04), outcome(60, 0.0), best),
        ),
        "refused": (Refusal("cape-detour", "finds nothing"),),
        "limit": read_limits("stockout_rate>10%")[0],
        "breakings": (
            Breaking("strike", 0, 0.48, 0.5, 8.0), Breaking("strike", 1, 8.0, None, 8.0),
            Breaking("strike", 2, None, 0.0, 8.0), Breaking("strike", 3, 1.0, None, 1.0),
        ),
        "versions": VERSIONS,
        "command": "stocktide stress lamp-shop",
    }  # fmt: skip
    return StressTest(**{**facts, **changes})  # type: ignore[arg-type]


def test_regret_is_against_the_best_rule_that_can_be_used() -> None:
    test = made()
    assert test.regrets[:3].tolist() == [[0, 42], [10, 0], [29, 22]]
    assert np.isnan(test.regrets[3]).all()
    assert test.minimax == 1
    assert test.regret(test.trials[1], 0).mean == 42
    assert (
        "safe has the least largest regret: in its worst case, dock-closed, it gives away 10.00 USD" in verdict(test)[1]
    )


def test_the_headline_names_who_survives() -> None:
    assert verdict(made())[0].startswith(
        "safe survives: with stockout rate by order at most 5 % without a shock and in"
    )
    assert "1 more of the rules played do so too" in verdict(made())[0]
    alone = made("stockout_rate<=5%, profit>=80, most profit")
    assert verdict(alone)[0].startswith("safe survives, and no other rule played does")
    torn = made("stockout_rate<=3%, profit>=80, most profit")
    assert "safe comes nearest" in verdict(torn)[0]
    assert verdict(torn)[0].endswith("it breaks under strike.")
    assert (
        "has stockout rate by order below 0 % even without a shock" in verdict(made("stockout_rate<0%, most profit"))[0]
    )
    assert verdict(made("most profit"))[0].startswith("safe has the least largest regret")
    assert "play at least 30" in verdict(made(runs=np.arange(9)))[0]
    assert "No shock that ships finds anything" in verdict(made(trials=()))[0]
    assert "Only yardsticks" in verdict(only_yardsticks())[0]


def only_yardsticks() -> StressTest:
    return made(rows=tuple(Contender(name, "none", "preference", ("future",)) for name in ROWS))


def test_the_cheapest_fix_costs_least_while_nothing_happens() -> None:
    test = made()
    calm, storm = fixes(test)
    assert (calm.row, calm.extra) == (0, None)
    assert storm.row == 1
    assert storm.extra is not None
    assert (storm.extra.mean, storm.extra.low, storm.extra.high) == (10, 10, 10)
    assert fix_told(test, calm).startswith("dock-closed: lean, the choice without a shock, keeps")
    assert "safe keeps stockout rate by order at most 5 %" in fix_told(test, storm)
    assert "in a quiet year it costs 10.00 USD" in fix_told(test, storm)
    none = fixes(made("stockout_rate<=3%, profit>=80, most profit"))[1]
    assert none.row is None
    assert fixes(only_yardsticks()) == ()


def test_a_fix_costs_more_where_less_is_better() -> None:
    """Safe holds 3 more than lean in a quiet year."""
    quiet = trial("", outcome(0, 0.02, holding=7), outcome(0, 0.01, holding=10), strength=0)
    strike = trial("strike", outcome(0, 0.2, holding=7), outcome(0, 0.01, holding=10))
    rows = tuple(Contender(name, "none", "preference", ("stock",)) for name in ROWS[:2])
    (fix,) = fixes(made("stockout_rate<=5%, least holding_cost", rows=rows, quiet=quiet, trials=(strike,)))
    assert fix.row == 1
    assert fix.extra is not None
    assert fix.extra.mean == 3


def test_the_worst_end_of_a_score_is_the_one_nobody_wants() -> None:
    test = made()
    lean = ROWS.index("lean")
    assert test.tail(test.quiet, lean, "profit").mean == 100 - 5
    assert [test.worst(score) for score in ("profit", "fill_rate", "holding_cost")] == ["low", "low", "high"]
    for score in ("profit", "stockout_rate"):
        worst = test.worst_trial(lean, score)
        assert worst is not None
        assert worst.name == "strike"
    assert [made(f"{way} ad_spend").worst("ad_spend") for way in ("least", "most")] == ["high", "low"], (
        "as the goal wants it"
    )


def test_a_rule_that_fails_without_a_shock_stands_below_those_that_do_not() -> None:
    """Flown keeps the goal in both cases and lean in one only, but flown has no stock before anything happens."""
    quiet = trial("", outcome(100, 0.02), outcome(90, 0.01), outcome(70, 0.5), outcome(999, 0), strength=0)
    test = made(quiet=quiet)
    assert test.kept == (1, 2, 2, 2)
    assert [ROWS[row] for row in test.order] == ["safe", "lean", "flown", "oracle"]


def test_where_it_breaks_is_told_with_its_range() -> None:
    told = [breaking_told(one) for one in made().breakings]
    assert told == [
        "at 0.49x (between 0.48 and 0.50)", "not at 8x", "already without a shock", "not even at its strongest",
    ]  # fmt: skip
    assert breaking_told(Breaking("strike", 0, 0.0, 1 / 64, 8.0)) == "below 0.02x"


def test_a_trial_is_told_with_its_settings_and_strength() -> None:
    one = trial("strike:from=2026-08-01+dock-closed", strength=2)
    assert trial_said(one) == "strike:from=2026-08-01+dock-closed x2"
    with speaking("zh"):
        assert trial_said(one) == "罢工:from=2026-08-01+仓库停收（2 倍）"


# --- its forms -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("test", [made(), made("least holding_cost"), made(trials=(), breakings=(), limit=None)])
def test_every_form_is_told_in_every_language(language: str, test: StressTest) -> None:
    from rich.console import Console

    with speaking(language):
        report = stress_report(test)
        page = html(report)
        console = Console(file=io.StringIO(), width=100)
        console.print(StressTables(test))
    assert all(section.title for section in report.sections)
    assert report.headline in page.replace("\u00a0", " ")
    assert "cape-detour" in page or "绕行好望角" in page
    for section in report.sections:
        for table in (part for _, part in section.named_parts if isinstance(part, Table)):
            assert all(len(line.cells) == len(table.heads) for line in table.lines), table.id
    ids = [part.id for section in report.sections for part in section.parts if isinstance(part, Table | Choice)]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_names_are_cut_where_they_may_be_in_a_terminal_of_eighty_letters(language: str) -> None:
    from rich.console import Console

    rules = ("reorder-point+air-rescue", "base-plus-burst", "service-level+air-rescue")
    test = made(rows=tuple(Contender(name, "none", "preference", ("future",)) for name in rules))
    console = Console(file=(written := io.StringIO()), width=80)
    with speaking(language):
        console.print(StressTables(test))
    words = set(re.split(r"[^\w-]+", written.getvalue()))
    assert {"burst", "rescue", "point", "level"} <= words, "each whole, on a line of its own"
    assert not {word for word in words if re.fullmatch("b|bu|bur|res|resc|po|poi|lev|leve", word)}


def test_the_picture_marks_what_breaks_and_says_every_number() -> None:
    test = made()
    section = next(one for one in stress_report(test).sections if one.id == "heatmap")
    rate, change = (part.picture for _, part in section.named_parts)  # type: ignore[union-attr]
    assert len(rate.tips) == 4 * 3
    assert "lean, strike: 20.0 %" in rate.tips.values()
    assert "lean, strike: -60.00 USD" in change.tips.values()
    framed = [patch for patch in rate.drawn.axes[0].patches if patch.get_linewidth() > 0]
    bold = [text.get_text() for text in rate.drawn.axes[0].texts if text.get_fontweight() == "bold"]
    assert bold == ["20.0"]
    assert len(framed) == 1


def test_json_is_strict_and_holds_every_measure() -> None:
    said = json.loads(stress_json(made()), parse_constant=lambda text: pytest.fail(text))
    storm = said["cases"][1]["policies"][0]
    assert storm["scores"]["profit"]["change"]["mean"] == -60
    assert storm["scores"]["stockout_rate"]["tail"]["mean"] == pytest.approx(0.2)
    assert (storm["hit"], storm["keeps_goal"], storm["regret"]) == (1.0, False, 42)
    assert storm["survive_days"] == {"median": 1, "at_least": False}
    assert said["minimax_regret"]["policy"] == "safe"
    assert said["fixes"][1]["use"]["policy"] == "safe"
    assert said["breaking"]["found"][0]["breaks_at"] == 0.5
    assert said["refused"] == [{"shock": "cape-detour", "why": "finds nothing"}]


def test_csv_opens_in_a_spreadsheet_and_holds_no_formula() -> None:
    rows = tuple(Contender(name, "none", "preference", ("stock",)) for name in ("=cmd|x", "safe", "flown", "lean"))
    content = stress_csv(made(rows=rows, trials=(trial("=cmd.toml", *made().quiet.outcomes), made().trials[1])))
    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert {line["policy"] for line in lines} == {"'=cmd|x", "safe", "flown", "lean"}
    assert {line["case"] for line in lines} == {"", "'=cmd.toml", "strike"}
    (one,) = [line for line in lines if (line["case"], line["policy"], line["score"]) == ("strike", "safe", "profit")]
    assert (float(one["mean"]), float(one["change"]), one["replications"]) == (82, -8, "12")
    assert len(lines) == 3 * 4 * 5


def test_a_row_without_an_objective_leaves_the_others_their_regret() -> None:
    means = np.array([[3.0, np.nan], [1.0, 5.0], [2.0, 4.0]])
    assert regrets(means, "most").tolist()[1:] == [[2.0, 0.0], [1.0, 1.0]]
    assert np.isnan(regrets(means, "most")[0, 1])
    assert regrets(means, "least").tolist()[1:] == [[0.0, 1.0], [1.0, 0.0]]
    assert minimax([np.nan, 2.0, 1.0]) == 2
