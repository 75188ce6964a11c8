"""Pages of key work."""
