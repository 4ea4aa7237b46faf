"""Events: one date and one size each, days the world has, and somebody they can act on."""

from collections.abc import Iterator
from datetime import date, timedelta

from scenarios.calendar import NEW_YEARS_KNOWN, held, promotion_days
from scenarios.checks.findings import Finding
from scenarios.checks.names import ad_stops, events
from scenarios.checks.sense import advertises, consistent
from scenarios.checks.span import calendar
from scenarios.faults import Path, shown
from scenarios.laws import mean
from scenarios.schema import (
    EVERY,
    ExponentialFading,
    Influencer,
    Livestream,
    Promotion,
    Scenario,
    Show,
    Slump,
    Video,
)

_FORGOTTEN = 30
_EXTINCT = 15
_MOST_VIDEOS = 20_000_000


def span(scenario: Scenario) -> tuple[date, date]:
    """The first day of the history, and the last day played."""
    before = scenario.warm_up_days + scenario.history_days
    return scenario.start - timedelta(days=before), scenario.start + timedelta(days=scenario.days - 1)


def dates(scenario: Scenario) -> Iterator[Finding]:
    """What is dated happens in the days played or in the history before them."""
    if any(calendar(scenario)):
        return
    first, last = span(scenario)
    for path, event in events(scenario):
        match event:
            case Promotion(occasion=occasion) if occasion is not None:
                yield from _occasion(path, event, first, last)
            case Promotion(on=on) if on is not None and not any(held(event, first, last, event.dip_days)):
                yield _outside((*path, "on"), on, first, last)
            case Livestream(first_on=on) if on > last:
                yield _outside((*path, "first_on"), on, first, last)
            case Influencer(on=on) if not first <= on <= last:
                yield _outside((*path, "on"), on, first, last)
            case Video(starts_on=on) if on is not None and on > last:
                yield _outside((*path, "starts_on"), on, first, last)
            case Slump(on=on) if not (played := first + timedelta(days=scenario.history_days)) <= on <= last:
                yield _outside((*path, "on"), on, played, last)
    for path, stop in ad_stops(scenario):
        if stop.on is not None and not first <= stop.on <= last:
            yield _outside((*path, "on"), stop.on, first, last)
    for path, on in _pushes(scenario):
        if not first <= on <= last:
            yield _outside(path, on, first, last)


def _outside(path: Path, on: date, first: date, last: date) -> Finding:
    return Finding(path, f"{on} is outside this world", f"from {first} to {last}")


def _occasion(path: Path, promotion: Promotion, first: date, last: date) -> Iterator[Finding]:
    known = NEW_YEARS_KNOWN
    if promotion.occasion == "spring-festival" and not (first.year in known and last.year in known):
        allowed = f"years from {known.start} to {known.stop - 1}, or `on`"
        yield Finding((*path, "occasion"), "Chinese New Year is not known for these years", allowed)
    elif not any(held(promotion, first, last, promotion.dip_days)):
        yield Finding((*path, "occasion"), f"{promotion.occasion} is never between {first} and {last}", "more days")


def _pushes(scenario: Scenario) -> Iterator[tuple[Path, date]]:
    for key, market in scenario.market.items():
        for name, wanted in market.demand.items():
            for position, push in enumerate(wanted.ads.pushes if wanted.ads is not None else ()):
                yield ("market", key, "demand", name, "ads", "pushes", position, "on"), push.on


def shows(scenario: Scenario) -> Iterator[Finding]:
    """Shows have a past to learn from, a peak while they last, and a lift that adds something."""
    for path, event in events(scenario):
        if isinstance(event, Show) and event.past_units:
            if len(event.past_units) < 2:
                yield Finding((*path, "past_units"), "has one value, which tells no spread", "2 values or more")
            elif not any(event.past_units):
                yield Finding((*path, "past_units"), "is 0 throughout", "a value above 0")
        if isinstance(event, Livestream):
            if event.peak_hour is not None and event.peak_hour > event.hours:
                yield Finding(
                    (*path, "peak_hour"), f"{event.peak_hour:g} is after its end", f"from 0 to {event.hours:g}"
                )
            if event.lift is not None and consistent(event.lift) and mean(event.lift) < 1:
                yield Finding((*path, "lift"), f"{mean(event.lift):g} would take orders away", "a mean from 1")


def dips(scenario: Scenario) -> Iterator[Finding]:
    """A promotion pulls no more forward than the days after it want."""
    for path, event in events(scenario):
        if isinstance(event, Promotion) and (event.on is None) != (event.occasion is None):
            missing = event.pulls_forward * (event.lift - 1) * event.scale * promotion_days(event)
            if missing > event.dip_days:
                what = f"{event.pulls_forward:g} pulls forward {missing:g} days of demand within {event.dip_days}"
                yield Finding((*path, "pulls_forward"), what, "less, or more dip_days")


def stops(scenario: Scenario) -> Iterator[Finding]:
    """What stops ads finds ads."""
    for path, stop in ad_stops(scenario):
        reached = [market for key, market in scenario.market.items() if EVERY in stop.markets or key in stop.markets]
        if not any(advertises(market) for market in reached):
            yield Finding(path, f"{shown(stop.name)} finds no ads to stop", "markets with ads")


def videos(scenario: Scenario) -> Iterator[Finding]:
    """Videos and those they breed are no more than a computer holds."""
    for path, event in events(scenario):
        if not isinstance(event, Video):
            continue
        if event.certain and event.starts_on is None:
            yield Finding((*path, "certain"), "without a day on which they come", "starts_on = a date")
        fades, share = event.fades, event.breeds.share if event.breeds is not None else 0.0
        lingers = _FORGOTTEN * fades.mean_days if isinstance(fades, ExponentialFading) else fades.cut_days
        family = _EXTINCT * event.breeds.after_days / (1 - share) if event.breeds is not None else 0.0
        days = scenario.days + scenario.warm_up_days + scenario.history_days + lingers + family
        count = event.per_day / (1 - share) * days
        if count > _MOST_VIDEOS:
            what = f"about {count:,.0f} videos a replication"
            yield Finding((*path, "per_day"), what, f"up to {_MOST_VIDEOS:,}, past ones that linger included")


def spills(scenario: Scenario) -> Iterator[Finding]:
    """What spills over to siblings finds some."""
    if _siblings(scenario):
        return
    for path, event in events(scenario):
        if isinstance(event, Video) and event.spills > 0:
            yield Finding((*path, "spills"), "no two SKUs share a group", "groups in the catalogue")
    for key, market in scenario.market.items():
        if market.switches > 0:
            yield Finding(("market", key, "switches"), "no two SKUs share a group", "groups in the catalogue")


def _siblings(scenario: Scenario) -> bool:
    groups = [sku.group for sku in scenario.sku if sku.group is not None]
    return len(set(groups)) < len(groups)


CHECKS = (dates, shows, dips, stops, videos, spills)
