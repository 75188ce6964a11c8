"""Live updates: a small process beside the web workers that tells open pages which cases changed."""
