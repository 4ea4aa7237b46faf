"""Forecasts of everyday sales, from what is seen: each method is one module of pure functions."""
