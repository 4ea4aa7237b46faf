"""The tournament: batches of replications outside, policies inside, so that all policies meet the same worlds."""

import itertools
import warnings
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from policies.playbook import Playbook
from policies.playbooks.none import NoPlaybook
from policies.protocol import Policy
from policies.registry import playbook as playbook_of
from policies.registry import policy as policy_of
from policies.registry import routing as routing_of
from policies.routing import Routing
from reports.record import EventMark, Record, Setting, joined
from reports.tally import Tally
from scenarios.reader import scenario_hash
from scenarios.schema import Scenario
from sim.play.engine import Engine
from sim.play.sight import planned_events
from sim.play.storage.keeper import rows_of_ages
from sim.processes import unheard_interrupts
from sim.world.network import Network
from sim.world.sample import sample_world

ELEMENTS = 20_000
"""Run x warehouse x SKU positions that keep an array in cache and the overhead of a call small beside its work."""
LIVE_ORDERS = 1_500
"""Purchase orders under way at one time that SimPy's heap carries cheaply."""
DEMAND_BYTES = 32_000_000
"""Memory the demand of a batch should take where that leaves elements enough. The C library gives larger blocks back
to the system as soon as they are free, and to touch fresh pages in every batch can cost more than the work on them."""
MOST_DEMAND_BYTES = 128_000_000
"""Memory the demand of a batch may take where less would leave too few elements."""

MOST_FINISHED = 1_000
"""Replications of a batch that is taken as soon as it is finished."""

Result = TypeVar("Result")
Entry = tuple[str | Policy, str | Playbook, str | Routing]
"""Who plays one row: a policy with a playbook and a routing."""
Specs = tuple[str, str, str]
"""The same as texts."""


@dataclass(frozen=True)
class Match:
    """What one worker plays: some replications of one scenario, by every row."""

    scenario: Scenario
    runs: tuple[int, ...]
    rows: tuple[Entry, ...]
    keep: tuple[int, ...] = ()
    check: bool = False
    before: int = 0  # replications of the whole that come before these


def play(
    scenario: Scenario,
    policies: Sequence[str | Policy],
    runs: int | Sequence[int],
    *,
    playbooks: Sequence[str | Playbook] = ("none",),
    routings: Sequence[str | Routing] = ("preference",),
    jobs: int = 1,
    batch: int | None = None,
    keep: Sequence[int] = (0,),
    check: bool = False,
    progress: Callable[[int], None] | None = None,
) -> list[Record]:
    """Play policies over replications of a scenario; one record a policy, playbook and routing, in their order.

    `runs` is a number of replications (0, 1, ...) or their numbers; `batch` how many share an engine; `keep` the
    replications whose series are recorded; `check` turns the ledger checks on. Results do not depend on `jobs` or
    `batch`. Raises PolicyError and PolicyFault.
    """
    rows = tuple(itertools.product(policies, playbooks, routings))
    return play_rows(scenario, rows, runs, jobs=jobs, batch=batch, keep=keep, check=check, progress=progress)


def play_rows(
    scenario: Scenario,
    rows: Sequence[Entry],
    runs: int | Sequence[int],
    *,
    jobs: int = 1,
    batch: int | None = None,
    keep: Sequence[int] = (0,),
    check: bool = False,
    progress: Callable[[int], None] | None = None,
) -> list[Record]:
    """The same for rows that are named one by one: a policy, its playbook and its routing."""
    whole = Match(
        scenario, tuple(range(runs)) if isinstance(runs, int) else tuple(runs), tuple(rows), tuple(keep), check
    )
    results = []
    for result in worked(play_match, whole, jobs, batch):
        results.append(result)
        if progress is not None:
            progress(len(result[0].runs))
    return [joined([result[i] for result in results]) for i in range(len(results[0]))]


def play_match(match: Match) -> list[Record]:
    """Every row's record."""
    return list(played(match))


def tallied(match: Match, setting: Setting) -> list[Tally]:
    """Every row's tally. A record is let go as soon as it is tallied."""
    return [Tally.of(record, setting, match.before) for record in played(match)]


def played(match: Match) -> Iterator[Record]:
    """Sample the world once, play every row over it; each record as it is done."""
    books = [_playbook(book) for _, book, _ in match.rows]
    world = sample_world(Network.of(match.scenario), match.runs, match.keep, levers=any(books))
    for (spec, _, way), book in zip(match.rows, books, strict=True):
        yield Engine(world, _policy(spec), match.keep, match.check, book, _routing(way)).play()


def worked(
    work: Callable[[Match], Result],
    whole: Match,
    jobs: int,
    batch: int | None = None,
    done: Collection[int] = (),
    as_finished: bool = False,
) -> Iterator[Result]:
    """What some work makes of each batch of a match's replications, in their order or as they are finished.

    Replications that are `done` are left out. As they are finished, batches are small enough that little is lost with
    one, and little waits to be taken.
    """
    levers = any(book != "none" for _, book, _ in whole.rows)
    size = batch or batch_size(Network.of(whole.scenario), len(whole.runs), jobs, levers)
    size = min(size, MOST_FINISHED) if as_finished else size
    parts = list(batches(whole, size, done))
    if jobs == 1 or len(parts) == 1:
        yield from map(work, parts)
        return
    from joblib import Parallel, delayed

    order = "generator_unordered" if as_finished else "generator"
    with unheard_interrupts():
        results = Parallel(n_jobs=jobs, return_as=order)(delayed(work)(part) for part in parts)
    try:
        for result in results:  # noqa: UP028 - `yield from` would close it itself, warning or not
            yield result
    finally:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # whoever gives up knows that batches were played for nothing
            results.close()


