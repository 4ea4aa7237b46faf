"""An explanation in words: what was seen, what was made of it, what happened next."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from reports.display.formula import named_in, plain, put_in
from reports.explanation import Ahead, Explanation, Layer, Pulled, Review, Seen, Sent, Spell, Trigger
from reports.language.naming import named
from reports.language.speaking import date_said, messages, say, say_count, spoken

MOST_EVENTS = 6
"""Announced events that are told one by one."""
MOST_ARRIVALS = 8
"""Planned arrivals that are told one by one."""

SWITCHES = ("announce", "expedite", "clear", "stop_buying")
"""Levers that are pulled or not."""


@dataclass(frozen=True)
class Told:
    """A heading and the lines under it."""

    heading: str
    lines: tuple[str, ...]


def title(explanation: Explanation) -> str:
    """What is explained."""
    return say(
        "explain.title", sku=explanation.sku, warehouse=named(explanation.warehouse), day=date_said(explanation.asked)
    )


def introduction(explanation: Explanation) -> Iterator[str]:
    """Of what future, and whether there was a review."""
    beside = [] if explanation.playbook == "none" else [say("explain.with", playbook=explanation.playbook)]
    beside += [] if explanation.routing == "preference" else [say("explain.via", routing=explanation.routing)]
    yield say(
        "explain.played",
        title=named(explanation.title),
        policy=" ".join([explanation.policy, *beside]),
        run=f"{explanation.run}",
    )
    if explanation.others:
        yield say("explain.others", warehouses=_listed([named(name) for name in explanation.others]))
    if explanation.reviewed:
        return
    days = [review.day for review in explanation.reviews]
    before = [day for day in days if day < explanation.asked]
    after = [day for day in days if day > explanation.asked]
    if after:
        yield say("explain.no_review", before=date_said(before[-1]), after=date_said(after[0]))
    else:
        yield say("explain.no_review_after", before=date_said(before[-1]))


def told(review: Review) -> Iterator[Told]:
    """A review, part by part."""
    yield Told(say("explain.review", day=date_said(review.day)), tuple(decision(review)))
    yield Told(say("explain.saw"), tuple(_seen(review.seen)))
    yield Told(say("explain.worked"), tuple(_worked(review)))
    yield Told(say("explain.playbook"), tuple(_playbook(review)))
    yield Told(say("explain.next"), tuple(_next(review)))


def decision(review: Review) -> Iterator[str]:
    """What was ordered, and how far that was from the line."""
    for lane, units in review.asked.items():
        yield say("explain.ordered", units=_units(units), lane=lane)
    if not review.asked:
        yield say("explain.ordered_none")
    if review.trigger is not None:
        yield _held_against(review.trigger, review)


def _held_against(trigger: Trigger, review: Review) -> str:
    line = "point" if trigger.point is not None else "level"
    over, found = plain(abs(trigger.over)), "above" if trigger.over > 0 else "below" if trigger.over < 0 else "at"
    sentence = say(
        f"explain.{line}_{found}",
        position=plain(trigger.position),
        point=plain((trigger.level if trigger.point is None else trigger.point) or 0.0),
        over=over,
    )
    if review.asked and trigger.point is not None and trigger.level is not None:
        return sentence + say(
            "explain.up_to", level=plain(trigger.level), missing=plain(trigger.level - trigger.position)
        )
    return sentence + (_days_over(trigger, review) or say("explain.stop"))


def _days_over(trigger: Trigger, review: Review) -> str:
    """How many days of sales the position is above the line; empty where that says nothing."""
    pace = review.why.get("forecast", review.seen.paces[max(review.seen.paces)])
    if review.asked or trigger.over <= 0 or pace <= 0:
        return ""
    days = plain(round(trigger.over / pace, 1))
    return say(f"explain.days_over.{'one' if days == '1' else 'many'}", days=days, pace=plain(pace))


def _seen(seen: Seen) -> Iterator[str]:
    yield say(
        "explain.stock",
        on_hand=_units(seen.on_hand),
        on_order=_units(seen.on_order),
        backlog=_units(seen.backlog),
        position=_units(seen.position),
    )
    planned = [
        say("explain.coming_one", units=_units(one.units), day=date_said(one.day))
        for one in seen.coming[:MOST_ARRIVALS]
    ]
    if planned:
        yield say("explain.coming", arrivals=_listed(planned)) + _more(len(seen.coming) - MOST_ARRIVALS)
    paces = (say("explain.pace_one", pace=plain(pace), days=days) for days, pace in seen.paces.items())
    yield say("explain.pace", paces=_listed(list(paces)))
    yield _events(seen)
    for quote in seen.lanes:
        yield say(
            "explain.lane", lane=quote.lane, days=plain(round(quote.lead_days, 1)), day=date_said(quote.arrives)
        ) + (
            say("explain.lots", at_least=_units(quote.at_least), pack=_units(quote.pack))
            if max(quote.at_least, quote.pack) > 1
            else ""
        )
    if seen.unread:
        yield say("explain.unread", sights=_listed([say(f"explain.sight.{name}") for name in sorted(seen.unread)]))


def _events(seen: Seen) -> str:
    if not seen.ahead:
        return say("explain.nothing_ahead")
    names = list(dict.fromkeys(one.name for one in seen.ahead))
    events = [_event([one for one in seen.ahead if one.name == name]) for name in names[:MOST_EVENTS]]
    return say("explain.ahead", events=say("explain.apart").join(events)) + _more(len(names) - MOST_EVENTS)


def _event(held: list[Ahead]) -> str:
    """An event the next time it is held, and how often later."""
    one = held[0]
    first = say(
        f"explain.{'event' if one.days == 1 else 'events'}{'' if one.lift == 1 else '_lift'}",
        name=named(one.name),
        day=date_said(one.first),
        last=date_said(one.first + timedelta(days=one.days - 1)),
        lift=plain(one.lift),
    )
    return first if len(held) == 1 else first + say_count("explain.again", len(held) - 1)


def _worked(review: Review) -> Iterator[str]:
    for layer in review.layers:
        yield from _formula(layer, len(review.layers) > 1)
    for name, value in review.why.items():
        yield say("explain.reason", name=reason_name(name), value=plain(value))
    if not review.why:
        yield say("explain.no_reasons")


def _formula(layer: Layer, several: bool) -> Iterator[str]:
    if not layer.formula:
        yield say("explain.no_formula", rule=layer.rule)
        return
    formula = " ".join(layer.formula.split())
    yield (
        say("explain.formula_of", rule=layer.rule, formula=formula)
        if several
        else say("explain.formula", formula=formula)
    )
    if written := put_in(formula, layer.terms, layer.unset):
        yield say("explain.put_in", formula=written)
    given = named_in(formula, {name: layer.terms[name] for name in sorted(layer.given)})
    if given:
        yield say("explain.terms", terms=_listed([f"{name} {plain(value)}" for name, value in given.items()]))


def reason_name(name: str) -> str:
    """How a policy's reason is called; one that nobody knows by its own name."""
    known = f"explain.reasons.{name}"
    return say(known) if known in messages(spoken()) else name.replace("_", " ")


