"""How results are handed to other programs: strict JSON, and CSV as spreadsheets open it."""

import csv
import io
import json
import math
from collections.abc import Iterable, Sequence


def strict_json(found: object) -> str:
    """An object as text. ValueError for numbers that JSON does not know."""
    return json.dumps(found, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def csv_file(lines: Iterable[Sequence[object]]) -> bytes:
    """Lines as a file, in UTF-8 with the mark by which spreadsheets know it."""
    return csv_text(lines).encode("utf-8-sig")


def csv_text(lines: Iterable[Sequence[object]]) -> str:
    """Lines as text."""
    held = io.StringIO(newline="")
    csv.writer(held).writerows(lines)
    return held.getvalue()


def exact(number: float) -> str:
    """A number as it is, to the last bit; nothing where it is undefined."""
    return "" if math.isnan(number) else repr(number)


def defused(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip()[:1] in ("=", "+", "-", "@") or text[:1] in ("\t", "\r", "\n") else text
