"""Messages in two languages: the same in both, each one used; and numbers as each language writes them."""

import ast
import dataclasses
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from policies.protocol import SIGHTS
from reports.cockpit import Risk
from reports.display import cockpit, plan_words, promotions, scoreboard
from reports.display.equal import WHYS
from reports.display.limits import NOT_MODELLED
from reports.display.numbers import full_style, percent, phrase, phrase_with_interval, style
from reports.language.speaking import LANGUAGES, currency_said, messages, say, say_count, speaking
from reports.passage import MEASURES, USES
from reports.record import EventMark
from reports.scores import SCORES, Unit
from reports.scores.stock import SLOW_DAYS
from reports.verdict.estimates import Estimate
from reports.verdict.goal import OPERATORS
from reports.verdict.promotions import Outcome
from sim.cli.search import Way
from sim.planning.cash import BILLS

ROOT = Path(__file__).parent.parent.parent
SPEAKERS = [path for room in ("reports", "sim") for path in sorted((ROOT / room).rglob("*.py"))]
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in SPEAKERS if path.name != "speaking.py"}
OTHER_FIELDS = {
    "goal.score",  # English names a goal's score as it is typed, Chinese as it is read
    "stress.refused",  # why is told by the reader of scenarios, in English
}
CODE = re.compile(
    r"--[a-z-]+|NAME(\+NAME:from=2026-10-01)?|factor=2|x[\d.]+|warm_up_days|oracle|never|CSV|JSON|P\d+|t", re.ASCII
)
"""What stands in Chinese as it is written or typed."""


def fields(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


def latin(text: str, *allowed: str) -> list[str]:
    """Words of Latin letters that a reader of Chinese would stumble over."""
    words = re.findall(r"[-+:=.\w]*[A-Za-z][-+:=.\w]*", text, re.ASCII)
    return [word for word in words if word not in allowed and not CODE.fullmatch(word)]


# --- messages -----------------------------------------------------------------------------------------------------


def test_both_languages_have_the_same_messages() -> None:
    assert [set(messages(language)) ^ set(messages("en")) for language in LANGUAGES] == [set()] * len(LANGUAGES)


def test_a_message_has_the_same_fields_in_both() -> None:
    english, chinese = messages("en"), messages("zh")
    assert {key for key in english if fields(english[key]) != fields(chinese[key])} == OTHER_FIELDS


def test_chinese_messages_are_chinese() -> None:
    plain = {key: re.sub(r"\{[^}]*\}", "", told) for key, told in messages("zh").items()}
    assert {key: words for key, told in plain.items() if (words := latin(told))} == {}


def test_what_can_be_told_in_chinese_is_not_left_in_english() -> None:
    english, chinese = messages("en"), messages("zh")
    same = {key for key in english if english[key] == chinese[key] and latin(re.sub(r"\{[^}]*\}", "", english[key]))}
    assert same == set()


@pytest.mark.parametrize(
    ("count", "english"), [(0, "0 replications"), (1, "1 replication"), (2000, "2,000 replications")]
)
def test_one_and_many(count: int, english: str) -> None:
    assert say_count("runs", count) == english
    with speaking("zh"):
        assert say_count("runs", count) == f"{count:,} 次模拟"
    assert say_count("runs", count) == english


def test_a_message_or_a_field_that_is_not_there_is_refused() -> None:
    for key, given in (("runs.none", {}), ("plan.span", {"first": "a"})):
        with pytest.raises(KeyError):
            say(key, **given)


# --- what the code says -------------------------------------------------------------------------------------------


def told(node: ast.expr) -> Iterator[ast.expr]:
    """The texts that an argument may be: a choice between two is both."""
    if isinstance(node, ast.IfExp):
        yield from told(node.body)
        yield from told(node.orelse)
    else:
        yield node


def pattern(text: ast.JoinedStr) -> str:
    return "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in text.values)


def said() -> Iterator[tuple[Path, str]]:
    """Every key that a call of `say` or `say_count` names, as a pattern."""
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("say", "say_count"):
                ending = "" if node.func.id == "say" else r"\.(one|many)"
                for text in told(node.args[0]):
                    if isinstance(text, ast.Constant):
                        yield path, re.escape(str(text.value)) + ending
                    elif isinstance(text, ast.JoinedStr):
                        yield path, pattern(text) + ending


def test_every_key_that_is_said_exists() -> None:
    keys = "\n".join(messages("en"))
    missing = [(path.name, key) for path, key in said() if not re.search(f"^(?:{key})$", keys, re.MULTILINE)]
    assert missing == []


def test_every_message_is_said_somewhere() -> None:
    """By its key, whole or put together in a call; or by a text of the code that is the key."""
    patterns = re.compile("|".join(sorted({key for _, key in said()})))
    texts = {
        node.value
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    pages = " ".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "reports").rglob("*.j2")))
    texts |= set(re.findall(r"say\(['\"]([\w.-]+)['\"]", pages))

    def used(key: str) -> bool:
        return bool(patterns.fullmatch(key)) or key in texts or re.sub(r"\.(one|many)$", "", key) in texts

    first = ("date.", "currency.")  # by functions of speaking.py
    assert [key for key in messages("en") if not key.startswith(first) and not used(key)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_keys_that_are_put_together_exist(language: str) -> None:
    known = {
        "sight": (*SIGHTS, "nothing"),
        "unit": (*(unit for unit in get_args(Unit) if unit not in ("share", "money")), *promotions.COLUMNS.values()),
        "board.head": scoreboard.COLUMNS,
        "cockpit.head": tuple(cockpit.COLUMNS),
        "cockpit.risk": get_args(Risk),
        "cockpit.alert": get_args(Risk),
        "promotion.head": tuple(promotions.COLUMNS),
        "promotion.outcome": get_args(Outcome),
        "passage.head": MEASURES,
        "passage.place": USES,
        "goal": tuple(OPERATORS),
        "limit": tuple(OPERATORS),
        "equal.why": WHYS,
        "not_modelled": NOT_MODELLED,
        "plan.not_counted": plan_words.NOT_COUNTED,
        "plan.kind": get_args(next(item.type for item in dataclasses.fields(EventMark) if item.name == "kind")),
        "plan.payment": tuple(BILLS.values()),
        "tune.search": tuple(Way),
    }
    keys = [f"{table}.{key}" for table, names in known.items() for key in names]
    assert [key for key in keys if key not in messages(language)] == []


def test_every_score_has_a_label_and_a_formula_of_its_own_in_both() -> None:
    for language in LANGUAGES:
        with speaking(language):
            assert len({score.label for score in SCORES.values()}) == len(SCORES)
            assert all(score.formula for score in SCORES.values())
            assert f"{SLOW_DAYS} " in SCORES["slow_stock_share"].formula
    assert len([key for key in messages("en") if key.startswith("score.")]) == 2 * len(SCORES)


# --- numbers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (0.0, "0 USD", "0 美元"),
        (99.4, "99.40 USD", "99.40 美元"),
        (9_999.0, "9,999 USD", "9,999 美元"),
        (10_000.0, "10,000 USD", "1.00 万美元"),
        (12_345.0, "12,345 USD", "1.23 万美元"),
        (-12_345.0, "-12,345 USD", "-1.23 万美元"),
        (99_990_000.0, "99,990,000 USD", "9,999.00 万美元"),
        (100_000_000.0, "100,000,000 USD", "1.0000 亿美元"),
        (123_456_000.0, "123,456,000 USD", "1.2346 亿美元"),
    ],
)
def test_money_in_a_sentence(value: float, english: str, chinese: str) -> None:
    assert phrase("money", value, "USD") == english
    with speaking("zh"):
        assert phrase("money", value, "USD") == chinese


