"""What a reader of Chinese is told: every sentence, table and heading, with nothing English left in it."""

import dataclasses
import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from reports.comparison import Comparison
from reports.display import cockpit, passage, promotions, scoreboard
from reports.display.equal import WHYS, equal_told, left_out_told
from reports.display.plan import PlanTables
from reports.display.plan_files import plan_json
from reports.display.result import comparison_json
from reports.display.story import story_caption
from reports.display.tuning import TuningTable, tuning_json
from reports.display.twins import twins_tables
from reports.language.naming import named
from reports.language.speaking import messages, speaking
from reports.twins import Twins
from reports.verdict.advice import advise
from reports.verdict.equal import EqualService, LeftOut, Target
from reports.verdict.goal import read_goal, read_limits
from reports.verdict.regret import definition
from reports.verdict.sentences import goal_told
from reports.verdict.thresholds import failures
from reports.verdict.tuned import sentences
from tests.cli.typed import called
from tests.reports.builder import comparison, field, record
from tests.reports.test_advice import among, row
from tests.reports.test_language import latin
from tests.reports.test_plan import LAUNCH, plan
from tests.reports.test_tuning import BEST, GIVEN, tuning


def advised(ending: str) -> tuple[Comparison, str]:
    """A comparison, and its advice in Chinese."""
    rows, goal = ENDINGS[ending]
    played = among(*rows, goal=goal) if goal else among(*rows)
    return played, chinese(lambda: advise(played).sentence)


def chinese(say_it: Callable[[], object]) -> str:
    with speaking("zh"):
        return str(say_it())


SELDOM: dict[str, Any] = {"orders": np.array([1000] * 3 + [0] * 27), "short_orders": np.array([10] * 3 + [0] * 27)}
"""Orders come in three replications of thirty: in the others the stockout rate is undefined."""
ENDINGS = {
    "among those that fit": ((row("cheap", 900, 80), row("good", 800, 20), row("safe", 700, 0)), ""),
    "all fit": ((row("one", 800, 20), row("other", 800, 20), row("third", 100, 20)), ""),
    "alone": ((row("cheap", 900, 80), row("good", 800, 20)), ""),
    "no limit": ((row("good", 800, 20), row("bad", 700, 30)), "most profit"),
    "two limits": ((row("good", 800, 20), row("bad", 700, 30)), "stockout_rate<=5%, profit>100, least holding_cost"),
    "none fits": ((row("bad", 900, 300), row("nearest", 100, 90)), ""),
    "one row": ((row("good", 800, 20),), ""),
    "not sure": ((row("one", 800, 20, **SELDOM), row("other", 700, 20, **SELDOM)), ""),
    "one row, not sure": ((row("good", 800, 20, **SELDOM),), ""),
    "one row, no limit": ((row("good", 800, 20),), "most profit"),
    "yardsticks": ((row("oracle", 9, 0, sees=("future",)), row("never", 9, 0, sees=())), ""),
    "undefined": ((record(20, policy="good"),), "most turnover"),
    "too few": ((record(3, policy="good", orders=10, revenue=5.0),), "most profit"),
}
"""Every way in which advice can end."""


@pytest.mark.parametrize("ending", ENDINGS)
def test_advice_is_given_in_chinese(ending: str) -> None:
    played, sentence = advised(ending)
    assert latin(sentence, *(one.policy for one in played.rows)) == []
    assert sentence.endswith("。")
    assert " %" not in sentence
    assert not re.search(r"[,.;:!?](\s|$)", sentence)
    assert sentence.count("（") == sentence.count("）")


def test_there_is_an_example_of_every_way_in_which_advice_can_end() -> None:
    given = [advised(ending)[1] for ending in ENDINGS]
    parts = {key: told for key, told in messages("zh").items() if key.startswith("advice.")}
    shapes = {key: ".+".join(map(re.escape, re.split(r"\{\w+\}", told))) for key, told in parts.items()}
    assert [key for key, shape in shapes.items() if not any(re.search(shape, one) for one in given)] == []


def test_the_advice_reads_as_a_seller_would_say_it() -> None:
    played = among(row("cheap", 900, 80), row("good", 800, 20), row("safe", 700, 0))
    assert chinese(lambda: advise(played).sentence) == (
        "建议采用 good：在满足缺货率（按订单）≤5% 的 2/3 个策略中，利润最高，为 800 美元（95% 置信区间 800 至 800）；"
        "其缺货率（按订单）为 2.0%（95% 置信区间 2.0 至 2.0）；这是正确选择的概率为 99% 以上（30 次模拟）。"
    )
    goal = read_goal("stockout_rate<=2.5%, fill_rate>=0.9, most profit")
    assert chinese(lambda: goal_told(goal)) == "缺货率（按订单）≤2.5%，满足率（按件）≥90%，利润最高"
    assert goal_told(goal) == str(goal)


