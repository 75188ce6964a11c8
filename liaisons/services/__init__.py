"""Deeds on liaison officials."""
