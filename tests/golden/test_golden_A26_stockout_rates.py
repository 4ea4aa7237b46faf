"""A26: of 1,000 customer orders 30 met no stock, and stock was empty on 5 of 100 days: 3.0 %, with 5.0 % beside it."""

import pytest

from reports.display.page import page
from reports.display.scoreboard import scoreboard_text
from reports.display.section import Table
from reports.display.sections.scoreboard import every_score
from reports.scores import all_scores
from tests.reports.builder import comparison, record, setting

SEEN = {"orders": 1000, "short_orders": 30, "wanted": 1000, "served": 970, "lost": 30, "empty_days": 5}


def test_golden_A26_the_stockout_rate_counts_customer_orders() -> None:
    scores = all_scores(record(**SEEN), setting())
    assert scores["stockout_rate"] == pytest.approx([0.030])
    assert scores["stockout_rate_sku_day"] == pytest.approx([0.050])


def test_golden_A26_one_order_more_is_a_tenth_of_a_point_more() -> None:
    scores = all_scores(record(**{**SEEN, "short_orders": 31}), setting())
    assert scores["stockout_rate"] == pytest.approx([0.031])
    assert scores["stockout_rate_sku_day"] == pytest.approx([0.050])


def test_golden_A26_on_the_page_each_rate_stands_under_its_own_name() -> None:
    told = comparison((record(2, **SEEN),), days=100, events=())
    every = next(part for _, part in every_score(told).named_parts if isinstance(part, Table) and part.id == "scores")
    cells = {line.name: line.cells[0].text for line in every.lines}
    assert cells["Stockout rate, by order (%)"] == "3.0"
    assert cells["Empty-day rate, by SKU-day (%)"] == "5.0"


def test_golden_A26_both_rates_are_printed_and_say_which_they_are() -> None:
    played = comparison((record(2, **SEEN),), days=100, events=())
    written = page(played)
    assert "Stockout rate, by order" in written
    assert "Empty-day rate, by SKU-day" in written
    assert '<span class="mean">3.0</span>' in written
    assert '<span class="mean">5.0</span>' in written
    assert "Stockouts" in scoreboard_text(played)
    assert "by order" in scoreboard_text(played)
