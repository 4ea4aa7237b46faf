"""Rows that bound what a rule can reach."""
