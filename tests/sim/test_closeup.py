"""The second pass: what is condensed from kept replications equals their records, however they were batched."""

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest

from reports.closeup.closeup import CHOSEN, Closeup, arrays, facts, joined, kept
from reports.record import Record, Setting
from reports.scores import all_scores
from scenarios.schema import Scenario
from sim import closeup as second_pass
from sim.closeup import look_closer, tell_futures
from sim.tournament import Entry, play_rows, setting
from tests.sim.test_explaining import DAILY, STEADY
from tests.worlds import PLAIN, QUEUES, TWO_PLACES, scenario_of

ENTRY: Entry = ("reorder-point:safety_days=0", "none", "preference")
WARM = "history_days = 60", "warm_up_days = 60"
HOURLY = "seed = 7", "seed = 7\nslot_hours = 6"


def world(text: str, folder: Path) -> tuple[Scenario, Setting]:
    scenario = scenario_of(text, folder)
    return scenario, setting(scenario, "world")


def record_of(scenario: Scenario, runs: int, entry: Entry = ENTRY) -> Record:
    (record,) = play_rows(scenario, [entry], runs, keep=range(runs))
    return record


def same(first: Closeup, second: Closeup) -> bool:
    one, two = arrays(first), arrays(second)
    return list(one) == list(two) and all(one[name].tobytes() == two[name].tobytes() for name in one)


def many_skus(count: int) -> str:
    """A world of so many SKUs, the later the dearer, and a short season."""
    skus = "".join(
        f'[[sku]]\nid = "S{i:04}"\nunit_cost = 1\nprice = {10 + i}\nvolume_m3 = 0.001\nweight_kg = 0.1\n'
        for i in range(count)
    )
    head, rest = PLAIN.split("[[sku]]")[0], PLAIN[PLAIN.index("[supplier.") :]
    return f"{head}{skus}{rest}".replace("days = 200", "days = 40").replace("history_days = 60", "history_days = 30")


@pytest.mark.parametrize(
    "text",
    [PLAIN, TWO_PLACES, PLAIN.replace(*WARM), QUEUES.replace(*HOURLY)],
    ids=["plain", "two places", "warm", "slots"],
)
def test_the_parts_add_up_to_the_scores_of_the_same_replications(text: str, tmp_path: Path) -> None:
    scenario, facts_of = world(text, tmp_path)
    look, record = look_closer(scenario, facts_of, ENTRY, range(3)), record_of(scenario, 3)
    heat, scores = look.heat, all_scores(record, facts_of)
    assert heat.wanted.sum(axis=1).tolist() == record.wanted.sum(axis=1).tolist()
    assert heat.short.sum(axis=1).tolist() == (record.wanted - record.served).sum(axis=1).tolist()
    assert heat.short.any()
    # In these worlds an order is one unit: the share of units short is the rate of stockouts.
    assert heat.short.sum(axis=(1, 2)) / heat.wanted.sum(axis=(1, 2)) == pytest.approx(
        scores["stockout_rate"], rel=1e-12
    )
    assert look.skus.short.sum(axis=1).tolist() == heat.short.sum(axis=1).tolist()
    assert look.skus.wanted.sum(axis=1).tolist() == heat.wanted.sum(axis=1).tolist()
    assert look.skus.received.sum(axis=1).tolist() == record.received.sum(axis=1).tolist()
    assert look.skus.on_hand[:, -1].tolist() == record.closing.sum(axis=1).tolist()
    assert look.orders.units.sum(axis=1).tolist() == record.ordered.tolist()


def test_a_week_is_seven_days_and_the_last_may_be_cut_off(tmp_path: Path) -> None:
    scenario, facts_of = world(TWO_PLACES, tmp_path)
    look, series = look_closer(scenario, facts_of, ENTRY, range(2)), record_of(scenario, 2).series
    assert series is not None
    for week in (0, 5, 28):
        days = slice(7 * week, 7 * week + 7)
        assert look.heat.wanted[:, week].tolist() == series.wanted[days].sum(axis=(0, 2)).tolist()
        assert look.orders.units[:, week].tolist() == series.ordered[days].sum(axis=0).tolist()
    assert look.heat.wanted.shape == (2, 29, 2)


