"""Changing values of a scenario by key: texts of the command line, the keys they mean, and what a factor does."""
