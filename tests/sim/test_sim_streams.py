"""Every stream and what shapes it: switched off it leaves the world to the byte, switched on it moves what it says."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from scenarios.schema import Fixed, Lognormal, Organic
from sim.world.demand.organic import day_means
from sim.world.demand.shows import law_of
from sim.world.demand.stops import running_shares
from sim.world.network import Network
from sim.world.sample import ShapedStream, World, sample_world
from tests.sim.test_sim_hours import ALL_STREAMS
from tests.worlds import PLAIN, scenario_of

RUNS = range(8)
ADS = "ads = { spend_per_day = 50, per_thousand_views = 10, ctr = 0.05, cvr = 0.05 }\n"
VIDEO = """
[[surprise.video]]
name = "viral"
skus = ["LAMP"]
per_day = 0.1
orders = { law = "lognormal", mean = 100, cv = 1 }
fades = { law = "exponential", mean_days = 3 }
"""
SALE = """
[[planned.promotion]]
name = "sale"
on = 2026-04-10
days = 4
lift = 3
"""
POST = """
[[planned.influencer]]
name = "post"
on = 2026-04-10
orders = 500
fades = { law = "exponential", mean_days = 2 }
"""
GROUPS = PLAIN.replace('id = "LAMP"', 'id = "LAMP"\ngroup = "light"').replace(
    'id = "BULB"', 'id = "BULB"\ngroup = "light"'
)


def drawn(folder: Path, text: str, levers: bool = False) -> World:
    return sample_world(Network.of(scenario_of(text, folder)), RUNS, RUNS, levers)


def same(one: World, other: World) -> bool:
    return one.wanted.tobytes() == other.wanted.tobytes() and one.past.tobytes() == other.past.tobytes()


def stream(world: World, name: str) -> ShapedStream:
    return next(shaped for shaped in world.shaped if shaped.name == name)


def of_sku(world: World, units: NDArray[np.int64], sku: str) -> NDArray[np.int64]:
    """Units of one SKU, [slot, run, market]."""
    return units[..., world.network.skus.index(sku)]


def more(folder: Path, off: str, on: str) -> NDArray[np.int64]:
    """What `on` wants more than `off`, [slot, run, market, sku]."""
    return drawn(folder, on).wanted - drawn(folder, off).wanted


SILENT = [
    ("a trend of 0", PLAIN, PLAIN.replace("dispersion = 1.4", "dispersion = 1.4, trend_per_year = 0.0")),
    ("the north", PLAIN, PLAIN.replace('channel = "social"', 'channel = "social"\nhemisphere = "north"')),
    ("a show of scale 0", PLAIN, PLAIN + POST + "scale = 0\n"),
    ("a lift of 1", PLAIN, PLAIN + '[[planned.livestream]]\nname = "live"\nfirst_on = 2026-03-03\nlift = 1\n'),
    ("no business orders", PLAIN, PLAIN + "business = { orders_per_day = 0, units_per_order = 9 }\n"),
    ("nothing pulled forward", PLAIN + SALE, PLAIN + SALE + "pulls_forward = 0\n"),
    ("no children", PLAIN + VIDEO, PLAIN + VIDEO + "breeds = { share = 0, after_days = 2 }\n"),
    ("nothing spilt", GROUPS + VIDEO, GROUPS + VIDEO + "spills = 0\n"),
    ("equal hours", PLAIN, PLAIN.replace('channel = "social"', f'channel = "social"\nhours = {[1.0] * 24}')),
    ("a markdown nobody calls", PLAIN, PLAIN + "[market.tiktok.clearance]\ndiscount = 0.2\nlift = 3\n"),
    ("an occasion for a date", PLAIN + SALE.replace("04-10\ndays = 4", "06-01\ndays = 18"),
     PLAIN + SALE.replace("on = 2026-04-10\ndays = 4", 'occasion = "mid-year-618"')),
]  # fmt: skip


@pytest.mark.parametrize(("off", "on"), [case[1:] for case in SILENT], ids=[case[0] for case in SILENT])
def test_what_is_switched_off_leaves_the_world_to_the_byte(tmp_path: Path, off: str, on: str) -> None:
    assert same(drawn(tmp_path, off), drawn(tmp_path, on))


def test_a_trend_grows_from_the_first_day_played_on() -> None:
    organic = Organic(law="poisson", mean=10.0, trend_per_year=0.2)
    means = np.asarray(day_means(organic, date(2026, 1, 1), 801, past=70))
    assert (means[:71] == 10).all()
    assert means[[70 + 365, 70 + 730]] == pytest.approx([12, 14.4])


def test_the_south_reads_its_seasons_half_a_year_later() -> None:
    organic = Organic(law="poisson", mean=1.0, season=tuple(float(month) for month in range(12)))
    means = day_means(organic, date(2026, 1, 1), 365, south=True)
    assert np.asarray(means)[[0, 31, 180, 181, 364]].tolist() == [6, 7, 11, 0, 5]


def test_a_trend_and_the_south_reach_the_world(tmp_path: Path) -> None:
    season = f"dispersion = 1.4, season = {[float(month) for month in range(12)]}"
    seasonal = PLAIN.replace("dispersion = 1.4", season)
    growing = PLAIN.replace("dispersion = 1.4", "dispersion = 1.4, trend_per_year = 1.0")
    assert more(tmp_path, PLAIN, growing)[150:].mean() == pytest.approx(12 * (2 ** (175 / 365) - 1), rel=0.1)
    south = seasonal.replace('channel = "social"', 'channel = "social"\nhemisphere = "south"')
    march = slice(0, 31)
    assert drawn(tmp_path, south).wanted[march].mean() == pytest.approx(12 * 8, rel=0.05)
    assert drawn(tmp_path, seasonal).wanted[march].mean() == pytest.approx(12 * 2, rel=0.05)


def test_ads_buy_what_their_formula_says(tmp_path: Path) -> None:
    """50 / 10 x 1000 views x 5 % x 5 % = 12.5 units a day; twice that on top where the spend can be tripled."""
    text = PLAIN + ADS.replace("cvr = 0.05", "cvr = 0.05, most = 3, ctr_cv = 0, cvr_cv = 0")
    world = drawn(tmp_path, text, levers=True)
    planned, raised = world.shaped
    assert (planned.name, planned.kind, planned.usual) == ("ads", "ads", True)
    assert (raised.name, raised.kind, raised.usual) == ("ads", "raised-ads", False)
    for ads, mean in ((planned, 12.5), (raised, 25)):
        assert ads.units.mean() == pytest.approx(mean, abs=5 * np.sqrt(mean / ads.units.size))
    assert world.past.mean() == pytest.approx(12 + 12.5, rel=0.03), "the past had ads at their planned spend"
    assert world.streams["ads"].mean() == pytest.approx(12.5, rel=0.03)
    assert world.ads is not None
    assert (world.ads.planned == 50).all() and (world.ads.paced == 1).all() and (world.ads.running == 1).all()
    assert (world.ads.ctr == 0.05).all() and (world.ads.cvr == 0.05).all() and (world.ads.most == 3).all()


@pytest.mark.parametrize("levers", [False, True])
def test_how_far_spend_could_be_raised_moves_nothing_until_it_is(levers: bool, tmp_path: Path) -> None:
    least, most = (
        drawn(tmp_path, PLAIN + ADS.replace("cvr = 0.05", f"cvr = 0.05, most = {most}"), levers) for most in (1, 25)
    )
    assert same(least, most) and least.streams["ads"].tobytes() == most.streams["ads"].tobytes()
    assert [s.units.tobytes() for s in least.shaped] == [s.units.tobytes() for s in most.shaped if s.usual]
    assert [s.kind for s in least.shaped] == ["ads"]
    assert [s.kind for s in most.shaped] == ["ads", "raised-ads"][: 1 + levers]


def test_ads_move_nothing_else(tmp_path: Path) -> None:
    plain, advertised = drawn(tmp_path, PLAIN + SALE), drawn(tmp_path, PLAIN + ADS + SALE)
    assert plain.wanted.tobytes() == advertised.wanted.tobytes() and plain.ads is None
    assert [shaped.name for shaped in advertised.shaped] == ["ads"]


def test_pushes_multiply_the_plan_and_quality_the_conversion(tmp_path: Path) -> None:
    push = (
        "cvr = 0.05, pushes = [{ on = 2026-03-11, days = 20, factor = 0 }, { on = 2026-04-01, days = 9, factor = 3 }]"
    )
    world = drawn(tmp_path, PLAIN + ADS.replace("cvr = 0.05", push))
    assert world.ads is not None
    assert world.ads.planned[[9, 10, 29, 30, 31, 40], 0, 0].tolist() == [50, 0, 0, 50, 150, 50]
    units = stream(world, "ads").units
    assert not units[10:30].any() and units[31:40].mean() > 2 * units[41:].mean()
    better = drawn(tmp_path, PLAIN + ADS + "[market.tiktok.ad_account]\nquality = 1.6\n").ads
    plain = drawn(tmp_path, PLAIN + ADS).ads
    assert better is not None and plain is not None
    assert better.cvr == pytest.approx(1.6 * plain.cvr) and better.ctr.tobytes() == plain.ctr.tobytes()


def test_a_suspension_stops_all_ads_of_its_market_and_nothing_else(tmp_path: Path) -> None:
    stop = '[[surprise.suspension]]\nname = "ban"\non = 2026-03-11\nappeal_days = 7.5\n'
    free, banned = drawn(tmp_path, PLAIN + ADS), drawn(tmp_path, PLAIN + ADS + stop)
    assert same(free, banned) and banned.ads is not None
    assert banned.ads.running[9:19, 0, 0, 0].tolist() == [1, 0, 0, 0, 0, 0, 0, 0, 0.5, 1]
    one, two = stream(free, "ads").units, stream(banned, "ads").units
    assert not two[10:17].any()
    assert 0.4 < two[17].sum() / one[17].sum() < 0.6
    assert np.delete(one, range(10, 18), axis=0).tobytes() == np.delete(two, range(10, 18), axis=0).tobytes()


def test_random_suspensions_come_as_often_as_stated_and_spare_good_accounts(tmp_path: Path) -> None:
    stop = '[[surprise.suspension]]\nname = "ban"\nper_year = RATE\nappeal_days = 2\n'
    shares = {}
    for quality, rate in ((1, 0), (1, 12), (4, 12)):
        account = f"[market.tiktok.ad_account]\nquality = {quality}\n"
        text = PLAIN.replace("days = 200", "days = 3_650", 1) + ADS + account + stop.replace("RATE", str(rate))
        traffic = drawn(tmp_path, text).ads
        assert traffic is not None
        shares[quality, rate] = 1 - traffic.running.mean()
    assert shares[1, 0] == 0
    assert shares[1, 12] == pytest.approx(1 - np.exp(-24 / 365), rel=0.15), "stops that overlap count once"
    assert shares[4, 12] == pytest.approx(1 - np.exp(-6 / 365), rel=0.25)


def test_stops_that_overlap_count_once() -> None:
    stopped = np.array([[30.0, 36.0], [10.0, 20.0], [12.0, 14.0], [18.0, 30.0]])
    shares = running_shares(stopped, np.array([0.0, 12.0, 24.0, 48.0]))
    assert shares.tolist() == [10 / 12, 0, 0.5]


def test_business_orders_are_a_stream_of_their_own(tmp_path: Path) -> None:
    text = PLAIN + 'business = { orders_per_day = 0.2, units_per_order = { law = "uniform", low = 0, high = 9 } }\n'
    plain, world = drawn(tmp_path, PLAIN), drawn(tmp_path, text)
    assert (world.wanted - plain.wanted == world.streams["business"]).all()
    assert world.orders is not None
    orders = world.orders - plain.wanted
    assert orders.mean() == pytest.approx(0.2, rel=0.1)
    assert (world.streams["business"] >= orders).all(), "an order is at least one unit"
    assert world.streams["business"].sum() / orders.sum() == pytest.approx(5, rel=0.1), "rounded up"


def test_a_post_is_seen_from_its_day_on_and_fades(tmp_path: Path) -> None:
    extra = more(tmp_path, PLAIN, PLAIN + POST)
    assert not extra[:40].any()
    assert extra.sum(axis=0).mean() == pytest.approx(500, rel=0.03)
    assert extra[40].mean() == pytest.approx(500 * (1 - np.exp(-0.5)), rel=0.05)


def test_what_the_past_tells_of_a_show() -> None:
    law = law_of((40, 60, 110))
    assert isinstance(law, Lognormal)
    assert (law.mean, law.cv) == pytest.approx((70, np.sqrt(1300) / 70))
    assert law_of((50, 50)) == Fixed(law="fixed", value=50.0)


def test_a_livestream_sells_what_was_sold_before(tmp_path: Path) -> None:
    live = '[[planned.livestream]]\nname = "live"\nfirst_on = 2026-03-04\npast_units = [80, 100, 120]\n'
    extra = more(tmp_path, PLAIN, PLAIN + live)
    assert extra[3::7].mean() == pytest.approx(100, rel=0.05)
    extra[3::7] = 0
    assert not extra.any()


def test_videos_that_breed_only_add_to_those_that_do_not(tmp_path: Path) -> None:
    extra = more(tmp_path, PLAIN + VIDEO, PLAIN + VIDEO + "breeds = { share = 0.5, after_days = 2 }\n")
    assert (extra >= 0).all() and extra.mean() > 0.25 * 0.1 * 100


def test_videos_spill_to_siblings_alone(tmp_path: Path) -> None:
    world = drawn(tmp_path, GROUPS + VIDEO + "spills = 0.4\n")
    extra = world.wanted - drawn(tmp_path, GROUPS + VIDEO).wanted
    assert not of_sku(world, extra, "LAMP").any()
    ratio = of_sku(world, extra, "BULB").sum() / of_sku(world, world.streams["viral"], "LAMP").sum()
    assert ratio == pytest.approx(0.4, rel=0.1)
    alone = PLAIN.replace('id = "LAMP"', 'id = "LAMP"\ngroup = "light"')
    assert world.network.siblings(0) != () and Network.of(scenario_of(alone, tmp_path)).siblings(0) == ()


def test_a_promotion_pulls_forward_from_its_dip_and_from_nowhere_else(tmp_path: Path) -> None:
    """4 days at 3 times the demand add 8 days of it; a quarter of them is missing over the 5 days after."""
    plain, sale = drawn(tmp_path, PLAIN + SALE), drawn(tmp_path, PLAIN + SALE + "pulls_forward = 0.25\ndip_days = 5\n")
    missing = plain.streams["organic"] - sale.streams["organic"]
    dip = slice(44, 49)
    assert (missing >= 0).all() and missing[dip].sum() / plain.streams["organic"][dip].sum() == pytest.approx(
        0.4, abs=0.03
    )
    missing[dip] = 0
    assert not missing.any()
    assert plain.streams["sale"].tobytes() == sale.streams["sale"].tobytes()


def test_dips_that_overlap_multiply_in_any_order_of_the_file(tmp_path: Path) -> None:
    """Each sale leaves 0.6 of the demand of 5 days after it; the dip of the second begins 2 days later."""
    one = SALE + "pulls_forward = 0.25\ndip_days = 5\n"
    other = one.replace('"sale"', '"another"').replace("04-10", "04-12")
    plain, first, second = (drawn(tmp_path, PLAIN + text) for text in ("", one + other, other + one))
    assert same(first, second)
    left = first.streams["organic"].sum(axis=(1, 2, 3)) / plain.streams["organic"].sum(axis=(1, 2, 3))
    assert left[44:51].tolist() == pytest.approx([0.6, 0.6, 0.36, 0.36, 0.36, 0.6, 0.6], abs=0.05)


def test_a_dip_may_begin_before_the_first_day(tmp_path: Path) -> None:
    text = PLAIN.replace("history_days = 60", "history_days = 0") + SALE.replace("04-10", "02-25")
    extra = more(tmp_path, text, text + "pulls_forward = 0.5\ndip_days = 10\n")
    assert (extra <= 0).all() and extra[:10].any() and not extra[10:].any()


def test_observed_orders_dip_with_their_units(tmp_path: Path) -> None:
    days = [f"2026-{month:02}-{day:02}" for month in (3, 4, 5) for day in range(1, 31)]
    (tmp_path / "demand.csv").write_text("date,sku,units,orders\n" + "".join(f"{day},LAMP,60,20\n" for day in days))
    text = PLAIN.split("[market.tiktok]")[0].replace("days = 200", "days = 80", 1).replace("days = 60", "days = 0")
    text += '[market.shop]\nserved_by = ["los-angeles"]\nhistory = { file = "demand.csv" }\n' + SALE
    world = drawn(tmp_path, text + "pulls_forward = 0.25\ndip_days = 5\n")
    lamp = world.network.skus.index("LAMP")
    assert world.orders is not None
    assert set(world.wanted[44:49, :, 0, lamp].ravel()) == {36} and set(world.orders[44:49, :, 0, lamp].ravel()) == {12}


@pytest.mark.parametrize("rule", ["listing]\nfalls_per_day = 0.1\nhalf_life_days = 5\n", "limits]\nwindow_days = 30\n"])
def test_a_weight_sets_everyday_demand_apart_and_changes_none_of_it(rule: str, tmp_path: Path) -> None:
    patient = PLAIN.replace('channel = "social"', 'channel = "social"\nwaits = 0.5')
    plain, weighted = (
        drawn(tmp_path, patient + SALE + VIDEO),
        drawn(tmp_path, patient + f"[market.tiktok.{rule}" + SALE + VIDEO),
    )
    assert {shaped.name: shaped.kind for shaped in weighted.shaped} == {"organic": "organic", "sale": "promotion"}
    assert (weighted.wanted + sum(shaped.units for shaped in weighted.shaped) == plain.wanted).all()
    assert plain.shaped == () and weighted.past.tobytes() == plain.past.tobytes()


def test_a_markdown_brings_what_its_lift_says(tmp_path: Path) -> None:
    world = drawn(tmp_path, PLAIN + "[market.tiktok.clearance]\ndiscount = 0.2\nlift = 3\n", levers=True)
    clearance = stream(world, "clearance")
    assert not clearance.usual and "clearance" not in world.streams
    assert clearance.units.mean() == pytest.approx(2 * 12, rel=0.02)


def test_no_stream_depends_on_its_batch(tmp_path: Path) -> None:
    network = Network.of(scenario_of(ALL_STREAMS, tmp_path))
    one, all_four = sample_world(network, [3], levers=True), sample_world(network, range(4), levers=True)
    assert one.wanted[:, 0].tobytes() == all_four.wanted[:, 3].tobytes()
    assert one.ads is not None and all_four.ads is not None
    assert one.ads.ctr[:, 0].tobytes() == all_four.ads.ctr[:, 3].tobytes()
    for alone, batched in zip(one.shaped, all_four.shaped, strict=True):
        assert alone.name == batched.name
        assert alone.units[:, 0].tobytes() == batched.units[:, 3].tobytes()
        assert alone.keys[0].tobytes() == batched.keys[3].tobytes()
