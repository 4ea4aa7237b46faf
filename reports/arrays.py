"""What the pictures of a row are drawn from, as the run folder keeps it: facts in the manifest, arrays in daily.npz."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from reports.cockpit import MEASURES as COCKPIT
from reports.comparison import Row
from reports.passage import LEVELS, MEASURES, USES, Passage, months, weeks
from reports.record import Setting
from reports.story import Story
from reports.tally import DAILY, WATCHED

PASSAGE = ("spread", "through", "waits")


def row_arrays(row: Row, index: int) -> dict[str, Any]:
    """The arrays of a row, by a name that bears its index."""
    arrays: dict[str, Any] = {f"{name}_{index}": getattr(row, name) for name in DAILY}
    arrays |= {f"{name}_{index}": row.place_use[name] for name in USES}
    arrays[f"cockpit_{index}"] = np.array([row.cockpit[name] for name in COCKPIT])
    for number, passage in enumerate(row.passages):
        arrays |= {f"{part}_{index}_{number}": getattr(passage, part) for part in PASSAGE}
    if row.story is not None:
        arrays[f"story_on_hand_{index}"] = row.story.on_hand
        for part in ("streams", "levers"):
            arrays[f"story_{part}_{index}"] = np.array(list(getattr(row.story, part).values()))
    return arrays


def story_facts(story: Story) -> dict[str, object]:
    """What of a story is no array."""
    return {"run": story.run, "streams": list(story.streams), "levers": list(story.levers)}


def passage_facts(passage: Passage) -> dict[str, object]:
    """What of a passage is no array."""
    return {"lane": passage.lane, "orders": passage.orders, "arrived": passage.arrived}


def daily_kept(arrays: Mapping[str, Any], row: int, setting: Setting) -> dict[str, Any]:
    """The daily arrays of a row. ValueError when they are of another season."""
    daily = {name: arrays[f"{name}_{row}"] for name in DAILY}
    if any(len(values) != setting.days for values in daily.values()):
        raise ValueError(f"daily.npz does not hold {setting.days} days")
    return daily


def story_kept(facts: Mapping[str, Any] | None, arrays: Mapping[str, Any], row: int, setting: Setting) -> Story | None:
    """The story of a row. ValueError when its arrays do not fit together."""
    if facts is None:
        return None
    on_hand, streams, levers = (arrays[f"story_{part}_{row}"] for part in ("on_hand", "streams", "levers"))
    if len(on_hand) != setting.days:
        raise ValueError(f"daily.npz does not hold the story of {setting.days} days")
    for part in (streams, levers):
        if len(part) and part.shape[1:] != on_hand.shape:
            raise ValueError("daily.npz holds a story whose days do not match")
    return Story(
        int(facts["run"]),
        on_hand,
        dict(zip(map(str, facts["streams"]), streams, strict=True)),
        dict(zip(map(str, facts["levers"]), levers, strict=True)),
    )


def passage_kept(facts: Mapping[str, Any], arrays: Mapping[str, Any], name: str, setting: Setting) -> Passage:
    """A passage of a row; `name` is that of its arrays. ValueError when they do not fit the lane and the season."""
    lane = str(facts["lane"])
    stages = len(setting.stages[lane])
    shapes = (stages + 1, len(MEASURES)), (weeks(setting), len(LEVELS)), (stages, len(months(setting)))
    spread, through, waits = (arrays[f"{part}_{name}"] for part in PASSAGE)
    if (spread.shape, through.shape, waits.shape) != shapes:
        raise ValueError(f"daily.npz holds a passage that is not one of lane {lane}")
    return Passage(lane, int(facts["orders"]), int(facts["arrived"]), spread, through, waits)


def place_use_kept(arrays: Mapping[str, Any], row: int, setting: Setting) -> dict[str, Any]:
    """How busy places were. ValueError when they are other places."""
    uses = {name: arrays[f"{name}_{row}"] for name in USES}
    places = (setting.suppliers, setting.posts, setting.warehouses)
    if any(use.shape != (len(names), 3) for use, names in zip(uses.values(), places, strict=True)):
        raise ValueError("daily.npz does not hold how busy the places of this world were")
    return uses


def cockpit_kept(arrays: Mapping[str, Any], row: int, runs: int, setting: Setting) -> dict[str, Any]:
    """The cockpit of a row. ValueError when it is of other warehouses or replications."""
    kept = arrays[f"cockpit_{row}"]
    if kept.shape != (len(COCKPIT), min(runs, WATCHED), len(setting.warehouses)):
        raise ValueError("daily.npz does not hold the cockpit of this world's warehouses")
    return dict(zip(COCKPIT, kept, strict=True))
