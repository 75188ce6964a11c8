"""Deeds on calls."""
