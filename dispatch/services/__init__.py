"""Deeds on work orders, by subject."""
