"""A plan as JSON and as CSV."""

from collections.abc import Iterator

from reports.display.plan_words import not_counted, sentences, warning_told
from reports.display.result import Json
from reports.exchange import csv_file, defused, strict_json
from reports.plan import LEVELS, Cash, LanePlan, Plan

COLUMNS = ("lane", "warehouse", "ordered", "days_before", "in_time", "replications", "chance", "low", "high")


def plan_json(plan: Plan) -> str:
    """The object that `--json` prints, as text."""
    found: Json = {
        "scenario": plan.scenario,
        "hash": plan.scenario_hash,
        "seed": plan.seed,
        "replications": plan.runs,
        "event": {
            "name": plan.event,
            "kind": plan.kind,
            "first": str(plan.first),
            "last": str(plan.last),
            "expected_units": plan.expected_units,
        },
        "window": {"first_order": str(plan.window[0]), "last_order": str(plan.window[1]), "arrival": str(plan.target)},
        "asked": None if plan.asked is None else str(plan.asked),
        "warning": warning_told(plan),
        "lanes": [_lane_json(plan, lane) for lane in plan.lanes],
        "advice": list(sentences(plan)),
        "not_counted": list(not_counted()),
        "currency": plan.currency,
        "versions": dict(plan.versions),
        "command": plan.command,
    }
    return strict_json(found)


def chances_csv(plan: Plan) -> bytes:
    """Every date examined, one line a lane and date."""
    return csv_file([COLUMNS, *_lines(plan)])


def _lines(plan: Plan) -> Iterator[list[object]]:
    for lane in plan.lanes:
        for index, when in enumerate(lane.dates):
            known = lane.chance(index)
            numbers = [repr(number) for number in (known.share, known.low, known.high)]
            days = (plan.first - when).days
            names = map(defused, (lane.lane, lane.warehouse))
            yield [*names, when, days, lane.arrived[index], lane.runs, *numbers]


def _lane_json(plan: Plan, lane: LanePlan) -> Json:
    safe = {f"{level:.2f}": lane.last_safe(level) for level in LEVELS}
    last = lane.last_in_time
    return {
        "lane": lane.lane,
        "warehouse": lane.warehouse,
        "starts_at": lane.start,
        "units": lane.units,
        "left_out": list(lane.left_out),
        "last_safe": {level: None if i is None else _date_json(plan, lane, i) for level, i in safe.items()},
        "last_in_time": None if last is None else _date_json(plan, lane, last),
        "dates": [_date_json(plan, lane, index) for index in range(len(lane.dates))],
        "cash": None if lane.cash is None else _cash_json(lane.cash),
    }


def _date_json(plan: Plan, lane: LanePlan, index: int) -> Json:
    known, when = lane.chance(index), lane.dates[index]
    return {
        "ordered": str(when),
        "days_before": (plan.first - when).days,
        "chance": known.share,
        "low": known.low,
        "high": known.high,
    }


def _cash_json(cash: Cash) -> Json:
    return {
        "ordered": str(cash.ordered),
        "level": cash.level,
        "payments": [
            {"what": one.what, "amount": one.amount, "mean": str(one.mean), "p5": str(one.early), "p95": str(one.late)}
            for one in cash.payments
        ],
    }
