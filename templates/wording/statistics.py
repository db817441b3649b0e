"""The words of statistics: tables of numbers, and a picture of stacked bars for paper."""

from dataclasses import dataclass

from supervision.vocabulary import Light


@dataclass(frozen=True, kw_only=True, slots=True)
class NumbersWords:
    """A table: what each row is about, then its numbers, as many as there are headings."""

    title: str
    about: str  # what the first column holds: 季度, 单位
    headings: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class BarWords:
    """One bar: its label, and how many of each light it stacks."""

    label: str
    counts: tuple[tuple[Light, int], ...]

    @property
    def total(self) -> int:
        """How high the bar is."""
        return sum(count for _, count in self.counts)


@dataclass(frozen=True, kw_only=True, slots=True)
class PictureWords:
    """Bars side by side under one title."""

    title: str
    bars: tuple[BarWords, ...]
