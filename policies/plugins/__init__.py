"""What a policy of one's own passes through: loading, shape, description, rehearsal."""
