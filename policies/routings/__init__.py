"""The routings that ship, one a file."""
