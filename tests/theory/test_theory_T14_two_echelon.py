"""T14 TE1: a hub that feeds three shops, one for one, everybody waits; against its counterpart in days.

The book's figures are of continuous time, where each unit that the hub owes is some shop's by luck of its own. Here all
that a day wanted is ordered when it ends, and where the hub has less, a day's orders share it in proportion. The exact
split of days of any length is computed; it approaches the book's as they shrink. Nothing else sets a morning apart from
continuous time: days of two slots, with all buyers in the second, show mornings and evenings.
"""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from reports.record import Record
from tests.theory.acceptance import EXACT, RELATIVE, accept, printed, verdict
from tests.theory.exact.chances import at_most
from tests.theory.exact.shares import compositions, multinomial, sharing
from tests.theory.exact.two_echelon import Retailer, hub_row, owed_by_hub, retailers, retailers_by_unit
from tests.theory.networks import base_stock, market, network, warehouse
from tests.theory.worlds import played, pooled_days, series_of

REPLICATIONS = 100
WARM_UP_DAYS = 40
HUB_LEVEL, HUB_DAYS = 12, 5
SHOPS = {"east": Retailer(1, 3, 5), "north": Retailer(1, 3, 4), "west": Retailer(0.5, 4, 4)}
RATE = sum(shop.rate for shop in SHOPS.values())
PLACE = {name: number for number, name in enumerate(sorted([*SHOPS, "hub"]))}
BOOK = {
    "on_hand": "1.692315 0.999766 1.817868",
    "backlog": "0.354593 0.662044 0.149007",
    "fill": "0.692549 0.515049 0.789381",
}
"""In continuous time, shop by shop."""
AFTERNOON = f"hours = {[0] * 12 + [2] * 12}"


def test_theory_T14_TE1_exact_figures() -> None:
    """Where each unit owed is some shop's by its own luck, mornings show the book's stock however long a day is."""
    hub = hub_row(RATE, HUB_DAYS, HUB_LEVEL)
    assert (printed(hub[0], "1.155694"), printed(hub[1], "1.655694")) == (True, True)
    rows = retailers_by_unit(HUB_LEVEL, HUB_DAYS, list(SHOPS.values()))
    assert all(printed(row.on_hand_morning, figure) for row, figure in zip(rows, BOOK["on_hand"].split(), strict=True))
    assert all(printed(row.backlog_morning, figure) for row, figure in zip(rows, BOOK["backlog"].split(), strict=True))


def test_theory_T14_TE1_shares() -> None:
    """Shares of what is there by hand: two of (2, 1, 1) are one for the first, and one for either of the others."""
    places = compositions(4, 3), compositions(2, 3)
    chances = dict(zip(places[1], sharing(4, 2, 3)[places[0].index((2, 1, 1))], strict=True))
    assert {left: chance for left, chance in chances.items() if chance} == {(1, 0, 1): 0.5, (1, 1, 0): 0.5}
    largest = sharing(4, 3, 3)[places[0].index((3, 1, 0))]  # 2.25 and 0.75: the larger remainder gets the odd unit
    assert dict(zip(compositions(1, 3), largest, strict=True))[1, 0, 0] == 1
    for units in range(6):
        assert multinomial(units, (1, 1, 0.5)).sum() == pytest.approx(1, rel=EXACT)


def test_theory_T14_TE1_owed_adds_up() -> None:
    """What shops are owed is what the hub owes, whoever gets it first; shops alike are owed alike."""
    laws = owed_by_hub(HUB_LEVEL, HUB_DAYS, (1, 1, 0.5))
    means = [float(law @ np.arange(len(law))) for law in laws]
    assert [law.sum() for law in laws] == pytest.approx([1, 1, 1], rel=EXACT)
    assert sum(means) == pytest.approx(hub_row(RATE, HUB_DAYS, HUB_LEVEL)[1], rel=EXACT)
    assert means[0] == pytest.approx(means[1], rel=EXACT)


