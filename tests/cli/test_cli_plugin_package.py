"""A package of somebody else's is installed, and its rule, playbook and routing are there."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.typed import typed

PACKAGE = Path(__file__).parent / "plugin_package"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The package, built and installed by pip into a folder of its own that Python looks into; nothing is fetched."""
    folder = tmp_path_factory.mktemp("outsider")
    shutil.copytree(PACKAGE, folder / "source", ignore=shutil.ignore_patterns("__pycache__"))
    command = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-build-isolation", "--no-index"]
    done = subprocess.run(
        [*command, "--disable-pip-version-check", "--target", folder / "site", folder / "source"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PYTHONPATH", str(folder / "site"))
        yield folder


def test_what_it_registers_is_listed_and_described(installed: Path) -> None:
    listed = typed(installed, "policies")
    assert listed.code == 0, listed.err
    rules, others = listed.out.split("\nPlaybooks: ")
    playbooks, routings = others.split("\nRoutings: ")
    assert "\n  From other packages\n    two-bins " in rules
    assert "\n    dark-shelf " in playbooks
    assert "\n    first-only " in routings
    described = typed(installed, "policies", "two-bins")
    assert "bin_units = 60  (1 to 1e+06 units; tuned within 20 to 400; more of it for more service): " in described.out


@pytest.mark.parametrize("spec", ["two-bins:bin_units=40", "two-bins+air-rescue", "dark-shelf", "first-only"])
def test_it_keeps_the_contract(installed: Path, spec: str) -> None:
    answer = typed(installed, "policies", "check", spec)
    assert (answer.code, answer.out) == (0, f"{spec}: keeps the contract\n"), answer.err


def test_it_plays_in_workers_beside_what_ships(installed: Path) -> None:
    rules = ("--policy", "two-bins:bin_units=150", "--policy", "never", "--playbook", "dark-shelf")
    answer = typed(
        installed,
        "compare",
        "apparel-by-air",
        "--runs",
        "2",
        "--jobs",
        "2",
        *rules,
        "--routing",
        "first-only",
        "--json",
    )
    assert answer.code == 0, answer.err
    rows = {row["policy"]: row["scores"] for row in json.loads(answer.out)["policies"]}
    assert set(rows) == {"two-bins:bin_units=150", "never"}
    assert rows["two-bins:bin_units=150"]["stockout_rate"]["mean"] < rows["never"]["stockout_rate"]["mean"]


def test_its_parameters_are_refused_as_those_of_a_shipped_rule(installed: Path) -> None:
    answer = typed(installed, "policies", "check", "two-bins:bin_units=0")
    assert (answer.code, answer.out) == (2, "")
    assert "two-bins: bin_units = 0: allowed 1 to 1000000 units" in answer.err
