"""A run folder as a user meets it: begun, gone on with, refused, on a full disk, where nothing may be written."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.typed import PLAIN, SCRIPTS, Answer, called, names

PLAYED = ("compare", "apparel-by-air", "--policy", "reorder-point", "--policy", "min-max", "--jobs", "1")


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a run of 20 replications was finished."""
    folder = tmp_path_factory.mktemp("finished")
    assert called(folder, *PLAYED, "--runs", "20", "--out", "run").code == 0
    return folder / "run"


@pytest.fixture
def run(finished: Path, tmp_path: Path) -> Path:
    """A copy of it, to go on with."""
    return Path(shutil.copytree(finished, tmp_path / "run"))


def without_powers(folder: Path, *words: str) -> Answer:
    """Type `stocktide WORDS...` as somebody to whom permissions apply, whoever runs the tests."""
    command = ["unshare", "--user", SCRIPTS / "stocktide", *words]
    done = subprocess.run(
        command, cwd=folder, env=os.environ | PLAIN, capture_output=True, encoding="utf-8", check=False
    )
    return Answer(done.returncode, done.stdout, done.stderr)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_more_replications_are_added_to_those_that_are_there(run: Path) -> None:
    kept = {path.name for path in (run / "batches").glob("*.npz")}
    assert called(run.parent, *PLAYED, "--runs", "30", "--out", "run", "--resume").code == 0
    assert called(run.parent, *PLAYED, "--runs", "30", "--out", "whole").code == 0
    assert kept < {path.name for path in (run / "batches").glob("*.npz")}
    assert (run / "scores.csv").read_bytes() == (run.parent / "whole" / "scores.csv").read_bytes()


def test_resume_begins_where_nothing_is(tmp_path: Path) -> None:
    assert called(tmp_path, *PLAYED, "--runs", "12", "--out", "new", "--resume").code == 0
    assert (tmp_path / "new" / "page.html").is_file()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--runs", "20", "--seed", "5"), "is of another run: it plays another world, other shocks or another seed"),
        (
            ("--runs", "20", "--policy", "base-stock"),
            "is of another run: its rows are reorder-point, min-max; asked for are reorder-point, min-max, base-stock",
        ),
        (
            ("--runs", "20", "--shock", "dock-closed"),
            "is of another run: it plays another world, other shocks or another seed",
        ),
        (("--runs", "19"), "holds replication 19; ask for at least 20 --runs"),
    ],
)
def test_another_run_is_refused_and_nothing_changes(run: Path, words: tuple[str, ...], why: str) -> None:
    before = contents(run)
    answer = called(run.parent, *PLAYED, *words, "--out", "run", "--resume")
    assert (answer.code, answer.out) == (2, "")
    assert why in answer.err
    assert contents(run) == before


def test_another_version_is_refused(run: Path) -> None:
    manifest = json.loads((run / "manifest.json").read_text())
    manifest["identity"]["versions"]["numpy"] = "1.0"
    (run / "manifest.json").write_text(json.dumps(manifest))
    before = contents(run)
    answer = called(run.parent, *PLAYED, "--runs", "20", "--out", "run", "--resume")
    assert answer.code == 2
    assert "is of another run: it was begun with numpy 1.0, here is" in answer.err
    assert contents(run) == before


def test_a_rule_that_was_edited_is_another_rule(tmp_path: Path) -> None:
    assert called(tmp_path, "policies", "new", "mine").code == 0
    words = ("compare", "apparel-by-air", "--policy", "mine.py:Mine", "--runs", "12", "--jobs", "1", "--out", "run")
    assert called(tmp_path, *words).code == 0
    assert called(tmp_path, *words, "--resume").code == 0
    elsewhere = [word.replace("mine.py", str(tmp_path / "mine.py")) for word in words]
    assert (
        "a rule's file has been edited since, or is named by another path"
        in called(tmp_path, *elsewhere, "--resume").err
    )
    (tmp_path / "mine.py").write_text((tmp_path / "mine.py").read_text() + "\n")
    answer = called(tmp_path, *words, "--resume")
    assert answer.code == 2
    assert "a rule's file has been edited since" in answer.err


def test_resume_needs_a_folder(tmp_path: Path) -> None:
    answer = called(tmp_path, *PLAYED, "--resume")
    assert answer.code == 2
    assert "--out" in answer.err


def test_what_is_no_run_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "manifest.json").write_text("{}")
    answer = called(tmp_path, *PLAYED, "--runs", "12", "--out", "mine", "--resume")
    assert answer.code == 2
    assert "is not that of a" in answer.err
    assert names(tmp_path) == ["mine", "mine/manifest.json"]


def test_a_full_disk_is_an_error_and_what_is_finished_stays(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    words = [*PLAYED, "--runs", "4000", "--out", "disk/run"]
    script = 'mount -t tmpfs -o size=1m tmpfs disk && "$0" "$@"; code=$?; ls -A disk/run/batches; exit $code'
    done = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, SCRIPTS / "stocktide", *words],
        cwd=tmp_path,
        env=os.environ | PLAIN,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert "cannot be written: No space left on device" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout.count(".npz") >= 1, "the batches that fitted"
    assert "partial" not in done.stdout


def test_a_folder_that_may_not_be_written_is_an_error(tmp_path: Path, run: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o555)
    answer = without_powers(tmp_path, *PLAYED, "--runs", "12", "--out", "closed/run")
    assert answer.code == 2, answer.err
    assert "closed/run: cannot be written: Permission denied" in answer.err
    run.chmod(0o555)
    answer = without_powers(tmp_path, *PLAYED, "--runs", "30", "--out", "run", "--resume")
    assert answer.code == 2, answer.err
    assert "cannot be written: Permission denied" in answer.err


def test_precision_plays_until_it_is_reached(tmp_path: Path) -> None:
    words = ("compare", "apparel-by-air", "--policy", "reorder-point", "--policy", "min-max", "--jobs", "1", "--json")
    answer = called(tmp_path, *words, "--precision", "profit=0.15%", "--out", "run")
    assert answer.code == 0, answer.err
    told = json.loads(answer.out)
    assert "reached" in answer.err
    assert told["replications"] > 200, "the first look was not enough"
    for row in told["policies"]:
        profit = row["scores"]["profit"]
        assert (profit["high"] - profit["low"]) / 2 <= 0.0015 * abs(profit["mean"])
    most = called(tmp_path, *words, "--precision", "profit=0.01%", "--runs", "120")
    assert json.loads(most.out)["replications"] == 120
    assert "not reached with 120" in most.err
    wrong = called(tmp_path, *words, "--precision", "luck=3")
    assert wrong.code == 2
    assert "luck" in wrong.err
    both = called(tmp_path, *words, "--precision", "1pp", "--equal", "stockout_rate=3%")
    assert both.code == 2
    assert "does not go together with --equal" in " ".join(both.err.split())


def test_at_equal_service_other_runs_are_another_run(tmp_path: Path) -> None:
    """Rows are turned on the replications before those that are played, so with more they are other rows."""
    words = ("compare", "apparel-by-air", "--equal", "stockout_rate=3%", "--policy", "min-max", "--out", "run")
    assert called(tmp_path, *words, "--runs", "5").code == 0
    answer = called(tmp_path, *words, "--runs", "6", "--resume")
    assert answer.code == 2
    began, here = (f"at equal stockout_rate=3% on {runs} replications" for runs in (5, 6))
    assert f"it was begun {began}; this is {here}" in answer.err
    without = called(tmp_path, *words[:2], *words[4:], "--runs", "5", "--resume")
    assert without.code == 2
    assert f"it was begun {began}; this is without --equal" in without.err
