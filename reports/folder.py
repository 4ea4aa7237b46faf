"""The run folder that `--out` leaves: it appears whole or not at all, and the page can be drawn again from it alone.

manifest.json   the world, the rows, the goal, versions, and the sha256 of the two files of numbers
scores.csv      every score, one line a row and replication; opens in any spreadsheet
daily.npz       the arrays behind the pictures: days, each row's story, lead times by lane, how busy places were
result.json     the object that `--json` prints
page.html       the page
"""

import csv
import dataclasses
import hashlib
import io
import json
import math
import os
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from reports.arrays import (
    cockpit_kept,
    daily_kept,
    passage_facts,
    passage_kept,
    place_use_kept,
    row_arrays,
    story_facts,
    story_kept,
)
from reports.comparison import Comparison, Row
from reports.display.page import page
from reports.display.result import json_text
from reports.record import EventMark, FloatArray, Setting
from reports.scores import SCORES
from reports.verdict.equal import EqualService, LeftOut, Target, Turned
from reports.verdict.goal import GoalError, read_goal
from reports.verdict.promotions import PromotionTally

FORMAT = "stocktide run folder, 4"
NUMBERS = ("scores.csv", "daily.npz")
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
_NAMING = 4
"""Columns of scores.csv that say of what a line is: the row's three names, and the replication."""
_ARRAYS = ("unit_cost", "price", "market_price")


class FolderError(Exception):
    """A run folder that cannot be written or read. The message names it and says why."""


