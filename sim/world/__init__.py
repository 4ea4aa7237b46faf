"""The world before the policy: facts, luck drawn beforehand, and what a forwarder would quote."""
