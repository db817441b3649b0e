"""Tables that a copy from the web or from another program left as plain lines.

Each form is one function from the lines and a place to the table that begins there, or None, and
to how many lines are settled thereby: columns between | or box characters, columns between TABs.
"""

import re
from collections.abc import Callable, Sequence
from itertools import islice, takewhile

from tasks_catalog.blocks import Cell, Row, Table
from tasks_catalog.columns import is_heading_row
from tasks_catalog.outline import clean, numbering

Line = tuple[int, str]  # place and text
BARS = re.compile(r"[|｜│┃║]")
RULE = re.compile(r"[\s|｜│┃║+＋\-—_=:：─━┄┅┈┉┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬═]+")
DRAWN = re.compile(r"[─━═┄┅┈┉┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬]+")
FEWEST_BARS = 2  # on a line
FEWEST_ROWS = 2
LONGEST_LABEL = 30
FEWEST_GROUPS = 3  # with a rule under every row, its lines are one row


def barred(lines: Sequence[Line], start: int) -> tuple[Table | None, int]:
    """Read a table between | or box characters."""
    run = _run(lines, start, _is_barred, labels=True)
    groups = [group for group in _groups(run) if group]
    boxed = len(groups) >= FEWEST_GROUPS
    rows = [row for group in groups for row in (_joined(group) if boxed else map(_row, group))]
    return _table(rows), max(1, len(run))


def _run(
    lines: Sequence[Line], start: int, belongs: Callable[[str], bool], *, labels: bool = False
) -> list[Line]:
    """Return the lines from a place on that belong to a form, without others at the end.

    With `labels`, short numbered lines between them belong too: 二、专项整治.
    """

    def may_belong(line: Line) -> bool:
        return belongs(line[1]) or (labels and _is_label(line[1]))

    run = list(takewhile(may_belong, islice(lines, start, None)))
    while run and (not run[-1][1].strip() or not belongs(run[-1][1])):
        run.pop()
    return run


def _is_label(text: str) -> bool:
    words = clean(text)
    return len(words) <= LONGEST_LABEL and words[-1:] != "。" and numbering(words) is not None


def _table(rows: Sequence[Row]) -> Table | None:
    if len(rows) < FEWEST_ROWS or not any(_heads(row) for row in rows):
        return None
    return Table(rows=tuple(rows), placed=False)


def _heads(row: Row) -> bool:
    return is_heading_row([cell.words for cell in row.cells])


def _is_barred(text: str) -> bool:
    return not text.strip() or len(BARS.findall(text)) >= FEWEST_BARS or _is_rule(text)


def _is_rule(text: str) -> bool:
    return len(text.strip()) > FEWEST_BARS and bool(RULE.fullmatch(text))


def _groups(lines: Sequence[Line]) -> list[list[Line]]:
    """Cut the lines at the rules; a rule that leaves merged cells open counts too."""
    groups: list[list[Line]] = [[]]
    for number, text in lines:
        rest = DRAWN.sub("", text)
        if _is_rule(text):
            groups.append([])
        elif rest != text:
            groups.append([(number, rest)] if BARS.sub("", rest).strip() else [])
        elif text.strip():
            groups[-1].append((number, text))
    return groups


def _parts(text: str) -> list[str]:
    parts = [part.strip() for part in BARS.split(text.strip())]
    start = 1 if parts and not parts[0] and BARS.match(text.strip()) else 0
    end = len(parts) - 1 if start and BARS.match(text.strip()[-1]) else len(parts)
    return parts[start:end]


def _row(line: Line) -> Row:
    return _cells(_parts(line[1]), line[0])


def _cells(texts: Sequence[str], line: int) -> Row:
    return Row(tuple(Cell(text=text, line=line, column=at) for at, text in enumerate(texts)))


def _joined(group: Sequence[Line]) -> list[Row]:
    """Return one row from its printed lines, or all of them where their columns differ."""
    rows = [_parts(text) for _, text in group]
    if len({len(parts) for parts in rows}) > 1:
        return [_row(line) for line in group]
    texts = ["\n".join(part for part in column if part) for column in zip(*rows, strict=True)]
    return [_cells(texts, group[0][0])]


def tabbed(lines: Sequence[Line], start: int) -> tuple[Table | None, int]:
    """Read a table with TABs between its columns."""
    run = _run(lines, start, lambda text: "\t" in text.strip() or not text.strip())
    parts = [(number, text.split("\t")) for number, text in run if text.strip()]
    width = max((len(texts) for _, texts in parts), default=0)
    rows = [
        _cells([clean(text) for text in texts] + [""] * (width - len(texts)), number)
        for number, texts in parts
    ]
    return _table(rows), max(1, len(run))