def test_now_is_what_the_policy_saw_and_did_at_its_first_scored_review(tmp_path: Path) -> None:
    scenario, facts_of = world(TWO_PLACES.replace(*WARM).replace("days = 200", "days = 100"), tmp_path)
    now, series = look_closer(scenario, facts_of, ENTRY, range(3)).now, record_of(scenario, 3).series
    assert series is not None
    # Reviews are on days 0, 7, ... of those played: the first after 60 days of warm-up is day 63.
    assert now.day.tolist() == [3, 3, 3]
    assert now.on_hand.tolist() == series.on_hand[63].tolist()
    assert now.ordered.tolist() == series.ordered[63].tolist()
    assert now.why["reorder_point"].tolist() == series.why["reorder_point"][63].tolist()
    homes = facts_of.home
    for place in range(2):
        backlog = sum(series.backlog[63, :, m] for m in range(3) if homes[m] == place)
        before = series.on_order[63, :, place] - series.ordered[63, :, place]
        assert now.position[:, place].tolist() == (series.on_hand[63, :, place] + before - backlog).tolist()
    # The rule orders what has fallen to its reorder point, so the position must be the one it saw.
    due = (now.position <= now.why["reorder_point"]) & (now.why["reorder_point"] > 0)
    assert ((now.ordered > 0) == due).all()
    assert due.any()
    assert not due.all()
    later = series.ordered[64:] > 0
    for run, place, sku in np.ndindex(3, 2, 2):
        days = np.flatnonzero(later[:, run, place, sku])
        assert now.next_order[run, place, sku] == (days[0] + 4 if len(days) else np.inf)


def test_what_is_owed_is_not_in_the_position(tmp_path: Path) -> None:
    """Twenty are wanted on the first day and five are there; those who find none wait."""
    text = STEADY.replace("units = 1000", "units = 5").replace("[market.shop]", "[market.shop]\nwaits = 1")
    now = look_closer(*world(text, tmp_path), (DAILY, "none", "preference"), range(1)).now
    assert (now.day.tolist(), now.on_hand.tolist(), now.position.tolist()) == ([0], [[[0]]], [[[-15]]])


def test_without_reasons_now_is_the_first_scored_day(tmp_path: Path) -> None:
    scenario, facts_of = world(PLAIN.replace(*WARM), tmp_path)
    now = look_closer(scenario, facts_of, ("never", "none", "preference"), range(2)).now
    assert now.day.tolist() == [0, 0]
    assert now.why == {}
    assert np.isinf(now.next_order).all()


def test_what_is_ordered_now_goes_down_its_lane(tmp_path: Path) -> None:
    scenario, facts_of = world(PLAIN.replace("opening = { cover_days = 50 }", "opening = { cover_days = 5 }"), tmp_path)
    for lane in ("sea", "air"):
        now = look_closer(
            scenario, facts_of, (f"reorder-point:safety_days=0,lane={lane}", "none", "preference"), range(2)
        ).now
        assert now.ordered.all()
        assert now.by_lane[:, facts_of.lanes.index(lane)].tolist() == now.ordered[:, 0].tolist()
        assert now.by_lane.sum() == now.ordered.sum()


