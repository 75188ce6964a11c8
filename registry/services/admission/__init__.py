"""Deeds of admission."""