def refuse_taken(folder: Path) -> None:
    """FolderError unless the folder is free: absent, or there and empty. Ask before a long run."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise FolderError(f"{folder}: is not a folder; name one that does not exist yet")
    if folder.is_dir() and any(folder.iterdir()):
        raise FolderError(f"{folder}: is not empty; name a new folder, or empty this one")


def save(folder: Path, comparison: Comparison) -> None:
    """Write the run folder."""
    refuse_taken(folder)
    put(folder, _files(comparison))


def put(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder of files, whole or not at all; FolderError unless it is free and can be written."""
    refuse_taken(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            for name, content in files.items():
                (partial / name).write_bytes(content)
            partial.chmod(0o755)
            if folder.is_dir():
                folder.rmdir()
            partial.rename(folder)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise
    except OSError as fault:
        raise FolderError(f"{folder}: cannot be written: {fault.strerror}") from fault


def redraw(folder: Path) -> Path:
    """Draw the page again from the folder alone; says where it is."""
    written = page(load(folder)).encode()
    target, partial = folder / "page.html", folder / ".page.html-partial"
    try:
        partial.write_bytes(written)
        os.replace(partial, target)
    except OSError as fault:
        partial.unlink(missing_ok=True)
        raise FolderError(f"{target}: cannot be written: {fault.strerror}") from fault
    return target


def load(folder: Path) -> Comparison:
    """What the folder holds."""
    if not folder.is_dir():
        raise FolderError(f"{folder}: there is no such folder")
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as fault:
        raise FolderError(f"{folder}: is not a run folder: manifest.json is missing or cannot be read") from fault
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise FolderError(f"{folder}: manifest.json is not that of a {FORMAT!r}")
    contents = {name: _intact(folder, name, manifest) for name in NUMBERS}
    try:
        return _comparison(manifest, contents)
    except (LookupError, ValueError, TypeError, ArithmeticError, GoalError, zipfile.BadZipFile, OSError) as fault:
        raise FolderError(f"{folder}: does not fit together: {type(fault).__name__}: {fault}") from fault


def _intact(folder: Path, name: str, manifest: Mapping[str, Any]) -> bytes:
    try:
        content = (folder / name).read_bytes()
    except OSError as fault:
        raise FolderError(f"{folder}: {name} is missing or cannot be read") from fault
    sums = manifest.get("sha256")
    if not isinstance(sums, dict) or sums.get(name) != hashlib.sha256(content).hexdigest():
        raise FolderError(f"{folder}: {name} was changed after the run; its sha256 is not the one in manifest.json")
    return content


def _files(comparison: Comparison) -> dict[str, bytes]:
    files = {"scores.csv": _scores_csv(comparison), "daily.npz": _daily_npz(comparison)}
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    manifest = json.dumps(_manifest(comparison, sums), ensure_ascii=False, allow_nan=False, indent=2)
    return {
        "manifest.json": manifest.encode() + b"\n",
        **files,
        "result.json": json_text(comparison).encode(),
        "page.html": page(comparison).encode(),
    }


def _manifest(comparison: Comparison, sums: Mapping[str, str]) -> dict[str, object]:
    setting = dataclasses.asdict(comparison.setting)
    setting |= {name: setting[name].tolist() for name in _ARRAYS}
    setting["start"] = setting["start"].isoformat()
    return {
        "format": FORMAT,
        "scenario": comparison.setting.scenario,
        "hash": comparison.setting.scenario_hash,
        "seed": comparison.setting.seed,
        "replications": len(comparison.runs),
        "goal": str(comparison.goal),
        "command": comparison.command,
        "equal": None if comparison.equal is None else dataclasses.asdict(comparison.equal),
        "versions": dict(comparison.versions),
        "policies": [_facts(row) for row in comparison.rows],
        "setting": setting,
        "sha256": dict(sums),
    }


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


def _scores_csv(comparison: Comparison) -> bytes:
    held = io.StringIO(newline="")
    table = csv.writer(held)
    table.writerow(["policy", "playbook", "routing", "replication", *SCORES])
    for row in comparison.rows:
        for i, run in enumerate(comparison.runs.tolist()):
            numbers = (float(row.scores[name][i]) for name in SCORES)
            cells = ["" if math.isnan(number) else repr(number) for number in numbers]
            table.writerow([*map(defused, (row.policy, row.playbook, row.routing)), run, *cells])
    return held.getvalue().encode("utf-8-sig")


def defused(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip()[:1] in ("=", "+", "-", "@") or text[:1] in ("\t", "\r", "\n") else text


def _daily_npz(comparison: Comparison) -> bytes:
    arrays: dict[str, Any] = {}
    for i, row in enumerate(comparison.rows):
        arrays |= row_arrays(row, i)
    held = io.BytesIO()
    np.savez_compressed(held, **arrays)
    return held.getvalue()


def _comparison(manifest: Mapping[str, Any], contents: Mapping[str, bytes]) -> Comparison:
    table = list(csv.reader(io.StringIO(contents["scores.csv"].decode("utf-8-sig"), newline="")))
    names, lines = table[0][_NAMING:], table[1:]
    if set(names) != set(SCORES):
        raise ValueError("scores.csv holds other scores than this version knows")
    numbers = np.array([[float(cell) if cell else math.nan for cell in line[_NAMING:]] for line in lines])
    kept, runs = manifest["policies"], manifest["replications"]
    by_row = numbers.reshape(len(kept), runs, len(names))
    setting = _setting(manifest["setting"])
    with np.load(io.BytesIO(contents["daily.npz"]), allow_pickle=False) as arrays:
        rows = tuple(
            _row(facts, {name: _column(by_row[i], names, name) for name in SCORES}, arrays, i, setting)
            for i, facts in enumerate(kept)
        )
    return Comparison(
        setting,
        np.array([int(line[_NAMING - 1]) for line in lines[:runs]], np.int64),
        rows,
        read_goal(manifest["goal"]),
        dict(manifest["versions"]),
        manifest["command"],
        _equal(manifest.get("equal")),
    )


def _equal(facts: Mapping[str, Any] | None) -> EqualService | None:
    if facts is None:
        return None
    return EqualService(
        Target(**_typed(Target, facts["target"])),
        int(facts["runs"]),
        tuple(Turned(**_typed(Turned, row)) for row in facts["turned"]),
        tuple(LeftOut(**_typed(LeftOut, row)) for row in facts["left_out"]),
    )


def _column(numbers: FloatArray, names: list[str], name: str) -> FloatArray:
    return numbers[:, names.index(name)]


def _row(
    facts: Mapping[str, Any], scores: Mapping[str, FloatArray], arrays: Mapping[str, Any], index: int, setting: Setting
) -> Row:
    return Row(
        facts["policy"],
        facts["playbook"],
        facts["routing"],
        tuple(facts["sees"]),
        scores,
        **daily_kept(arrays, index, setting),
        story=story_kept(facts["story"], arrays, index, setting),
        promotions=tuple(PromotionTally(**_typed(PromotionTally, tally)) for tally in facts["promotions"]),
        passages=tuple(
            passage_kept(passage, arrays, f"{index}_{number}", setting)
            for number, passage in enumerate(facts["passages"])
        ),
        place_use=place_use_kept(arrays, index, setting),
        cockpit=cockpit_kept(arrays, index, len(next(iter(scores.values()))), setting),
    )


def _setting(facts: Mapping[str, Any]) -> Setting:
    return Setting(
        **{
            **_typed(Setting, facts),
            **{name: tuple(facts[name]) for name in _TUPLES},
            "stages": {lane: tuple(map(str, stages)) for lane, stages in facts["stages"].items()},
            **{name: np.array(facts[name], np.float64) for name in _ARRAYS},
            "start": date.fromisoformat(facts["start"]),
            "events": tuple(EventMark(**event) for event in facts["events"]),
        }
    )


def _typed(kind: type, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """The facts of a dataclass, once its texts are known to be texts and its whole numbers whole."""
    for item in dataclasses.fields(kind):
        if item.type in (str, int) and type(facts[item.name]) is not item.type:
            raise ValueError(f"manifest.json: {item.name} is {facts[item.name]!r}")
    return facts
