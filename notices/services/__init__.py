"""Deeds of the notices app."""
