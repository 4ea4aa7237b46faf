"""The policies that ship, one a file."""
