"""The second pass: one row is played again with every replication kept, and condensed batch by batch."""

from collections.abc import Sequence
from functools import partial

from reports.closeup.closeup import CHOSEN, Closeup, chosen_skus, joined
from reports.closeup.diary import diary
from reports.closeup.entry import Entry as Told
from reports.closeup.entry import Future, lasting
from reports.record import Setting
from scenarios.schema import Scenario
from sim.tournament import Entry, Match, batch_size, play_match, play_rows, worked
from sim.world.network import Network

SERIES_BYTES = 64_000_000
"""Memory that the series of a batch should take."""
CHOSEN_BY = 8
"""Replications, the first ones, that say which SKUs have the largest revenue wanted."""
NAMED_ARRAYS = 12
"""About how many arrays over days a policy's reasons and the streams of demand take."""


def look_closer(scenario: Scenario, setting: Setting, entry: Entry, runs: Sequence[int], jobs: int = 1) -> Closeup:
    """The close look at one row over some replications. It does not depend on `jobs`.

    Raises PolicyError and PolicyFault, as playing does.
    """
    runs = tuple(runs)
    chosen = _chosen(scenario, setting, entry, runs)
    whole = Match(scenario, runs, (entry,), keep=runs)
    look = partial(condensed, setting=setting, chosen=chosen)
    return joined(list(worked(look, whole, jobs, _batch(scenario, len(runs), jobs))))


def condensed(match: Match, setting: Setting, chosen: tuple[int, ...]) -> Closeup:
    """The close look at one batch of a match with a single row; its record is let go."""
    (record,) = play_match(match)
    return Closeup.of(record, setting, chosen)


def _chosen(scenario: Scenario, setting: Setting, entry: Entry, runs: tuple[int, ...]) -> tuple[int, ...]:
    """The SKUs told day by day: of few all, so that nothing needs to be played."""
    if len(setting.skus) <= CHOSEN:
        return tuple(range(len(setting.skus)))
    (record,) = play_rows(scenario, (entry,), runs[:CHOSEN_BY], keep=())
    return chosen_skus(record.wanted, setting)


def _batch(scenario: Scenario, runs: int, jobs: int) -> int:
    """Replications whose series are held at one time."""
    network = Network.of(scenario)
    clock, skus = network.clock, len(network.skus)
    markets, places = len(network.markets), len(network.warehouses)
    by_slot = 8 * markets + 5 * places
    by_day = NAMED_ARRAYS * max(markets, places) + 2 * places + len(network.lanes)
    a_run = 8 * skus * clock.days * (by_slot * clock.slots_per_day + by_day)
    return max(1, min(batch_size(network, runs, jobs, levers=True), SERIES_BYTES // a_run))


def tell_futures(scenario: Scenario, setting: Setting, entry: Entry, runs: Sequence[int]) -> tuple[Future, ...]:
    """The diaries of some replications of one row, in their order; they may be the same. Raises as `look_closer`."""
    (record,) = play_rows(scenario, (entry,), sorted(set(runs)), keep=tuple(runs))
    kept = () if record.series is None else record.series.runs
    names = [video.name for video in scenario.surprise.video]
    troubles = _troubles(scenario, setting)
    return tuple(diary(record, setting, kept.index(run), troubles, names) for run in runs)


def _troubles(scenario: Scenario, setting: Setting) -> list[Told]:
    """What goes wrong on a date of the season, as a diary tells it; what may happen on any day is not known here."""
    surprise = scenario.surprise
    spans = [((one.on - setting.start).days, one.days, one.name) for one in surprise.disruption]
    spans += [((one.on - setting.start).days, one.days, one.name) for one in surprise.slump]
    stops = [
        ((stop.on - setting.start).days, stop.name)
        for stop in (*surprise.suspension, *surprise.balance_outage)
        if stop.on is not None
    ]
    return [
        *(
            Told(max(first, 0), "disruption", {"name": name} | lasting(first, days))
            for first, days, name in spans
            if first < setting.days and first + days > 0
        ),
        *(Told(first, "ad_stop", {"name": name}) for first, name in stops if 0 <= first < setting.days),
    ]
