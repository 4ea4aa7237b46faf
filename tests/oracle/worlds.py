"""Worlds that the plain model can play: daily slots, no queues, one market and one lane to a warehouse."""

from datetime import date
from typing import Any

from scenarios.schema import Scenario

NB = {"law": "negative-binomial", "mean": 20.0, "dispersion": 1.4}
GAMMA_SEA: dict[str, Any] = {
    "make_days": {"law": "gamma", "mean": 12, "cv": 0.3},
    "legs": [
        {"name": "ocean", "days": {"law": "gamma", "mean": 18, "cv": 0.25, "low": 12}},
        {"name": "customs", "post": "post"},
    ],
    "departs": {"every_days": 7},
}
FIXED_SEA: dict[str, Any] = {
    "make_days": 5.5,
    "legs": [{"name": "ocean", "days": 9}, {"name": "customs", "post": "post"}, {"name": "truck", "days": 1.25}],
    "departs": {"every_days": 7},
}
AT_ONCE: dict[str, Any] = {"make_days": 0.0, "legs": [{"name": "air", "days": 6}], "departs": None}


def shop(
    skus: int = 20,
    days: int = 365,
    places: int = 1,
    lane: dict[str, Any] = GAMMA_SEA,
    waits: float = 0.0,
    organic: dict[str, Any] = NB,
    flights: bool = False,
    **changes: object,
) -> Scenario:
    """A shop whose amounts are sums of powers of two, so that money adds up to the same bits in any order.

    With `flights` there is a second lane to each place, which the plain model does not know.
    """
    names = ("west", "east", "south")[:places]
    return Scenario.model_validate(
        {
            "title": "Plain world",
            "start": date(2026, 1, 20),
            "days": days,
            "warm_up_days": 40,
            "history_days": 30,
            "sku": [
                {
                    "id": f"SKU-{k:04}",
                    "unit_cost": 4.0 + k % 7 / 4,
                    "price": 16.0 + k % 5 / 2,
                    "volume_m3": (1 + k % 3) / 256,
                    "weight_kg": 0.5,
                    "units_per_carton": 1 + k % 4,
                }
                for k in range(skus)
            ],
            "supplier": {"factory": {"make_days": lane["make_days"], "order_at_least": 50}},
            "lane": {
                f"to-{name}": {
                    "from": "factory",
                    "to": name,
                    "legs": lane["legs"],
                    "departs": lane["departs"],
                    "cost": {"per_m3": 128.0, "per_kg": 0.25, "per_shipment": 64.0},
                }
                for name in names
            }
            | {
                f"air-to-{name}": {"from": "factory", "to": name, "legs": AT_ONCE["legs"], "cost": {"per_kg": 8.0}}
                for name in (names if flights else ())
            },
            "customs": {"post": {"clear_days": 1.0, "duty": 0.125, "closed_weekdays": ["Sun"]}},
            "warehouse": {
                name: {
                    "opening": {"cover_days": 25},
                    "rent": {"per_m3_day": 0.75, "peak_months": [10, 11, 12], "peak_factor": 3.0},
                    "capital_rate_per_year": 365 / 4096,
                    "risk_rate_per_year": 365 / 8192,
                }
                for name in names
            },
            "market": {
                f"buyers-{name}": {
                    "served_by": [name],
                    "waits": waits,
                    "fees": {"platform": 0.0625, "creator": 0.125, "fulfilment_per_order": 3.5},
                    "demand": {"*": {"organic": organic}},
                }
                for name in names
            },
            **changes,
        }
    )
