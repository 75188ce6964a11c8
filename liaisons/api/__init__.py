"""Endpoints of liaison officials."""
