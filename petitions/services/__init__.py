"""Deeds on petitions, by subject."""
