"""scores.csv: every score of every row and replication, as a spreadsheet opens it."""

import csv
import io
import math
from collections.abc import Iterator

import numpy as np

from reports.comparison import Comparison, Row
from reports.exchange import csv_file, csv_text, defused, exact
from reports.record import FloatArray, IntArray
from reports.scores import SCORES

_NAMING = ("policy", "playbook", "routing", "replication")
"""Columns that say of what a line is."""
_LINES = 500
"""Lines that are written at once."""


def scores_csv(comparison: Comparison) -> Iterator[bytes]:
    """The file in pieces: UTF-8 with the mark by which spreadsheets know it."""
    yield csv_file([[*_NAMING, *SCORES]])
    for row in comparison.rows:
        for begin in range(0, len(comparison.runs), _LINES):
            yield csv_text(_lines(row, comparison.runs[begin : begin + _LINES], begin)).encode()


def read_scores(content: bytes, rows: int, runs: int) -> tuple[IntArray, list[dict[str, FloatArray]]]:
    """Replication numbers, [run], and each row's scores, [run] by name. ValueError when they are not of such a run."""
    table = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    names, lines = table[0][len(_NAMING) :], table[1:]
    if set(names) != set(SCORES):
        raise ValueError("scores.csv holds other scores than this version knows")
    numbers = np.array([[float(cell) if cell else math.nan for cell in line[len(_NAMING) :]] for line in lines])
    by_row = numbers.reshape(rows, runs, len(names))
    scores = [{name: of_row[:, names.index(name)] for name in SCORES} for of_row in by_row]
    return np.array([int(line[len(_NAMING) - 1]) for line in lines[:runs]], np.int64), scores


def _lines(row: Row, runs: IntArray, begin: int) -> Iterator[list[object]]:
    name = [*map(defused, (row.policy, row.playbook, row.routing))]
    for place, run in enumerate(runs.tolist(), start=begin):
        numbers = (float(row.scores[score][place]) for score in SCORES)
        yield [*name, run, *map(exact, numbers)]
