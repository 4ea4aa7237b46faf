"""The JSON object: its shape is a contract."""

import json

from reports.display.result import comparison_json, json_text
from reports.scores import SCORES
from tests.reports.builder import comparison, record


def refuse(name: str) -> None:
    raise AssertionError(f"{name} is not JSON")


def test_the_object_has_the_keys_of_the_contract() -> None:
    read = json.loads(json_text(comparison()), parse_constant=refuse)
    assert list(read)[:6] == ["scenario", "hash", "seed", "replications", "policies", "differences"]
    assert (read["scenario"], read["seed"], read["replications"]) == ("black-friday", 7, 40)
    assert read["hash"] == "0123456789abcdef" * 4
    first = read["policies"][0]
    assert list(first) == ["policy", "playbook", "sees", "scores"]
    assert (first["policy"], first["playbook"], first["sees"]) == ("reorder-point", "none", ["stock", "sales"])
    assert list(first["scores"]) == list(SCORES)
    assert all(list(score) == ["mean", "low", "high"] for score in first["scores"].values())


def test_rows_stay_in_the_order_played() -> None:
    played = comparison()
    assert [row["policy"] for row in comparison_json(played)["policies"]] == [row.policy for row in played.rows]  # type: ignore[index, attr-defined]


def test_differences_hold_every_other_row_against_the_reference() -> None:
    read = json.loads(json_text(comparison()))
    assert len(read["differences"]) == 5 * 8
    assert {gap["reference"] for gap in read["differences"]} == {read["advice"]["policy"]}
    assert set(read["differences"][0]) == {
        "policy", "playbook", "reference", "reference_playbook", "score", "mean", "low", "high", "higher_in", "p",
        "p_holm",
    }  # fmt: skip


def test_what_is_undefined_is_null() -> None:
    read = json.loads(json_text(comparison((record(),), days=100)), parse_constant=refuse)
    assert read["policies"][0]["scores"]["stockout_rate"] == {"mean": None, "low": None, "high": None}
    assert read["policies"][0]["scores"]["freight"] == {"mean": 0.0, "low": None, "high": None}
    assert read["differences"] == []
