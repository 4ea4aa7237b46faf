"""Whether a start shows in the scored days: made series with a start and without, and worlds with and without."""

from typing import Any

import numpy as np
import pytest

from reports.language.speaking import speaking
from reports.record import IntArray
from reports.verdict.warm_up import Start, start_is_real, start_shown
from scenarios.variation import changes_of, varied
from sim.warm_up import opened_otherwise, start_of

DAYS, RUNS = 180, 20
SEASON = 1_000 + 800 * np.sin(np.arange(DAYS) / DAYS * np.pi)
NOISE = np.random.default_rng(3).integers(-100, 100, (DAYS, RUNS))


def stock(start: Any = 0.0) -> IntArray:
    """A season of stock with noise of its own, the same for all, and what a start adds to each day."""
    return (SEASON[:, None] + NOISE + np.broadcast_to(start, (DAYS,))[:, None]).astype(np.int64)[:, :, None]


def test_a_season_is_no_start() -> None:
    assert start_shown(stock(), stock()) is None
    assert start_shown(stock(), np.roll(stock(), 1, axis=1)) is None, "other luck, but alike in the mean"


@pytest.mark.parametrize("days", [45, 90])
def test_a_start_shows_until_the_two_have_met(days: int) -> None:
    start = start_shown(stock(np.where(np.arange(DAYS) < days, 500, 0)), stock())
    assert start is not None
    assert (start.days, start.faded) == (days, True)


def test_the_gap_is_a_share_of_mean_stock() -> None:
    one = stock(np.where(np.arange(DAYS) < 40, -500, 0))
    start = start_shown(one, stock())
    assert start is not None
    assert start.gap == pytest.approx(500 / one.mean())


def test_a_shelf_that_is_always_empty_is_held_against_the_other() -> None:
    empty = np.zeros_like(stock())
    start = start_shown(empty, stock())
    assert start is not None
    assert 1 < start.gap < 2
    assert start_shown(empty, empty) is None


def test_a_start_that_moves_no_score_is_not_told() -> None:
    assert start_shown(stock(np.where(np.arange(DAYS) < 20, 500, 0)), stock()) is None


def test_two_that_cross_have_not_met() -> None:
    wave = np.where(np.arange(DAYS) < 60, 600 * np.cos(np.arange(DAYS) / 30 * np.pi), 0)
    start = start_shown(stock(wave), stock())
    assert start is not None
    assert 50 <= start.days <= 60


def test_what_is_small_or_unsure_does_not_show() -> None:
    assert start_shown(stock(0.09 * SEASON.mean() * (np.arange(DAYS) < 40)), stock()) is None
    unsure = stock()
    unsure[:40, :10] += 600
    unsure[:40, 10:] -= 500
    assert start_shown(unsure, stock()) is None


def test_a_start_that_never_fades_is_told_so() -> None:
    start = start_shown(stock(500), stock())
    assert start == Start(DAYS, start.gap if start else 0, faded=False)
    told = start.told(20)
    assert "still shows on the last day" in told
    assert "more than 200 warm-up days" in told


def test_the_advice_adds_to_the_days_played_before() -> None:
    told = Start(40, 0.35, faded=True).told(20)
    assert "first 40 scored days" in told
    assert "by up to 35 %" in told
    assert "Play 60 warm-up days" in told
    with speaking("zh"):
        assert "预热 60 天" in Start(40, 0.35, faded=True).told(20)


@pytest.mark.parametrize(
    ("changes", "real"),
    [
        (["warm_up_days=0"], True),
        (["warm_up_days=1"], False),
        (["warm_up_days=0", "warehouse.los-angeles.opening.units=0"], False),
        (
            [
                "warm_up_days=0",
                "warehouse.los-angeles.opening.units=0",
                'open_order=[{ sku = "LAMP-MOON", warehouse = "los-angeles", units = 5, due = 2026-07-09 }]',
            ],
            True,
        ),
    ],
)
def test_a_start_is_real_where_the_world_gives_it_and_nothing_is_played_before(changes: list[str], real: bool) -> None:
    assert start_is_real(varied("black-friday", (), changes_of(changes))) is real


def test_a_world_that_warms_up_long_enough_is_not_warned_of_though_its_season_peaks() -> None:
    entry = ("lead-cover", "none", "preference")
    assert start_of(varied("black-friday", (), {}), entry, range(30)) is None
    short = start_of(varied("black-friday", (), {"warm_up_days": 40}), entry, range(30))
    assert short is not None
    assert 60 + short.days > 80
    assert start_of(varied("black-friday", (), {"warm_up_days": 0}), entry, range(30)) is None, "the start is its own"


def test_the_other_opening_is_half_or_thirty_days_where_there_is_none() -> None:
    for given, other in (("cover_days=60", 30.0), ("units=0", 30.0)):
        world = opened_otherwise(varied("black-friday", (), changes_of([f"warehouse.los-angeles.opening.{given}"])))
        assert world.warehouse["los-angeles"].opening.cover_days == other
    units = opened_otherwise(varied("black-friday", (), changes_of(["warehouse.los-angeles.opening.units=7"])))
    assert units.warehouse["los-angeles"].opening.units == 3
