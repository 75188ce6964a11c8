"""Questions about who keeps in touch with which place."""
