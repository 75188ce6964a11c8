"""Deeds on people, bodies and the lists that bind them."""
