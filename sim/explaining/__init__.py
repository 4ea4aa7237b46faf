"""One decision explained: the replication is played again, and the rule is listened to."""
