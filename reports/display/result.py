"""The comparison as JSON: the contract with programs."""

import json
import math
from collections.abc import Sequence

from reports.comparison import Comparison, Row
from reports.verdict.advice import advise
from reports.verdict.estimates import Difference, Estimate

Json = dict[str, object]


def comparison_json(comparison: Comparison) -> Json:
    """The object that `--json` prints. What is undefined is null, so that it is strict JSON."""
    setting = comparison.setting
    advice = advise(comparison)
    return {
        "scenario": setting.scenario,
        "hash": setting.scenario_hash,
        "seed": setting.seed,
        "replications": len(comparison.runs),
        "policies": [row_json(row, setting.warehouses) for row in comparison.rows],
        "differences": [
            _difference(comparison, index, difference)
            for score in comparison.compared_scores
            for index, difference in comparison.differences(score).items()
        ],
        "luck": setting.luck,
        "goal": str(comparison.goal),
        "advice": {
            "policy": None if advice.row is None else comparison.rows[advice.row].policy,
            "playbook": None if advice.row is None else comparison.rows[advice.row].playbook,
            "routing": None if advice.row is None else comparison.rows[advice.row].routing,
            "chance": _number(advice.chance),
            "sentence": advice.sentence,
        },
        "versions": dict(comparison.versions),
    }


def json_text(comparison: Comparison) -> str:
    """The object as text."""
    return json.dumps(comparison_json(comparison), ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def row_json(row: Row, warehouses: Sequence[str]) -> Json:
    """One row, its scores, and what the cockpit says of each warehouse."""
    return {
        "policy": row.policy,
        "playbook": row.playbook,
        "routing": row.routing,
        "sees": list(row.sees),
        "scores": {name: _estimate(known) for name, known in row.estimates.items()},
        "warehouses": {
            warehouse: {name: _estimate(known) for name, known in row.at(place).items()}
            for place, warehouse in enumerate(warehouses)
        },
    }


def difference_json(difference: Difference) -> Json:
    """One paired difference, without what it is held against."""
    return {
        "score": difference.score,
        **_estimate(difference.estimate),
        "higher_in": difference.higher,
        "p": _number(difference.p),
        "p_holm": _number(difference.p_holm),
    }


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _estimate(known: Estimate) -> Json:
    return {"mean": _number(known.mean), "low": _number(known.low), "high": _number(known.high)}


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
