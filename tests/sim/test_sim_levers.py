"""Levers: each moves its score, luck stays common, and money spent on empty shelves is told."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

import numpy as np
import pytest

from policies.playbook import Alert, Levers, Playbook, Watch
from reports.record import Record, Series
from sim.play.sight import planned_events
from sim.world.network import Network
from tests.worlds import played, scenario_of

SHOP = """
title = "Two lamps, hour by hour"
start = 2026-03-01
days = 60
history_days = 28
seed = 17
slot_hours = {slot_hours}
[[sku]]
id = "LAMP"
group = "lamps"
unit_cost = 6.0
price = 30.0
weight_kg = 0.9
[[sku]]
id = "MOON"
group = "lamps"
unit_cost = 5.0
price = 25.0
weight_kg = 0.8
[supplier.zhongshan]
[lane.sea]
from = "zhongshan"
to = "here"
legs = [{{ name = "ocean", days = 25 }}]
[lane.air]
from = "zhongshan"
to = "here"
legs = [{{ name = "flight", days = 6 }}]
cost = {{ per_kg = 5.4 }}
[warehouse.here]
opening = {{ by_sku = {{ LAMP = {lamps}, MOON = 6000 }} }}
rent = {{ per_m3_day = 0.9 }}
sell_off_share = 0.5
[market.shop]
served_by = ["here"]
preorders = 0.5
clearance = {{ discount = 0.3, lift = 3 }}
[market.shop.demand."*"]
organic = {{ law = "negative-binomial", mean = 20, dispersion = 1.4 }}
ads = {{ spend_per_day = 100, per_thousand_views = 6, ctr = 0.011, cvr = 0.05, most = 2.0 }}
[[planned.livestream]]
name = "Thursday"
skus = ["LAMP"]
first_on = 2026-03-05
days_of_pace = 3
[[planned.promotion]]
name = "spring sale"
on = 2026-04-01
days = 5
lift = 2.0
by_seller = true
"""
RULE = "reorder-point:safety_days=5"


@dataclass(frozen=True)
class Fixed:
    """Sets the same levers in every slot."""

    name: ClassVar[str] = "fixed"
    reaction_hours: float = 0.0
    ads: float | None = None
    steer: float | None = None
    promotions: float | None = None
    sell_off: int | None = None
    flags: tuple[str, ...] = ()

    def act(self, seen: Watch) -> Levers:
        on_hand = seen.stock.on_hand
        lamps = np.arange(on_hand.shape[-1]) == seen.skus.index("LAMP")
        numbers = {
            name: np.where(lamps, value, 1.0 if name in ("ads", "promotions") else 0.0) + np.zeros(on_hand.shape)
            for name in ("ads", "steer", "promotions")
            if (value := getattr(self, name)) is not None
        }
        switches = {name: lamps & (on_hand >= 0) for name in self.flags}
        sold_off = None if self.sell_off is None else np.where(lamps, self.sell_off, 0) + np.zeros_like(on_hand)
        return Levers(**numbers, **switches, sell_off=sold_off)  # type: ignore[arg-type]


@dataclass(frozen=True)
class PauseWhenEmpty:
    """Pauses ads of what is sold out."""

    name: ClassVar[str] = "pause-when-empty"
    reaction_hours: float = 0.0

    def act(self, seen: Watch) -> Levers:
        return Levers(ads=np.where(seen.stock.on_hand > 0, 1.0, 0.0))


class Plays(Protocol):
    """Plays the shop with a playbook, the ledger checked."""

    def __call__(self, playbook: Playbook | str = "none", *, lamps: int = 900, slot_hours: int = 24) -> Record: ...


@pytest.fixture
def record(tmp_path: Path) -> Plays:
    def plays(playbook: Playbook | str = "none", *, lamps: int = 900, slot_hours: int = 24) -> Record:
        scenario = scenario_of(SHOP.format(lamps=lamps, slot_hours=slot_hours), tmp_path)
        return played(scenario, RULE, playbooks=[playbook])[0]

    return plays


def lamps(values: np.ndarray) -> float:
    """What falls to the first SKU, over all runs."""
    return float(values[..., 0].sum())


def series_of(found: Record) -> Series:
    assert found.series is not None
    return found.series


def wasted(found: Record) -> np.ndarray:
    """Money spent while the shelf was empty before sales, [kept], from the series alone."""
    series = series_of(found)
    before = np.concatenate([np.ones_like(series.on_hand[:1]), series.on_hand[:-1]]) + series.received
    return np.asarray((series.ad_spend * (before == 0)).sum(axis=(0, 2, 3)))


def test_ads_are_a_stream_and_cost_money(record: Plays) -> None:
    found = record()
    series = series_of(found)
    assert found.money["ads"] == pytest.approx(60 * 200)
    assert found.ad_spend.sum(axis=(1, 2)) == pytest.approx(60 * 200)
    assert (found.ad_sold.sum(axis=(1, 2)) > 0).all()
    assert set(series.streams) == {"organic", "ads", "Thursday", "spring sale"}
    assert (sum(series.streams.values()) == series.wanted.reshape(60, -1, *series.wanted.shape[1:]).sum(axis=1)).all()


@pytest.mark.parametrize(
    ("playbook", "of", "sign"),
    [
        (Fixed(ads=0.5), lambda r: lamps(r.ad_spend), -1),
        (Fixed(ads=0.0), lambda r: lamps(r.ad_sold), -1),
        (Fixed(ads=2.0), lambda r: lamps(r.ad_spend), +1),
        (Fixed(ads=2.0), lambda r: lamps(r.wanted), +1),
        (Fixed(ads=0.5), lambda r: lamps(r.forgone_by_seller), +1),
        (Fixed(steer=0.3), lambda r: lamps(r.wanted), -1),
        (Fixed(steer=0.3), lambda r: -float(r.wanted[..., 1].sum()), -1),
        (Fixed(promotions=0.0), lambda r: lamps(r.wanted), -1),
        (Fixed(sell_off=10), lambda r: float(r.money["sold_off"].sum()), +1),
        (Fixed(sell_off=10), lambda r: lamps(r.closing), -1),
        (Fixed(sell_off=10), lambda r: lamps(r.off_sold), +1),
        (Fixed(flags=("stop_buying",)), lambda r: lamps(r.ordered), -1),
        (Fixed(flags=("expedite",)), lambda r: float(r.money["freight"].sum()), +1),
        (Fixed(flags=("clear",)), lambda r: float(r.money["markdown"].sum()), +1),
        (Fixed(flags=("clear",)), lambda r: lamps(r.wanted), +1),
        (Fixed(flags=("announce",)), lambda r: lamps(r.backlog_days), +1),
        (Fixed(flags=("announce",)), lambda r: lamps(r.lost), -1),
    ],
)  # fmt: skip
def test_every_lever_moves_its_score(playbook: Playbook, of: object, sign: int, record: Plays) -> None:
    change = of(record(playbook)) - of(record())  # type: ignore[operator]
    assert change * sign > 0


def test_luck_stays_common_under_levers(record: Plays) -> None:
    """Streams that no lever touches are the same unit by unit; the throttled one is part of what it was."""
    free, throttled = (series_of(found).streams for found in (record(), record(Fixed(ads=0.5))))
    for name in ("organic", "Thursday", "spring sale"):
        assert (free[name] == throttled[name]).all(), name
    assert (throttled["ads"] <= free["ads"]).all()
    assert throttled["ads"].sum() < free["ads"].sum()


def test_a_raised_spend_only_adds_units_and_a_cut_one_only_takes_some(record: Plays) -> None:
    """The planned spend brings what it brings without levers, and no more than the most can be spent."""
    factors = (0.0, 0.25, 0.5, 0.51, 1.0, 1.25, 1.5, 1.51, 2.0, 3.0)
    brought = [series_of(record(Fixed(ads=factor))).streams["ads"] for factor in factors]
    free = series_of(record()).streams["ads"]
    for factor, fewer, more in zip(factors, brought, brought[1:], strict=False):
        assert (fewer <= more).all()
        assert fewer.sum() < more.sum() or factor == 2
    assert (brought[factors.index(1.0)] == free).all()
    assert (brought[-1] == brought[-2]).all()
    assert (brought[-1][..., 1] == free[..., 1]).all(), "what is raised is raised alone"
    assert lamps(brought[-1][1:]) == pytest.approx(2 * lamps(free[1:]), rel=0.1)


def test_luck_stays_common_where_every_level_is_reached(record: Plays) -> None:
    """Yellow, red and black: ads, the steered livestream and the seller's promotion change; the other streams do not."""
    free, alerted = (series_of(record(playbook, lamps=500)) for playbook in ("none", "alerts"))
    levels = alerted.levers["alert"]
    assert all({Alert.YELLOW, Alert.RED, Alert.BLACK} <= set(levels[:, run].ravel()) for run in range(levels.shape[1]))
    assert (free.streams["organic"] == alerted.streams["organic"]).all()
    assert (free.streams["ads"] != alerted.streams["ads"]).any()
    assert (free.streams["Thursday"].sum(axis=-1) == alerted.streams["Thursday"].sum(axis=-1)).all(), (
        "steered, not lost"
    )


