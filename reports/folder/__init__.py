"""The run folder that `--out` leaves. It survives being killed, and report and explain work from it alone.

manifest.json   the world, the rows, the goal, versions, and the sha256 of the files of numbers
scenario.json   the whole scenario as it was played, shocks laid
batches/        every finished batch of replications: what `--resume` goes on from
scores.csv      every score, one line a row and replication; opens in any spreadsheet
daily.npz       the arrays behind the pictures: days, each row's story, lead times by lane, how busy places were
closeup.npz     the close look at the recommended row
result.json     the object that `--json` prints
page.html       the page
"""

from reports.folder.files import FolderError, put, refuse_taken
from reports.folder.finished import load, redraw, save

__all__ = ["FolderError", "load", "put", "redraw", "refuse_taken", "save"]
