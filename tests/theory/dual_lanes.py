"""The world of T08: two lanes by sea and one by air, demand uniform on 0..4 a day, all buyers wait."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reports.record import Record
from scenarios.reader import read_scenario
from scenarios.schema import Scenario
from tests.theory.worlds import series_of, sku_names, world

START = date(2026, 1, 1)
FIVE = 5
"""SKUs that share their luck: each wants another of the five numbers every day."""
LANES = """
[lane.air]
from = "factory"
to = "warehouse"
legs = [{ name = "air", days = 0 }]
cost = { per_kg = 10 }
[lane.slow-sea]
from = "factory"
to = "warehouse"
legs = [{ name = "sea", days = 3 }]
"""


def dual_world(folder: Path, *, days: int, warm_up_days: int, skus: int, opening: int, seed: int) -> Scenario:
    """A scenario of lane `lane` of two days, lane `slow-sea` of three and lane `air` of none, which alone costs money.

    Five SKUs at a time are one replication: each of them wants 0..4 alike likely and independently of all other days,
    and together they want 10 every day, which leaves less to luck.
    """
    played = days + warm_up_days
    shared = np.random.default_rng(seed).integers(0, FIVE, (skus // FIVE, 1, played))
    wanted = ((shared + np.arange(FIVE)[:, None]) % FIVE).reshape(skus, played)
    dates = [(START + timedelta(days=day)).isoformat() for day in range(played)]
    rows = [
        f"{dates[day]},{name},{units}"
        for name, series in zip(sku_names(skus), wanted.tolist(), strict=True)
        for day, units in enumerate(series)
        if units or day in (0, played - 1)
    ]
    (folder / "demand.csv").write_text("\n".join(["date,sku,units", *rows, ""]), encoding="utf-8")
    text = world(
        days=days,
        warm_up_days=warm_up_days,
        start=(START + timedelta(days=warm_up_days)).isoformat(),
        skus=skus,
        opening=opening,
        waits=1.0,
        lane='legs = [{ name = "sea", days = 2 }]',
        demand='history = { file = "demand.csv" }',
        tables=LANES,
    )
    file = folder / "world.toml"
    file.write_text(text.replace("price = 1", "price = 1, weight_kg = 1"), encoding="utf-8")
    return read_scenario(str(file))


def ordered_by(record: Record, lane: str, warm_up_days: int, days: int) -> NDArray[np.int64]:
    """Units ordered by a lane on scored days of the kept run, [sku]."""
    shipments = (s for s in series_of(record).shipments if s.lane == lane)
    scored = [s.units for s in shipments if warm_up_days < s.ordered <= warm_up_days + days]
    return np.sum([np.zeros(record.ordered.shape[-1], np.int64), *scored], axis=0)
