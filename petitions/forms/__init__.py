"""What the pages of petitions ask for."""
