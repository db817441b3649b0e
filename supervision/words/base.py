"""What every word of the field is: a stored value beside the Chinese label that people see."""

from enum import StrEnum
from functools import cache
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
    found = _by_name(words).get(text)
    if found is None:
        there = "、".join(f"{word.value} {word.label}" for word in words)
        raise UsageError(f"“{text}”不在可选范围内", advice=f"可选：{there}。")
    return found  # type: ignore[return-value]


@cache
def _by_name(words: type[Word]) -> dict[str, Word]:
    """Return the words by value and label; where two share one, the first has it."""
    return {name: word for word in reversed(words) for name in (word.value, word.label)}
