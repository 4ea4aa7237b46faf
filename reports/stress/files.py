"""A stress test as JSON and as CSV."""

from collections.abc import Iterator

from reports.display.result import Json, estimate_json, number
from reports.exchange import csv_file, defused, exact, strict_json
from reports.stress.fixes import Fix, fixes
from reports.stress.measures import Median, recovery, survival
from reports.stress.stress import Breaking, Contender, Outcome, StressTest, Trial
from reports.stress.words import fix_told, verdict
from reports.verdict.estimates import Estimate

COLUMNS = (
    "case", "kind", "strength", "policy", "playbook", "routing", "score", "mean", "low", "high", "change", "change_low",
    "change_high", "tail", "tail_low", "tail_high", "replications",
)  # fmt: skip


def stress_json(test: StressTest) -> str:
    """The object that `--json` prints, as text. What is undefined is null; the quiet world is a case without a name."""
    found: Json = {
        "scenario": test.setting.scenario,
        "hash": test.setting.scenario_hash,
        "seed": test.setting.seed,
        "replications": len(test.runs),
        "goal": str(test.goal),
        "policies": [_who(row) for row in test.rows],
        "quiet": [_outcome(test, test.quiet, row) for row in range(len(test.rows))],
        "cases": [_case(test, index) for index in range(len(test.trials))],
        "kept": list(test.kept),
        "largest_regret": [number(regret) for regret in test.largest_regrets],
        "minimax_regret": None if test.minimax is None else _who(test.rows[test.minimax]),
        "breaking": {"limit": None if test.limit is None else str(test.limit), "found": _breakings(test)},
        "fixes": [_fix(test, fix) for fix in fixes(test)] if test.goal.constraints else [],
        "refused": [{"shock": one.shock, "why": one.why} for one in test.refused],
        "verdict": list(verdict(test)),
        "versions": dict(test.versions),
        "command": test.command,
    }
    return strict_json(found)


def stress_csv(test: StressTest) -> bytes:
    """Every score of every row and case, one line each."""
    return csv_file([COLUMNS, *_lines(test)])


def _lines(test: StressTest) -> Iterator[list[object]]:
    for trial in (test.quiet, *test.trials):
        for row, who in enumerate(test.rows):
            for score in test.scores:
                known = test.estimated(trial, row, score)
                numbers = [
                    *_bounds(known),
                    *_bounds(test.change(trial, row, score)),
                    *_bounds(test.tail(trial, row, score)),
                ]
                names = map(defused, (trial.name, trial.kind))
                whose = map(defused, (who.policy, who.playbook, who.routing))
                yield [*names, f"{trial.strength:g}", *whose, score, *numbers, known.count]


def _bounds(known: Estimate) -> Iterator[str]:
    return map(exact, (known.mean, known.low, known.high))


def _who(row: Contender) -> Json:
    return {"policy": row.policy, "playbook": row.playbook, "routing": row.routing}


def _case(test: StressTest, index: int) -> Json:
    trial = test.trials[index]
    return {
        "case": trial.name,
        "kind": trial.kind,
        "strength": trial.strength,
        "hash": trial.hash,
        "policies": [
            {**_outcome(test, trial, row), "regret": number(float(test.regrets[row, index]))}
            for row in range(len(test.rows))
        ],
    }


def _outcome(test: StressTest, trial: Trial, row: int) -> Json:
    return {
        **_who(test.rows[row]),
        "keeps_goal": test.keeps(trial, row),
        "scores": {
            score: {
                **estimate_json(test.estimated(trial, row, score)),
                "change": estimate_json(test.change(trial, row, score)),
                "tail": estimate_json(test.tail(trial, row, score)),
            }
            for score in test.scores
        },
        **_spell(trial.outcomes[row]),
    }


def _spell(outcome: Outcome) -> Json:
    if outcome.spell is None:
        return {"hit": None, "survive_days": None, "recover_days": None}
    return {
        "hit": outcome.spell.hit,
        "survive_days": _median(survival(outcome.spell)),
        "recover_days": _median(recovery(outcome.spell)),
    }


def _median(median: Median) -> Json:
    return {"median": number(median.days), "at_least": median.at_least}


def _breakings(test: StressTest) -> list[Json]:
    return [_breaking(test.rows[one.row], one) for one in test.breakings]


def _breaking(who: Contender, one: Breaking) -> Json:
    return {"shock": one.shock, **_who(who), "holds_at": one.holds, "breaks_at": one.breaks, "most": one.most}


def _fix(test: StressTest, fix: Fix) -> Json:
    return {
        "case": fix.trial.name,
        "strength": fix.trial.strength,
        "use": None if fix.row is None else _who(test.rows[fix.row]),
        "nearest": _who(test.rows[fix.nearest]),
        "extra_cost": None if fix.extra is None else estimate_json(fix.extra),
        "sentence": fix_told(test, fix),
    }
