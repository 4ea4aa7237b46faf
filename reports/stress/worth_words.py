"""The sentences that say what changes are worth."""

import math
from collections.abc import Iterator

from reports.display.numbers import full_style, phrase
from reports.language.speaking import say, say_count
from reports.stress.worth import Changed, Step, Worth


def sentences(worth: Worth) -> Iterator[str]:
    """What each change is worth to each row."""
    for change in worth.changes:
        for row in range(len(worth.rows)):
            yield sentence(worth, change, row)


def sentence(worth: Worth, change: Changed, row: int) -> str:
    """What a change is worth to a row, and how sure that is."""
    known, currency = worth.worth(change, row), worth.setting.currency
    if known.mean == known.low == known.high == 0:
        runs = say_count("page.runs", len(worth.runs))
        return say("worth.same", change=_capital(change_said(change, currency)), name=worth.rows[row].name, runs=runs)
    sure = not math.isnan(known.low) and (known.low > 0 or known.high < 0)
    key = "unsure" if not sure and not math.isnan(known.low) else "gain" if known.mean >= 0 else "loss"
    low, high = sorted((known.low, known.high), key=abs) if key == "loss" else (known.low, known.high)
    amount = abs(known.mean) if key == "loss" else known.mean
    written = full_style("money", amount, currency)
    bounds = [written.number(abs(bound) if key == "loss" else bound) for bound in (low, high)]
    between = "" if math.isnan(known.low) else say("worth.between", low=bounds[0], high=bounds[1])
    return say(
        f"worth.{key}", change=_capital(change_said(change, currency)), name=worth.rows[row].name,
        amount=phrase("money", amount, currency), between=between, days=worth.setting.days,
    )  # fmt: skip


def change_said(change: Changed, currency: str) -> str:
    """A change in words; keys of the scenario as they were written."""
    return say("list.all").join(_said(step, currency) for step in change.steps)


def _said(step: Step, currency: str) -> str:
    match step.kind:
        case "notice":
            return say("worth.change.notice", days=f"{step.amount:g}")
        case "cash":
            return say("worth.change.cash", amount=phrase("money", step.amount, currency))
        case "customs":
            return say("worth.change.customs")
    return step.text


def _capital(text: str) -> str:
    """A word that begins a sentence; a key stays as it is written."""
    return text if "=" in text.split(" ")[0] else text[:1].upper() + text[1:]
