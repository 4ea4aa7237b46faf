"""Playing a world with its assumptions moved, one at a time and together."""
