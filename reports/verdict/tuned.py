"""The words of a finished search: what to use, whether it keeps the goal on fresh luck, how sure the choice is."""

import math

from reports.display.numbers import percent, percentage, phrase, phrase_with_interval
from reports.language.speaking import say
from reports.scores import SCORES
from reports.tuning import GOOD, Tuning
from reports.verdict.estimates import LEVEL, Estimate
from reports.verdict.sentences import label, limit_told, limits_told


def sentences(tuning: Tuning) -> tuple[str, ...]:
    """What a reader should know, one sentence each."""
    if tuning.front:
        return (_front(tuning), _luck(tuning))
    sure = [] if tuning.goal.constraints and not tuning.choosing.held else [_sure(tuning)]
    return (_choice(tuning), *_confirmed(tuning), *sure, _gain(tuning), _luck(tuning))


def _choice(tuning: Tuning) -> str:
    objective = tuning.goal.objective
    way = "free" if not tuning.goal.constraints else "kept" if tuning.choosing.held else "none"
    return say(
        f"tune.choice.{way}",
        name=tuning.best.name,
        tried=f"{len(tuning.choosing.tried):,}",
        limits=limits_told(tuning.goal.constraints),
        confidence=_confidence(tuning),
        way=say(f"way.{objective.way}"),
        score=label(objective.score),
        measured=_measured(tuning, objective.score),
    )


def _confidence(tuning: Tuning) -> str:
    return percentage(f"{tuning.choosing.confidence * 100:g}")


def _confirmed(tuning: Tuning) -> list[str]:
    """For each constraint, whether fresh luck confirms it."""
    return [
        say(
            f"tune.bound.{'most' if limit.sign.startswith('<') else 'least'}_{'kept' if keeps else 'broken'}",
            score=label(limit.score),
            measured=_measured(tuning, limit.score),
            confidence=_confidence(tuning),
            end=_phrase(tuning, limit.score, end),
            limit=limit_told(limit),
        )
        for limit, end, keeps in tuning.kept
    ]


def _sure(tuning: Tuning) -> str:
    count = len(tuning.finalists)
    if count < 2:
        return say("tune.sure.alone")
    exact, good = tuning.chances
    if math.isnan(exact):
        return say("tune.sure.unknown", count=count)
    slack = percentage(f"{GOOD * 100:g}")
    return say("tune.sure.known", count=count, exact=percent(exact), slack=slack, good=percent(good))


def _gain(tuning: Tuning) -> str:
    if tuning.best.policy == tuning.default.policy:
        return say("tune.gain.none")
    objective = tuning.goal.objective.score
    gap = next(one for one in tuning.differences if one.score == objective)
    known, unit = gap.estimate, SCORES[objective].unit
    way = "alike" if not gap.p < 1 - LEVEL else "higher" if known.mean > 0 else "lower"
    ends = sorted((abs(known.low), abs(known.high)))
    size = Estimate(abs(known.mean), ends[0], ends[1], known.count)
    return say(
        f"tune.gain.{way}",
        score=label(objective),
        given=tuning.default.name,
        size=phrase_with_interval(unit, size, tuning.comparison.setting.currency),
    )


def _front(tuning: Tuning) -> str:
    return say(
        "tune.told.front",
        front=len(tuning.frontier),
        tried=f"{len(tuning.choosing.tried):,}",
        score=label(tuning.goal.objective.score),
    )


def _luck(tuning: Tuning) -> str:
    runs = tuning.comparison.runs
    return say("tune.told.luck", choosing=f"{tuning.choosing.runs:,}", runs=f"{len(runs):,}", first=f"{int(runs[0]):,}")


def _measured(tuning: Tuning, score: str) -> str:
    known = tuning.best.estimates[score]
    return phrase_with_interval(SCORES[score].unit, known, tuning.comparison.setting.currency)


def _phrase(tuning: Tuning, score: str, value: float) -> str:
    return phrase(SCORES[score].unit, value, tuning.comparison.setting.currency)
