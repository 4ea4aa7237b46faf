"""Sense: laws that exist, keys that go together, events that can act."""

from collections.abc import Iterator

from scenarios.checks.findings import Finding, every_part
from scenarios.checks.names import events
from scenarios.faults import Path, shown
from scenarios.schema import (
    EVERY,
    AdStop,
    Departures,
    Discrete,
    Event,
    Gamma,
    Influencer,
    Law,
    Leg,
    Livestream,
    Lognormal,
    Market,
    Opening,
    Organic,
    Part,
    Percentiles,
    Promotion,
    Scenario,
    Triangular,
    Uniform,
    Video,
    Weibull,
)

WIDEST = 100.0
"""Largest spread of a gamma or lognormal law, as standard deviation over its mean above `low`."""
_NARROWEST = 0.001
_ROUNDING = 1e-6
_WEEK_ROUNDING = 0.005


def laws(scenario: Scenario) -> Iterator[Finding]:
    """Parameters of every law of chance agree with each other."""
    for path, part in every_part(scenario):
        match part:
            case Uniform(low=low, high=high) if low > high:
                yield Finding((*path, "high"), f"{high} is below low", f"from {low}")
            case Triangular(low=low, mode=mode, high=high) if not low <= mode <= high:
                yield Finding((*path, "mode"), f"{mode} is not between low and high", f"from {low} to {high}")
            case Gamma() | Lognormal() | Weibull():
                yield from _spread(path, part)
            case Percentiles(usual=usual, bad=bad) if bad < usual:
                yield Finding((*path, "bad"), f"{bad} is below usual", f"from {usual}")
            case Discrete():
                yield from _chances(path, part)


def _spread(path: Path, law: Gamma | Lognormal | Weibull) -> Iterator[Finding]:
    """The mean is above the least value, and the spread one that the law's parameters can be found for."""
    if law.mean <= law.low:
        yield Finding((*path, "mean"), f"{law.mean} is not above low", f"above {law.low}")
        return
    above = (law.mean - law.low) / law.mean
    if law.cv > WIDEST * above:
        what = f"{law.cv} spreads too wide for the mean above low"
        yield Finding((*path, "cv"), what, f"up to {WIDEST * above:g}")
    elif isinstance(law, Weibull) and law.cv < _NARROWEST * above:
        yield Finding((*path, "cv"), f"{law.cv} is hardly a spread", f"from {_NARROWEST * above:g}, or law fixed")


def consistent(law: Law) -> bool:
    """Whether `laws` finds nothing wrong with a law that has chances."""
    return not isinstance(law, Discrete) or not any(_chances((), law))


def _chances(path: Path, law: Discrete) -> Iterator[Finding]:
    if law.chances and len(law.chances) != len(law.values):
        yield Finding((*path, "chances"), f"has {len(law.chances)} entries", f"{len(law.values)}, as in values")
    elif law.chances and abs(sum(law.chances) - 1) > _ROUNDING:
        yield Finding((*path, "chances"), f"sum to {sum(law.chances):g}", "a sum of 1")


def organic(scenario: Scenario) -> Iterator[Finding]:
    """The everyday stream says only what its law uses, and its weekdays average 1."""
    for path, part in every_part(scenario):
        if not isinstance(part, Organic):
            continue
        if part.dispersion != 1 and part.law != "negative-binomial":
            yield Finding((*path, "dispersion"), f"means nothing for law {part.law}", "negative-binomial")
        if part.sd != 0 and part.law != "normal":
            yield Finding((*path, "sd"), f"means nothing for law {part.law}", "normal")
        if part.weekday is not None and abs(sum(part.weekday) / 7 - 1) > _WEEK_ROUNDING:
            yield Finding((*path, "weekday"), f"averages {sum(part.weekday) / 7:.4g}", "an average of 1")


