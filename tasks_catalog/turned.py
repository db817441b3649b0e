"""Pure: small tables of labels and values (牵头单位 | 某局), turned to have headings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tasks_catalog.blocks import Cell, Row, Table
from tasks_catalog.columns import ROLES, TEXTS, Column, column_of


def turned(table: Table) -> Table | None:
    """Return a table of labels and values (牵头单位 | 某局) with its labels as headings."""
    if any(len(row.cells) != 2 for row in table.rows):  # noqa: PLR2004 - a label and its value
        return None
    labels = [row.cells[0].words for row in table.rows]
    known = {column_of(label) for label in labels}
    if len(known & {Column.DEADLINE, *ROLES}) == 0 or len(known & set(TEXTS)) == 0:
        return None
    names = {label: at for at, label in enumerate(dict.fromkeys(labels))}
    records = [_record_row(record, names) for record in _records(table.rows, labels[0])]
    head = [
        replace(table.rows[labels.index(name)].cells[0], column=at) for name, at in names.items()
    ]
    return Table(rows=(Row(tuple(head)), *records))


def _records(rows: Sequence[Row], first: str) -> Iterator[list[Row]]:
    record: list[Row] = []
    for row in rows:
        if row.cells[0].words == first and record:
            yield record
            record = []
        record.append(row)
    yield record


def _record_row(record: Sequence[Row], names: Mapping[str, int]) -> Row:
    values: dict[str, Cell] = {}
    for row in record:
        label, value = row.cells
        before = values.get(label.words)
        values[label.words] = value if before is None else _both(before, value)
    blank = Cell(text="", line=record[0].line, column=0)
    return Row(tuple(replace(values.get(name, blank), column=at) for name, at in names.items()))


def _both(first: Cell, second: Cell) -> Cell:
    return replace(first, text=f"{first.text}\n{second.text}")
