"""Endpoints of key work."""
