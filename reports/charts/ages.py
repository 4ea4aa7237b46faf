"""Stock by age through the season: bands of days since it came, stacked week by week."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reports.charts.picture import Picture
from reports.charts.style import MORE_PARTS, PARTS, money_axis
from reports.charts.weekly import stacked_weeks
from reports.language.speaking import say
from reports.record import FloatArray, Setting

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INKS = (PARTS[2], PARTS[1], PARTS[0], PARTS[3], PARTS[4], MORE_PARTS[2])
"""Fresh stock in cool inks, old stock in warm ones."""


def ages(value: FloatArray, bands: Sequence[str], setting: Setting, policy: str) -> Picture:
    """The picture of the value at cost, [week, band]."""
    parts = [(name, value[:, number]) for number, name in enumerate(bands)]

    def measure(axes: "Axes") -> str:
        return say("ageing.axis", currency=money_axis(axes, "y", setting.currency).unit)

    tips = {f"part-{number}": name for number, name in enumerate(bands)}
    drawn, all_tips = stacked_weeks(parts, INKS, setting, measure, tips)
    return Picture(drawn, "ages", say("ageing.picture_title", policy=policy), all_tips)
