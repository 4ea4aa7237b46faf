"""Exact answers, computed by code that shares nothing with the rooms it judges: it imports NumPy and SciPy alone."""