def test_a_playbook_that_sets_nothing_changes_nothing(record: Plays) -> None:
    alone, watched = record(), record(Fixed())
    for name in ("wanted", "served", "lost", "ordered", "closing", "ad_spend"):
        assert (getattr(alone, name) == getattr(watched, name)).all(), name


@pytest.mark.parametrize("slot_hours", [1, 6, 24])
def test_money_spent_on_empty_shelves_is_told(slot_hours: int, record: Plays) -> None:
    """A05: nothing is wasted where ads pause in the slot the shelf is empty; with a delay, or without levers, it is."""
    known = {
        name: record(playbook, lamps=300, slot_hours=slot_hours)
        for name, playbook in (
            ("none", "none"), ("at once", PauseWhenEmpty()), ("late", PauseWhenEmpty(reaction_hours=6.0))
        )
    }  # fmt: skip
    for found in known.values():
        assert found.wasted_ad_spend.sum(axis=(1, 2)) == pytest.approx(wasted(found))
        assert (series_of(found).on_hand[..., 0] == 0).any(), "the case needs an empty shelf"
    assert (known["at once"].wasted_ad_spend == 0).all()
    assert (known["late"].wasted_ad_spend.sum(axis=(1, 2)) > 0).all()
    assert (known["none"].wasted_ad_spend > known["late"].wasted_ad_spend - 1e-9).all()


