"""tune: the best parameters, reported on luck that chose nothing."""

import csv
import json
import sys
from pathlib import Path

import pytest

from tests.cli.typed import Answer, called, names, typed

TUNE = (
    "tune", "apparel-by-air", "--policy", "reorder-point", "--vary", "safety_days=0..12", "--candidates", "12",
    "--runs", "20", "--jobs", "1",
)  # fmt: skip
GOAL = "stockout_rate<=3%, least holding_cost"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a search left its folder."""
    return tmp_path_factory.mktemp("tuned")


@pytest.fixture(scope="module")
def told(folder: Path) -> Answer:
    """A search as text, with its folder."""
    return called(folder, *TUNE, "--out", "found")


@pytest.fixture(scope="module")
def object_(folder: Path, told: Answer) -> dict[str, object]:
    """What the same search left as JSON."""
    return json.loads((folder / "found" / "tuning.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def test_it_says_what_to_use_and_how_sure_that_is(told: Answer) -> None:
    assert told.code == 0
    assert "Use reorder-point:safety_days=" in told.out
    assert f"Goal: {GOAL}" in told.out
    for words in ("as given", "chosen - as given", "best of the 4 finalists", "from number 1,000,000 on", "As good"):
        assert words in told.out


def test_json_is_one_object_with_all_of_it(folder: Path, object_: dict[str, object]) -> None:
    answer = typed(folder, *TUNE, "--json", "--jobs", "2")
    assert (answer.code, json.loads(answer.out)) == (0, object_)
    assert {
        "scenario", "hash", "seed", "policy", "search", "candidates", "replications", "best", "default", "difference",
        "finalists", "probability_correct", "sensitivity", "frontier",
    } <= set(object_)  # fmt: skip


def test_the_best_keeps_the_goal_with_confidence_and_its_value_was_searched(object_: dict[str, dict]) -> None:  # type: ignore[type-arg]
    best = object_["best"]
    assert 0 <= best["values"]["safety_days"] <= 12
    assert best["policy"] == f"reorder-point:safety_days={best['values']['safety_days']}"
    (limit,) = best["constraints"]
    assert limit["bound"] >= best["scores"]["stockout_rate"]["mean"]
    assert limit["keeps"] == (limit["bound"] <= 0.03)
    assert best == {**object_["finalists"][0], "constraints": [limit], "held_while_choosing": True}  # type: ignore[index]
    gap = object_["difference"]["holding_cost"]
    default = object_["default"]
    assert gap["mean"] == pytest.approx(
        best["scores"]["holding_cost"]["mean"] - default["scores"]["holding_cost"]["mean"]
    )
    assert gap["low"] <= gap["mean"] <= gap["high"] < 0
    assert default["policy"] == "reorder-point"
    assert object_["replications"]["reporting_from"] >= 1_000_000


def test_sensitivity_moves_one_parameter_at_a_time(object_: dict[str, list[dict]]) -> None:  # type: ignore[type-arg]
    (reach,) = object_["sensitivity"]
    assert reach["parameter"] == "safety_days"
    assert reach["as_good_from"] <= reach["best"] <= reach["as_good_to"]
    assert {move["value"] < reach["best"] for move in reach["moves"]} == {True, False}


def test_the_folder_holds_every_candidate_a_picture_and_a_page(folder: Path, object_: dict[str, int]) -> None:
    left = folder / "found"
    assert names(left) == ["candidates.csv", "frontier.png", "page.html", "tuning.json"]
    with (left / "candidates.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert len(lines) == object_["candidates"]
    assert {"policy", "safety_days", "replications", "stockout_rate", "holding_cost"} <= set(lines[0])
    assert (left / "frontier.png").read_bytes()[:4] == b"\x89PNG"
    page = (left / "page.html").read_text(encoding="utf-8")
    assert "<svg" in page
    for loaded in ('src="http', "<script", "@import", '<link rel="stylesheet'):
        assert loaded not in page


def test_the_folder_is_never_overwritten(folder: Path, told: Answer) -> None:
    again = called(folder, *TUNE, "--out", "found")
    assert (again.code, again.out) == (2, "")
    assert "found: is not empty" in again.err


def test_a_front_instead_of_one_answer(tmp_path: Path) -> None:
    answer = called(tmp_path, *TUNE, "--frontier", "--json")
    found = json.loads(answer.out)
    assert (found["best"], found["sensitivity"], found["probability_correct"]) == (None, [], None)
    rates = [row["scores"]["stockout_rate"]["mean"] for row in found["frontier"]]
    costs = [row["scores"]["holding_cost"]["mean"] for row in found["frontier"]]
    assert len(rates) >= 2
    assert rates == sorted(rates)
    assert costs == sorted(costs, reverse=True)


def test_fail_if_judges_the_best(tmp_path: Path) -> None:
    failed = called(tmp_path, *TUNE, "--fail-if", "holding_cost>1")
    assert failed.code == 1
    assert failed.err.startswith("failed: holding_cost>1: reorder-point:safety_days=")
    assert called(tmp_path, *TUNE, "--fail-if", "stockout_rate>99%").code == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--policy", "reorder-pont"), 2, "did you mean 'reorder-point'?"),
        (("--vary", "safety_days"), 2, "--vary 'safety_days': write NAME=a,b,c or NAME=low..high"),
        (("--vary", "safty_days=1..2"), 2, "did you mean 'safety_days'?"),
        (("--vary", "safety_days=1..2", "--vary", "safety_days=3"), 2, "--vary safety_days: is given twice"),
        (("--vary", "safety_days=-1..2"), 2, "safety_days = -1: allowed 0 to 730 days"),
        (("--vary", "safety_days=many"), 2, "'many' is not a number"),
        (
            ("--vary", "safety_days=5,6", "--vary", "safety_cycles=1,2"),
            2,
            "every candidate contradicts itself (4 tried)",
        ),
        (("--goal", "least holding"), 2, "unknown score 'holding'"),
        (("--confidence", "often"), 2, "--confidence 'often': allowed 50% to 99.99%"),
        (("--search", "hope"), 2, "'hope' is not one of"),
        (("--fail-if", "stockout>5%"), 2, "did you mean 'stockout_rate'?"),
        (("--playbook", "alrts"), 2, "did you mean 'alerts'?"),
        (("--candidates", "1"), 2, "greater than or equal to 2"),
    ],
)
def test_wrong_words(words: tuple[str, ...], code: int, said: str, tmp_path: Path) -> None:
    policy = () if "--policy" in words else ("--policy", "reorder-point")
    answer = called(tmp_path, "tune", "apparel-by-air", *policy, "--runs", "4", "--out", "left", *words)
    assert (answer.code, answer.out) == (code, "")
    assert said in " ".join(answer.err.replace("│", " ").split())
    assert names(tmp_path) == []


def test_without_optuna_its_search_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "optuna", None)
    answer = called(tmp_path, *TUNE, "--search", "optuna")
    assert (answer.code, answer.out) == (2, "")
    assert "pip install 'stocktide[optimize]'" in answer.err
