"""The shocks of demand act the right way: from their day on, on what they name, and with the luck there was."""

import itertools
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from reports.record import Record, Series
from scenarios.calendar import chinese_new_year
from scenarios.faults import ScenarioError
from scenarios.reader import read_scenario
from scenarios.schema import Scenario, Slump
from tests.worlds import PLAIN, TWO_PLACES, played, same_series, same_totals, scenario_of

RULE = "base-stock:cover_days=60"
SLUMP = '\n[[surprise.slump]]\nname = "quiet weeks"\non = 2026-03-21\ndays = 30\nmissing = {missing}\n'
MANY = (
    PLAIN
    + """
[[planned.livestream]]
name = "show"
first_on = 2026-03-05
days_of_pace = 2
[[planned.promotion]]
name = "sale"
on = 2026-04-10
days = 4
lift = 3
[[surprise.video]]
name = "video"
per_day = 0.05
days_of_pace = 4
fades = { law = "exponential", mean_days = 5 }
[market.tiktok.demand.LAMP]
organic = { law = "poisson", mean = 12 }
ads = { spend_per_day = 100, per_thousand_views = 10, ctr = 0.02, cvr = 0.03 }
business = { orders_per_day = 0.5, units_per_order = { law = "uniform", low = 5, high = 20 } }
"""
)
"""Every kind of stream; business orders come whole."""


def series(record: Record) -> Series:
    assert record.series is not None
    return record.series


def slumped(text: str, folder: Path, missing: float, **how: object) -> tuple[Record, Record]:
    """A world without a slump of March and April, and with it."""
    worlds = (scenario_of(text + more, folder) for more in ("", SLUMP.format(missing=missing)))
    (before,), (after,) = (played(world, RULE, **how) for world in worlds)  # type: ignore[arg-type]
    return before, after


def days_of(world: Scenario, on: date, days: int) -> slice:
    first = (on - world.start).days + world.warm_up_days
    return slice(first, first + days)


@pytest.mark.parametrize("text", [PLAIN, MANY, TWO_PLACES], ids=["plain", "many", "two places"])
@pytest.mark.parametrize("hours", [24, 6])
def test_a_slump_thins_its_days_and_no_others(text: str, hours: int, tmp_path: Path) -> None:
    text = text.replace("days = 200\n", f"days = 90\nslot_hours = {hours}\n")
    before, after = slumped(text, tmp_path, 0.4)
    one, two = series(before).wanted, series(after).wanted
    days = slice(20 * 24 // hours, 50 * 24 // hours)
    outside = np.ones(len(one), bool)
    outside[days] = False
    assert (one[outside] == two[outside]).all()
    assert (two[days] <= one[days]).all()
    assert two[days].sum() / one[days].sum() == pytest.approx(0.6, abs=0.03)


@pytest.mark.parametrize("hours", [24, 6])
def test_streams_still_add_up_in_a_slump(hours: int, tmp_path: Path) -> None:
    text = MANY.replace("days = 200\n", f"days = 90\nslot_hours = {hours}\n")
    (_, after) = slumped(text, tmp_path, 0.4)
    kept = series(after)
    wanted = kept.wanted.reshape(90, -1, *kept.wanted.shape[1:]).sum(axis=1)
    assert (sum(kept.streams.values()) == wanted).all()
    assert {"organic", "ads", "business", "show", "sale", "video"} <= set(kept.streams)


def test_a_deeper_slump_never_leaves_more(tmp_path: Path) -> None:
    text = MANY.replace("days = 200\n", "days = 90\n")
    wanted = [series(slumped(text, tmp_path, missing)[1]).wanted for missing in (0.2, 0.5, 0.8, 1.0)]
    for milder, deeper in itertools.pairwise(wanted):
        assert (deeper <= milder).all()
    assert not wanted[-1][20:50].any()


def test_business_orders_stay_whole_in_a_slump(tmp_path: Path) -> None:
    text = MANY.replace("days = 200\n", "days = 90\n").replace("low = 5, high = 20", "low = 10, high = 10")
    (_, after) = slumped(text, tmp_path, 0.5)
    assert (series(after).streams["business"] % 10 == 0).all()
    assert (after.orders <= after.wanted).all()


def test_a_slump_that_keeps_nobody_away_moves_no_luck(tmp_path: Path) -> None:
    before, after = slumped(MANY.replace("days = 200\n", "days = 90\n"), tmp_path, 0.0)
    assert same_series(before, after)
    assert same_totals(before, after)


def test_a_slump_names_markets_and_skus(tmp_path: Path) -> None:
    world = scenario_of(PLAIN, tmp_path)
    slump = Slump(name="s", on=world.start, days=200, missing=1.0, skus=("BULB",))
    (record,) = played(
        world.model_copy(update={"surprise": world.surprise.model_copy(update={"slump": (slump,)})}), RULE, runs=1
    )
    bulb, lamp = record.wanted.sum(axis=(0, 1))
    assert bulb == 0 < lamp


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("on = 2026-02-28", "surprise.slump[0].on: 2026-02-28 is outside this world; allowed: from 2026-03-01"),
        ("on = 2026-09-17", "2026-09-17 is outside this world"),
        ("missing = 1.2", "surprise.slump[0].missing: 1.2 is out of range"),
        ('markets = ["mars"]', "no market 'mars'"),
    ],
)
def test_a_slump_that_makes_no_sense_is_refused(line: str, says: str, tmp_path: Path) -> None:
    lines = {"on": "on = 2026-03-21", "days": "days = 9", "missing": "missing = 0.5", line.split(" ")[0]: line}
    text = PLAIN + '\n[[surprise.slump]]\nname = "s"\n' + "\n".join(lines.values())
    with pytest.raises(Exception, match=says.replace("[", r"\[").replace("]", r"\]")):
        scenario_of(text, tmp_path)