def in_terminal(shown: Callable[[], object], width: int) -> list[str]:
    """What a console prints in Chinese, line by line."""
    from rich.console import Console

    console = Console(width=width, color_system=None, force_terminal=False, legacy_windows=False)
    with speaking("zh"), console.capture() as captured:
        console.print(shown())
    return captured.get().splitlines()


def fits(lines: list[str], width: int) -> bool:
    """Whether no line is too wide and, under each table's rule, no row of it sticks out."""
    from rich.cells import cell_len

    rules = [number for number, line in enumerate(lines) if set(line.strip()) == {"─"}]
    heads = [cell_len(lines[number - 1]) == cell_len(lines[number].rstrip()) for number in rules]
    return all(cell_len(line.rstrip()) <= width for line in lines) and bool(rules) and all(heads)


@pytest.fixture(scope="module")
def played() -> Comparison:
    """The field in the season, in a world whose texts are known."""
    return comparison(field(12), luck="demand and lead times")


@pytest.mark.parametrize("width", [80, 100, 200])
def test_the_scoreboard_is_chinese_and_its_columns_stand_under_their_heads(played: Comparison, width: int) -> None:
    lines = in_terminal(lambda: scoreboard.scoreboard(played), width)
    names = {part for one in played.rows for part in (one.policy, *re.split("[:()]", one.policy))}
    names |= {f"{one.policy.partition(':')[0]}:" for one in played.rows}
    assert latin("\n".join(lines), *names, played.setting.scenario, played.setting.scenario_hash[:12]) == []
    assert fits(lines, width)
    assert "12 次模拟：需求与提前期" in "".join(lines)


def test_equal_service_is_told_in_chinese() -> None:
    whys = ((WHYS[0], "a:x=1", 0.2), (WHYS[1], "b", 0.01), ("cannot be turned (5)", None, None))
    left_out = tuple(
        LeftOut(name, "none", "cheapest", why, nearest, reached)
        for name, (why, nearest, reached) in zip("abc", whys, strict=True)
    )
    equal = EqualService(Target("stockout_rate", 0.03), 100, (), left_out)
    text = chinese(lambda: (equal_told(equal, 1_000_000, "USD"), *left_out_told(equal, "USD")))
    assert latin(text, "a", "b", "c", "cheapest", "a:x=1", "+") == []
    assert "尽量接近 3.0%" in text
    (own,) = left_out_told(
        dataclasses.replace(equal, left_out=(LeftOut("a", "none", "preference", "it says so", None, None),)), "USD"
    )
    assert own == "a it says so"


def test_what_failed_is_told_in_chinese() -> None:
    judged = among(row("good", 800, 20))
    (failed,) = failures(judged, read_limits("stockout_rate>1%"))
    assert failed == "stockout_rate>1%: good has stockout rate by order 2.0 % (95 % interval 2.0 to 2.0)"
    with speaking("zh"):
        (failed,) = failures(judged, read_limits("stockout_rate>1%"))
        assert failed == "缺货率（按订单）>1%：good 的缺货率（按订单）为 2.0%（95% 置信区间 2.0 至 2.0）"


def test_texts_of_the_page_are_chinese(played: Comparison) -> None:
    """Those that are made beside it: passages, warehouses, promotions, the story, regret."""
    with speaking("zh"):
        way, shelf = passage.passages(played, 0), cockpit.cockpit(played, 0)
        assert way is not None
        parts = (
            way.answers, way.groups, way.months, way.waits, way.uses, passage.heads(), shelf.alerts, shelf.heads,
            shelf.lines, shelf.rule, promotions.heads(), promotions.rule(), definition(),
            story_caption(played.rows[0]),
        )  # fmt: skip
        texts = [text for part in parts for text in re.findall(r"'([^']*)'", repr(part)) or [str(part)]]
    assert [
        word for text in texts for word in latin(text, "Month", "Wait", "Cell", "Use", "Line", "True", "False")
    ] == []


@pytest.mark.parametrize("late", [False, True])
def test_a_plan_is_told_in_chinese(late: bool) -> None:
    lines = in_terminal(lambda: PlanTables(plan(asked=LAUNCH - timedelta(days=78), late=late)), 120)
    assert latin("\n".join(lines), "lamp-shop", "0123456789ab", "LAMP", "hub", "A", "shop", "lamp") == ["=air"] * sum(
        "=air" in line for line in lines
    )
    assert fits(lines, 120)
    assert any(line.startswith("警告：距活动首日 78 天：") for line in lines) == late


@pytest.mark.parametrize("width", [80, 140])
@pytest.mark.parametrize(
    "found",
    [
        tuning(),
        tuning(front=True),
        tuning("stockout_rate<=9%, least holding_cost", held=False),
        tuning(rows=(BEST, GIVEN)),
        tuning(rows=(GIVEN, BEST, GIVEN)),
    ],
    ids=["found", "front", "none", "alone", "given"],
)
def test_a_search_is_told_in_chinese(found: "object", width: int) -> None:
    lines = in_terminal(lambda: TuningTable(found), width)  # type: ignore[arg-type]
    allowed = ("mine", "days", "mine:days=20", "mine:days=22", "days=20", "days=22", "black-friday", "0123456789ab")
    text = "\n".join(line for line in lines if not line.startswith("自"))
    assert latin(text.replace("10 to 50", ""), *allowed) == []
    assert fits(lines, width)


