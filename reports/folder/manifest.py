"""manifest.json: the facts of a run, as JSON and back."""

import dataclasses
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from reports.arrays import passage_facts, story_facts
from reports.closeup.closeup import facts as closeup_facts
from reports.comparison import Comparison, Row
from reports.exchange import strict_json
from reports.folder.files import FolderError
from reports.record import EventMark, Setting
from reports.verdict.equal import EqualService, LeftOut, Target, Turned

FORMAT = "stocktide run folder, 5"
_TUPLES = (
    "skus",
    "warehouses",
    "markets",
    "home",
    "posts",
    "suppliers",
    "lanes",
    "bonded",
    "leads_to",
    "assumptions",
    "sources",
)
_ARRAYS = ("unit_cost", "price", "market_price")


def manifest(comparison: Comparison, sums: Mapping[str, str], identity: Mapping[str, object]) -> dict[str, object]:
    """The manifest of a finished run: its facts, the sums of its files, and by what it is known when it goes on."""
    return {
        "format": FORMAT,
        "finished": True,
        "scenario": comparison.setting.scenario,
        "hash": comparison.setting.scenario_hash,
        "seed": comparison.setting.seed,
        "replications": len(comparison.runs),
        "goal": str(comparison.goal),
        "command": comparison.command,
        "equal": None if comparison.equal is None else dataclasses.asdict(comparison.equal),
        "versions": dict(comparison.versions),
        "policies": [_facts(row) for row in comparison.rows],
        "closeup": None if comparison.closeup is None else closeup_facts(comparison.closeup),
        "setting": setting_facts(comparison.setting),
        "identity": dict(identity),
        "sha256": dict(sums),
    }


def written(facts: Mapping[str, object]) -> bytes:
    """Facts as the text of a file."""
    return strict_json(facts).encode()


def read(folder: Path) -> dict[str, Any]:
    """The manifest of a folder, finished or not. FolderError when there is none of this format."""
    if not folder.is_dir():
        raise FolderError(f"{folder}: there is no such folder")
    try:
        facts = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as fault:
        raise FolderError(f"{folder}: is not a run folder: manifest.json is missing or cannot be read") from fault
    if not isinstance(facts, dict) or facts.get("format") != FORMAT:
        raise FolderError(f"{folder}: manifest.json is not that of a {FORMAT!r}")
    return facts


def setting_facts(setting: Setting) -> dict[str, object]:
    """The facts of a world as JSON holds them."""
    facts = dataclasses.asdict(setting)
    facts |= {name: facts[name].tolist() for name in _ARRAYS}
    return facts | {"start": setting.start.isoformat()}


def setting_of(facts: Mapping[str, Any]) -> Setting:
    """The facts of a world as they were. ValueError, TypeError and LookupError when they are none."""
    return Setting(
        **{
            **typed(Setting, facts),
            **{name: tuple(facts[name]) for name in _TUPLES},
            "stages": {lane: tuple(map(str, stages)) for lane, stages in facts["stages"].items()},
            **{name: np.array(facts[name], np.float64) for name in _ARRAYS},
            "start": date.fromisoformat(facts["start"]),
            "events": tuple(EventMark(**event) for event in facts["events"]),
        }
    )


def equal_of(facts: Mapping[str, Any] | None) -> EqualService | None:
    """How rows were brought to equal service."""
    if facts is None:
        return None
    return EqualService(
        Target(**typed(Target, facts["target"])),
        int(facts["runs"]),
        tuple(Turned(**typed(Turned, row)) for row in facts["turned"]),
        tuple(LeftOut(**typed(LeftOut, row)) for row in facts["left_out"]),
    )


def typed(kind: type, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """The facts of a dataclass, once its texts are known to be texts and its whole numbers whole."""
    for item in dataclasses.fields(kind):
        if item.type in (str, int) and type(facts[item.name]) is not item.type:
            raise ValueError(f"manifest.json: {item.name} is {facts[item.name]!r}")
    return facts


def _facts(row: Row) -> dict[str, object]:
    return {
        "policy": row.policy,
        "playbook": row.playbook,
        "routing": row.routing,
        "sees": list(row.sees),
        "story": row.story and story_facts(row.story),
        "passages": [passage_facts(passage) for passage in row.passages],
        "promotions": [dataclasses.asdict(tally) for tally in row.promotions],
    }