def batches(whole: Match, size: int, done: Collection[int] = ()) -> Iterator[Match]:
    """The replications of a match but those that are done, in stretches of at most so many."""
    to_play = [place for place, run in enumerate(whole.runs) if run not in done]
    begins = [i for i, place in enumerate(to_play) if i == 0 or place != to_play[i - 1] + 1]
    for begin, end in itertools.pairwise([*begins, len(to_play)]):
        for first in range(begin, end, size):
            places = to_play[first : min(first + size, end)]
            yield replace(whole, runs=tuple(whole.runs[i] for i in places), before=whole.before + places[0])


def batch_size(network: Network, runs: int, jobs: int, levers: bool = False) -> int:
    """Replications that share an engine: as many as memory, cache and the number of shipments allow."""
    positions = len(network.skus) * max(len(network.warehouses), len(network.markets))
    rows = network.clock.slots + network.scenario.history_days
    orders = max(1.0, len(network.lanes) * 60 / 7)
    memory = min(max(DEMAND_BYTES, 8 * rows * ELEMENTS), MOST_DEMAND_BYTES)
    kept = rows * _demand_arrays(network.scenario, levers) + rows_of_ages(network)
    fitting = memory // (8 * positions * kept)
    return max(1, min(ELEMENTS // positions, int(LIVE_ORDERS / orders), fitting, -(-runs // jobs)))


def _demand_arrays(scenario: Scenario, levers: bool) -> int:
    """Arrays over all slots that demand takes: one for what nothing thins, and one for each stream that may be."""
    markets, planned = scenario.market.values(), scenario.planned
    most = [wanted.ads.most for market in markets for wanted in market.demand.values() if wanted.ads is not None]
    ads, raised = bool(most), levers and max(most, default=1.0) > 1
    stops = ads and bool(scenario.surprise.suspension or scenario.surprise.balance_outage)
    pages = any(market.listing is not None or market.limits is not None for market in markets)
    shows = len(planned.livestream) + any(market.clearance is not None for market in markets) if levers else 0
    promotions = sum(pages or (levers and event.by_seller) for event in planned.promotion)
    # The rates of ads come by the day, in the world and in what the seller reads off the account.
    rates = 4 * ads * scenario.slot_hours // 24
    return 1 + ads + raised + stops + rates + pages + shows + promotions


def setting(scenario: Scenario, name: str) -> Setting:
    """The facts of a scenario that a reader of its records needs."""
    network = Network.of(scenario)
    return Setting(
        title=scenario.title,
        scenario=name,
        scenario_hash=scenario_hash(scenario),
        seed=scenario.seed,
        start=scenario.start,
        days=scenario.days,
        warm_up_days=scenario.warm_up_days,
        slots_per_day=network.clock.slots_per_day,
        currency=scenario.currency,
        skus=network.skus,
        warehouses=network.warehouses,
        markets=network.markets,
        home=network.home,
        posts=network.posts,
        lanes=network.lanes,
        leads_to=tuple(network.warehouses.index(way.part.to) for way in network.ways),
        suppliers=tuple(sorted(network.scenario.supplier)),
        stages={way.name: way.stages for way in network.ways},
        bonded=tuple(part.bonded for part in network.warehouse_parts),
        unit_cost=network.unit_cost,
        price=network.price,
        market_price=network.market_price,
        salvage_share=scenario.salvage_share,
        events=tuple(
            EventMark(event.name, event.kind, event.first_day - network.scored_from, event.days)
            for event in planned_events(network)
            if event.first_day + event.days > network.scored_from
        ),
        assumptions=scenario.assumptions,
        sources=scenario.sources,
        luck=luck_told(scenario),
    )


def luck_told(scenario: Scenario) -> str:
    """What the replications stand for, in words."""
    plays = {market.history.play for market in scenario.market.values() if market.history is not None}
    planned = scenario.planned
    events = (*planned.promotion, *planned.livestream, *planned.influencer, *scenario.surprise.video)
    drawn = any(market.demand for market in scenario.market.values()) or any(event.scale > 0 for event in events)
    if plays == {"replay"} and not drawn:
        return "lead-time luck only: every replication repeats the observed demand, day by day"
    if "bootstrap" in plays:
        return "lead times, and observed demand with its weeks drawn anew from near the same season (block bootstrap)"
    return "demand and lead times"


def _playbook(spec: str | Playbook) -> Playbook | None:
    """The playbook a text names; None where nobody would notice it."""
    book = playbook_of(spec) if isinstance(spec, str) else spec
    return None if isinstance(book, NoPlaybook) else book


def _routing(spec: str | Routing) -> Routing:
    return routing_of(spec) if isinstance(spec, str) else spec


def _policy(spec: str | Policy) -> Policy:
    return policy_of(spec) if isinstance(spec, str) else spec
