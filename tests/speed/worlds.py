"""A large seller's world: two factories, four lanes, three warehouses, three markets, everything that queues."""

from datetime import date

from scenarios.schema import Scenario

PLACES = ("east", "west", "north")


def network(skus: int, days: int = 365, places: tuple[str, ...] = PLACES, fallbacks: bool = False) -> Scenario:
    """Every SKU is made by two factories, stocked in every warehouse and wanted in every market.

    With `fallbacks` who finds one warehouse empty turns to the others.
    """
    ocean = {"law": "gamma", "low": 13.0, "mean": 17.0, "cv": 0.25}
    legs = [{"name": "ocean", "days": ocean}, {"name": "customs", "post": "port"}, {"name": "truck", "days": 2.0}]
    sea = {"from": ["a", "b"], "departs": {"every_days": 7, "cancelled": 0.06}, "legs": legs, "cost": {"per_m3": 150.0}}
    lanes = {f"sea-{place}": {**sea, "to": place} for place in places}
    lanes["air"] = {**sea, "to": "east", "departs": {"every_days": 1}, "cost": {"per_kg": 5.0, "kg_per_m3": 167.0}}
    wanted = {"organic": {"law": "negative-binomial", "mean": 5.0, "dispersion": 1.4}}
    return Scenario.model_validate(
        {
        "title": "A large seller",
        "start": date(2026, 1, 1),
        "days": days,
        "sku": [
            {
                "id": f"S{i:05}", "unit_cost": 5.0, "price": 12.0, "volume_m3": 0.002, "weight_kg": 0.5,
                "suppliers": {"a": 0.7, "b": 0.3},
            }
            for i in range(skus)
        ],
        "supplier": {
            "a": {"make_days": {"law": "gamma", "mean": 15.0, "cv": 0.3}, "closures": ["golden-week"]},
            "b": {"make_days": 20.0, "closures": ["spring-festival"]},
        },
        "lane": lanes,
        "customs": {"port": {"desks": 3, "others_per_day": 2.0, "clear_days": 1.0, "duty": 0.1}},
        "warehouse": {place: {"opening": {"cover_days": 60.0}, "dock_units_per_day": 1e6} for place in places},
        "market": {
            f"in-{place}": {"served_by": sorted(places, key=place.__ne__) if fallbacks else [place],
            "demand": {"*": wanted}} for place in places
        },
    })  # fmt: skip
