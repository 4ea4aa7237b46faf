"""What changes are worth as JSON and as CSV."""

from collections.abc import Iterator

from reports.display.result import Json, difference_json, estimate_json
from reports.exchange import csv_file, defused, exact, strict_json
from reports.stress.worth import SCORES_TOLD, Changed, Worth
from reports.stress.worth_words import sentence

COLUMNS = ("change", "policy", "playbook", "routing", "score", "without", "with", "difference", "low", "high", "p_holm")


def worth_json(worth: Worth) -> str:
    """The object that `--json` prints, as text. What is undefined is null."""
    found: Json = {
        "scenario": worth.setting.scenario,
        "hash": worth.setting.scenario_hash,
        "seed": worth.setting.seed,
        "replications": len(worth.runs),
        "changes": [
            {
                "change": change.name,
                "hash": change.hash,
                "policies": [_row_json(worth, change, row) for row in range(len(worth.rows))],
            }
            for change in worth.changes
        ],
        "versions": dict(worth.versions),
        "command": worth.command,
    }
    return strict_json(found)


def _row_json(worth: Worth, change: Changed, row: int) -> Json:
    who = worth.rows[row]
    return {
        "policy": who.policy,
        "playbook": who.playbook,
        "routing": who.routing,
        "worth": estimate_json(worth.worth(change, row)),
        "sentence": sentence(worth, change, row),
        "scores": {
            score: {
                "without": estimate_json(change.sides(row, score)[0]),
                "with": estimate_json(change.sides(row, score)[1]),
                "difference": difference_json(worth.differences(change, score)[row]),
            }
            for score in SCORES_TOLD
        },
    }


def worth_csv(worth: Worth) -> bytes:
    """Every score of every row and change, one line each."""
    return csv_file([COLUMNS, *_lines(worth)])


def _lines(worth: Worth) -> Iterator[list[object]]:
    for change in worth.changes:
        for row, who in enumerate(worth.rows):
            for score in SCORES_TOLD:
                gap = worth.differences(change, score)[row]
                known = [*(one.mean for one in change.sides(row, score)), gap.estimate.mean, gap.estimate.low]
                known += [gap.estimate.high, gap.p_holm]
                names = map(defused, (change.name, who.policy, who.playbook, who.routing))
                yield [*names, score, *map(exact, known)]
