"""Rules that order by a slow and by a fast lane at once."""