def test_ad_demand_is_nothing_while_ads_are_paused(record: Plays) -> None:
    """A05: from the slot after the shelf ran empty until it is filled, ads bring nobody."""
    series = series_of(record(PauseWhenEmpty(), lamps=300))
    empty = np.flatnonzero(series.on_hand[:, 0, 0, 0] == 0)
    after = [day + 1 for day in empty if day + 1 < 60 and series.received[day + 1, 0, 0, 0] == 0]
    assert after
    assert (series.streams["ads"][after, 0, 0, 0] == 0).all()


@dataclass(frozen=True)
class Narrow:
    """Ads in some hours, or in some markets, only."""

    name: ClassVar[str] = "narrow"
    reaction_hours: float = 0.0
    hours: frozenset[int] | None = None
    markets: frozenset[str] | None = None

    def act(self, seen: Watch) -> Levers:
        return Levers(ad_hours=self.hours, ad_markets=self.markets)


def test_ads_are_narrowed_by_hour_and_region(record: Plays) -> None:
    evening = series_of(record(Narrow(hours=frozenset({20, 21})), slot_hours=1)).ad_spend
    by_hour = evening[24:].reshape(59, 24, -1).sum(axis=(0, 2))
    assert by_hour[20] > 0
    assert by_hour[21] > 0
    assert by_hour.sum() == pytest.approx(by_hour[20] + by_hour[21])
    elsewhere = series_of(record(Narrow(markets=frozenset()))).ad_spend
    assert elsewhere[1:].sum() == 0


