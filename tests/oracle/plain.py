"""An independent oracle: the same world in plain SimPy, a process for every SKU of every warehouse, plain numbers.

It takes the sampled world and works out everything else by itself: sales, rules, journeys, books. It plays worlds
without queues, with daily slots, and with one market and one lane to a warehouse, where nobody or everybody waits.

Time is in days. Goods land at the stroke of a day, trade stands a little later, paper work after that: the order of
the slot. A SKU has one event a day; a purchase order has three: it begins, it lands, it ends.
"""

from collections.abc import Generator
from dataclasses import dataclass
from itertools import accumulate
from math import ceil
from typing import Any, Protocol

import numpy as np
import simpy

from reports.record import ACCOUNTS, Record, joined
from scenarios.schema import Freight, Supplier
from sim.world.network import Network, money, opening_units
from sim.world.sample import World
from sim.world.supply.quotes import lane_facts

TRADE, PAPERS = 0.25, 0.5
"""When in a day trade and paper work happen."""
MINUTES = 1440
EDGE = 1e-6
NOT_CASH = ("revenue", "capital", "risk")
Steps = Generator[simpy.Event, Any, None]
Flows = dict[str, list[float]]
"""Money by account and day."""


class Rule(Protocol):
    """When to order, and how much."""

    review_days: int

    def wanted(self, shelf: "Shelf") -> float:
        """Units to order now; none where not above zero."""


@dataclass(frozen=True)
class MinMax:
    """At `low` or below, order up to `high`."""

    low: int
    high: int
    review_days: int = 7

    def wanted(self, shelf: "Shelf") -> float:
        position = shelf.on_hand + shelf.on_order - shelf.owed
        return self.high - position if position <= self.low else 0


@dataclass(frozen=True)
class BaseStock:
    """Always order up to `level`."""

    level: int
    review_days: int = 7

    def wanted(self, shelf: "Shelf") -> float:
        return self.level - (shelf.on_hand + shelf.on_order - shelf.owed)


@dataclass(frozen=True)
class ReorderPoint:
    """Order when the position no longer covers lead time and safety, then `order_days` more than that."""

    safety_days: float
    order_days: int = 30
    pace_days: int = 28
    review_days: int = 7

    def wanted(self, shelf: "Shelf") -> float:
        position = shelf.on_hand + shelf.on_order - shelf.owed
        pace = shelf.pace(self.pace_days)
        missing = pace * (shelf.lead_days + self.safety_days) - position
        return missing + pace * self.order_days if missing > -EDGE else 0


