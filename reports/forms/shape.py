"""How a spreadsheet is told to print a number: as the report printed it."""

import re
from dataclasses import dataclass

_PRINTED = re.compile(r"(\D*)(\d[\d,]*)(?:\.(\d+))?(\D*)")


@dataclass(frozen=True)
class Shape:
    """A number format, and whether a number in percent is to be kept as a share of one, as spreadsheets do."""

    code: str = "General"
    share: bool = False


GENERAL = Shape()
DATE = Shape("yyyy-mm-dd")


def shape(printed: str, value: float, unit: str) -> Shape:
    """The shape in which `value`, of a column in `unit`, looks as it was `printed`."""
    found = _PRINTED.fullmatch(printed)
    if found is None:
        return bare_shape(printed, unit)
    before, whole, decimals, after = found[1], found[2], found[3] or "", found[4]
    digits, share = bare_shape(printed, unit).code, _is_share(after, unit)
    told = float(f"{whole.replace(',', '')}.{decimals or 0}")
    if abs(told - abs(value)) > 0.5001 * 10.0 ** -len(decimals):
        # A bound, as in "more than 99 %", or counted in another unit, as 1.2 million is.
        return Shape(_literal(printed), share) if share else GENERAL
    digits = _literal(before.lstrip("+-")) + digits + _literal(after.replace("%", ""))
    return Shape(f"+{digits};-{digits};{digits}" if before.startswith("+") else digits, share)


def bare_shape(printed: str, unit: str) -> Shape:
    """The shape of numbers told as finely as the one that was `printed`, without the words around it."""
    found = _PRINTED.fullmatch(printed)
    if found is None:
        return Shape("0.0%", share=True) if unit == "%" else GENERAL
    share = _is_share(found[4], unit)
    decimals = "." + "0" * len(found[3]) if found[3] else ""
    return Shape(("#,##0" if "," in found[2] else "0") + decimals + ("%" if share else ""), share)


def _is_share(after: str, unit: str) -> bool:
    return "%" in (unit, after.strip())


def _literal(text: str) -> str:
    """Letters of a number format that stand for themselves."""
    bare = text.replace('"', "")[:40]
    return f'"{bare}"' if bare.strip() else ""
