"""The stock of the largest SKUs, day by day: a fan each."""

import numpy as np

from reports.charts.fan import fan
from reports.closeup.closeup import Closeup
from reports.comparison import Comparison
from reports.display.cells import shown_name
from reports.display.numbers import phrase
from reports.display.section import Section, Shown, Words
from reports.language.speaking import say, say_count
from reports.record import Setting


def skus(comparison: Comparison) -> Section | None:
    """The SKUs with the largest revenue wanted, in that order; None where no row was looked at."""
    closeup, setting = comparison.closeup, comparison.setting
    if closeup is None:
        return None
    revenue = closeup.skus.wanted.sum(axis=(0, 1)) * setting.price[list(closeup.chosen)]
    shown = tuple(_shown(closeup, setting, index) for index in np.argsort(-revenue, kind="stable").tolist())
    futures = say_count("closeup.futures", len(closeup.runs))
    chosen = [say("closeup.skus_chosen", count=len(shown))] if len(shown) < len(setting.skus) else []
    return Section(
        "skus",
        say("closeup.skus"),
        (Words((*chosen, say("closeup.skus_key", policy=shown_name(comparison), futures=futures))), *shown),
    )


def _shown(closeup: Closeup, setting: Setting, index: int) -> Shown:
    sku, parts = setting.skus[closeup.chosen[index]], closeup.skus
    wanted, short = (int(units[:, :, index].sum()) for units in (parts.wanted, parts.short))
    share = phrase("share", short / wanted if wanted else 0.0, setting.currency)
    return Shown(fan(parts, index, setting, sku), sku, say("closeup.fan_caption", share=share))
