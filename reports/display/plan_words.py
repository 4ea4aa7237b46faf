"""A plan in words: what to do, what the numbers mean, what they leave out."""

from collections.abc import Iterator

from reports.plan import NOT_COUNTED, Chance, Plan


def sentences(plan: Plan) -> Iterator[str]:
    """What to do: the last safe date of each lane; then what of a date that was asked about."""
    for lane in plan.lanes:
        if lane.safest is None:
            yield f"By {lane.name} no date examined is safe, the first of them {lane.dates[0]}."
            continue
        level, index = lane.safest
        known = lane.chance(index)
        yield (
            f"By {lane.name}, order on {lane.dates[index]} or before: {percent(known.share)} in time"
            f" ({interval(known)}), at least {safety(level)} on every earlier date examined."
        )
    if plan.asked is not None:
        asked = ((lane.name, lane.on(plan.asked)) for lane in plan.lanes)
        chances = (f"{percent(chance.share)} by {name}" for name, chance in asked if chance is not None)
        yield f"Ordered on {plan.asked}, {(plan.first - plan.asked).days} days before: {', '.join(chances)}."
    if plan.warning is not None:
        yield f"Warning: {plan.warning}."


def notes(plan: Plan) -> Iterator[str]:
    """What the numbers mean, and what they leave out."""
    first, last = plan.window
    yield (
        f"Rule of thumb: the main order 90 to 120 days ahead, {first} to {last}, and the goods there by {plan.target}."
    )
    yield f"Intervals are Wilson's, 95 %, over {plan.runs:,} replications. An order stands for the end of its day."
    for start in sorted({lane.start for lane in plan.lanes if lane.start is not None}):
        yield f"What starts at {start} is taken to be there when it is ordered."
    yield from NOT_COUNTED
    yield f"World {plan.scenario} {plan.scenario_hash[:12]}, seed {plan.seed}"


def percent(share: float) -> str:
    """A share of replications."""
    return f"{share * 100:.1f} %"


def safety(chance: float) -> str:
    """A chance that is called safe."""
    return f"{chance * 100:.0f} %"


def interval(known: Chance) -> str:
    """The interval of a chance, in percent."""
    return f"{known.low * 100:.1f}–{known.high * 100:.1f}"
