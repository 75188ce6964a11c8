"""Deeds of one-off tasks."""