@pytest.mark.parametrize(
    ("largest", "english", "chinese"),
    [
        (9_999.0, ("USD", "9,999"), ("美元", "9,999")),
        (10_000.0, ("thousand USD", "10.0"), ("万美元", "1.00")),
        (999_000.0, ("thousand USD", "999.0"), ("万美元", "99.90")),
        (1_000_000.0, ("thousand USD", "1,000"), ("万美元", "100.0")),
        (10_000_000.0, ("million USD", "10.00"), ("万美元", "1,000.0")),
        (99_990_000.0, ("million USD", "99.99"), ("万美元", "9,999.0")),
        (100_000_000.0, ("million USD", "100.00"), ("亿美元", "1.000")),
    ],
)
def test_money_in_a_column(largest: float, english: tuple[str, str], chinese: tuple[str, str]) -> None:
    for language, expected in (("en", english), ("zh", chinese)):
        with speaking(language):
            written = style("money", [1.0, -largest], "USD")
            assert (written.unit, written.number(largest)) == expected


def test_intervals_and_shares_by_language() -> None:
    known, below = Estimate(0.039, 0.017, 0.061, 12), Estimate(1.0, -2.0, 4.0, 12)
    written = style("share", [0.039], "USD")
    assert (written.unit, written.interval(known), style("days", [1.0], "").interval(below)) == (
        "%", "1.7–6.1", "-2.0 to 4.0",
    )  # fmt: skip
    assert phrase_with_interval("share", known, "USD") == "3.9 % (95 % interval 1.7 to 6.1)"
    with speaking("zh"):
        written = style("share", [0.039], "USD")
        assert (written.unit, written.interval(known), style("days", [1.0], "").interval(below)) == (
            "%", "1.7–6.1", "-2.0 至 4.0",
        )  # fmt: skip
        assert phrase_with_interval("share", known, "USD") == "3.9%（95% 置信区间 1.7 至 6.1）"
        assert [percent(chance) for chance in (0.005, 0.5, 0.995)] == ["1% 以下", "50%", "99% 以上"]
        assert phrase("turns/yr", 5.94, "USD") == "5.9 次/年"
        assert phrase("days", float("nan"), "USD") == "无定义"
        assert full_style("money/unit", 3.0, "CNY").unit == "元/件"


def test_a_currency_without_a_name_goes_by_its_code() -> None:
    with speaking("zh"):
        assert (currency_said("CNY"), currency_said("XTS")) == ("元", "XTS")
        assert phrase("money", 12_345.0, "XTS") == "1.23 万XTS"
