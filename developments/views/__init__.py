"""Pages of development petitions."""
