"""Rules for several warehouses, tiers of SKUs and promises."""
