"""What a stress test found, what it means, and how it is told."""