def _playbook(review: Review) -> Iterator[str]:
    if not review.pulled:
        yield say("explain.pulled_none")
    for lever in review.pulled:
        yield _pulled(lever)
    if review.pulled and review.placed != review.asked:
        let = [say("explain.by_lane", units=_units(units), lane=lane) for lane, units in review.placed.items()]
        yield say("explain.changed", sent=_listed(let) if let else say("explain.nothing_sent"))


def _by_lane(sent: Sequence[Sent]) -> dict[str, int]:
    """Units that left, by lane."""
    units = Counter[str]()
    for one in sent:
        units[one.lane] += one.units
    return dict(units)


def _pulled(lever: Pulled) -> str:
    name = say(f"explain.lever.{lever.lever}")
    if lever.value is None:
        return say_count("explain.pulled_later", lever.days, lever=name)
    if lever.lever in SWITCHES:
        return say_count("explain.switched", lever.days, lever=name)
    value = say(f"explain.alert.{lever.value:.0f}") if lever.lever == "alert" else plain(lever.value)
    return say_count("explain.pulled", lever.days, lever=name, value=value)


def _next(review: Review) -> Iterator[str]:
    for one in review.sent:
        yield _sent(one)
    if _by_lane(review.sent) != review.placed:
        yield say("explain.oldest_first")
    if review.until_sellable is not None and review.sent:
        yield say("explain.until_sellable", spell=_spell(review.until_sellable))
    if review.until_next is not None:
        yield say("explain.until_next", spell=_spell(review.until_next))


def _sent(one: Sent) -> str:
    planned = date_said(one.planned)
    if one.sellable is None:
        key = "explain.never_left" if one.departed is None else "explain.never_there"
        return say(key, units=_units(one.units), lane=one.lane, planned=planned)
    late = (one.sellable - one.planned).days
    there = say("explain.there", units=_units(one.units), lane=one.lane, planned=planned, day=date_said(one.sellable))
    if late == 0:
        return there + say("explain.on_time")
    return there + say_count("explain.late" if late > 0 else "explain.early", abs(late))


def _spell(spell: Spell) -> str:
    days = f"{spell.days:,}"
    facts = say(
        "explain.spell",
        first=date_said(spell.first),
        last=date_said(spell.last),
        wanted=_units(spell.wanted),
        sold=_units(spell.sold),
        lowest=_units(spell.lowest),
    )
    short = say(
        "explain.short",
        short=_units(spell.short),
        lost=_units(spell.lost),
        owed=_units(spell.owed),
        empty=f"{spell.empty_days:,}",
        days=days,
    )
    return facts + (short if spell.short or spell.owed or spell.empty_days else say("explain.not_short"))


def _more(count: int) -> str:
    return say("explain.more", count=f"{count:,}") if count > 0 else ""


def _units(units: int) -> str:
    return f"{units:,}"


def _listed(parts: list[str]) -> str:
    return say("explain.comma").join(parts)
