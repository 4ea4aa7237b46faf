"""What `--change` says: keys of the scenario, or a change that has a name; and the worlds and rows it makes."""

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from policies.parameters import wrapped_field
from policies.protocol import Policy
from policies.registry import policy
from policies.rules.wrappers.budget_cap import BudgetCap
from reports.stress.worth import Step
from scenarios.changing.texts import change_fault
from scenarios.faults import ScenarioError
from scenarios.laws import mean
from scenarios.schema import Scenario
from sim.stress.laying import World
from sim.tournament import Entry

_JOINED = re.compile(r"\+(?=[^+=]+=)")
_NAMED = ("notice", "customs", "cash")
FASTER = "faster"


@dataclass(frozen=True)
class Sides:
    """What is played without a change, and what with it."""

    without: Scenario
    after: Scenario
    rows_without: tuple[Entry, ...]
    rows_after: tuple[Entry, ...]


def steps_of(text: str) -> tuple[Step, ...]:
    """The steps of a change, `notice=7`, or several joined by +. Raises `ScenarioError`."""
    return tuple(map(_step, _JOINED.split(text)))


def _step(text: str) -> Step:
    key, _, value = (part.strip() for part in text.partition("="))
    if key == "customs" and value == FASTER:
        return Step("customs", text)
    if key == "notice":
        return Step("notice", text, float(_whole(key, value)))
    if key == "cash":
        return Step("cash", text, float(_whole(key, value)))
    if key in _NAMED:
        raise ScenarioError([change_fault(key, f"{value!r} is not known", f"{key}={FASTER}")])
    return Step("key", text)


def _whole(key: str, value: str) -> int:
    if not re.fullmatch(r"\d{1,12}", value, re.ASCII):
        raise ScenarioError([change_fault(key, f"{value!r} is no whole number from 0 on")])
    return int(value)


def sides(world: World, steps: tuple[Step, ...], rows: tuple[Entry, ...]) -> Sides:
    """Both sides of a change. Raises `ScenarioError` when it finds nothing to change."""
    changes = [list(_keys(world.quiet, step)) for step in steps]
    without = [without for pairs in changes for without, _ in pairs if without]
    after = [after for pairs in changes for _, after in pairs]
    cash = [step.amount for step in steps if step.kind == "cash"]
    return Sides(
        world.changed(without) if without else world.quiet,
        world.changed(after) if after else world.quiet,
        rows,
        tuple(_richer(row, cash[-1]) for row in rows) if cash else rows,
    )


def _keys(scenario: Scenario, step: Step) -> Iterator[tuple[str, str]]:
    """What a step says of keys without it, empty where the world is as it is, and with it."""
    match step.kind:
        case "key":
            yield "", step.text
        case "notice":
            if not scenario.planned.livestream:
                raise _nothing(step, "no livestream is planned in this world")
            for show in scenario.planned.livestream:
                key = f'planned.livestream."{_escaped(show.name)}".announced_days'
                yield f"{key}=0", f"{key}={step.amount:g}"
        case "customs":
            slow = [name for name, post in scenario.customs.items() if mean(post.clear_days) > 0]
            if not slow:
                raise _nothing(step, "no customs post of this world takes time")
            for name in slow:
                yield "", f'customs."{_escaped(name)}".clear_days=x0.5'


def _nothing(step: Step, what: str) -> ScenarioError:
    return ScenarioError([change_fault(step.text, f"finds nothing to change: {what}")])


def _escaped(name: str) -> str:
    return name.replace("\\", "\\\\").replace('"', '\\"')


def _richer(row: Entry, cash: float) -> Entry:
    """A row whose budget lets so much money be tied up, and be spent at a review."""
    spec, playbook, routing = row
    made = policy(spec) if isinstance(spec, str) else spec
    found = _with_cash(made, cash)
    if found is None:
        fault = change_fault(f"cash={cash:g}", f"nothing limits the cash of {spec}", "POLICY+budget-cap:cash=...")
        raise ScenarioError([fault])
    return found, playbook, routing


def _with_cash(made: Policy, cash: float) -> Policy | None:
    """A policy with another budget somewhere within; None where it has none."""
    if isinstance(made, BudgetCap):
        return replace(made, cash=cash, budget=max(made.budget, cash))
    base = wrapped_field(made)
    inner = None if base is None else _with_cash(getattr(made, base), cash)
    held: Any = made
    return None if inner is None or base is None else dataclasses.replace(held, **{base: inner})
