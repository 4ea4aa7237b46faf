"""What stands under the picture of a story: what each panel shows, for the panels that are there."""

from reports.comparison import Row
from reports.story import SWITCHES


def story_caption(row: Row) -> str:
    """The caption of a row's story; empty where there is none."""
    if row.story is None:
        return ""
    levers = row.story.levers
    parts = ["units wanted a day by stream of demand", "units on hand at the end of each day in all warehouses"]
    if "alert" in levers:
        parts.append("the worst alert of any SKU on that day")
    if "ads" in levers:
        parts.append("the factor on planned ad spend as it was set, mean over the day and the advertised SKUs")
    if any(name in levers for name in SWITCHES):
        parts.append("the days on which a lever was pulled for any SKU")
    return f"{row.name}, replication {row.story.run}, from top to bottom: {'; '.join(parts)}."
