"""The playbooks that ship, one a file."""
