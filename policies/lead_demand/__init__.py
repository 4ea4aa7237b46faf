"""How much stock lasts until the next delivery: laws of the demand of a lead time, and the levels they ask for."""
