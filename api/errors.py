"""What the interface turns away before any service is asked."""

from supervision.errors import DubanError


class UnauthorizedError(DubanError):
    """There is no token, or none that holds (401): one answer for all of them."""


class ScopeMissingError(DubanError):
    """The token holds, but not for this use (403)."""


class NotHereError(DubanError):
    """There is nothing, or nothing this token may know of: one answer for both (404)."""


class TooManyError(DubanError):
    """The token has asked too often in this minute (429)."""
