"""What is drawn on one page: pieces of text and ruled lines, in points from the lower left."""

from dataclasses import dataclass, field

FIRST_WIDE = "\u2e80"  # from here on letters are as wide as high


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text where it is drawn; y counts upwards."""

    x: float
    y: float
    size: float
    words: str
    measured_end: float | None  # None where the font's widths are not known

    @property
    def end(self) -> float:
        """Return where it ends, else by rule: wide letters take their size, others half of it."""
        if self.measured_end is not None:
            return self.measured_end
        return self.x + self.size * sum(1 if c >= FIRST_WIDE else 0.5 for c in self.words)


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line: at a height or a place from the left, between two ends."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Page:
    """All that matters of one page."""

    texts: list[Text] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
