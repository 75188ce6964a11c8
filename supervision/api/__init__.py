"""Endpoints of supervision."""