def test_a_ban_stops_ads_for_its_days_and_nothing_else() -> None:
    quiet = read_scenario("account-ban-in-peak-twin")
    banned = read_scenario("account-ban-in-peak-twin", ["account-ban:from=2026-11-24"])
    (before,), (after,) = (played(world, RULE, runs=2) for world in (quiet, banned))
    one, two = series(before).streams, series(after).streams
    days = days_of(quiet, date(2026, 11, 24), 7)
    assert one["ads"][days].any()
    assert not two["ads"][days].any()
    for name in one:
        kept = np.delete(one[name], np.r_[days], axis=0) if name == "ads" else one[name]
        assert (kept == (np.delete(two[name], np.r_[days], axis=0) if name == "ads" else two[name])).all(), name


def test_a_ban_is_what_the_world_of_that_name_tells() -> None:
    """A18: stock bought for the peak is left over, and holding it costs more, than with the same seed without it."""
    twin = read_scenario("account-ban-in-peak-twin")
    banned = read_scenario("account-ban-in-peak-twin", ["account-ban:from=2026-11-24"])
    (before,), (after,), (told,) = (
        played(world, "base-plus-burst", runs=3) for world in (twin, banned, read_scenario("account-ban-in-peak"))
    )
    assert same_series(after, told)
    assert same_totals(after, told)
    assert after.closing.sum() > before.closing.sum()
    assert after.money["rent"].sum() > before.money["rent"].sum()


def test_a_hit_lifts_the_day_of_every_sku_about_tenfold_and_only_adds() -> None:
    quiet = read_scenario("black-friday")
    (before,), (after,) = (
        played(world, RULE, runs=20) for world in (quiet, read_scenario("black-friday", ["viral-x10:from=2026-08-01"]))
    )
    one, two = series(before).wanted, series(after).wanted
    first = days_of(quiet, date(2026, 8, 1), 1).start
    assert (one[:first] == two[:first]).all()
    assert (two >= one).all()
    (market,) = quiet.market.values()
    pace = [market.demand[sku].organic.mean for sku in sorted(market.demand)]  # type: ignore[union-attr]
    added = (two[first] - one[first]).mean(axis=0)[0] / pace
    assert added.mean() == pytest.approx(9, rel=0.1)
    assert added.min() > 6


def test_certain_videos_need_a_day_and_leave_the_others_their_luck(tmp_path: Path) -> None:
    video = '\n[[surprise.video]]\nname = "v"\nper_day = 0.1\ndays_of_pace = 3\n{line}\n'
    fades = 'fades = { law = "exponential", mean_days = 2 }'
    with pytest.raises(ScenarioError, match=r"certain: without a day on which they come; allowed: starts_on = a date"):
        scenario_of(PLAIN + video.format(line=f"certain = 1\n{fades}"), tmp_path)
    wanted = []
    for line in ("", "certain = 2\n"):
        world = scenario_of(PLAIN + video.format(line=f"starts_on = 2026-04-01\n{line}{fades}"), tmp_path)
        wanted.append(series(played(world, RULE)[0]).streams["v"])
    assert (wanted[1][31:60].sum(axis=0) > wanted[0][31:60].sum(axis=0)).all()


def test_factories_shut_early_make_later() -> None:
    world = read_scenario("spring-festival")
    assert any(part.closures for part in world.supplier.values())
    early = read_scenario("spring-festival", ["early-spring-festival"])
    (before,), (after,) = (played(one, RULE, runs=2) for one in (world, early))
    shut = early.surprise.disruption[-1]
    first = days_of(world, shut.on, 1).start
    ready = [[one.ready for one in series(record).shipments if one.ordered < first] for record in (before, after)]
    assert len(ready[0]) == len(ready[1])
    assert all(late >= soon for soon, late in zip(sorted(ready[0]), sorted(ready[1]), strict=True))
    assert sum(ready[1]) > sum(ready[0])
    closed = range(first, first + shut.days)
    assert not any(int(one.ready) in closed[1:] for one in series(after).shipments)
    assert shut.on + timedelta(days=22) == chinese_new_year(shut.on.year)
