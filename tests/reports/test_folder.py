"""The run folder: whole or not at all, and enough to draw the page again."""

import csv
import dataclasses
import hashlib
import io
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from reports.comparison import Comparison
from reports.display.page import page
from reports.display.result import json_text
from reports.folder import FolderError, load, redraw, refuse_taken, save
from reports.folder.files import replace
from reports.scores import SCORES
from tests.reports.builder import comparison, field, record, season


@pytest.fixture(scope="module")
def played() -> Comparison:
    return comparison(field(12)[:3])


@pytest.fixture(scope="module")
def saved(played: Comparison, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("saved") / "run"
    save(folder, played)
    return folder


@pytest.fixture
def run(saved: Path, tmp_path: Path) -> Path:
    """A copy of a run folder, to spoil."""
    return Path(shutil.copytree(saved, tmp_path / "run"))


def test_what_is_saved_is_loaded(tmp_path: Path, played: Comparison) -> None:
    save(tmp_path / "deep" / "run", played)
    kept = load(tmp_path / "deep" / "run")
    assert json_text(kept) == json_text(played)
    assert page(kept) == page(played)
    assert sorted(path.name for path in (tmp_path / "deep" / "run").iterdir()) == [
        "closeup.npz", "daily.npz", "manifest.json", "page.html", "result.json", "scores.csv",
    ]  # fmt: skip


def test_the_page_is_drawn_again_byte_for_byte(run: Path) -> None:
    before = (run / "page.html").read_bytes()
    (run / "page.html").unlink()
    assert redraw(run) == [run / "page.html"]
    assert (run / "page.html").read_bytes() == before


def test_two_folders_of_one_run_are_equal(saved: Path, tmp_path: Path, played: Comparison) -> None:
    save(tmp_path / "other", played)
    for path in saved.iterdir():
        assert path.read_bytes() == (tmp_path / "other" / path.name).read_bytes()


def test_undefined_scores_survive(tmp_path: Path) -> None:
    played = comparison((record(2),), days=100)
    save(tmp_path / "run", played)
    assert np.isnan(load(tmp_path / "run").rows[0].scores["stockout_rate"]).all()


def test_an_empty_folder_is_used_and_a_taken_one_refused(tmp_path: Path, played: Comparison) -> None:
    (tmp_path / "empty").mkdir()
    save(tmp_path / "empty", played)
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "mine.txt").write_text("mine")
    with pytest.raises(FolderError, match="is not empty"):
        save(taken, played)
    with pytest.raises(FolderError, match="is not a folder"):
        refuse_taken(taken / "mine.txt")
    assert [path.name for path in taken.iterdir()] == ["mine.txt"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "taken"]


def test_a_failed_write_leaves_nothing(tmp_path: Path, played: Comparison, monkeypatch: pytest.MonkeyPatch) -> None:
    write = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if path.name == "page.html":
            raise OSError(28, "No space left on device")
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(FolderError, match="No space left on device"):
        save(tmp_path / "run", played)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path: Path, played: Comparison) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderError, match="cannot be written"):
        save(tmp_path / "file" / "run", played)
    with pytest.raises(FolderError, match="cannot be written"):
        refuse_taken(tmp_path / "file" / "run")


def test_to_ask_whether_a_folder_is_free_leaves_nothing_behind(tmp_path: Path) -> None:
    refuse_taken(tmp_path / "new" / "run")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("spelled", [".", "../here", "{}", "link"])
