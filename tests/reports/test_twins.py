"""Twin worlds: the same rows under the same luck, replication by replication."""

import json

import numpy as np
import pytest

from reports.comparison import Comparison
from reports.display.twins import twins_json, twins_tables
from reports.scores import SCORES
from reports.twins import Twins
from tests.reports.builder import comparison, record

ORDERS = np.array([10, 20, 10, 20])
SHORT_HERE, SHORT_THERE = np.array([1, 2, 3, 6]), np.array([0, 2, 1, 4])


def world(name: str, short: np.ndarray, *policies: str, **facts: object) -> Comparison:
    rows = tuple(
        record(len(short), policy=policy, orders=ORDERS[: len(short)], short_orders=short, **facts)
        for policy in policies or ("reorder-point",)
    )
    return comparison(rows, scenario=name, days=100, events=())


def twins(*policies: str) -> Twins:
    return Twins(world("outage", SHORT_HERE, *policies), world("outage-twin", SHORT_THERE, *policies))


def printed(shown: Twins, width: int = 80) -> str:
    from rich.console import Console

    console = Console(width=width, color_system=None, force_terminal=False, legacy_windows=False)
    with console.capture() as captured:
        for part in twins_tables(shown):
            console.print(part)
    return captured.get()


def test_a_difference_is_this_world_less_the_other_replication_by_replication() -> None:
    (found,) = twins().differences("stockout_rate")
    gaps = np.array([0.1, 0.0, 0.2, 0.1])
    assert (found.policy, found.reference, found.score) == ("outage", "outage-twin", "stockout_rate")
    assert found.estimate.mean == pytest.approx(gaps.mean())
    assert found.estimate.high - found.estimate.mean == pytest.approx(3.182446 * gaps.std(ddof=1) / 2)
    assert (found.higher, found.estimate.count) == (3, 4)


def test_rows_are_held_against_their_own_twin_and_corrected_together() -> None:
    one, two = twins().differences("stockout_rate"), twins("a", "b").differences("stockout_rate")
    assert len(two) == 2
    assert [gap.p_holm for gap in two] == pytest.approx([2 * one[0].p] * 2)


def test_twins_of_other_replications_or_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="different replications"):
        Twins(world("a", SHORT_HERE), world("b", SHORT_THERE[:3]))
    with pytest.raises(ValueError, match="different rows"):
        Twins(world("a", SHORT_HERE, "x"), world("b", SHORT_THERE, "y"))
    with pytest.raises(ValueError, match="different rows"):
        Twins(world("a", SHORT_HERE), world("b", SHORT_THERE, playbook="alerts"))


def test_the_object_has_both_worlds_and_every_score() -> None:
    read = json.loads(twins_json(twins("a", "b")), parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))
    assert (read["scenario"], read["against"], read["replications"]) == ("outage", "outage-twin", 4)
    assert (
        [row["policy"] for row in read["policies"]] == [row["policy"] for row in read["against_policies"]] == ["a", "b"]
    )
    assert len(read["differences"]) == 2 * len(SCORES)
    first = read["differences"][0]
    assert (first["policy"], first["playbook"], first["score"]) == ("a", "none", "stockout_rate")
    assert first["mean"] == pytest.approx(0.1)
    assert first["higher_in"] == 3


@pytest.mark.parametrize("width", [80, 120])
def test_a_table_says_what_is_held_against_what_and_fits(width: int) -> None:
    written = printed(twins("reorder-point:safety_days=7", "base-stock"), width)
    assert max(map(len, written.splitlines())) <= width
    assert "…" not in written
    for words in (
        "Here: outage. There: outage-twin.",
        "4 replications",
        "Holm-corrected",
        "reorder-point:safety_days=7",
    ):
        assert words in " ".join(written.split())
    line = next(line for line in written.splitlines() if "Stockout rate" in line)
    assert line.split()[-7:] == ["20.0", "10.0", "+10.0", "3", "of", "4", "no"]


def test_a_sure_difference_is_said_to_be_sure() -> None:
    sure = Twins(world("a", SHORT_THERE + np.array([2, 4, 2, 4])), world("b", SHORT_THERE))
    assert next(line for line in printed(sure).splitlines() if "Stockout rate" in line).endswith("yes ")


def test_scores_that_neither_world_touches_are_left_out() -> None:
    assert "Ad spend" not in printed(twins())
    spent = Twins(world("a", SHORT_HERE, ad_spend=5), world("b", SHORT_THERE))
    assert "Ad spend" in printed(spent)


def test_one_replication_has_no_interval() -> None:
    written = printed(Twins(world("a", SHORT_HERE[:1]), world("b", SHORT_THERE[:1])))
    assert "no interval" in written
    assert "1 replication)" in written
    assert "nan" not in written


def test_markup_in_a_name_is_text() -> None:
    shown = Twins(world("[bold]a[/bold]", SHORT_HERE, "[red]x[/red]"), world("b", SHORT_THERE, "[red]x[/red]"))
    assert "[bold]a[/bold]" in printed(shown)
    assert "[red]x[/red]" in printed(shown)
