"""`sensitivity`: the object a program reads, the folder, and what is refused."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from scenarios.faults import ScenarioError
from sim.cli.sensitivity import sensitivity

APP = typer.Typer()
APP.command()(sensitivity)
WORLD = ("viral-oring", "--runs", "3", "--jobs", "1", "--factor", "sku.*.unit_cost=x0.8..x1.2")


def test_the_object_and_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    answer = CliRunner().invoke(APP, [*WORLD, "--samples", "2", "--json", "--out", str(folder)])
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.stdout)
    assert (told["scenario"], told["replications"], told["score"]) == ("viral-oring", 3, "profit")
    (factor,) = told["factors"]
    assert (factor["keys"], factor["low"], factor["high"]) == (["sku.*.unit_cost"], "x0.8", "x1.2")
    assert set(factor["change"]["reorder-point"]["low"]) == {"mean", "low", "high"}
    assert {"mu_star", "mu", "sigma"} <= set(factor)
    assert {path.name for path in folder.iterdir()} == {"sensitivity.json", "sensitivity.csv", "page.html"}
    assert json.loads((folder / "sensitivity.json").read_text(encoding="utf-8")) == told
    assert "<svg" in (folder / "page.html").read_text(encoding="utf-8")


def test_the_table_in_chinese() -> None:
    answer = CliRunner().invoke(APP, [*WORLD, "--method", "ends", "--lang", "zh"])
    assert answer.exit_code == 0, answer.output
    assert "利润" in answer.stdout
    assert "Profit" not in answer.stdout


@pytest.mark.parametrize("text", ["sku.*.unit_cots=x0.8..x1.2", "sku.*.unit_cost"])
def test_a_factor_that_means_nothing_is_refused(text: str) -> None:
    answer = CliRunner().invoke(APP, [*WORLD, "--factor", text])
    assert isinstance(answer.exception, ScenarioError)
