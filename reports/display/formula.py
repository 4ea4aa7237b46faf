"""A rule's formula with the numbers of a day put in: what is told is true, and the rest is left out."""

import ast
import math
import operator
import re
from collections.abc import Callable, Collection, Mapping

WHOLE = (
    "position that the other policy sees",
    "steady pace",
    "plain pace",
    "siblings' pace",
    "echelon position",
    "fast lead_days",
    "slow lead_days",
)
"""Terms with the words of others in them: put in whole or not at all."""
PLAIN_WORDS = frozenset({"x", "max", "min", "sqrt", "order", "otherwise"})
"""Words that may stand in a calculation beside numbers."""
BETWEEN: Mapping[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
CALLED: Mapping[str, Callable[..., float]] = {"max": max, "min": min, "sqrt": math.sqrt}
CLOSE = 1e-6
"""By how much of itself a number may miss what the calculation gives."""


def put_in(formula: str, terms: Mapping[str, float], unset: Collection[str] = ()) -> str:
    """The clauses of a formula whose terms are all known, with numbers instead; empty where there is none.

    Of alternatives, the first is told that needs nothing that is unset. An equation that does not hold is left out.
    """
    chosen = (_chosen(clause.strip(), unset) for clause in formula.split(";"))
    told = (", ".join(filter(None, (_numbers(part, terms) for part in _parts(clause)))) for clause in chosen)
    return "; ".join(clause for clause in told if " = " in clause)


def named_in(formula: str, terms: Mapping[str, float]) -> dict[str, float]:
    """The terms whose words stand in the formula."""
    return {word: value for word, value in terms.items() if _words(word).search(formula)}


def plain(value: float) -> str:
    """A number as it stands in a calculation: two decimals at most."""
    written = f"{value:,.2f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def _chosen(clause: str, unset: Collection[str]) -> str:
    """A clause with the one of its alternatives that was followed; empty where none can be."""
    head, equals, rest = clause.partition(" = ")
    if not equals:
        head, rest = "", clause
    for alternative in rest.split(", or "):
        if not set(re.findall(r"\w+", alternative)) & set(unset):
            return f"{head}{equals}{alternative}"
    return ""


def _parts(clause: str) -> list[str]:
    """What commas outside brackets part."""
    return re.split(r", (?![^(]*\))", clause)


def _numbers(part: str, terms: Mapping[str, float]) -> str:
    known = {word: value for word, value in terms.items() if math.isfinite(value)}
    words = _words(*known, *WHOLE)
    shown = words.sub(lambda found: _exact(known[found[0]]) if found[0] in known else found[0], part)
    if set(re.findall(r"[^\W\d]\w*", shown)) - PLAIN_WORDS:
        return ""
    left, equals, right = words.sub(lambda found: repr(known[found[0]]), part).partition(" = ")
    if equals and ":" not in left and left != "order" and not _holds(left, right):
        return ""
    return shown


def _words(*words: str) -> re.Pattern[str]:
    """Any of these as they stand in a formula, not within other words."""
    longest_first = sorted(set(words), key=len, reverse=True)
    return re.compile(rf"(?<![\w.-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w(-]|\.\w)")


def _holds(left: str, right: str) -> bool:
    one, other = _value(left), _value(right)
    return one is not None and other is not None and math.isclose(one, other, rel_tol=CLOSE, abs_tol=CLOSE)


def _value(calculation: str) -> float | None:
    """What it comes to; None where it is no calculation with numbers."""
    try:
        return _worth(ast.parse(calculation.replace(" x ", " * "), mode="eval").body)
    except (SyntaxError, ValueError, ZeroDivisionError):
        return None


def _worth(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_worth(operand)
        case ast.BinOp(left=left, op=between, right=right) if type(between) in BETWEEN:
            return BETWEEN[type(between)](_worth(left), _worth(right))
        case ast.Call(func=ast.Name(id=name), args=arguments) if name in CALLED:
            return CALLED[name](*map(_worth, arguments))
    raise ValueError("no calculation")


def _exact(value: float) -> str:
    """A factor keeps so many decimals that a product of two tells the units."""
    return plain(value) if abs(value) >= 100 else f"{value:.4f}".rstrip("0").rstrip(".")
