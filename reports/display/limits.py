"""What is not modelled: printed in every report, so that nobody reads more into a number than it holds."""

NOT_MODELLED: tuple[str, ...] = (
    "What shoppers say of a shop elsewhere: ratings and reviews.",
    "Damage, theft, and stock that expires.",
    "Aged-stock surcharges and disposal; risk is a flat yearly rate on the value of stock.",
    "Space limits: containers, warehouses and lanes take any volume; docks and customs desks are limited where stated.",
    "Supplier payment terms and tax other than duty; goods are paid when ordered.",
    "Price changes other than clearance, exchange rates that move, and what competitors do.",
    "Transfers between warehouses.",
)
