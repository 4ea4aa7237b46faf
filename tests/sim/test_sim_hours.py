"""Hours: an hourly and a daily run want the same units a day, each stream in hours of its own."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from scenarios.schema import Ads, Livestream, Market
from sim.luck import Luck
from sim.world.demand.ads import paced
from sim.world.demand.hours import hours_live, livestream_shares, spread
from sim.world.network import Network
from sim.world.sample import World, sample_world
from tests.worlds import PLAIN, played, scenario_of

EVENING = [0.0] * 12 + [2.0] * 12
HOURS = f"hours = {EVENING}\n"
ALL_STREAMS = (
    PLAIN.replace('channel = "social"\n', f'channel = "social"\n{HOURS}')
    + """
ads = { spend_per_day = 50, per_thousand_views = 10, ctr = 0.05, cvr = 0.05, most = 2, spent_within_hours = 18 }
business = { orders_per_day = 0.3, units_per_order = { law = "geometric", mean = 30 } }
[market.tiktok.clearance]
discount = 0.3
lift = 2
[market.tiktok.listing]
falls_per_day = 0.1
half_life_days = 5
[market.shop]
served_by = ["los-angeles"]
[market.shop.demand.LAMP]
organic = { law = "poisson", mean = 9 }
[[planned.promotion]]
name = "ours"
on = 2026-04-01
days = 5
lift = 3
by_seller = true
pulls_forward = 0.5
[[planned.promotion]]
name = "theirs"
occasion = "mid-year-618"
lift = 2
[[planned.livestream]]
name = "live"
first_on = 2026-03-03
past_units = [40, 60, 90]
[[planned.influencer]]
name = "post"
on = 2026-05-01
orders = 300
fades = { law = "exponential", mean_days = 3 }
[[surprise.video]]
name = "viral"
per_day = 0.1
orders = 50
fades = { law = "exponential", mean_days = 3 }
breeds = { share = 0.5, after_days = 2 }
"""
)
"""Every kind of stream at once."""


def drawn(text: str, folder: Path, slot_hours: int = 24, levers: bool = False) -> World:
    text = text.replace("days = 200", f"days = 200\nslot_hours = {slot_hours}", 1)
    return sample_world(Network.of(scenario_of(text, folder)), [0, 4], [0, 4], levers)


def usual(world: World) -> NDArray[np.int64]:
    """What is wanted when nobody acts, [slot, run, market, sku]."""
    return world.wanted + sum(s.units for s in world.shaped if s.usual)


def by_day(slots: NDArray[np.int64]) -> NDArray[np.int64]:
    return slots.reshape(200, -1, *slots.shape[1:]).sum(axis=1)


@pytest.mark.parametrize("slot_hours", [1, 6])
@pytest.mark.parametrize("levers", [False, True])
def test_an_hourly_run_wants_the_units_of_the_daily_one(slot_hours: int, levers: bool, tmp_path: Path) -> None:
    daily, hourly = (drawn(ALL_STREAMS, tmp_path, hours, levers) for hours in (24, slot_hours))
    assert (by_day(hourly.wanted) == daily.wanted).all()
    assert hourly.past.tobytes() == daily.past.tobytes()
    assert [s.name for s in hourly.shaped] == [s.name for s in daily.shaped]
    for one, other in zip(daily.shaped, hourly.shaped, strict=True):
        assert (by_day(other.units) == one.units).all(), one.name
        assert one.units.any() and one.keys.tobytes() == other.keys.tobytes()
    assert daily.streams.keys() == hourly.streams.keys() > {"ads"}
    for name in daily.streams:
        assert daily.streams[name].tobytes() == hourly.streams[name].tobytes(), name
    assert daily.orders is not None and hourly.orders is not None
    assert (by_day(hourly.orders) == daily.orders).all()


@pytest.mark.parametrize("slot_hours", [1, 24])
def test_levers_change_nothing_until_they_are_used(slot_hours: int, tmp_path: Path) -> None:
    without, with_levers = (drawn(ALL_STREAMS, tmp_path, slot_hours, levers) for levers in (False, True))
    assert usual(without).tobytes() == usual(with_levers).tobytes()
    assert without.past.tobytes() == with_levers.past.tobytes()
    assert {name: units.tobytes() for name, units in without.streams.items()} == {
        name: units.tobytes() for name, units in with_levers.streams.items()
    }
    kinds = {(stream.name, stream.kind) for stream in without.shaped}
    assert kinds == {("organic", "organic"), ("ours", "seller-promotion"), ("theirs", "promotion"), ("ads", "ads")}
    more = {(stream.name, stream.kind) for stream in with_levers.shaped}
    assert more == kinds | {("live", "livestream"), ("clearance", "clearance"), ("ads", "raised-ads")}


def test_streams_add_up_to_what_is_wanted_when_nobody_acts(tmp_path: Path) -> None:
    world = drawn(ALL_STREAMS, tmp_path, 6)
    assert (sum(world.streams.values()) == by_day(usual(world))).all()


def test_buyers_come_in_their_hours(tmp_path: Path) -> None:
    at_night = drawn(ALL_STREAMS, tmp_path, 1)
    hour = np.arange(len(at_night.wanted)) % 24
    markets = at_night.network.markets
    evening = markets.index("tiktok")
    for stream in at_night.shaped:
        assert not stream.units[hour < 12, :, evening].any(), stream.name
        assert stream.units[hour >= 12, :, evening].any(), stream.name
    assert not at_night.wanted[hour < 12, :, evening].any(), "videos, business orders and the post keep the hours too"
    assert at_night.wanted[hour < 12, :, markets.index("shop")].any(), "hours are of one market"


BUSY = PLAIN.replace("mean = 12", "mean = 110")
LATE = """
[[surprise.video]]
name = "late"
starts_on = 2026-04-20
per_day = 0.5
orders = 3_000
fades = { law = "exponential", mean_days = 3 }
"""
LATE_SALE = """
[[planned.promotion]]
name = "late sale"
on = 2026-04-20
days = 9
lift = 9
pulls_forward = 0.1
"""


@pytest.mark.parametrize("weight", ["", "[market.tiktok.listing]\nfalls_per_day = 0.1\nhalf_life_days = 5\n"])
@pytest.mark.parametrize("event", [LATE, LATE + "breeds = { share = 0.5, after_days = 2 }\n", LATE_SALE])
def test_an_event_moves_no_slot_before_it(event: str, weight: str, tmp_path: Path) -> None:
    plain, eventful = (usual(drawn(BUSY + weight + text, tmp_path, 1)) for text in ("", event))
    before = 50 * 24
    assert plain[:before].tobytes() == eventful[:before].tobytes()
    assert eventful[before:].sum() > 1.05 * plain[before:].sum()


def test_videos_move_no_unit_of_others(tmp_path: Path) -> None:
    plain, viral, breeding = (
        drawn(BUSY + text, tmp_path, 1).wanted
        for text in ("", LATE, LATE + "breeds = { share = 0.5, after_days = 2 }\n")
    )
    assert (plain <= viral).all() and (viral <= breeding).all() and viral.sum() < breeding.sum()


@pytest.mark.parametrize("days", [[130, 100], [130, 0], [100, 130]])
def test_a_day_is_spread_whatever_comes_after_it(days: list[int]) -> None:
    shares = np.array([0.5, 0.5] + [0.0] * 22)
    came = spread(np.array(days), shares, 24, Luck(1).stream(0, "slots")).reshape(-1, 24)
    assert came.sum(axis=1).tolist() == days and not came[:, 2:].any()
    alone = spread(np.array(days[:1]), shares, 24, Luck(1).stream(0, "slots"))
    assert came[0].tolist() == alone.tolist()


def test_orders_of_business_buyers_come_whole(tmp_path: Path) -> None:
    text = PLAIN.split("organic = ")[0] + "business = { orders_per_day = 0.3, units_per_order = 40 }\n"
    hourly = drawn(text, tmp_path, 1)
    assert hourly.orders is not None
    assert (hourly.wanted == 40 * hourly.orders).all() and hourly.orders.any()


def test_uniform_hours_are_all_alike() -> None:
    shares = livestream_shares(live(start_hour=20, hours=3), 24)
    assert shares[20:23] == pytest.approx(1 / 3) and shares.sum() == pytest.approx(1)


def test_a_livestream_rises_to_its_peak_and_falls() -> None:
    """A triangle of 4 hours: with its peak after 1, a quarter of its area comes before and three quarters after."""
    shares = livestream_shares(live(start_hour=10, hours=4, peak_hour=1.0), 24)
    assert shares[10:14] == pytest.approx([1 / 4, 5 / 12, 1 / 4, 1 / 12])
    assert livestream_shares(live(start_hour=10, hours=4, peak_hour=0.0), 24)[10:14] == pytest.approx(
        [7 / 16, 5 / 16, 3 / 16, 1 / 16]
    )
    assert livestream_shares(live(start_hour=10, hours=4, peak_hour=4.0), 24)[10:14] == pytest.approx(
        [1 / 16, 3 / 16, 5 / 16, 7 / 16]
    )


def test_a_tail_falls_to_nothing() -> None:
    shares = livestream_shares(live(start_hour=10, hours=2, tail_share=0.36, tail_hours=3), 24)
    assert shares[10:16] == pytest.approx([0.32, 0.32, 0.2, 0.12, 0.04, 0])


def test_what_would_pass_midnight_belongs_to_the_last_slot() -> None:
    assert livestream_shares(live(start_hour=23, hours=4), 24)[23] == 1
    assert livestream_shares(live(start_hour=20, hours=8), 6).tolist() == [0, 0, 0, 0, 0, 1]


@pytest.mark.parametrize(("slots", "expected"), [(24, [0, 0, 2 / 5, 3 / 5, 0]), (12, [0, 1])])
def test_a_quick_budget_is_spent_early_and_where_buyers_are(slots: int, expected: list[float]) -> None:
    ads = Ads(spend_per_day=1.0, per_thousand_views=1.0, ctr=0.1, cvr=0.1, spent_within_hours=4)
    shares = paced(ads, np.array([0.0, 0.0, 2.0, 3.0, 19.0] + [0.0] * 19), slots)
    assert shares[: len(expected)] == pytest.approx(expected) and shares.sum() == pytest.approx(1)


@pytest.mark.parametrize("slot_hours", [1, 6, 24])
def test_the_hours_in_which_money_is_spent_are_those_of_a_slot(slot_hours: int, tmp_path: Path) -> None:
    world = drawn(ALL_STREAMS, tmp_path, slot_hours)
    assert world.ads is not None
    tiktok = world.ads.hourly[:, world.network.markets.index("tiktok"), 0]
    assert tiktok == pytest.approx([0.0] * 12 + [1 / 6] * 6 + [0.0] * 6)
    assert world.ads.hourly.reshape(24 // slot_hours, slot_hours, *world.ads.hourly.shape[1:]).sum(
        axis=1
    ) == pytest.approx(world.ads.paced)


BY_EVENING = [0.5] * 18 + [2.5] * 6
ONE_ADVERTISED = (
    PLAIN.replace('channel = "social"\n', f'channel = "social"\nhours = {BY_EVENING}\n')
    + """
