"""Rules driven by a forecast of their own, with a safety stock from its errors."""
