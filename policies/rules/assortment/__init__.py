"""Rules that treat SKUs by what they are: what they earn, how steadily they sell, who buys them, how new they are."""
