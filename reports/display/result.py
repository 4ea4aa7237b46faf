"""The comparison as JSON: the contract with programs."""

import math
from collections.abc import Sequence
from dataclasses import asdict

from reports.comparison import Comparison, Row
from reports.exchange import strict_json
from reports.language.naming import named
from reports.verdict.advice import advise
from reports.verdict.equal import EqualService
from reports.verdict.estimates import Difference, Estimate
from reports.verdict.regret import Hindsight, definition, hindsight

Json = dict[str, object]


def comparison_json(comparison: Comparison) -> Json:
    """The object that `--json` prints. What is undefined is null, so that it is strict JSON."""
    setting = comparison.setting
    advice, hind = advise(comparison), hindsight(comparison)
    return {
        "scenario": setting.scenario,
        "hash": setting.scenario_hash,
        "seed": setting.seed,
        "replications": len(comparison.runs),
        "policies": [
            {**row_json(row, setting.warehouses), "regret": _regret(hind, index)}
            for index, row in enumerate(comparison.rows)
        ],
        "differences": [
            _difference(comparison, index, difference)
            for score in comparison.compared_scores
            for index, difference in comparison.differences(score).items()
        ],
        "hindsight": None if hind is None else _hindsight(comparison, hind),
        "equal": None if comparison.equal is None else _equal(comparison.equal),
        "luck": named(setting.luck),
        "goal": str(comparison.goal),
        "advice": {
            "policy": None if advice.row is None else comparison.rows[advice.row].policy,
            "playbook": None if advice.row is None else comparison.rows[advice.row].playbook,
            "routing": None if advice.row is None else comparison.rows[advice.row].routing,
            "chance": number(advice.chance),
            "sentence": advice.sentence,
        },
        "versions": dict(comparison.versions),
    }


def json_text(comparison: Comparison) -> str:
    """The object as text."""
    return strict_json(comparison_json(comparison))


def row_json(row: Row, warehouses: Sequence[str]) -> Json:
    """One row, its scores, and what the cockpit says of each warehouse."""
    return {
        "policy": row.policy,
        "playbook": row.playbook,
        "routing": row.routing,
        "sees": list(row.sees),
        "scores": {name: estimate_json(known) for name, known in row.estimates.items()},
        "warehouses": {
            warehouse: {name: estimate_json(known) for name, known in row.at(place).items()}
            for place, warehouse in enumerate(warehouses)
        },
    }


def difference_json(difference: Difference) -> Json:
    """One paired difference, without what it is held against."""
    return {
        "score": difference.score,
        **estimate_json(difference.estimate),
        "higher_in": difference.higher,
        "p": number(difference.p),
        "p_holm": number(difference.p_holm),
    }


def _regret(hind: Hindsight | None, index: int) -> Json | None:
    """A row's regret; null for a yardstick, and where there is nothing to choose."""
    return None if hind is None or math.isnan(hind.shares[index]) else estimate_json(hind.regrets[index])


def _hindsight(comparison: Comparison, hind: Hindsight) -> Json:
    rows = [(comparison.rows[index], share) for index, share in hind.mix]
    return {
        "objective": str(comparison.goal.objective),
        **estimate_json(hind.best),
        "mix": [
            {"policy": row.policy, "playbook": row.playbook, "routing": row.routing, "share": share}
            for row, share in rows
        ],
        "regret": definition(),
    }


def _equal(equal: EqualService) -> Json:
    left_out = [
        {**asdict(one), "reached": None if one.reached is None else number(one.reached)} for one in equal.left_out
    ]
    return {
        "score": equal.target.score,
        "target": equal.target.value,
        "replications": equal.runs,
        "turned": [asdict(one) for one in equal.turned],
        "left_out": left_out,
    }


def number(value: float) -> float | None:
    """A number, null where it is undefined."""
    return value if math.isfinite(value) else None


def estimate_json(known: Estimate) -> Json:
    """A mean and its interval."""
    return {"mean": number(known.mean), "low": number(known.low), "high": number(known.high)}


def _difference(comparison: Comparison, index: int, difference: Difference) -> Json:
    row, reference = comparison.rows[index], comparison.rows[comparison.reference]
    return {
        "policy": row.policy,
        "playbook": row.playbook,
        "routing": row.routing,
        "reference": reference.policy,
        "reference_playbook": reference.playbook,
        "reference_routing": reference.routing,
        **difference_json(difference),
    }
