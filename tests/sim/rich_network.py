"""A world in which warehouses do everything they can: age, overflow, lose, miscount, supply each other, and share."""

RICH_NETWORK = """
title = "A hub, two regional warehouses and direct mail"
start = 2026-09-01
days = 200
warm_up_days = 60
history_days = 60
seed = 13
fx = { CNY = 7.0 }
[[sku]]
id = "CREAM"
unit_cost = 5
price = 24
volume_m3 = 0.01
weight_kg = 0.3
units_per_carton = 6
shelf_life_days = 75
[[sku]]
id = "MASK"
unit_cost = 2
price = 9
volume_m3 = 0.02
weight_kg = 0.2
[[sku]]
id = "WATCH"
unit_cost = 90
price = 260
weight_kg = 0.5
volume_m3 = 0.004
[supplier.seoul]
make_days = { law = "gamma", mean = 6, cv = 0.3 }
good_share = 0.97
[lane.sea]
from = "seoul"
to = "hub"
departs = { every_days = 5, cancelled = 0.05 }
legs = [{ name = "ocean", days = { law = "uniform", low = 4, high = 9 } }, { name = "customs", post = "port" }]
cost = { per_m3 = 80 }
[lane.air]
from = "seoul"
to = "abroad"
legs = [{ name = "flight", days = 2 }]
cost = { per_kg = 3 }
[lane.north]
from = "hub"
to = "north"
replenishes = true
legs = [{ name = "truck", days = { law = "uniform", low = 1, high = 3 } }]
cost = { per_m3 = 12 }
[lane.south]
from = "hub"
to = "south"
replenishes = true
departs = { weekdays = ["Mon", "Thu"] }
legs = [{ name = "truck", days = { law = "uniform", low = 2, high = 5 } }]
cost = { per_m3 = 15 }
[lane.across]
from = "north"
to = "south"
legs = [{ name = "truck", days = 3 }]
cost = { per_m3 = 20 }
[customs.port]
clear_days = 1
duty = 0.05
refused = { chance = 0.02, then = "return", fee = 50, credit = 0.5 }
[warehouse.hub]
bonded = true
opening = { cover_days = 30 }
capacity_m3 = 14
overflow = { then = "queue", per_m3_day = 1.5 }
term = { days = 40, then = "return", per_unit = 0.5, credit = 0.3 }
handling = { per_unit_in = 0.1, per_m3_in = 2 }
rent = { per_m3_day = 0.4, aged = [{ from_days = 20, per_m3_day = 0.3 }, { from_days = 40, per_m3_day = 0.9 }] }
[warehouse.north]
opening = { cover_days = 20 }
shrinkage_per_year = 0.08
record = { miscounts = 0.3, off_by = 0.1, counted_every_days = 45, sync_hours = 24, known_after_days = 1 }
dispatch_orders_per_day = 14
handling = { per_order_out = 0.8, per_unit_out = 0.2 }
disposal = { per_unit = 0.4, per_m3 = 5 }
sell_off_share = 0.3
[warehouse.south]
opening = { cover_days = 20 }
capacity_m3 = 6
overflow = { then = "refuse", per_m3 = 30 }
rent = { per_m3_day = 0.4, crowding = { over_weeks = 3, per_m3_day = 0.5, young_days = 5, sales_days = 28 } }
shrinkage_per_year = 0.05
[warehouse.abroad]
opening = { cover_days = 20 }
ships_after_order = ["WATCH"]
capacity_m3 = 4
overflow = { then = "rent", per_m3_day = 2 }
[market.city]
served_by = ["north", "south", "abroad"]
patient = 0.15
accepts = [{ within_days = 3, share = 0.95 }, { within_days = 6, share = 0.8 }, { within_days = 12, share = 0.3 }]
waits = 0.2
stock_share = 0.6
limits = { late_dispatch = 0.1, dispatch_days = 1 }
returns = { share = 0.08, resalable = 0.8, after_days = { law = "gamma", mean = 9, cv = 0.4 } }
prices = { WATCH = { CNY = 1900 } }
delivery = { north = { days = { law = "uniform", low = 1, high = 3 }, per_order = 1.2 }, south = { days = 4, promise_days = 5, per_order = 2 }, abroad = { days = { law = "gamma", mean = 9, cv = 0.3 }, per_order = 3, per_kg = 4, tax = 0.09 } }
[market.city.demand.CREAM]
organic = { law = "negative-binomial", mean = 8, dispersion = 1.4 }
[market.city.demand.MASK]
organic = { law = "negative-binomial", mean = 6, dispersion = 1.4 }
[market.city.demand.WATCH]
organic = { law = "poisson", mean = 0.5 }
[market.live]
served_by = ["north", "south"]
channel = "social"
[market.live.demand.CREAM]
organic = { law = "poisson", mean = 3 }
[market.coast]
served_by = ["south", "north"]
waits = 1
waits_at_most_days = 9
[market.coast.demand."*"]
organic = { law = "poisson", mean = 4 }
"""
