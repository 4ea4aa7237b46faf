"""What the buyers of each market met."""

from reports.closeup.markets import Markets
from reports.comparison import Comparison
from reports.display.cells import estimated
from reports.display.numbers import Style, style
from reports.display.section import Head, Line, Section, Table, Words
from reports.language.naming import named
from reports.language.speaking import say, say_count
from reports.record import FloatArray
from reports.scores import SCORES
from reports.scores.score import Unit, ratio
from reports.verdict.estimates import Estimate, estimate

COLUMNS: tuple[tuple[str, Unit], ...] = (
    ("orders", "orders"),
    ("stockout_rate", "share"),
    ("fill_rate", "share"),
    ("on_time_promise", "share"),
    ("lost_units", "units"),
    ("revenue", "money"),
)
"""What is told of a market, and in what unit."""


def markets(comparison: Comparison) -> Section | None:
    """The section; None where no row was looked at."""
    closeup, setting = comparison.closeup, comparison.setting
    if closeup is None:
        return None
    by_market = [_told(closeup.markets, market) for market in range(len(setting.markets))]
    styles = {name: style(unit, [known[name].mean for known in by_market], setting.currency) for name, unit in COLUMNS}
    lines = tuple(
        Line(named(market), tuple(estimated(known[name], styles[name]) for name, _ in COLUMNS))
        for market, known in zip(setting.markets, by_market, strict=True)
    )
    table = Table("markets", say("market.table"), Head(say("market.market")), _heads(styles), lines)
    futures = say_count("closeup.futures", len(closeup.runs))
    return Section("markets", say("market.title"), (Words((say("market.meaning", futures=futures),)), table))


def _told(met: Markets, market: int) -> dict[str, Estimate]:
    """Every column of a market, over futures: ratios inside each future, then their mean."""
    counts = {name: getattr(met, name)[:, market].astype(float) for name in met.arrays()}
    values: dict[str, FloatArray] = {
        "orders": counts["orders"],
        "stockout_rate": ratio(counts["short_orders"], counts["orders"]),
        "fill_rate": ratio(counts["served"], counts["wanted"]),
        "on_time_promise": ratio(counts["on_time"], counts["delivered"]),
        "lost_units": counts["lost"],
        "revenue": counts["revenue"],
    }
    return {name: estimate(values[name], (0.0, 1.0 if unit == "share" else float("inf"))) for name, unit in COLUMNS}


def _heads(styles: dict[str, Style]) -> tuple[Head, ...]:
    return tuple(
        Head(say("market.orders"), styles[name].unit)
        if name == "orders"
        else Head(SCORES[name].label, styles[name].unit, SCORES[name].formula)
        for name, _ in COLUMNS
    )
