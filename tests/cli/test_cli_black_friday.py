"""`compare black-friday`: the object a program reads, and the page a person opens."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from policies.registry import default_field
from reports.folder import load
from scenarios.reader import read_scenario, scenario_hash
from tests.cli.typed import typed

if TYPE_CHECKING:
    from selenium.webdriver import Chrome


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("black-friday")


@pytest.fixture(scope="module")
def told(folder: Path) -> dict[str, Any]:
    """What `--json` printed; the run folder is beside it."""
    answer = typed(folder, "compare", "black-friday", "--runs", "12", "--json", "--out", "run")
    assert answer.code == 0, answer.err
    found: dict[str, Any] = json.loads(answer.out)
    return found


def test_the_object_is_the_one_promised(told: dict[str, Any]) -> None:
    scenario = read_scenario("black-friday")
    assert told["scenario"] == "black-friday"
    assert told["hash"] == scenario_hash(scenario)
    assert (told["seed"], told["replications"]) == (scenario.seed, 12)
    assert [row["policy"] for row in told["policies"]] == list(default_field())
    for row in told["policies"]:
        assert set(row) == {"policy", "playbook", "routing", "sees", "scores", "warehouses", "regret"}
        assert list(row["scores"])[:3] == ["stockout_rate", "holding_cost", "turnover"]
        assert all(set(score) == {"mean", "low", "high"} for score in row["scores"].values())
        assert 0 <= row["scores"]["stockout_rate"]["mean"] <= 1
    assert {difference["score"] for difference in told["differences"]} >= {"stockout_rate", "holding_cost", "profit"}


def test_the_page_draws_one_mark_a_policy_and_the_events_of_the_record(
    told: dict[str, Any], folder: Path, browser: "Chrome"
) -> None:
    browser.get((folder / "run" / "page.html").as_uri())
    assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []

    def count(selector: str) -> int:
        return int(browser.execute_script("return document.querySelectorAll(arguments[0]).length", selector))

    assert count("[id^='tradeoff-policy-']") == len(told["policies"])
    scenario = read_scenario("black-friday")
    last = scenario.start + timedelta(days=scenario.days)
    promotions = [event.on for event in scenario.planned.promotion]
    streams = [
        event.first_on + timedelta(days=offset)
        for event in scenario.planned.livestream
        for offset in range(0, 2000, event.every_days)
    ]
    shown = [day for day in promotions + streams if scenario.start <= day < last]
    assert len(shown) > 20
    assert date(2026, 11, 27) in shown
    comparison = load(folder / "run")
    assert len(comparison.setting.events) >= len(shown)
    assert count("[id^='stock-0-event-']") == len(shown)
