"""A world with everything a journey can meet, and a seller who does everything he can."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.playbook import Levers, Watch

RICH = """
title = "Two factories, four lanes, two warehouses, and everything that can happen between them"
start = 2026-09-01
days = 260
warm_up_days = 60
history_days = 60
seed = 11
[[sku]]
id = "LAMP"
unit_cost = 6
price = 30
volume_m3 = 0.05
weight_kg = 4
units_per_carton = 4
suppliers = { near = 0.7, far = 0.3 }
[[sku]]
id = "BULB"
unit_cost = 1
price = 5
volume_m3 = 0.01
weight_kg = 0.5
suppliers = ["near", "far"]
[[sku]]
id = "POWERBANK"
unit_cost = 9
price = 40
volume_m3 = 0.002
weight_kg = 0.4
battery = true
[supplier.near]
make_days = { law = "gamma", mean = 9, cv = 0.4 }
start_up_days = 1
late = { chance = 0.2, days = { law = "gamma", mean = 4, cv = 0.5 } }
units_per_day = 60
booked_days = 6
order_at_least = 12
closures = ["golden-week", "spring-festival", { on = 2026-12-20, days = 4 }]
rush = { make_days = { law = "uniform", low = 3, high = 6 }, surcharge = 0.2 }
good_share = { law = "triangular", low = 0.8, mode = 0.97, high = 1 }
price_breaks = [{ units = 200, discount = 0.05 }, { units = 500, discount = 0.1 }]
terms = { deposit = 0.3, balance = "departure", balance_days = 15 }
[supplier.far]
make_days = { law = "lognormal", mean = 12, cv = 0.3 }
units_per_day = 45
order_multiple = 6
closures = ["spring-festival"]
good_share = 0.95
price_factor = 0.9
terms = { deposit = 0.2, balance = "arrival", balance_days = 30 }
[lane.sea]
from = ["near", "far"]
to = "west"
mode = "sea"
departs = { weekdays = ["Tue", "Fri"], cut_off_days = 1.5, cancelled = 0.1, cancelled_in_a_row = 3, rolled = 0.05, room_m3 = 9, seasons = [{ around = "golden-week", before_days = 7, after_days = 21, cancelled = 0.5 }] }
legs = [
  { name = "ocean", days = { law = "gamma", low = 13, mean = 17, cv = 0.2 }, late = { chance = 0.4, days = 5 } },
  { name = "customs", post = "us" },
  { name = "drayage", days = { law = "triangular", low = 1, mode = 2, high = 5 } },
]
shares_box_with = 3
cost = { per_m3 = 150, battery_per_kg = 1, per_shipment = 40, months = [1, 1, 1, 1, 1, 1.2, 1.5, 1.6, 1.6, 1.4, 1.2, 1] }
[lane.air]
from = ["near", "far"]
to = "west"
mode = "air"
fifo = true
legs = [{ name = "flight", days = { law = "uniform", low = 3, high = 8 } }, { name = "customs", post = "us" }]
takes_batteries = false
cost = { per_kg = 5.4, kg_per_m3 = 167, per_shipment = 80 }
[lane.rail]
from = "far"
to = "east"
departs = { every_days = 5 }
legs = [{ name = "rail", days = { usual = 20, bad = 30 } }, { name = "customs", post = "eu" }]
cost = { container = { price = 900, m3 = 12, fill = 0.8 } }
[lane.truck]
from = "west"
to = "east"
departs = { weekdays = ["Mon", "Wed"], room_m3 = 2 }
legs = [{ name = "truck", days = { law = "uniform", low = 4, high = 9 } }, { name = "customs", post = "eu" }]
cost = { per_m3 = 60 }
[customs.us]
desks = 2
others_per_day = 1.2
clear_days = { law = "uniform", low = 0.5, high = 2 }
fee = 20
duty = 0.1
duty_by_sku = { BULB = 0.05 }
duty_steps = [{ on = 2026-10-10, duty = 0.25, skus = ["LAMP"] }, { on = 2027-01-20, duty = 0.2 }]
inspections = [{ chance = 0.1, days = { law = "gamma", mean = 2, cv = 0.5 }, fee = 90, escalates = 0.5 }, { chance = 0.02, days = 5, fee = 800 }]
demurrage = { free_days = 2, per_m3_day = 15, per_day = 8 }
refused = { chance = 0.04, then = "return", fee = 60, credit = 0.5 }
closed_weekdays = ["Sat", "Sun"]
closures = [{ on = 2026-12-24, days = 3 }]
[customs.eu]
clear_days = 1
duty = 0.04
refused = { chance = 0.03, then = "destruction", fee = 90 }
[warehouse.west]
opening = { cover_days = 45 }
appointments_per_day = 0.8
dock_units_per_day = 150
put_away_days = { law = "gamma", mean = 0.7, cv = 0.5 }
slower_months = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1.5, 3, 3]
rent = { per_m3_day = 0.9, peak_months = [10, 11, 12], peak_factor = 3 }
sell_off_share = 0.3
[warehouse.east]
opening = { cover_days = 30 }
put_away_days = 0.5
sell_off_share = 0.2
[market.tiktok]
served_by = ["west"]
channel = "social"
waits = 0.3
returns = { share = 0.1, resalable = 1, after_days = { law = "gamma", mean = 12, cv = 0.4 } }
[market.tiktok.demand."*"]
organic = { law = "negative-binomial", mean = 7, dispersion = 1.4 }
[market.business]
served_by = ["west"]
waits = 1
[market.business.demand.LAMP]
organic = { law = "poisson", mean = 3 }
[market.eu]
served_by = ["east"]
[market.eu.demand.LAMP]
organic = { law = "poisson", mean = 4 }
[market.eu.demand.BULB]
organic = { law = "poisson", mean = 5 }
[[open_order]]
sku = "POWERBANK"
warehouse = "west"
units = 80
due = 2026-07-20
[[surprise.disruption]]
name = "congestion"
on = 2026-10-15
days = 40
lane = { modes = ["sea"], legs = ["ocean"], times = 1.6, adds_days = { law = "gamma", mean = 2, cv = 1 }, cancelled = 0.3, freight = 1.8 }
[[surprise.disruption]]
name = "power cut"
on = 2026-11-10
days = 12
factory = { suppliers = ["near"], output = 0.4 }
[[surprise.disruption]]
name = "hold wave"
on = 2026-11-20
days = 30
customs = { posts = ["us"], times = 1.5, held = 0.25, hold_days = { law = "gamma", mean = 6, cv = 0.5 }, fee = 350, duty = 0.1 }
[[surprise.disruption]]
name = "stocktaking"
on = 2027-01-05
days = 5
dock = { warehouses = ["west"], closed = true }
"""


@dataclass(frozen=True)
class Busy:
    """Moves a third of a shelf every ten days, sells off a tenth every thirty, hurries what runs low."""

    name: ClassVar[str] = "busy"
    reaction_hours: ClassVar[float] = 0.0

    def act(self, seen: Watch) -> Levers:
        """The levers of the day."""
        on_hand = seen.stock.on_hand
        nothing: Mapping[str, np.ndarray[tuple[int, ...], np.dtype[np.int64]]] = {}
        return Levers(
            move={there.lane.name: on_hand // 3 for there in seen.elsewhere} if seen.day % 10 == 3 else nothing,
            sell_off=on_hand // 10 if seen.day % 30 == 7 and seen.ends_day else np.zeros_like(on_hand),
            expedite=seen.stock.position < 60,
        )
