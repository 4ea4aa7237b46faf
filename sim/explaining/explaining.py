"""One decision explained, from the scenario alone: its replication is played again with the rule listened to."""

import math
from datetime import date, timedelta

from policies.parameters import label
from policies.plugins.spec import chain
from policies.protocol import LaneFacts, Observation, Policy
from policies.registry import policy as policy_of
from reports.explanation import Ahead, Coming, Explanation, Quote, Review, Seen
from reports.record import Setting
from scenarios.schema import Scenario
from sim.explaining.aftermath import Aftermath
from sim.explaining.question import Question
from sim.explaining.recorder import READ, Heard, Recorder
from sim.explaining.terms import layer, trigger
from sim.tournament import Entry, play_rows

PACES = (7, 28)
"""[days] Windows of past sales that are told."""


def explained(
    scenario: Scenario, setting: Setting, entry: Entry, run: int, sku: str, day: date, warehouse: str | None = None
) -> Explanation:
    """Why the row ordered what it ordered of a SKU on a day of one replication.

    On a day without a review, the last one before it and the next are explained. Without a warehouse it is the first
    that a lane supplies with the SKU. Raises ExplainError, PolicyError and PolicyFault.
    """
    asked = Question.of(scenario, setting, sku, day, warehouse)
    base = policy_of(entry[0]) if isinstance(entry[0], str) else entry[0]
    recorder = Recorder(base, asked.sku, setting.warehouses[asked.warehouse], _days(base, setting, asked.day), {})
    (record,) = play_rows(scenario, [(recorder, entry[1], entry[2])], (run,), keep=(run,))
    if record.series is None:
        raise LookupError("a kept replication leaves a series")
    after = Aftermath(record.series, setting, asked)
    return Explanation(
        title=setting.title,
        scenario=setting.scenario,
        scenario_hash=setting.scenario_hash,
        seed=setting.seed,
        run=run,
        policy=label(base),
        playbook=record.playbook,
        routing=record.routing,
        sku=sku,
        warehouse=setting.warehouses[asked.warehouse],
        others=asked.others,
        asked=day,
        first=after.on(0),
        reviews=tuple(_review(base, recorder.heard[when], after) for when in sorted(recorder.heard)),
    )


def _days(rule: Policy, setting: Setting, day: int) -> frozenset[int]:
    """The review of a day; where there is none, the last before it and the next."""
    last = day - day % rule.review_days
    both = {last} if last == day else {last, last + rule.review_days}
    return frozenset(review for review in both if review < setting.warm_up_days + setting.days)


def _review(rule: Policy, heard: Heard, after: Aftermath) -> Review:
    sku, day = after.asked.sku, heard.seen.day
    seen, rules = _seen(rule, heard, after), chain(rule)
    why = {name: float(values[0, sku]) for name, values in heard.why.items()}
    following = min(day + rule.review_days, after.days - 1)
    held = trigger(rules, why, seen.position)
    leads = {quote.lane: quote.lead_days for quote in seen.lanes}
    sent = after.sent(day, day + rule.review_days, leads)
    there = after.sellable_day(sent)
    return Review(
        day=after.on(day),
        seen=seen,
        layers=tuple(layer(one, heard, seen, sku, held) for one in rules),
        why=why,
        trigger=held,
        asked={lane: int(units[0, sku]) for lane, units in heard.units.items() if units[0, sku]},
        pulled=after.pulled(day, day + rule.review_days),
        placed=after.placed(day, tuple(leads)),
        sent=sent,
        until_sellable=None if there is None else after.spell(day + 1, there),
        until_next=after.spell(day + 1, following + 1),
    )


def _seen(rule: Policy, heard: Heard, after: Aftermath) -> Seen:
    observed, sku = heard.seen, after.asked.sku
    stock = observed.stock
    return Seen(
        on_hand=int(stock.on_hand[0, sku]),
        on_order=int(stock.on_order[0, sku]),
        backlog=int(stock.backlog[0, sku]),
        coming=tuple(Coming(observed.date + timedelta(days=days), units) for days, units in heard.coming),
        paces={days: float(observed.sales.pace(days)[0, sku]) for days in PACES},
        ahead=tuple(_ahead(observed, sku)),
        lanes=tuple(
            _quote(observed, lane, sku) for lane in observed.lanes if lane.carries is True or lane.carries[sku]
        ),
        unread=READ - rule.sees,
    )


def _ahead(observed: Observation, sku: int) -> list[Ahead]:
    """Announced events that touch the SKU and have not ended, the first ones first."""
    found = [
        Ahead(
            event.name,
            event.kind,
            observed.date + timedelta(days=event.first_day - observed.day),
            event.days,
            float(event.lift[sku]),
        )
        for event in observed.calendar.events
        if event.first_day + event.days - 1 > observed.day and (event.skus is None or observed.skus[sku] in event.skus)
    ]
    return sorted(found, key=lambda event: event.first)


def _quote(observed: Observation, lane: LaneFacts, sku: int) -> Quote:
    lead_days = observed.calendar.lead_days(lane, 0)
    arrives = observed.date + timedelta(days=1 + math.ceil(lead_days - 1e-9))
    return Quote(lane.name, lead_days, arrives, int(lane.at_least[sku]), int(lane.pack[sku]))
