"""How promotions went, as the page tells it: a block a promotion, a line a policy."""

from dataclasses import dataclass
from datetime import timedelta

from reports.comparison import Comparison
from reports.language.naming import named
from reports.language.speaking import date_said, say
from reports.record import Setting
from reports.verdict.promotions import LATE_DAYS, SPARE_SHARE, PromotionTally

COLUMNS = {
    "hit": "skus",
    "too_little": "skus",
    "too_much": "skus",
    "too_late": "skus",
    "available": "units",
    "wanted": "units",
    "missing": "units",
    "left": "units",
}
"""What is told of a promotion, and in what it counts."""


@dataclass(frozen=True)
class Promotion:
    """A promotion, and how each policy came through it."""

    name: str
    when: str
    lines: tuple[tuple[str, tuple[str, ...]], ...]  # policy, and a cell a column


def heads() -> tuple[tuple[str, str], ...]:
    """What stands over the columns, and in what they count."""
    return tuple((say(f"promotion.head.{name}"), say(f"unit.{unit}")) for name, unit in COLUMNS.items())


def rule() -> str:
    """What the columns mean."""
    return say("promotion.rule", late_days=LATE_DAYS, spare_share=f"{SPARE_SHARE * 100:g}")


def promotions(comparison: Comparison) -> tuple[Promotion, ...]:
    """The promotions by their first day, policies as a reader wants them; none where no row kept a replication."""
    rows = [comparison.rows[index] for index in comparison.order]
    held = sorted({(tally.first_day, tally.days, tally.promotion) for row in rows for tally in row.promotions})
    return tuple(
        Promotion(
            named(name),
            _when(comparison.setting, first_day, days),
            tuple(
                (row.name, _cells(tally))
                for row in rows
                for tally in row.promotions
                if (tally.first_day, tally.days, tally.promotion) == (first_day, days, name)
            ),
        )
        for first_day, days, name in held
    )


def _when(setting: Setting, first_day: int, days: int) -> str:
    first = setting.day(first_day)
    if days == 1:
        return date_said(first)
    return say("promotion.span", first=date_said(first), last=date_said(first + timedelta(days=days - 1)))


def _cells(tally: PromotionTally) -> tuple[str, ...]:
    return tuple(f"{getattr(tally, name):,}" for name in COLUMNS)
