"""How much of what could be sold by a day had been sold by then."""

import numpy as np

from reports.charts.sellthrough import BAND
from reports.charts.sellthrough import sellthrough as sellthrough_picture
from reports.comparison import Comparison
from reports.display.numbers import phrase
from reports.display.section import Section, Shown
from reports.language.speaking import say, say_count
from reports.scores.score import ratio


def sellthrough(comparison: Comparison) -> Section | None:
    """The section; None where no row was looked at, or there was nothing to sell."""
    closeup, setting = comparison.closeup, comparison.setting
    if closeup is None or not closeup.sellthrough.available[:, -1].any():
        return None
    curve = closeup.sellthrough
    share = ratio(curve.sold.astype(float), curve.available.astype(float))
    low, middle, high = (
        phrase("share", float(end), "") for end in np.nanpercentile(share[:, -1], (BAND[0], 50, BAND[1]))
    )
    caption = say(
        "sellthrough.caption",
        futures=say_count("closeup.futures", len(closeup.runs)),
        middle=middle,
        low=low,
        high=high,
    )
    picture = sellthrough_picture(share, setting, closeup.policy)
    return Section("sellthrough", say("sellthrough.title"), (Shown(picture, caption=caption),))
