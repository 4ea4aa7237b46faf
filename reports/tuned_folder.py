"""The folder that a search leaves: it appears whole or not at all.

tuning.json     the object that `--json` prints
candidates.csv  every candidate, the best first: its values, the replications it met while choosing, its means there
frontier.png    the picture
page.html       the page
"""

from collections.abc import Iterator
from pathlib import Path

from reports.charts.frontier import frontier
from reports.display.tuning import tuning_json
from reports.display.tuning_page import tuning_page
from reports.exchange import csv_file, defused, exact
from reports.folder import put
from reports.tuning import Tuning


def save_tuning(folder: Path, tuning: Tuning) -> None:
    """Write the folder. Raises FolderError when it is taken or cannot be written."""
    files = {
        "tuning.json": tuning_json(tuning).encode(),
        "candidates.csv": candidates_csv(tuning),
        "frontier.png": frontier(tuning).file("png"),
        "page.html": tuning_page(tuning).encode(),
    }
    put(folder, files)


def candidates_csv(tuning: Tuning) -> bytes:
    """Every candidate, one a line."""
    return csv_file(_lines(tuning))


def _lines(tuning: Tuning) -> Iterator[list[object]]:
    tried = tuning.choosing.tried
    axes, scores = [axis.name for axis in tuning.choosing.axes], list(tried[0].means)
    yield ["policy", *axes, "replications", *scores]
    for one in tried:
        values = ["" if one.values[axis] is None else defused(str(one.values[axis])) for axis in axes]
        yield [defused(one.policy), *values, one.runs, *(exact(one.means[score]) for score in scores)]
