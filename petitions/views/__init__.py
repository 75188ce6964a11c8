"""Pages of petitions: each makes one call and shows what comes of it."""
