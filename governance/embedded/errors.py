"""What the launcher says when it cannot go on."""


class CannotStart(Exception):
    """A server cannot be started; the message is one line that says what to do."""