def test_clearance_is_paid_and_refunded_at_its_price(tmp_path: Path) -> None:
    """Commission is taken of what was paid, and what comes back is paid back at the mean price paid."""
    text = SHOP.format(lamps=900, slot_hours=24).replace(
        'served_by = ["here"]',
        'served_by = ["here"]\nfees = { platform = 0.1 }\nreturns = { share = 1, after_days = 3 }',
    )
    (found,) = played(scenario_of(text, tmp_path), "never", playbooks=[Fixed(flags=("clear",))])
    series = series_of(found)
    came_back = series.returned.sum(axis=(0, 2))
    sold = series.sold.sum(axis=(0, 2))
    price, paid = np.array([30.0, 25.0]), np.array([30.0 * 0.7, 25.0])
    full = (series.sold[0].sum(axis=1) * price).sum(axis=-1)  # no lever acts in the first slot
    reduced = (series.sold[1:].sum(axis=(0, 2)) * paid).sum(axis=-1)
    assert found.money["revenue"] == pytest.approx((sold * price).sum(axis=-1))
    assert found.money["platform"] == pytest.approx(0.1 * (full + reduced))
    given = series.sold[1:].sum(axis=(0, 2))[:, 0] * (price - paid)[0]
    spared = given - found.money["markdown"]
    refunded = (found.money["refunds"] - came_back[:, 1] * price[1] - spared) / came_back[:, 0]
    assert (refunded >= paid[0]).all()
    assert (refunded < price[0]).all(), "the mean price paid so far"


def test_an_hour_of_ads_costs_the_same_by_the_day_and_by_the_hour(tmp_path: Path) -> None:
    """Hours are weighed by the day's money: where all of it is spent by noon, an afternoon costs nothing."""
    spends = []
    for slot_hours in (1, 24):
        text = SHOP.format(lamps=900, slot_hours=slot_hours).replace("most = 2.0", "spent_within_hours = 12")
        found = [
            played(scenario_of(text, tmp_path), RULE, playbooks=[Narrow(hours=frozenset(range(first, first + 12)))])[0]
            for first in (6, 12)
        ]
        later = slice(24 // slot_hours, None)
        spends.append([float(series_of(one).ad_spend[later].sum()) for one in found])
    assert spends[0] == pytest.approx(spends[1])
    assert spends[0][1] == 0
    assert spends[0][0] > 0


def test_what_is_hurried_is_no_more_than_missing_and_stays_in_lots(tmp_path: Path) -> None:
    """The policy's order goes by air as far as it would be missing; whatever goes is a lot that may be ordered."""
    text = SHOP.format(lamps=700, slot_hours=24).replace(
        "[supplier.zhongshan]", "[supplier.zhongshan]\norder_at_least = 200"
    )
    usual, hurried = (
        played(scenario_of(text, tmp_path), RULE, playbooks=[book])[0] for book in ("none", Fixed(flags=("expedite",)))
    )
    for record in (usual, hurried):
        for shipment in series_of(record).shipments:
            assert all(units == 0 or units >= 200 for units in shipment.units.tolist())
    flown = sum(float(s.units[0]) for s in series_of(hurried).shipments if s.lane == "air")
    assert 0 < flown < hurried.ordered[..., 0].sum()


def test_an_announced_event_names_the_skus_it_touches(tmp_path: Path) -> None:
    events = planned_events(Network.of(scenario_of(SHOP.format(lamps=900, slot_hours=24), tmp_path)))
    touched = {event.name: event.skus for event in events}
    assert touched == {"Thursday": frozenset({"LAMP"}), "spring sale": frozenset({"LAMP", "MOON"})}
