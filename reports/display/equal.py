"""How a comparison was brought to equal service, in words."""

from reports.display.numbers import phrase
from reports.scores import SCORES
from reports.verdict.equal import EqualService, LeftOut
from reports.verdict.sentences import label


def equal_told(equal: EqualService, first_fresh: int, currency: str) -> str:
    """What was done, in one sentence."""
    wanted = _measured(equal, equal.target.value, currency)
    return (
        f"Equal service: on replications 0 to {equal.runs - 1:,} each policy was turned until its "
        f"{label(equal.target.score)} was as near to {wanted} as it can be; what is told here is of fresh "
        f"replications, from number {first_fresh:,} on."
    )


def left_out_told(equal: EqualService, currency: str) -> tuple[str, ...]:
    """Those that are not compared, and how near each came."""
    return tuple(_left_out(equal, one, currency) for one in equal.left_out)


def _left_out(equal: EqualService, one: LeftOut, currency: str) -> str:
    beside = [word for word, usual in ((one.playbook, "none"), (one.routing, "preference")) if word != usual]
    name = " with ".join([one.given, *beside])
    if one.nearest is None or one.reached is None:
        return f"{name} {one.why}"
    at = "" if one.nearest == one.given else f", with {one.nearest}"
    reached = _measured(equal, one.reached, currency)
    return f"{name} {one.why}; its nearest {label(equal.target.score)} is {reached}{at}"


def _measured(equal: EqualService, value: float, currency: str) -> str:
    return phrase(SCORES[equal.target.score].unit, value, currency)
