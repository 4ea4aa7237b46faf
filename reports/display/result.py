"""The comparison as JSON: the contract with programs."""

import json
import math

from reports.comparison import Comparison
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
        "policies": [
            {
                "policy": row.policy,
                "playbook": row.playbook,
                "sees": list(row.sees),
                "scores": {name: _estimate(known) for name, known in row.estimates.items()},
            }
            for row in comparison.rows
        ],
        "differences": [
            _difference(difference)
            for score in comparison.compared_scores
            for difference in comparison.differences(score).values()
        ],
        "luck": setting.luck,
        "goal": str(comparison.goal),
        "advice": {
            "policy": None if advice.row is None else comparison.rows[advice.row].policy,
            "chance": _number(advice.chance),
            "sentence": advice.sentence,
        },
        "versions": dict(comparison.versions),
    }


def json_text(comparison: Comparison) -> str:
    """The object as text."""
    return json.dumps(comparison_json(comparison), ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _estimate(known: Estimate) -> Json:
    return {"mean": _number(known.mean), "low": _number(known.low), "high": _number(known.high)}


def _difference(difference: Difference) -> Json:
    return {
        "policy": difference.policy,
        "reference": difference.reference,
        "score": difference.score,
        **_estimate(difference.estimate),
        "higher_in": difference.higher,
        "p": _number(difference.p),
        "p_holm": _number(difference.p_holm),
    }
