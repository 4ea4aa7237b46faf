"""run, compare and report."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.typed import SCRIPTS, Answer, called, names, typed

RULES = ("--policy", "reorder-point", "--policy", "lead-cover", "--policy", "oracle")
COMPARE = ("compare", "apparel-by-air", *RULES, "--runs", "12", "--jobs", "1")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    """A comparison as text; its folder is thrown away."""
    return called(tmp_path_factory.mktemp("told"), *COMPARE)


def test_run_shows_one_policy(tmp_path: Path) -> None:
    answer = called(
        tmp_path, "run", "apparel-by-air", "--policy", "reorder-point:safety_days=10", "--runs", "3", "--jobs", "1"
    )
    assert answer.code == 0
    assert "reorder-point" in answer.out
    assert "safety_days=10" in answer.out
    assert answer.err == ""


def test_compare_ends_with_one_sentence_of_advice(told: Answer) -> None:
    assert told.code == 0
    *_, last = told.out.rstrip().split("\n\n")
    assert last.startswith("Use reorder-point: ")
    assert last.endswith("(12 replications).")
    assert last.count(". ") == 0
    for name in ("lead-cover", "oracle", "Stockouts", "Holding", "Turnover", "yardstick"):
        assert name in told.out


def test_without_a_policy_a_field_plays(tmp_path: Path) -> None:
    answer = called(tmp_path, "compare", "apparel-by-air", "--runs", "2", "--jobs", "1", "--json")
    assert len(json.loads(answer.out)["policies"]) >= 5


def test_json_is_one_object_and_the_same_for_any_number_of_jobs(tmp_path: Path) -> None:
    one, two = called(tmp_path, *COMPARE, "--json"), typed(tmp_path, *COMPARE, "--json", "--jobs", "2")
    assert (one.code, one.err) == (0, "")
    assert one.out == two.out
    said = json.loads(one.out)
    assert {"scenario", "hash", "seed", "replications", "policies", "differences"} <= set(said)
    assert (said["scenario"], said["seed"], said["replications"]) == ("apparel-by-air", 400, 12)
    assert [row["policy"] for row in said["policies"]] == ["reorder-point", "lead-cover", "oracle"]
    for row in said["policies"][:2]:  # the oracle holds no stock, so its turnover is undefined
        assert {"policy", "playbook", "sees", "scores"} <= set(row)
        for score in ("stockout_rate", "holding_cost", "turnover"):
            assert row["scores"][score]["low"] <= row["scores"][score]["mean"] <= row["scores"][score]["high"]


def test_a_goal_changes_the_advice(told: Answer, tmp_path: Path) -> None:
    goal = "stockout_rate<=100%, least holding_cost"
    answer = called(tmp_path, *COMPARE, "--goal", goal)
    assert f"Goal: {goal}" in answer.out
    assert "Use lead-cover: " in answer.out
    assert "Use lead-cover: " not in told.out


def test_another_seed_and_a_shock_are_another_world(told: Answer, tmp_path: Path) -> None:
    other = called(tmp_path, *COMPARE, "--seed", "7")
    assert "seed 7" in other.out
    shock = "viral-and-livestream:factor=0.5"
    shocked = called(tmp_path, *COMPARE, "--shock", shock)
    assert f"World apparel-by-air+{shock}" in shocked.out
    assert len({told.out, other.out, shocked.out}) == 3


def test_fail_if_judges_the_best_rule_and_still_shows_all(tmp_path: Path) -> None:
    command = (*COMPARE, "--json", "--fail-if")
    failed, passed = typed(tmp_path, *command, "holding_cost>1"), called(tmp_path, *command, "stockout_rate>50%")
    assert (failed.code, passed.code) == (1, 0)
    assert failed.err.startswith("failed: holding_cost>1: reorder-point has holding cost")
    assert passed.err == ""
    assert json.loads(failed.out) == json.loads(passed.out)


def test_what_out_leaves_can_be_reported_again_and_is_never_overwritten(tmp_path: Path) -> None:
    command = (
        "run",
        "apparel-by-air",
        "--policy",
        "reorder-point",
        "--runs",
        "3",
        "--jobs",
        "1",
        "--out",
        "new/report",
    )
    made = typed(tmp_path, *command)
    assert (made.code, made.err) == (0, "Page: new/report/page.html\n")
    folder = tmp_path / "new" / "report"
    (batch,) = (folder / "batches").glob("[!.]*")
    assert {name for name in names(folder) if not name.startswith("batches")} == {
        "closeup.npz", "daily.npz", "lock", "manifest.json", "page.html", "result.json", "rows.json", "scenario.json",
        "scores.csv",
    }  # fmt: skip
    assert batch.name.startswith("00000000-3-")
    page = (folder / "page.html").read_bytes()

    refused = called(tmp_path, *command)
    assert (refused.code, refused.out) == (2, "")
    assert "new/report: is not empty" in refused.err
    assert (folder / "page.html").read_bytes() == page

    (folder / "page.html").unlink()
    again = called(tmp_path, "report", "new/report")
    assert (again.code, again.out) == (0, made.out)
    assert (folder / "page.html").read_bytes() == page
    assert json.loads(called(tmp_path, "report", "new/report", "--json").out) == json.loads(
        (folder / "result.json").read_text(encoding="utf-8")
    )


def test_an_interrupt_ends_it_and_leaves_a_run_that_can_go_on(tmp_path: Path) -> None:
    command = [SCRIPTS / "stocktide", "compare", "gift-shop", "--policy", "reorder-point"]
    command += ["--runs", "4000", "--jobs", "2", "--out", "report"]
    began = subprocess.Popen(
        command,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # as in a terminal, wherever tests run
    )
    manifest = tmp_path / "report" / "manifest.json"
    while not manifest.exists() or not any((tmp_path / "report" / "batches").glob("*.npz")):
        assert began.poll() is None
        time.sleep(0.05)
    os.killpg(began.pid, signal.SIGINT)
    out, err = began.communicate(timeout=60)
    assert (began.returncode, out) == (130, "")
    assert "Traceback" not in err
    assert err.endswith("What is finished is kept in report; the same command with --resume goes on.\n")
    assert not json.loads(manifest.read_text())["finished"]
