"""Sections that are a picture each, or a choice of them: the trade-off, the stock of every row, the costs."""

from reports.charts.costs import costs as costs_picture
from reports.charts.stock import stock as stock_picture
from reports.charts.story import story as story_picture
from reports.charts.tradeoff import tradeoff as tradeoff_picture
from reports.comparison import Comparison
from reports.display.section import Choice, Part, Section, Shown
from reports.display.story import story_caption
from reports.language.speaking import say, say_count
from reports.verdict.advice import advise


def tradeoff(comparison: Comparison) -> Section:
    """Stockouts against what it costs to avoid them."""
    picture = tradeoff_picture(comparison, advise(comparison).row)
    return Section("tradeoff", say("page.tradeoff"), (Shown(picture, caption=say("page.tradeoff_caption")),))


def stock(comparison: Comparison) -> Section:
    """Stock through the season, a row at a time."""
    choice = Choice("stock", tuple((comparison.rows[i].name, _season(comparison, i)) for i in comparison.order))
    return Section("stock", say("page.stock"), (choice,))


def costs(comparison: Comparison) -> Section:
    """What is paid beside the goods."""
    return Section("costs", say("page.costs"), (Shown(costs_picture(comparison), caption=say("page.costs_caption")),))


def _season(comparison: Comparison, index: int) -> tuple[Part, ...]:
    """The pictures of one row."""
    row = comparison.rows[index]
    caption = say_count("page.stock_caption", row.daily_on_hand.shape[1], policy=row.name)
    if comparison.setting.events:
        caption = f"{caption}{say('page.events_caption')}"
    shown = Shown(stock_picture(comparison, index), caption=caption)
    told = story_picture(comparison, index)
    return (shown,) if told is None else (shown, Shown(told, say("page.story"), story_caption(row)))
