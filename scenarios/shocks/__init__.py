"""Shocks (冲击): what `--shock` says, and the dated events it makes of a stress overlay in one world."""
