"""A contest is the same however it was played: at once, in parts, over a folder, by several processes or a cluster."""

import dataclasses
import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from reports.comparison import Comparison
from reports.display.result import json_text
from reports.folder import FolderError, load
from reports.folder.running import RunFolder, run_folder, scenario_kept
from reports.tally import Tallied
from reports.verdict.goal import read_goal
from sim.cluster import AddressError, ClusterError, on_cluster
from sim.contest import Contest, Table
from sim.tournament import Match, batches, play_rows, setting, tallied
from tests.worlds import PLAIN, scenario_of

ROWS = (("reorder-point", "none", "preference"), ("reorder-point+air-rescue", "alerts", "preference"))
RUNS = range(12)


@pytest.fixture
def contest(tmp_path: Path) -> Contest:
    scenario = scenario_of(PLAIN, tmp_path)
    return Contest(scenario, setting(scenario, "plain"), ROWS, read_goal(), "stocktide compare plain")


def folder_of(path: Path, contest: Contest, resume: bool = False) -> "Iterator[RunFolder]":
    return run_folder(path, contest.scenario, contest.rows, contest.identity(), resume)  # type: ignore[return-value]


def scores(path: Path) -> bytes:
    return (path / "scores.csv").read_bytes()


def test_it_tells_what_the_records_of_all_replications_tell(contest: Contest) -> None:
    records = play_rows(contest.scenario, contest.rows, RUNS, keep=(0,))
    at_once = Comparison.of(contest.setting, records, contest.goal, contest.command)
    assert json_text(Table(contest, RUNS).played(len(RUNS))) == json_text(at_once)


def test_played_in_parts_it_tells_the_same(contest: Contest) -> None:
    table = Table(contest, RUNS)
    few = table.played(5)
    assert json_text(few) == json_text(Table(contest, range(5)).played(5))
    assert json_text(table.played(len(RUNS))) == json_text(Table(contest, RUNS).played(len(RUNS)))


def test_it_shows_nowhere_in_what_order_batches_came(contest: Contest) -> None:
    match = Match(contest.scenario, tuple(RUNS), ROWS[:1], (0,))
    came = [tallied(part, contest.setting)[0] for part in batches(match, 5)]
    forth, back = Tallied(RUNS), Tallied(RUNS)
    for one, other in zip(came, reversed(came), strict=True):
        forth.add(one)
        back.add(other)
    one, other = forth.joined(len(RUNS)), back.joined(len(RUNS))
    assert one.scores.tobytes() == other.scores.tobytes()
    assert {lane: rows.tobytes() for lane, rows in one.transit.items()} == {
        lane: rows.tobytes() for lane, rows in other.transit.items()
    }


def test_only_what_is_missing_is_played(contest: Contest, tmp_path: Path) -> None:
    with folder_of(tmp_path / "run", contest) as folder:
        Table(contest, RUNS, folder).played(4)
    heard: list[int] = []
    with folder_of(tmp_path / "run", contest, resume=True) as folder:
        folder.finish(Table(contest, RUNS, folder).played(len(RUNS), progress=heard.append))
    assert heard == [4, 8]
    with folder_of(tmp_path / "whole", contest) as folder:
        folder.finish(Table(contest, RUNS, folder).played(len(RUNS)))
    assert scores(tmp_path / "run") == scores(tmp_path / "whole")
    assert (tmp_path / "run" / "page.html").read_bytes() == (tmp_path / "whole" / "page.html").read_bytes()
    assert json_text(load(tmp_path / "run")) == json_text(Table(contest, RUNS).played(len(RUNS)))


def test_a_hole_between_batches_is_filled(contest: Contest, tmp_path: Path) -> None:
    with folder_of(tmp_path / "run", contest) as folder:
        table = Table(contest, RUNS, folder)
        for count in (4, 8, 12):
            table.played(count)
    middle = sorted((tmp_path / "run" / "batches").glob("*.npz"))[1]
    middle.unlink()
    heard: list[int] = []
    with folder_of(tmp_path / "run", contest, resume=True) as folder:
        folder.finish(Table(contest, RUNS, folder).played(len(RUNS), progress=heard.append))
    assert heard == [8, 4]
    assert json_text(load(tmp_path / "run")) == json_text(Table(contest, RUNS).played(len(RUNS)))


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"scenario": "0" * 64}, "it plays another world, other shocks or another seed"),
        ({"rows": [["never", "none", "preference"]]}, "its rows are reorder-point, .* alerts; asked for are never"),
        ({"versions": {"stocktide": "9"}}, "it was begun with stocktide .*, here is 9"),
        (
            {"equal score": "stockout_rate=3% on 5 replications"},
            "it was begun without --equal; this is at equal stockout_rate=3% on 5 replications",
        ),
        ({"rule files": {"mine.py": "1"}}, "a rule's file has been edited since"),
    ],
)
def test_a_folder_of_another_run_is_refused_unchanged(
    contest: Contest, tmp_path: Path, changed: dict[str, object], why: str
) -> None:
    with folder_of(tmp_path / "run", contest) as folder:
        Table(contest, RUNS, folder).played(4)
    before = {path: path.read_bytes() for path in (tmp_path / "run").rglob("*") if path.is_file()}
    other = {**contest.identity(), **changed}
    with (
        pytest.raises(FolderError, match=f"is of another run: {why}"),
        run_folder(tmp_path / "run", contest.scenario, contest.rows, other, True),
    ):
        pass
    assert {path: path.read_bytes() for path in (tmp_path / "run").rglob("*") if path.is_file()} == before