class Shelf:
    """One SKU at one warehouse, with the market it serves."""

    def __init__(self, wanted: list[int], past: list[int], on_hand: int, on_order: int, facts: dict[str, Any]) -> None:
        self.wanted, self.on_hand, self.on_order, self.owed = wanted, on_hand, on_order, 0
        self.sales = [0, *accumulate(past)]  # running total of units sold on days that began with stock
        self.days = list(range(len(self.sales)))  # running number of days that began with stock
        self.received_on = -1  # the day goods came last
        self.in_transit = on_order  # of what is on order, what has departed
        self.unit_days = 0  # on hand since the last rent
        self.price: float = facts["price"]
        self.unit_cost: float = facts["unit_cost"]
        self.volume_m3: float = facts["volume_m3"]
        self.orders = [0] * len(wanted)  # units ordered on each day
        self.freight: float = facts["freight"]
        self.pack: int = facts["pack"]
        self.at_least: int = facts["at_least"]
        self.lead_days: float = facts["lead_days"]
        self.begin()

    def begin(self) -> None:
        """Start every total anew."""
        self.opening, self.on_the_way_before = self.on_hand, self.on_order
        self.received = self.ordered = self.short = self.promised = self.backlog_days = 0
        self.on_hand_days = self.empty_days = self.cycles = self.short_cycles = 0
        self.in_cycle = self.cycle_short = False

    def pace(self, days: int) -> float:
        """Units sold a day over the last `days` days, counting days that began with stock."""
        first = max(0, len(self.days) - 1 - days)
        return (self.sales[-1] - self.sales[first]) / max(1, self.days[-1] - self.days[first])

    def receive(self, day: int, units: int) -> None:
        """Put units away; goods of one day end one cycle."""
        self.on_hand += units
        self.on_order -= units
        self.received += units
        if day > self.received_on:
            self.cycles += self.in_cycle
            self.short_cycles += self.in_cycle and self.cycle_short
            self.in_cycle, self.cycle_short, self.received_on = True, False, day

    def order(self, rule: Rule) -> int:
        """Ask the rule: whole packs, at least the smallest order."""
        units = ceil(rule.wanted(self) - EDGE)
        if units <= 0:
            return 0
        units = -(-max(units, self.at_least) // self.pack) * self.pack
        self.on_order += units
        self.ordered += units
        return units

    def trade(self, env: simpy.Environment, place: "Place", rule: Rule, waits: bool) -> Steps:
        """Its days: who waits is served first, then who comes; then the rule is asked, and the day counted."""
        sales, days, price, review_days = self.sales, self.days, self.price, rule.review_days
        revenue, parcels, in_stock, timeout = place.revenue, place.parcels, place.on_hand, env.timeout
        sold, opened = sales[-1], days[-1]
        yield timeout(TRADE)
        for day, asked in enumerate(self.wanted):
            on_hand = self.on_hand
            delivered = 0
            if self.owed:
                delivered = min(self.owed, on_hand)
                self.owed -= delivered
            left = on_hand - delivered - asked
            bought = asked
            if left >= 0:
                delivered += asked
            else:
                self.short -= left
                place.short[day] -= left
                self.cycle_short = True
                if waits:
                    self.owed -= left
                    self.promised -= left
                else:
                    bought += left
                    place.lost[day] -= left
                delivered, left = on_hand, 0
            self.on_hand = left
            if on_hand:
                opened, sold = opened + 1, sold + bought
            days.append(opened)
            sales.append(sold)
            revenue[day] += delivered * price
            parcels[day] += delivered
            if day % review_days == 0:
                units = self.order(rule)
                if units:
                    self.orders[day] = units
                    place.basket.append((self, units))
            if left:
                self.unit_days += left
                in_stock[day] += left
            else:
                self.empty_days += 1
            if self.owed:
                self.backlog_days += self.owed
            yield timeout(1)


class Place:
    """One warehouse with its lane and its market, in one replication."""

    def __init__(self, env: simpy.Environment, world: World, run: int, warehouse: int, flows: Flows) -> None:
        network = world.network
        name = network.warehouses[warehouse]
        self.env, self.network, self.flows = env, network, flows
        self.market, self.part = network.home.index(warehouse), network.scenario.warehouse[name]
        self.lane = next(i for i, lane in enumerate(network.lanes) if network.scenario.lane[lane].to == name)
        self.route = Route(world, run, self.lane)
        self.shelves = _shelves(world, run, warehouse, self.market, network.lanes[self.lane])
        self.basket: list[tuple[Shelf, int]] = []
        self.purchase_orders = 0
        days = network.clock.days
        self.revenue, self.parcels = [0.0] * days, [0] * days
        self.on_hand, self.received, self.lost, self.short = ([0] * days for _ in range(4))

    def open(self, rule: Rule) -> None:
        """Let everybody begin."""
        waits = self.network.market_parts[self.market].waits == 1
        for shelf in self.shelves:
            self.env.process(shelf.trade(self.env, self, rule, waits))
        self.env.process(self.buy(rule.review_days))
        self.env.process(self.keep_books())

    def buy(self, review_days: int) -> Steps:
        """After every review send what was asked for as one purchase order."""
        yield self.env.timeout(PAPERS)
        for day in range(0, self.network.clock.days, review_days):
            if self.basket:
                self.purchase_orders += day >= self.network.scored_from
                self._send(day, self.basket)
                self.basket = []
            yield self.env.timeout(review_days)

    def _send(self, day: int, goods: list[tuple[Shelf, int]]) -> None:
        value = sum(units * shelf.unit_cost for shelf, units in goods)
        freight = self.route.per_shipment + sum(units * shelf.freight for shelf, units in goods)
        self._pay("goods", day, value)
        departed, cleared, landed = self.route.sail(day)
        if departed is not None:
            self._pay("freight", departed, freight)
            for shelf, units in goods:
                shelf.in_transit += units
        for when, duty, fee in cleared:
            self._pay("duty", when, value * duty)
            self._pay("inspection", when, fee)
        if landed is not None:
            self.env.process(self.land(landed, goods))

    def land(self, day: int, goods: list[tuple[Shelf, int]]) -> Steps:
        """Put goods away on the morning of a day."""
        yield self.env.timeout(day - self.env.now)
        for shelf, units in goods:
            shelf.receive(day, units)
            shelf.in_transit -= units
        self.received[day] += sum(units for _, units in goods)

    def keep_books(self) -> Steps:
        """Pay the rent when a month, the warm-up or the world ends; after the warm-up start the totals anew."""
        days, warm = self.network.clock.days, self.network.scored_from
        for day in range(days):
            if day + 1 in (days, warm) or self.network.date(day + 1).day == 1:
                yield self.env.timeout(day + PAPERS - self.env.now)
                self._pay_rent(day)
                if day + 1 == warm:
                    for shelf in self.shelves:
                        shelf.begin()

    def _pay_rent(self, day: int) -> None:
        rent = money(self.part.rent.per_m3_day, self.network.scenario)
        if self.network.date(day).month in self.part.rent.peak_months:
            rent *= self.part.rent.peak_factor
        value = sum(shelf.unit_days * shelf.unit_cost for shelf in self.shelves)
        self._pay("rent", day, sum(shelf.unit_days * shelf.volume_m3 for shelf in self.shelves) * rent)
        self._pay("capital", day, value * self.part.capital_rate_per_year / 365)
        self._pay("risk", day, value * self.part.risk_rate_per_year / 365)
        for shelf in self.shelves:
            shelf.on_hand_days += shelf.unit_days
            shelf.unit_days = 0

    def _pay(self, account: str, day: int, amount: float) -> None:
        if day < self.network.clock.days:
            self.flows[account][day] += amount

    def close(self) -> None:
        """Book what the market paid and took."""
        fees = self.network.market_parts[self.market].fees
        share, parcel = fees.platform + fees.creator, money(fees.fulfilment_per_order, self.network.scenario)
        for day, (revenue, parcels) in enumerate(zip(self.revenue, self.parcels, strict=True)):
            self.flows["revenue"][day] += revenue
            self.flows["platform"][day] += revenue * share
            self.flows["fulfilment"][day] += parcels * parcel


class Route:
    """One lane in one replication: when what is ordered on a day leaves, is cleared, and lands."""

    def __init__(self, world: World, run: int, lane: int) -> None:
        network, passage = world.network, world.passage.lanes[lane]
        self.days = network.clock.days
        way = network.ways[lane]
        part = way.part
        self.make: list[int] = world.passage.factories[way.factories[0]].make[run].tolist()
        calendar = passage.sailings
        self.sails: list[int] | None = None if calendar is None else calendar.next[run].tolist()
        self.number: list[int] = [] if calendar is None else calendar.number.tolist()
        self.per_shipment = money(part.cost.per_shipment, network.scenario)
        self.legs: list[list[int] | Post] = [
            leg.minutes[run].tolist()
            if stage.post is None
            else Post(
                leg.opens.tolist(), leg.clear[run].tolist(), leg.hold[run].tolist(), leg.fee[run].tolist(),
                network.scenario.customs[stage.post].duty,
            )
            for stage, leg in zip(part.legs, passage.legs, strict=True)
        ]  # fmt: skip

    def sail(self, ordered: int) -> tuple[int | None, list[tuple[int, float, float]], int | None]:
        """For an order of a day: the day it leaves; day, duty share and fee of each clearance; the first day it sells.

        What lies beyond the horizon is None or missing.
        """
        ready = (ordered + 1) * MINUTES + self.make[ordered]
        at, departure = ready, ready // MINUTES
        if self.sails is not None:
            day = -(-ready // MINUTES)
            day = self.sails[day] if day < self.days else self.days
            at, departure = day * MINUTES, self.number[day] if day < self.days else 0
        if at >= self.days * MINUTES:
            return None, [], None
        left, cleared = at // MINUTES, []
        for leg in self.legs:
            if isinstance(leg, Post):
                came = at // MINUTES
                if came >= self.days or leg.opens[came] >= self.days:
                    return left, cleared, None
                at = max(at, leg.opens[came] * MINUTES) + leg.clear[came]
                cleared.append((at // MINUTES, leg.duty, leg.fee[came]))
                at += leg.hold[came]
            else:
                at += leg[departure]
        landed = -(-at // MINUTES)
        return left, cleared, landed if landed < self.days else None


@dataclass(frozen=True)
class Post:
    """A customs post without queue, by day of arrival."""

    opens: list[int]  # the next working day
    clear: list[int]  # minutes
    hold: list[int]  # minutes
    fee: list[float]
    duty: float


def play(world: World, rule: Rule) -> Record:
    """Every replication of a world, one after another, as one record."""
    network = world.network
    _refuse(network)
    return joined([_play_run(world, run, rule) for run in range(len(world.runs))])


def _refuse(network: Network) -> None:
    scenario = network.scenario
    queues = [part.units_per_day for part in scenario.supplier.values()]
    queues += [part.desks for part in scenario.customs.values()]
    queues += [part.dock_units_per_day for part in scenario.warehouse.values()]
    plain = {
        "no queues": queues.count(None) == len(queues) and not any(lane.fifo for lane in scenario.lane.values()),
        "daily slots": network.clock.slots_per_day == 1,
        "one market to a warehouse": sorted(network.home) == list(range(len(network.warehouses)))
        and all(len(part.served_by) == 1 for part in network.market_parts),
        "one lane to a warehouse": sorted(lane.to for lane in scenario.lane.values()) == sorted(network.warehouses),
        "all wait or none": all(part.waits in (0, 1) for part in network.market_parts),
        "orders of one unit": all(part.history is None or not part.history.orders for part in network.market_parts),
        "nobody who sends back, switches, gives up or comes again": all(
            part.returns is None
            and not (part.switches or part.reserves or part.waits_at_most_days)
            and all(demand.repeat is None for demand in part.demand.values())
            for part in network.market_parts
        ),
        "no announced events": not (scenario.planned.promotion or scenario.planned.livestream),
        "factories that only make": all(
            part == Supplier(make_days=part.make_days, order_at_least=part.order_at_least)
            for part in scenario.supplier.values()
        ),
        "freight by volume, weight and shipment": all(
            part.cost == Freight(per_m3=part.cost.per_m3, per_kg=part.cost.per_kg, per_shipment=part.cost.per_shipment)
            for part in scenario.lane.values()
        ),
        "shelves without a door": all(place.put_away_days == 0 for place in scenario.warehouse.values()),
        "nothing that goes wrong": not scenario.surprise.disruption,
    }
    missing = [condition for condition, holds in plain.items() if not holds]
    if missing:
        raise ValueError(f"the plain model plays only worlds with {', '.join(missing)}")


def _shelves(world: World, run: int, warehouse: int, market: int, lane: str) -> list[Shelf]:
    network = world.network
    coming = [0] * len(network.skus)
    for order in network.scenario.open_order:
        if order.warehouse == network.warehouses[warehouse]:
            coming[network.skus.index(order.sku)] += order.units
    place = network.scenario.warehouse[network.warehouses[warehouse]]
    quote, cost = lane_facts(network, network.ways[network.lanes.index(lane)]), network.scenario.lane[lane].cost
    per_m3, per_kg = money(cost.per_m3, network.scenario), money(cost.per_kg, network.scenario)
    facts = {
        "price": network.price.tolist(),
        "unit_cost": network.unit_cost.tolist(),
        "volume_m3": network.volume_m3.tolist(),
        "freight": (per_m3 * network.volume_m3 + per_kg * network.weight_kg).tolist(),
        "pack": network.pack.tolist(),
        "at_least": quote.at_least.tolist(),
        "lead_days": [quote.lead_days] * len(network.skus),
    }
    wanted, past = world.wanted[:, run, market].T.tolist(), world.past[:, run, market].T.tolist()
    opening = opening_units(network, place, network.supplied_pace[warehouse]).tolist()
    return [
        Shelf(wanted[k], past[k], opening[k], coming[k], {name: column[k] for name, column in facts.items()})
        for k in range(len(network.skus))
    ]


def _play_run(world: World, run: int, rule: Rule) -> Record:
    network, env = world.network, simpy.Environment()
    flows = {account: [0.0] * network.clock.days for account in ACCOUNTS}
    places = [Place(env, world, run, warehouse, flows) for warehouse in range(len(network.warehouses))]
    for order in network.scenario.open_order:
        place = places[network.warehouses.index(order.warehouse)]
        goods = [(place.shelves[network.skus.index(order.sku)], order.units)]
        env.process(place.land(max(network.day(order.due), 0), goods))
    for place in places:
        place.open(rule)
    env.run(until=network.clock.days)
    for place in places:
        place.close()
    return _record(world, run, rule, places, flows)


def _record(world: World, run: int, rule: Rule, places: list[Place], flows: Flows) -> Record:
    network, warm = world.network, world.network.scored_from
    sold_by = [next(place for place in places if place.market == market) for market in range(len(network.markets))]
    wanted = [[sum(shelf.wanted[warm:]) for shelf in place.shelves] for place in sold_by]
    daily_wanted = [
        [sum(day) for day in zip(*(s.wanted[warm:] for s in place.shelves), strict=True)] for place in sold_by
    ]

    def by_place(name: str) -> Any:
        return np.array([[[getattr(shelf, name) for shelf in place.shelves] for place in places]])

    def by_market(name: str) -> Any:
        return np.array([[[getattr(shelf, name) for shelf in place.shelves] for place in sold_by]])

    def by_day(series: list[list[int]]) -> Any:
        return np.array(series).T[:, None]

    short, promised = by_market("short"), by_market("promised")
    sold = {
        name: find("opening") + find("received") - find("on_hand")
        for name, find in (("here", by_place), ("there", by_market))
    }
    totals = ("opening", "received", "ordered", "on_the_way_before", "cycles", "short_cycles")
    return Record(
        policy=repr(rule),
        playbook="none",
        routing="preference",
        sees=(),
        runs=np.array([world.runs[run]]),
        orders=np.array([wanted]),
        short_orders=short,
        wanted=np.array([wanted]),
        served=np.array([wanted]) - short,
        owed=promised,
        lost=short - promised,
        **dict.fromkeys(("switched", "oversold", "cancelled", "late", "returned"), np.zeros_like(short)),
        backlog_days=by_market("backlog_days").astype(float),
        **{name: np.zeros_like(short) for name in ("forgone_by_stockout", "forgone_by_seller", "forgone_by_promise")},
        **{name: np.zeros(short.shape) for name in ("ad_spend", "wasted_ad_spend", "ad_sold")},
        **{name: by_place(name) for name in totals},
        **{
            name: np.zeros_like(by_place("received"))
            for name in (
                "restocked",
                "off_sold",
                "moved_out",
                "moved_in",
                "lost_on_the_way",
                "expired",
                "sent_off",
                "shrunk",
            )
        },
        closing=by_place("on_hand"),
        sold=sold["here"],
        on_time=sold["there"].sum(axis=-1).astype(float),
        on_the_way_after=by_place("on_order"),
        in_transit_after=by_place("in_transit"),
        record_gap_days=np.zeros(by_place("received").shape),
        on_hand_days=by_place("on_hand_days").astype(float),
        empty_days=by_place("empty_days").astype(float),
        purchase_orders=np.array([[place.purchase_orders for place in sorted(places, key=lambda place: place.lane)]]),
        money={account: np.array([sum(flow[warm:])]) for account, flow in flows.items()},
        peak_cash=np.array([max(0.0, -min(_balances(flows)))]),
        wanted_variance=_variance([[shelf.wanted[warm:] for shelf in place.shelves] for place in sold_by]),
        ordered_variance=_variance([[shelf.orders[warm:] for shelf in place.shelves] for place in places]),
        line_use=np.zeros((1, len(network.scenario.supplier))),
        desk_use=np.zeros((1, len(network.posts))),
        transit={},
        dock_use=np.zeros((1, len(places))),
        daily_on_hand=by_day([place.on_hand[warm:] for place in places]),
        daily_received=by_day([place.received[warm:] for place in places]),
        daily_lost=by_day([place.lost[warm:] for place in sold_by]),
        daily_wanted=by_day(daily_wanted),
        daily_short=by_day([place.short[warm:] for place in sold_by]),
        daily_cash=np.array(_balances(flows))[:, np.newaxis],
    )


def _variance(days: list[list[list[int]]]) -> Any:
    """Variance of a week's units over all places, by place, SKU and day; each SKU's by itself, then summed."""
    total = 0.0
    for of_places in zip(*days, strict=True):
        sums = [sum(units) for units in zip(*of_places, strict=True)]
        weeks = [sum(sums[first : first + 7]) for first in range(0, len(sums) - 6, 7)]
        total += len(weeks) * sum(x * x for x in weeks) - sum(weeks) ** 2
        count = len(weeks)
    return np.array([total / count**2])


def _balances(flows: Flows) -> list[float]:
    """Money in less money out by the end of each day."""
    paid = zip(*(flow for account, flow in flows.items() if account not in NOT_CASH), strict=True)
    return list(accumulate(revenue - sum(bills) for revenue, bills in zip(flows["revenue"], paid, strict=True)))
