"""Rules that decide how much at once: lots, containers, money."""