def test_fewer_replications_than_are_there_are_refused(contest: Contest, tmp_path: Path) -> None:
    with folder_of(tmp_path / "run", contest) as folder:
        table = Table(contest, RUNS, folder)
        for count in (4, 8, 12):
            table.played(count)
    for fewer in (2, 6, 11):
        with (
            folder_of(tmp_path / "run", contest, resume=True) as folder,
            pytest.raises(FolderError, match="run: holds replication 11; ask for at least 12 --runs"),
        ):
            Table(contest, range(fewer), folder)


def test_what_was_spoiled_is_named(contest: Contest, tmp_path: Path) -> None:
    with folder_of(tmp_path / "run", contest) as folder:
        Table(contest, RUNS, folder).played(4)
    (batch,) = (tmp_path / "run" / "batches").glob("*.npz")
    whole = batch.read_bytes()
    with folder_of(tmp_path / "run", contest, resume=True) as folder:
        for spoiled in (whole[:-5], whole + b" ", b""):
            batch.write_bytes(spoiled)
            with pytest.raises(FolderError, match="was changed after it was played; delete it"):
                Table(contest, RUNS, folder)
        batch.write_bytes(whole)
        batch.with_name(f"00000001-{batch.name.partition('-')[2]}").write_bytes(whole)
        with pytest.raises(FolderError, match="replication 0 is there twice"):
            Table(contest, RUNS, folder)


def test_two_cannot_write_one_folder(contest: Contest, tmp_path: Path) -> None:
    with folder_of(tmp_path / "run", contest):
        pass
    with (
        FileLock(tmp_path / "run" / "lock"),
        pytest.raises(FolderError, match="is being written by another process"),
        folder_of(tmp_path / "run", contest, resume=True),
    ):
        pass


def test_an_unfinished_run_is_not_told(contest: Contest, tmp_path: Path) -> None:
    with folder_of(tmp_path / "run", contest) as folder:
        Table(contest, RUNS, folder).played(4)
    with pytest.raises(FolderError, match="was not finished; go on with --resume"):
        load(tmp_path / "run")


def test_the_folder_holds_what_is_needed_to_play_again(contest: Contest, tmp_path: Path) -> None:
    with folder_of(tmp_path / "run", contest):
        pass
    assert scenario_kept(tmp_path / "run") == contest.scenario
    assert [tuple(row.values()) for row in json.loads((tmp_path / "run" / "rows.json").read_text())["rows"]] == [*ROWS]
    (tmp_path / "run" / "scenario.json").write_text("{")
    with pytest.raises(FolderError, match="does not fit together"):
        scenario_kept(tmp_path / "run")


def test_processes_and_a_cluster_change_no_digit(contest: Contest) -> None:
    from distributed import LocalCluster

    one = json_text(Table(contest, RUNS).played(len(RUNS)))
    assert json_text(Table(contest, RUNS).played(len(RUNS), jobs=2)) == one
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None) as cluster,
        on_cluster(cluster.scheduler_address) as workers,
    ):
        assert workers == 2
        assert json_text(Table(contest, RUNS).played(len(RUNS), jobs=workers)) == one


def test_a_silent_cluster_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.cluster.ANSWERS_WITHIN", 0.5)
    with pytest.raises(ClusterError, match="no dask scheduler answers there"), on_cluster("tcp://127.0.0.1:1"):
        pass
    with socket.create_server(("127.0.0.1", 0)) as mute:
        address = f"tcp://127.0.0.1:{mute.getsockname()[1]}"
        with pytest.raises(ClusterError, match="no dask scheduler answers there"), on_cluster(address):
            pass


@pytest.mark.parametrize("address", ["", "nowhere", "what://ever", "what://ever:1", "http://127.0.0.1:1/x"])
def test_what_is_no_address_is_refused_before_anybody_is_called(address: str) -> None:
    with pytest.raises(AddressError, match="is no address of a scheduler"), on_cluster(address):
        pass


def test_a_goal_may_change_when_a_run_goes_on(contest: Contest, tmp_path: Path) -> None:
    with folder_of(tmp_path / "run", contest) as folder:
        Table(contest, RUNS, folder).played(4)
    other = dataclasses.replace(contest, goal=read_goal("least freight"), command="another")
    with folder_of(tmp_path / "run", other, resume=True) as folder:
        folder.finish(Table(other, RUNS, folder).played(len(RUNS)))
    assert str(load(tmp_path / "run").goal) == "least freight"
