"""What is not modelled: printed in every report, so that nobody reads more into a number than it holds."""

NOT_MODELLED: tuple[str, ...] = (
    "What shoppers say of a shop elsewhere: ratings and reviews.",
    "How old goods are when they come: shelf life counts from the day on which a warehouse first received them.",
    "Stock that loses its worth by and by: beside stated losses, risk is a flat yearly rate on the value of stock.",
    "Bins and staff inside a warehouse; its room, dispatch and dock are limited where stated, as factories, departures"
    " and desks are.",
    "How cartons pack and what containers may weigh: a stated share of a container's volume is filled.",
    "Ships, ports and roads as queues: a leg takes its own time, and what slows it down is stated with its dates.",
    "Part deliveries: a purchase order is made, shipped, examined and put away as one.",
    "Tax other than duty and the stated cross-border tax.",
    "Price changes other than clearance, exchange rates that move, and what competitors do.",
)
