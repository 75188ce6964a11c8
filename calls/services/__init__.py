"""Deeds of calls."""
