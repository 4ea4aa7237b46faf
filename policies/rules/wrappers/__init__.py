"""Rules around another rule, which order something besides."""
