"""The search for good parameters: what is tried, how that is thinned out, on what luck the answer is told."""
