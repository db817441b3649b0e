"""Everything the dispatch table (调度表) and its sheets may say, as plain facts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from supervision.vocabulary import ItemKind, Light

Value = str | int | Decimal | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One item's row: locked facts and open cells, both by the keys of `columns.COLUMNS`."""

    id: str  # of the obligation
    revision: int  # version of the report the open cells show; 0 before the first of this round
    kind: ItemKind
    light: Light
    facts: Mapping[str, Value]
    said: Mapping[str, Value] = field(default_factory=dict)

    def value(self, key: str) -> Value:
        """Return what the cell of a column holds."""
        return self.said[key] if key in self.said else self.facts.get(key)


@dataclass(frozen=True, kw_only=True, slots=True)
class TableWords:
    """A unit's table of one round, or the round's table of all units."""

    title: str
    subtitle: str
    lines: tuple[Line, ...]

    @property
    def has_projects(self) -> bool:
        """Whether the columns of projects are needed."""
        return any(line.kind is ItemKind.PROJECT for line in self.lines)


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitWords:
    """A unit's workbook: its table, its instructions, and the proof of where it is from."""

    table: TableWords
    period: str  # 2024Q4
    unit: str
    token: str
    instructions: tuple[tuple[str, str], ...]  # (what about, what it says)


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemWords:
    """One item's sheet: facts as (label, text), then what was reported quarter by quarter."""

    title: str
    subtitle: str
    light: Light
    facts: tuple[tuple[str, str], ...]
    reports: tuple[tuple[str, ...], ...]  # cells by `item_sheet.REPORT_HEADINGS`
