"""Endpoints of mediation."""
