"""The sentences of a sensitivity study."""

import math

from reports.display.numbers import phrase
from reports.language.naming import named
from reports.language.speaking import say, say_count
from reports.scores import SCORES
from reports.sensitivity.result import HIGH, LOW, Factor, Flip, Sensitivity
from reports.verdict.estimates import Estimate
from reports.verdict.sentences import label

BENDS = 0.5
"""A spread of the effect that is larger, as a share of its mean size, is told of."""
TOLD = 0.1
"""Of factors whose effect is smaller, as a share of the largest, no more is said."""


def factor_named(factor: Factor) -> str:
    """What a factor is called where its name stands first."""
    told = factor_said(factor)
    return told if not factor.kind else told[0].upper() + told[1:]


def factor_said(factor: Factor) -> str:
    """What a factor is called inside a sentence; one that a user named, by its key."""
    if not factor.kind:
        return factor.keys[0]
    places = {} if not factor.places else {"lane": named(factor.places[0]), "place": named(factor.places[-1])}
    return say(f"sensitivity.factor.{factor.kind}", **places)


def verdict(study: Sensitivity) -> tuple[str, ...]:
    """What the score depends on, where the choice changes, and what must not be judged alone; the answer first."""
    return (_headline(study), *choices_told(study), *_bending(study))


def choices_told(study: Sensitivity) -> tuple[str, ...]:
    """Where another row is the best; nothing where there is nothing to choose."""
    if len(study.usable) < 2 or SCORES[study.score].better == "neither":
        return ()
    if not study.flips:
        return (say("sensitivity.keeps", row=study.rows[study.leader]),)
    return tuple(_flip(study, flip) for flip in study.flips)


def facts(study: Sensitivity) -> tuple[str, ...]:
    """How much was played."""
    runs = say_count("runs", len(study.runs))
    return (say("sensitivity.facts", factors=len(study.factors), points=study.points, runs=runs),)


def change_said(study: Sensitivity, known: Estimate) -> str:
    """A change of the score, its sign written."""
    unit = SCORES[study.score].unit
    sign = "+" if known.mean > 0 else ""
    if unit == "share":
        return say("number.with_unit", number=f"{sign}{known.mean * 100:.1f}", unit=say("page.points"))
    return f"{sign}{phrase(unit, known.mean, study.setting.currency)}"


def _headline(study: Sensitivity) -> str:
    told, row, first = score_said(study), study.rows[study.leader], study.order[0]
    score = told[0].upper() + told[1:]
    if study.swing(first) == 0:
        return say("sensitivity.flat", score=score, row=row)
    factor = study.factors[first]
    return say(
        "sensitivity.headline",
        score=score,
        row=row,
        factor=factor_said(factor),
        low=factor.said(factor.low),
        high=factor.said(factor.high),
        change_low=change_said(study, study.change(first, LOW)),
        change_high=change_said(study, study.change(first, HIGH)),
    )


def _flip(study: Sensitivity, flip: Flip) -> str:
    factor = study.factors[flip.factor]
    at = say("sensitivity.unknown") if math.isnan(flip.at) else factor.said(flip.at)
    way = "flips" if flip.sure else "flips_unsure"
    return say(f"sensitivity.{way}", row=study.rows[flip.row], at=at, factor=factor_said(factor))


def _bending(study: Sensitivity) -> tuple[str, ...]:
    largest = max((one.size.mean for one in study.effects), default=0.0)
    bending = [
        study.factors[place]
        for place, one in enumerate(study.effects)
        if one.size.mean >= TOLD * largest and one.spread > BENDS * one.size.mean
    ]
    return tuple(say("sensitivity.bends", factor=factor_said(factor)) for factor in bending)


def score_said(study: Sensitivity) -> str:
    """The score inside a sentence."""
    return label(study.score)
