"""Deeds of key work."""
