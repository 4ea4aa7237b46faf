"""What happens to stock while it stands: it ages, expires, overflows, gets lost, and costs."""
