"""One small patch per guarded rule, and the command that sees each of them caught."""
