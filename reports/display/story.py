"""What stands under the picture of a story: what each panel shows, for the panels that are there."""

from reports.comparison import Row
from reports.language.speaking import say
from reports.story import SWITCHES


def story_caption(row: Row) -> str:
    """The caption of a row's story; empty where there is none."""
    if row.story is None:
        return ""
    levers = row.story.levers
    parts = ["streams", "on_hand"]
    parts += [name for name in ("alert", "ads") if name in levers]
    parts += ["levers"] if any(name in levers for name in SWITCHES) else []
    panels = say("list.clauses").join(say(f"story.panel.{part}") for part in parts)
    return say("story.caption", name=row.name, run=row.story.run, panels=panels)
