"""A finished batch of replications on disk: the tallies of all rows in one file, whose name bears its sum."""

import dataclasses
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from reports.folder.files import FolderError, replace
from reports.passage import USES
from reports.story import Story
from reports.tally import DAILY, Tally
from reports.verdict.promotions import PromotionTally

FOLDER = "batches"
_SUM = 16
"""Digits of the sha256 in a file's name."""


def keep(folder: Path, tallies: Sequence[Tally]) -> None:
    """Write a batch. FolderError when it cannot be; then nothing of it is there."""
    content = _packed(tallies)
    runs = tallies[0].runs
    name = f"{runs[0]:08}-{len(runs)}-{hashlib.sha256(content).hexdigest()[:_SUM]}.npz"
    replace(folder / FOLDER / name, content)


def kept(folder: Path) -> Iterator[list[Tally]]:
    """Every batch that is there. FolderError when one was changed or cannot be read."""
    for path in paths(folder):
        try:
            content = path.read_bytes()
        except OSError as fault:
            raise FolderError(f"{path}: cannot be read: {fault.strerror}") from fault
        if path.stem.rpartition("-")[2] != hashlib.sha256(content).hexdigest()[:_SUM]:
            raise FolderError(f"{path}: was changed after it was played; delete it, and --resume plays it again")
        try:
            yield _unpacked(content)
        except (LookupError, ValueError, TypeError, zipfile.BadZipFile) as fault:
            raise FolderError(f"{path}: does not fit together: {type(fault).__name__}: {fault}") from fault


def paths(folder: Path) -> list[Path]:
    """The files of all batches that are there."""
    return sorted((folder / FOLDER).glob("[!.]*.npz"))


def _packed(tallies: Sequence[Tally]) -> bytes:
    arrays: dict[str, Any] = {}
    for row, tally in enumerate(tallies):
        facts, held = _facts(tally), {**_arrays(tally)}
        arrays |= {f"{row}/{name}": values for name, values in held.items()}
        arrays[f"{row}/facts"] = np.frombuffer(json.dumps(facts).encode(), np.uint8)
    written = io.BytesIO()
    np.savez_compressed(written, **arrays)
    return written.getvalue()


def _arrays(tally: Tally) -> dict[str, Any]:
    told = {"runs": tally.runs, "scores": tally.scores, "cockpit": tally.cockpit, **tally.use, **tally.daily}
    told |= {f"transit/{lane}": rows for lane, rows in enumerate(tally.transit.values())}
    if tally.story is not None:
        told["story"] = tally.story.on_hand
        told |= {f"stream/{at}": days for at, days in enumerate(tally.story.streams.values())}
        told |= {f"lever/{at}": days for at, days in enumerate(tally.story.levers.values())}
    return told


def _facts(tally: Tally) -> dict[str, Any]:
    story = tally.story
    return {
        "row": [tally.policy, tally.playbook, tally.routing, list(tally.sees)],
        "lanes": list(tally.transit),
        "story": story and [story.run, list(story.streams), list(story.levers)],
        "promotions": [dataclasses.asdict(one) for one in tally.promotions],
    }


def _unpacked(content: bytes) -> list[Tally]:
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        rows = sum(name.endswith("/facts") for name in arrays.files)
        return [_tally(arrays, f"{row}/") for row in range(rows)]


def _tally(arrays: Any, row: str) -> Tally:
    facts = json.loads(arrays[f"{row}facts"].tobytes())
    policy, playbook, routing, sees = facts["row"]
    return Tally(
        policy,
        playbook,
        routing,
        tuple(sees),
        arrays[f"{row}runs"],
        arrays[f"{row}scores"],
        {name: arrays[f"{row}{name}"] for name in USES},
        arrays[f"{row}cockpit"],
        {lane: arrays[f"{row}transit/{at}"] for at, lane in enumerate(facts["lanes"])},
        {name: arrays[f"{row}{name}"] for name in DAILY},
        _story(facts["story"], arrays, row),
        tuple(PromotionTally(**one) for one in facts["promotions"]),
    )


def _story(facts: Any, arrays: Any, row: str) -> Story | None:
    if facts is None:
        return None
    run, streams, levers = facts
    return Story(
        run,
        arrays[f"{row}story"],
        {name: arrays[f"{row}stream/{at}"] for at, name in enumerate(streams)},
        {name: arrays[f"{row}lever/{at}"] for at, name in enumerate(levers)},
    )
