"""Endpoints of calls."""
