"""The scoreboard fits its terminal and ends in the advice."""

import pytest

from reports.display.scoreboard import scoreboard_text
from reports.verdict.advice import advise
from tests.reports.builder import comparison, field, record


@pytest.mark.parametrize("width", [80, 100, 140])
def test_it_fits_and_ends_in_the_advice(width: int) -> None:
    played = comparison()
    lines = scoreboard_text(played, width).splitlines()
    assert max(map(len, lines)) <= width
    assert " ".join(" ".join(lines).split()).endswith(advise(played).sentence)


def test_it_says_what_the_numbers_stand_for() -> None:
    written = " ".join(scoreboard_text(comparison()).split())
    assert "40 replications: demand, lead times and inspections vary" in written
    assert "seed 7" in written
    assert "black-friday 0123456789ab," in written
    assert "95 % Student interval" in written
    assert "Goal: stockout_rate<=5%, most profit" in written
    assert "yardstick; sees stock, future" in written
    assert "sees nothing" in written


@pytest.mark.parametrize("name", ["Stockouts", "Holding", "Turnover"])
def test_the_cards_three_are_there_in_a_narrow_terminal(name: str) -> None:
    assert name in scoreboard_text(comparison(), 60)
    assert "…" not in scoreboard_text(comparison(), 60)


def test_numbers_at_a_narrow_width_are_whole() -> None:
    assert "…" not in scoreboard_text(comparison(), 80)


def test_one_replication_of_nothing_is_drawn_without_a_warning() -> None:
    written = scoreboard_text(comparison((record(),), days=100, events=()))
    assert "undefined" in written
    assert "no interval" in written
    assert "Student" not in written
    assert "nan" not in written


def test_markup_in_a_name_is_text() -> None:
    played = comparison((record(2, policy="[bold]x[/bold]:a=1"),), days=100, title="[red]t[/red]")
    assert "[bold]x[/bold]" in scoreboard_text(played)
    assert "[red]t[/red]" in scoreboard_text(played)


def test_replications_left_out_are_marked() -> None:
    import numpy as np

    some = record(3, orders=np.array([0, 10, 10]), short_orders=np.array([0, 1, 1]))
    assert "10.0*" in scoreboard_text(comparison((some,), days=100))
    assert "left out" in scoreboard_text(comparison((some,), days=100))
    assert "*" not in scoreboard_text(comparison(field(3)))