def test_orders_arrive_when_their_shipments_are_shelved(tmp_path: Path) -> None:
    scenario, facts_of = world(PLAIN.replace(*WARM), tmp_path)
    orders, record = look_closer(scenario, facts_of, ENTRY, range(2)).orders, record_of(scenario, 2)
    assert record.series is not None
    placed = orders.units.sum(axis=3) > 0
    assert (np.isnan(orders.arrives) == ~placed).all()
    for run in range(2):
        first = next(one for one in record.series.shipments if one.run == run and one.ordered > 60)
        week = (int(first.ordered) - 1 - 60) // 7
        same_week = [o for o in record.series.shipments if o.run == run and (int(o.ordered) - 1 - 60) // 7 == week]
        assert len(same_week) == 1
        assert orders.arrives[run, week, 0] == pytest.approx(first.shelved - 60)
    assert np.isinf(orders.arrives).any()  # the last ones do not come before the season ends


@pytest.mark.parametrize("text", [PLAIN, TWO_PLACES.replace(*WARM)], ids=["plain", "two places"])
def test_batches_and_workers_change_nothing(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario, facts_of = world(text.replace("days = 200", "days = 60"), tmp_path)
    entry: Entry = ("reorder-point", "alerts", "preference")
    whole = look_closer(scenario, facts_of, entry, range(5))
    assert same(whole, look_closer(scenario, facts_of, entry, range(5), jobs=2))
    for size in (1, 2):
        monkeypatch.setattr(second_pass, "_batch", lambda *_, size=size: size)
        assert same(whole, look_closer(scenario, facts_of, entry, range(5)))


def test_some_replications_are_those_of_the_whole(tmp_path: Path) -> None:
    scenario, facts_of = world(PLAIN, tmp_path)
    whole, some = (look_closer(scenario, facts_of, ENTRY, runs) for runs in (range(4), (3, 1)))
    assert some.runs.tolist() == [3, 1]
    assert some.heat.short.tolist() == whole.heat.short[[3, 1]].tolist()
    assert some.orders.units.tolist() == whole.orders.units[[3, 1]].tolist()


def test_a_close_look_is_kept_and_read_back(tmp_path: Path) -> None:
    scenario, facts_of = world(TWO_PLACES.replace("days = 200", "days = 60"), tmp_path)
    look = look_closer(scenario, facts_of, ENTRY, range(3))
    look = dataclasses.replace(look, futures=tell_futures(scenario, facts_of, ENTRY, (2, 0)))
    np.savez(tmp_path / "look.npz", **arrays(look))
    told = json.loads(json.dumps(facts(look)))
    with np.load(tmp_path / "look.npz", allow_pickle=False) as held:
        back = kept(told, dict(held), facts_of)
    assert same(look, back)
    assert (back.policy, back.playbook, back.routing) == (look.policy, look.playbook, look.routing)
    assert (back.chosen, back.futures) == (look.chosen, look.futures)
    assert back.now.names == look.now.names


@pytest.mark.parametrize(
    "spoil",
    [
        lambda held, told: held.pop("closeup_heat_short"),
        lambda held, told: held.update(closeup_heat_short=held["closeup_heat_short"][:, :, :1]),
        lambda held, told: held.update(closeup_heat_short=held["closeup_heat_short"][:1]),
        lambda held, told: held.update(closeup_heat_short=held["closeup_heat_short"][0]),
        lambda held, told: held.update(closeup_heat_short=held["closeup_heat_short"].astype("U9")),
        lambda held, told: held.update(closeup_chosen=np.array([0, 9])),
        lambda held, told: held.update(closeup_runs=np.array(3)),
        lambda held, told: told["names"].pop("now"),
        lambda held, told: told["names"]["now"].update(why=["a", "b", "c", "d", "e", "f", "g", "h", "i"]),
        lambda held, told: told.update(futures=[{"run": "x"}]),
        lambda held, told: told.update(futures=[{"run": 1, "left_out": 0, "entries": [{"day": "a", "kind": "end", "fields": {}}]}]),
        lambda held, told: told.pop("policy"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(spoil: object, tmp_path: Path) -> None:
    scenario, facts_of = world(PLAIN.replace("days = 200", "days = 30"), tmp_path)
    look = look_closer(scenario, facts_of, ENTRY, range(2))
    held, told = arrays(look), json.loads(json.dumps(facts(look)))
    kept(told, held, facts_of)
    spoil(held, told)  # type: ignore[operator]
    with pytest.raises(ValueError):
        kept(told, held, facts_of)


def test_a_record_that_did_not_keep_every_replication_is_refused(tmp_path: Path) -> None:
    scenario, facts_of = world(PLAIN, tmp_path)
    for keep in ((), (0,)):
        (record,) = play_rows(scenario, [ENTRY], 2, keep=keep)
        with pytest.raises(ValueError, match="without keeping"):
            Closeup.of(record, facts_of, (0,))


def test_of_many_skus_those_with_the_largest_revenue_are_told_day_by_day(tmp_path: Path) -> None:
    scenario, facts_of = world(many_skus(30), tmp_path)
    look = look_closer(scenario, facts_of, ENTRY, range(2))
    assert len(look.chosen) == CHOSEN
    revenue = look.heat.wanted.sum(axis=(0, 1)) * facts_of.price
    # Luck of eight replications chose them, and these two are among those.
    assert set(look.chosen) <= set(np.argsort(-revenue)[:16].tolist())
    assert look.skus.wanted.sum(axis=1).tolist() == look.heat.wanted[:, :, list(look.chosen)].sum(axis=1).tolist()
    assert look.orders.units.shape == (2, 6, 1, 30)


def test_a_thousand_skus_are_played_in_small_batches(tmp_path: Path) -> None:
    scenario, facts_of = world(many_skus(1000), tmp_path)
    look = look_closer(scenario, facts_of, ENTRY, range(2))
    assert look.heat.wanted.shape == (2, 6, 1000)
    assert second_pass._batch(scenario, 100, 1) < 20 < second_pass._batch(scenario_of(PLAIN, tmp_path), 100, 1)


def test_joined_parts_know_names_that_a_batch_lacks(tmp_path: Path) -> None:
    scenario, facts_of = world(PLAIN.replace("days = 200", "days = 30"), tmp_path)
    first, second = (look_closer(scenario, facts_of, ENTRY, [run]) for run in (0, 1))
    fewer = dataclasses.replace(first.now, why={name: first.now.why[name] for name in ("forecast",)})
    whole = joined([dataclasses.replace(first, now=fewer), second])
    assert list(whole.now.why) == sorted(second.now.why)
    assert np.isnan(whole.now.why["reorder_point"][0]).all()
    assert whole.now.why["reorder_point"][1].tolist() == second.now.why["reorder_point"][0].tolist()
    assert whole.runs.tolist() == [0, 1]


EVENTS = """
ads = { spend_per_day = 20, per_thousand_views = 6, ctr = 0.012, cvr = 0.04 }
[[surprise.suspension]]
name = "ban"
on = 2026-05-01
appeal_days = 3
[[surprise.slump]]
name = "slump"
on = 2026-02-20
days = 12
missing = 0.3
[[planned.promotion]]
name = "Sale"
on = 2026-03-20
days = 5
lift = 8
[[surprise.video]]
name = "clip"
per_day = 0.05
orders = { law = "lognormal", mean = 400, cv = 0.5 }
fades = { law = "exponential", mean_days = 4 }
[[surprise.disruption]]
name = "port strike"
on = 2026-04-10
days = 14
lane = { times = 2 }
[[surprise.disruption]]
name = "before the season"
on = 2026-01-10
days = 14
lane = { times = 2 }
"""


def test_the_diary_of_a_played_future_says_what_its_series_say(tmp_path: Path) -> None:
    scenario, facts_of = world(PLAIN.replace(*WARM) + EVENTS, tmp_path)
    entry: Entry = ("reorder-point:safety_days=0", "alerts", "preference")
    record = record_of(scenario, 3, entry)
    series = record.series
    assert series is not None
    future = tell_futures(scenario, facts_of, entry, (2, 0))[0]
    assert future.run == 2
    assert future.entries == tell_futures(scenario, facts_of, entry, (2,))[0].entries
    told = {kind: [one for one in future.entries if one.kind == kind] for kind in {one.kind for one in future.entries}}
    assert [(one.day, one.fields["name"]) for one in told["disruption"]] == [(0, "slump"), (40, "port strike")]
    assert [one.day for one in told["ad_stop"]] == [61]
    assert (told["promotion"][0].day, told["promotion"][0].fields["units"]) == (
        19,
        int(series.streams["Sale"][79:84, 2].sum()),
    )
    for one in told["video"]:
        days, sku = slice(one.day + 60, one.day + 60 + one.fields["days"]), facts_of.skus.index(one.fields["sku"])
        assert one.fields["units"] == series.streams["clip"][days, 2, 0, sku].sum() > 0
    for one in told["order"]:
        assert one.fields["units"] == series.ordered[one.day + 60, 2].sum()
        lanes = {
            shipment.lane for shipment in series.shipments if shipment.run == 2 and shipment.ordered == one.day + 61
        }
        assert set(one.fields["lanes"]) == lanes
    for one in told["arrival"]:
        assert one.fields["units"] == series.received[one.day + 60, 2].sum()
        assert one.fields["lanes"]
    for one in told["stockout"]:
        sku = facts_of.skus.index(one.fields["sku"])
        days = slice(one.day + 60, one.day + 60 + one.fields["days"])
        assert one.fields["units"] == series.short[days, 2, 0, sku].sum() > 0
        assert series.on_hand[one.day + 60, 2, 0, sku] == 0
        assert one.day == 0 or series.on_hand[one.day + 59, 2, 0, sku] > 0
        assert one.fields["back"] is None or series.on_hand[one.fields["back"] + 60, 2, 0, sku] > 0
    assert told["end"][0].fields["profit"] == all_scores(record, facts_of)["profit"][2]
    assert told["start"][0].fields["on_hand"] == record.opening[2].sum()
