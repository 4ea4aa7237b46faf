"""A finished run folder: written whole, loaded, and its page drawn again from it alone."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from reports.arrays import cockpit_kept, daily_kept, passage_kept, place_use_kept, row_arrays, story_kept
from reports.closeup.closeup import Closeup, arrays, kept
from reports.comparison import Comparison, Row
from reports.display.html import html
from reports.display.page import page, report_of
from reports.display.result import json_text
from reports.folder.files import Content, FolderError, intact, put, replace
from reports.folder.manifest import equal_of, manifest, read, setting_of, typed, written
from reports.folder.spreadsheet import read_scores, scores_csv
from reports.forms import written as forms
from reports.record import FloatArray, Setting
from reports.verdict.goal import GoalError, read_goal
from reports.verdict.promotions import PromotionTally

NUMBERS = ("scores.csv", "daily.npz", "closeup.npz")
"""Files whose sums the manifest holds."""


def save(folder: Path, comparison: Comparison) -> None:
    """Write the run folder of a comparison that was not kept batch by batch."""
    from hashlib import sha256

    files = {name: b"".join(pieces(content)) for name, content in contents(comparison)}
    sums = {name: sha256(files[name]).hexdigest() for name in NUMBERS}
    put(folder, {"manifest.json": written(manifest(comparison, sums, {})), **files})


def contents(comparison: Comparison) -> Iterator[tuple[str, Content]]:
    """Every file of a finished run but its manifest, one after another."""
    yield "scores.csv", scores_csv(comparison)
    yield "daily.npz", _daily_npz(comparison)
    yield "closeup.npz", _npz({} if comparison.closeup is None else arrays(comparison.closeup))
    yield "result.json", json_text(comparison).encode()
    yield "page.html", page(comparison).encode()


def pieces(content: Content) -> Iterator[bytes]:
    """Content piece by piece."""
    if isinstance(content, bytes):
        yield content
    else:
        yield from content


def redraw(folder: Path, form: str = "html") -> list[Path]:
    """Write the report again from the folder alone, in one of `FORMS`; says where its files are.

    FolderError when the folder cannot be read or written; PrintError where no PDF comes out.
    """
    told = report_of(load(folder))
    files = {folder / name: content for name, content in forms(told, html(told), form).items()}
    for path, content in files.items():
        replace(path, content)
    return list(files)


def load(folder: Path) -> Comparison:
    """What the folder holds. FolderError when it is none, was changed, or its run was not finished."""
    facts = read(folder)
    if facts.get("finished") is not True:
        raise FolderError(f"{folder}: this run was not finished; go on with --resume")
    held = {name: intact(folder, name, facts.get("sha256")) for name in NUMBERS}
    try:
        return _comparison(facts, held)
    except (LookupError, ValueError, TypeError, ArithmeticError, GoalError, zipfile.BadZipFile, OSError) as fault:
        raise FolderError(f"{folder}: does not fit together: {type(fault).__name__}: {fault}") from fault


def _daily_npz(comparison: Comparison) -> bytes:
    held: dict[str, Any] = {}
    for i, row in enumerate(comparison.rows):
        held |= row_arrays(row, i)
    return _npz(held)


def _npz(held: Mapping[str, Any]) -> bytes:
    written = io.BytesIO()
    np.savez_compressed(written, **held)
    return written.getvalue()


def _comparison(facts: Mapping[str, Any], held: Mapping[str, bytes]) -> Comparison:
    policies = facts["policies"]
    runs, scores = read_scores(held["scores.csv"], len(policies), facts["replications"])
    setting = setting_of(facts["setting"])
    with np.load(io.BytesIO(held["daily.npz"]), allow_pickle=False) as daily:
        rows = tuple(_row(one, scores[i], daily, i, setting) for i, one in enumerate(policies))
    goal, versions, equal = read_goal(facts["goal"]), dict(facts["versions"]), equal_of(facts.get("equal"))
    closer = _closeup(facts["closeup"], held["closeup.npz"], setting)
    return Comparison(setting, runs, rows, goal, versions, facts["command"], equal, closer)


def _closeup(facts: Mapping[str, Any] | None, held: bytes, setting: Setting) -> Closeup | None:
    if facts is None:
        return None
    with np.load(io.BytesIO(held), allow_pickle=False) as found:
        return kept(facts, dict(found), setting)


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
        promotions=tuple(PromotionTally(**typed(PromotionTally, tally)) for tally in facts["promotions"]),
        passages=tuple(
            passage_kept(passage, arrays, f"{index}_{number}", setting)
            for number, passage in enumerate(facts["passages"])
        ),
        place_use=place_use_kept(arrays, index, setting),
        cockpit=cockpit_kept(arrays, index, len(next(iter(scores.values()))), setting),
    )
