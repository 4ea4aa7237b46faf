"""What the seller is after, in words: `stockout_rate<=5%, least holding_cost`.

A goal is constraints and one objective, divided by commas. A constraint is a score, one of <= >= < >, and a number,
which may be a percentage if the score is a share. The objective is `least SCORE` or `most SCORE`; without one it is
most profit.
"""

import difflib
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from reports.record import FloatArray
from reports.scores import SCORES
from reports.verdict.equal import Target

OPERATORS: dict[str, Callable[[FloatArray, float], NDArray[np.bool_]]] = {
    "<=": np.less_equal,
    ">=": np.greater_equal,
    "<": np.less,
    ">": np.greater,
}
DEFAULT_GOAL = "stockout_rate<=5%, most profit"

_CONSTRAINT = re.compile(r"(?P<score>[^<>=]+?)\s*(?P<sign><=|>=|=<|=>|==|=|<|>)\s*(?P<number>.+)")
_OBJECTIVE = re.compile(r"(?P<way>least|most)\s+(?P<score>\S+)")


class GoalError(Exception):
    """A goal that cannot be read. The message names the part, and what is allowed."""


@dataclass(frozen=True)
class Constraint:
    """A limit on the mean of a score."""

    score: str
    sign: str
    limit: float

    def keeps(self, values: FloatArray) -> NDArray[np.bool_]:
        """Which values keep it. An undefined value keeps nothing."""
        return OPERATORS[self.sign](values, self.limit)

    def holds(self, value: float) -> bool:
        """Whether one value keeps it."""
        return bool(self.keeps(np.array(value)))

    def excess(self, value: float) -> float:
        """How far a value is beyond the limit, relative to it; 0 when it is kept, infinite when undefined."""
        if math.isnan(value):
            return math.inf
        return 0.0 if self.holds(value) else abs(value - self.limit) / max(abs(self.limit), 1e-9)

    def __str__(self) -> str:
        limit = f"{self.limit * 100:.10g}%" if SCORES[self.score].unit == "share" else f"{self.limit:.10g}"
        return f"{self.score}{self.sign}{limit}"


@dataclass(frozen=True)
class Objective:
    """What is to be least or most among the rows that keep the constraints."""

    way: Literal["least", "most"]
    score: str

    def __str__(self) -> str:
        return f"{self.way} {self.score}"


@dataclass(frozen=True)
class Goal:
    """Constraints and an objective."""

    constraints: tuple[Constraint, ...]
    objective: Objective

    def met(self, means: dict[str, float]) -> bool:
        """Whether these means keep every constraint."""
        return all(limit.holds(means[limit.score]) for limit in self.constraints)

    def __str__(self) -> str:
        return ", ".join([*map(str, self.constraints), str(self.objective)])


def read_goal(text: str = DEFAULT_GOAL) -> Goal:
    """The goal a text says; GoalError when it says none."""
    constraints: list[Constraint] = []
    objective: Objective | None = None
    for part in _parts(text):
        found = _OBJECTIVE.fullmatch(part)
        if not found:
            constraints.append(_constraint(part))
        elif objective is None:
            objective = _objective(found, part)
        else:
            raise GoalError(f"{text!r}: two objectives, '{objective}' and '{part}'; give one")
    return Goal(tuple(constraints), objective or Objective("most", "profit"))


def read_limits(text: str) -> tuple[Constraint, ...]:
    """The conditions of `--fail-if`: constraints alone."""
    for part in _parts(text):
        if _OBJECTIVE.fullmatch(part):
            raise GoalError(f"'{part}': an objective cannot fail; give a score, one of <= >= < >, and a number")
    return tuple(_constraint(part) for part in _parts(text))


def read_target(text: str) -> Target:
    """What `--equal` says, such as stockout_rate=3%: a score, =, and a number."""
    score, equals, number = (part.strip() for part in text.partition("="))
    if not equals or not number or score[-1:] in ("<", ">"):
        raise GoalError(f"'{text}': write one score, = and a number, for example 'stockout_rate=3%'")
    return Target(known_score(score, text), _number(number, score, text))


def _parts(text: str) -> list[str]:
    parts = [" ".join(part.split()) for part in text.split(",")]
    if not all(parts):
        raise GoalError(f"{text!r}: an empty part; write for example '{DEFAULT_GOAL}'")
    return parts


def _constraint(part: str) -> Constraint:
    found = _CONSTRAINT.fullmatch(part)
    if not found:
        raise GoalError(f"'{part}': neither a constraint like stockout_rate<=5% nor an objective like 'most profit'")
    score = known_score(found["score"], part)
    sign = found["sign"]
    if sign not in OPERATORS:
        raise GoalError(f"'{part}': unknown comparison '{sign}'; allowed: {' '.join(OPERATORS)}")
    return Constraint(score, sign, _number(found["number"], score, part))


def _number(text: str, score: str, part: str) -> float:
    percent = text.endswith("%")
    try:
        value = float(text.removesuffix("%"))
    except ValueError:
        raise GoalError(f"'{part}': {text!r} is not a number") from None
    if not math.isfinite(value):
        raise GoalError(f"'{part}': {text!r} is not a finite number")
    share = SCORES[score].unit == "share"
    if percent and not share:
        raise GoalError(f"'{part}': {score} is measured in {SCORES[score].unit}, not in percent")
    value = value / 100 if percent else value
    if share and not 0 <= value <= 1:
        hint = f"; did you mean '{text}%'?" if not percent and 1 < value <= 100 else ""
        raise GoalError(f"'{part}': {score} is a share, from 0% to 100%{hint}")
    return value


def _objective(found: re.Match[str], part: str) -> Objective:
    score = known_score(found["score"], part)
    way: Literal["least", "most"] = "least" if found["way"] == "least" else "most"
    better = SCORES[score].better
    if {"least": "more", "most": "less"}[way] == better:
        other = "most" if way == "least" else "least"
        raise GoalError(f"'{part}': {better} {score} is better; did you mean '{other} {score}'?")
    return Objective(way, score)


def known_score(score: str, part: str) -> str:
    """A score's name; GoalError, which names the part it stands in, when there is none of that name."""
    if score in SCORES:
        return score
    close = difflib.get_close_matches(score, SCORES, n=1)
    hint = f"did you mean '{close[0]}'?" if close else f"allowed: {', '.join(SCORES)}"
    raise GoalError(f"'{part}': unknown score '{score}'; {hint}")
