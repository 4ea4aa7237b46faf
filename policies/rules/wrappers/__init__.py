"""Rules around another rule, which order more, less or otherwise."""
