"""What is not modelled: printed in every report, so that nobody reads more into a number than it holds."""

NOT_MODELLED: tuple[str, ...] = (
    "What shoppers say of a shop elsewhere: ratings and reviews.",
    "Damage, theft, and stock that expires.",
    "Aged-stock surcharges and disposal; risk is a flat yearly rate on the value of stock.",
    "Space in warehouses, which take any volume; factories, departures, desks and docks are limited where stated.",
    "How cartons pack and what containers may weigh: a stated share of a container's volume is filled.",
    "Ships, ports and roads as queues: a leg takes its own time, and what slows it down is stated with its dates.",
    "Part deliveries: a purchase order is made, shipped, examined and put away as one.",
    "Tax other than duty.",
    "Price changes other than clearance, exchange rates that move, and what competitors do.",
)
