"""What every word of the field is: a stored value beside the Chinese label that people see."""

from enum import StrEnum
from typing import Self


class Word(StrEnum):
    """A stored value that knows its Chinese label; a member without one cannot be written."""

    label: str  # 中文名称

    def __new__(cls, value: str, label: str) -> Self:
        """Keep the label beside the value."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member
