"""Endpoints of development petitions."""