[market.tiktok.demand.LAMP]
organic = { law = "poisson", mean = 4 }
ads = { spend_per_day = 160, per_thousand_views = 10, ctr = 0.05, cvr = 0.05, most = 3, spent_within_hours = WITHIN }
[[surprise.balance_outage]]
name = "every other week"
per_year = 26
from_hour = FROM
hours = LENGTH
"""
)
"""One SKU of two with ads, whose balance runs empty again and again, in the history too."""


@pytest.mark.parametrize("within", [6, 18, 24])
@pytest.mark.parametrize(("from_hour", "length"), [(0, 6), (3.5, 7.25), (12, 12), (20, 30)])
def test_a_stop_takes_the_same_money_and_units_by_the_day_and_by_the_hour(
    within: int, from_hour: float, length: float, tmp_path: Path
) -> None:
    text = ONE_ADVERTISED.replace("WITHIN", str(within)).replace("FROM", str(from_hour)).replace("LENGTH", str(length))
    free = text.split("[[surprise")[0]
    daily, *shorter = (drawn(text, tmp_path, slot_hours, levers=True) for slot_hours in (24, 6, 1))
    whole = drawn(free, tmp_path, levers=True)
    assert (money(daily) <= money(whole)).all() and (daily.past <= whole.past).all()
    for world in shorter:
        assert money(world) == pytest.approx(money(daily))
        assert world.past.tobytes() == daily.past.tobytes()
        assert [by_day(s.units).tobytes() for s in world.shaped] == [s.units.tobytes() for s in daily.shaped]


def money(world: World) -> NDArray[np.float64]:
    """Money that the account can spend as planned, [day, run, market, sku]."""
    assert world.ads is not None
    assert ((world.ads.running >= 0) & (world.ads.running <= 1)).all()
    running = world.ads.running.reshape(200, -1, *world.ads.running.shape[1:])
    shares = (running * world.ads.paced[:, None]).sum(axis=1)
    return np.asarray(shares * world.ads.planned[:, None])


@pytest.mark.parametrize("slot_hours", [1, 24])
def test_a_stop_after_the_budget_is_spent_costs_nothing_and_one_before_all(slot_hours: int, tmp_path: Path) -> None:
    """Everything is spent by 6 h: an outage of 18 h from then on takes nothing, one of 6 h from midnight the day."""
    outage = '[[surprise.balance_outage]]\nname = "empty"\non = 2026-03-21\nfrom_hour = FROM\nhours = LENGTH\n'
    text = ONE_ADVERTISED.split("[[surprise")[0].replace("WITHIN", "6")
    text = text.replace("days = 200", f"days = 60\nslot_hours = {slot_hours}", 1)
    spent, brought = [], []
    later, before = (
        outage.replace("FROM", begin).replace("LENGTH", hours) for begin, hours in (("6", "18"), ("0", "6"))
    )
    for stop in ("", later, before):
        (found,) = played(scenario_of(text + stop, tmp_path), "never", runs=1)
        assert found.series is not None
        spent.append(found.series.ad_spend.reshape(60, -1).sum(axis=1))
        brought.append(found.series.streams["ads"])
    assert spent[0] == pytest.approx(160)
    assert spent[1].tobytes() == spent[0].tobytes() and brought[1].tobytes() == brought[0].tobytes()
    assert np.flatnonzero(spent[2] < spent[0]).tolist() == [20] and spent[2][20] == 0
    assert not brought[2][20].any() and np.delete(brought[2], 20, 0).tobytes() == np.delete(brought[0], 20, 0).tobytes()


@pytest.mark.parametrize(
    ("start", "hours", "expected"),
    [(16, 3, (0.5 + 0.5 + 2.5, 0)), (22.5, 4, (1.5 * 2.5, 2.5 * 0.5)), (0, 24, (24, 0)), (23.5, 24, (1.25, 22.75))],
)
def test_a_show_is_as_long_as_the_hours_it_runs_are_busy(
    start: float, hours: float, expected: tuple[float, float]
) -> None:
    market = Market(served_by=("here",), hours=tuple([0.5] * 18 + [2.5] * 6))
    assert hours_live(live(start_hour=start, hours=hours), market) == pytest.approx(expected)
    flat = hours_live(live(start_hour=start, hours=hours), Market(served_by=("here",)))
    assert flat == pytest.approx((min(hours, 24 - start), max(hours + start - 24, 0)))


def test_a_show_past_midnight_of_the_last_day_is_what_it_is_in_a_longer_world(tmp_path: Path) -> None:
    text = PLAIN.replace("weekday = [1, 1, 1, 1, 1, 1, 1]", "weekday = [0, 2, 0, 2, 0, 2, 1]") + (
        '[[planned.livestream]]\nname = "live"\nfirst_on = 2026-03-03\nevery_days = 1\nlift = 30\nstart_hour = 23\nhours = 9\n'
    )
    longer = drawn(text.replace("days = 200", "days = 203", 1), tmp_path)
    assert drawn(text, tmp_path).wanted.tobytes() == longer.wanted[:200].tobytes()


def live(**changes: float) -> Livestream:
    said = {"name": "live", "first_on": "2026-03-03", "orders": 1.0} | changes
    return Livestream.model_validate(said, strict=False)
