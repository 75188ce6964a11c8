"""Deeds of notices."""
