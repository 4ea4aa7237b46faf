"""Planning for an announced event: which order dates are safe, and when money moves."""
