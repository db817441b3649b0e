"""Refusals: what happened and what to do next, in Chinese, for the person who asked."""

OF_THE_COMMAND_LINE = ("duban ", "--")


class DubanError(Exception):
    """Something duban refuses or could not do.

    `str(error)` is what happened, `error.advice` what to do next; both are shown as they stand.
    """

    def __init__(self, what: str, *, advice: str = "") -> None:
        super().__init__(what)
        self.advice = advice

    @property
    def advice_elsewhere(self) -> str:
        """What to do next for whoever is not at the command line; empty where only it helps."""
        return "" if any(sign in self.advice for sign in OF_THE_COMMAND_LINE) else self.advice


class UsageError(DubanError):
    """The request itself is wrong (exit code 2): correct it and ask again."""


class NotConfiguredError(DubanError):
    """A setting or permission is missing (exit code 4): `duban doctor` names it."""


class UnreadableDocumentError(DubanError):
    """The file is not a plan that can be read (exit code 1); nothing was changed."""


class UnknownPlanError(UsageError):
    """No plan bears this code: `duban plan list` shows those there are."""


class StorageError(DubanError):
    """The database cannot be read or written now (exit code 1); what was committed is kept."""


class DiskFullError(StorageError):
    """There is no room left to write (exit code 1); it works again as soon as there is."""
