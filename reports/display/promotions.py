"""How promotions went, as the page tells it: a block a promotion, a line a policy."""

from dataclasses import dataclass
from datetime import timedelta

from reports.comparison import Comparison
from reports.record import Setting
from reports.verdict.promotions import LATE_DAYS, SPARE_SHARE, PromotionTally

COLUMNS = (
    ("Hit", "SKUs"),
    ("Missed: too little", "SKUs"),
    ("Missed: too much", "SKUs"),
    ("Missed: too late", "SKUs"),
    ("Stock for it", "units"),
    ("Wanted", "units"),
    ("Missing", "units"),
    ("Left over", "units"),
)
"""What stands over the columns, and in what they count."""
RULE = (
    "In the first replication, for every SKU that the promotion touched. Stock for it is what was on hand before, and"
    " what came during it. Too little: buyers went without; missing are the units not delivered by its end. Too late:"
    f" all that was missing came within {LATE_DAYS} days after, and counts as left over but for what waiting buyers"
    f" took. Too much: nobody went without, and more than {SPARE_SHARE * 100:g}\u00a0% of the stock for it was left."
)


@dataclass(frozen=True)
class Promotion:
    """A promotion, and how each policy came through it."""

    name: str
    when: str
    lines: tuple[tuple[str, tuple[str, ...]], ...]  # policy, and a cell a column


def promotions(comparison: Comparison) -> tuple[Promotion, ...]:
    """The promotions by their first day, policies as a reader wants them; none where no row kept a replication."""
    rows = [comparison.rows[index] for index in comparison.order]
    held = sorted({(tally.first_day, tally.days, tally.promotion) for row in rows for tally in row.promotions})
    return tuple(
        Promotion(
            name,
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
    return f"{first}" if days == 1 else f"{first} to {first + timedelta(days=days - 1)}"


def _cells(tally: PromotionTally) -> tuple[str, ...]:
    skus = (tally.hit, tally.too_little, tally.too_much, tally.too_late)
    return tuple(f"{count:,}" for count in (*skus, tally.available, tally.wanted, tally.missing, tally.left))
