"""How well the scores are known that were asked to be known well, in a sentence."""

from reports.comparison import Comparison
from reports.display.numbers import phrase
from reports.language.speaking import say
from reports.scores import SCORES
from reports.verdict.precision import FIRST_LOOK, Known, Precision
from reports.verdict.sentences import label, runs


def precision_told(precision: Precision, comparison: Comparison) -> str:
    """Whether the widths are kept, and of the score that is known least well how well it is known."""
    known = precision.known(comparison)
    if not known:
        return say("precision.nothing", precision=precision)
    last = max(known, key=lambda one: (not one.enough, one.half / max(one.allowed, 1e-300)))
    return say(
        f"precision.{_way(last, len(comparison.runs))}",
        precision=precision,
        runs=runs(comparison),
        what=_what(last, comparison),
        half=_half(last, comparison.setting.currency),
        least=FIRST_LOOK,
    )


def _way(known: Known, played: int) -> str:
    """Which message tells it."""
    if known.enough:
        return "reached"
    if known.half > known.allowed:
        return "missed"
    return "few" if played < FIRST_LOOK else "uneven"


def _what(known: Known, comparison: Comparison) -> str:
    leader = comparison.rows[comparison.reference].name
    way = "gap" if known.width.gap else "score"
    return say(f"precision.{way}", score=label(known.width.score), row=known.row.name, leader=leader)


def _half(known: Known, currency: str) -> str:
    unit = SCORES[known.width.score].unit
    if unit == "share":
        return say("precision.points", number=f"{known.half * 100:.2g}")
    return phrase(unit, known.half, currency)
