"""Endpoints of whistles."""