def test_bounds_of_a_search_are_told_in_chinese() -> None:
    for goal in ("stockout_rate<=9%", "fill_rate>=10%, least holding_cost", "fill_rate>=99.9%, least holding_cost"):
        with speaking("zh"):
            text = str(sentences(tuning(goal)))
        assert latin(text, "mine", "mine:days=20") == []


def test_twins_are_told_in_chinese() -> None:
    def world(name: str, policies: tuple[str, ...]) -> Comparison:
        rows = tuple(record(4, policy=one, orders=10, short_orders=[1, 2, 3, 6]) for one in policies)
        return comparison(rows, scenario=name, days=100, events=())

    for policies in (("good",), ("good", "bad")):
        twins = Twins(world("here", policies), world("there", policies))
        with speaking("zh"):
            parts = list(twins_tables(twins))
        lines = [line for part in parts for line in in_terminal(lambda part=part: part, 90)]  # type: ignore[misc]
        assert latin("\n".join(lines), "here", "there", *policies) == []


# --- JSON ---------------------------------------------------------------------------------------------------------


def keys(found: object) -> object:
    """The keys of an object, all the way down."""
    if isinstance(found, dict):
        return {key: keys(value) for key, value in found.items()}
    return [keys(value) for value in found] if isinstance(found, list) else None


def test_json_has_the_same_keys_and_its_sentences_are_chinese(played: Comparison) -> None:
    for made in (
        lambda: json.dumps(comparison_json(played)),
        lambda: plan_json(plan(asked=LAUNCH - timedelta(days=78), late=True)),
        lambda: tuning_json(tuning()),
    ):
        english, other = json.loads(made()), json.loads(chinese(made))
        assert keys(english) == keys(other)
    planned = json.loads(chinese(lambda: plan_json(plan(asked=LAUNCH - timedelta(days=78), late=True))))
    assert planned["warning"].startswith("距活动首日 78 天")
    assert planned["event"]["kind"] == "promotion"
    assert planned["lanes"][0]["cash"]["payments"][0]["what"] == "goods, when ordered"
    with speaking("zh"):
        assert comparison_json(played)["advice"]["sentence"] == advise(played).sentence  # type: ignore[index]
        assert comparison_json(played)["goal"] == "stockout_rate<=5%, most profit"
        assert comparison_json(played)["luck"] == "需求与提前期"


# --- as it is typed -----------------------------------------------------------------------------------------------

PLAN = ("plan", "three-times-overstock", "--event", "Black Friday", "--runs", "20", "--every", "50")
TUNE = (
    "tune", "apparel-by-air", "--policy", "reorder-point", "--vary", "safety_days=0..12", "--candidates", "4",
    "--runs", "8", "--search", "grid", "--jobs", "1",
)  # fmt: skip


def test_worlds_are_listed_in_chinese(tmp_path: Path) -> None:
    answer, english = called(tmp_path, "worlds", "--lang", "zh"), called(tmp_path, "worlds")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("场景\n  ")
    assert "\n冲击（" in answer.out
    names = [line.split()[0] for line in english.out.splitlines()]
    assert [line.split()[0] for line in answer.out.splitlines() if line.startswith("  ")] == [
        name for name in names if name not in ("Worlds", "Shocks")
    ]
    with speaking("zh"):
        assert f"  {named('Tariff step: duty 24 points higher, from one day to the next')}\n" in answer.out
    assert english.out.startswith("Worlds\n  ")


@pytest.mark.parametrize("words", [PLAN, TUNE], ids=["plan", "tune"])
def test_a_verb_answers_in_the_language_that_is_asked_for(tmp_path: Path, words: tuple[str, ...]) -> None:
    answer = called(tmp_path, *words, "--lang", "zh")
    assert answer.code == 0
    assert "随机种子" in answer.out
    spec = [word for word in latin(answer.out) if not re.fullmatch(r"reorder-point|safety_days.*|[0-9a-f]{12}", word)]
    assert [word for word in spec if word not in (words[1], f"reorder-point:{word.partition(':')[2]}")] == []
    english, other = (json.loads(called(tmp_path, *words, "--json", *more).out) for more in ((), ("--lang", "zh")))
    assert keys(english) == keys(other)
    assert other["advice"][0] != english["advice"][0]


def test_a_failed_condition_is_told_in_the_language_that_is_asked_for(tmp_path: Path) -> None:
    answer = called(tmp_path, *TUNE, "--fail-if", "profit>0", "--lang", "zh")
    assert answer.code == 1
    assert answer.err.startswith("未通过：利润>0：")


def test_another_language_is_refused(tmp_path: Path) -> None:
    answer = called(tmp_path, "worlds", "--lang", "fr")
    assert (answer.code, answer.out) == (2, "")
    assert "'en', 'zh'" in answer.err
