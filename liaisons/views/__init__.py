"""Pages of liaison officials."""
