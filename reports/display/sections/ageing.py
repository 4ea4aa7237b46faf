"""How old the stock was, by warehouse at the end and through the season."""

import numpy as np

from reports.charts.ages import ages
from reports.closeup.ages import BANDS
from reports.comparison import Comparison
from reports.display.cells import estimated
from reports.display.numbers import Style, style
from reports.display.section import Cell, Head, Line, Section, Shown, Table, Words
from reports.language.naming import named
from reports.language.speaking import say, say_count
from reports.record import FloatArray, IntArray, Setting
from reports.verdict.estimates import estimate


def ageing(comparison: Comparison) -> Section | None:
    """The section; None where no row was looked at, or nothing was ever in stock."""
    closeup, setting = comparison.closeup, comparison.setting
    if closeup is None or not closeup.ages.units.any():
        return None
    units, value = closeup.ages.units, closeup.ages.value
    caption = say("ageing.caption", futures=say_count("closeup.futures", len(closeup.runs)))
    picture = ages(value.sum(axis=2).mean(axis=0), bands_said(), setting, closeup.policy)
    last = value[:, -1]
    written = style("money", last.mean(axis=0).ravel().tolist(), setting.currency)
    plain = Style(say("closeup.units"), 1.0, 0)
    return Section(
        "ageing",
        say("ageing.title"),
        (
            Words((say("ageing.meaning"),)),
            Shown(picture, say("ageing.picture"), caption),
            _table("ageing-value", say("ageing.value"), last, written, setting),
            _table("ageing-units", say("ageing.units"), units[:, -1], plain, setting),
        ),
    )


def bands_said() -> list[str]:
    """The bands of ages, from the freshest on."""
    firsts = (0, *(last + 1 for last in BANDS))
    return [
        *(say("ageing.band", first=first, last=last) for first, last in zip(firsts, BANDS, strict=False)),
        say("ageing.older", days=BANDS[-1]),
    ]


def _table(name: str, title: str, amounts: FloatArray | IntArray, written: Style, setting: Setting) -> Table:
    """Amounts at the end, [run, warehouse, band]: a line a warehouse, and one of all."""
    places = [(named(place), amounts[:, number]) for number, place in enumerate(setting.warehouses)]
    lines = [Line(place, _cells(held, written)) for place, held in places]
    if len(lines) > 1:
        lines.append(Line(say("ageing.all"), _cells(amounts.sum(axis=1), written), marked="whole"))
    heads = tuple(Head(band, written.unit) for band in (*bands_said(), say("ageing.whole")))
    return Table(name, title, Head(say("page.warehouse")), heads, tuple(lines))


def _cells(held: FloatArray | IntArray, written: Style) -> tuple[Cell, ...]:
    """A warehouse's bands, [run, band], and their sum."""
    columns = [*held.T, held.sum(axis=1)]
    return tuple(estimated(estimate(np.asarray(column, float), (0.0, np.inf)), written) for column in columns)