def test_the_folder_one_is_in_is_refused_in_words(
    spelled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would be replaced as a whole, from under the shell that is in it."""
    here = tmp_path / "here"
    here.mkdir()
    (tmp_path / "link").symlink_to(here)
    monkeypatch.chdir(here)
    refuse_taken(Path("new"))
    with pytest.raises(FolderError, match="is where you are; name a new folder in it"):
        refuse_taken(Path(spelled.format(here) if spelled != "link" else tmp_path / "link"))


def test_scores_open_in_a_spreadsheet_and_hold_no_formula(tmp_path: Path) -> None:
    rows = tuple(season(name, 10, runs=2) for name in ("=cmd|'/c calc'!A0", "+1", "-1", "@x", "\tx", " =x", "plain"))
    save(tmp_path / "run", comparison(rows))
    content = (tmp_path / "run" / "scores.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    table = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert table[0] == ["policy", "playbook", "routing", "replication", *SCORES]
    assert [line[0] for line in table[1::2]] == ["'=cmd|'/c calc'!A0", "'+1", "'-1", "'@x", "'\tx", "' =x", "plain"]
    assert [row.policy for row in load(tmp_path / "run").rows] == [row.policy for row in rows]


def test_a_folder_that_is_not_one_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="no such folder"):
        load(tmp_path / "absent")
    with pytest.raises(FolderError, match="is not a run folder"):
        load(tmp_path)
    for text in ("{", "[]", "{}", "[" * 100_000, '{"format": 3}'):
        (tmp_path / "manifest.json").write_text(text)
        with pytest.raises(FolderError, match=r"manifest\.json"):
            load(tmp_path)


@pytest.mark.parametrize("name", ["scores.csv", "daily.npz"])
def test_numbers_changed_after_the_run_are_refused(run: Path, name: str) -> None:
    path = run / name
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(FolderError, match="was changed after the run"):
        load(run)
    path.unlink()
    with pytest.raises(FolderError, match="is missing"):
        load(run)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("goal", "most luck"), ("policies", []), ("policies", None), ("replications", 5), ("replications", 1e300),
        ("setting", {}), ("versions", 3),
    ],
)  # fmt: skip
def test_a_manifest_that_does_not_fit_is_refused(run: Path, key: str, value: object) -> None:
    path = run / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), key: value}))
    with pytest.raises(FolderError, match="does not fit together"):
        load(run)


@pytest.mark.parametrize(
    ("key", "value"), [("title", 5), ("days", 9), ("start", "soon"), ("events", [{}]), ("seed", "")]
)
def test_a_world_that_does_not_fit_is_refused(run: Path, key: str, value: object) -> None:
    path = run / "manifest.json"
    manifest = json.loads(path.read_text())
    path.write_text(json.dumps({**manifest, "setting": {**manifest["setting"], key: value}}))
    with pytest.raises(FolderError, match="does not fit together"):
        load(run)


def test_what_a_row_is_called_is_saved_and_loaded(tmp_path: Path) -> None:
    names = {"policy": "lead-cover", "playbook": "alerts", "routing": "bonded-first"}
    save(
        tmp_path / "run",
        comparison((season("lead-cover", 10, runs=2), season(names.pop("policy"), 10, runs=2, **names))),
    )
    kept = load(tmp_path / "run")
    assert [row.name for row in kept.rows] == ["lead-cover", "lead-cover with alerts via bonded-first"]
    lines = list(csv.reader(io.StringIO((tmp_path / "run" / "scores.csv").read_text("utf-8-sig"))))
    assert [line[:4] for line in lines[1:]] == [
        ["lead-cover", "none", "preference", "0"], ["lead-cover", "none", "preference", "1"],
        ["lead-cover", "alerts", "bonded-first", "0"], ["lead-cover", "alerts", "bonded-first", "1"],
    ]  # fmt: skip


def test_the_world_is_saved_and_loaded(tmp_path: Path, played: Comparison) -> None:
    save(tmp_path / "run", played)
    kept = load(tmp_path / "run").setting
    for item in dataclasses.fields(kept):
        assert np.array_equal(getattr(kept, item.name), getattr(played.setting, item.name)), item.name


def test_arrays_that_would_be_unpickled_are_refused(run: Path) -> None:
    held = io.BytesIO()
    np.savez(held, daily_on_hand_0=np.array([{}], dtype=object))
    (run / "daily.npz").write_bytes(held.getvalue())
    manifest = json.loads((run / "manifest.json").read_text())
    manifest["sha256"]["daily.npz"] = hashlib.sha256(held.getvalue()).hexdigest()
    (run / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(FolderError, match="does not fit together"):
        load(run)


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace(tmp_path / "file", b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(FolderError, match="file: cannot be written: No space left on device"):
        replace(tmp_path / "file", iter([b"n", b"ew"]))
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("file", b"old")]
