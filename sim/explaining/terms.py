"""The words of a rule's formula, and what they were on the day."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from policies.parameters import label, wrapped_field
from policies.plugins.description import description
from policies.protocol import LaneFacts, Observation
from reports.explanation import Layer, Seen, Trigger
from sim.explaining.recorder import Heard

LINES = {
    "reorder point": "reorder_point",
    "waterline": "reorder_point",
    "trigger": "reorder_point",
    "safety": "safety_stock",
    "safety stock": "safety_stock",
    "upper line": "order_up_to",
    "base": "base_stock",
    "burst": "burst_stock",
    "set aside": "set_aside",
    "pace": "forecast",
}
"""How formulas call what a policy names among its reasons."""
OWN_LINES: Mapping[str, Mapping[str, str]] = {
    "base-stock": {"S": "order_up_to"},
    "periodic-service": {"S": "order_up_to"},
    "newsvendor": {"S": "order_up_to"},
    "min-max": {"S": "order_up_to", "s": "reorder_point"},
    "joint-replenishment": {"S": "order_up_to", "s": "reorder_point", "c": "can_order"},
    "fixed-lot": {"r": "reorder_point", "Q": "lot"},
    "economic-lot": {"Q": "economic_lot"},
    "echelon-base-stock": {"S": "echelon_level", "echelon position": "echelon_position"},
    "campaign-loop": {"lift announced": "lift_announced", "lift used": "lift_used"},
}
"""Letters that stand for something else in other formulas, by rule."""
RAISES_LINES = "high-repeat"
"""The rule that raises the lines of another by what it sets aside, instead of hiding that from it."""


def layer(rule: Any, heard: Heard, seen: Seen, sku: int, held: Trigger | None) -> Layer:
    """One rule with its own formula, and the words of it that are known."""
    formula = description(type(rule)).formula
    own = {**LINES, **OWN_LINES.get(rule.name, {})}
    if wrapped_field(rule) is not None:
        del own["pace"]  # the forecast is the other rule's
    named = {word: float(heard.why[line][0, sku]) for word, line in own.items() if line in heard.why}
    told = {name: float(values[0, sku]) for name, values in heard.why.items()}
    given = {name: value for name, value in _parameters(rule).items() if value is not None}
    facts = _facts(rule, heard.seen, seen, sku)
    if held is not None and wrapped_field(rule) is None:
        facts["position"] = held.position
    terms, unset = {**facts, **given, **told, **named}, frozenset(_parameters(rule)) - set(given)
    return Layer(_own_label(rule), formula, terms, frozenset({*facts, *given} - {*told, *named}), unset)


def trigger(rules: tuple[Any, ...], why: Mapping[str, float], position: int) -> Trigger | None:
    """The lines that the policy named, and the position as it was held against them."""
    point, level = why.get("reorder_point"), why.get("order_up_to")
    if point is None and level is None:
        return None
    hidden = not any(rule.name == RAISES_LINES for rule in rules)
    return Trigger(position - (why.get("set_aside", 0.0) if hidden else 0.0), point, level)


def _own_label(rule: Any) -> str:
    inner = wrapped_field(rule)
    return label(rule) if inner is None else label(rule).removeprefix(f"{label(getattr(rule, inner))}+")


def _parameters(rule: Any) -> dict[str, float | None]:
    """The numbers it was given; None for one that was not."""
    return {item.name: getattr(rule, item.name) for item in dataclasses.fields(rule) if "low" in item.metadata}


def _facts(rule: Any, observed: Observation, seen: Seen, sku: int) -> dict[str, float]:
    """What every rule calls by the same words."""
    facts: dict[str, float] = {
        "position": seen.position,
        "on_hand": seen.on_hand,
        "on hand": seen.on_hand,
        "on_order": seen.on_order,
    }
    facts |= {"backlog": seen.backlog, "unit cost": float(observed.unit_cost[sku]), "price": float(observed.price[sku])}
    facts["repeat_share"] = float(observed.repeat_share[sku])
    if isinstance(getattr(rule, "pace_days", None), int):
        facts["pace"] = float(observed.sales.pace(rule.pace_days)[0, sku])
    lane = _lane(rule, observed)
    return facts if lane is None else facts | {"lead_days": lane.lead_days}


def _lane(rule: Any, observed: Observation) -> LaneFacts | None:
    named = getattr(rule, "lane", None)
    if isinstance(named, str):
        return observed.lane(named)
    return observed.lanes[0] if len(observed.lanes) == 1 else None
