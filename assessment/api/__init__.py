"""Endpoints of assessment."""
