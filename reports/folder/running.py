"""A run folder while it is being played: what is finished is on disk, so that a run that is killed can go on."""

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from reports.comparison import Comparison
from reports.folder import batches
from reports.folder.files import FolderError, put, refuse_taken, replace
from reports.folder.finished import NUMBERS, contents
from reports.folder.manifest import FORMAT, manifest, read, written
from reports.tally import Tally
from scenarios.schema import Scenario

LOCK = "lock"


class RunFolder:
    """A folder that this process alone is writing."""

    def __init__(self, folder: Path, identity: Mapping[str, object]) -> None:
        self.folder, self._identity = folder, identity

    def kept(self) -> Iterator[list[Tally]]:
        """The batches that were finished before. FolderError when a replication is there twice."""
        seen: set[int] = set()
        for tallies in batches.kept(self.folder):
            runs = set(tallies[0].runs.tolist())
            if runs & seen:
                raise FolderError(f"{self.folder}: replication {min(runs & seen)} is there twice")
            seen |= runs
            yield tallies

    def keep(self, tallies: Sequence[Tally]) -> None:
        """Store a finished batch, a tally a row."""
        batches.keep(self.folder, tallies)

    def finish(self, comparison: Comparison) -> None:
        """Write what the batches came to; the manifest last, since it says that all is there."""
        sums = {name: replace(self.folder / name, content) for name, content in contents(comparison)}
        told = manifest(comparison, {name: sums[name] for name in NUMBERS}, self._identity)
        replace(self.folder / "manifest.json", written(told))


@contextmanager
def run_folder(
    folder: Path,
    scenario: Scenario,
    rows: Sequence[tuple[str, str, str]],
    identity: Mapping[str, Any],
    resume: bool,
) -> Iterator[RunFolder]:
    """A new run folder; or, to resume, that of the same run, if there is one.

    `rows` are specs of policy, playbook and routing, by which a row can be played again. Runs are the same where their
    `identity`, JSON facts, is equal. FolderError when the folder is taken, of another run, or being written by another
    process; it is left as it was. A new folder in which nothing was finished when the run failed is taken away again.
    """
    begins = not (resume and (folder / "manifest.json").exists())
    if begins:
        _begin(folder, scenario, rows, identity)
    else:
        _refuse_other(folder, identity)
    try:
        with FileLock(folder / LOCK, timeout=0):
            for partial in (folder / batches.FOLDER).glob(".*-partial"):
                partial.unlink()
            yield RunFolder(folder, identity)
    except Timeout as fault:
        raise FolderError(f"{folder}: is being written by another process") from fault
    except PermissionError as fault:
        raise FolderError(f"{folder}: cannot be written: {fault.strerror}") from fault
    except BaseException:
        if begins and not any(batches.paths(folder)):
            shutil.rmtree(folder, ignore_errors=True)
        raise


def _begin(folder: Path, scenario: Scenario, rows: Sequence[tuple[str, str, str]], identity: Mapping[str, Any]) -> None:
    specs = [dict(zip(("policy", "playbook", "routing"), row, strict=True)) for row in rows]
    files = {
        "manifest.json": written({"format": FORMAT, "finished": False, "identity": dict(identity)}),
        "scenario.json": scenario.model_dump_json(by_alias=True).encode(),
        "rows.json": written({"rows": specs}),
        f"{batches.FOLDER}/.keep": b"",
        LOCK: b"",
    }
    put(folder, files)


def refuse_unless_free(folder: Path, resume: bool) -> None:
    """FolderError unless a run may begin, or go on, in the folder. Ask before a long run."""
    if not (resume and (folder / "manifest.json").exists()):
        refuse_taken(folder)


def scenario_kept(folder: Path) -> Scenario:
    """The scenario that was played. FolderError when it is missing or does not fit."""
    try:
        return Scenario.model_validate_json((folder / "scenario.json").read_bytes())
    except OSError as fault:
        raise FolderError(f"{folder}: scenario.json is missing or cannot be read") from fault
    except ValueError as fault:
        raise FolderError(f"{folder}: scenario.json does not fit together") from fault


def rows_kept(folder: Path) -> list[tuple[str, str, str]]:
    """Policy, playbook and routing of every row, as they were typed. FolderError when they are missing."""
    try:
        rows = json.loads((folder / "rows.json").read_text(encoding="utf-8"))["rows"]
        return [(str(row["policy"]), str(row["playbook"]), str(row["routing"])) for row in rows]
    except OSError as fault:
        raise FolderError(f"{folder}: rows.json is missing or cannot be read") from fault
    except (ValueError, TypeError, LookupError) as fault:
        raise FolderError(f"{folder}: rows.json does not fit together") from fault


_OTHER = {
    "scenario": "it plays another world, other shocks or another seed",
    "rule files": "a rule's file has been edited since, or is named by another path",
}
"""What it means when runs differ in facts that say nothing to a reader, such as a hash."""


def _refuse_other(folder: Path, identity: Mapping[str, Any]) -> None:
    """FolderError unless the folder is of the same run; says in what it is of another."""
    known = read(folder).get("identity")
    known = known if isinstance(known, dict) else {}
    for what, value in identity.items():
        if known.get(what) != value:
            raise FolderError(f"{folder}: is of another run: {_differs(what, known.get(what), value)}")


def _differs(what: str, known: object, asked: object) -> str:
    """In what two runs differ, in words; of what has parts, in the first of them."""
    if what in _OTHER:
        return _OTHER[what]
    if what == "equal score":
        return f"it was begun {_equal(known)}; this is {_equal(asked)}"
    if isinstance(known, dict) and isinstance(asked, dict):
        part = next(name for name in {**known, **asked} if known.get(name) != asked.get(name))
        return f"it was begun with {part} {known.get(part)}, here is {asked.get(part)}"
    return f"its {what} are {_listed(known)}; asked for are {_listed(asked)}"


def _equal(score: object) -> str:
    return "without --equal" if score is None else f"at equal {score}"


def _listed(rows: object) -> str:
    """Rows by their policies, and what stands beside them where that is not the usual."""
    if not isinstance(rows, list):
        return "not told"
    usual = ("none", "preference")
    names = (" ".join(map(str, [row[0], *(one for one in row[1:] if one not in usual)])) for row in rows)
    return ", ".join(names) or "none"
