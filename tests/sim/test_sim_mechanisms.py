"""Every mechanism can be switched off and the difference seen: twin worlds, equal until it acts, different after."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from reports.record import Record
from tests.worlds import PLAIN, TWO_PLACES, played, scenario_of

RULE = "reorder-point:safety_days=12,lane=sea"
ANY_LANE = "reorder-point:safety_days=0"


@dataclass(frozen=True)
class Twin:
    """A change to a world and what it must do to the record: `shown(changed, plain)`."""

    old: str
    new: str
    shown: Callable[[Record, Record], bool]
    rule: str = RULE
    world: str = PLAIN
    same_demand: bool = True


def money_up(account: str) -> Callable[[Record, Record], bool]:
    return lambda changed, plain: bool((changed.money[account] > plain.money[account]).all())


def later(changed: Record, plain: Record) -> bool:
    """Orders of the same day leave later or together, and some later."""
    one, two = changed.series, plain.series
    assert one is not None and two is not None
    sent = {(s.run, s.ordered): s.departed for s in two.shipments}
    pairs = [(s.departed, sent[key]) for s in one.shipments if (key := (s.run, s.ordered)) in sent]
    return all(a >= b for a, b in pairs) and any(a > b for a, b in pairs)


def stage_longer(stage: str) -> Callable[[Record, Record], bool]:
    """A leg takes longer on average."""

    def mean(record: Record) -> float:
        assert record.series is not None
        return float(np.mean([b - a for s in record.series.shipments for name, a, b in s.legs if name == stage]))

    return lambda changed, plain: mean(changed) > mean(plain)


def lots_of(size: int) -> Callable[[Record, Record], bool]:
    def check(changed: Record, plain: Record) -> bool:
        assert changed.series is not None and plain.series is not None
        ordered, before = changed.series.ordered, plain.series.ordered
        return not (ordered % size).any() and bool((before % size).any())

    return check


def queue(record: Record) -> float:
    """Mean days from the end of the legs to the shelf."""
    assert record.series is not None
    ended = [s for s in record.series.shipments if np.isfinite(s.shelved)]
    return float(np.mean([s.shelved - entered for s in ended for name, entered, _ in s.legs if name == "dock queue"]))


TWINS = {
    "production line": Twin("[supplier.zhongshan]", "[supplier.zhongshan]\nunits_per_day = 20", later),
    "smallest order": Twin(
        "[supplier.zhongshan]",
        "[supplier.zhongshan]\norder_at_least = 5000",
        lambda changed, plain: changed.series is not None and set(np.unique(changed.series.ordered)) == {0, 5000},
    ),
    "cartons": Twin('id = "LAMP"', 'units_per_carton = 12\nid = "LAMP"', lambda c, p: lots_of(12)(_lamp(c), _lamp(p))),
    "departures": Twin("departs = { every_days = 7, cancelled = 0.1 }", "departs = { every_days = 28 }", later),
    "cancelled": Twin("cancelled = 0.1", "cancelled = 0.5", later),
    "cancelled in a row": Twin(
        "cancelled = 0.7", "cancelled = 0.7, cancelled_in_a_row = 1", lambda c, p: later(p, c),
        world=PLAIN.replace("cancelled = 0.1", "cancelled = 0.7"),
    ),
    "lateness": Twin("late = { chance = 0.4, days = 5 }", "late = { chance = 1.0, days = 9 }", stage_longer("ocean")),
    "clearance": Twin("clear_days = 1", "clear_days = 3", stage_longer("customs")),
    "desks": Twin(
        "clear_days = 1", "clear_days = 1\ndesks = 1", lambda c, p: bool((c.desk_use > 0).all()) and not p.desk_use.any()
    ),
    "other traffic": Twin(
        "clear_days = 1\n", "clear_days = 1\nothers_per_day = 0.9\n", stage_longer("customs"),
        world=PLAIN.replace("clear_days = 1\n", "clear_days = 1\ndesks = 1\n"),
    ),
    "inspections": Twin("chance = 0.1", "chance = 0.6", money_up("inspection")),
    "weekdays closed": Twin("clear_days = 1", "clear_days = 1\nclosed_weekdays = ['Sat', 'Sun']", stage_longer("customs")),
    "closure": Twin("clear_days = 1", "clear_days = 1\nclosures = [{ on = 2026-04-20, days = 40 }]", stage_longer("customs")),
    "dock": Twin(
        "[warehouse.los-angeles]",
        "[warehouse.los-angeles]\ndock_units_per_day = 100",
        lambda c, p: queue(c) > queue(p) == 0 and bool((c.dock_use > 0).all()),
    ),
    "duty": Twin("duty = 0.3", "duty = 0.6", money_up("duty")),
    "freight by volume": Twin("per_m3 = 150", "per_m3 = 300", money_up("freight")),
    "freight by shipment": Twin("per_m3 = 150", "per_m3 = 150, per_shipment = 99", money_up("freight")),
    "freight by weight": Twin("per_kg = 5.4", "per_kg = 9", money_up("freight"), RULE.replace("sea", "air")),
    "rent": Twin("per_m3_day = 0.9", "per_m3_day = 1.8", money_up("rent")),
    "peak rent": Twin("peak_factor = 3", "peak_factor = 4", money_up("rent")),
    "capital": Twin("[warehouse.los-angeles]", "[warehouse.los-angeles]\ncapital_rate_per_year = 0.2", money_up("capital")),
    "risk": Twin("[warehouse.los-angeles]", "[warehouse.los-angeles]\nrisk_rate_per_year = 0.2", money_up("risk")),
    "platform fee": Twin("platform = 0.06", "platform = 0.10", money_up("platform")),
    "creator fee": Twin("creator = 0.12", "creator = 0.20", money_up("platform")),
    "fulfilment fee": Twin("fulfilment_per_order = 3.6", "fulfilment_per_order = 5", money_up("fulfilment")),
    "exchange rate": Twin(
        "unit_cost = 6.0", "unit_cost = { CNY = 60.0 }", money_up("goods"), world=PLAIN.replace("seed = 7", "seed = 7\nfx = { CNY = 6 }")
    ),
    "opening cover": Twin("cover_days = 50", "cover_days = 90", lambda c, p: bool((c.opening > p.opening).all())),
    "opening units": Twin("cover_days = 50", "units = 77", lambda c, p: bool((c.opening == 77).all())),
    "opening by SKU": Twin(
        "opening = { cover_days = 50 }", "opening = { by_sku = { LAMP = 40 } }", lambda c, p: c.opening[0, 0].tolist() == [0, 40]
    ),
    "warm-up": Twin("days = 200", "days = 200\nwarm_up_days = 30", lambda c, p: bool((c.opening != p.opening).all()), same_demand=False),
    "history": Twin("history_days = 60", "history_days = 0", lambda c, p: bool((c.ordered != p.ordered).any()), same_demand=False),
    "waiting": Twin("waits = 0.4", "waits = 0.9", lambda c, p: c.lost.sum() < p.lost.sum(), ANY_LANE, TWO_PLACES),
    "fallback": Twin(
        '["new-york", "los-angeles"]', '["new-york"]', lambda c, p: c.lost.sum() > p.lost.sum(), ANY_LANE, TWO_PLACES
    ),
    "promotion": Twin(
        "[market.tiktok]",
        '[[planned.promotion]]\nname = "Push"\non = 2026-05-01\ndays = 20\nlift = 2\n[market.tiktok]',
        lambda c, p: c.wanted.sum() > p.wanted.sum(),
        same_demand=False,
    ),
    "livestream": Twin(
        "[market.tiktok]",
        '[[planned.livestream]]\nname = "Live"\nfirst_on = 2026-05-01\norders = 90\n[market.tiktok]',
        lambda c, p: c.wanted.sum() > p.wanted.sum(),
        same_demand=False,
    ),
    "video": Twin(
        "[market.tiktok]",
        '[[surprise.video]]\nname = "Video"\nper_day = 0.1\ndays_of_pace = 9\nstarts_on = 2026-05-01\n'
        'fades = { law = "exponential", mean_days = 4 }\n[market.tiktok]',
        lambda c, p: c.wanted.sum() > p.wanted.sum(),
        same_demand=False,
    ),
    "weekday": Twin("weekday = [1, 1, 1, 1, 1, 1, 1]", "weekday = [0, 1, 1, 1, 1, 1, 2]", lambda c, p: _mondays(c) == 0 < _mondays(p), same_demand=False),
    "season": Twin(
        "weekday = [1, 1, 1, 1, 1, 1, 1]",
        "season = [1, 1, 1, 1, 3, 1, 1, 1, 1, 1, 1, 1]",
        lambda c, p: c.wanted.sum() > p.wanted.sum(),
        same_demand=False,
    ),
}  # fmt: skip


def _lamp(record: Record) -> Record:
    import dataclasses

    assert record.series is not None
    return dataclasses.replace(record, series=dataclasses.replace(record.series, ordered=record.series.ordered[..., 1]))


def _mondays(record: Record) -> int:
    assert record.series is not None
    return int(record.series.wanted[1::7].sum())  # 2026-03-01 is a Sunday


@pytest.mark.parametrize("name", TWINS)
def test_switched_on_it_shows(name: str, tmp_path: Path) -> None:
    twin = TWINS[name]
    changed_text = twin.world.replace(twin.old, twin.new, 1)
    assert changed_text != twin.world
    (plain,) = played(scenario_of(twin.world, tmp_path), twin.rule)
    (changed,) = played(scenario_of(changed_text, tmp_path), twin.rule)
    if twin.same_demand:
        assert (plain.wanted == changed.wanted).all()
    assert twin.shown(changed, plain)


@pytest.mark.parametrize("name", ["promotion", "livestream", "video", "closure"])
def test_a_dated_event_changes_nothing_before_its_day(name: str, tmp_path: Path) -> None:
    twin = TWINS[name]
    blind = RULE.replace("reorder-point:safety_days=12", "min-max:s_days=50,S_days=70")  # sees no calendar
    (plain,) = played(scenario_of(twin.world, tmp_path), blind)
    (changed,) = played(scenario_of(twin.world.replace(twin.old, twin.new, 1), tmp_path), blind)
    day = {"closure": 50}.get(name, 61)  # 2026-04-20 and 2026-05-01
    assert plain.series is not None
    assert changed.series is not None
    for array in ("wanted", "sold", "lost", "on_hand", "received", "ordered"):
        one, two = getattr(plain.series, array), getattr(changed.series, array)
        assert one[:day].tobytes() == two[:day].tobytes(), array
    assert plain.series.on_hand.tobytes() != changed.series.on_hand.tobytes()


def test_a_fifo_lane_is_never_overtaken(tmp_path: Path) -> None:
    wild = PLAIN.replace("departs = { every_days = 7, cancelled = 0.1 }\n", "").replace("cv = 0.2", "cv = 0.6")
    rule = "base-stock:cover_days=60,review_days=1,lane=sea"
    (free,) = played(scenario_of(wild, tmp_path), rule)
    (fifo,) = played(scenario_of(wild.replace("[lane.sea]", "[lane.sea]\nfifo = true"), tmp_path), rule)
    assert _overtakings(free) > 0
    assert _overtakings(fifo) == 0


def _overtakings(record: Record) -> int:
    """Shipments on the shelf after one that left later."""
    assert record.series is not None
    count = 0
    for run in range(3):
        shelved = [
            s.shelved for s in sorted(record.series.shipments, key=lambda s: (s.departed, s.ordered)) if s.run == run
        ]
        count += sum(one > two for one, two in itertools.pairwise(shelved))
    return count


def test_open_orders_arrive_on_their_day(tmp_path: Path) -> None:
    text = PLAIN + '[[open_order]]\nsku = "BULB"\nwarehouse = "los-angeles"\nunits = 33\ndue = 2026-03-11\n'
    (record,) = played(scenario_of(text, tmp_path), "never")
    assert record.series is not None
    assert record.series.received[:, :, 0, 0].sum(axis=1).nonzero()[0].tolist() == [10]
    assert (record.series.received[10, :, 0, 0] == 33).all()
    assert (record.on_the_way_before[:, 0] == [33, 0]).all()
    assert not record.on_the_way_after.any()
