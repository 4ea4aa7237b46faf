"""The porch: the command line. Nothing imports it; a command imports what it needs when it is called."""
