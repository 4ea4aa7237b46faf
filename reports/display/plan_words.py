"""A plan in words: what to do, what the numbers mean, what they leave out."""

from collections.abc import Iterator
from datetime import date

from reports.display.numbers import percentage
from reports.display.terminal import world_told
from reports.language.naming import named
from reports.language.speaking import date_said, say
from reports.plan import Chance, LanePlan, Plan

NOT_COUNTED = ("queues", "storage", "later")
"""What a plan leaves out."""


def sentences(plan: Plan) -> Iterator[str]:
    """What to do: the last safe date of each lane; then what of a date that was asked about."""
    for lane in plan.lanes:
        yield _until(lane)
    if plan.asked is not None:
        asked = ((lane_told(lane), lane.on(plan.asked)) for lane in plan.lanes)
        chances = [
            say("plan.chance", chance=percent(chance.share), lane=name) for name, chance in asked if chance is not None
        ]
        days = (plan.first - plan.asked).days
        yield say("plan.asked", date=date_said(plan.asked), days=days, chances=say("list.facts").join(chances))
    if (warning := warning_told(plan)) is not None:
        yield say("plan.warning", told=warning)


def _until(lane: LanePlan) -> str:
    if lane.safest is None:
        return say("plan.unsafe", lane=lane_told(lane), date=date_said(lane.dates[0]))
    level, index = lane.safest
    known = lane.chance(index)
    return say(
        "plan.until",
        lane=lane_told(lane),
        date=date_said(lane.dates[index]),
        chance=percent(known.share),
        interval=interval(known),
        level=safety(level),
    )


def warning_told(plan: Plan) -> str | None:
    """What is wrong with the order date that was asked about; None where nothing is."""
    if plan.asked is None or not plan.late:
        return None
    first, last = map(date_said, plan.window)
    return say("plan.late", days=(plan.first - plan.asked).days, date=date_said(plan.asked), first=first, last=last)


def notes(plan: Plan) -> Iterator[str]:
    """What the numbers mean, and what they leave out."""
    first, last = map(date_said, plan.window)
    yield say("plan.rule", first=first, last=last, target=date_said(plan.target))
    yield say("plan.intervals", runs=f"{plan.runs:,}")
    for start in sorted({lane.start for lane in plan.lanes if lane.start is not None}):
        yield say("plan.starts", start=named(start))
    yield from not_counted()
    yield world_told(plan.scenario, plan.scenario_hash, plan.seed)


def not_counted() -> tuple[str, ...]:
    """What a plan leaves out, a sentence each."""
    return tuple(say(f"plan.not_counted.{part}") for part in NOT_COUNTED)


def lane_told(lane: LanePlan) -> str:
    """A lane and where it leads."""
    return f"{named(lane.lane)} → {named(lane.warehouse)}"


def span_told(first: date, last: date) -> str:
    """Days from one to another."""
    if first == last:
        return date_said(first)
    return say("plan.span", first=date_said(first), last=date_said(last))


def percent(share: float) -> str:
    """A share of replications."""
    return percentage(f"{share * 100:.1f}")


def safety(chance: float) -> str:
    """A chance that is called safe."""
    return percentage(f"{chance * 100:.0f}")


def interval(known: Chance) -> str:
    """The interval of a chance, in percent."""
    return say("number.between", low=f"{known.low * 100:.1f}", high=f"{known.high * 100:.1f}")
