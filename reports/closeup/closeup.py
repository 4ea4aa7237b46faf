"""The close look at one row: what it had, ordered and could not sell, replication by replication."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, get_type_hints

import numpy as np

from reports.closeup.ages import Ages
from reports.closeup.entry import Future
from reports.closeup.heat import Heat
from reports.closeup.markets import Markets
from reports.closeup.money import Cash
from reports.closeup.now import Now
from reports.closeup.orders import Ordered
from reports.closeup.part import Array, Part, sizes
from reports.closeup.reviews import Campaigns, Promotions
from reports.closeup.sellthrough import Sellthrough
from reports.closeup.skus import Skus
from reports.closeup.streams import Streams
from reports.record import IntArray, Record, Setting

CHOSEN = 12
"""SKUs, those with the largest revenue wanted, that are told day by day."""
LOOKED_AT = 100
"""Replications, the first ones, that are looked at closely."""


@dataclass(frozen=True)
class Closeup:
    """Who was looked at, over which replications, and the parts; a part is a field whose type is a `Part`."""

    policy: str
    playbook: str
    routing: str
    runs: IntArray  # [run] replication numbers
    chosen: tuple[int, ...]  # SKUs that are told day by day
    now: Now
    skus: Skus
    heat: Heat
    orders: Ordered
    cash: Cash
    ages: Ages
    markets: Markets
    streams: Streams
    sellthrough: Sellthrough
    promotions: Promotions
    campaigns: Campaigns
    futures: tuple[Future, ...] = ()  # told day by day: the middle future and a bad one

    @classmethod
    def of(cls, record: Record, setting: Setting, chosen: Sequence[int]) -> "Closeup":
        """The close look at a record all of whose replications were kept. ValueError where they were not."""
        if record.series is None or list(record.series.runs) != record.runs.tolist():
            raise ValueError(f"{record.policy} was played without keeping every replication")
        parts: dict[str, Any] = {name: kind.of(record, setting) for name, kind in _parts().items() if kind is not Skus}
        skus = Skus.of(record, setting, chosen)
        return cls(record.policy, record.playbook, record.routing, record.runs, tuple(chosen), skus=skus, **parts)


def joined(closeups: Sequence[Closeup]) -> Closeup:
    """Batches of one row as one close look, in the order given."""
    counts = [len(one.runs) for one in closeups]
    parts = {name: kind.joined([getattr(one, name) for one in closeups], counts) for name, kind in _parts().items()}
    return replace(closeups[0], runs=np.concatenate([one.runs for one in closeups]), **parts)


def chosen_skus(wanted: IntArray, setting: Setting) -> tuple[int, ...]:
    """The SKUs to be told day by day, those with the largest revenue wanted first; `wanted` is [run, market, sku]."""
    revenue = (wanted.sum(axis=0) * setting.market_price).sum(axis=0)
    return tuple(int(sku) for sku in np.argsort(-revenue, kind="stable")[:CHOSEN])


def facts(closeup: Closeup) -> dict[str, Any]:
    """What of a close look is no array, as JSON can hold it."""
    return {
        **{name: getattr(closeup, name) for name in ("policy", "playbook", "routing")},
        "names": {name: getattr(closeup, name).names for name in _parts()},
        "futures": [asdict(future) for future in closeup.futures],
    }


def arrays(closeup: Closeup) -> dict[str, Array]:
    """Every array of a close look, by a name that begins with `closeup_`."""
    found: dict[str, Array] = {"closeup_runs": closeup.runs, "closeup_chosen": np.array(closeup.chosen, np.int64)}
    for name in _parts():
        found |= {f"closeup_{name}_{field}": array for field, array in getattr(closeup, name).arrays().items()}
    return found


def kept(facts: Mapping[str, Any], arrays: Mapping[str, Array], setting: Setting) -> Closeup:
    """The close look of such facts and arrays. ValueError when they do not fit together, or are of another world."""
    try:
        runs, chosen = arrays["closeup_runs"], arrays["closeup_chosen"].tolist()
        if runs.ndim != 1 or not all(0 <= sku < len(setting.skus) for sku in chosen):
            raise ValueError("a close look is of SKUs that are not in this world")
        known = sizes(setting, len(runs), len(chosen))
        parts = {
            name: kind.kept(_named(arrays, f"closeup_{name}_"), facts["names"][name], known)
            for name, kind in _parts().items()
        }
        names: tuple[str, str, str] = str(facts["policy"]), str(facts["playbook"]), str(facts["routing"])
        futures = tuple(map(Future.kept, facts["futures"]))
    except (KeyError, TypeError, AttributeError) as missing:
        raise ValueError(f"a close look is incomplete: {missing}") from missing
    return Closeup(*names, runs, tuple(chosen), futures=futures, **parts)


def _named(arrays: Mapping[str, Array], before: str) -> dict[str, Array]:
    return {name.removeprefix(before): array for name, array in arrays.items() if name.startswith(before)}


def _parts() -> dict[str, Any]:
    """The class of every part, by its name."""
    kinds = get_type_hints(Closeup)
    return {
        item.name: kinds[item.name]
        for item in fields(Closeup)
        if isinstance(kinds[item.name], type) and issubclass(kinds[item.name], Part)
    }
