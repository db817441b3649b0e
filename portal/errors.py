"""What the portal turns away: each with the answer a person gets."""

from supervision.errors import DubanError, UsageError


class SignInNeededError(DubanError):
    """Nobody is signed in, or not any more: the person is led to the sign-in page."""

    def __init__(self, led_back_to: str) -> None:
        super().__init__("请先登录")
        self.led_back_to = led_back_to


class PasswordTooOldError(DubanError):
    """The password has to be changed before anything else: the person is led there."""


class NotHereError(DubanError):
    """There is nothing, or nothing this person may know of: one answer for both (404)."""


class ForeignFormError(DubanError):
    """The form did not come from a page of ours (403); nothing was done."""


class TooLargeError(DubanError):
    """More was sent than the form takes (413); it was not read to its end."""


class TooSlowError(DubanError):
    """The form took too long to arrive (408)."""


class FormError(UsageError):
    """Something in the form cannot be taken; `faults` says what, field by field."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__("填写有误")
        self.faults = faults
