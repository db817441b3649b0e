"""Pure: printed tables to whole ones: headings found, page breaks joined, notes set apart."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tasks_catalog.blocks import Row, Table
from tasks_catalog.columns import ROLES, TEXTS, Column, column_of, is_heading_row, settle
from tasks_catalog.responsibility import duty_of
from tasks_catalog.rows import Reading, WholeRow, read_row
from tasks_catalog.turned import turned

MOST_HEADING_ROWS = 3
TOTAL = re.compile(r"(合计|总计|小计|共计|总\s*计|合\s*计)[：:]?")
NOTE = re.compile(r"(备注|注|说明|附注|填表说明)\s*\d?\s*[：:]|[★●※*＊▲]")
# A table that dates nothing, costs nothing and names nobody is no list of work.
PLANS_WORK = {Column.DEADLINE, Column.INVESTMENT, *ROLES}


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeTable:
    """A table whose headings are understood; `caption` stands over it.

    Where it `goes_on` with the one before, its rows include those of that one.
    """

    columns: Mapping[int, Column]
    headings: Mapping[int, str]
    rows: tuple[WholeRow, ...]
    caption: str
    goes_on: bool
    label: str  # the last row or line across it that named a group
    last: Mapping[int, str]  # its last row, filled, by grid position

    @property
    def by_column(self) -> dict[Column, str]:
        """Return the printed heading of each column."""
        return {column: self.headings[place] for place, column in self.columns.items()}


@dataclass(slots=True)
class TablesRead:
    """What one printed table holds: usually one whole table."""

    tables: list[WholeTable] = field(default_factory=list)
    titles: list[Row] = field(default_factory=list)  # captions and labels across the table
    upper: list[Row] = field(default_factory=list)  # headings over the headings
    notes: list[Row] = field(default_factory=list)  # 备注, 合计
    odd: list[Row] = field(default_factory=list)  # rows that fit no heading


def whole_tables(
    table: Table, *, caption: str = "", before: WholeTable | None = None, adjacent: bool = False
) -> TablesRead:
    """Return the lists in a table.

    `before` is the list before it in the same part of the document, `adjacent` says that nothing
    stands between: a page break divides a table with or without printing its headings again.
    """
    table = turned(table) or table
    found = TablesRead()
    reading = _without_headings(table, before, caption, adjacent=adjacent)
    at = 0
    while at < len(table.rows):
        row = table.rows[at]
        if not _heads(row):
            _take(found, reading, row)
            at += 1
            continue
        start, (headings, at) = at, _headings(table.rows, at)
        if reading is None or headings != reading.headings:
            _finish(found, reading)
            if adjacent and before and headings == before.headings and not found.titles:
                reading = _going_on(before, placed=table.placed)
            else:
                over = found.titles[-1].words if found.titles else caption
                reading = _begin(headings, table.rows[at:], over, placed=table.placed)
            found.upper.extend(table.rows[start : at - 1])
            if reading is None or at == len(table.rows):
                found.odd.extend(table.rows[start:at])  # headings of nothing that is understood
    _finish(found, reading)
    return found


def _name_somebody(rows: Sequence[Row], columns: Mapping[int, Column]) -> bool:
    """Tell whether the texts themselves say who is responsible: …（责任单位：某局）."""
    duties = (
        duty_of(cell.words)
        for row in rows
        for cell in row.cells
        if columns.get(cell.column) in TEXTS
    )
    return any(duty and duty.names_somebody for duty in duties)


def _begin(
    headings: Mapping[int, str], rows: Sequence[Row], caption: str, *, placed: bool
) -> Reading | None:
    """Start a list under its headings, or nothing where they announce no work."""
    columns = settle(headings)
    kinds = set(columns.values())
    works = set(TEXTS) & kinds and (PLANS_WORK & kinds or _name_somebody(rows, columns))
    if not works and not {Column.NAME, Column.TARGET} <= kinds:
        return None
    return Reading(
        columns=columns, headings=headings, placed=placed, caption=caption, label=_label(caption)
    )


def _without_headings(
    table: Table, before: WholeTable | None, caption: str, *, adjacent: bool
) -> Reading | None:
    """Take the headings of the table before for one without any: a page break divided them."""
    if before is None or any(_heads(row) for row in table.rows):
        return None
    if max((_width(row) for row in table.rows), default=0) != len(before.columns):
        return None
    reading = _going_on(before, placed=table.placed)
    if not adjacent:
        reading.label = _label(caption) or reading.label
    return reading


def _going_on(before: WholeTable, *, placed: bool) -> Reading:
    return Reading(
        columns=before.columns,
        headings=before.headings,
        placed=placed,
        caption=before.caption,
        label=before.label,
        above=dict(before.last),
        rows=list(before.rows),
        goes_on=True,
        after_page_break=True,
    )


def _label(caption: str) -> str:
    """Return the group that a numbered line over a table names: 一、产业发展."""
    plain = _without_number(caption)
    return plain if plain != caption.strip() else ""


def _width(row: Row) -> int:
    return max(cell.column + cell.width for cell in row.cells)


def _finish(found: TablesRead, reading: Reading | None) -> None:
    if reading is not None:
        found.tables.append(
            WholeTable(
                columns=reading.columns,
                headings=reading.headings,
                rows=tuple(reading.rows),
                caption=reading.caption,
                goes_on=reading.goes_on,
                label=reading.label,
                last=reading.above,
            )
        )


def _take(found: TablesRead, reading: Reading | None, row: Row) -> None:
    """Put one row where it belongs."""
    words = [cell.words for cell in row.cells if cell.words]
    if not words:
        return
    if _is_note(words):
        found.notes.append(row)
    elif _runs_across(row, reading):
        found.titles.append(row)
        if reading is not None:
            reading.label = _without_number(words[0])
    elif reading is None or _only_numbered(row, reading) or not read_row(reading, row):
        found.odd.append(row)


def _is_note(words: Sequence[str]) -> bool:
    if any(TOTAL.fullmatch(word) for word in words[:2]):
        return True
    return len(words) == 1 and bool(NOTE.match(words[0]))


def _only_numbered(row: Row, reading: Reading) -> bool:
    """Tell whether a row holds a number and nothing else: an empty line of a form."""
    filled = [cell for cell in row.cells if cell.words or cell.merged_above]
    first = reading.columns.get(filled[0].column) if filled else None
    return len(filled) == 1 and first is Column.NUMBER


def _runs_across(row: Row, reading: Reading | None) -> bool:
    """Tell whether a row is one text over the whole width: a caption or a label."""
    texts = [cell for cell in row.cells if cell.text.strip()]
    if len(texts) != 1 or any(cell.merged_above for cell in row.cells):
        return False
    width = len(reading.columns) if reading else _width(row)
    if texts[0].column == 0 and (len(row.cells) == 1 or texts[0].width * 2 > width):
        return True
    return bool(reading) and texts[0].column == 0 and bool(_label(texts[0].words))


def _without_number(text: str) -> str:
    return re.sub(r"^([（(]?[一二三四五六七八九十]+[）)]?[、.．]?|\d+[、.．])\s*", "", text)


def _heads(row: Row) -> bool:
    return is_heading_row([cell.words for cell in row.cells])


def _headings(rows: Sequence[Row], start: int) -> tuple[dict[int, str], int]:
    """Return grid position -> heading, and the row where the data begins.

    Two rows of headings (责任单位 over 牵头 and 配合) give the lower words, completed by the
    upper ones where alone they announce nothing (目标 over 2024年 and 2025年).
    """
    headings = _words_by_place(rows[start])
    end = start + 1
    while end < min(len(rows), start + MOST_HEADING_ROWS) and _continues(rows[start], rows[end]):
        for place, lower in _words_by_place(rows[end]).items():
            if lower and lower != headings.get(place):
                known = column_of(lower) is not Column.OTHER
                headings[place] = lower if known else headings.get(place, "") + lower
        end += 1
    return headings, end


def _continues(upper: Row, lower: Row) -> bool:
    """Tell whether the lower row belongs to the same headings: merged down, or dividing a span."""
    if any(cell.words.isdigit() for cell in lower.cells):
        return False
    divided = any(cell.width > 1 for cell in upper.cells) and len(lower.cells) > len(upper.cells)
    return divided or any(cell.merged_above for cell in lower.cells)


def _words_by_place(row: Row) -> dict[int, str]:
    return {
        place: re.sub(r"\s", "", cell.words)  # 序 号
        for cell in row.cells
        for place in range(cell.column, cell.column + cell.width)
    }
