"""Stress tests: the same futures played again with shocks in them, harder and harder, or in a world that is changed."""
