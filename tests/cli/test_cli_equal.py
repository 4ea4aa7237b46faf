"""compare --equal: every policy turned to the same service, then compared on other luck."""

import json
from pathlib import Path

import pytest

from tests.cli.typed import Answer, called, names

FIELD = ("--policy", "reorder-point", "--policy", "base-stock", "--policy", "never", "--policy", "service-level")
EQUAL = ("compare", "apparel-by-air", *FIELD, "--equal", "stockout_rate=3%", "--runs", "40", "--jobs", "1")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the comparison left its folder."""
    return tmp_path_factory.mktemp("equal")


@pytest.fixture(scope="module")
def told(folder: Path) -> Answer:
    """A comparison at equal service."""
    return called(folder, *EQUAL, "--out", "left")


@pytest.fixture(scope="module")
def result(folder: Path, told: Answer) -> dict:  # type: ignore[type-arg]
    """The same as JSON."""
    return json.loads((folder / "left" / "result.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def test_rows_are_turned_to_the_target_and_ranked_by_what_they_cost(told: Answer, result: dict) -> None:  # type: ignore[type-arg]
    assert told.code == 0
    assert result["goal"] == "least holding_cost"
    for turned, row in zip(result["equal"]["turned"], result["policies"], strict=True):
        assert abs(turned["reached"] - 0.03) <= 0.01 * 0.03
        assert turned["policy"] == row["policy"] != turned["given"]
        reached = row["scores"]["stockout_rate"]
        # Two means of as many replications, 99.9 % apart at most: 3.29 x sqrt(2) / 1.96 of the interval's half.
        assert abs(reached["mean"] - turned["reached"]) <= 2.4 * (reached["high"] - reached["low"]) / 2
    assert "Use " in told.out


def test_who_cannot_is_told_by_name_with_the_nearest(told: Answer, result: dict) -> None:  # type: ignore[type-arg]
    left_out = {one["given"]: one for one in result["equal"]["left_out"]}
    assert set(left_out) == {"never", "service-level"}
    assert left_out["never"]["why"] == "has no parameter that serves"
    assert left_out["service-level"]["nearest"] == "service-level:service=0.5"
    assert "Left out: never has no parameter that serves; its nearest stockout rate by order is" in told.out
    assert "Equal service: on replications 0 to 39" in told.out
    assert "is of fresh replications, from number 1,000,000 on" in told.out
    assert {row["policy"].partition(":")[0] for row in result["policies"]} == {"reorder-point", "base-stock"}


def test_the_folder_tells_the_same_again(folder: Path, told: Answer) -> None:
    page = (folder / "left" / "page.html").read_bytes()
    (folder / "left" / "page.html").unlink()
    again = called(folder, "report", "left")
    assert (again.code, again.out) == (0, told.out)
    assert (folder / "left" / "page.html").read_bytes() == page


def test_rows_with_a_playbook_are_turned_apart(tmp_path: Path) -> None:
    answer = called(
        tmp_path, "compare", "apparel-by-air", "--policy", "base-stock", "--playbook", "none", "--playbook",
        "stock-guided-ads", "--equal", "fill_rate=97%", "--runs", "10", "--jobs", "1", "--json", "--goal", "most profit",
    )  # fmt: skip
    found = json.loads(answer.out)
    assert found["goal"] == "most profit"
    assert [one["playbook"] for one in found["equal"]["turned"]] == ["none", "stock-guided-ads"]
    assert [row["playbook"] for row in found["policies"]] == ["none", "stock-guided-ads"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--equal", "stockout=3%"), "unknown score 'stockout'; did you mean 'stockout_rate'?"),
        (("--equal", "stockout_rate"), "write one score, = and a number"),
        (("--equal", "stockout_rate<=3%"), "write one score, = and a number"),
        (("--equal", "stockout_rate=300%"), "is a share, from 0% to 100%"),
        (("--equal", "stockout_rate=3%", "--against", "gift-shop"), "--against does not go together with"),
        (("--equal", "stockout_rate=3%", "--policy", "never"), "no policy reaches stockout_rate=3%: never has no"),
        (("--equal", "turnover=100000", "--policy", "base-stock"), "base-stock cannot reach it; its nearest turnover"),
    ],
)
def test_wrong_words(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    answer = called(tmp_path, "compare", "apparel-by-air", "--runs", "4", "--jobs", "1", "--out", "left", *words)
    assert (answer.code, answer.out) == (2, "")
    assert said in " ".join(answer.err.replace("│", " ").split())
    assert names(tmp_path) == []


def test_a_target_in_money_is_told_with_its_currency(tmp_path: Path) -> None:
    field = ("--policy", "base-stock", "--policy", "never", "--runs", "10", "--jobs", "1")
    told = called(tmp_path, "compare", "apparel-by-air", *field, "--equal", "holding_cost=400")
    assert "as near to 400 USD as it can be" in " ".join(told.out.split())
    assert "its nearest holding cost is 0 USD" in " ".join(told.out.split())
