"""Rules that order by one lane when the stock position has fallen to a line."""