def one_of(scenario: Scenario) -> Iterator[Finding]:
    """Where one of several keys must speak, exactly one does."""
    for path, part in every_part(scenario):
        match part:
            case Leg():
                yield from _exactly_one(path, part, "days", "post")
            case Departures():
                yield from _exactly_one(path, part, "every_days", "weekdays")
            case Livestream():
                yield from _exactly_one(path, part, "orders", "days_of_pace", "lift", "past_units")
            case Influencer():
                yield from _exactly_one(path, part, "orders", "days_of_pace", "past_units")
            case Video():
                yield from _exactly_one(path, part, "orders", "days_of_pace")
            case Promotion():
                yield from _exactly_one(path, part, "on", "occasion")
            case AdStop():
                yield from _exactly_one(path, part, "on", "per_year")
            case Opening():
                given = [name for name in ("cover_days", "units", "by_sku") if getattr(part, name) is not None]
                if len(given) > 1:
                    yield Finding(path, f"says {' and '.join(given)}", "only one of them")


def _exactly_one(path: Path, part: Part, *keys: str) -> Iterator[Finding]:
    given = [name for name in keys if getattr(part, name) not in (None, ())]
    if len(given) != 1:
        allowed = f"either {', '.join(keys[:-1])} or {keys[-1]}"
        yield Finding(path, f"has {' and '.join(given) or 'neither'}", allowed)


def shares(scenario: Scenario) -> Iterator[Finding]:
    """Chances and commissions that add up stay within 1."""
    for key, post in scenario.customs.items():
        total = sum(kind.chance for kind in post.inspections)
        if total > 1 + _ROUNDING:
            yield Finding(("customs", key, "inspections"), f"chances sum to {total:g}", "a sum up to 1")
    for key, market in scenario.market.items():
        total = market.fees.platform + market.fees.creator
        if total > 1 + _ROUNDING:
            yield Finding(("market", key, "fees"), f"platform and creator take {total:g} of the price", "up to 1")


def traffic(scenario: Scenario) -> Iterator[Finding]:
    """Other people's shipments queue for desks, so there must be some."""
    for key, post in scenario.customs.items():
        if post.others_per_day and post.desks is None:
            yield Finding(("customs", key, "others_per_day"), "without desks nobody queues", "desks = a number")


def wants(scenario: Scenario) -> Iterator[Finding]:
    """Something is wanted in every market, and no SKU both by history and by law."""
    for key, market in scenario.market.items():
        steady = advertises(market) or any(demand.business is not None for demand in market.demand.values())
        everyday = any(wanted(market, sku.id) for sku in scenario.sku)
        if not (steady or everyday or _bought_by_events(scenario, key)):
            yield Finding(("market", key), "nothing is wanted here", "demand, history, or an event that brings orders")
        for name in market.demand:
            if market.history is not None and name in market.history.units:
                yield Finding(("market", key, "demand", name), f"SKU {shown(name)} has a history too", "one of them")


def advertises(market: Market) -> bool:
    """Whether a market has ads for a SKU."""
    return any(demand.ads is not None for demand in market.demand.values())


def wanted(market: Market, sku: str) -> bool:
    """Whether a market has everyday demand for a SKU: a history, or an organic mean above 0."""
    if market.history is not None and any(market.history.units.get(sku, ())):
        return True
    demand = market.demand.get(sku) or market.demand.get(EVERY)
    return demand is not None and demand.organic is not None and demand.organic.mean > 0


def _bought_by_events(scenario: Scenario, market: str) -> bool:
    return any(sized(event) and touches(event, market) for _, event in events(scenario))


def sized(event: Event) -> bool:
    """Whether an event's size is in units, whatever the everyday demand."""
    return getattr(event, "orders", None) is not None or bool(getattr(event, "past_units", ()))


def touches(event: Event, market: str) -> bool:
    """Whether an event is meant for a market."""
    return EVERY in event.markets or market in event.markets


def acting(scenario: Scenario) -> Iterator[Finding]:
    """An event measured by everyday demand finds some to act on."""
    for path, event in events(scenario):
        if not sized(event) and not finds_demand(scenario, event):
            yield Finding(path, f"event {shown(event.name)} finds nothing to act on", "markets and skus with demand")


def finds_demand(scenario: Scenario, event: Event) -> bool:
    """Whether an event touches a market and a SKU that have everyday demand."""
    return any(
        wanted(market, sku.id)
        for key, market in scenario.market.items()
        if touches(event, key)
        for sku in scenario.sku
        if EVERY in event.skus or sku.id in event.skus
    )


CHECKS = (traffic, laws, organic, one_of, shares, wants, acting)
