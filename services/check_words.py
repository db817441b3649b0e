"""What looking at one thing gives: its state, why, and what to do about it."""

from dataclasses import dataclass

from supervision.vocabulary import Word


class Health(Word):
    """The state of one thing; `failed` stops the work, `warning` does not."""

    OK = "ok", "正常"
    WARNING = "warning", "注意"
    FAILED = "failed", "故障"


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    state: Health
    why: str
    fix: str = ""
