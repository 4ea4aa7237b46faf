"""stress and worth: what they print, leave behind and refuse."""

import json
from pathlib import Path

import pytest

from tests.cli.typed import Answer, called, names
from tests.sim.test_stress import DAYS, SLOW

ROWS = ("--policy", "reorder-point", "--policy", "base-stock", "--runs", "10", "--jobs", "1")
STRESS = ("stress", "viral-oring", *ROWS, "--shock", "factory-stop", "--shock", "demand-slump")
WORTH = ("worth", "viral-oring", *ROWS, "--change", "supplier.*.make_days=x0.5")


def said(answer: Answer) -> dict[str, object]:
    assert (answer.code, answer.err) == (0, "")
    found: dict[str, object] = json.loads(answer.out)
    return found


def test_stress_says_who_survives_and_leaves_a_folder(tmp_path: Path) -> None:
    answer = called(
        tmp_path, *STRESS, "--out", "report", "--reverse", "stockout_rate>20%", "--vary", "salvage_share=0,1"
    )
    assert answer.code == 0
    assert "factory-stop" in answer.out and "salvage_share=0" in answer.out
    assert "How strong a shock must be for stockout rate by order above 20 %" in answer.out
    assert "has the least largest regret" in answer.out or "no rule played is better" in answer.out
    assert names(tmp_path / "report") == ["page.html", "stress.csv", "stress.json"]
    kept = json.loads((tmp_path / "report" / "stress.json").read_text(encoding="utf-8"))
    assert [case["case"] for case in kept["cases"]] == [
        "factory-stop", "demand-slump", "salvage_share=0", "salvage_share=1",
    ]  # fmt: skip
    page = (tmp_path / "report" / "page.html").read_text(encoding="utf-8").replace("\u00a0", " ")
    assert kept["verdict"][0].split(":")[0] in page


def test_json_alone_is_on_stdout_pairs_and_strengths_in_it(tmp_path: Path) -> None:
    one = said(called(tmp_path, *STRESS, "--pairs", "--severity", "0.5,1", "--json"))
    assert [(case["case"], case["strength"]) for case in one["cases"]] == [  # type: ignore[attr-defined]
        (name, strength)
        for name in ("factory-stop", "demand-slump", "factory-stop+demand-slump")
        for strength in (0.5, 1)
    ]


def test_chinese_is_chinese(tmp_path: Path) -> None:
    answer = called(tmp_path, *STRESS, "--lang", "zh", "--out", "report")
    assert "工厂停产" in answer.out and "需求下滑" in answer.out
    assert "压力测试" in (tmp_path / "report" / "page.html").read_text(encoding="utf-8")
    assert "工厂" not in json.dumps(said(called(tmp_path, *STRESS, "--json"))["refused"])


def test_all_shocks_that_fit_are_the_default(tmp_path: Path) -> None:
    """What finds nothing is named; a world of four days is too short for any."""
    (tmp_path / "days.toml").write_text(DAYS, encoding="utf-8")
    found = said(called(tmp_path, "stress", "days.toml", *ROWS, "--json"))
    assert found["cases"] == []
    assert {"strike", "dock-closed"} <= {one["shock"] for one in found["refused"]}  # type: ignore[attr-defined]
    (tmp_path / "mud.toml").write_text(SLOW, encoding="utf-8")
    mud = said(called(tmp_path, "stress", "days.toml", *ROWS, "--shock", "mud.toml", "--json"))
    assert [case["case"] for case in mud["cases"]] == ["mud.toml"]  # type: ignore[attr-defined]


def test_worth_says_what_a_change_is_worth(tmp_path: Path) -> None:
    answer = called(tmp_path, *WORTH, "--out", "report")
    assert answer.code == 0
    assert "supplier.*.make_days=x0.5 is worth" in answer.out
    assert names(tmp_path / "report") == ["page.html", "worth.csv", "worth.json"]
    found = said(called(tmp_path, *WORTH, "--json"))
    assert found["changes"][0]["policies"][0]["sentence"] in " ".join(answer.out.split())  # type: ignore[index]
    assert "这" in called(tmp_path, *WORTH, "--lang", "zh").out


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((*STRESS, "--shock", "strke"), 3, "did you mean 'strike'"),
        ((*STRESS, "--severity", "hard"), 2, "write numbers from 0 to 1000"),
        ((*STRESS, "--severity", "-1"), 2, "write numbers from 0 to 1000"),
        ((*STRESS, "--reverse", "stockout>5%"), 2, "did you mean 'stockout_rate'"),
        ((*STRESS, "--reverse", "stockout_rate>5%, profit<0"), 2, "give one condition"),
        ((*STRESS, "--vary", "supplir.x=1"), 3, "did you mean 'supplier'"),
        ((*STRESS, "--policy", "reorder-pint"), 2, "did you mean"),
        ((*STRESS, "--playbook", "nobody"), 2, "nobody"),
        (("stress", "black-fridy"), 3, "did you mean 'black-friday'"),
        ((*WORTH, "--change", "notice=soon"), 3, "no whole number"),
        ((*WORTH, "--change", "cash=100"), 3, "nothing limits the cash of reorder-point"),
        (("worth", "viral-oring"), 2, "--change"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_left(
    words: tuple[str, ...], code: int, told: str, tmp_path: Path
) -> None:
    answer = called(tmp_path, *words, "--out", "report")
    assert (answer.code, answer.out) == (code, "")
    assert told in answer.err
    assert "Traceback" not in answer.err
    assert names(tmp_path) == []


def test_a_taken_folder_is_refused_before_anything_is_played(tmp_path: Path) -> None:
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "mine.txt").write_text("mine")
    for words in (STRESS, WORTH):
        answer = called(tmp_path, *words, "--out", "report")
        assert (answer.code, answer.out) == (2, "")
        assert "is not empty" in answer.err
