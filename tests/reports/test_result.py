"""The JSON object: its shape is a contract."""

import json

from reports.cockpit import MEASURES
from reports.display.result import comparison_json, json_text
from reports.scores import SCORES
from tests.reports.builder import comparison, record, season


def refuse(name: str) -> None:
    raise AssertionError(f"{name} is not JSON")


def test_the_object_has_the_keys_of_the_contract() -> None:
    read = json.loads(json_text(comparison()), parse_constant=refuse)
    assert list(read)[:6] == ["scenario", "hash", "seed", "replications", "policies", "differences"]
    assert (read["scenario"], read["seed"], read["replications"]) == ("black-friday", 7, 40)
    assert read["hash"] == "0123456789abcdef" * 4
    first = read["policies"][0]
    assert list(first) == ["policy", "playbook", "routing", "sees", "scores", "warehouses", "regret"]
    assert (first["policy"], first["playbook"], first["sees"]) == ("reorder-point", "none", ["stock", "sales"])
    assert first["routing"] == "preference"
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
        "policy", "playbook", "routing", "reference", "reference_playbook", "reference_routing", "score", "mean", "low",
        "high", "higher_in", "p", "p_holm",
    }  # fmt: skip


def test_what_is_undefined_is_null() -> None:
    read = json.loads(json_text(comparison((record(),), days=100)), parse_constant=refuse)
    assert read["policies"][0]["scores"]["stockout_rate"] == {"mean": None, "low": None, "high": None}
    assert read["policies"][0]["scores"]["freight"] == {"mean": 0.0, "low": None, "high": None}
    assert read["differences"] == []


def test_rows_differ_by_their_routing() -> None:
    rows = tuple(season("lead-cover", 9, runs=12, routing=name) for name in ("preference", "bonded-first"))
    played = comparison(rows, "most profit")
    read = json.loads(json_text(played))
    assert [row["routing"] for row in read["policies"]] == ["preference", "bonded-first"]
    assert [row.name for row in played.rows] == ["lead-cover", "lead-cover via bonded-first"]
    assert {read["advice"]["routing"], read["differences"][0]["routing"]} == {"preference", "bonded-first"}
    assert read["differences"][0]["reference_routing"] == read["advice"]["routing"]


def test_each_warehouse_is_told_beside_the_scores() -> None:
    seen = {"on_hand_days": 900 * 30, "sold": 600, "closing": 800, "in_transit_after": 50, "on_the_way_after": 70}
    read = json.loads(json_text(comparison((record(1, 30, **seen),), days=30, events=())), parse_constant=refuse)
    held = read["policies"][0]["warehouses"]["los-angeles"]
    assert list(held) == list(MEASURES)
    assert (held["in_transit"]["mean"], held["planned"]["mean"], held["on_hand_value"]["mean"]) == (50, 20, 8000)
    assert held["ito_days"] == {"mean": 45.0, "low": None, "high": None}
    assert held["presale_share"]["mean"] is None
