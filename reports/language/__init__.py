"""What a reader's language decides: every sentence, and how numbers, dates and money are written.

One TOML of messages a language, with equal keys. A message is a format string whose fields are named.
"""
