"""Deeds on development petitions."""
