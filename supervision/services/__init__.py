"""Deeds of supervision."""
