"""From revenue to profit: the steps add up; cash day by day, whose deepest point is the peak cash of the scores."""

from pathlib import Path

import numpy as np
import pytest

from reports.closeup.closeup import Closeup
from reports.comparison import Comparison
from reports.display.html import html
from reports.display.section import Report, Table
from reports.display.sections.money import STEPS, money
from reports.language.speaking import speaking
from reports.record import ACCOUNTS, Record
from reports.scores import all_scores
from sim.tournament import setting as setting_of
from tests.reports.builder import comparison, record, setting
from tests.sim.rich import RICH, Busy
from tests.worlds import PLAIN, played, scenario_of

PAID = {name: 10.0 + place for place, name in enumerate(ACCOUNTS)}


def steps_sum(one: Record, **facts: object) -> np.ndarray:
    scores = all_scores(one, setting(**facts))
    return np.sum([sign * scores[name] for name, sign in STEPS], axis=0)


def test_every_account_is_a_step_once() -> None:
    """Twenty accounts of other sizes, and stock that grew by 7 units of 10 at half their cost."""
    one = record(2, **PAID, ad_spend=np.array([PAID["ads"]] * 2), closing=9, opening=2)
    facts = {"salvage_share": 0.5}
    income, cost = PAID["revenue"] + PAID["sold_off"], sum(PAID.values()) - PAID["revenue"] - PAID["sold_off"]
    assert steps_sum(one, **facts) == pytest.approx([income - cost + 35.0] * 2)
    assert steps_sum(one, **facts) == pytest.approx(all_scores(one, setting(**facts))["profit"])


@pytest.mark.parametrize("text", [PLAIN, RICH], ids=["plain", "rich"])
def test_in_a_played_world_the_steps_add_up_to_profit(text: str, tmp_path: Path) -> None:
    scenario = scenario_of(text, tmp_path)
    playbook = Busy() if text == RICH else "none"
    (one,) = played(scenario, "reorder-point", runs=2, playbooks=(playbook,))
    scores = all_scores(one, setting_of(scenario, "w"))
    total = np.sum([sign * scores[name] for name, sign in STEPS], axis=0)
    assert total == pytest.approx(scores["profit"], rel=1e-9, abs=1e-6)


@pytest.mark.parametrize("text", [PLAIN, RICH], ids=["plain", "rich"])
def test_the_deepest_point_of_each_curve_is_the_peak_cash(text: str, tmp_path: Path) -> None:
    scenario = scenario_of(text, tmp_path)
    (one,) = played(scenario, "reorder-point", runs=3)
    told = setting_of(scenario, "w")
    balance = Closeup.of(one, told, range(len(told.skus))).cash.balance
    assert balance.shape == (3, told.warm_up_days + told.days)
    assert np.maximum(-balance.min(axis=1), 0.0).tolist() == one.peak_cash.tolist()
    assert (one.peak_cash > 0).any()


def test_the_table_ends_with_the_profit_and_the_page_tells_it() -> None:
    told = comparison((record(2, revenue=1000.0, goods=400.0, freight=100.0),), days=100, events=())
    section = money(told)
    table = next(part for _, part in section.named_parts if isinstance(part, Table))
    assert [(line.name, line.cells[0].value) for line in table.lines] == [
        ("Revenue", 1000.0), ("Goods bought", -400.0), ("Freight", -100.0), ("Profit", 500.0),
    ]  # fmt: skip
    assert [line.cells[1].value for line in table.lines] == [100.0, -40.0, -10.0, 50.0]
    assert "Goods bought: -400 USD" in page(told)
    with speaking("zh"):
        assert "采购货款" in page(told)


def page(told: Comparison) -> str:
    return html(Report("", (), "", (money(told),), {}))
