"""Questions about key work: what may be done, what waits for whom, how far a project has come."""
