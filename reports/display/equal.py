"""How a comparison was brought to equal service, in words."""

import re

from reports.display.numbers import phrase
from reports.language.speaking import say
from reports.scores import SCORES
from reports.verdict.equal import EqualService, LeftOut
from reports.verdict.sentences import label

WHYS = ("cannot reach it", "serves better even at its least")
CANNOT_BE_TURNED = re.compile(r"cannot be turned \((.*)\)", re.DOTALL)


def equal_told(equal: EqualService, first_fresh: int, currency: str) -> str:
    """What was done, in one sentence."""
    return say(
        "equal.told",
        last=f"{equal.runs - 1:,}",
        score=label(equal.target.score),
        target=_measured(equal, equal.target.value, currency),
        first=f"{first_fresh:,}",
    )


def left_out_told(equal: EqualService, currency: str) -> tuple[str, ...]:
    """Those that are not compared, and how near each came."""
    return tuple(_left_out(equal, one, currency) for one in equal.left_out)


def _left_out(equal: EqualService, one: LeftOut, currency: str) -> str:
    beside = [word for word, usual in ((one.playbook, "none"), (one.routing, "preference")) if word != usual]
    name, why = say("list.beside").join([one.given, *beside]), _why(one.why)
    if one.nearest is None or one.reached is None:
        return say("equal.left_out", name=name, why=why)
    key = "equal.left_out_near" if one.nearest == one.given else "equal.left_out_with"
    reached = _measured(equal, one.reached, currency)
    return say(key, name=name, why=why, score=label(equal.target.score), reached=reached, nearest=one.nearest)


def _why(why: str) -> str:
    """Why a row is left out; what a policy itself found fault with stays as it told it."""
    if why in WHYS:
        return say(f"equal.why.{why}")
    fault = CANNOT_BE_TURNED.fullmatch(why)
    return say("equal.why.unturned", fault=fault[1]) if fault else why


def _measured(equal: EqualService, value: float, currency: str) -> str:
    return phrase(SCORES[equal.target.score].unit, value, currency)
