"""A sensitivity study as JSON and as CSV."""

import math
from collections.abc import Iterator

from reports.display.result import Json, estimate_json, number
from reports.exchange import csv_file, defused, exact, strict_json
from reports.sensitivity.result import HIGH, LOW, Flip, Sensitivity
from reports.sensitivity.words import verdict
from reports.verdict.estimates import Estimate

ENDS = ("low", "high")
COLUMNS = ("factor", "end", "value", "policy", "score", "mean", "change", "change_low", "change_high", "replications")


def sensitivity_json(study: Sensitivity) -> str:
    """The object that `--json` prints, as text. What is undefined is null."""
    found: Json = {
        "scenario": study.setting.scenario,
        "hash": study.setting.scenario_hash,
        "seed": study.setting.seed,
        "replications": len(study.runs),
        "worlds": study.points,
        "score": study.score,
        "policies": [{"policy": name, "mean": number(_mean(study, row))} for row, name in enumerate(study.rows)],
        "leader": study.rows[study.leader],
        "factors": [_factor(study, place) for place in study.order],
        "flips": [_flip(study, flip) for flip in study.flips],
        "verdict": list(verdict(study)),
        "versions": dict(study.versions),
        "command": study.command,
    }
    return strict_json(found)


def sensitivity_csv(study: Sensitivity) -> bytes:
    """The score of every row at every end, one line each."""
    return csv_file([COLUMNS, *_lines(study)])


def _lines(study: Sensitivity) -> Iterator[list[object]]:
    for place in study.order:
        factor = study.factors[place]
        for end, name in ((LOW, ENDS[LOW]), (HIGH, ENDS[HIGH])):
            value = factor.said(factor.low if end == LOW else factor.high)
            for row, policy in enumerate(study.rows):
                known = study.change(place, end, row)
                numbers = _mean(study, row) + known.mean, known.mean, known.low, known.high
                texts = (defused("; ".join(factor.keys)), name, defused(value), defused(policy), study.score)
                yield [*texts, *map(exact, numbers), known.count]


def _mean(study: Sensitivity, row: int) -> float:
    values = study.base[row]
    known = values[values == values]
    return float(known.mean()) if len(known) else math.nan


def _factor(study: Sensitivity, place: int) -> Json:
    factor = study.factors[place]
    return {
        "keys": list(factor.keys),
        **{name: factor.said(value) for name, value in zip(ENDS, (factor.low, factor.high), strict=True)},
        "change": {
            policy: {name: estimate_json(study.change(place, end, row)) for end, name in enumerate(ENDS)}
            for row, policy in enumerate(study.rows)
        },
        **_effects(study, place),
        **_shares(study, place),
    }


def _effects(study: Sensitivity, place: int) -> Json:
    if not study.effects:
        return {}
    known = study.effects[place]
    return {"mu_star": estimate_json(known.size), "mu": number(known.mean), "sigma": number(known.spread)}


def _shares(study: Sensitivity, place: int) -> Json:
    if not study.shares:
        return {}
    known = study.shares[place]
    return {"first_order": _index(known.alone), "total_order": _index(known.together)}


def _index(known: Estimate) -> Json:
    return {name: number(value) for name, value in (("mean", known.mean), ("low", known.low), ("high", known.high))}


def _flip(study: Sensitivity, flip: Flip) -> Json:
    factor = study.factors[flip.factor]
    return {
        "keys": list(factor.keys),
        "end": ENDS[flip.end],
        "best": study.rows[flip.row],
        "from": None if math.isnan(flip.at) else factor.said(flip.at),
        "gain": estimate_json(flip.gap),
        "sure": flip.sure,
    }
