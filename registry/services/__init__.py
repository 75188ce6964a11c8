"""Deeds of registry."""
