"""Tables of whistles."""
