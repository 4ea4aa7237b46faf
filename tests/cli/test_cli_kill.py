"""A run that is killed goes on: nothing is lost, nothing is counted twice, only what is missing is played."""

from pathlib import Path

import pytest

from tests.cli.typed import called
from tests.killing import batches, command, killed, whole, write_world

RUNS = 1_500


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    folder = tmp_path_factory.mktemp("killed")
    write_world(folder)
    return folder, whole(folder, RUNS)


@pytest.mark.parametrize("finished", range(5))
def test_a_killed_run_goes_on(place: tuple[Path, bytes], finished: int) -> None:
    folder, expected = place
    count = len(batches(folder / "whole"))
    assert count >= 6
    came = killed(folder, f"run-{finished}", RUNS, expected, lambda out: len(batches(out)) >= finished and out.exists())
    assert finished <= came.left < count
    assert (came.again, came.equal) == (0, True)


def test_a_finished_run_is_not_played_again(place: tuple[Path, bytes]) -> None:
    folder, expected = place
    before = {path: path.stat().st_mtime_ns for path in batches(folder / "whole")}
    assert called(folder, *command(RUNS), "--out", "whole", "--resume").code == 0
    assert {path: path.stat().st_mtime_ns for path in batches(folder / "whole")} == before
    assert (folder / "whole" / "scores.csv").read_bytes() == expected
