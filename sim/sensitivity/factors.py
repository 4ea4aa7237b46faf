"""The assumptions that are moved: those a user names, or a sensible list of what is found in the world."""

import re
from collections.abc import Iterator

from reports.sensitivity.result import Factor
from scenarios.changing.setting import takes_whole
from scenarios.changing.texts import Times, change_fault, parts_of
from scenarios.faults import ScenarioError, shown
from scenarios.schema import Lane, Scenario
from scenarios.variation import Changeable

LOW, HIGH = 0.8, 1.2
"""What an assumption is multiplied by where nobody says how sure it is."""
_SPAN = re.compile(
    r"\s*(?P<times>x?)(?P<low>-?[\d.]+(?:e-?\d+)?)\s*\.\.\s*(?P<other>x?)(?P<high>-?[\d.]+(?:e-?\d+)?)\s*"
)
_FORM = "KEY=LOW..HIGH, such as customs.us.duty=0.1..0.4 or sku.*.unit_cost=x0.8..x1.2"


def read_factor(text: str, world: Changeable) -> Factor:
    """The factor of a text such as `sku.*.unit_cost=x0.8..x1.2`. Raises `ScenarioError`."""
    key, _, said = text.rpartition("=")
    found = _SPAN.fullmatch(_dotted(said))
    if not key or found is None or found["times"] != found["other"]:
        raise ScenarioError([change_fault(shown(text), "is no factor", _FORM)])
    parts_of(key)
    try:
        low, high = float(found["low"]), float(found["high"])
    except ValueError:
        raise ScenarioError([change_fault(shown(text), "is no factor", _FORM)]) from None
    if not low < high:
        raise ScenarioError([change_fault(key, f"{shown(said)} has its low end first", _FORM)])
    times = bool(found["times"])
    return Factor((key.strip(),), low, high, times, not times and takes_whole(world.raw(), key))


def _dotted(said: str) -> str:
    """`0.5..2` and `x.5..x2` with blanks around the two dots that part the ends."""
    return re.sub(r"(?<!\.)\.\.(?!\.)", " .. ", said)


def changes(factor: Factor, share: float) -> dict[str, object]:
    """What is changed in the scenario where a factor stands at a share of its range."""
    value = factor.at(share)
    return dict.fromkeys(factor.keys, Times(value) if factor.times else value)


def default_factors(scenario: Scenario) -> tuple[Factor, ...]:
    """Demand, times of the main lane, costs and what events bring, where the world has them, a fifth less and more."""
    return tuple(Factor(keys, LOW, HIGH, True, kind=kind, places=places) for kind, places, keys in _found(scenario))


Found = tuple[str, tuple[str, ...], tuple[str, ...]]
"""What is moved, of which places, and by which keys."""


def _found(scenario: Scenario) -> Iterator[Found]:
    yield from _demand(scenario)
    yield from _times(scenario)
    yield "unit_cost", (), ("sku.*.unit_cost",)
    for name, lane in scenario.lane.items():
        if keys := tuple(_freight(name, lane)):
            yield "freight", (name,), keys
    for name, post in scenario.customs.items():
        if post.duty > 0:
            yield "duty", (name,), (f"customs.{_key(name)}.duty",)
    for name, warehouse in scenario.warehouse.items():
        if warehouse.rent.per_m3_day != 0:
            yield "rent", (name,), (f"warehouse.{_key(name)}.rent.per_m3_day",)


def _demand(scenario: Scenario) -> Iterator[Found]:
    for name, market in scenario.market.items():
        if any(wanted.organic is not None for wanted in market.demand.values()):
            yield "pace", (name,), (f"market.{_key(name)}.demand.*.organic",)
    planned = scenario.planned
    if planned.promotion and all(event.lift * LOW >= 1 for event in planned.promotion):
        yield "lift", (), ("planned.promotion.*.lift",)
    if planned.livestream:
        yield "livestream", (), ("planned.livestream.*.scale",)
    if scenario.surprise.video:
        yield "video", (), ("surprise.video.*.scale",)


def _times(scenario: Scenario) -> Iterator[Found]:
    """Production, and each leg of the lane that stands first of those from a factory."""
    main = next((name for name, lane in scenario.lane.items() if lane.sources[0] in scenario.supplier), None)
    if main is None:
        return
    lane = scenario.lane[main]
    for source in lane.sources:
        if scenario.supplier[source].make_days != 0:
            yield "make_days", (source,), (f"supplier.{_key(source)}.make_days",)
    for leg in lane.legs:
        if leg.days is not None and leg.days != 0:
            yield "leg", (main, leg.name), (f"lane.{_key(main)}.legs.{_key(leg.name)}.days",)


def _freight(name: str, lane: Lane) -> Iterator[str]:
    for part in ("per_m3", "per_kg", "per_shipment"):
        if getattr(lane.cost, part) != 0:
            yield f"lane.{_key(name)}.cost.{part}"
    if lane.cost.container is not None:
        yield f"lane.{_key(name)}.cost.container.price"


def _key(name: str) -> str:
    """A name as it stands in a key."""
    return name if re.fullmatch(r"[\w-]+", name) else f"'{name}'" if '"' in name else f'"{name}"'
