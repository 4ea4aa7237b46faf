"""Equal service: each policy's serving parameter is turned until its mean score meets the target.

All rows are turned side by side on the same replications. A few points first, in few of them, show where the target
lies. Then, in all of them, ever closer points are played: where the line through the ends of the stretch in which the
target lies meets it, but well inside the stretch.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from policies.parameters import label
from policies.registry import policy
from reports.verdict.equal import EqualService, LeftOut, Target, Turned
from sim.search.family import Board, Family, family
from sim.search.playing import Ground
from sim.tournament import Entry, Specs

ROUNDS = 16
"""Points that are added one after the other, at most."""
COARSE = 10
"""The first points are played over one in so many replications, and over so many at least."""


@dataclass(frozen=True)
class Levelled:
    """Rows brought to equal service, and how."""

    rows: tuple[Specs, ...]  # those that met the target, to be played on fresh luck
    how: EqualService


def levelled(ground: Ground, rows: Sequence[Entry], target: Target, runs: int) -> Levelled:
    """Turn every row on replications 0, 1, ... until its mean meets the target as nearly as it can."""
    board = Board(replace(ground, names=(target.score,)), target)
    families = [family(entry) for entry in rows]
    for one in families:
        for value in one.first:
            one.try_out(value, board)
    board.meet(range(len(board.entries)), min(runs, max(COARSE, runs // COARSE)))
    for _ in range(ROUNDS):
        asked = [(one, value) for one in families for value in one.wanted(board, runs)]
        for one, value in asked:
            one.try_out(value, board)
        if not asked:
            break
        board.meet(sorted(one.tried[value] for one, value in asked if value in one.tried), runs)
    found = [_outcome(one, board, runs) for one in families]
    left_out = tuple(outcome for _, outcome in found if isinstance(outcome, LeftOut))
    turned = tuple(outcome for _, outcome in found if isinstance(outcome, Turned))
    turned_rows = [board.entries[number] for number, outcome in found if isinstance(outcome, Turned)]
    entries = tuple((str(who), str(book), str(way)) for who, book, way in turned_rows)
    return Levelled(entries, EqualService(target, runs, turned, left_out))


def _outcome(one: Family, board: Board, runs: int) -> tuple[int, Turned | LeftOut]:
    """The row that came nearest, by its number, and whether it met the target."""
    spec, playbook, routing = map(str, one.entry)
    if not one.tried:
        number = board.add(one.entry, label(policy(spec)))
        board.meet([number], runs)
        return number, LeftOut(spec, playbook, routing, one.why, board.labels[number], board.mean(number))
    fine = [value for value in sorted(one.tried) if board.played(one.tried[value]) == runs]
    best = one.nearest(fine, board)
    number = one.tried[best]
    reached = board.mean(number)
    if not one.close(best, board) and not one.stretches(fine, board):
        why = "cannot reach it"
        if one.why and len(one.tried) == 1:
            why = f"cannot be turned ({one.why})"
        elif one.overserves(board, runs):
            why, number = "serves better even at its least", one.tried[min(fine)]
        return number, LeftOut(spec, playbook, routing, why, board.labels[number], board.mean(number))
    return number, Turned(board.labels[number], spec, playbook, routing, one.turns, best, reached)
