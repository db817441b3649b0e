"""What every word of the field is: a stored value beside the Chinese label that people see."""

from enum import StrEnum
from typing import Self, TypeVar

from supervision.errors import UsageError


class Word(StrEnum):
    """A stored value that knows its Chinese label; a member without one cannot be written."""

    label: str  # 中文名称

    def __new__(cls, value: str, label: str) -> Self:
        """Keep the label beside the value."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


SomeWord = TypeVar("SomeWord", bound=Word)


def word_named(words: type[SomeWord], text: str) -> SomeWord:
    """Return the word of that value or label; UsageError with all there are."""
    found = next((word for word in words if text in (word.value, word.label)), None)
    if found is None:
        there = "、".join(f"{word.value} {word.label}" for word in words)
        raise UsageError(f"“{text}”不在可选范围内", advice=f"可选：{there}。")
    return found
