"""The close look: one row over its first replications, each of them kept and condensed to what the page shows of it."""