def test_theory_T14_TE1_shrinking_days_approach_continuous_time() -> None:
    """Each halving of the day more than halves what shares in proportion are off; a line through the last two days
    of shares by luck meets the book's."""
    off = []
    for parts in (1, 2, 4):
        shared, lucky = (rows(HUB_LEVEL, HUB_DAYS * parts, _in_days(parts)) for rows in (retailers, retailers_by_unit))
        off.append(max(abs(a.backlog_morning - b.backlog_morning) for a, b in zip(shared, lucky, strict=True)))
    assert all(later < earlier / 2 for earlier, later in pairwise(off))
    coarse, fine = (retailers_by_unit(HUB_LEVEL, HUB_DAYS * parts, _in_days(parts)) for parts in (32, 64))
    for name, figures in BOOK.items():
        line = [2 * getattr(b, name) - getattr(a, name) for a, b in zip(coarse, fine, strict=True)]
        assert line == pytest.approx([float(figure) for figure in figures.split()], rel=RELATIVE["mean"]), name


def test_theory_T14_TE1_first_come_first_served(tmp_path: Path) -> None:
    """To the unit, on every morning: the hub keeps nothing that it owes, and sends no order before those of a day
    earlier; what it owes each shop has the exact law."""
    record = te1(tmp_path, days=250, skus=2_400)
    series = series_of(record)
    ordered, received = (np.cumsum(units[:, 0], axis=0) for units in (series.ordered, series.received))
    hub, shops = PLACE["hub"], [PLACE[name] for name in SHOPS]
    assert np.array_equal(series.ordered[:, 0, shops], series.wanted[:, 0])
    mornings = range(30, len(ordered) - max(shop.lane_days for shop in SHOPS.values()))
    sent = np.stack([received[[day + shop.lane_days for day in mornings], PLACE[name]] for name, shop in SHOPS.items()])
    asked = np.stack([ordered[mornings.start - 1 : mornings.stop - 1, place] for place in shops])
    assert np.array_equal(sent.sum(axis=0), np.minimum(asked.sum(axis=0), HUB_LEVEL + received[mornings, hub]))
    for ago in range(2, 12):
        before = np.stack([ordered[mornings.start - ago : mornings.stop - ago, place] for place in shops])
        room = sent.sum(axis=0) - before.sum(axis=0)
        assert (np.where(room >= 0, sent - before, 0) >= 0).all()
        assert (np.where(room <= 0, before - sent, 0) >= 0).all()
    exact = owed_by_hub(HUB_LEVEL, HUB_DAYS, [shop.rate for shop in SHOPS.values()])
    verdicts = [
        verdict(f"{name} is owed {most} or less", "share", pooled_days(owed <= most, REPLICATIONS), at_most(law, most))
        for name, owed, law in zip(SHOPS, asked - sent, exact, strict=True)
        for most in (0, 1, 2)
    ]
    accept(*verdicts)


def te1(folder: Path, *, days: int, skus: int, runs: int = 1, slot_hours: int = 24, keep: bool = True) -> Record:
    """The record of equal SKUs; `keep` its series."""
    lanes = [warehouse(name, shop.level, shop.lane_days, start="hub") for name, shop in SHOPS.items()]
    markets = [market(name, [name], shop.rate, f"waits = 1.0\n{AFTERNOON}") for name, shop in SHOPS.items()]
    text = network(
        warehouse("hub", HUB_LEVEL, HUB_DAYS), *lanes, *markets,
        days=days, warm_up_days=WARM_UP_DAYS, skus=skus, slot_hours=slot_hours,
    )  # fmt: skip
    levels = {name: shop.level for name, shop in SHOPS.items()}
    policy = base_stock({"hub": HUB_LEVEL + sum(levels.values())} | levels)
    return played(folder, text, policy, runs=runs, batch=1, keep=range(runs * keep))


def _in_days(parts: int) -> list[Retailer]:
    """The same shops in days of which so many are the unit of time."""
    return [Retailer(shop.rate / parts, shop.lane_days * parts, shop.level) for shop in SHOPS.values()]
