"""The policies that ship, one a file, by what they decide."""
